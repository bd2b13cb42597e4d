"""Questionnaires → figures: a chart, its sentence and its table for each question and cross."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ctgsite.diagnostic.survey_model import Profile, SurveyResult
from ctgsite.pages.blocks import Block, Passage, Workshop
from ctgsite.pages.charts import as_json
from ctgsite.pages.charts.answers import (
    MOST_PARTS,
    SYMBOLS,
    answers_chart,
    crossed_chart,
    dots_chart,
    profile_chart,
)
from ctgsite.pages.french import NBSP, number
from ctgsite.pages.survey_sentences import (
    SECRET,
    cross_notes,
    masked_sentence,
    notes,
    profile_reading,
    reading,
    share,
    withheld,
)
from ctgsite.pages.tables import Cell, Table
from ctgsite.sources.surveys.model import Cross, PublishedSurvey, QuestionResult

METHOD = "questionnaires"  # anchor on the page of methods


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question on a page: its figure or, without one, why; then its crosses.

    Attributes:
        told: what stands in place of a figure; "" with one.
        absent: titles of the crosses that are not published.
        findings: indicators that the question speaks to.
    """

    anchor: str
    title: str
    block: Block | None
    told: str = ""
    crosses: tuple[Block, ...] = ()
    absent: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


def question_views(result: SurveyResult) -> tuple[QuestionView, ...]:
    """Return all questions of a questionnaire, in order."""
    return tuple(_view(question, result.published) for question in result.published.questions)


def theme_survey_blocks(results: Iterable[SurveyResult], theme: str) -> tuple[Block, ...]:
    """Return the figures of the questions that name a theme."""
    return tuple(
        _question_block(question, result.published)
        for result in results
        for question in result.on_theme(theme)
    )


def anchor_of(survey: str, question: str) -> str:
    """Return the anchor of a question, on its questionnaire's page and on that of its theme."""
    return f"question-{survey}-{question}"


def profile_blocks(result: SurveyResult, workshop: Workshop) -> tuple[Block, ...]:
    """Return who answered beside who lives there, one figure a question of profile."""
    return tuple(_profile_block(profile, result.published, workshop) for profile in result.profiles)


def _view(question: QuestionResult, survey: PublishedSurvey) -> QuestionView:
    anchor = anchor_of(survey.id, question.id)
    if not question.rows:
        told = withheld(question, survey.about.threshold)
        return QuestionView(anchor, question.title, None, told, findings=question.findings)
    return QuestionView(
        anchor,
        question.title,
        _question_block(question, survey),
        crosses=tuple(_cross_block(question, c, survey) for c in question.crosses if c.rows),
        absent=tuple(cross.title for cross in question.crosses if not cross.rows),
        findings=question.findings,
    )


def _question_block(question: QuestionResult, survey: PublishedSurvey) -> Block:
    drawn = [
        (row.label, row.share or 0.0, SECRET if row.count is None else share(row.share or 0.0))
        for row in question.rows
    ]
    return Block(
        id=anchor_of(survey.id, question.id),
        heading=question.title,
        name=question.title,
        chart=as_json(answers_chart(drawn)),
        passages=(Passage((reading(question), *notes(question, survey.about.threshold))),),
        table=_table(question),
        sources=(source_of(survey),),
        method=METHOD,
    )


def source_of(survey: PublishedSurvey) -> str:
    """Return the credit of a questionnaire's figures."""
    end = survey.about.end or survey.about.start
    dated = f", {end.year}" if end else ""
    return f"questionnaire «{NBSP}{survey.about.title}{NBSP}»{dated}"


