"""From INSEE's archive to measures: what a store filled with the census of 2022 says, by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from census_layouts import dossier
from producers_layouts import COMPARATEUR, line, lines
from small_france import RIVER, small_geography

from ctgsite.geography.areas import FRANCE_CODE, Level
from ctgsite.indicators.catalogue import load_catalogue
from ctgsite.indicators.comparison import Verdict, compare
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.figures import Figures, valued
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.indicators.trend import trend
from ctgsite.sources.census import overlap
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.importing import import_files
from ctgsite.sources.store import read_store

INDICATORS = load_catalogue(datasets=load_descriptions())

# Rive-Nord, Rive-Est and Rive-Sud are one EPCI across two départements; the others, elsewhere.
NORTH = {
    "P22_POP": 4000, "P16_POP": 3600, "P11_POP": 3500,
    "P22_POP0014": 700, "P22_POP1529": 600, "P22_POP3044": 800, "P22_POP4559": 800,
    "P22_POP6074": 700, "P22_POP7589": 300, "P22_POP90P": 100,
    "P22_H0019": 480, "P22_F0019": 470, "P22_H65P": 350, "P22_F65P": 410,
    "C22_MEN": 1700, "C22_MENPSEUL": 560, "C22_MENSFAM": 40, "C22_MENFAM": 1100,
    "C22_FAM": 1120, "C22_COUPAENF": 480, "C22_FAMMONO": 180, "C22_COUPSENF": 460,
    "C16_FAM": 1000, "C16_COUPAENF": 470, "C16_FAMMONO": 120, "C16_COUPSENF": 410,
    "C11_FAM": 980, "C11_COUPAENF": 490, "C11_FAMMONO": 100, "C11_COUPSENF": 390,
    "P22_LOG": 2000, "P22_RP": 1700, "P22_RSECOCC": 100, "P22_LOGVAC": 200, "P22_MEN": 1700,
    "P22_PMEN": 3910, "P22_RP_PROP": 1020, "P22_RP_LOC": 650, "P22_RP_LOCHLMV": 221,
    "P22_RP_GRAT": 30, "P22_RP_VOIT1P": 1360,
    "P22_POP1564": 2500, "P22_ACT1564": 1900, "P22_CHOM1564": 190,
    "P16_POP1564": 2300, "P16_ACT1564": 1700, "P16_CHOM1564": 238,
    "P22_NSCOL15P": 2800, "P22_NSCOL15P_DIPLMIN": 420, "P22_NSCOL15P_BEPC": 180,
    "P22_NSCOL15P_CAPBEP": 800, "P22_NSCOL15P_BAC": 500, "P22_NSCOL15P_SUP2": 400,
    "P22_NSCOL15P_SUP34": 300, "P22_NSCOL15P_SUP5": 200,
    "MED21": 23150, "NBMENFISC21": 1650,
}  # fmt: skip
EAST = {
    "P22_POP": 500, "P16_POP": 520, "P11_POP": 540,
    "C22_FAM": 150, "C22_COUPAENF": 70, "C22_FAMMONO": 20, "C22_COUPSENF": 60,
    "C16_FAM": 160, "C16_COUPAENF": 80, "C16_FAMMONO": 16, "C16_COUPSENF": 64,
    "C11_FAM": 170, "C11_COUPAENF": 90, "C11_FAMMONO": 15, "C11_COUPSENF": 65,
    "P22_LOG": 300, "P22_RP": 220, "P22_RSECOCC": 50, "P22_LOGVAC": 30,
    "P22_POP1564": 300, "P22_ACT1564": 240, "P22_CHOM1564": 12,
    "P16_POP1564": 320, "P16_ACT1564": 250, "P16_CHOM1564": 15,
}  # fmt: skip
SOUTH = {
    "P22_POP": 1500, "P16_POP": 1400, "P11_POP": 1300,
    "C22_FAM": 430, "C22_COUPAENF": 200, "C22_FAMMONO": 50, "C22_COUPSENF": 180,
    "P22_LOG": 700, "P22_RP": 600, "P22_RSECOCC": 30, "P22_LOGVAC": 70,
    "P22_POP1564": 950, "P22_ACT1564": 760, "P22_CHOM1564": 76,
}  # fmt: skip
ELSEWHERE = {
    "P22_POP": 100, "P16_POP": 100, "C22_FAM": 30, "C22_COUPAENF": 12, "C22_FAMMONO": 3,
    "C22_COUPSENF": 15, "P22_POP1564": 60, "P22_ACT1564": 50, "P22_CHOM1564": 5,
}  # fmt: skip
OTHERS = ("01001", "01002", "01003", "01004", "75056", "97101")
COMPARED = {
    "P18_POP": 3700,
    "P13_POP": 3550,
    "SUPERF": 16,
    "P18_ACT1564": 1750,
    "P18_CHOM1564": 210,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import the dossier complet of 2022 and the comparateur of 2018."""
    folder = tmp_path_factory.mktemp("insee")
    rows = {"67001": NORTH, "67002": EAST, "68001": SOUTH, **dict.fromkeys(OTHERS, ELSEWHERE)}
    (folder / "dossier_complet.zip").write_bytes(dossier(rows))
    older = lines(COMPARATEUR, line(COMPARATEUR, {"CODGEO": "67001", **COMPARED}))
    (folder / "base_cc_comparateur.csv").write_text(older, encoding="utf-8")
    report = import_files(
        [folder], folder / "entrepot", small_geography(), day=date(2026, 2, 1), progress=str
    )
    assert report.problems == ()
    return folder / "entrepot"


