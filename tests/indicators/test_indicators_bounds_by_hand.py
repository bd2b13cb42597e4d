"""The bound of single values, where one of the sums is near nothing or below it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from ctgsite.indicators.bounds import Uncertain, bounds_of
from ctgsite.indicators.model import Formula, Kind, Term


def bound(kind: Kind, above: tuple[float, float], below: tuple[float, float]) -> float:
    """Bound one value of a formula over four years, in thousandths, from sums and their bounds."""
    formula = Formula("rp", kind, (Term("A"),), (Term("B"), Term("C")), scale=1000.0, period=4.0)
    sums = (Uncertain(*(np.array([part]) for part in pair)) for pair in (above, below))
    (found,) = bounds_of(formula, *sums)
    return float(found)


def test_a_yearly_count_is_known_to_its_part_of_the_period() -> None:
    assert bound(Kind.SOMME, (80.0, 2.0), (0.0, 0.0)) == 1000 * 2 / 4


def test_a_published_figure_is_known_as_it_is_published() -> None:
    assert bound(Kind.PUBLIE, (80.0, 2.0), (0.0, 0.0)) == 1000 * 2


@pytest.mark.parametrize("kind", [Kind.RAPPORT, Kind.QUOTIENT_PUBLIE])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_ratio_is_as_far_from_its_worst_on_either_side_of_zero(kind: Kind, sign: int) -> None:
    # 20 / 100 is 200 thousandths; 22 / 95 is 231.58.
    assert bound(kind, (sign * 20.0, 2.0), (100.0, 5.0)) == pytest.approx(1000 * 22 / 95 - 200)
    assert bound(kind, (20.0, 2.0), (sign * 100.0, 5.0)) == pytest.approx(1000 * 22 / 95 - 200)


@pytest.mark.parametrize("width", [2.0, 3.0])
def test_over_a_denominator_that_may_be_zero_there_is_no_bound(width: float) -> None:
    for kind in (Kind.RAPPORT, Kind.SOLDE_ANNUEL, Kind.TAUX_ANNUEL):
        assert math.isinf(bound(kind, (20.0, 0.0), (2.0, width)))
        assert math.isinf(bound(kind, (0.0, 0.0), (2.0, width)))


def test_over_a_denominator_below_one_there_is_a_bound() -> None:
    assert bound(Kind.RAPPORT, (1.0, 0.0), (0.75, 0.25)) == pytest.approx(1000 * (2 - 4 / 3))
    expected = 1000 * (2**0.25 - (4 / 3) ** 0.25)
    assert bound(Kind.TAUX_ANNUEL, (1.0, 0.0), (0.75, 0.25)) == pytest.approx(expected)


def test_a_balance_is_held_to_the_mean_of_both_populations() -> None:
    # 40 a period over a mean of 100 is 100 thousandths a year; 44 over 96 is 114.58.
    found = bound(Kind.SOLDE_ANNUEL, (40.0, 4.0), (200.0, 8.0))
    assert found == pytest.approx(1000 * 44 / 96 / 4 - 100)


def test_a_population_that_may_be_nobody_may_have_fallen_by_all_of_it() -> None:
    # From 100 to .5 at most to nobody: a loss of all, 1,000 thousandths a year.
    found = bound(Kind.TAUX_ANNUEL, (0.5, 0.5), (100.0, 0.0))
    assert found == pytest.approx(1000 * 0.005**0.25)
    assert bound(Kind.TAUX_ANNUEL, (0.5, 0.75), (100.0, 0.0)) == pytest.approx(found)


def test_a_rate_that_may_be_lower_is_bounded_by_the_highest_first_population() -> None:
    low = (16 - 15) / (1 + 0.001)
    found = bound(Kind.TAUX_ANNUEL, (16.0, 15.0), (1.0, 0.001))
    assert found == pytest.approx(1000 * (2 - low**0.25))


def test_a_sum_of_indicators_has_no_bound_of_its_own() -> None:
    with pytest.raises(ValueError, match="sum of indicators"):
        bound(Kind.INDICATEURS, (1.0, 1.0), (1.0, 1.0))
