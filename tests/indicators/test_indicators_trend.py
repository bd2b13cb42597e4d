"""Changes: a count's yearly rate is compound, and a change elsewhere is the same change."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_figures import COUNT, SHARE, measure

from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.comparison import Verdict, contrast
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.indicators.trend import Change, end_year, pace, share_surveys, trend


def series(first: float, last: float, years: tuple[str, str] = ("2013", "2018")) -> list[Measure]:
    return [measure("1", v, year=year) for v, year in zip((first, last), years, strict=True)]


def changed(indicator: Indicator, found: list[Measure]) -> Change:
    change = trend(indicator, found)
    assert change is not None
    return change


def test_a_count_that_grows_by_a_tenth_in_five_years_grows_by_1_9_percent_a_year() -> None:
    change = changed(COUNT, series(1000, 1100))
    assert change.change == pytest.approx(10.0)
    assert change.yearly == pytest.approx(1.9245, abs=1e-4)


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.integers(2, 20))
def test_the_yearly_rate_repeated_leads_to_the_last_count(
    first: float, last: float, years: int
) -> None:
    change = changed(COUNT, series(first, last, ("2000", str(2000 + years))))
    assert change.yearly is not None
    assert first * (1 + change.yearly / 100) ** years == pytest.approx(last)


def test_a_change_over_one_year_has_no_other_yearly_rate() -> None:
    assert changed(COUNT, series(1000, 1100, ("2017", "2018"))).yearly is None


def test_a_share_has_no_yearly_rate() -> None:
    assert changed(SHARE, series(10, 20)).yearly is None


def test_a_population_that_falls_falls_each_year() -> None:
    yearly = changed(COUNT, series(1000, 900)).yearly
    assert yearly is not None
    assert yearly < 0


def test_the_same_change_elsewhere_is_between_the_same_years() -> None:
    here = changed(SHARE, series(10, 20))
    found = pace(SHARE, here, [*series(10, 12), measure("1", 90.0, year="2019")])
    assert found is not None
    assert found.change == pytest.approx(2.0)
    assert found.verdict is Verdict.PLUS


def test_changes_as_large_are_close() -> None:
    here = changed(SHARE, series(10, 20))
    found = pace(SHARE, here, series(30, 40))
    assert found is not None
    assert found.verdict is Verdict.PROCHE


def test_counts_that_change_by_less_than_a_tenth_of_a_point_a_year_apart_are_close() -> None:
    here = changed(COUNT, series(1000, 1050))
    close, apart = (pace(COUNT, here, series(1000, last)) for last in (1046, 1040))
    assert close is not None
    assert apart is not None
    assert (close.verdict, apart.verdict) == (Verdict.PROCHE, Verdict.PLUS)


@pytest.mark.parametrize("first", [989_011.0, 1000.0])
def test_jobs_and_their_yearly_rate_tell_one_story(
    embedded_catalogue: Catalogue, first: float
) -> None:
    """What the rate’s own indicator calls close is close here too: -0,41 and -0,27 % a year."""
    indicators = embedded_catalogue.indicators
    jobs, growth = (
        indicators["emplois_au_lieu_de_travail"],
        indicators["variation_annuelle_emplois"],
    )
    here = changed(jobs, series(126_108, 123_555))
    for yearly in (-0.2727, 0.05, 0.0905, 0.0922, 0.15, -0.95):
        found = pace(jobs, here, series(first, first * (1 + yearly / 100) ** 5))
        assert found is not None
        rates = contrast(growth, measure("1", here.yearly), measure("2", yearly))
        assert found.verdict is rates.verdict


def test_two_years_of_events_that_chance_alone_explains_change_alike() -> None:
    births = replace(COUNT, events=True)
    here = changed(births, series(300, 330))
    found = pace(births, here, series(15000, 15000))
    assert found is not None
    assert found.verdict is Verdict.PROCHE


@pytest.mark.parametrize(
    "there",
    [
        series(10, 12, ("2013", "2017")),
        [replace(m, dataset="autre") for m in series(10, 12)],
        [replace(m, caution=True) for m in series(10, 12)],
        [replace(m, value=None) for m in series(10, 12)],
        [],
    ],
    ids=["other years", "other source", "few cases", "secret", "nothing"],
)
def test_no_change_elsewhere_is_told_of_other_or_unsure_figures(there: list[Measure]) -> None:
    assert pace(SHARE, changed(SHARE, series(10, 20)), there) is None


def test_no_change_is_told_across_a_break_nor_on_few_cases() -> None:
    broken = replace(SHARE, breaks=(("2016", "Le questionnaire a changé."),))
    assert trend(broken, series(10, 20)) is None
    doubtful = [replace(m, caution=True) for m in series(10, 20)]
    assert trend(SHARE, doubtful) is None


@pytest.mark.parametrize(("year", "told"), [("2013", True), ("2018", False), ("2019", True)])
def test_a_new_series_is_compared_from_its_own_first_year_on(year: str, told: bool) -> None:
    broken = replace(SHARE, breaks=((year, "Le questionnaire a changé."),))
    assert (trend(broken, series(10, 20)) is not None) is told


def test_a_break_at_another_level_leaves_the_change() -> None:
    for level, told in (("commune", False), ("france", True)):
        broken = replace(SHARE, level_breaks=((level, "2016", "Le questionnaire a changé."),))
        assert (trend(broken, series(10, 20)) is not None) is told


@pytest.mark.parametrize(
    ("first", "last", "shared"),
    [
        (("insee-recensement", "2016"), ("insee-recensement", "2022"), False),
        (("insee-recensement", "2017"), ("insee-recensement", "2022"), True),
        (("insee-recensement", "2017"), ("autre", "2022"), True),
        (("autre", "2017"), ("insee-recensement", "2022"), True),
        (("autre", "2017"), ("autre", "2022"), False),
    ],
    ids=str,
)
def test_vintages_of_the_census_may_share_surveys(
    first: tuple[str, str], last: tuple[str, str], shared: bool
) -> None:
    before, after = (measure("1", 10.0, dataset=name, year=year) for name, year in (first, last))
    assert share_surveys(before, after) is shared


def test_no_change_is_told_between_vintages_that_share_surveys() -> None:
    for year, told in (("2016", True), ("2017", False)):
        census = [replace(m, dataset="insee-recensement") for m in series(10, 20, (year, "2022"))]
        assert (trend(SHARE, census) is not None) is told


@pytest.mark.parametrize(
    ("last", "verdict"), [(20, Verdict.PLUS), (10, Verdict.PROCHE), (5, Verdict.MOINS)]
)
def test_a_share_grows_or_falls(last: float, verdict: Verdict) -> None:
    assert changed(SHARE, series(10, last)).verdict is verdict


def test_what_leaves_counts_unsure_is_spread_over_the_years_of_their_pace() -> None:
    def unsure(last: float) -> list[Measure]:
        return [replace(m, bound=15.0) for m in series(1000, last)]  # 3 % over five years

    verdicts = [
        found.verdict
        for last in (1055, 1040)  # 0.76 and 1.04 % a year behind, of 0.85 % unsure
        if (found := pace(COUNT, changed(COUNT, unsure(1095)), unsure(last)))
    ]
    assert verdicts == [Verdict.PROCHE, Verdict.PLUS]


def test_a_share_that_leaves_zero_or_reaches_it_changes_by_the_other_share() -> None:
    assert changed(SHARE, series(0, 10)).change == pytest.approx(10.0)
    assert changed(SHARE, series(10, 0)).change == pytest.approx(-10.0)


def test_a_count_that_falls_to_zero_falls_by_all_of_it() -> None:
    change = changed(COUNT, series(50, 0))
    assert (change.change, change.yearly, change.verdict) == (-100.0, -100.0, Verdict.MOINS)


@pytest.mark.parametrize("values", [(0, 10), (-5, 10), (10, -5)], ids=str)
def test_a_count_that_starts_at_zero_or_is_negative_has_no_rate(values: tuple[int, int]) -> None:
    assert trend(COUNT, series(*values)) is None


def test_a_count_below_one_has_a_rate() -> None:
    assert changed(COUNT, series(1, 0.5)).change == pytest.approx(-50.0)


@pytest.mark.parametrize("last", [0.0, 44.0])
def test_chance_leaves_a_number_of_events_unsure_by_the_root_of_both_years(last: float) -> None:
    events = replace(COUNT, events=True)
    found = changed(events, series(100, last))
    assert found.margin == pytest.approx(1.96 * math.sqrt(100 + last))  # in % of 100


def test_the_bounds_of_both_counts_leave_a_change_unsure() -> None:
    first, last = series(200, 300)
    found = changed(COUNT, [replace(first, bound=4.0), replace(last, bound=6.0)])
    assert found.margin == pytest.approx(5.0)  # 10 of 200


def test_two_changes_are_close_within_the_hypotenuse_of_their_margins() -> None:
    def unsure(values: list[Measure], bound: float) -> list[Measure]:
        return [replace(m, bound=bound) for m in values]

    here = changed(SHARE, unsure(series(10, 20), 1.5))  # within 3
    verdicts = [
        found.verdict
        for last in (15.1, 14.9)
        if (found := pace(SHARE, here, unsure(series(10, last), 2.0)))  # within 4
    ]
    assert verdicts == [Verdict.PROCHE, Verdict.PLUS]


def test_the_pace_elsewhere_has_its_own_yearly_rate() -> None:
    found = pace(COUNT, changed(COUNT, series(1000, 1000)), series(1000, 1100))
    assert found is not None
    assert found.yearly == pytest.approx(1.9245, abs=1e-4)
    assert found.verdict is Verdict.MOINS


@pytest.mark.parametrize("at", [0, 1], ids=["first", "last"])
def test_each_end_of_a_change_elsewhere_is_of_the_same_series(at: int) -> None:
    there = series(10, 12)
    there[at] = replace(there[at], vintage="RP révisé")
    assert pace(SHARE, changed(SHARE, series(10, 20)), there) is None


@pytest.mark.parametrize("year", ["2018", "2013-2018", "2017-2018"])
def test_a_period_ends_in_its_last_year(year: str) -> None:
    assert end_year(year) == 2018
