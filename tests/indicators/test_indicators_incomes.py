"""Filosofi 2 beside Filosofi: read level by level, secrets kept, and no trend across the break."""

from __future__ import annotations

from datetime import date

import pytest
from census_layouts import DECILES, INCOMES, filosofi_2
from producers_layouts import CC_FILOSOFI_2021, FILO_2018, line, lines
from small_france import RIVER, small_geography

from ctgsite.geography.areas import Level
from ctgsite.indicators.catalogue import load_catalogue
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.figures import Figures, valued
from ctgsite.indicators.trend import trend
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.importing import import_files
from ctgsite.sources.store import read_store

INDICATORS = load_catalogue(datasets=load_descriptions())
OF_2023 = (
    "MED_SL 67001 COM 24810", "PR_MD60 67001 COM 12.4", "MED_SL 67002 COM  C",
    f"MED_SL {RIVER} EPCI 24530", f"PR_MD60 {RIVER} EPCI 11.7", "MED_SL 67 DEP 24990",
    "PR_MD60 67 DEP 13.1", "MED_SL 0061 ZE2020 24000",
    *(f"{name} 67 DEP {value}" for name, value in zip(
        DECILES, (12900, 16000, 19000, 22000, 28000, 31500, 37000, 46440, 3.6), strict=True
    )),
    "GI_SL 67 DEP 0.291",
    *(f"{name} 67 DEP {value}" for name, value in zip(
        INCOMES, (76.4, 69.1, 2.9, 4.4, 27.2, 9.6, 5.5, 2.1, 1.8, 1.6, -18.7), strict=True
    )),
)  # fmt: skip
# The last vintage of Filosofi, in the layout of Filosofi 2: what it has, commune by commune.
ON_2025 = (
    "NUM_HH 67001 COM 1600", "MED_SL 67001 COM 23150", "PR_MD60 67001 COM 11",
    "NUM_HH 67002 COM 812", "NUM_PER 67002 COM 1960", "MED_SL 67002 COM 24010",
    "PR_MD60 67002 COM 9", "S_HH_TAX 67002 COM 61", "D1_SL 67002 COM  C", "D9_SL 67002 COM  C",
    "IR_D9_D1_SL 67002 COM  C",
    *(f"{name} 67002 COM {value}" for name, value in zip(
        INCOMES, (81.2, 73.5, 2.4, 5.3, 24.9, 8.8, 3.6, 1.7, 1.1, 0.8, -18.5), strict=True
    )),
    f"MED_SL {RIVER} EPCI 22890", "MED_SL 0061 ZE2020 23000", "MED_SL F FRANCE 23080",
)  # fmt: skip
BEFORE = ["2018", "2021"]


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    folder = tmp_path_factory.mktemp("filosofi")
    older = line(FILO_2018, {"CODGEO": "67001", "NBMEN18": 1500, "Q218": "21500"})
    newer = {"CODGEO": "67001", "NBMENFISC21": 1600, "MED21": 23150, "TP6021": 11}
    (folder / "FILO2018_DISP_COM.csv").write_text(lines(FILO_2018, older), encoding="utf-8")
    (folder / "cc_filosofi_2021_COM.csv").write_text(
        lines(CC_FILOSOFI_2021, line(CC_FILOSOFI_2021, newer)), encoding="utf-8"
    )
    (folder / "FILOSOFI_CC_2023_csv.zip").write_bytes(filosofi_2(*OF_2023))
    (folder / "base-cc-filosofi-2021-geo2025_csv.zip").write_bytes(
        filosofi_2(*ON_2025, year="2021", stem="DS_FILOSOFI_CC")
    )
    report = import_files(
        [folder], folder / "entrepot", small_geography(), day=date(2026, 11, 1), progress=str
    )
    assert report.problems == ()
    return Figures(compute_measures(INDICATORS, [read_store(folder / "entrepot")]))


