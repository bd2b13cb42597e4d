"""A territory's questionnaires: each description and the answers beside it, read and checked.

What leaves holds every respondent's answers, free texts excepted, which are only counted: only
`sources.surveys`, which masks what is small, may read it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from ctgsite.config.delimited import Delimited, Line
from ctgsite.config.fields import SLUG_PATTERN
from ctgsite.config.known import KnownNames
from ctgsite.config.positions import Document, read_yaml
from ctgsite.config.questionnaires import FOLDER, RESULTS, SurveyFile
from ctgsite.config.spreadsheets import WORKBOOK_NAMES, not_csv
from ctgsite.config.survey_cells import Answer, answer_of
from ctgsite.config.survey_checks import check_survey
from ctgsite.config.survey_columns import Columns, columns_of
from ctgsite.config.survey_text import read_export
from ctgsite.config.validation import validate
from ctgsite.errors import ConfigError, Place, Problem


@dataclass(frozen=True, slots=True)
class SurveyAnswers:
    """A questionnaire and, for each of its questions, one answer a respondent."""

    id: str
    about: SurveyFile
    answers: dict[str, tuple[Answer, ...]] = field(repr=False)

    @property
    def respondents(self) -> int:
        """How many people answered at least one question."""
        return len(next(iter(self.answers.values())))


def read_surveys(
    folder: Path,
    workspace: Path,
    known: KnownNames,
    themes: Collection[str],
    indicators: Collection[str],
) -> tuple[tuple[SurveyAnswers, ...], tuple[Problem, ...]]:
    """Return the questionnaires of a territory's folder, and everything wrong with them.

    Args:
        folder: `territories/<slug>`.
        workspace: what the places of problems are relative to.
        known: names of areas.
        themes: those that a question may belong to.
        indicators: those that a question may speak to.
    """
    surveys: list[SurveyAnswers] = []
    problems: list[Problem] = []
    files = sorted((folder / FOLDER).glob("*"))
    for path in files:
        shown = path.relative_to(workspace)
        if path.suffix.lower() in WORKBOOK_NAMES:
            problems.append(Problem(not_csv("un classeur"), Place(shown)))
        elif path.suffix.lower() == ".csv" and path.with_suffix(".yml") not in files:
            message = f"il manque la description de ce questionnaire : « {path.stem}.yml » à côté"
            problems.append(Problem(message, Place(shown)))
        elif path.suffix == ".yml":
            survey, found = _read_survey(path, workspace, known, themes, indicators)
            problems.extend(found)
            surveys += [survey] if survey else []
    return tuple(surveys), tuple(problems)


def _read_survey(
    path: Path,
    workspace: Path,
    known: KnownNames,
    themes: Collection[str],
    indicators: Collection[str],
) -> tuple[SurveyAnswers | None, list[Problem]]:
    """Return one questionnaire, where nothing is wrong with its two files, and what is."""
    data = path.with_suffix(".csv")
    try:
        document = read_yaml(path, workspace)
        about, faults = validate(SurveyFile, document)
        problems = [*faults, *_file_problems(document, data)]
        problems += check_survey(document, known, themes, indicators)
        if about is None or not data.is_file():
            return None, problems
        table = read_export(data, data.relative_to(workspace))
    except ConfigError as error:
        return None, list(error.problems)
    columns, found = columns_of(about.questions, table, document)
    problems += found
    answers, wrong = _answers(about, columns, table)
    problems += wrong
    if any(not problem.warning for problem in problems):
        return None, problems
    return SurveyAnswers(path.stem, about, answers), problems


def _file_problems(document: Document, data: Path) -> list[Problem]:
    problems = []
    if not re.fullmatch(SLUG_PATTERN, data.stem):
        message = (
            f"« {data.stem} » sera l’adresse du questionnaire : renommez ses deux fichiers en "
            "minuscules sans accent, chiffres et tirets"
        )
        problems.append(document.problem(message))
    if not data.is_file() and not data.with_suffix(RESULTS).is_file():
        message = (
            f"les réponses manquent : le fichier « {data.name} » est attendu à côté, ou "
            f"« {data.stem}{RESULTS} », que « ctgsite freeze » écrit avant qu’on les supprime"
        )
        problems.append(document.problem(message))
    return problems


def _answers(
    about: SurveyFile, columns: dict[str, Columns], table: Delimited
) -> tuple[dict[str, tuple[Answer, ...]], list[Problem]]:
    """Return the answers by question; a line without any is no respondent."""
    problems: list[Problem] = []
    rows: list[list[Answer]] = []
    asked = [question for question in about.questions if question.id in columns]
    used = [place for question in asked for place in columns[question.id].places]
    for line in table.lines:
        if fault := _width_fault(line, len(table.header.cells)):
            problems.append(fault)
            continue
        if not any(line.cells[place] for place in used):
            continue
        read = [answer_of(question, columns[question.id], line) for question in asked]
        rows.append([answer for answer, _ in read])
        problems += [fault for _, found in read for fault in found]
    if not table.lines:
        problems.append(Problem("ce fichier n’a aucune réponse", table.header.place(0)))
    return {q.id: tuple(row[at] for row in rows) for at, q in enumerate(asked)}, problems


def _width_fault(line: Line, width: int) -> Problem | None:
    if len(line.cells) == width:
        return None
    cells = f"{len(line.cells)} case{'s' * (len(line.cells) > 1)}"
    message = f"cette ligne a {cells} au lieu de {width} : une par colonne"
    return Problem(message, line.place(0))
