"""A questionnaire's answers → what may be published of it, question by question."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

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
    groups = {q.id: groups_of(q, survey.answers[q.id], about.threshold) for q in about.questions}
    several = [q.id for q in about.questions if q.kind == "choix_multiple"]
    found = list(links(groups, several, about.threshold))
    own = protect_tables(groups, several, found, about.threshold)
    crosses = publish_crosses(
        about.questions, groups, {name: table.counts for name, table in own.items()},
        linked_questions(found, about.threshold), about.threshold,
    )  # fmt: skip
    results = tuple(_result(q, groups[q.id], own[q.id], crosses[q.id]) for q in about.questions)
    published = PublishedSurvey(survey.id, about, survey.respondents, results)
    return published if about.weighting is None else weighted(published, groups, targets)


def _result(
    question: Question,
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
        median=_median(question, groups, own.counts),
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


def _median(question: Question, groups: Groups, counts: Shown | None) -> str:
    """Return the class where the middle of enough numbers lies: the middle itself is an answer.

    There is none where a class is masked, nor where the middle lies between two classes.
    """
    if question.kind != "nombre" or counts is None or len(counts) < 2:
        return ""
    known = [count for count in counts if count is not None]
    if len(known) < len(counts) or groups.total < LEAST_FOR_MEDIAN:
        return ""
    upto = list(itertools.accumulate(known))
    below, above = ((groups.total + more) // 2 for more in (1, 2))  # ranks of the middle
    places = {next(at for at, total in enumerate(upto) if total >= rank) for rank in (below, above)}
    return groups.labels[places.pop()] if len(places) == 1 else ""
