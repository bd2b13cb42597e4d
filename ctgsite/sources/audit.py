"""What a reader can work out of masked cells: the least and the most that each can be.

The reader is supposed to know every published cell, every sum, that counts are whole numbers, and
how small a masked one may be. Each bound is an exact integer programme.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from ctgsite.sources.sums import Sums

Published = Sequence[int | None]  # None where the cell is masked

_OPTIMAL, _INFEASIBLE, _UNBOUNDED = 0, 2, 3


@dataclass(frozen=True, slots=True)
class Range:
    """What a masked cell may be, both ends included; `most` may be infinite."""

    least: float
    most: float


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

    def range_of(self, place: int) -> Range:
        """Return what a masked cell may be.

        Raises:
            ContradictionError: no counts at all agree with what is published.
        """
        return Range(self._extreme(place, 1.0), self._extreme(place, -1.0))

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
        found = milp(
            aim,
            integrality=np.ones(len(self.masked)),
            bounds=self._bounds,
            constraints=() if self._constraint is None else self._constraint,
        )
        if found.status == _OPTIMAL:
            return float(sign * round(found.fun))
        if found.status == _UNBOUNDED or (sign < 0 and found.status != _INFEASIBLE):
            return math.inf
        raise ContradictionError