def _table(question: QuestionResult) -> Table:
    columns = ["Réponse", "Effectif", "Part"]
    if question.step:
        columns.append("Part redressée (estimée)")
    rows = []
    for row in question.rows:
        cells = [Cell(row.label), Cell(_count(row.count), number=True)]
        cells.append(Cell(SECRET if row.share is None else share(row.share), number=True))
        if question.step:
            shown = SECRET if row.weighted is None else _weighted(row.weighted, question.step)
            cells.append(Cell(shown, number=True))
        rows.append(tuple(cells))
    if question.kind != "choix_multiple" and question.answered is not None:
        whole = [Cell("Ensemble"), Cell(number(question.answered), number=True)]
        rows.append((*whole, *(Cell(share(100.0), number=True) for _ in columns[2:])))
    answered = f"{number(question.answered or 0)} réponses"
    return Table(f"{question.title} ({answered})", tuple(columns), tuple(rows))


def _weighted(value: float, step: int) -> str:
    return share(value) if step == 1 else f"environ {share(value)}"


def _count(count: int | None) -> str:
    return SECRET if count is None else number(count)


def _cross_block(question: QuestionResult, cross: Cross, survey: PublishedSurvey) -> Block:
    title = f"{question.title} – selon la question {_quoted(cross.title)}"
    return Block(
        id=f"{anchor_of(survey.id, question.id)}-{cross.by}",
        heading=f"Selon la question {_quoted(cross.title)}",
        name=title,
        chart=_cross_chart(question, cross),
        passages=(Passage(tuple(cross_notes(question, cross, survey.about.threshold))),),
        table=_cross_table(cross, title),
        sources=(source_of(survey),),
        method=METHOD,
    )


def _quoted(title: str) -> str:
    return f"«{NBSP}{title}{NBSP}»"


def _cross_chart(question: QuestionResult, cross: Cross) -> str:
    """Return stacked bars, what is masked and silent last, or marks where answers overlap."""
    groups = [row.label for row in cross.rows]
    if question.kind == "choix_multiple" and len(groups) <= len(SYMBOLS):
        marks = [
            [None if count is None else 100 * count / row.total for count in row.counts]
            for row in cross.rows
        ]
        return as_json(dots_chart(groups, cross.columns, marks))
    if question.kind == "choix_multiple" or len(cross.columns) > MOST_PARTS:
        return ""
    shares = [[100 * (count or 0) / row.total for count in row.counts] for row in cross.rows]
    return as_json(crossed_chart(groups, cross.columns, shares))


def _cross_table(cross: Cross, title: str) -> Table:
    rows = tuple(
        (
            Cell(row.label),
            Cell(number(row.total), number=True),
            *(Cell(_crossed(count, row.total), number=True) for count in row.counts),
        )
        for row in cross.rows
    )
    return Table(title, ("Groupe", "Effectif", *cross.columns), rows)


def _crossed(count: int | None, total: int) -> str:
    return SECRET if count is None else f"{number(count)} ({share(100 * count / total)})"


def _profile_block(profile: Profile, survey: PublishedSurvey, workshop: Workshop) -> Block:
    drawn = [
        (
            row.label,
            row.share,
            row.expected,
            SECRET if row.share is None else share(row.share),
            share(row.expected),
        )
        for row in profile.rows
    ]
    rows = tuple(
        (
            Cell(label),
            Cell(_count(row.count), number=True),
            Cell(own, number=True),
            *([Cell(number(row.population), number=True)] if row.population is not None else []),
            Cell(there, number=True),
        )
        for row, (label, _, _, own, there) in zip(profile.rows, drawn, strict=True)
    )
    masked = any(row.count is None for row in profile.rows)
    told = [profile_reading(profile), *([masked_sentence(survey.about.threshold)] * masked)]
    counted = all(row.population is not None for row in profile.rows)
    columns = (
        "Groupe",
        "Réponses",
        "Part des réponses",
        *([f"Population en {profile.year}"] if counted else []),
        f"Part de la population en {profile.year}",
    )
    name = f"Qui a répondu – {profile.title}"
    return Block(
        id=f"profil-{survey.id}-{profile.question}",
        heading=f"Réponses et population{NBSP}: {_quoted(profile.title)}",
        name=name,
        chart=as_json(profile_chart(drawn)),
        passages=(Passage(tuple(told)),),
        table=Table(name, columns, rows),
        sources=(source_of(survey), *workshop.named(profile.origins)),
        method=METHOD,
    )
