"""Counts first, gaps kept, each producer's file read as its notes ask: what becomes a figure.

Files are a few rows in the producers' own layouts, on the small France of the tests of sources.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from producers_layouts import (
    ASSOCIATIONS,
    BOM,
    CAF_2020,
    COMPARATEUR,
    CRLF,
    FILO_2018,
    POPULATIONS,
    QPV_2021,
    RPLS,
    RPLS_NAME,
    TXCOUV,
    line,
    lines,
)
from small_france import (
    RIVER,
    WEST,
    M,
    N,
    describe,
    observed,
    on_all_communes,
    panel,
    small_geography,
    value,
)

from ctgsite import knowledge
from ctgsite.diagnostic.model import Finding
from ctgsite.errors import SourceError
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.model import Kind
from ctgsite.indicators.terms import parse_terms
from ctgsite.pages.duties import PLANNING, SCHEME
from ctgsite.pages.sentences import figure, reading
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.levels import higher_levels, not_summed
from ctgsite.sources.observations import OBSERVATION_COLUMNS, Observations

HERE = Area(Level.COMMUNE, "31557", "Tournefeuille")


@pytest.fixture
def file(tmp_path: Path):
    """Write a file of a producer."""

    def write(name: str, *rows: str, end: str = "\n", start: str = "") -> Path:
        path = tmp_path / name
        path.write_bytes((start + lines(*rows, end=end)).encode())
        return path

    return write


def sums(cells, column=N, description=None):
    """Return what communes give at the levels above, by code."""
    members = on_all_communes(panel(cells, (column,)))
    panels = higher_levels(members, description or describe(), small_geography())
    panels += not_summed(members, small_geography())
    return {
        str(code): value(found, str(code), column.variable)
        for found in panels
        for code in found.codes
    }


# Nothing unknown is zero.


@pytest.mark.parametrize("gap", ["secret", "absent", None])
def test_an_area_with_a_member_unknown_has_no_sum_and_never_that_of_the_others(gap):
    cells = {"67001": [5], "67002": [7], "68001": [gap]}
    assert sums(cells)[RIVER] == ("secret" if gap == "secret" else "absent")
    assert sums({**cells, "68001": [0]})[RIVER] == 12


def test_a_partly_secret_aggregate_is_known_from_the_producer_alone():
    figures = knowledge.evidence(None).figures
    epci = "200072635"
    communes = knowledge.geography(None).communes_of(Level.EPCI, epci)
    masked = figures.of_areas("niveau_vie_median", Level.COMMUNE, communes, "2018")
    assert len([m for m in masked if m.value is not None]) < len(communes)
    own = figures.at("niveau_vie_median", Level.EPCI, epci, "2018")
    assert (own.status, own.numerator) == ("publie", None)
    assert figures.at("niveau_vie_median", Level.EPCI, epci, "2021") is None or (
        figures.at("niveau_vie_median", Level.EPCI, epci, "2021").value is None
    )


def test_a_median_is_never_summed():
    cells = {code: [20_000] for code in ("01001", "01002")}
    assert sums(cells, M)[WEST] == "non_agregeable"
    counted = describe(variables={
        "N": {"libelle": "N", "additive": True}, "M": {"libelle": "M", "additive": True},
        "Z": {"libelle": "Z", "additive": True},
    })  # fmt: skip
    assert sums(cells, replace(M, additive=True), counted)[WEST] == 40_000


def test_no_figure_that_is_not_a_count_adds_up():
    units = {"%", "‰", "€ par an", "indice", "places pour 100 enfants de moins de 3 ans"}
    for dataset in load_descriptions().values():
        added = [v for v in dataset.variables.values() if v.additive]
        assert not [variable.label for variable in added if variable.unit in units]


# Ratios of sums, of one vintage.


def observations(*rows: dict[str, object]) -> Observations:
    """Return observations from what differs from a count of 2018."""
    plain = {"dataset": "rp", "variable": "A", "year": "2018", "level": "commune", "code": "x",
             "value": 1.0, "status": "publie", "vintage": "RP 2018", "note": ""}  # fmt: skip
    frame = pd.DataFrame([{**plain, **row} for row in rows], columns=OBSERVATION_COLUMNS)
    return Observations(frame)


def share_of(numerator: str, denominator: str, **formula: object):
    """Return a catalogue of one share."""
    catalogue = knowledge.catalogue()
    base = catalogue.indicators["part_logements_vacants"]
    terms = {"numerator": parse_terms(numerator), "denominator": parse_terms(denominator)}
    one = replace(base.formulas[0], dataset="rp", years=(), **terms, **formula)
    return replace(catalogue, indicators={base.id: replace(base, formulas=(one,))})


def test_the_rate_of_an_area_is_the_ratio_of_its_sums_and_no_mean_of_rates():
    above, below = ({"01001": [10], "01002": [400]}, {"01001": [100], "01002": [500]})
    counts = {
        "01001": (10.0, 100.0),
        "01002": (400.0, 500.0),
        WEST: (float(sums(above)[WEST]), float(sums(below)[WEST])),
    }
    seen = observations(*(
        {"variable": name, "code": code, "value": number}
        for code, pair in counts.items()
        for name, number in zip("AB", pair, strict=True)
    ))  # fmt: skip
    rates = compute_measures(share_of("A", "B"), [seen]).frame.set_index("code")["value"]
    assert rates[WEST] == pytest.approx(100 * 410 / 600)
    assert rates[WEST] != pytest.approx((rates["01001"] + rates["01002"]) / 2)


def test_numerator_and_denominator_are_of_one_year():
    seen = observations(
        {"variable": "A", "year": "2018"}, {"variable": "B", "year": "2013", "value": 4.0}
    )
    assert compute_measures(share_of("A", "B"), [seen]).frame.empty
    asked = share_of("A", "B@2013")  # a rate of change asks for two years by name
    assert compute_measures(asked, [seen]).frame["value"].tolist() == [25.0]


def test_a_share_of_the_qpv_has_both_terms_at_one_date(catalogue):
    formula = catalogue.indicators["part_population_qpv"].formulas[0]
    (above,), (below,) = formula.numerator, formula.denominator
    assert (above.dataset, above.year) == (below.dataset, below.year) == (None, None)


def test_a_mean_of_five_years_stands_beside_the_births_of_one(catalogue):
    means = {
        found.id: formula.period
        for found in catalogue.indicators.values()
        for formula in found.formulas
        if {"NAIS", "DECE"} & {term.variable for term in formula.numerator}
    }
    assert set(means.values()) == {5.0}
    assert {"naissances_moyennes_annuelles", "taux_natalite", "solde_naturel_annuel"} <= set(means)


def test_the_deaths_of_2020_carry_their_note_at_every_level():
    figures = knowledge.evidence(None).figures
    for level, code in (("commune", "31557"), ("epci", "200068815"), ("departement", "41")):
        assert "Covid-19" in figures.at("deces", Level(level), code, "2020").note


# CAF: IRIS by IRIS, secrets kept.


def caf(file, *cells: tuple[str, object]) -> Path:
    rows = (line(CAF_2020, {"CODGEO": code, "NOTE": 0, "A": number}) for code, number in cells)
    return file("data_CAF_2020_IRIS.csv", CAF_2020, *rows, end=CRLF)


@pytest.mark.parametrize(("masked", "commune"), [("", "secret"), (30, 60)])
def test_a_commune_has_a_count_of_the_caf_only_where_each_of_its_iris_has(file, masked, commune):
    cells = (("670010101", 10), ("670010102", 20), ("670010103", masked))
    found = observed(caf(file, *cells))
    assert value(found.derived, "67001", "A", level="commune") == commune


# CNAF: coverage rates.


def test_a_coverage_rate_above_100_is_read_and_told_in_places(file, typed, catalogue):
    rate = catalogue.indicators["taux_couverture_petite_enfance"]
    rows = (TXCOUV, "0,01001,36.9,90.0,132.4,2022")
    found = observed(file("txcouv_pe_com_2022_excerpt.csv", *rows))
    assert value(found.published, "01001", "TXCOUV_TOTAL") == 132.4
    told = reading(Finding(rate, HERE, typed(132.4, "2022")))
    assert "132,4 places théoriques pour 100 enfants de moins de 3 ans" in told.replace("\xa0", " ")


def test_other_modes_of_care_may_be_a_little_below_zero(file):
    rows = (TXCOUV, "0,01001,40.0,30.3,70.0,2022")
    found = observed(file("txcouv_pe_com_2022_excerpt.csv", *rows)).published
    total, *parts = (value(found, "01001", f"TXCOUV_{name}") for name in
                     ("TOTAL", "COLLECTIF", "INDIVIDUEL"))  # fmt: skip
    assert total - sum(parts) == pytest.approx(-0.3)


# RSA in whole percents.


def test_a_share_of_rsa_of_zero_is_less_than_one_percent_and_never_zero(file, catalogue):
    shares = {"01001": 0, "01002": 3}
    cells = {c: {"rsaShareAmongHouseholdsPercent": p, "vintage": 2024} for c, p in shares.items()}
    path = file("caf-by-commune.json", json.dumps(cells))
    published = observed(path).published
    assert value(published, "01001", "RSA_PART", level="commune") == "absent"
    measures = compute_measures(catalogue, [published])
    zero = Figures(measures).at("part_menages_rsa", Level.COMMUNE, "01001", "2024")
    assert zero.value is None
    assert figure(zero, catalogue.indicators["part_menages_rsa"]) == "moins de 1 %"


# Digital fragility: IRIS are not averaged, the newer index is another file.


def fragility(file, *kinds: str) -> Path:
    rows = []
    for number, kind in enumerate(kinds):
        cells = ["a"] * 40
        for place in (*range(4, 7), *range(22, 40)):
            cells[place] = "80,5".replace(",", ".")
        code = f"6700{number // 2 + 1}"
        cells[7], cells[8], cells[11], cells[21] = f"{code}0101", code, code, kind
        rows.append(";".join(cells))
    return file("inr_region_44.csv", *rows, end=CRLF)


def test_the_iris_of_a_commune_are_never_averaged(file):
    whole, iris = "Commune non découpée en IRIS", "IRIS d'habitat"
    found = observed(fragility(file, iris, iris, whole)).published
    assert value(found, "67001", "SCORE_GLOBAL_REG") == "non_agregeable"
    assert value(found, "67002", "SCORE_GLOBAL_REG") == 80.5


def test_the_newer_index_of_fragility_is_not_taken_for_this_one(file):
    with pytest.raises(SourceError):
        observed(file("inr_region_44.csv", "code;score", "67001;7", end=CRLF))


# QPV.


def test_the_population_of_quarters_is_summed_at_no_level(file):
    quarter = {"CODGEO": "QP067001", "LIBGEO": "Q", "POP_MUN": "1 200", "POP_COM_QP": "1 200"}
    row = line(QPV_2021, {**quarter, "POP_COM": "9 000", "LIB_COM": "Rive-Nord"})
    found = observed(file("DEMO_2021.csv", QPV_2021, row, end=CRLF, start=BOM))
    assert value(found.published, "67001", "POP_COM_QP", level="commune") == 1200
    assert value(found.derived, RIVER, "POP_COM_QP", level="epci") == "non_agregeable"


# Other producers.


def test_a_commune_under_the_threshold_of_incomes_is_secret(file):
    published = line(FILO_2018, {"CODGEO": "01001", "NBMEN18": 60, "Q218": 21000})
    found = observed(file("FILO2018_DISP_COM.csv", FILO_2018, published, end=CRLF)).derived
    assert value(found, WEST, "NBMEN", level="epci") in {"absent", "secret"}
    assert load_descriptions()["insee-filosofi"].no_row.status == "secret"


def test_no_row_of_associations_is_zero_except_where_the_register_does_not_exist(file):
    row = line(ASSOCIATIONS, {"CODGEO": "01001", "nb_assos": 4, "nb_sport": 2}, ",")
    found = observed(file("associations_communes.csv", ASSOCIATIONS, row)).published
    names = load_descriptions()["rna-associations"].variables
    (total,) = [name for name in names if value(found, "01001", name, level="commune") == 4]
    assert value(found, "67001", total, level="commune") == "absent"


def test_no_row_of_social_dwellings_is_no_zero(file):
    found = observed(file(RPLS_NAME, RPLS, "01001,a,a,1,2,3,4,5,6,21"))
    assert value(found.derived, WEST, "NB_LS", level="epci") == "absent"


def test_years_before_a_merger_are_absent_where_the_file_lacks_the_communes_absorbed(file):
    cells = {"codgeo": "01004", "p13_pop": 100, "p21_pop": 150}
    row = line(POPULATIONS, cells, ",")
    found = observed(file("insee-estimation-population-2024.csv", POPULATIONS, row)).published
    assert value(found, "01004", "P_POP", year="2013") == "absent"
    assert value(found, "01004", "P_POP", year="2021") == 150


def test_paris_is_not_counted_with_its_arrondissements(file):
    rows = (line(COMPARATEUR, {"CODGEO": code, "P18_POP": people})
            for code, people in (("75056", 100), ("75101", 40), ("75102", 60)))  # fmt: skip
    found = observed(file("base_cc_comparateur.csv", COMPARATEUR, *rows))
    assert value(found.published, "75056", "P_POP", level="commune", year="2018") == 100
    assert value(found.derived, "11", "P_POP", level="region", year="2018") == 100


def test_duties_of_early_childhood_begin_beyond_3500_and_10000_inhabitants():
    """CASF, L214-1-3: the sentences are those of tests/pages/test_duties.py."""
    assert (PLANNING, SCHEME) == (3_500, 10_000)


def test_kinds_of_formula_that_need_counts_have_theirs_told(catalogue):
    """A published figure says no count; a share of counts always does."""
    for found in catalogue.indicators.values():
        for formula in (read for own in found.formulas for read in own.reading):
            published = formula.kind in (Kind.PUBLIE, Kind.QUOTIENT_PUBLIE)
            variables = load_descriptions()[formula.dataset].variables
            own = [t for t in formula.numerator if t.dataset is None]
            if not published and formula.dataset != "insee-qpv":
                assert all(variables[term.variable].additive for term in own), found.id
