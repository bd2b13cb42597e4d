"""A questionnaire's answers → what may be published of it, question by question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from ctgsite.config.questionnaires import Question
from ctgsite.config.survey_files import SurveyAnswers
from ctgsite.sources.surveys.groups import Groups, groups_of
from ctgsite.sources.surveys.model import (
    Cross,
    CrossRow,
    OptionRow,
    PublishedSurvey,
    QuestionResult,
)
from ctgsite.sources.surveys.protection import (
    Grid,
    Shown,
    protect_cross,
    protect_multiple,
    protect_multiple_cross,
    protect_single,
    side_of,
)
from ctgsite.sources.surveys.weighted import weighted

LEAST_FOR_MEDIAN = 20


Targets = Mapping[str, Sequence[float]]  # the population's counts, by question


def publish_survey(survey: SurveyAnswers, targets: Targets | None = None) -> PublishedSurvey:
    """Return what may be published of a questionnaire.

    Args:
        survey: the answers.
        targets: the population by answer of each question that answers are weighted on; None where
            it is not known.
    """
    about = survey.about
    if survey.respondents < about.threshold:
        return PublishedSurvey(survey.id, about, None)
    groups = {q.id: groups_of(q, survey.answers[q.id]) for q in about.questions}
    own = {q.id: _protected(q, groups[q.id], about.threshold) for q in about.questions}
    results = tuple(_result(q, survey, groups, own) for q in about.questions)
    found = PublishedSurvey(survey.id, about, survey.respondents, results)
    return found if about.weighting is None else weighted(found, groups, targets)


def _protected(question: Question, groups: Groups, threshold: int) -> Shown | None:
    """Return the published counts of a question, None where there are none to publish."""
    if groups.total < threshold or not groups.labels:
        return None
    if question.kind == "choix_multiple":
        return protect_multiple(groups, threshold)
    return protect_single(groups, threshold)


def _result(
    question: Question,
    survey: SurveyAnswers,
    groups: Mapping[str, Groups],
    own: Mapping[str, Shown | None],
) -> QuestionResult:
    found, total = groups[question.id], groups[question.id].total
    counts = own[question.id]
    return QuestionResult(
        id=question.id,
        title=question.title,
        kind=question.kind,
        answered=total if total >= survey.about.threshold else None,
        rows=_rows(question, found, counts),
        median=_median(question, survey, counts),
        crosses=tuple(_crosses(question, survey, groups, own)),
        unit=question.unit,
        theme=question.theme or "",
        findings=question.findings,
        role=question.role,
    )


def _rows(question: Question, groups: Groups, counts: Shown | None) -> tuple[OptionRow, ...]:
    compared = [choice.census for choice in question.choices] or [()] * len(groups.labels)
    pairs = zip(groups.labels, counts or (), compared, strict=False)
    return tuple(
        OptionRow(
            label, count, None if count is None else 100 * count / groups.total, census=census
        )
        for label, count, census in pairs
    )


def _median(question: Question, survey: SurveyAnswers, counts: Shown | None) -> float | None:
    """Return the median of enough numbers; none where a class is masked, which it would bound."""
    if question.kind != "nombre" or counts is None or None in counts:
        return None
    values = [float(a) for a in survey.answers[question.id] if isinstance(a, int | float)]
    return float(np.median(values)) if len(values) >= LEAST_FOR_MEDIAN else None


def _crosses(
    question: Question,
    survey: SurveyAnswers,
    groups: Mapping[str, Groups],
    own: Mapping[str, Shown | None],
) -> Iterator[Cross]:
    """Yield the question told by each of the others that it names."""
    by_id = {other.id: other for other in survey.about.questions}
    for name in question.crossed_by:
        other = by_id[name]
        lines = _cross(question, other, survey.about.threshold, groups, own)
        if lines is None:
            yield Cross(other.id, other.title)
            continue
        counts, totals = own[question.id] or (), own[other.id] or ()
        columns = [label for label, n in zip(groups[question.id].labels, counts, strict=True) if n]
        named = [
            (label, total)
            for label, total in zip(groups[other.id].labels, totals, strict=True)
            if total
        ]
        rows = (CrossRow(*pair, line) for pair, line in zip(named, lines, strict=True))
        yield Cross(other.id, other.title, tuple(columns), tuple(rows))


def _cross(
    question: Question,
    other: Question,
    threshold: int,
    groups: Mapping[str, Groups],
    own: Mapping[str, Shown | None],
) -> Grid | None:
    counts, totals = own[question.id], own[other.id]
    if counts is None or totals is None:
        return None
    by = side_of(groups[other.id], totals)
    if question.kind == "choix_multiple":
        return protect_multiple_cross(groups[question.id], counts, by, threshold)
    return protect_cross(side_of(groups[question.id], counts), by, threshold)
