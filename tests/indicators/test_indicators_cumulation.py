"""The last fifth of a département's communes, on the side that calls for attention."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_figures import COUNT, SHARE, figures_of, measure, values_of

from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.cumulation import Cell, Row, is_last, latest_year
from ctgsite.indicators.model import Direction, Indicator

LOW = replace(SHARE, direction=Direction.BAS)
POOL = values_of([float(v) for v in range(20)])


def last_codes(indicator: Indicator) -> list[str]:
    return [m.code for m in POOL if is_last(indicator, m, POOL)]


def test_four_of_twenty_are_in_the_last_fifth() -> None:
    assert last_codes(SHARE) == ["00016", "00017", "00018", "00019"]


def test_a_low_income_is_in_the_last_fifth_and_not_a_high_one() -> None:
    assert last_codes(LOW) == ["00000", "00001", "00002", "00003"]


def test_few_cases_have_no_place_and_take_none() -> None:
    small = measure("99999", 100.0, caution=True)
    pool = [*POOL, small]
    assert is_last(SHARE, small, pool) is None
    assert is_last(SHARE, POOL[16], pool) is True


@pytest.mark.parametrize(
    ("indicator", "code"),
    [(SHARE, None), (COUNT, "00019"), (replace(SHARE, ranked=False), "00019")],
    ids=["secret", "count", "refuses ranks"],
)
def test_what_has_no_place(indicator: Indicator, code: str | None) -> None:
    here = measure("99999") if code is None else POOL[int(code)]
    assert is_last(indicator, here, [*POOL, measure("99999")]) is None


def test_figures_of_another_source_are_another_pool() -> None:
    others = [replace(m, dataset="autre") for m in values_of([100.0] * 40)]
    assert is_last(SHARE, POOL[16], [*POOL, *others]) is True


def test_nobody_is_last_of_a_handful() -> None:
    assert is_last(SHARE, POOL[8], POOL[:9]) is None


@given(st.lists(st.integers(0, 30).map(float), min_size=10, max_size=60))
def test_never_more_than_a_fifth_are_in_the_last_fifth_but_for_ties(found: list[float]) -> None:
    pool = values_of(found)
    last = [m for m in pool if is_last(SHARE, m, pool)]
    assert len({m.value for m in last}) <= 1 or len(last) <= len(pool) * 0.4
    assert sum(is_last(SHARE, m, pool) is True for m in pool[::-1]) == len(last)
    if last:
        assert max(found) == max(m.value or 0.0 for m in last)


def test_the_latest_year_is_that_in_which_one_of_these_communes_has_a_figure() -> None:
    figures = figures_of(
        [
            measure("A", 1.0, year="2013"),
            measure("A", 1.0, year="2018"),
            measure("B", year="2018"),
            measure("A", year="2021"),
            measure("B", year="2021"),
            measure("C", 1.0, year="2021"),
            measure("A", 1.0, indicator="autre", year="2023"),
            measure("A", 1.0, level=Level.EPCI, year="2024"),
        ]
    )
    assert latest_year(SHARE, figures, ["A", "B"]) == "2018"
    assert latest_year(SHARE, figures, ["B"]) is None
    assert latest_year(SHARE, figures, ["B", "C"]) == "2021"


@pytest.mark.parametrize(
    ("cells", "marked", "placed", "unsettled"),
    [
        ((True, True, None), 2, 2, True),
        ((True, True, False), 2, 3, False),
        ((True, None, None), 1, 1, False),
        ((True, True, True), 3, 3, False),
        ((False, True, None), 1, 2, False),
    ],
)
def test_one_figure_short_of_being_named_is_unsettled_where_all_its_figures_are_last(
    cells: tuple[bool | None, ...], marked: int, placed: int, unsettled: bool
) -> None:
    area = Area(Level.COMMUNE, "A", "Testville")
    row = Row(area, 100.0, tuple(Cell(measure("A"), last) for last in cells))
    assert (row.marked, row.placed, row.unsettled) == (marked, placed, unsettled)
