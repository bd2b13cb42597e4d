"""Rank, fifth and standardised distance agree, and none is told of a figure that is not sure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_figures import COUNT, SHARE, figures_of, measure, spread_of, values_of

from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.indicators.position import BANDS, Rank, band, position, rank_among, standing

values = st.lists(st.integers(0, 60).map(float), min_size=20, max_size=80)


def placed(found: list[Measure], here: Measure, indicator: Indicator = SHARE) -> Rank | None:
    return position(indicator, figures_of(found), here, [m.code for m in found], "communes")


@given(values, st.data())
def test_the_lowest_and_highest_ranks_are_in_the_outer_fifths(
    found: list[float], data: st.DataObject
) -> None:
    value = data.draw(st.sampled_from(found))
    ranked = rank_among(value, np.array(found), "")
    assert ranked is not None
    fifth = band(ranked.share_below)
    if fifth == 1:
        assert ranked.from_bottom <= ranked.size / BANDS + 0.5  # ties share their places
    if fifth == BANDS:
        assert ranked.rank <= ranked.size / BANDS + 0.5
    assert 0 < ranked.share_below < 1


@given(values, st.randoms(use_true_random=False))
def test_the_order_of_the_areas_changes_no_rank(found: list[float], shuffler: object) -> None:
    mixed = found[:]
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    assert rank_among(found[0], np.array(found), "") == rank_among(found[0], np.array(mixed), "")


@given(values, st.data())
def test_a_higher_value_is_never_in_a_lower_fifth(found: list[float], data: st.DataObject) -> None:
    low, high = sorted(data.draw(st.lists(st.sampled_from(found), min_size=2, max_size=2)))
    below, above = (rank_among(v, np.array(found), "") for v in (low, high))
    assert below is not None
    assert above is not None
    assert band(below.share_below) <= band(above.share_below)


def test_fifths_of_a_hundred_areas_hold_twenty_each() -> None:
    ranks = [rank_among(float(v), np.arange(100.0), "") for v in range(100)]
    fifths = [band(rank.share_below) for rank in ranks if rank]
    assert [fifths.count(n) for n in range(1, BANDS + 1)] == [20] * BANDS


def test_the_distance_is_counted_in_interquartile_ranges_from_the_median() -> None:
    found = values_of([float(v) for v in range(101)])  # median 50, quartiles 25 and 75
    stood = standing(SHARE, spread_of(found), measure("99999", 100.0))
    assert stood is not None
    assert stood.median == pytest.approx(50)
    assert stood.distance == pytest.approx(1.0)
    assert stood.fifth == BANDS


def test_the_distance_of_a_low_value_is_negative() -> None:
    found = values_of([float(v) for v in range(101)])
    stood = standing(SHARE, spread_of(found), measure("99999", 12.5))
    assert stood is not None
    assert stood.distance == pytest.approx(-0.75)
    assert stood.fifth == 1


def test_one_extreme_area_hardly_moves_the_distance_of_others() -> None:
    plain = values_of([float(v) for v in range(101)])
    odd = [*plain[:-1], measure("00100", 1e6)]
    before, after = (standing(SHARE, spread_of(f), measure("99999", 80.0)) for f in (plain, odd))
    assert before is not None
    assert after is not None
    assert after.distance == pytest.approx(before.distance, abs=0.02)


@given(st.floats(0.1, 50), st.floats(-100, 100))
def test_the_distance_does_not_depend_on_the_unit(scale: float, shift: float) -> None:
    raw = [float(v * v) for v in range(40)]
    first = standing(SHARE, spread_of(values_of(raw)), measure("99999", 900.0))
    moved = spread_of(values_of([scale * v + shift for v in raw]))
    second = standing(SHARE, moved, measure("99999", scale * 900.0 + shift))
    assert first is not None
    assert second is not None
    assert second.distance == pytest.approx(first.distance, abs=1e-3)


@pytest.mark.parametrize(
    ("indicator", "here"),
    [
        (SHARE, measure("00099", 10.0, caution=True)),
        (SHARE, measure("00099")),
        (COUNT, measure("00099", 10.0)),
        (replace(SHARE, ranked=False), measure("00099", 10.0)),
    ],
    ids=["few cases", "secret", "count", "refuses ranks"],
)
def test_what_is_never_placed(indicator: Indicator, here: Measure) -> None:
    found = [*values_of([float(v) for v in range(50)]), here]
    indicator = replace(indicator, id="part")
    assert placed(found, here, indicator) is None
    assert standing(indicator, spread_of(found), here) is None


def test_nothing_is_placed_in_the_distribution_of_another_source_or_year() -> None:
    found = spread_of(values_of([float(v) for v in range(50)]))
    assert standing(SHARE, found, measure("99999", 10.0, dataset="autre")) is None
    assert standing(SHARE, found, measure("99999", 10.0, year="2013")) is None


def test_areas_on_few_cases_take_nobodys_place() -> None:
    sure = values_of([float(v) for v in range(20)])
    doubtful = [measure(f"1{n:04}", 100.0, caution=True) for n in range(20)]
    ranked = placed([*sure, *doubtful], sure[-1])
    assert ranked is not None
    assert (ranked.rank, ranked.size) == (1, 20)


def test_a_level_where_all_areas_have_one_value_has_no_distance() -> None:
    assert standing(SHARE, spread_of(values_of([3.0] * 30)), measure("99999", 3.0)) is None


def test_a_rank_among_all_areas_tells_the_share_below_exactly() -> None:
    found = spread_of(values_of([float(v) for v in range(101)]))
    stood = standing(SHARE, found, measure("99999", 50.0), Rank(5, 96, 100, "communes"))
    assert stood is not None
    assert stood.share_below == pytest.approx(0.955)
    assert stood.distance == 0.0


def test_a_figure_is_ranked_among_the_areas_asked_for_and_says_which() -> None:
    found = values_of([float(v) for v in range(30)])
    codes = [m.code for m in found[:12]]
    ranked = position(SHARE, figures_of(found), found[10], codes, "communes du département")
    assert ranked == Rank(2, 11, 12, "communes du département")
