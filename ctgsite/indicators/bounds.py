"""How far a value may stand from the true one, from what is known of the precision of its terms.

The worst case: each term errs within its bound on the side that moves the value most. A value whose
denominator may be zero has no bound: it is infinite, and no difference may be told from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ctgsite.indicators.model import Formula, Kind
from ctgsite.indicators.panel import Floats


@dataclass(frozen=True)
class Uncertain:
    """Sums of terms, each within its bound of the true sum."""

    value: Floats
    bound: Floats


def bounds_of(formula: Formula, above: Uncertain, below: Uncertain) -> Floats:
    """Return the half-width of a formula's values, in the indicator's unit.

    Args:
        formula: how the sums become a value.
        above: the numerator; of a yearly rate, the last population.
        below: the denominator; of a yearly rate, the first population.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        match formula.kind:
            case Kind.SOMME:
                return above.bound * formula.scale / formula.period
            case Kind.PUBLIE:
                return above.bound * formula.scale
            case Kind.RAPPORT | Kind.QUOTIENT_PUBLIE:
                return formula.scale * _ratio(above, below)
            case Kind.TAUX_ANNUEL:
                return _yearly_growth(formula, above, below)
            case Kind.SOLDE_ANNUEL:
                mean = _divided(below, len(formula.denominator))
                return formula.scale / formula.period * _ratio(above, mean)
            case Kind.INDICATEURS:
                raise ValueError("a sum of indicators adds their own bounds")


def _divided(found: Uncertain, by: int) -> Uncertain:
    return Uncertain(found.value / by, found.bound / by)


def _ratio(above: Uncertain, below: Uncertain) -> Floats:
    """Bound a ratio: the farthest is the largest numerator over the smallest denominator."""
    smallest = np.abs(below.value) - below.bound
    ratio = np.abs(above.value / below.value)
    farthest: Floats = np.where(
        smallest > 0, (above.bound + ratio * below.bound) / smallest, np.inf
    )
    return farthest


def _yearly_growth(formula: Formula, last: Uncertain, first: Uncertain) -> Floats:
    """Bound a compound rate, which grows with the ratio of its two populations."""

    def rate(ratio: Floats) -> Floats:
        grown: Floats = formula.scale * (ratio ** (1 / formula.period) - 1)
        return grown

    smallest = first.value - first.bound
    high = np.where(smallest > 0, (last.value + last.bound) / smallest, np.inf)
    low = np.maximum(last.value - last.bound, 0) / (first.value + first.bound)
    middle = rate(last.value / first.value)
    farthest: Floats = np.maximum(rate(high) - middle, middle - rate(low))
    return farthest
