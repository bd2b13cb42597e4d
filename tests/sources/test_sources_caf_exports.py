"""The exports of data.caf.fr, typed as the portal writes them: observations, sums and measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from producers_layouts import (
    BOM,
    CAF_2020,
    CAF_BENEFITS,
    CAF_BENEFITS_DEPARTEMENT,
    CAF_QF,
    CRLF,
    TXCOUV,
    childcare_places,
    childcare_rates,
    line,
    lines,
)
from small_france import RIVER, WEST, figure, observed, value

from ctgsite import knowledge
from ctgsite.geography.areas import Level
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import Measure
from ctgsite.sources.importing import ImportReport
from ctgsite.sources.observations import Observations
from ctgsite.sources.store import read_store

Write = Callable[..., Path]
Import = Callable[..., ImportReport]


def export(header: str, *rows: dict[str, object]) -> str:
    """Return a file as the portal exports it: a mark at its head, semicolons, CRLF."""
    return BOM + lines(header, *(line(header, row, ";") for row in rows), end=CRLF)


def household(code: str, day: str = "2024-12", **counts: object) -> dict[str, object]:
    return {"dtreffre": day, "numcomdo": code, "nomcom": "A"} | {
        f"ind{name}": count for name, count in counts.items()
    }


COMMUNES = export(
    CAF_BENEFITS,
    household("01001", foy_ndur=120, nbp_ndur=300, foy_ndural=60, foy_rsa=15, foy_ppa=40),
    household("01002", foy_ndur=45, nbp_ndur=110, foy_ndural=20, foy_rsa=5, foy_ppa=15),
    household("01003", foy_ndur=5, nbp_ndur=10, foy_ndural=0, foy_rsa=0, foy_ppa=5),
    household("01004", foy_ndur=10, nbp_ndur=30, foy_ndural=5, foy_rsa=0, foy_ppa=""),
    household("75101", foy_ndur=20, nbp_ndur=25, foy_ndural=10, foy_rsa=5, foy_ppa=5),
    household("75102", foy_ndur=25, nbp_ndur=40, foy_ndural=15, foy_rsa=5, foy_ppa=5),
    household("67001", "2020-12", foy_ndur=410, nbp_ndur=900, foy_ndural=200, foy_rsa=30),
    household("67001", foy_ndur=420, nbp_ndur=905, foy_ndural=190, foy_rsa=25, foy_ppa=90),
    household("XX", foy_ndur=3000, nbp_ndur=5000, foy_ndural=100, foy_rsa=5, foy_ppa=5),
)


def of_departement(day: str, code: str, households: int, disabled: int) -> dict[str, object]:
    return {
        "dtreffre": day, "numdep": code, "nomdep": "A", "indfoy_ndur": households,
        "indnbp_ndur": 2 * households, "indfoy_aah": disabled,
    }  # fmt: skip


DEPARTEMENTS = export(
    CAF_BENEFITS_DEPARTEMENT,
    of_departement("2024-11", "01", 999, 99),
    of_departement("2024-12", "01", 177, 12),
    of_departement("2024-12", "67", 600, 50),
    of_departement("2024-12", "68", 400, 25),
    of_departement("2024-12", "99", 1, 0),
    of_departement("2024-12", "XX", 1, 0),
    of_departement("2024-12", "99", 2, 0),
)


@pytest.fixture
def measured(write: Write, importing: Import, store: Path) -> Callable[..., Callable[..., Any]]:
    """Import files typed by name; the answer looks measures up."""

    def run(**files: str) -> Callable[..., Any]:
        report = importing(*(write(f"{name}.csv", text) for name, text in files.items()))
        assert [problem for problem in report.problems if not problem.warning] == []
        figures = Figures(compute_measures(knowledge.catalogue(), [read_store(store)]))

        def at(indicator: str, level: Level, code: str, year: str = "2024") -> Measure:
            found = figures.at(indicator, level, code, year)
            assert found is not None, (indicator, code, figures.all_years(indicator))
            return found

        return at

    return run


def test_households_of_communes_are_read_with_what_their_rounding_leaves_unknown(write: Write):
    found = observed(write("s_ben_com_f.csv", COMMUNES)).published
    assert value(found, "01001", "FOYERS") == 120
    assert value(found, "01001", "PERSONNES") == 300
    assert value(found, "01004", "FOYERS_AL") == 5
    assert value(found, "01004", "FOYERS_RSA") == 0
    gap = figure(found, "01004", "FOYERS_PPA")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "absent")
    assert bounds(found, "01001") == [2.0]


def bounds(found: Observations, code: str) -> list[float]:
    """Return what is known of the precision of an area's households in 2024."""
    rows = found.frame[found.frame["code"].eq(code) & found.frame["year"].eq("2024")]
    return rows.loc[rows["variable"].eq("FOYERS"), "bound"].tolist()


