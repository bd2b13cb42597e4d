"""What is published of a questionnaire is a file: every answer a row, masked counts as such."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from frictionless import Package
from testville import unanswered

from ctgsite.config.questionnaires import SurveyFile
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.diagnostic.survey_model import SurveyResult
from ctgsite.pages.downloads import render_downloads
from ctgsite.sources.surveys.model import (
    Cross,
    CrossRow,
    OptionRow,
    PublishedSurvey,
    QuestionResult,
)

CREATED = datetime(2026, 1, 1, tzinfo=UTC)
PATH = "donnees/questionnaires/besoins-resultats.csv"
ABOUT = {
    "titre": "Vos besoins",
    "public": "Familles",
    "finalite": "préparer la convention",
    "information": "en tête",
    "conservation_jusqu_au": "2027-06-30",
    "questions": [{"id": "avis", "intitule": "Utile ?", "type": "texte"}],
}


def surveyed(diagnostic: Diagnostic) -> Diagnostic:
    """Return the diagnostic with a questionnaire: a crossed question, and one withheld."""
    cross = Cross(
        "age",
        "Quel âge ?",
        ("Oui", "Non"),
        (CrossRow("Jeunes", 20, (15, None)), CrossRow("Autres", 30, (None, None))),
    )
    rows = (OptionRow("Oui", 40, 80.0, 78.0), OptionRow("Non", None))
    asked = (
        QuestionResult("avis", "Utile ?", "choix", 50, rows, crosses=(cross,), step=1),
        QuestionResult("rare", "=1+1 ?", "choix", None),
    )
    about = SurveyFile.model_validate(ABOUT)
    survey = SurveyResult(PublishedSurvey("besoins", about, 50, asked))
    return replace(diagnostic, surveys=(survey, unanswered("libre", "idees")))


def files(diagnostic: Diagnostic) -> dict[str, bytes]:
    return {str(a.path): a.content for a in render_downloads(diagnostic, CREATED)}


def rows(diagnostic: Diagnostic) -> list[tuple[str, ...]]:
    """Return the rows of the questionnaire, from the crossing question on."""
    text = files(diagnostic)[PATH].decode()
    return [tuple(row)[3:] for row in csv.reader(io.StringIO(text))]


def test_each_answer_is_a_row_whole_then_group_by_group(diagnostic: Diagnostic) -> None:
    assert rows(surveyed(diagnostic))[:7] == [
        ("selon", "groupe", "reponse", "effectif", "base", "part", "part_redressee", "remarque"),
        ("", "", "Oui", "40", "50", "80", "78", ""),
        ("", "", "Non", "secret", "50", "secret", "secret", ""),
        ("Quel âge ?", "Jeunes", "Oui", "15", "20", "75", "", ""),
        ("Quel âge ?", "Jeunes", "Non", "secret", "20", "secret", "", ""),
        ("Quel âge ?", "Autres", "Oui", "secret", "30", "secret", "", ""),
        ("Quel âge ?", "Autres", "Non", "secret", "30", "secret", "", ""),
    ]


def test_a_question_of_which_nothing_is_published_says_why(diagnostic: Diagnostic) -> None:
    *empty, why = rows(surveyed(diagnostic))[7]
    assert set(empty) == {""}
    assert why.startswith("Moins de 5 personnes ont répondu")


def test_a_questionnaire_without_published_answers_has_no_file(diagnostic: Diagnostic) -> None:
    found = files(surveyed(diagnostic))
    assert [name for name in found if "questionnaires/" in name] == [PATH]


def test_invented_answers_are_said_to_be_on_each_row(diagnostic: Diagnostic) -> None:
    territory = diagnostic.territory.model_copy(update={"fictitious": True})
    invented = rows(surveyed(replace(diagnostic, territory=territory)))[1:]
    assert all(row[-1].startswith("Contenu fictif") for row in invented)


def test_the_data_package_describes_it_and_its_masked_cells(
    diagnostic: Diagnostic, tmp_path: Path
) -> None:
    for path, content in files(surveyed(diagnostic)).items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    path = tmp_path / "donnees" / "datapackage.json"
    (resource,) = (
        one
        for one in json.loads(path.read_bytes())["resources"]
        if one["path"] == "questionnaires/besoins-resultats.csv"
    )
    assert resource["schema"]["missingValues"] == ["", "secret"]
    report = Package(str(path)).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
