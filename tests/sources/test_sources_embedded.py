"""The figures that come with ctgsite: readable, unique, small, and of known origin."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from small_france import RIVER, WEST, panel, value

from ctgsite.errors import SourceError
from ctgsite.geography.embedded import SNAPSHOT, embedded_geography
from ctgsite.sources import embedded
from ctgsite.sources.columns import KEY, read_observations
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.embedded import (
    embedded_manifest,
    embedded_observations,
    write_observations_of,
)
from ctgsite.sources.observations import OBSERVATION_COLUMNS, Status
from ctgsite.sources.panel import Column, concatenate, to_frame
from ctgsite.sources.store import Index, Observations, StoredFile

DEPARTEMENTS = ("21", "31", "41", "67", "68", "76")
REFERENCES = (
    ("commune", "31541"),
    ("commune", "31557"),
    ("commune", "21617"),
    ("epci", "200072635"),
    ("epci", "200069821"),
    ("epci", "200030526"),
    ("epci", "200068815"),
    ("departement", "41"),
)


@pytest.fixture(scope="session")
def frame() -> pd.DataFrame:
    return embedded_observations().frame


def test_the_snapshot_is_under_6_megabytes():
    assert sum(path.stat().st_size for path in SNAPSHOT.iterdir()) < 6 * 1024 * 1024


def test_the_snapshot_reads_as_observations(frame: pd.DataFrame):
    assert list(frame.columns) == list(OBSERVATION_COLUMNS)
    assert len(frame) == embedded_manifest()["observations"]


def test_every_figure_stands_once(frame: pd.DataFrame):
    assert not frame.duplicated(list(KEY)).any()


def test_a_value_stands_exactly_where_the_status_has_one(frame: pd.DataFrame):
    with_value = frame["status"].isin([str(status) for status in Status if status.has_value])
    assert (frame["value"].notna() == with_value).all()


def test_every_text_but_the_note_is_filled(frame: pd.DataFrame):
    for name in OBSERVATION_COLUMNS:
        if name not in ("value", "note", "bound"):
            assert not frame[name].isna().any()
            assert "" not in set(frame[name].cat.categories)


def test_every_gap_says_why(frame: pd.DataFrame):
    assert (frame.loc[frame["value"].isna(), "note"] != "").all()


def test_every_status_and_dataset_and_variable_is_described(frame: pd.DataFrame):
    assert set(frame["status"]) <= {str(status) for status in Status}
    pairs = frame[["dataset", "variable"]].drop_duplicates()
    for dataset, variable in pairs.itertuples(index=False):
        assert variable in load_descriptions()[dataset].variables


def test_every_area_exists_today(frame: pd.DataFrame):
    geography = embedded_geography()
    areas = frame[["level", "code"]].drop_duplicates()
    official = {"commune", "epci", "departement", "region", "france"}
    assert set(areas["level"]) == {*official, "qpv"}
    for level, codes in areas[areas["level"].isin(official)].groupby("level", observed=True)[
        "code"
    ]:
        assert set(codes) <= {area.code for area in geography.areas(str(level))}


def test_all_reference_territories_and_their_communes_have_a_population(frame: pd.DataFrame):
    known = frame[(frame["dataset"] == "insee-comparateur") & (frame["variable"] == "P_POP")]
    present = set(
        known[known["value"].notna()][["level", "code"]].itertuples(index=False, name=None)
    )
    for level, code in REFERENCES:
        assert (level, code) in present
        for commune in embedded_geography().communes_of(level, code):
            assert ("commune", commune) in present


def test_the_snapshot_has_the_communes_of_whole_epci(frame: pd.DataFrame):
    expected = embedded_geography().with_whole_epci(DEPARTEMENTS)
    assert set(frame[frame["level"] == "commune"]["code"]) == expected
    assert embedded_manifest()["communes"] == len(expected)


@pytest.mark.parametrize("level", ["epci", "departement"])
def test_sums_are_those_of_their_communes_where_all_are_there(frame: pd.DataFrame, level: str):
    geography = embedded_geography()
    population = frame[
        (frame["dataset"] == "insee-comparateur")
        & (frame["variable"] == "P_POP")
        & (frame["year"] == "2018")
    ]
    communes = population[population["level"] == "commune"].set_index("code")["value"]
    above = population[population["level"] == level].set_index("code")
    codes = [code for kind, code in REFERENCES if kind == level]
    for code in codes + (list(DEPARTEMENTS) if level == "departement" else []):
        parts = communes.reindex(list(geography.communes_of(level, code)))
        assert above.loc[code, "value"] == pytest.approx(parts.sum(skipna=False), abs=1e-6)


def test_the_manifest_names_every_dataset_with_its_origin():
    sources = {source["jeu"]: source for source in embedded_manifest()["sources"]}
    assert set(sources) == set(embedded_observations().frame["dataset"].cat.categories)
    for dataset, source in sources.items():
        description = load_descriptions()[dataset]
        assert source["producteur"] == description.producer
        assert source["licence"] == description.licence
        assert source["titre"] == description.title
        assert source["millesimes"]
        assert source["fichiers"]
        for item in source["fichiers"]:
            assert item["nom"]
            assert re.fullmatch(r"[0-9a-f]{64}", item["sha256"])


def test_the_manifest_counts_and_dates_what_the_snapshot_holds(frame: pd.DataFrame):
    by_dataset = dict(tuple(frame.groupby("dataset", observed=True)))
    assert set(by_dataset) == {source["jeu"] for source in embedded_manifest()["sources"]}
    for source in embedded_manifest()["sources"]:
        own = by_dataset[source["jeu"]]
        assert source["observations"] == len(own)
        assert source["millesimes"] == sorted(set(own["vintage"].astype(str)))


COLUMN = Column("P_POP", "2018", "RP 2018", additive=True)
INDEX: Index = {"insee-comparateur": {"a.zip": StoredFile("a.zip", "f" * 64, "2026-02-01", 4)}}


def full_store() -> Observations:
    parts = (
        panel({"01001": [1], "67001": [2]}, [COLUMN], dataset="insee-comparateur"),
        panel({RIVER: [3], WEST: [4]}, [COLUMN], level="epci", dataset="insee-comparateur"),
        panel({"670010101": [5]}, [COLUMN], level="iris", dataset="insee-comparateur"),
    )
    return Observations(concatenate([to_frame(part) for part in parts]))


def test_a_snapshot_keeps_the_communes_asked_for_and_every_area_above(tmp_path: Path):
    path, _ = write_observations_of({"67001"}, full_store(), INDEX, tmp_path)
    found = read_observations(path)
    assert sorted(found.frame["code"]) == sorted(["67001", RIVER, WEST])
    assert value(found, "67001", "P_POP") == 2


def test_a_snapshot_tells_the_files_it_comes_from(tmp_path: Path):
    _, manifest = write_observations_of({"67001"}, full_store(), INDEX, tmp_path)
    (source,) = json.loads(manifest.read_text(encoding="utf-8"))["sources"]
    assert source["fichiers"] == [{"nom": "a.zip", "sha256": "f" * 64}]
    assert source["observations"] == 3
    assert source["millesimes"] == ["RP 2018"]


def test_a_snapshot_of_the_same_figures_is_the_same_bytes(tmp_path: Path):
    for folder in ("1", "2"):
        write_observations_of({"67001", "01001"}, full_store(), INDEX, tmp_path / folder)
    for name in (embedded.NAME, embedded.MANIFEST):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()


@pytest.mark.parametrize("text", ["", "{", None])
def test_an_unreadable_manifest_says_to_install_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
):
    if text is not None:
        (tmp_path / embedded.MANIFEST).write_text(text)
    monkeypatch.setattr(embedded, "SNAPSHOT", tmp_path)
    with pytest.raises(SourceError) as caught:
        embedded_manifest()
    assert "réinstallez" in caught.value.problems[0].message


def test_a_snapshot_of_another_format_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / embedded.MANIFEST).write_text('{"format": 99}')
    monkeypatch.setattr(embedded, "SNAPSHOT", tmp_path)
    with pytest.raises(SourceError) as caught:
        embedded_observations.__wrapped__()
    assert "99" in caught.value.problems[0].message