def test_sums_of_communes_are_computed_and_their_bounds_add_up(write: Write):
    found = observed(write("s_ben_com_f.csv", COMMUNES)).derived
    assert figure(found, WEST, "FOYERS", level="epci", year="2024") == (165, "calcule", "")
    assert value(found, "01", "FOYERS", level="departement", year="2024") == 180
    gap = figure(found, "01", "FOYERS_PPA", level="departement", year="2024")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "absent")
    assert "1 sur 4 communes" in gap.note
    assert bounds(found, WEST) == [4.0]


def test_a_commune_published_by_arrondissement_is_the_sum_of_them(write: Write):
    found = observed(write("s_ben_com_f.csv", COMMUNES)).published
    paris = figure(found, "75056", "FOYERS", year="2024")
    assert paris is not None
    assert (paris.value, paris.status) == (45, "calcule")


def test_the_producer_s_own_departement_stands_before_the_sum_of_communes(measured: Any):
    at = measured(s_ben_com_f=COMMUNES, s_ben_dep=DEPARTEMENTS)
    own = at("foyers_allocataires", Level.DEPARTEMENT, "01")
    assert (own.value, own.status, own.vintage) == (177, "publie", "décembre 2024")
    region = at("foyers_allocataires", Level.REGION, "44")
    assert (region.value, region.status) == (1000, "calcule")
    assert at("allocataires_aah", Level.REGION, "44").value == 75
    share = at("part_allocataires_aah", Level.DEPARTEMENT, "67")
    assert share.value == pytest.approx(100 * 50 / 600)


def test_counts_and_rates_of_communes_and_epci(measured: Any):
    at = measured(s_ben_com_f=COMMUNES)
    commune = at("foyers_allocataires", Level.COMMUNE, "01001")
    assert (commune.value, commune.bound, commune.status) == (120, 2, "publie")
    assert at("personnes_couvertes_caf", Level.EPCI, WEST).value == 410
    rsa = at("allocataires_rsa", Level.EPCI, WEST)
    assert (rsa.value, rsa.bound, rsa.status) == (20, 4, "calcule")
    assert at("allocataires_prime_activite", Level.COMMUNE, "01002").value == 15
    assert at("allocataires_aide_logement", Level.EPCI, WEST).value == 80
    share = at("part_allocataires_aide_logement", Level.EPCI, WEST)
    assert (share.numerator, share.denominator) == (80, 165)
    assert share.value == pytest.approx(100 * 80 / 165)
    assert share.bound > 0


def test_a_commune_s_own_figure_stands_before_the_sum_of_its_iris(measured: Any):
    iris = lines(CAF_2020, *(line(CAF_2020, {"CODGEO": f"67001010{n}", "A": 135}) for n in "123"))
    at = measured(s_ben_com_f=COMMUNES, data_CAF_2020_IRIS=iris, data_CAF_2018_IRIS=iris)
    new = at("foyers_allocataires", Level.COMMUNE, "67001", "2020")
    assert (new.value, new.dataset) == (410, "cnaf-prestations")
    former = at("foyers_allocataires", Level.COMMUNE, "67001", "2018")
    assert (former.value, former.dataset) == (405, "insee-caf-iris")


def test_a_benefit_of_more_households_than_there_are_refuses_the_file(
    write: Write, importing: Import
):
    row = household("01001", foy_ndur=120, nbp_ndur=300, foy_rsa=125)
    report = importing(write("s_ben_com_f.csv", export(CAF_BENEFITS, row)))
    assert report.imported == ()
    assert "FOYERS_RSA" in report.problems[0].message


QF = {
    "Moins de 400 euros": 15, "Entre 400 et 799 euros": 40, "Entre 800 et 1199 euros": 30,
    "Entre 1200 et 1599 euros": 10, "Entre 1600 et 1999 euros": 5,
    "Entre 2000 et 3999 euros": 5, "4000 euros ou plus": 0, "Inconnu": 15,
}  # fmt: skip


