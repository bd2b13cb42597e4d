"""The last fifth of a département's communes, on the side that calls for attention."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_figures import COUNT, SHARE, measure, values_of

from ctgsite.indicators.cumulation import is_last
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
