"""A questionnaire's answers → what may be published of it, question by question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ctgsite.config.questionnaires import Question
from ctgsite.config.survey_files import SurveyAnswers
from ctgsite.sources.surveys.crosses import publish_crosses
from ctgsite.sources.surveys.groups import Groups, groups_of
from ctgsite.sources.surveys.model import Cross, OptionRow, PublishedSurvey, QuestionResult
from ctgsite.sources.surveys.overlaps import linked_questions, links
from ctgsite.sources.surveys.own_tables import OwnTable, Shown, protect_tables
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
    several = [q.id for q in about.questions if q.kind == "choix_multiple"]
    found = list(links(groups, several))
    own = protect_tables(groups, several, found, about.threshold)
    crosses = publish_crosses(
        about.questions, groups, {name: table.counts for name, table in own.items()},
        linked_questions(found, about.threshold), about.threshold,
    )  # fmt: skip
    results = tuple(
        _result(q, survey, groups[q.id], own[q.id], crosses[q.id]) for q in about.questions
    )
    published = PublishedSurvey(survey.id, about, survey.respondents, results)
    return published if about.weighting is None else weighted(published, groups, targets)


def _result(
    question: Question,
    survey: SurveyAnswers,
    groups: Groups,
    own: OwnTable,
    crosses: tuple[Cross, ...],
) -> QuestionResult:
    return QuestionResult(
        id=question.id,
        title=question.title,
        kind=question.kind,
        answered=own.answered,
        rows=_rows(question, groups, own.counts),
        median=_median(question, survey, own.counts),
        crosses=crosses,
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
