"""From observations to measures: counts first, statuses kept, nothing unknown taken for zero."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctgsite.indicators.candidates import MISSING_TERM, ZERO_DENOMINATOR
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.measures import MEASURE_COLUMNS
from ctgsite.indicators.model import Formula, Indicator, Kind
from ctgsite.indicators.terms import parse_terms
from ctgsite.sources.observations import OBSERVATION_COLUMNS, Observations


def measures(catalogue: Catalogue, observations: Observations) -> pd.DataFrame:
    return compute_measures(catalogue, [observations]).frame.set_index(
        ["indicator", "code", "year"]
    )


def one(catalogue: Catalogue, observations: Observations) -> pd.Series:
    frame = compute_measures(catalogue, [observations]).frame
    assert len(frame) == 1
    return frame.iloc[0]


def test_a_share_is_a_ratio_of_counts(observed, make_indicator, make_catalogue):
    seen = observed(
        {"variable": "P_LOGVAC", "code": "31541", "value": 141.0},
        {"variable": "P_LOG", "code": "31541", "value": 1642.0},
    )
    row = one(make_catalogue(make_indicator("P_LOGVAC", "P_LOG")), seen)
    assert row["value"] == pytest.approx(100 * 141 / 1642)
    assert (row["numerator"], row["denominator"]) == (141.0, 1642.0)
    assert (row["status"], row["dataset"], row["vintage"]) == ("calcule", "rp", "RP 2018")


def test_a_count_keeps_the_status_of_what_was_published(observed, make_indicator, make_catalogue):
    seen = observed(
        {"variable": "P_POP", "code": "31541", "value": 3277.0},
        {"variable": "P_POP", "code": "31", "level": "departement", "value": 9.0,
         "status": "calcule"},
    )  # fmt: skip
    found = measures(make_catalogue(make_indicator("P_POP")), seen)
    assert found.loc[("part", "31541", "2018"), "status"] == "publie"
    assert found.loc[("part", "31", "2018"), "status"] == "calcule"


def test_a_published_figure_leaves_its_counts_empty(observed, make_indicator, make_catalogue):
    seen = observed(
        {"variable": "MED", "code": "31541", "value": 30250.0},
        {"variable": "NBMEN", "code": "31541", "value": 1467.0},
    )
    row = one(make_catalogue(make_indicator("MED", "NBMEN", kind=Kind.PUBLIE)), seen)
    assert row["value"] == 30250.0
    assert row["status"] == "publie"
    assert math.isnan(row["numerator"]) and math.isnan(row["denominator"])


@pytest.mark.parametrize("hidden", ["P_LOGVAC", "P_LOG"])
def test_a_ratio_with_a_secret_term_is_secret(observed, make_indicator, make_catalogue, hidden):
    rows = [
        {"variable": name, "code": "31541", "value": math.nan if name == hidden else 50.0,
         "status": "secret" if name == hidden else "publie", "note": "masqué" * (name == hidden)}
        for name in ("P_LOGVAC", "P_LOG")
    ]  # fmt: skip
    row = one(make_catalogue(make_indicator("P_LOGVAC", "P_LOG")), observed(*rows))
    assert (row["status"], row["note"]) == ("secret", "masqué")
    assert math.isnan(row["value"])


def test_a_term_without_a_row_makes_the_ratio_absent(observed, make_indicator, make_catalogue):
    seen = observed(
        {"variable": "P_LOGVAC", "code": "31541", "value": 141.0},
        {"variable": "P_LOG", "code": "31557", "value": 10.0},
    )
    found = measures(make_catalogue(make_indicator("P_LOGVAC", "P_LOG")), seen)
    assert list(found["status"]) == ["absent", "absent"]
    assert set(found["note"]) == {MISSING_TERM}


def test_dividing_by_zero_is_absent_with_its_reason(observed, make_indicator, make_catalogue):
    seen = observed(
        {"variable": "P_POP", "code": "31541", "value": 3277.0},
        {"variable": "NB", "code": "31541", "value": 0.0},
    )
    row = one(make_catalogue(make_indicator("P_POP", "NB")), seen)
    assert (row["status"], row["note"]) == ("absent", ZERO_DENOMINATOR)


def test_an_area_the_dataset_does_not_speak_of_has_no_row(observed, make_indicator, make_catalogue):
    seen = observed(
        {"variable": "PERCOU", "code": "31557", "value": 12.0, "dataset": "caf"},
        {"variable": "P_POP", "code": "31557", "value": 20.0},
        {"variable": "P_POP", "code": "31541", "value": 20.0},
    )
    share = make_indicator("PERCOU", "rp:P_POP", formula={"dataset": "caf"})
    row = one(make_catalogue(share), seen)
    assert (row["code"], row["value"]) == ("31557", 60.0)


def test_a_yearly_growth_is_compound(observed, make_indicator, make_catalogue):
    seen = observed(
        {"variable": "P_POP", "code": "31541", "value": 3277.0},
        {"variable": "P_POP", "code": "31541", "value": 3085.0, "year": "2013"},
    )
    growth = make_indicator(
        "P_POP@2018", "P_POP@2013", kind=Kind.TAUX_ANNUEL,
        formula={"years": ("2013-2018",), "period": 5.0},
    )  # fmt: skip
    row = one(make_catalogue(growth), seen)
    assert row["year"] == "2013-2018"
    assert row["value"] == pytest.approx(100 * ((3277 / 3085) ** 0.2 - 1))


def test_natural_and_apparent_balances_add_up_to_the_growth(
    observed, make_indicator, make_catalogue
):
    seen = observed(
        {"variable": "P_POP", "code": "31541", "value": 3277.0},
        {"variable": "P_POP", "code": "31541", "value": 3085.0, "year": "2013"},
        {"variable": "NAIS", "code": "31541", "value": 170.0, "year": "2013-2018"},
        {"variable": "DECE", "code": "31541", "value": 70.0, "year": "2013-2018"},
    )
    years = {"years": ("2013-2018",), "period": 5.0}
    ends = ("P_POP@2018", "P_POP@2013")
    found = measures(
        make_catalogue(
            make_indicator(*ends, kind=Kind.TAUX_ANNUEL, name="growth", formula=years),
            make_indicator("NAIS - DECE", "P_POP@2013 + P_POP@2018", kind=Kind.SOLDE_ANNUEL,
                           name="natural", formula=years),
            make_indicator("growth - natural", kind=Kind.INDICATEURS, name="apparent"),
        ),
        seen,
    )["value"].droplevel(["code", "year"])  # fmt: skip
    assert found["natural"] == pytest.approx(100 * 100 / 5 / 3181)
    assert found["natural"] + found["apparent"] == pytest.approx(found["growth"])


def test_the_first_formula_with_a_value_wins(observed, make_indicator, make_catalogue):
    seen = observed(
        {"variable": "MED", "code": "a", "value": 1.0, "dataset": "filosofi"},
        {"variable": "MED", "code": "b", "value": math.nan, "dataset": "filosofi",
         "status": "secret", "note": "masqué"},
        {"variable": "MED", "code": "c", "value": math.nan, "dataset": "filosofi",
         "status": "secret", "note": "masqué"},
        {"variable": "MED", "code": "a", "value": 2.0},
        {"variable": "MED", "code": "b", "value": 2.0},
    )  # fmt: skip
    median = make_indicator("MED", kind=Kind.PUBLIE, formula={"dataset": "filosofi"})
    median = replace(median, formulas=(*median.formulas, replace(median.formulas[0], dataset="rp")))
    found = measures(make_catalogue(median), seen).droplevel(["indicator", "year"])
    assert found["value"].dropna().to_dict() == {"a": 1.0, "b": 2.0}
    assert found["dataset"].to_dict() == {"a": "filosofi", "b": "rp", "c": "filosofi"}
    assert found.loc["c", "status"] == "secret"


def test_the_first_formula_wins_in_each_of_many_areas_and_years(
    observed, make_indicator, make_catalogue
):
    codes, years = [f"31{at:03}" for at in range(40)], ("2013", "2018")
    seen = [
        {"variable": name, "code": code, "year": year, "value": float(sign * (at + int(year)))}
        for name, sign in (("A", 1), ("B", -1))
        for at, code in enumerate(codes)
        for year in years
    ]
    del seen[0]  # the first area has no A in 2013
    both = make_indicator("A")
    both = replace(both, formulas=(*both.formulas, *make_indicator("B").formulas))
    found = measures(make_catalogue(both), observed(*seen)).droplevel("indicator")["value"]
    assert len(found) == len(codes) * len(years)
    for at, code in enumerate(codes):
        for year in years:
            sign = -1 if (at, year) == (0, "2013") else 1
            assert found[code, year] == sign * (at + int(year))


def years_found(make_catalogue, seen: Observations, *indicators: Indicator) -> list[str]:
    """Return the years of the measures of the last of some indicators."""
    frame = compute_measures(make_catalogue(*indicators), [seen]).frame
    return sorted(frame.loc[frame["indicator"] == indicators[-1].id, "year"])


def in_years(**variables: str) -> list[dict[str, object]]:
    """Return the rows of some variables, each in the years that its text names."""
    return [
        {"variable": name, "code": "31541", "year": year, "value": float(year)}
        for name, years in variables.items()
        for year in years.split()
    ]


def test_a_formula_has_the_years_that_all_its_terms_have(observed, make_indicator, make_catalogue):
    seen = observed(*in_years(A="2008 2013 2018", B="2013 2018 2021"))
    assert years_found(make_catalogue, seen, make_indicator("A", "B")) == ["2013", "2018"]
    dated = make_indicator("A", "B@2021", formula={"years": ("2018", "2021")})
    assert years_found(make_catalogue, seen, dated) == ["2018"]
    named = make_indicator("A + B", formula={"years": ("2018", "2021")})
    assert years_found(make_catalogue, seen, named) == ["2018"]
    ends = make_indicator("A@2018", "A@2013", formula={"years": ("2013-2018",)})
    assert years_found(make_catalogue, seen, ends) == ["2013-2018"]


def test_a_published_figure_needs_no_effectif_of_its_year(observed, make_indicator, make_catalogue):
    seen = observed(*in_years(A="2013 2018", B="2018 2021"))
    published = make_indicator("A", "B", kind=Kind.PUBLIE)
    assert years_found(make_catalogue, seen, published) == ["2013", "2018"]


def test_a_sum_of_indicators_may_name_its_years(observed, make_indicator, make_catalogue):
    seen = observed(*in_years(A="2008 2013 2018", B="2008 2013 2021"))
    parts = [make_indicator(name.upper(), name=name) for name in "ab"]
    for years, expected in (
        ((), ["2008", "2013"]),
        (("2013",), ["2013"]),
        (("2013", "2018"), ["2013"]),
    ):
        total = make_indicator("a + b", kind=Kind.INDICATEURS, formula={"years": years}, name="t")
        assert years_found(make_catalogue, seen, *parts, total) == expected
    frame = compute_measures(make_catalogue(*parts, total), [seen]).frame
    assert frame.loc[frame["indicator"] == "t", "value"].tolist() == [2 * 2013.0]


def test_without_any_formula_that_applies_measures_have_their_columns_all_the_same(
    observed, make_indicator, make_catalogue
):
    frame = compute_measures(make_catalogue(make_indicator("A")), [observed()]).frame
    assert frame.empty
    assert tuple(frame.columns) == MEASURE_COLUMNS


@pytest.mark.parametrize(("dwellings", "caution"), [(199.0, True), (200.0, False)])
def test_a_share_of_few_carries_a_caution(
    observed, make_indicator, make_catalogue, dwellings, caution
):
    seen = observed(
        {"variable": "P_LOGVAC", "code": "31541", "value": 20.0},
        {"variable": "P_LOG", "code": "31541", "value": dwellings},
    )
    share = make_indicator("P_LOGVAC", "P_LOG", caution_threshold=200.0)
    assert one(make_catalogue(share), seen)["caution"] == caution


def test_a_small_count_of_events_carries_a_caution(observed, make_indicator, make_catalogue):
    seen = observed({"variable": "NAISD", "code": "31541", "value": 26.0})
    births = make_indicator("NAISD", caution_threshold=200.0)
    assert one(make_catalogue(births), seen)["caution"]


@pytest.mark.parametrize(
    ("first", "last", "caution"),
    [(201.0, 141.0, True), (141.0, 201.0, True), (201.0, 200.0, False)],
)
def test_a_change_is_on_few_cases_where_either_end_is(
    observed, make_indicator, make_catalogue, first, last, caution
):
    """A commune that shrinks under the threshold is no surer than one that grows from under it."""
    seen = observed(
        {"variable": "P_EMPLT", "code": "76183", "value": first, "year": "2013"},
        {"variable": "P_EMPLT", "code": "76183", "value": last, "year": "2018"},
    )
    growth = make_indicator(
        "P_EMPLT@2018", "P_EMPLT@2013", kind=Kind.TAUX_ANNUEL, caution_threshold=200.0,
        formula={"period": 5, "years": ("2013-2018",)},
    )  # fmt: skip
    assert one(make_catalogue(growth), seen)["caution"] == caution


def test_quarters_and_iris_make_no_measures(observed, make_indicator, make_catalogue):
    seen = observed({"variable": "A", "code": "315570101", "level": "iris", "value": 26.0})
    assert compute_measures(make_catalogue(make_indicator("A")), [seen]).frame.empty


def test_no_observation_makes_no_measure(observed, embedded_catalogue):
    frame = compute_measures(embedded_catalogue, [observed()]).frame
    assert tuple(frame.columns) == MEASURE_COLUMNS and frame.empty


counts = st.integers(min_value=1, max_value=10**6).map(float)
communes = st.lists(st.tuples(counts, counts), min_size=2, max_size=8)


def _frame(rows: list[tuple[object, ...]]) -> Observations:
    names = ("variable", "code", "level", "value")
    frame = pd.DataFrame(rows, columns=names).assign(
        dataset="rp", year="2018", status="publie", vintage="RP 2018", note="", bound=0.0
    )
    return Observations(frame[list(OBSERVATION_COLUMNS)])


def _share(kind: Kind = Kind.RAPPORT) -> Formula:
    return Formula("rp", kind, parse_terms("A"), parse_terms("B"))


@given(communes)
def test_the_rate_of_an_aggregate_is_the_ratio_of_its_sums(embedded_catalogue, members):
    template = embedded_catalogue.indicators["part_logements_vacants"]
    catalogue = Catalogue({"part": replace(template, id="part", formulas=(_share(),))}, {})
    totals = [sum(column) for column in zip(*members, strict=True)]
    areas = [*((f"{at:05}", "commune", pair) for at, pair in enumerate(members))]
    areas.append(("200000000", "epci", tuple(totals)))
    rows = [(name, code, level, value) for code, level, pair in areas
            for name, value in zip("AB", pair, strict=True)]  # fmt: skip
    found = measures(catalogue, _frame(rows)).droplevel(["indicator", "year"])
    assert found.loc["200000000", "value"] == pytest.approx(100 * totals[0] / totals[1])
    parts = found.drop("200000000")
    weighted = (parts["value"] * parts["denominator"]).sum() / parts["denominator"].sum()
    assert found.loc["200000000", "value"] == pytest.approx(weighted)


@given(communes)
def test_a_median_has_no_value_above_the_level_that_publishes_it(embedded_catalogue, members):
    median = embedded_catalogue.indicators["niveau_vie_median"]
    one_formula = replace(median.formulas[0], dataset="rp", years=())
    catalogue = Catalogue({median.id: replace(median, formulas=(one_formula,))}, {})
    rows = [("MED", f"{at:05}", "commune", a) for at, (a, _) in enumerate(members)]
    rows += [("NBMEN", f"{at:05}", "commune", b) for at, (_, b) in enumerate(members)]
    rows.append(("NBMEN", "200000000", "epci", sum(b for _, b in members)))
    frame = compute_measures(catalogue, [_frame(rows)]).frame
    assert set(frame["level"]) == {"commune"}
    assert sorted(frame["value"]) == sorted(a for a, _ in members)


@given(st.lists(counts, min_size=3, max_size=3))
def test_the_parts_of_a_composition_add_up_to_100(embedded_catalogue, parts):
    group = [
        found
        for found in embedded_catalogue.indicators.values()
        if found.group == "categories_de_logements"
    ]
    names = [found.formulas[0].numerator[0].variable for found in group]
    rows = [(name, "31541", "commune", value) for name, value in zip(names, parts, strict=True)]
    rows.append(("P_LOG", "31541", "commune", sum(parts)))
    catalogue = Catalogue(
        {f.id: replace(f, formulas=(replace(f.formulas[0], dataset="rp"),)) for f in group}, {}
    )
    found = compute_measures(catalogue, [_frame(rows)]).frame
    assert found["value"].sum() == pytest.approx(100)


statuses = st.sampled_from(["publie", "calcule", "estime", "secret", "absent", "non_agregeable"])


@given(st.lists(statuses, min_size=2, max_size=2))
def test_the_unknown_never_becomes_a_number(embedded_catalogue, pair):
    template = embedded_catalogue.indicators["part_logements_vacants"]
    catalogue = Catalogue({"part": replace(template, id="part", formulas=(_share(),))}, {})
    frame = _frame([("A", "x", "commune", 0.0), ("B", "x", "commune", 10.0)]).frame
    frame["status"] = pair
    known = [status in ("publie", "calcule", "estime") for status in pair]
    frame.loc[[not found for found in known], "value"] = math.nan
    row = one(catalogue, Observations(frame))
    assert pd.notna(row["value"]) == all(known)
    assert (row["status"] in ("calcule", "estime")) == all(known)
    assert pd.isna(row["numerator"]) == pd.isna(row["value"])
