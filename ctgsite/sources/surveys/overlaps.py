"""Answers that are the same people under two questions: what one table tells of another.

“Si oui, …” is asked of those who said yes; “combien d’enfants” tells again who has none. Readers
know such links, so that tables bound by them are protected together. Whatever links answers in the
data is taken as known: one that is there by chance costs a few more masked counts, no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from ctgsite.sources.surveys.groups import Flags, Groups

Cell = tuple[str, int, Flags]  # question, place among its cells, who stands there
Link = tuple[Cell, tuple[Cell, ...]]

ANSWERED, SILENT = -1, -2  # places of those who answered, and of those who did not


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


def links(groups: Mapping[str, Groups], several: Sequence[str]) -> Iterator[Link]:
    """Yield each answer that is a union of another question's answers, silence included."""
    parted = {
        name: list(partitions(name, found, several=name in several))
        for name, found in groups.items()
    }
    for name, own in parted.items():
        for cell in (cell for part in own for cell in part if cell[1] >= 0):
            if not cell[2].any() or cell[2].all():
                continue
            for other, theirs in parted.items():
                for part in theirs if other != name else ():
                    union = tuple(one for one in part if (one[2] & cell[2]).any())
                    if not any((one[2] & ~cell[2]).any() for one in union):
                        yield cell, union


def linked_questions(found: Sequence[Link], threshold: int) -> frozenset[frozenset[str]]:
    """Return the pairs of questions that share answers given by enough people."""
    return frozenset(
        frozenset((cell[0], union[0][0]))
        for cell, union in found
        if int(np.sum(cell[2])) >= threshold
    )