@pytest.mark.parametrize(
    ("level", "code", "median", "poverty"),
    [
        (Level.COMMUNE, "67001", 24810, 12.4),
        (Level.EPCI, RIVER, 24530, 11.7),
        (Level.DEPARTEMENT, "67", 24990, 13.1),
    ],
)
def test_each_level_has_its_own_published_figures(
    figures: Figures, level: Level, code: str, median: float, poverty: float
):
    for name, value in (("niveau_vie_median", median), ("taux_pauvrete", poverty)):
        found = figures.latest(name, level, code)
        assert found is not None
        assert (found.value, found.year, found.status) == (value, "2023", "publie")
        assert found.vintage == "Filosofi 2023"


def test_a_confidential_median_is_secret(figures: Figures):
    found = figures.at("niveau_vie_median", Level.COMMUNE, "67002", "2023")
    assert found is not None
    assert (found.value, found.status) == (None, "secret")


def test_deciles_are_those_of_the_levels_that_have_them(figures: Figures):
    found = figures.at("rapport_interdecile", Level.DEPARTEMENT, "67", "2023")
    assert found is not None
    assert found.value == 3.6
    assert figures.at("rapport_interdecile", Level.COMMUNE, "67001", "2023") is None


SHARES = (
    "part_revenus_activite", "part_pensions", "part_revenus_patrimoine",
    "part_prestations_sociales", "part_impots", "part_prestations_familiales",
    "part_minima_sociaux",
)  # fmt: skip


@pytest.mark.parametrize(
    ("level", "code", "year", "shares"),
    [
        (Level.DEPARTEMENT, "67", "2023", (76.4, 27.2, 9.6, 5.5, -18.7, 2.1, 1.8)),
        (Level.COMMUNE, "67002", "2021", (81.2, 24.9, 8.8, 3.6, -18.5, 1.7, 1.1)),
    ],
)
def test_what_disposable_income_is_made_of_is_read_where_it_is_published(
    figures: Figures, level: Level, code: str, year: str, shares: tuple[float, ...]
):
    found = [figures.at(name, level, code, year) for name in SHARES]
    assert tuple(item.value for item in found if item) == shares
    assert {item.vintage for item in found if item} == {f"Filosofi {year}"}
    assert sum(shares[:5]) == pytest.approx(100)
    assert [figures.at(name, Level.COMMUNE, "67001", "2023") for name in SHARES] == [None] * 7


def test_the_last_vintage_of_filosofi_is_also_read_in_the_layout_of_the_next(figures: Figures):
    median = figures.at("niveau_vie_median", Level.COMMUNE, "67002", "2021")
    assert median is not None
    assert (median.value, median.status, median.vintage) == (24010, "publie", "Filosofi 2021")
    first = figures.at("premier_decile", Level.COMMUNE, "67002", "2021")
    assert first is not None
    assert (first.value, first.status) == (None, "secret")
    epci = figures.at("niveau_vie_median", Level.EPCI, RIVER, "2021")
    assert epci is not None
    assert epci.value == 22890
    france = figures.at("niveau_vie_median", Level.FRANCE, "FRANCE", "2021")
    assert france is None or france.value is None


def test_no_trend_joins_filosofi_2_and_what_came_before(figures: Figures):
    """The change told is the latest one on the same side of the break."""
    series = figures.series("niveau_vie_median", Level.COMMUNE, "67001")
    assert [measure.year for measure in valued(series)] == [*BEFORE, "2023"]
    found = trend(INDICATORS.indicators["niveau_vie_median"], series)
    assert found is not None
    assert [found.first.year, found.last.year] == BEFORE
    assert found.change == 23150 - 21500
    poverty = figures.series("taux_pauvrete", Level.COMMUNE, "67001")
    assert [measure.year for measure in valued(poverty)] == ["2021", "2023"]
    assert trend(INDICATORS.indicators["taux_pauvrete"], poverty) is None


@pytest.mark.parametrize(
    "name",
    [found.id for found in INDICATORS.indicators.values() if "insee-filosofi" in {
        formula.dataset for formula in found.formulas
    }],
)  # fmt: skip
def test_every_indicator_of_filosofi_declares_the_break(name: str):
    assert "2023" in {year for year, _ in INDICATORS.indicators[name].breaks}
