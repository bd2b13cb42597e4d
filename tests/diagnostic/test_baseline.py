"""A frozen figure beside today's: like with like, or the reason why not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from testville import DWELLINGS, TERRITORY, VACANCY, measure

from ctgsite.config.frozen import FrozenFigure
from ctgsite.diagnostic.baseline import Since, State, since
from ctgsite.diagnostic.editions import Shift, compare_editions, latest, shown_today
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator

SOURCE = "Insee, Recensement"


def frozen(year: str, value: float | None, indicator: Indicator = VACANCY) -> FrozenFigure:
    return FrozenFigure(
        indicator.id, indicator.label, indicator.theme, TERRITORY.code, TERRITORY.name,
        "territoire", year, value, indicator.unit, None, None,
        "secret" if value is None else "calcule", SOURCE, f"RP {year}", cited=True,
    )  # fmt: skip


def here(year: str, value: float | None, indicator: Indicator = VACANCY) -> Measure:
    return measure(indicator, TERRITORY, value, year)


def told(
    then: FrozenFigure,
    *series: Measure,
    indicator: Indicator | None = VACANCY,
    source: str = SOURCE,
) -> Since:
    return since(then, indicator, series, lambda _: source)


def test_a_later_comparable_vintage_is_a_change() -> None:
    found = told(frozen("2013", 7.1), here("2013", 7.1), here("2018", 8.6))
    assert (found.state, found.revised) == (State.CHANGED, None)
    assert found.change is not None
    assert found.change.change == pytest.approx(1.5)
    assert found.change.verdict is Verdict.PLUS


def test_a_change_needs_no_figure_of_the_start_today() -> None:
    found = told(frozen("2013", 7.1), here("2018", 8.6))
    assert found.change is not None
    assert (found.change.first.year, found.change.first.value) == ("2013", 7.1)


def test_the_same_vintage_is_no_change() -> None:
    assert told(frozen("2018", 8.6), here("2018", 8.6)).state is State.SAME


def test_another_figure_of_the_same_year_is_a_revision() -> None:
    found = told(frozen("2018", 8.6), here("2018", 8.7))
    assert found.state is State.REVISED
    assert found.revised is not None
    assert found.revised.value == 8.7


def test_a_change_starts_from_the_figure_as_it_was_revised() -> None:
    found = told(frozen("2013", 7.0), here("2013", 7.1), here("2018", 8.6))
    assert found.revised is not None
    assert found.change is not None
    assert found.change.change == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("then", "now", "reason"),
    [
        (replace(frozen("2013", 7.1), source="Autre, Fichier"), here("2018", 8.6), "source"),
        (replace(frozen("2013", 7.1), unit="‰"), here("2018", 8.6), "unité"),
        (replace(frozen("2013", 7.1), code="999999999"), here("2018", 8.6), "périmètre"),
        (frozen("2018", 8.6), here("2013", 7.1), "plus anciennes"),
        (frozen("2016", 8.0), here("2018", 8.6), "trop proches"),
        (frozen("2013", 7.1), replace(here("2018", 8.6), caution=True), "effectif est trop petit"),
    ],
)
def test_what_is_not_alike_is_not_compared(then: FrozenFigure, now: Measure, reason: str) -> None:
    found = told(then, now)
    assert (found.state, found.change) == (State.APART, None)
    assert reason in found.reason


def test_census_vintages_that_share_surveys_are_not_compared() -> None:
    census = replace(VACANCY, trend_gap=1)
    series = replace(here("2018", 8.6), dataset="insee-comparateur")
    found = told(frozen("2016", 8.0), series, indicator=census)
    assert "enquêtes en commun" in found.reason


def test_a_break_of_the_series_is_told() -> None:
    broken = replace(VACANCY, breaks=(("2015", "le questionnaire a changé"),))
    found = told(frozen("2013", 7.1), here("2018", 8.6), indicator=broken)
    assert found.reason == "la série change en 2015 : le questionnaire a changé"


def test_a_count_that_starts_at_zero_has_no_rate() -> None:
    found = told(frozen("2013", 0.0, DWELLINGS), here("2018", 12.0, DWELLINGS), indicator=DWELLINGS)
    assert (found.state, found.reason) == (State.APART, "le point de départ est nul")


def test_what_has_no_figure_any_more_is_gone() -> None:
    assert told(frozen("2018", 8.6), here("2018", None)).state is State.GONE
    assert told(frozen("2018", 8.6), indicator=None).state is State.GONE


def test_the_latest_figure_of_the_territory_alone_counts() -> None:
    elsewhere = replace(frozen("2020", 5.0), level="france", code="FRANCE")
    rows = [frozen("2018", 8.6), frozen("2013", 7.1), frozen("2020", None), elsewhere]
    assert latest(rows) == {VACANCY.id: frozen("2018", 8.6)}


@pytest.mark.parametrize(
    ("before", "after", "shift"),
    [
        (frozen("2018", 8.6), frozen("2018", 8.6), Shift.SAME),
        (frozen("2018", 8.6), frozen("2018", 8.7), Shift.REVISED),
        (frozen("2013", 7.1), frozen("2018", 8.6), Shift.NEWER),
        (frozen("2018", 8.6), frozen("2013", 7.1), Shift.OLDER),
        (frozen("2018", 8.6), replace(frozen("2018", 8.6), source="Autre"), Shift.OTHER),
        (frozen("2018", 8.6), frozen("2018", None), Shift.GONE),
        (frozen("2018", None), frozen("2018", 8.6), Shift.NEW),
    ],
)
def test_two_editions_are_compared_indicator_by_indicator(
    before: FrozenFigure, after: FrozenFigure, shift: Shift
) -> None:
    (found,) = compare_editions([before], [after])
    assert found.shift is shift


def test_what_is_withheld_today_is_shown_in_no_edition() -> None:
    rows = [frozen("2018", 8.6), frozen("2013", 7.1)]
    shown, masked = shown_today(rows, {(VACANCY.id, TERRITORY.code, "2018")})
    assert masked == 1
    assert (shown[0].value, shown[0].status) == (None, "secret")
    assert shown[1] == rows[1]
