"""An export of data.caf.fr, from its portal's address to a measure, and the year it announces."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from producers_layouts import BOM, CAF_BENEFITS, CRLF, line, lines
from replay import Answer, Site
from small_france import WEST, small_geography

from ctgsite import knowledge
from ctgsite.geography.areas import Level
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.figures import Figures
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.fetching.client import Client
from ctgsite.sources.fetching.download import download
from ctgsite.sources.importing import import_files
from ctgsite.sources.store import read_store

DAY = date(2026, 2, 1)
BENEFITS = load_descriptions()["cnaf-prestations"]
ADDRESS = (
    "https://data.caf.fr/api/explore/v2.1/catalog/datasets/s_ben_com_f/exports/csv"
    "?delimiter=%3B&use_labels=false"
)


def households(year: int, code: str, count: int) -> str:
    cells = {"dtreffre": f"{year}-12", "numcomdo": code, "nomcom": "A", "indfoy_ndur": count}
    return line(CAF_BENEFITS, {**cells, "indnbp_ndur": 2 * count})


def export(*rows: str) -> bytes:
    return (BOM + lines(CAF_BENEFITS, *rows, end=CRLF)).encode()


def fetched(client: Client, folder: Path) -> Path:
    (item,) = (found for found in BENEFITS.downloads if found.name == "s_ben_com_f.csv")
    return download(client, item, folder, DAY, lambda *_: None).path


def test_an_export_is_downloaded_imported_and_measured(site: Site, client: Client, tmp_path: Path):
    rows = [households(2023, "01001", 110), households(2024, "01001", 120)]
    rows += [households(2023, "01002", 40), households(2024, "01002", 45)]
    # The portal makes its exports as they are asked for: it tells neither length nor validator.
    site.put(ADDRESS, Answer(export(*rows), kind="text/csv", etag=False, length=False))
    path = fetched(client, tmp_path / "telechargements")
    assert path.name == "s_ben_com_f.csv"
    store = tmp_path / "entrepot"
    report = import_files([path], store, small_geography(), day=DAY, progress=lambda _: None)
    assert report.problems == ()
    assert report.imported[0].vintages == ("décembre 2023", "décembre 2024")
    figures = Figures(compute_measures(knowledge.catalogue(), [read_store(store)]))
    series = figures.series("foyers_allocataires", Level.EPCI, WEST)
    assert [(item.year, item.value) for item in series] == [("2023", 150), ("2024", 165)]


def test_a_new_year_of_the_same_export_is_read_without_a_change(
    site: Site, client: Client, tmp_path: Path
):
    rows = [households(2024, "01001", 120)]
    site.put(ADDRESS, export(*rows))
    folder, store = tmp_path / "telechargements", tmp_path / "entrepot"
    for expected in (["2024"], ["2024", "2025"]):
        path = fetched(client, folder)
        import_files([path], store, small_geography(), day=DAY, progress=lambda _: None)
        frame = read_store(store).frame
        assert sorted(frame["year"].unique()) == expected
        site.put(ADDRESS, export(*rows, households(2025, "01001", 130)))


def test_an_export_cut_short_is_never_taken_for_a_whole_one(
    site: Site, client: Client, tmp_path: Path
):
    rows = [households(2024, "01001", 120), households(2024, "01002", 45)]
    site.put(ADDRESS, Answer(export(*rows)[:-8], kind="text/csv", etag=False, length=False))
    path = fetched(client, tmp_path / "telechargements")
    store = tmp_path / "entrepot"
    report = import_files([path], store, small_geography(), day=DAY, progress=lambda _: None)
    assert report.imported == ()
    assert "colonnes attendues" in report.problems[0].message


@pytest.mark.parametrize("told", ["2024-12", "2024-12-31", "2024-12-01T00:00:00+00:00", 2024])
def test_the_portal_tells_the_newest_year_of_a_dataset(told: object):
    answer = json.dumps({"total_count": 1, "results": [{"d": told}]})
    watched = [
        found.watch
        for found in load_descriptions().values()
        if found.watch is not None and "data.caf.fr" in found.watch.address
    ]
    assert len(watched) == 4
    assert {watch.newest(answer) for watch in watched} == {"2024"}


def test_every_download_of_the_portal_is_a_whole_export():
    addresses = [
        item.address
        for found in load_descriptions().values()
        for item in found.downloads
        if item.address.startswith("https://data.caf.fr/")
    ]
    assert len(addresses) == 12
    assert all(item.endswith("/exports/csv?delimiter=%3B&use_labels=false") for item in addresses)
