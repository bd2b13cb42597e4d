"""What search engines are told of a territory's figures."""

from __future__ import annotations

from dataclasses import replace

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.dataset import dataset
from ctgsite.pages.measure_rows import measure_rows


def test_the_figures_say_what_they_are_of_where_and_of_when(diagnostic: Diagnostic) -> None:
    told = dataset(diagnostic)
    assert told["@context"] == "https://schema.org" and told["@type"] == "Dataset"
    assert diagnostic.territory.name in told["name"]
    assert 50 <= len(told["description"]) <= 5000
    assert told["license"].startswith("https://")
    years = [
        y for r in measure_rows(diagnostic) if r["valeur"] is not None for y in [str(r["annee"])]
    ]
    first, last = told["temporalCoverage"].split("/")
    assert first == min(year[:4] for year in years) and last == max(year[-4:] for year in years)
    assert told["spatialCoverage"]["name"] == diagnostic.territory.name


def test_every_source_is_credited_to_its_producers(diagnostic: Diagnostic) -> None:
    told = dataset(diagnostic)["isBasedOn"]
    assert [source["name"] for source in told] == [card.title for card in diagnostic.sources]
    for source, card in zip(told, diagnostic.sources, strict=True):
        assert ", ".join(one["name"] for one in source["creator"]) == card.producer


def test_what_is_not_known_is_left_out(diagnostic: Diagnostic) -> None:
    bare = dataset(replace(diagnostic, shapes=(), measures=()))
    assert "temporalCoverage" not in bare
    assert "geo" not in bare["spatialCoverage"]
    assert not diagnostic.territory.publisher.body and "publisher" not in bare


def test_the_box_goes_from_the_south_west_to_the_north_east(diagnostic: Diagnostic) -> None:
    south, west, north, east = map(
        float, dataset(diagnostic)["spatialCoverage"]["geo"]["box"].split()
    )
    points = [p for s in diagnostic.shapes if s.area == diagnostic.area for r in s.rings for p in r]
    points = points or [p for s in diagnostic.shapes for r in s.rings for p in r]
    assert all(west <= x <= east and south <= y <= north for x, y in points)
