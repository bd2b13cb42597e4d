"""Communes of one territory: who differs, how unequally cases are shared, what is not covered."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small_figures import COUNT, SHARE, measure, rate

from ctgsite.indicators.dispersion import (
    Dispersion,
    dispersion,
    hoover_index,
    weighted_quantile,
)
from ctgsite.indicators.measures import Measure

WHOLE = rate("T", 250, 2500)  # 10 %
COMMUNES = [rate("A", 20, 1000), rate("B", 100, 1000), rate("C", 130, 500)]  # 2, 10 and 26 %
PEOPLE = {"A": 2000.0, "B": 1000.0, "C": 1000.0, "D": 1000.0}

pairs = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 5000)), min_size=1, max_size=30)


def spread(members: list[Measure], whole: Measure = WHOLE) -> Dispersion:
    found = dispersion(SHARE, whole, members, PEOPLE)
    assert found is not None
    return found


def test_the_extremes_are_the_lowest_and_highest_communes() -> None:
    found = spread(COMMUNES)
    assert (found.lowest.code, found.highest.code) == ("A", "C")
    turned = spread([rate("A", 130, 500), rate("B", 100, 1000), rate("C", 20, 1000)])
    assert (turned.lowest.code, turned.highest.code) == ("C", "A")


def test_inhabitants_of_communes_above_and_below_the_territory_are_told_apart() -> None:
    found = spread(COMMUNES)
    assert found.above == pytest.approx(1000 / 4000)
    assert found.below == pytest.approx(2000 / 4000)


def test_the_hoover_index_of_three_communes_by_hand() -> None:
    # Shares of cases .08, .4, .52; of dwellings .4, .4, .2: half of .32 + 0 + .32.
    assert spread(COMMUNES).hoover == pytest.approx(0.32)
    assert spread(COMMUNES).cases == pytest.approx(250)


def test_quartiles_weigh_each_commune_by_the_population_concerned() -> None:
    # 1,000 dwellings at 2 %, 1,000 at 10 %, 500 at 26 %: a quarter is at 2, three quarters at 10.
    assert spread(COMMUNES).quartiles == (pytest.approx(2.0), pytest.approx(10.0))


def test_the_middle_half_of_communes_counts_each_as_one() -> None:
    assert spread(COMMUNES).middle == (pytest.approx(6.0), pytest.approx(18.0))
    assert spread(COMMUNES).width == pytest.approx(12.0)


def test_a_commune_on_few_cases_is_in_the_sums_and_never_an_extreme_nor_apart() -> None:
    small = rate("D", 90, 100)
    found = spread([*COMMUNES, small])
    assert found.highest.code == "C"
    assert found.above == pytest.approx(1000 / 5000)
    assert found.cases == pytest.approx(340)
    assert found.quartiles == spread(COMMUNES).quartiles


def test_a_secret_commune_is_left_out_and_its_inhabitants_are_not_covered() -> None:
    found = spread([*COMMUNES, measure("D")])
    assert (found.known, found.total, found.complete) == (3, 4, False)
    assert found.covered == pytest.approx(4000 / 5000)
    assert found.hoover == pytest.approx(0.32)
    assert found.lowest.code == "A"
    assert spread(COMMUNES).complete


def test_without_counts_there_is_no_hoover_index() -> None:
    bare = [measure("A", 2.0), measure("B", 10.0), measure("C", 26.0)]
    found = spread(bare)
    assert found.hoover is None
    assert found.quartiles is None


def test_a_territory_without_a_figure_of_the_same_series_has_no_communes_above_it() -> None:
    for whole in (measure("T"), rate("T", 250, 2500, dataset="autre"), rate("T", 25, 150)):
        found = spread(COMMUNES, whole)
        assert (found.above, found.below) == (None, None)


def test_neither_a_count_nor_a_handful_of_sure_communes_has_a_spread() -> None:
    assert dispersion(COUNT, WHOLE, COMMUNES, PEOPLE) is None
    doubtful = [*COMMUNES[:2], rate("C", 30, 100)]
    assert dispersion(SHARE, WHOLE, doubtful, PEOPLE) is None


@given(pairs)
def test_the_hoover_index_is_a_share_and_zero_only_for_equal_rates(
    found: list[tuple[int, int]],
) -> None:
    assume(sum(part for part, _ in found) > 0)
    index = hoover_index(found)
    assert index is not None
    assert 0 <= index < 1
    rates = {part / base for part, base in found}
    assert (len(rates) == 1) == math.isclose(index, 0, abs_tol=1e-12)


@given(pairs, st.integers(2, 5), st.data())
def test_a_commune_split_in_proportion_changes_nothing(
    found: list[tuple[int, int]], pieces: int, data: st.DataObject
) -> None:
    assume(sum(part for part, _ in found) > 0)
    at = data.draw(st.integers(0, len(found) - 1))
    part, base = found[at]
    split = [(part / pieces, base / pieces)] * pieces
    assert hoover_index([*found[:at], *split, *found[at + 1 :]]) == pytest.approx(
        hoover_index(found)
    )


@given(pairs, st.randoms(use_true_random=False))
def test_the_order_of_the_communes_changes_nothing(
    found: list[tuple[int, int]], shuffler: object
) -> None:
    communes = [rate(str(at), part, base) for at, (part, base) in enumerate(found)]
    people = {commune.code: 100.0 for commune in communes}
    mixed = communes[:]
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    first, second = (dispersion(SHARE, WHOLE, c, people) for c in (communes, mixed))
    assert (first is None) == (second is None)
    if first and second:
        assert second.hoover == (None if first.hoover is None else pytest.approx(first.hoover))
        assert (second.lowest, second.highest) == (first.lowest, first.highest)
        assert (second.quartiles, second.middle) == (first.quartiles, first.middle)
        assert (second.above, second.below) == (
            pytest.approx(first.above),
            pytest.approx(first.below),
        )


@pytest.mark.parametrize("counts", [[], [(None, 10.0)], [(-1.0, 10.0), (3.0, 5.0)], [(0.0, 9.0)]])
def test_nothing_to_share_out_has_no_index(counts: list[tuple[float | None, float]]) -> None:
    assert hoover_index(counts) is None


@given(st.lists(st.tuples(st.floats(-50, 50), st.integers(1, 9)), min_size=1, max_size=20))
def test_a_weighted_median_splits_the_weight(found: list[tuple[float, int]]) -> None:
    values, weights = zip(*found, strict=True)
    median = weighted_quantile(values, weights, 0.5)
    half = sum(weights) / 2
    assert sum(w for v, w in found if v < median) <= half
    assert sum(w for v, w in found if v <= median) >= half


def test_a_commune_at_zero_counts_as_zero() -> None:
    found = spread([rate("D", 0, 1000), rate("A", 2, 1000), *COMMUNES[1:]])
    assert found.lowest.value == 0.0
    assert found.cases == 232
    found = spread([rate("A", 0, 1000), *COMMUNES[1:]])
    assert found.middle == (pytest.approx(5.0), pytest.approx(18.0))
    assert found.quartiles == (0.0, pytest.approx(10.0))


def test_one_commune_without_a_denominator_leaves_no_weighted_quartiles() -> None:
    assert spread([*COMMUNES, measure("D", 5.0)]).quartiles is None
    assert spread([*COMMUNES, measure("D", 5.0, denominator=-1.0)]).quartiles is None


def test_a_denominator_of_nobody_weighs_nothing_and_a_fraction_its_part() -> None:
    half = [
        measure(code, value, denominator=0.5)
        for code, value in zip("ABC", (2.0, 4.0, 6.0), strict=True)
    ]
    found = spread([measure("D", 1.0, denominator=0.0), *half])
    assert found.quartiles == (2.0, 6.0)


def test_denominators_of_nobody_have_no_quartiles() -> None:
    nobody = [measure(code, 2.0, denominator=0.0) for code in "ABC"]
    assert spread(nobody).quartiles is None


def test_a_commune_of_unknown_population_counts_for_nobody() -> None:
    found = spread([*COMMUNES, rate("Z", 300, 1000)])
    assert (found.above, found.below) == (pytest.approx(1000 / 4000), pytest.approx(2000 / 4000))
    assert found.covered == 1.0
    unknown = dispersion(SHARE, WHOLE, COMMUNES, {})
    assert unknown is not None
    assert (unknown.covered, unknown.above, unknown.below) == (0.0, None, None)


def test_a_commune_without_a_case_has_its_part_in_the_index() -> None:
    assert hoover_index([(1.0, 10.0), (0.0, 10.0)]) == pytest.approx(0.5)


def test_one_unknown_count_leaves_no_index() -> None:
    assert hoover_index([(3.0, 5.0), (None, 10.0)]) is None
    assert hoover_index([(3.0, None), (2.0, 10.0)]) is None


def test_inhabitants_of_all_communes_on_one_side_are_added() -> None:
    low = [rate("A", 20, 1000), rate("B", 20, 1000), rate("C", 210, 500)]
    found = spread(low)
    assert (found.above, found.below) == (pytest.approx(1000 / 4000), pytest.approx(3000 / 4000))
    assert spread([*low, rate("Z", 20, 1000)]).below == pytest.approx(3000 / 4000)
