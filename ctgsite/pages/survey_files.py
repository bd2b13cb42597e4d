"""What is published of each questionnaire, as a file: one row an answer, masked counts as such.

Nothing is in it that the questionnaire's page does not show.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.columns import Column, cell_text, csv_resource, required_field
from ctgsite.pages.model import Asset
from ctgsite.pages.survey_sentences import SECRET, masked_sentence, withheld
from ctgsite.sources.surveys.model import Cross, PublishedSurvey, QuestionResult

FOLDER = PurePosixPath("donnees") / "questionnaires"
COLUMNS = (
    Column("question", "string", "Identifiant de la question"),
    Column("intitule", "string", "La question, telle qu’elle a été posée"),
    Column("theme", "string", "Thématique, s’il y en a une"),
    Column("selon", "string", "Question qui forme les groupes ; vide pour l’ensemble"),
    Column("groupe", "string", "Groupe de répondants ; vide pour l’ensemble"),
    Column("reponse", "string", "Réponse"),
    Column("effectif", "integer", "Nombre de réponses ; « secret » où il est masqué"),
    Column("base", "integer", "Personnes sur lesquelles la part est calculée"),
    Column("part", "number", "Part de la base, en % ; « secret » où l’effectif est masqué"),
    Column(
        "part_redressee",
        "number",
        "Part une fois les réponses redressées sur la population, en %, estimée et arrondie",
    ),
    Column("remarque", "string", "Si la réponse est inventée ; pourquoi rien n’est publié"),
)
INVENTED = "Contenu fictif : réponses inventées pour montrer l’outil."
_FILLED = ("question", "intitule")

Row = tuple[str | float | None, ...]


def survey_files(diagnostic: Diagnostic) -> tuple[Asset, ...]:
    """Return the file of each questionnaire of which something is published."""
    told = INVENTED if diagnostic.territory.fictitious else ""
    surveys = published_surveys(diagnostic)
    return tuple(Asset(path_of(survey), _csv(survey_rows(survey, told))) for survey in surveys)


def published_surveys(diagnostic: Diagnostic) -> tuple[PublishedSurvey, ...]:
    """Return the questionnaires of which some question has published answers."""
    found = (result.published for result in diagnostic.surveys)
    return tuple(survey for survey in found if any(q.rows for q in survey.questions))


def path_of(survey: PublishedSurvey) -> PurePosixPath:
    """Return where a questionnaire's file stands on the site."""
    return FOLDER / f"{survey.id}-resultats.csv"  # never the name of the answers


def survey_resource(survey: PublishedSurvey) -> dict[str, Any]:
    """Return the description of a questionnaire's file in the Data Package."""
    fields = [
        required_field(column) if column.name in _FILLED else column.described for column in COLUMNS
    ]
    schema = {"fields": fields, "missingValues": ["", SECRET]}
    path = path_of(survey).relative_to("donnees").as_posix()
    name = f"questionnaires.{survey.id}"
    return csv_resource(name, path, survey.about.title, schema) | {
        "description": masked_sentence(survey.about.threshold),
        "sources": [{"title": f"Questionnaire : {survey.about.title}"}],
        "licenses": [{"name": "notspecified", "title": "À demander à l’éditeur du site"}],
    }


def survey_rows(survey: PublishedSurvey, remark: str = "") -> Iterator[Row]:
    """Yield the rows of a questionnaire: each question as a whole, then group by group.

    Each bears the remark; that of a question of which nothing is published also says why.
    """
    for question in survey.questions:
        about = (question.id, question.title, question.theme)
        if not question.rows:
            told = withheld(question, survey.about.threshold)
            why = " ".join(filter(None, (remark, told)))
            yield (*about, "", "", "", None, question.answered, None, None, why)
            continue
        for row in _answers(question):
            yield (*about, *row, remark)
        for cross in question.crosses:
            for row in _crossed(cross):
                yield (*about, *row, remark)


def _answers(question: QuestionResult) -> Iterator[Row]:
    for row in question.rows:
        weighted = (_or_secret(row.weighted) if question.step else None,)
        counted = (_or_secret(row.count), question.answered, _or_secret(row.share))
        yield ("", "", row.label, *counted, *weighted)


def _crossed(cross: Cross) -> Iterator[Row]:
    for group in cross.rows:
        for answer, count in zip(cross.columns, group.counts, strict=True):
            part = None if count is None else 100 * count / group.total
            counted = (_or_secret(count), group.total, _or_secret(part))
            yield (cross.title, group.label, answer, *counted, None)


def _or_secret(value: float | None) -> str | float:
    return SECRET if value is None else value


def _csv(rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows(_texts(row) for row in rows)
    return text.getvalue().encode()


def _texts(row: Iterable[str | float | None]) -> list[str]:
    return [cell_text(value) for value in row]
