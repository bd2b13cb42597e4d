"""Questions told group by group: which crosses are published, and what each shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ctgsite.config.questionnaires import Question
from ctgsite.sources.surveys.groups import Groups
from ctgsite.sources.surveys.model import Cross, CrossRow
from ctgsite.sources.surveys.own_tables import Shown
from ctgsite.sources.surveys.protection import (
    Grid,
    protect_cross,
    protect_multiple_cross,
    side_of,
)

Links = frozenset[frozenset[str]]


def publish_crosses(
    questions: Sequence[Question],
    groups: Mapping[str, Groups],
    own: Mapping[str, Shown | None],
    linked: Links,
    threshold: int,
) -> dict[str, tuple[Cross, ...]]:
    """Return the crosses of each question, without rows where they are not published.

    Two crosses of linked questions tell of the same people: the second is not published, unless
    nothing at all is masked in either.
    """
    by_id = {question.id: question for question in questions}
    shown: list[tuple[str, str, bool]] = []  # question, groups, whether all of it is published
    found: dict[str, tuple[Cross, ...]] = {}
    for question in questions:
        crosses = []
        for name in question.crossed_by:
            other = by_id[name]
            lines = _cross(question, other, groups, own, threshold)
            whole = lines is not None and _is_whole(lines, own[question.id], own[name])
            met = any(
                _meet(question.id, earlier, linked) and _meet(name, by, linked)
                and not (whole and entire)
                for earlier, by, entire in shown
            )  # fmt: skip
            if lines is None or met:
                crosses.append(Cross(other.id, other.title))
                continue
            shown.append((question.id, name, whole))
            columns = _published(groups[question.id], own[question.id])
            rows = zip(_published(groups[name], own[name]), lines, strict=True)
            crosses.append(
                Cross(
                    other.id,
                    other.title,
                    tuple(label for label, _ in columns),
                    tuple(CrossRow(*group, line) for group, line in rows),
                )
            )
        found[question.id] = tuple(crosses)
    return found


def _meet(one: str, other: str, linked: Links) -> bool:
    return one == other or frozenset((one, other)) in linked


def _is_whole(lines: Grid, *own: Shown | None) -> bool:
    cells = [count for line in lines for count in line]
    return None not in cells and not any(None in (counts or ()) for counts in own)


def _published(groups: Groups, own: Shown | None) -> list[tuple[str, int]]:
    pairs = zip(groups.labels, own or (), strict=True)
    return [(label, count) for label, count in pairs if count]


def _cross(
    question: Question,
    other: Question,
    groups: Mapping[str, Groups],
    own: Mapping[str, Shown | None],
    threshold: int,
) -> Grid | None:
    counts, totals = own[question.id], own[other.id]
    if counts is None or totals is None:
        return None
    by = side_of(groups[other.id], totals)
    if question.kind == "choix_multiple":
        return protect_multiple_cross(groups[question.id], counts, by, threshold)
    return protect_cross(side_of(groups[question.id], counts), by, threshold)
