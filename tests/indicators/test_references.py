"""A sum of indicators: one area, one year, one source and edition; what each term knows stays."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.model import Kind
from ctgsite.indicators.references import OTHER_EDITIONS


@pytest.fixture
def difference(observed, make_indicator, make_catalogue):
    """Compute `a - b`, two counts, from the rows of each."""

    def compute(*rows, thresholds=(0.0, 0.0), formula=None):
        catalogue = make_catalogue(
            make_indicator("a - b", kind=Kind.INDICATEURS, name="difference"),
            make_indicator("A", name="a", caution_threshold=thresholds[0], formula=formula),
            make_indicator("B", name="b", caution_threshold=thresholds[1]),
        )
        frame = compute_measures(catalogue, [observed(*rows)]).frame
        return frame[frame["indicator"] == "difference"].reset_index(drop=True)

    return compute


def term(variable: str, value: float, **how: object) -> dict[str, object]:
    return {"variable": variable, "code": "31541", "value": value, **how}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it holds no state
@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_the_sum_adds_what_its_terms_show(difference, left, right):
    row = difference(term("A", left), term("B", right)).iloc[0]
    assert row["value"] == left - right
    assert (row["status"], row["dataset"], row["vintage"]) == ("calcule", "rp", "RP 2018")
    assert math.isnan(row["numerator"]) and math.isnan(row["denominator"])


def test_only_the_years_that_all_terms_have_are_added(difference):
    found = difference(term("A", 3.0), term("A", 2.0, year="2013"), term("B", 1.0))
    assert list(found["year"]) == ["2018"]


@pytest.mark.parametrize("status", ["secret", "absent", "non_agregeable"])
@pytest.mark.parametrize("hidden", ["A", "B"])
def test_a_term_without_a_value_leaves_none_and_says_why(difference, hidden, status):
    rows = [term(name, 1.0) for name in "AB" if name != hidden]
    gap = term(hidden, math.nan, status=status, note="masqué")
    row = difference(*rows, gap).iloc[0]
    assert math.isnan(row["value"])
    assert (row["status"], row["note"]) == (status, "masqué")


def test_an_area_that_one_term_does_not_speak_of_is_absent(difference):
    found = difference(term("A", 1.0), term("B", 1.0), term("B", 1.0, code="31557"))
    assert dict(zip(found["code"], found["status"], strict=True)) == {
        "31541": "calcule",
        "31557": "absent",
    }


def test_an_estimated_term_makes_an_estimated_sum(difference):
    assert difference(term("A", 1.0, status="estime"), term("B", 1.0)).iloc[0]["status"] == "estime"


@pytest.mark.parametrize("thresholds", [(2.0, 0.0), (0.0, 2.0), (0.0, 0.0)])
def test_a_caution_of_any_term_is_the_sums(difference, thresholds):
    row = difference(term("A", 1.0), term("B", 1.0), thresholds=thresholds).iloc[0]
    assert bool(row["caution"]) is any(thresholds)


def test_terms_of_other_editions_are_not_added(difference):
    row = difference(term("A", 1.0), term("B", 1.0, vintage="RP 2021")).iloc[0]
    assert (row["status"], row["note"]) == ("absent", OTHER_EDITIONS)
    assert math.isnan(row["value"])


def test_terms_of_other_sources_are_not_added(difference):
    rows = (term("A", 1.0, dataset="autre"), term("B", 1.0))
    row = difference(*rows, formula={"dataset": "autre"}).iloc[0]
    assert (row["status"], row["note"], row["dataset"]) == ("absent", OTHER_EDITIONS, "autre")


def test_without_any_figure_of_a_term_nothing_is_added(difference):
    assert difference(term("A", 1.0)).empty


@pytest.mark.parametrize("first", ["autre", "rp", "zzz"])
def test_the_dataset_told_is_that_of_the_first_term(difference, first):
    rows = (term("A", 1.0, dataset=first), term("B", 1.0), term("B", 1.0, code="31557"))
    found = difference(*rows, formula={"dataset": first}).set_index("code")
    assert found["dataset"].to_dict() == {"31541": first, "31557": "rp"}


def test_a_sum_without_a_value_has_no_bound(difference):
    gap = term("A", math.nan, status="secret", bound=2.0)
    row = difference(gap, term("B", 1.0, bound=2.0)).iloc[0]
    assert (row["status"], row["bound"]) == ("secret", 0.0)


def test_each_area_adds_its_own_figures(difference):
    codes = ("31001", "31002", "31003")
    second = [term("B", float(at), code=code, bound=1.0) for at, code in enumerate(codes)]
    first = [term("A", v, code=c, bound=v) for v, c in ((10.0, codes[0]), (30.0, codes[2]))]
    found = difference(*first, *second).set_index("code")
    assert found["value"].dropna().to_dict() == {"31001": 10.0, "31003": 28.0}
    assert found["bound"].to_dict() == {"31001": 11.0, "31002": 0.0, "31003": 31.0}


def test_the_edition_of_a_sum_without_a_term_is_that_of_the_others(difference):
    rows = (
        term("A", 1.0, code="31000", vintage="RP 2013"),
        term("B", 1.0, code="31000", vintage="RP 2013"),
        term("B", 1.0, code="31557"),
        term("A", 1.0, code="31999", vintage="RP 2021"),
        term("B", 1.0, code="31999", vintage="RP 2021"),
        term("B", 1.0, code="32000", vintage="RP 2023"),
    )
    assert difference(*rows).set_index("code")["vintage"].to_dict() == {
        "31000": "RP 2013", "31557": "RP 2018", "31999": "RP 2021", "32000": "RP 2023",
    }  # fmt: skip


def test_a_sum_may_have_one_term(observed, make_indicator, make_catalogue):
    catalogue = make_catalogue(
        make_indicator("A", name="a"), make_indicator("- a", kind=Kind.INDICATEURS, name="opposite")
    )
    frame = compute_measures(catalogue, [observed(term("A", 3.0))]).frame
    assert frame.loc[frame["indicator"] == "opposite", "value"].tolist() == [-3.0]
