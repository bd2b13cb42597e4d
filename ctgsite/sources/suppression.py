"""Which cells of a table of counts to mask, so that no small count can be found by subtraction.

The cell suppression problem, solved as Fischetti and Salazar do (Management Science, 2001): a
cheapest set of cells is chosen by integer programming, an attack by linear programming looks for a
small count that it leaves open, the dual of that attack says which cells would have closed it, and
so on until no attack succeeds. It stands in `sources` because it works on counts as they were
collected, before any indicator.

The protection asked for: from all that is published, a reader may exclude none of the values for
which a cell is masked (1 to threshold - 1), nor learn whether a cell was masked for itself or for
the sake of another. A total of several small counts slides that range up to the least it can be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from ctgsite.sources.audit import LOCAL_THRESHOLD, Need, needs_of
from ctgsite.sources.observations import Status
from ctgsite.sources.sums import Sums

MOST_ROUNDS = 60  # beyond, every cell that may be masked is

Floats = npt.NDArray[np.float64]
Cut = Floats  # a chosen set x must satisfy cut · x >= 1
_SLACK = 1e-6


class Reason(StrEnum):
    """Why a cell is masked; never published, since it would tell a small count from a large one."""

    PRIMARY = "effectif trop petit"
    COMPLEMENTARY = "masqué pour protéger un autre chiffre"


@dataclass(frozen=True, slots=True)
class Protected:
    """The cells of a table once protected: what may be published of each, and why not the rest."""

    published: tuple[int | None, ...]
    reasons: tuple[Reason | None, ...]

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The status of each cell."""
        return tuple(Status.PUBLIE if why is None else Status.SECRET for why in self.reasons)


def suppress(
    counts: Sequence[int],
    sums: Sums,
    threshold: int = LOCAL_THRESHOLD,
    *,
    sensitive_zeros: bool = False,
    public: Collection[int] = (),
    hidden: Collection[int] = (),
    needs: Sequence[Need] | None = None,
) -> Protected:
    """Mask the small counts, and of the others the fewest people needed to protect them.

    Args:
        counts: every cell, totals included, in the order of `sums`.
        sums: how the cells add up.
        threshold: counts under it are masked.
        sensitive_zeros: whether a zero is as telling as a one; else zeros are always published.
        public: cells published elsewhere, which can be neither masked nor protected.
        hidden: cells shown nowhere, masked whatever they count.
        needs: what protects each small count, where it is known already; a small count that needs
            nothing is masked only to protect others.
    """
    least = 0 if sensitive_zeros else 1
    small = frozenset(at for at, count in enumerate(counts) if least <= count < threshold)
    primary = small.difference(public)
    if needs is not None:
        primary = primary.intersection(need.place for need in needs)
    eligible = frozenset(at for at, count in enumerate(counts) if count >= least)
    eligible = eligible.difference(public)
    masked = primary.union(hidden)
    if not primary:
        return _protected(counts, primary, masked)
    if needs is None:
        needs = tuple(needs_of(counts, sums, eligible, primary, least, threshold))
    problem = _Problem(np.array(counts, float), sums, eligible, needs, least, threshold)
    return _protected(counts, primary, problem.cheapest(masked))


def _protected(counts: Sequence[int], primary: frozenset[int], masked: frozenset[int]) -> Protected:
    reasons = tuple(
        Reason.PRIMARY if at in primary else Reason.COMPLEMENTARY if at in masked else None
        for at in range(len(counts))
    )
    pairs = zip(counts, reasons, strict=True)
    return Protected(tuple(None if why else count for count, why in pairs), reasons)


class _Problem:
    """One table to protect, with the cuts found so far."""

    def __init__(
        self,
        values: Floats,
        sums: Sums,
        eligible: frozenset[int],
        needs: Sequence[Need],
        least: int,
        threshold: int,
    ) -> None:
        self._values = values
        self._eligible = eligible
        self._needs = needs
        self._equations = _equations(sums)
        # No displacement of a small count can need more from another cell, whatever its path.
        reach = float(threshold * max(1, len(sums.relations)))
        self._room = (
            np.where(values >= least, np.minimum(values - least, reach), 0.0),
            np.full(len(values), reach),
        )
        self._cuts: list[Cut] = []

    def cheapest(self, least: frozenset[int]) -> frozenset[int]:
        """Return the cells to mask; every one that may be, where no choice was settled in time.

        `least` are masked whatever happens.
        """
        masked = least
        for _ in range(MOST_ROUNDS):
            moved = (np.zeros(len(self._values)), np.zeros(len(self._values)))
            cuts = [cut for need in self._needs for cut in self._open(need, masked, moved)]
            if not cuts:
                return masked
            self._cuts += cuts
            masked = self._choice(least)
        return self._eligible | least

    def _open(
        self, need: Need, masked: frozenset[int], moved: tuple[Floats, Floats]
    ) -> Iterable[Cut]:
        """Return a cut for each side on which a small count cannot move as far as it must.

        `moved` is how far down and up each cell went in the attacks on this choice so far.
        """
        sides = ((-1.0, need.below, moved[0]), (1.0, need.above, moved[1]))
        for sign, wanted, reached in sides:
            if reached[need.place] < wanted - _SLACK:
                cut = self._attack(need.place, sign, wanted, masked, moved)
                if cut is not None:
                    yield cut

    def _attack(
        self,
        place: int,
        sign: float,
        wanted: float,
        masked: frozenset[int],
        moved: tuple[Floats, Floats],
    ) -> Cut | None:
        """Move a small count as far as the masked cells allow; return what would move it further.

        A vertex of the dual bounds the move by the room of the cells it names, whatever the choice.
        """
        chosen = np.zeros(len(self._values))
        chosen[list(masked)] = 1.0
        down, up = self._room
        aim = np.zeros(len(self._values))
        aim[place] = -sign
        found = linprog(
            aim,
            A_eq=self._equations,
            b_eq=np.zeros(self._equations.shape[0]),
            bounds=np.column_stack([-down * chosen, up * chosen]),
            method="highs",
        )
        np.maximum(moved[0], -found.x, out=moved[0])
        np.maximum(moved[1], found.x, out=moved[1])
        if -found.fun >= wanted - _SLACK:
            return None
        lower, upper = found.lower.marginals, found.upper.marginals
        weights = np.minimum((np.abs(lower) * down + np.abs(upper) * up) / wanted, 1.0)
        weights[weights < _SLACK] = 0.0
        cut: Cut = weights
        return cut

    def _choice(self, least: frozenset[int]) -> frozenset[int]:
        """Return the set of cells of least total value that satisfies every cut."""
        size = len(self._values)
        lower, upper = np.zeros(size), np.zeros(size)
        upper[list(self._eligible)] = 1.0
        lower[list(least)] = upper[list(least)] = 1.0
        found = milp(
            self._values + 1.0,
            integrality=np.ones(size),
            bounds=Bounds(lower, upper),
            constraints=LinearConstraint(np.array(self._cuts), 1.0 - _SLACK, np.inf),
        )
        if found.x is None:
            return self._eligible | least
        return frozenset(map(int, np.flatnonzero(found.x > 0.5)))


def _equations(sums: Sums) -> csr_array:
    """Return the sums as a matrix that is zero on every table that adds up."""
    entries = [
        (line, place, sign)
        for line, (total, parts) in enumerate(sums.relations)
        for place, sign in ((total, 1.0), *((part, -1.0) for part in parts))
    ]
    shape = (max(len(sums.relations), 1), sums.size)
    if not entries:
        return csr_array(shape)
    lines, places, signs = zip(*entries, strict=True)
    return csr_array((signs, (lines, places)), shape=shape)