def test_each_bracket_of_the_quotient_is_a_variable(write: Write):
    rows = (
        {"dtreffre": "2024-12", "numcomdo": "01001", "nomcom": "A", "qf_400": name,
         "indfoy_ndur": count, "indnbp_ndur": 2 * count}
        for name, count in QF.items()
    )  # fmt: skip
    found = observed(write("ndur_s_qf_400_com_f.csv", export(CAF_QF, *rows))).published
    names = ["0_399", "400_799", "800_1199", "1200_1599", "1600_1999", "2000_3999", "4000_PLUS"]
    told = [value(found, "01001", f"QF_{name}") for name in (*names, "INCONNU")]
    assert told == list(QF.values())


def brackets(code: str, **counts: int) -> Iterator[dict[str, object]]:
    """Yield the rows of a commune whose brackets count `QF`, or what is said of some of them."""
    names = dict(zip(("first", "second", "unknown"), (*list(QF)[:2], "Inconnu"), strict=True))
    told = QF | {names[key]: count for key, count in counts.items()}
    for name, count in told.items():
        yield {"dtreffre": "2024-12", "numcomdo": code, "nomcom": "A", "qf_400": name,
               "indfoy_ndur": count, "indnbp_ndur": 2 * count}  # fmt: skip


def test_the_share_under_800_euros_leaves_out_the_households_whose_quotient_is_unknown(
    measured: Any,
):
    rows = (*brackets("01001"), *brackets("01002", second=20, unknown=500))
    at = measured(ndur_s_qf_400_com_f=export(CAF_QF, *rows))
    name = "part_allocataires_quotient_moins_800"
    commune = at(name, Level.COMMUNE, "01001")
    assert (commune.numerator, commune.denominator) == (55, 105)
    assert commune.value == pytest.approx(100 * 55 / 105)
    other = at(name, Level.COMMUNE, "01002")
    assert (other.numerator, other.denominator) == (35, 85)


def test_the_share_of_an_epci_is_a_ratio_of_sums_and_no_mean_of_shares(measured: Any):
    rows = (*brackets("01001"), *brackets("01002", first=115, second=140))
    at = measured(ndur_s_qf_400_com_f=export(CAF_QF, *rows))
    west = at("part_allocataires_quotient_moins_800", Level.EPCI, WEST)
    assert (west.numerator, west.denominator, west.status) == (310, 410, "calcule")
    assert west.value == pytest.approx(100 * 310 / 410)


def test_a_bracket_without_a_row_makes_no_share(measured: Any):
    rows = [row for row in brackets("01001") if row["qf_400"] != "4000 euros ou plus"]
    at = measured(ndur_s_qf_400_com_f=export(CAF_QF, *rows, *brackets("01002")))
    gap = at("part_allocataires_quotient_moins_800", Level.COMMUNE, "01001")
    assert (gap.value, gap.status) == (None, "absent")
    assert gap.note


def rates(level: str, names: str, *rows: dict[str, object]) -> str:
    return export(childcare_rates(level, names), *rows)


def rate(
    level: str, year: str, total: float, collective: float, individual: float, **names: str
) -> dict[str, object]:
    return {"annee": year, **names, f"txcouv_{level}": total, f"txcouv_eaje_{level}": collective,
            f"txcouv_ind_{level}": individual}  # fmt: skip


RATES = {
    "txcouv_pe_com": rates(
        "com",
        "numcom;nomcom",
        rate("com", "2023", 68.4, 30.1, 38.3, numcom="67001", nomcom="RIVE-NORD"),
        rate("com", "2022", 66.0, 29.0, 37.0, numcom="67001", nomcom="RIVE-NORD"),
        rate("com", "2023", 113.6, 86.1, 25.5, numcom="75101", nomcom="PARIS 1ER"),
    ),
    "txcouv_pe_epci": rates(
        "epci",
        "numepci;nomepci",
        rate("epci", "2023", 62.5, 22.0, 39.5, numepci=RIVER, nomepci="CC DE LA RIVE"),
        rate("epci", "2023", 195.8, 10.0, 180.0, numepci="XX", nomepci="XX"),
    ),
    "txcouv_pe_dep": rates(
        "dep", "numdep;nomdep", rate("dep", "2023", 64.0, 21.0, 40.0, numdep="67", nomdep="A")
    ),
    "txcouv_pe_reg": rates(
        "reg", "numregi;nomregi", rate("reg", "2023", 61.0, 20.0, 39.0, numregi="44", nomregi="A")
    ),
    "txcouv_pe_nat": rates(
        "nat",
        "national",
        rate("nat", "2023-01-01", 60.9, 23.5, 34.1, national="FRANCE ENTIERE HORS MAYOTTE"),
    ),
}


