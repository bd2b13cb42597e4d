"""Weighting answers to the population: raking, and shares rounded so that they tell no count.

Weights are those of raking, found by its convex dual (Deville and Särndal, JASA, 1992). A weighted
share is one more thing known of how answers and groups cross: shares are rounded until a reader who
knows the weights can exclude no small count by them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog, minimize
from scipy.special import logsumexp, softmax

from ctgsite.sources.surveys.groups import Flags

STEPS = (1, 2, 5, 10)  # points that shares are rounded to
_CLOSE = 1e-4  # of all respondents: how near each margin must come
_FARTHEST = 20.0  # logarithm of a weight
_SLACK = 1e-6

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Margin:
    """A question to weight on: who gave each answer, and the population's counts."""

    title: str
    labels: tuple[str, ...]
    member: Flags = field(repr=False)
    targets: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight a respondent, 1 on average; those who miss a margin keep 1.

    Attributes:
        cell: for each respondent, the cell of the margins in which he or she stands.
        of_cell: the weight of each cell.
    """

    cell: npt.NDArray[np.int64] = field(repr=False)
    of_cell: Floats = field(repr=False)

    @property
    def effective(self) -> int:
        """How many unweighted answers they are worth (Kish), to two digits."""
        each = self.of_cell[self.cell]
        return _to_two_digits(float(each.sum() ** 2 / (each**2).sum()))


def effective_of(margins: Sequence[Margin], weights: Weights) -> int:
    """Return how many unweighted answers the weighted ones are worth.

    With several margins, as if they were independent: what each costs multiplies. How they really
    cross would be told by Kish's own figure, down to a single respondent.
    """
    if len(margins) == 1:
        return weights.effective
    worth = float(len(weights.cell))
    for margin in margins:
        counts, targets = margin.member.sum(axis=1), np.array(margin.targets)
        worth *= targets.sum() ** 2 / (counts.sum() * (targets**2 / counts).sum())
    return _to_two_digits(worth)


def _to_two_digits(worth: float) -> int:
    unit: int = 10 ** max(0, len(str(int(worth))) - 2)
    return round(worth / unit) * unit


def rake(margins: Sequence[Margin], threshold: int) -> Weights | str:
    """Return the weights, or why there are none, in French."""
    for margin in margins:
        for label, row in zip(margin.labels, margin.member, strict=True):
            if row.sum() < threshold:
                return (
                    f"trop peu de réponses « {label} » à la question « {margin.title} » pour que "
                    "quelques personnes parlent au nom de toutes les autres"
                )
    placed = np.all([margin.member.any(axis=0) for margin in margins], axis=0)
    rows = np.vstack([margin.member[:, placed] for margin in margins]).astype(float)
    total = float(placed.sum())
    wanted = np.concatenate([total * np.array(m.targets) / sum(m.targets) for m in margins])
    found = minimize(  # of a convex function, whose gradient is what the margins lack
        lambda x: float(logsumexp(rows.T @ x) - wanted @ x / total),
        np.zeros(len(wanted)),
        jac=lambda x: rows @ softmax(rows.T @ x) - wanted / total,
        method="L-BFGS-B",
        bounds=[(-_FARTHEST, _FARTHEST)] * len(wanted),
        options={"gtol": _CLOSE / 100, "ftol": 0.0, "maxiter": 1000},
    )
    each = total * softmax(rows.T @ found.x)
    if np.abs(rows @ each - wanted).max() > _CLOSE * total:
        return "le redressement ne converge pas : les réponses sont trop éloignées de la population"
    weights = np.ones(len(placed))
    weights[placed] = each
    kinds = np.vstack([*(m.member for m in margins), placed]).T
    _, first, cell = np.unique(kinds, axis=0, return_index=True, return_inverse=True)
    return Weights(np.ravel(cell), weights[first])


@dataclass(frozen=True, slots=True)
class Known:
    """A count that is published: of which answers and groups, and how many.

    Attributes:
        answers: places of its answers in the question, silence last.
        members: who stands in the group.
    """

    answers: tuple[int, ...]
    members: Flags = field(repr=False)
    count: int


@dataclass(frozen=True, slots=True)
class Partition:
    """Answers of which each respondent gave one, or none: a question, or one of several answers.

    Attributes:
        answers: one row of flags an answer, the last one those who gave none.
        shown: the answers whose count is published, and whose share may be.
        known: the counts published, margins included.
    """

    answers: Flags = field(repr=False)
    shown: tuple[int, ...]
    known: tuple[Known, ...]


def weighted_shares(
    partitions: Sequence[Partition], weights: Weights, groups: Sequence[Flags], threshold: int
) -> tuple[tuple[dict[int, float], ...], int]:
    """Return the weighted shares of each partition, in %, and the step that all are rounded to.

    Without a step that protects all small counts of the groups, there are none.
    """
    each = weights.of_cell[weights.cell]
    readers = [_Reader(one.answers, weights, one.known) for one in partitions]
    small = [list(_small(one.answers, groups, threshold)) for one in partitions]
    for step in STEPS:
        found = tuple(_rounded(one, each, step) for one in partitions)
        for reader, shares in zip(readers, found, strict=True):
            reader.told(shares, step)
        pairs = zip(readers, small, strict=True)
        if all(reader.may_be(*one) for reader, counts in pairs for one in counts):
            return found, step
    return (), 0


def _rounded(one: Partition, each: Floats, step: int) -> dict[int, float]:
    sums = one.answers[:-1] @ each
    return {
        at: float(step * np.floor(100 * sums[at] / sums.sum() / step + 0.5)) for at in one.shown
    }


def _small(
    answers: Flags, groups: Sequence[Flags], threshold: int
) -> Iterator[tuple[int, Flags, float, float]]:
    """Yield each small count: its answer, its group, and what may not be excluded of it."""
    people = answers.shape[1]
    for group in groups:
        size = int(group.sum())
        for at, row in enumerate(answers[:-1]):
            count = int((row & group).sum())
            if count < threshold:
                low = max(0, int(row.sum()) + size - people)
                high = min(int(row.sum()), size, low + threshold - 1)
                yield at, group, float(low), float(high)


class _Reader:
    """A reader who knows the weights; unknown are the counts of answers by cell of the margins."""

    def __init__(self, answers: Flags, weights: Weights, known: Sequence[Known]) -> None:
        self._weights = weights
        self._lines, self._cells = len(answers), len(weights.of_cell)
        self._rows = [self._sum(one.answers, one.members) for one in known]
        self._counts = [float(one.count) for one in known]
        self._above: list[Floats] = []

    def told(self, shares: Mapping[int, float], step: int) -> None:
        """Learn rounded shares, instead of those told before."""
        whole = np.zeros((self._lines, self._cells))
        whole[:-1] = self._weights.of_cell
        self._above = []
        for at, share in shares.items():
            own = np.zeros_like(whole)
            own[at] = self._weights.of_cell
            high, low = (share + step / 2) / 100, (share - step / 2) / 100
            self._above += [(own - high * whole).flatten(), (low * whole - own).flatten()]

    def may_be(self, answer: int, group: Flags, low: float, high: float) -> bool:
        """Whether a count may be as low and as high as that."""
        aim = self._sum((answer,), group)
        least, most = (self._extreme(aim, sign) for sign in (1.0, -1.0))
        return least <= low + _SLACK and most >= high - _SLACK

    def _extreme(self, aim: Floats, sign: float) -> float:
        found = linprog(
            sign * aim,
            A_eq=np.array(self._rows), b_eq=self._counts,
            A_ub=np.array(self._above) if self._above else None,
            b_ub=np.full(len(self._above), _SLACK) if self._above else None,
            method="highs",
        )  # fmt: skip
        if found.status == 0:
            return float(sign * found.fun)
        return sign * np.inf  # nothing can be said: taken as the worst

    def _sum(self, answers: Sequence[int], members: Flags) -> Floats:
        """Return a count as a sum of unknowns: cells lie wholly in a group, or wholly out of it."""
        made = np.zeros((self._lines, self._cells))
        cells = np.unique(self._weights.cell[members])
        made[np.ix_(np.array(answers), cells)] = 1.0
        return made.flatten()
