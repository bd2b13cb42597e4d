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

    Two crosses of linked questions tell of the same people: neither is published, unless nothing at
    all is masked in both.
    """
    by_id = {question.id: question for question in questions}
    asked = [(question.id, name) for question in questions for name in question.crossed_by]
    lines = {
        (name, by): _cross(by_id[name], by_id[by], groups, own, threshold) for name, by in asked
    }
    whole = {
        (name, by): _is_whole(found, own[name], own[by]) for (name, by), found in lines.items()
    }

    def is_told(pair: tuple[str, str]) -> bool:
        met = [other for other in asked if other != pair and _overlap(pair, other, linked)]
        return not met or all(whole[other] for other in (pair, *met))

    def cross(name: str, by: str) -> Cross:
        found = lines[name, by] if is_told((name, by)) else None
        if found is None:
            return Cross(by, by_id[by].title)
        columns = tuple(label for label, _ in _published(groups[name], own[name]))
        rows = zip(_published(groups[by], own[by]), found, strict=True)
        told = tuple(CrossRow(*group, line) for group, line in rows)
        return Cross(by, by_id[by].title, columns, told)

    return {
        question.id: tuple(cross(question.id, by) for by in dict.fromkeys(question.crossed_by))
        for question in questions
    }


def _overlap(pair: tuple[str, str], other: tuple[str, str], linked: Links) -> bool:
    """Whether two crosses tell of the same people on both of their sides."""
    return all(_meet(one, another, linked) for one, another in zip(pair, other, strict=True))


def _meet(one: str, other: str, linked: Links) -> bool:
    return one == other or frozenset((one, other)) in linked


def _is_whole(lines: Grid | None, *own: Shown | None) -> bool:
    if lines is None:
        return False
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
