"""What a reader can work out of masked cells: the least and the most that each can be.

The reader is supposed to know every published cell, every sum, that counts are whole numbers, and
how small a masked one may be. Each bound is an exact integer programme.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from ctgsite.sources.sums import Sums

LOCAL_THRESHOLD = 5

Published = Sequence[int | None]  # None where the cell is masked

_OPTIMAL, _INFEASIBLE, _UNBOUNDED = 0, 2, 3


class ContradictionError(ValueError):
    """The published cells cannot all be true."""


class Attacker:
    """A reader of one publication."""

    def __init__(self, sums: Sums, published: Published, least: int) -> None:
        """Lay out the sums over the masked cells.

        Args:
            sums: how the cells add up.
            published: every cell in order, None for a masked one.
            least: the smallest count that may be masked; 1 where zeros are always published.

        Raises:
            ContradictionError: a sum of published cells is wrong.
        """
        self.masked = tuple(place for place, value in enumerate(published) if value is None)
        self._column = {place: at for at, place in enumerate(self.masked)}
        self._bounds = Bounds(np.full(len(self.masked), float(least)), math.inf)
        self._constraint = self._equations(sums, published)
        # Every table found so far is one that may be true: it settles other cells besides.
        self._lowest = np.full(len(self.masked), math.inf)
        self._highest = np.full(len(self.masked), -math.inf)

    def may_reach(self, place: int, low: float, high: float) -> bool:
        """Whether a masked cell may be as low, and also as high, as that.

        Raises:
            ContradictionError: no counts at all agree with what is published.
        """
        at = self._column[place]
        below = self._lowest[at] <= low or self._extreme(place, 1.0) <= low
        return below and bool(self._highest[at] >= high or self._extreme(place, -1.0) >= high)

    def least_of(self, places: Sequence[int]) -> Iterator[float]:
        """Yield the least that each masked cell may be.

        Raises:
            ContradictionError: no counts at all agree with what is published.
        """
        if places:
            self._solved(np.ones(len(self.masked)))  # most cells are at their least together
        for place in places:
            at = self._column[place]
            settled = self._lowest[at] <= self._bounds.lb[at]
            yield float(self._lowest[at]) if settled else self._extreme(place, 1.0)

    def _equations(self, sums: Sums, published: Published) -> LinearConstraint | None:
        entries: list[tuple[int, int, float]] = []
        sides: list[float] = []
        for total, parts in sums.relations:
            signed = [(total, 1.0), *((part, -1.0) for part in parts)]
            known = sum(sign * (published[place] or 0) for place, sign in signed)
            unknown = [(self._column[p], sign) for p, sign in signed if published[p] is None]
            if unknown:
                entries += [(len(sides), column, sign) for column, sign in unknown]
                sides.append(-known)
            elif known:
                raise ContradictionError
        if not entries:
            return None
        lines, columns, signs = zip(*entries, strict=True)
        shape = (len(sides), len(self.masked))
        return LinearConstraint(csr_array((signs, (lines, columns)), shape=shape), sides, sides)

    def _extreme(self, place: int, sign: float) -> float:
        aim: npt.NDArray[np.float64] = np.zeros(len(self.masked))
        aim[self._column[place]] = sign
        found = self._solved(aim)
        if found.status == _OPTIMAL:
            return float(sign * round(found.fun))
        if found.status == _UNBOUNDED or (sign < 0 and found.status != _INFEASIBLE):
            return math.inf
        raise ContradictionError

    def _solved(self, aim: npt.NDArray[np.float64]) -> OptimizeResult:
        found = milp(
            aim,
            integrality=np.ones(len(self.masked)),
            bounds=self._bounds,
            constraints=() if self._constraint is None else self._constraint,
        )
        if found.status == _OPTIMAL:
            counts = np.round(found.x)
            self._lowest = np.minimum(self._lowest, counts)
            self._highest = np.maximum(self._highest, counts)
        return found


@dataclass(frozen=True, slots=True)
class Need:
    """How far below and above its value a small count must be able to lie."""

    place: int
    below: float
    above: float


def exposed(
    published: Sequence[int | None],
    counts: Sequence[int],
    sums: Sums,
    threshold: int = LOCAL_THRESHOLD,
    *,
    sensitive_zeros: bool = False,
) -> tuple[int, ...]:
    """Return the small counts that a publication gives, or lets a reader narrow down too far."""
    least = 0 if sensitive_zeros else 1
    primary = frozenset(at for at, count in enumerate(counts) if least <= count < threshold)
    eligible = frozenset(at for at, count in enumerate(counts) if count >= least)
    shown = [at for at in sorted(primary) if published[at] is not None]
    hidden = primary.difference(shown)
    attacker = Attacker(sums, published, least)
    for need in needs_of(counts, sums, eligible, hidden, least, threshold):
        value = counts[need.place]
        if not attacker.may_reach(need.place, value - need.below, value + need.above):
            shown.append(need.place)
    return tuple(sorted(shown))


def needs_of(
    counts: Sequence[int],
    sums: Sums,
    eligible: frozenset[int],
    primary: Iterable[int],
    least: int,
    threshold: int,
) -> Iterator[Need]:
    """Return what protects each small count, given the least it could be at the very best."""
    all_masked = [None if at in eligible else count for at, count in enumerate(counts)]
    attacker = Attacker(sums, all_masked, least)
    width = threshold - 1 - least
    places = sorted(primary)
    for place, low in zip(places, attacker.least_of(places), strict=True):
        yield Need(place, counts[place] - low, low + width - counts[place])
