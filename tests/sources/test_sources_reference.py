"""The producers' own files: they give the figures that come with ctgsite, and known totals."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from ctgsite.geography.cog import departement_code
from ctgsite.geography.embedded import embedded_geography
from ctgsite.sources import embedded, plausibility
from ctgsite.sources.embedded import embedded_manifest, embedded_observations, write_observations_of
from ctgsite.sources.importing import ImportReport, import_files
from ctgsite.sources.store import read_index, read_store

pytestmark = [pytest.mark.reference_data]
if "PYTEST_XDIST_WORKER" in os.environ:  # one import for all, where tests are shared out
    pytestmark.append(pytest.mark.xdist_group("reference-import"))

GEOGRAPHY = ("etalab-geo", "insee-geo", "contours")  # what ctgsite embeds of them is tested apart
FEW_ROWS = plausibility.few_rows  # that other tests do without
DEPARTEMENTS = ("21", "31", "41", "67", "68", "76")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reference") / "entrepot"


@pytest.fixture(scope="module")
def report(reference_data: Path, store: Path) -> ImportReport:
    """Import all the producers' folders that hold figures, once."""
    folders = sorted(
        path for path in reference_data.iterdir() if path.is_dir() and path.name not in GEOGRAPHY
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plausibility, "few_rows", FEW_ROWS)
        return import_files(
            folders, store, embedded_geography(), day=date(2026, 2, 1), progress=lambda _: None
        )


@pytest.fixture(scope="module")
def frame(report: ImportReport, store: Path) -> pd.DataFrame:
    return read_store(store).frame


def figures(frame: pd.DataFrame, dataset: str, variable: str, year: str) -> pd.DataFrame:
    return frame[
        (frame["dataset"] == dataset) & (frame["variable"] == variable) & (frame["year"] == year)
    ]


def at(frame: pd.DataFrame, level: str) -> pd.Series:
    return frame[frame["level"] == level].set_index("code")["value"]


def test_every_producers_file_is_imported_or_left_aside_for_a_reason(report: ImportReport):
    assert [problem for problem in report.problems if not problem.warning] == []
    assert len(report.imported) > 40
    assert all(reason for _, reason in report.ignored)


def test_what_really_jumped_is_told_and_kept(report: ImportReport):
    told = [problem.message for problem in report.problems if "bouge de plus de" in problem.message]
    assert any("P_POP" in text and "51058 (1\u202f494 → 2\u202f550)" in text for text in told)
    assert len(told) < len(report.imported)


def test_the_producers_files_give_the_very_bytes_that_come_with_ctgsite(
    report: ImportReport, store: Path, tmp_path: Path
):
    communes = embedded_geography().with_whole_epci(DEPARTEMENTS)
    paths = write_observations_of(communes, read_store(store), read_index(store), tmp_path)
    stale = [p.name for p in paths if p.read_bytes() != (embedded.SNAPSHOT / p.name).read_bytes()]
    assert stale == []  # otherwise `make data` writes the snapshot again


def test_the_manifest_has_the_hash_of_every_file_it_comes_from(reference_data: Path):
    known = {path.name: path for path in reference_data.rglob("*") if path.is_file()}
    for source in embedded_manifest()["sources"]:
        for item in source["fichiers"]:
            digest = hashlib.sha256(known[item["nom"]].read_bytes()).hexdigest()
            assert digest == item["sha256"]


def test_the_communes_populations_of_2018_add_up_to_france(frame: pd.DataFrame):
    geography = embedded_geography()
    population = figures(frame, "insee-comparateur", "P_POP", "2018")
    assert at(population, "france")["FRANCE"] == pytest.approx(66_732_538, abs=0.5)  # INSEE
    communes = at(population, "commune")
    without = set(communes[communes.isna()].index) - set(
        geography.communes_of("departement", "976")
    )
    # The communes cut from one another since 2021 have none; their départements count them whole.
    assert without == set(geography.passage.split_reasons(2021))
    departements = at(population, "departement")
    divided = {departement_code(code) for code in without}
    of_communes = communes.groupby(departement_code).sum()
    for code in set(departements.dropna().index) - divided:
        assert departements[code] == pytest.approx(of_communes[code], abs=1e-3)
    for code in divided:
        assert departements[code] > of_communes[code]


@pytest.mark.parametrize("year", ["2013", "2018"])
def test_each_level_adds_up_to_the_same_france(frame: pd.DataFrame, year: str):
    population = figures(frame, "insee-comparateur", "P_POP", year)
    france = at(population, "france")["FRANCE"]
    for level in ("departement", "region"):
        assert at(population, level).sum() == pytest.approx(france, abs=1e-3)


def test_three_sources_give_one_population_of_2018(frame: pd.DataFrame):
    census = at(figures(frame, "insee-comparateur", "P_POP", "2018"), "departement")
    legal = at(figures(frame, "insee-populations-legales", "PMUN", "2018"), "departement")
    both = pd.DataFrame({"census": census, "legal": legal}).dropna()
    assert len(both) >= 96
    assert (both["census"] - both["legal"]).abs().max() < 1


def test_paris_lyon_and_marseille_have_the_population_of_the_census(frame: pd.DataFrame):
    communes = at(figures(frame, "insee-populations-legales", "PMUN", "2018"), "commune")
    assert communes["75056"] == 2_175_601
    assert communes["69123"] == 518_635
    assert communes["13055"] == 868_277


def test_a_year_of_age_estimates_adds_up_to_its_total(frame: pd.DataFrame):
    own = frame[(frame["dataset"] == "insee-estimations-age") & (frame["year"] == "2021")]
    france = own[(own["level"] == "france")].set_index("variable")["value"]
    classes = france[[name for name in france.index if name.startswith("E_") and name != "E_TOT"]]
    assert classes.sum() == pytest.approx(france["E_TOT"], abs=42)
    departements = own[(own["level"] == "departement") & (own["variable"] == "E_TOT")]
    assert departements["value"].sum() == pytest.approx(france["E_TOT"], abs=200)


def test_what_is_embedded_is_a_part_of_what_is_imported(frame: pd.DataFrame):
    assert len(embedded_observations().frame) < len(frame)


def test_no_aggregate_stands_where_a_member_has_no_value(frame: pd.DataFrame):
    geography = embedded_geography()
    housing = figures(frame, "sdes-rpls", "NB_LS", "2024")
    communes = at(housing, "commune")
    for epci, number in at(housing, "epci").items():
        parts = communes.reindex(list(geography.communes_of("epci", str(epci))))
        if pd.notna(number):
            assert number == parts.sum(skipna=False)
        else:
            assert parts.isna().any()