@pytest.fixture(scope="module")
def figures(store: Path) -> Figures:
    return Figures(compute_measures(INDICATORS, [read_store(store)]))


def indicator(name: str) -> Indicator:
    return INDICATORS.indicators[name]


def at(figures: Figures, name: str, level: Level, code: str, year: str = "2022") -> Measure:
    found = figures.at(name, level, code, year)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("population", 4000),
        ("part_0_14_ans", 100 * 700 / 4000),
        ("part_75_ans_plus", 100 * 400 / 4000),
        ("part_moins_20_ans", 100 * 950 / 4000),
        ("part_65_ans_plus", 100 * 760 / 4000),
        ("indice_vieillissement", 100 * 760 / 950),
        ("densite", 4000 / 16),
        ("part_personnes_vivant_seules", 100 * 560 / 1700),
        ("part_familles_monoparentales", 100 * 180 / 1120),
        ("part_couples_avec_enfants", 100 * 480 / 1120),
        ("taille_moyenne_menages", 3910 / 1700),
        ("part_logements_vacants", 100 * 200 / 2000),
        ("part_proprietaires", 100 * 1020 / 1700),
        ("part_logement_social", 100 * 221 / 1700),
        ("part_sans_voiture", 100 * 340 / 1700),
        ("taux_activite_15_64", 100 * 1900 / 2500),
        ("taux_chomage_recensement", 100 * 190 / 1900),
        ("taux_emploi_15_64", 100 * 1710 / 2500),
        ("part_sans_diplome", 100 * 420 / 2800),
        ("part_bac_plus", 100 * 900 / 2800),
    ],
)
def test_a_commune_has_the_figures_of_2022(figures: Figures, name: str, value: float):
    found = at(figures, name, Level.COMMUNE, "67001")
    assert found.value == pytest.approx(value)
    assert found.dataset == "insee-recensement"
    assert figures.latest(name, Level.COMMUNE, "67001") == found


@pytest.mark.parametrize(
    ("level", "code", "above", "below"),
    [
        (Level.EPCI, RIVER, 180 + 20 + 50, 1120 + 150 + 430),
        (Level.DEPARTEMENT, "67", 180 + 20, 1120 + 150),
        (Level.REGION, "44", 180 + 20 + 50, 1120 + 150 + 430),
        (Level.FRANCE, FRANCE_CODE, 180 + 20 + 50 + 6 * 3, 1120 + 150 + 430 + 6 * 30),
    ],
)
def test_every_level_has_the_ratio_of_sums(
    figures: Figures, level: Level, code: str, above: float, below: float
):
    found = at(figures, "part_familles_monoparentales", level, code)
    assert (found.numerator, found.denominator) == (above, below)
    assert found.value == pytest.approx(100 * above / below)
    assert found.vintage == "RP 2022"


