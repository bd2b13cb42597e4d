"""Answers that are the same people under two questions: what one table tells of another.

“Si oui, …” is asked of those who said yes; “combien d’enfants” tells again who has none; ages of
young children and their modes of care part the same children. Readers know such links, so that
tables bound by them are protected together. Whatever links answers in the data is taken as known:
one that is there by chance costs a few more masked counts, no more.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ctgsite.sources.surveys.groups import Flags, Groups

Cell = tuple[str, int, Flags]  # question, place among its cells, who stands there
Place = tuple[str, int]
Counts = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]

ANSWERED, SILENT = -1, -2  # places of those who answered, and of those who did not


@dataclass(frozen=True, slots=True)
class Link:
    """People who stand in some answers of a question and in some of another, silence included.

    Attributes:
        left: places of one question.
        right: places of the other, that hold the same people and `rest` more.
        people: how many are on the left.
        rest: those on the right only; 0 where both sides are the same people.
    """

    left: tuple[Place, ...]
    right: tuple[Place, ...]
    people: int = field(repr=False)
    rest: int = field(default=0, repr=False)


def partitions(name: str, groups: Groups, *, several: bool) -> Iterator[tuple[Cell, ...]]:
    """Yield the ways in which a question parts its respondents, silence last.

    A question with several answers parts them once for each; those who did not give one stand
    after all who did.
    """
    silent: Cell = (name, SILENT, ~groups.answered)
    size = len(groups.labels)
    if several:
        for at, row in enumerate(groups.member):
            yield (name, at, row), (name, size + at, groups.answered & ~row), silent
    elif size:
        yield (*((name, at, row) for at, row in enumerate(groups.member)), silent)
    else:
        yield (name, ANSWERED, groups.answered), silent


def links(groups: Mapping[str, Groups], several: Sequence[str], threshold: int) -> Iterator[Link]:
    """Yield the smallest sets of answers of two questions that are the same people.

    Then the answers given by all who gave another one and by few more: who they are would be told
    by subtraction.
    """
    parted = [
        list(partitions(name, found, several=name in several)) for name, found in groups.items()
    ]
    for mine, theirs in itertools.combinations(parted, 2):
        for one, other in itertools.product(mine, theirs):
            common = _common(one, other)
            yield from _same(one, other, common)
            yield from _nested(one, other, common, threshold)
            yield from _nested(other, one, common.T, threshold)


def linked_questions(found: Sequence[Link], threshold: int) -> frozenset[frozenset[str]]:
    """Return the pairs of questions that share answers given by enough people."""
    return frozenset(
        frozenset((one.left[0][0], one.right[0][0])) for one in found if one.people >= threshold
    )


def _common(one: Sequence[Cell], other: Sequence[Cell]) -> Counts:
    """Return how many stand in each cell of one and in each of the other."""
    mine, theirs = (np.array([cell[2] for cell in part], dtype=np.int64) for part in (one, other))
    found: Counts = mine @ theirs.T
    return found


def _same(one: Sequence[Cell], other: Sequence[Cell], common: Counts) -> Iterator[Link]:
    height, width = common.shape
    rows, columns = np.nonzero(common)
    size = height + width
    edges = coo_array((np.ones(len(rows)), (rows, columns + height)), shape=(size, size))
    _, of = connected_components(edges, directed=False)
    sets = []
    for number in dict.fromkeys(of[rows].tolist()):
        left = np.flatnonzero(of[:height] == number)
        right = np.flatnonzero(of[height:] == number)
        sets.append((left, right))
    told = [(left, right) for left, right in sets if not _silence(one, other, left, right)]
    if len(sets) - len(told) and len(told) == 1:  # whoever answers one answers the other
        return
    if len(sets) > 1:
        for left, right in told:
            people = int(common[left].sum())
            yield Link(_places(one, left), _places(other, right), people)


def _silence(one: Sequence[Cell], other: Sequence[Cell], left: Places, right: Places) -> bool:
    return {at for _, at in (*_places(one, left), *_places(other, right))} == {SILENT}


def _nested(
    one: Sequence[Cell], other: Sequence[Cell], common: Counts, threshold: int
) -> Iterator[Link]:
    """Yield each answer whose people all gave another one, which few more gave."""
    alone, whole = common.sum(axis=1), common.sum(axis=0)
    for row, column in np.argwhere(common == alone[:, None]).tolist():
        people, rest = int(alone[row]), int(whole[column] - alone[row])
        silent = SILENT in (one[row][1], other[column][1])
        more = np.flatnonzero(common[:, column])
        answered = all(one[at][1] != SILENT for at in more.tolist())  # not answering is no answer
        if people and 0 < rest < threshold and answered and not silent:
            yield Link(_places(one, [row]), _places(other, [column]), people, rest)


def _places(part: Sequence[Cell], chosen: Sequence[int] | Places) -> tuple[Place, ...]:
    return tuple(part[at][:2] for at in chosen)
