"""Which counts of a cross may be published, so that comparing it with other tables helps nobody.

Own tables are protected before. A cross is protected with all of its margins public: answers masked
in their own table are put together before, and those who did not answer make a group. Since it
stays protected whatever others say of their common margins, which are public already, comparing two
tables teaches nothing.

A zero of a question's own table is published. In a cross it is as telling as a one: where nobody
of a group gave an answer, everybody gave another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ctgsite.sources.audit import Need
from ctgsite.sources.sums import Sum, Sums, flat, sums_of_table, with_margins
from ctgsite.sources.suppression import suppress
from ctgsite.sources.surveys.groups import Flags, Groups
from ctgsite.sources.surveys.own_tables import Shown

MOST_MASKED = 0.7  # of a cross; beyond, what is left says too little

Grid = tuple[Shown, ...]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a cross: who stands in each of its groups, and which groups are shown.

    Attributes:
        member: one row of flags a group; each respondent stands in exactly one.
        shown: places of the groups that the cross shows.
        silent: place of those who did not answer, None where all did.
    """

    member: Flags
    shown: tuple[int, ...]
    silent: int | None

    @property
    def totals(self) -> tuple[int, ...]:
        """How many stand in each group: all are public."""
        return tuple(int(row.sum()) for row in self.member)


def side_of(groups: Groups, own: Shown) -> Side:
    """Return a question as one side of a cross, given its own published table.

    Answers masked there make one group.
    """
    rows = [row for row, count in zip(groups.member, own, strict=True) if count]
    shown = tuple(range(len(rows)))
    masked = [row for row, count in zip(groups.member, own, strict=True) if count is None]
    if masked:
        rows.append(np.any(masked, axis=0))
    silent = None
    if not groups.answered.all():
        silent = len(rows)
        rows.append(~groups.answered)
    return Side(np.array(rows, dtype=bool), shown, silent)


def protect_cross(answers: Side, by: Side, threshold: int) -> Grid | None:
    """Return one line for each group shown of `by`, one count for each answer shown.

    None stands for a cross that cannot be made, or of which too little would be left. Whoever gives
    up leaves several questions empty, so that another cross may tell who is silent: the cross of
    those who answered both is protected too, as if its own margins were known.
    """
    height, width = len(answers.member), len(by.member)
    if height < 2 or width < 2 or not answers.shown or not by.shown:
        return None
    counts = answers.member.astype(int) @ by.member.astype(int).T
    seen = np.zeros((height, width), dtype=bool)
    seen[np.ix_(answers.shown, by.shown)] = True
    seen = _open(counts, seen, threshold, silent=answers.silent)
    both = np.s_[: answers.silent, : by.silent]  # silence stands last
    if counts[both].shape != counts.shape:
        if min(counts[both].shape) < 2:
            return None
        seen[both] = _open(counts[both], seen[both], threshold)
    return _worth_showing(
        tuple(
            tuple(int(counts[row, at]) if seen[row, at] else None for row in answers.shown)
            for at in by.shown
        )
    )


def _open(counts: Counts, seen: Flags, threshold: int, silent: int | None = None) -> Flags:
    """Return which of the counts seen so far may be, in a table whose margins are public.

    `silent` is the line of those who did not answer, which is no answer.
    """
    height, width = counts.shape
    grid = flat(with_margins(counts.tolist()))
    place = np.arange(len(grid)).reshape(height + 1, width + 1)
    rows, columns = counts.sum(axis=1).tolist(), counts.sum(axis=0).tolist()
    needs = _needs(counts, rows, columns, threshold, place[:-1, :-1])
    if silent is not None:
        needs = [need for need in needs if need.place not in place[silent]]
    found = suppress(
        grid,
        sums_of_table(height, width),
        threshold,
        sensitive_zeros=True,
        public=[*place[-1].tolist(), *place[:, -1].tolist()],
        hidden=place[:-1, :-1][~seen].tolist(),
        needs=needs,
    ).published
    return np.array([found[at] is not None for at in place[:-1, :-1].flat]).reshape(counts.shape)


def protect_multiple_cross(groups: Groups, own: Shown, by: Side, threshold: int) -> Grid | None:
    """Return one line for each group shown of `by`, one count for each answer published in `own`.

    Those of a group who did not give an answer are protected as well. Whoever answers gives an
    answer at least: readers are supposed to know how many of a group gave none of those published.
    """
    member = np.array([row for row, count in zip(groups.member, own, strict=True) if count])
    if not len(member) or len(by.member) < 2 or not by.shown:
        return None
    yes = member.astype(int) @ by.member.astype(int).T
    size, width = yes.shape
    rest = np.array(by.totals) - yes
    other = by.member.astype(int) @ (~member.any(axis=0)).astype(int)
    some = yes.sum(axis=0)  # answers that each group gave
    least = np.array(by.totals) - other  # those who gave one at least
    blocks = [yes, rest, by.totals, yes.sum(axis=1), some, least, some - least]
    starts = np.cumsum([0, *(np.size(block) for block in blocks)]).tolist()
    counts = [int(count) for block in blocks for count in np.ravel(block)]
    at_yes = np.arange(yes.size).reshape(yes.shape)
    relations: list[Sum] = []
    for at in range(width):
        relations += [(starts[2] + at, (int(c), starts[1] + int(c))) for c in at_yes[:, at]]
        relations.append((starts[4] + at, tuple(at_yes[:, at].tolist())))
        relations.append((starts[4] + at, (starts[5] + at, starts[6] + at)))
    relations += [(starts[3] + row, tuple(at_yes[row].tolist())) for row in range(size)]
    rows = member.sum(axis=1).tolist()
    total = member.shape[1]
    needs = _needs(yes, rows, by.totals, threshold, at_yes)
    needs += _needs(rest, [total - n for n in rows], by.totals, threshold, at_yes + starts[1])
    unseen = np.delete(at_yes, by.shown, axis=1)
    found = suppress(
        counts,
        Sums(len(counts), tuple(relations)),
        threshold,
        sensitive_zeros=True,
        public=[*range(starts[2], starts[4]), *range(starts[5], starts[6])],
        hidden=[*range(starts[1], starts[2]), *range(starts[4], starts[5]),
                *range(starts[6], starts[7]), *unseen.flatten().tolist()],
        needs=needs,
    ).published  # fmt: skip
    return _worth_showing(tuple(tuple(found[c] for c in at_yes[:, at]) for at in by.shown))


def _needs(
    counts: Counts, rows: Sequence[int], columns: Sequence[int], threshold: int, places: Counts
) -> list[Need]:
    """Return what protects each small count of a table whose margins are public.

    No count from the least that they allow up to the threshold may be excluded, unless they do.
    """
    total = sum(columns)
    needs = []
    for (row, at), count in np.ndenumerate(counts):
        if count < threshold:
            low = max(0, rows[row] + columns[at] - total)
            high = min(rows[row], columns[at], low + threshold - 1)
            needs.append(Need(int(places[row, at]), float(count - low), float(high - count)))
    return needs


def _worth_showing(lines: Grid) -> Grid | None:
    cells = [count for line in lines for count in line]
    masked = sum(count is None for count in cells)
    return None if masked > MOST_MASKED * len(cells) else lines