def test_a_sum_with_a_commune_unknown_has_no_value(figures: Figures):
    """Rive-Sud has no families of 2016: neither has its EPCI, and nothing is taken for zero."""
    found = at(figures, "part_familles_monoparentales", Level.EPCI, RIVER, "2016")
    assert found.value is None
    assert "1 sur 3 communes" in found.note


def test_terms_of_a_ratio_are_of_one_exploitation_and_one_vintage():
    for found in INDICATORS.indicators.values():
        for formula in (one for one in found.formulas if one.dataset == "insee-recensement"):
            terms = [*formula.numerator, *formula.denominator]
            own = {term.variable[0] for term in terms if term.dataset is None}
            assert len(own) == 1, found.id


def test_a_commune_is_compared_with_its_département_on_2022(figures: Figures):
    name = "taux_chomage_recensement"
    here = figures.series(name, Level.COMMUNE, "67001")
    there = figures.series(name, Level.DEPARTEMENT, "67")
    found = compare(indicator(name), here, there, here[-1])
    assert found is not None
    assert (found.here.year, found.there.year) == ("2022", "2022")
    assert found.difference == pytest.approx(100 * 190 / 1900 - 100 * 202 / 2140)
    assert found.verdict is Verdict.PROCHE


def test_a_change_is_told_between_vintages_of_one_file_that_share_no_survey(figures: Figures):
    """2018 is at hand too, nearer, from the comparateur: its surveys are among those of 2022."""
    series = figures.series("taux_chomage_recensement", Level.COMMUNE, "67001")
    assert [measure.year for measure in valued(series)] == ["2016", "2018", "2022"]
    found = trend(indicator("taux_chomage_recensement"), series)
    assert found is not None
    assert (found.first.year, found.last.year) == ("2016", "2022")
    assert found.first.dataset == found.last.dataset == "insee-recensement"
    assert found.change == pytest.approx(10 - 14)


@pytest.mark.parametrize("name", ["population", "part_familles_monoparentales"])
def test_no_change_joins_vintages_that_overlap(figures: Figures, name: str):
    series = figures.series(name, Level.COMMUNE, "67001")
    while len(series) > 1:
        if found := trend(indicator(name), series):
            assert not overlap(int(found.first.year), int(found.last.year))
            assert found.first.dataset == found.last.dataset
        series = series[:-1]


def test_growth_is_a_yearly_rate_between_the_vintages_of_the_file(figures: Figures):
    found = at(figures, "variation_annuelle_population", Level.COMMUNE, "67001", "2016-2022")
    assert found.value == pytest.approx(100 * ((4000 / 3600) ** (1 / 6) - 1))
    before = at(figures, "variation_annuelle_population", Level.EPCI, RIVER, "2011-2016")
    assert before.value == pytest.approx(100 * ((5520 / 5340) ** (1 / 5) - 1))
    older = at(figures, "variation_annuelle_population", Level.COMMUNE, "67001", "2013-2018")
    assert older.dataset == "insee-comparateur"


def test_a_share_on_under_200_cases_is_under_caution(figures: Figures):
    east = at(figures, "part_familles_monoparentales", Level.COMMUNE, "67002")
    assert east.caution
    assert not at(figures, "part_familles_monoparentales", Level.COMMUNE, "67001").caution


def test_the_median_comes_from_the_same_file_and_is_not_summed(figures: Figures):
    assert at(figures, "niveau_vie_median", Level.COMMUNE, "67001", "2021").value == 23150
    assert at(figures, "niveau_vie_median", Level.EPCI, RIVER, "2021").value is None
