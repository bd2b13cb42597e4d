"""Published tables → the same with weighted shares, where the answers can be weighted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from ctgsite.sources.surveys.groups import Flags, Groups
from ctgsite.sources.surveys.model import PublishedSurvey, QuestionResult
from ctgsite.sources.surveys.weighting import (
    Known,
    Margin,
    Partition,
    Weights,
    effective_of,
    rake,
    weighted_shares,
)

UNKNOWN_POPULATION = "la population à laquelle comparer les réponses n’est pas connue"


def weighted(
    found: PublishedSurvey,
    groups: Mapping[str, Groups],
    targets: Mapping[str, Sequence[float]] | None,
) -> PublishedSurvey:
    """Return a questionnaire with its weighted shares, or why it has none."""
    on = found.about.weighting.on if found.about.weighting else ()
    if targets is None or not set(on) <= set(targets):
        return replace(found, unweighted=UNKNOWN_POPULATION)
    titles = {question.id: question.title for question in found.questions}
    margins = [
        Margin(titles[name], groups[name].labels, groups[name].member, tuple(targets[name]))
        for name in on
    ]
    weights = rake(margins, found.about.threshold)
    if isinstance(weights, str):
        return replace(found, unweighted=weights)
    questions = tuple(
        _weighted(question, groups, on, weights, found.about.threshold)
        for question in found.questions
    )
    return replace(found, questions=questions, effective=effective_of(margins, weights))


def _weighted(
    question: QuestionResult,
    groups: Mapping[str, Groups],
    on: Sequence[str],
    weights: Weights,
    threshold: int,
) -> QuestionResult:
    if not question.rows or question.id in on:
        return question
    several = question.kind == "choix_multiple"
    partitions = [*_options(question, groups, on)] if several else [_whole(question, groups, on)]
    bounded = [row for name in on for row in _all_groups(groups[name])]
    shares, step = weighted_shares(partitions, weights, bounded, threshold)
    if not step:
        return question
    by_answer = {at: found[0] for at, found in enumerate(shares) if found} if several else shares[0]
    rows = tuple(replace(row, weighted=by_answer.get(at)) for at, row in enumerate(question.rows))
    return replace(question, rows=rows, step=step)


def _whole(question: QuestionResult, groups: Mapping[str, Groups], on: Sequence[str]) -> Partition:
    own = groups[question.id]
    answers = np.vstack([own.member, ~own.answered])
    shown = tuple(at for at, row in enumerate(question.rows) if row.count is not None)
    known = [*_margins(answers, groups, on)]
    known += [_of_all(answers, at) for at in (*shown, len(own.labels))]
    for at, label in enumerate(own.labels):
        known += _crossed(question, groups, on, label, at)
    return Partition(answers, shown, tuple(known))


def _options(
    question: QuestionResult, groups: Mapping[str, Groups], on: Sequence[str]
) -> Iterator[Partition]:
    """Yield each of several answers as given, not given, or silence."""
    own = groups[question.id]
    for at, row in enumerate(question.rows):
        answers = np.vstack([own.member[at], own.answered & ~own.member[at], ~own.answered])
        known = [*_margins(answers, groups, on), _of_all(answers, 2)]
        known += [_of_all(answers, 0)] * (row.count is not None)
        known += _crossed(question, groups, on, row.label, 0)
        yield Partition(answers, (0,) if row.count is not None else (), tuple(known))


def _margins(answers: Flags, groups: Mapping[str, Groups], on: Sequence[str]) -> Iterator[Known]:
    """Yield how many stand in each group: weighting asks that all are published."""
    everything = tuple(range(len(answers)))
    for name in on:
        for row in _all_groups(groups[name]):
            yield Known(everything, row, int(row.sum()))


def _all_groups(groups: Groups) -> Iterator[Flags]:
    yield from groups.member
    if not groups.answered.all():
        yield ~groups.answered


def _of_all(answers: Flags, at: int) -> Known:
    everyone = np.ones(answers.shape[1], dtype=bool)
    return Known((at,), everyone, int(answers[at].sum()))


def _crossed(
    question: QuestionResult,
    groups: Mapping[str, Groups],
    on: Sequence[str],
    label: str,
    place: int,
) -> Iterator[Known]:
    """Yield what crosses by the margins publish of one answer."""
    for cross in question.crosses:
        if cross.by not in on or label not in cross.columns:
            continue
        column = cross.columns.index(label)
        by = groups[cross.by]
        for row in cross.rows:
            count = row.counts[column]
            if count is not None:
                yield Known((place,), by.member[by.labels.index(row.label)], count)
