"""The own tables of a questionnaire's questions, protected together.

How many answered a question is published wherever that gives nobody away: not answering is no
answer. Where it is masked, nothing of the question is published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ctgsite.sources.audit import exposed, needs_of
from ctgsite.sources.sums import Sum, Sums
from ctgsite.sources.suppression import suppress
from ctgsite.sources.surveys.groups import Groups
from ctgsite.sources.surveys.overlaps import ANSWERED, SILENT, Link

Shown = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class OwnTable:
    """What is published of a question: how many answered, how many gave each answer.

    `counts` is None where no count of an answer may be published.
    """

    answered: int | None
    counts: Shown | None


def protect_tables(
    groups: Mapping[str, Groups], several: Sequence[str], found: Sequence[Link], threshold: int
) -> dict[str, OwnTable]:
    """Return the own table of each question.

    Args:
        groups: the answers, by question.
        several: the questions to which several answers may be given.
        found: the answers that are unions of others.
        threshold: counts under it are masked.
    """
    cells = _Cells(groups, several, found, threshold)
    unpublished = {name for name, one in groups.items() if one.total < threshold}
    without: set[str] = set(unpublished)
    while True:
        published = cells.published(without, unpublished)
        open_cells = cells.open(published)
        leaking = {name for name in open_cells if name not in unpublished}
        settled = {name for name in leaking if name in without and groups[name].labels}
        if not leaking - settled and not settled:
            return cells.tables(published, without, unpublished)
        unpublished |= settled | {name for name in leaking if not groups[name].labels}
        without |= leaking


class _Cells:
    """The counts of all questions, numbered, and the sums that bind them."""

    def __init__(
        self,
        groups: Mapping[str, Groups],
        several: Sequence[str],
        found: Sequence[Link],
        threshold: int,
    ) -> None:
        self._groups, self._several, self._threshold = groups, several, threshold
        self.counts: list[int] = []
        self._place: dict[tuple[str, int], int] = {}
        self._relations: list[Sum] = []
        self._public: list[int] = []
        people = self._add(next(iter(groups.values())).answered.size)
        self._public.append(people)
        for name, one in groups.items():
            self._question(name, one, people)
        self._nested: dict[int, set[str]] = {}  # people that only a subtraction tells
        self._together: list[int] = []
        for link in found:
            self._link(link)
        self._sums = Sums(len(self.counts), tuple(self._relations))

    def _add(self, count: int) -> int:
        self.counts.append(count)
        return len(self.counts) - 1

    def _question(self, name: str, groups: Groups, people: int) -> None:
        answered = self._place[name, ANSWERED] = self._add(groups.total)
        silent = self._place[name, SILENT] = self._add(self.counts[people] - groups.total)
        self._relations.append((people, (answered, silent)))
        size = len(groups.labels)
        for at, count in enumerate(groups.counts):
            self._place[name, at] = self._add(count)
        if name not in self._several:
            if size:
                parts = tuple(self._place[name, at] for at in range(size))
                self._relations.append((answered, parts))
            return
        # Readers are supposed to know how many answers were given in all.
        ticks = self._add(sum(groups.counts))
        self._public.append(ticks)
        self._relations.append((ticks, tuple(self._place[name, at] for at in range(size))))
        for at, count in enumerate(groups.counts):
            rest = self._place[name, size + at] = self._add(groups.total - count)
            self._relations.append((answered, (self._place[name, at], rest)))

    def _link(self, link: Link) -> None:
        """Bind two questions' answers that are the same people, the few more included."""
        left = [self._place[place] for place in link.left]
        right = tuple(self._place[place] for place in link.right)
        if link.rest:
            left.append(self._add(link.rest))
            self._nested[left[-1]] = {link.left[0][0], link.right[0][0]}
        if len(left) == 1:
            self._relations.append((left[0], right))
        elif len(right) == 1:
            self._relations.append((right[0], tuple(left)))
        else:
            together = self._add(link.people)
            self._together.append(together)
            self._relations += [(together, tuple(left)), (together, right)]

    def published(self, without: set[str], unpublished: set[str]) -> list[int | None]:
        """Return every count as it may be published, given the questions that show none.

        Readers are supposed to know where nobody stands, even of these questions.
        """
        hidden = [
            place
            for (name, at), place in self._place.items()
            if self.counts[place] and ((name in without and at >= 0) or name in unpublished)
        ]
        eligible = frozenset(
            at for at, count in enumerate(self.counts) if count and at not in self._public
        )
        primary = [
            place
            for (_, at), place in self._place.items()
            if at != SILENT and 1 <= self.counts[place] < self._threshold
        ]
        hidden += [*self._nested, *self._together]
        primary += self._nested
        if not primary:
            kept = set(hidden)
            return [None if at in kept else count for at, count in enumerate(self.counts)]
        needs = tuple(needs_of(self.counts, self._sums, eligible, primary, 1, self._threshold))
        found = suppress(
            self.counts, self._sums, self._threshold,
            public=self._public, hidden=hidden, needs=needs,
        )  # fmt: skip
        return list(found.published)

    def open(self, published: Sequence[int | None]) -> set[str]:
        """Return the questions of which a small count can still be worked out."""
        places = set(exposed(published, self.counts, self._sums, self._threshold))
        found = {
            name for (name, at), place in self._place.items() if place in places and at != SILENT
        }
        return found.union(*(self._nested[place] for place in places & set(self._nested)))

    def tables(
        self, published: Sequence[int | None], without: set[str], unpublished: set[str]
    ) -> dict[str, OwnTable]:
        """Return what is published by question; without its total, nothing is."""
        found = {}
        for name, one in self._groups.items():
            answered = published[self._place[name, ANSWERED]]
            if answered is None or name in unpublished:
                found[name] = OwnTable(None, None)
                continue
            counts = tuple(published[self._place[name, at]] for at in range(len(one.labels)))
            found[name] = OwnTable(answered, None if name in without or not counts else counts)
        return found