def test_the_rate_of_cover_stands_at_every_level(measured: Any):
    at = measured(**RATES)
    name = "taux_couverture_petite_enfance"
    assert at(name, Level.COMMUNE, "67001", "2022").value == 66.0
    found = [
        at(name, level, code, "2023").value
        for level, code in (
            (Level.COMMUNE, "67001"), (Level.EPCI, RIVER), (Level.DEPARTEMENT, "67"),
            (Level.REGION, "44"), (Level.FRANCE, "FRANCE"),
        )
    ]  # fmt: skip
    assert found == [68.4, 62.5, 64.0, 61.0, 60.9]
    france = at(name, Level.FRANCE, "FRANCE", "2023")
    assert (france.status, france.note) == ("publie", "France hors Mayotte")
    assert at("taux_couverture_accueil_collectif", Level.EPCI, RIVER, "2023").value == 22.0
    individual = at("taux_couverture_accueil_individuel", Level.EPCI, RIVER, "2023")
    assert (individual.value, individual.bound) == (39.5, 0.05)


def test_a_rate_by_arrondissement_is_none_of_its_commune(measured: Any):
    at = measured(**RATES)
    paris = at("taux_couverture_petite_enfance", Level.COMMUNE, "75056", "2023")
    assert (paris.value, paris.status) == (None, "absent")
    assert paris.note


def test_the_whole_export_stands_before_the_excerpt(measured: Any):
    excerpt = lines(TXCOUV, "271,67001,29.5,37.0,66.5,2022", "272,68001,10.0,20.0,31.0,2022")
    at = measured(**RATES, txcouv_pe_com_2022_excerpt=excerpt)
    name = "taux_couverture_petite_enfance"
    assert at(name, Level.COMMUNE, "67001", "2022").value == 66.0
    assert at(name, Level.COMMUNE, "68001", "2022").value == 31.0


def test_places_are_counted_by_mode(write: Write):
    header = childcare_places("epci", "numepci;nomepci")
    row = {
        "annee": 2023, "numepci": RIVER, "nomepci": "CC", "pl_eaje_epci": 35.0,
        "pl_am_ind_epci": 13, "pl_gad_ind_epci": 1, "pl_ind_epci": 14, "pl_prescol_epci": 1,
        "tot_offre_epci": 50,
    }  # fmt: skip
    placeholder = {**row, "numepci": "XXX", "nomepci": "XXX"}
    text = export(header, row, placeholder)
    found = observed(write("nbpla_pe_epci.csv", text)).published
    names = ("COLLECTIF", "ASSISTANTES", "DOMICILE", "INDIVIDUEL", "ECOLE", "TOTAL")
    assert [value(found, RIVER, f"PL_{name}") for name in names] == [35, 13, 1, 14, 1, 50]


def test_places_of_départements_add_up_to_régions_and_to_france_without_mayotte(write: Write):
    header = childcare_places("dep", "numdep;nomdep")
    codes = ("01", "67", "68", "75", "971", "XXX")
    rows = ({"annee": 2023, "numdep": code, "nomdep": "A", "tot_offre_dep": 10} for code in codes)
    found = observed(write("nbpla_pe_dep.csv", export(header, *rows))).derived
    assert figure(found, "44", "PL_TOTAL", level="region") == (20, "calcule", "")
    france = figure(found, "FRANCE", "PL_TOTAL", level="france")
    assert france == (50, "calcule", "champ : France hors Mayotte")


def test_places_by_mode_are_indicators_at_the_levels_published_and_above(measured: Any):
    header = childcare_places("dep", "numdep;nomdep")
    rows = (
        {"annee": year, "numdep": code, "nomdep": "A", "pl_eaje_dep": 30, "pl_am_ind_dep": 25,
         "pl_ind_dep": 26, "tot_offre_dep": 60}
        for code in ("67", "68") for year in (2022, 2023)
    )  # fmt: skip
    at = measured(nbpla_pe_dep=export(header, *rows))
    own = at("places_eaje", Level.DEPARTEMENT, "67", "2022")
    assert (own.value, own.status, own.vintage) == (30, "publie", "2022")
    region = at("places_assistantes_maternelles", Level.REGION, "44", "2023")
    assert (region.value, region.status) == (50, "calcule")
