"""One formula in one year: the counts, editions, caution, levels and notes that it tells."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from ctgsite.indicators.candidates import MISSING_TERM, ZERO_DENOMINATOR, Vintages
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.model import Kind

YEARS = {"years": ("2013-2018",), "period": 5.0}


def seen(variable: str, value: float, **how: object) -> dict[str, object]:
    return {"variable": variable, "code": "31541", "value": value, **how}


@pytest.fixture
def rows(observed, make_indicator, make_catalogue):
    """Compute one formula from what is seen, and return its rows."""

    def compute(above: str, below: str, *observations: dict[str, object], **how) -> pd.DataFrame:
        found = make_catalogue(make_indicator(above, below, **how))
        return compute_measures(found, [observed(*observations)]).frame

    return compute


@pytest.fixture
def row(rows):
    """Compute one formula of one area."""

    def compute(*args, **how) -> pd.Series:
        frame = rows(*args, **how)
        assert len(frame) == 1
        return frame.iloc[0]

    return compute


def told(found: pd.Series) -> tuple[float | None, ...]:
    """Return value, numerator and denominator, None for a blank."""
    cells = (found["value"], found["numerator"], found["denominator"])
    return tuple(None if math.isnan(cell) else cell for cell in cells)


BOTH = (seen("A", 30.0), seen("B", 40.0))


@pytest.mark.parametrize(
    ("kind", "formula", "cells"),
    [
        (Kind.SOMME, {"period": 5.0, "scale": 10.0}, (60.0, 60.0, None)),
        (Kind.PUBLIE, {"scale": 10.0}, (300.0, None, None)),
        (Kind.RAPPORT, {"scale": 10.0}, (7.5, 30.0, 40.0)),
        (Kind.QUOTIENT_PUBLIE, {"scale": 10.0}, (7.5, None, None)),
    ],
)
def test_each_kind_tells_its_value_and_the_counts_it_rests_on(row, kind, formula, cells):
    below = "" if kind is Kind.SOMME else "B"
    assert told(row("A", below, *BOTH, kind=kind, formula=formula)) == cells


def test_a_balance_tells_its_mean_population(row):
    formula = {**YEARS, "scale": 1000.0}
    ends = (seen("P", 100.0, year="2013"), seen("P", 300.0), seen("A", 40.0, year="2013-2018"))
    found = row("A", "P@2013 + P@2018", *ends, kind=Kind.SOLDE_ANNUEL, formula=formula)
    assert told(found) == (1000 * 40 / 5 / 200, 40.0, 200.0)


@pytest.mark.parametrize(("first", "value"), [(1.0, 100.0), (0.5, 100 * (64**0.2 - 1))])
def test_a_growth_tells_both_populations(row, first, value):
    ends = (seen("P", first, year="2013"), seen("P", 32.0))
    found = row("P@2018", "P@2013", *ends, kind=Kind.TAUX_ANNUEL, formula=YEARS)
    assert told(found) == (pytest.approx(value), 32.0, first)


def test_terms_are_added_with_their_signs(row):
    cells = [seen(name, value) for name, value in zip("ABCD", (9.0, 2.0, 10.0, 4.0), strict=True)]
    assert told(row("A - B", "C + D", *cells)) == (50.0, 7.0, 14.0)
    assert row("- A + B", "", *cells)["value"] == -7.0


@pytest.mark.parametrize(
    ("above", "formula", "status"),
    [
        ("A", {}, "publie"),
        ("A + B", {}, "calcule"),
        ("A", {"scale": 10.0}, "calcule"),
        ("A", {"period": 2.0}, "calcule"),
        ("- A", {}, "calcule"),
    ],
)
def test_only_a_count_as_it_stands_is_published(row, above, formula, status):
    assert row(above, "", *BOTH, formula=formula)["status"] == status


def test_a_ratio_of_published_figures_is_computed(row):
    assert row("A", "B", *BOTH)["status"] == "calcule"
    assert row("A", "B", *BOTH, kind=Kind.PUBLIE)["status"] == "publie"


def test_an_estimated_term_makes_an_estimated_figure_wherever_it_stands(row):
    for cells in (("estime", "publie"), ("publie", "estime")):
        pair = [seen(name, 5.0, status=status) for name, status in zip("AB", cells, strict=True)]
        assert row("A", "B", *pair)["status"] == "estime"


def test_the_first_note_of_a_term_is_told_and_the_formulas_own_before_it(row):
    pair = (seen("A", 3.0, note="premier"), seen("B", 4.0, note="second"))
    assert row("A", "B", *pair)["note"] == "premier"
    assert row("A", "B", seen("A", 3.0), pair[1])["note"] == "second"
    assert row("A", "B", *pair, formula={"note": "de la formule"})["note"] == "de la formule"


def test_of_two_gaps_alike_the_first_is_told(row):
    gap = {"value": math.nan, "status": "secret"}
    pair = [{**seen(name, 0.0), **gap, "note": name} for name in "AB"]
    assert row("A", "B", *pair)["note"] == "A"


@pytest.mark.parametrize("status", ["secret", "non_agregeable"])
def test_what_is_withheld_is_told_before_what_has_no_row(rows, status):
    withheld = {**seen("A", 0.0), "value": math.nan, "status": status, "note": "masqué"}
    elsewhere = seen("B", 3.0, code="31557")
    found = rows("A", "B", withheld, elsewhere).set_index("code")
    assert found.loc["31541", ["status", "note"]].tolist() == [status, "masqué"]
    assert found.loc["31557", ["status", "note"]].tolist() == ["absent", MISSING_TERM]


@pytest.mark.parametrize("kind", [Kind.RAPPORT, Kind.QUOTIENT_PUBLIE])
def test_over_a_denominator_of_zero_a_ratio_is_absent_and_says_so(rows, kind):
    areas = (
        seen("A", 3.0),
        seen("B", 0.0),
        seen("A", 3.0, code="31557"),
        seen("B", -2.0, code="31557"),
    )
    found = rows("A", "B", *areas, kind=kind).set_index("code")
    assert found["status"].to_dict() == {"31541": "absent", "31557": "calcule"}
    assert found["note"].to_dict() == {"31541": ZERO_DENOMINATOR, "31557": ""}
    assert math.isnan(found.loc["31541", "value"])
    assert found.loc["31557", "value"] == -150.0


def test_a_secret_figure_over_zero_stays_secret(row):
    gap = {**seen("A", 0.0), "value": math.nan, "status": "secret", "note": "masqué"}
    found = row("A", "B", gap, seen("B", 0.0))
    assert (found["status"], found["note"]) == ("secret", "masqué")


def test_a_count_or_a_published_figure_needs_no_denominator(row):
    assert row("A", "", seen("A", 0.0))["value"] == 0.0
    assert row("A", "B", seen("A", 3.0), seen("B", 0.0), kind=Kind.PUBLIE)["value"] == 3.0


@pytest.mark.parametrize(
    ("first", "last", "caution"), [(30.0, 41.0, True), (41.0, 30.0, True), (40.0, 41.0, False)]
)
def test_the_caution_of_a_growth_rests_on_its_smaller_end(row, first, last, caution):
    ends = (seen("P", first, year="2013"), seen("P", last))
    how = {"kind": Kind.TAUX_ANNUEL, "formula": YEARS, "caution_threshold": 40.0}
    assert bool(row("P@2018", "P@2013", *ends, **how)["caution"]) is caution


@pytest.mark.parametrize(
    ("kind", "formula", "caution"),
    [
        (Kind.RAPPORT, {}, True),
        (Kind.PUBLIE, {}, True),
        (Kind.QUOTIENT_PUBLIE, {}, False),
    ],
)
def test_a_caution_rests_on_the_denominator_that_is_a_count(row, kind, formula, caution):
    found = row("A", "B", *BOTH, kind=kind, formula=formula, caution_threshold=41.0)
    assert bool(found["caution"]) is caution
    sure = row("A", "B", *BOTH, kind=kind, formula=formula, caution_threshold=40.0)
    assert not sure["caution"]


def test_a_published_figure_without_a_known_effectif_has_no_caution(row):
    plain = row("A", "", seen("A", 3.0), kind=Kind.PUBLIE, caution_threshold=200.0)
    unknown = row("A", "B", seen("A", 3.0), kind=Kind.PUBLIE, caution_threshold=200.0)
    assert (plain["caution"], unknown["caution"]) == (False, False)
    assert (plain["value"], unknown["value"]) == (3.0, 3.0)


@pytest.mark.parametrize(("value", "caution"), [(-19.0, True), (-20.0, False), (20.0, False)])
def test_a_difference_of_counts_is_held_to_its_size(row, value, caution):
    found = row("A", "", seen("A", value), caution_threshold=20.0)
    assert bool(found["caution"]) is caution


def test_a_gap_has_no_caution(row):
    gap = {**seen("A", 0.0), "value": math.nan, "status": "secret"}
    assert not row("A", "B", gap, seen("B", 3.0), caution_threshold=200.0)["caution"]


def test_the_effectif_of_a_published_figure_says_nothing_by_itself(rows):
    areas = (seen("A", 3.0), seen("B", 3.0), seen("B", 3.0, code="31557"))
    assert list(rows("A", "B", *areas, kind=Kind.PUBLIE)["code"]) == ["31541"]
    assert list(rows("A", "B", *areas, kind=Kind.RAPPORT)["code"]) == ["31541", "31557"]


@pytest.mark.parametrize("levels", [(), ("commune",)])
def test_an_area_of_which_the_formulas_own_dataset_says_nothing_has_no_row(rows, levels):
    both = {"dataset": "caf", "levels": levels}
    assert rows("rp:A", "rp:B", *BOTH, formula=both).empty
    own = seen("C", 6.0, dataset="caf")
    found = rows("C", "rp:B", *BOTH, own, seen("A", 1.0, code="31557"), formula=both)
    assert list(found["code"]) == ["31541"]


def test_a_formula_holds_for_its_levels_only(rows):
    areas = (seen("A", 3.0), seen("A", 3.0, code="31", level="departement"))
    found = rows("A", "", *areas, formula={"levels": ("departement",)})
    assert list(found["level"].astype(str)) == ["departement"]


def test_the_editions_of_all_terms_are_named_once_in_their_order(row):
    cells = (
        seen("A", 1.0, vintage="RP 2018"),
        seen("B", 1.0, vintage="Filosofi 2018"),
        seen("C", 1.0, vintage="RP 2018"),
    )
    assert row("A", "B + C", *cells)["vintage"] == "RP 2018 ; Filosofi 2018"
    assert row("B", "A + C", *cells)["vintage"] == "Filosofi 2018 ; RP 2018"


def test_the_bound_of_a_gap_is_nothing_and_of_a_sum_that_of_its_terms(row):
    pair = (seen("A", 3.0, bound=2.0), seen("B", 4.0, bound=1.0))
    assert row("A - B", "", *pair)["bound"] == 3.0
    assert row("A - B", "", pair[0], seen("B", 4.0))["bound"] == 2.0
    assert row("A - B", "", seen("A", 3.0), pair[1])["bound"] == 1.0
    gap = {**pair[0], "value": math.nan, "status": "secret"}
    assert row("A - B", "", gap, pair[1])["bound"] == 0.0


def test_the_bound_of_a_ratio_rests_on_both_its_counts(row):
    above, below = seen("A", 20.0, bound=2.0), seen("B", 100.0, bound=5.0)
    assert row("A", "B", above, below)["bound"] == pytest.approx(100 * 22 / 95 - 20)
    assert row("A", "B", above, seen("B", 100.0))["bound"] == pytest.approx(2.0)
    assert row("A", "B", seen("A", 20.0), below)["bound"] == pytest.approx(100 * 20 / 95 - 20)


def test_the_bound_of_a_published_figure_ignores_its_effectif(row):
    pair = (seen("A", 3.0), seen("B", 4.0, bound=1.0))
    assert row("A", "B", *pair, kind=Kind.PUBLIE, formula={"scale": 1.0})["bound"] == 0.0


def test_editions_are_numbered_once_and_joined_without_repeating_any():
    names = Vintages()
    first, second = names.number("RP 2018"), names.number("Filosofi 2018")
    both = names.joined(first, "Filosofi 2018")
    assert names.number("RP 2018") == first
    assert names.labels == ("", "RP 2018", "Filosofi 2018", "RP 2018 ; Filosofi 2018")
    assert names.editions(both) == {"RP 2018", "Filosofi 2018"}
    assert names.joined(both, "RP 2018") == both
    assert names.joined(first, "") == first
    assert names.joined(0, "RP 2018") == first
    assert names.all_of([first, second, 0, both]) == both
    assert names.all_of([0, 0]) == 0
    assert names.all_of([both, names.number("RP 2021")]) == names.number(
        "RP 2018 ; Filosofi 2018 ; RP 2021"
    )


def test_indicators_that_share_one_of_several_editions_are_added(
    observed, make_indicator, make_catalogue
):
    catalogue = make_catalogue(
        make_indicator("A", "B", name="a"),
        make_indicator("C", "D", name="b"),
        make_indicator("a - b", kind=Kind.INDICATEURS, name="difference"),
    )
    vintages = {"A": "RP 2018", "B": "Filosofi 2018", "C": "Filosofi 2018", "D": "CAF 2018"}
    cells = [seen(name, 1.0, vintage=vintage) for name, vintage in vintages.items()]
    frame = compute_measures(catalogue, [observed(*cells)]).frame
    found = frame[frame["indicator"] == "difference"].iloc[0]
    assert (found["value"], found["status"]) == (0.0, "calcule")
    assert found["vintage"] == "RP 2018 ; Filosofi 2018 ; CAF 2018"
    cells[2] = seen("C", 1.0, vintage="CAF 2018")
    apart = compute_measures(catalogue, [observed(*cells)]).frame
    assert apart[apart["indicator"] == "difference"].iloc[0]["status"] == "absent"


def test_the_caution_and_bound_of_indicators_pass_to_their_sum(
    observed, make_indicator, make_catalogue
):
    parts = [make_indicator(name.upper(), name=name) for name in "ab"]
    parts[1] = replace(parts[1], caution_threshold=50.0)
    total = make_indicator("a + b", kind=Kind.INDICATEURS, name="total")
    cells = (
        seen("A", 3.0, bound=1.0),
        seen("B", 4.0, bound=0.5),
        seen("A", 3.0, code="31557", bound=4.0),
        seen("B", 60.0, code="31557"),
    )
    frame = compute_measures(make_catalogue(*parts, total), [observed(*cells)]).frame
    found = frame[frame["indicator"] == "total"].set_index("code")
    assert found.loc["31541", ["value", "caution", "bound"]].tolist() == [7.0, True, 1.5]
    assert found.loc["31557", ["value", "caution", "bound"]].tolist() == [63.0, False, 4.0]


def test_a_sum_of_indicators_tells_its_own_note(observed, make_indicator, make_catalogue):
    parts = [make_indicator(name.upper(), name=name) for name in "ab"]
    note = {"note": "Somme de deux parts."}
    total = make_indicator("a + b", kind=Kind.INDICATEURS, name="total", formula=note)
    cells = (seen("A", 3.0), seen("B", 4.0, note="de la part"))
    frame = compute_measures(make_catalogue(*parts, total), [observed(*cells)]).frame
    assert frame[frame["indicator"] == "total"].iloc[0]["note"] == "Somme de deux parts."
