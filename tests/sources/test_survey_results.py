"""What a questionnaire publishes, worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from ctgsite.config.questionnaires import SurveyFile
from ctgsite.config.survey_cells import Answer
from ctgsite.config.survey_files import SurveyAnswers
from ctgsite.sources.surveys.model import QuestionResult
from ctgsite.sources.surveys.results import publish_survey

YES_NO = [{"libelle": "Oui"}, {"libelle": "Non"}]


def about(*questions: dict[str, Any], **more: Any) -> SurveyFile:
    raw = {
        "titre": "Essai", "public": "Tous", "finalite": "f", "information": "i",
        "conservation_jusqu_au": "2027-01-01", "questions": list(questions),
    }  # fmt: skip
    return SurveyFile.model_validate({**raw, **more})


def result(question: dict[str, Any], answers: list[Answer]) -> QuestionResult:
    asked = about({"id": "q", "intitule": "Question", **question})
    (found,) = publish_survey(SurveyAnswers("s", asked, {"q": tuple(answers)})).questions
    return found


def test_shares_are_of_those_who_answered() -> None:
    found = result({"type": "choix", "modalites": YES_NO}, [0] * 30 + [1] * 10 + [None] * 60)
    assert found.answered == 40
    assert [(row.count, row.share) for row in found.rows] == [(30, 75.0), (10, 25.0)]


def test_several_answers_add_up_to_more_than_all() -> None:
    answers: list[Answer] = [frozenset({0, 1})] * 20 + [frozenset({0})] * 20
    found = result({"type": "choix_multiple", "modalites": YES_NO}, answers)
    assert [(row.count, row.share) for row in found.rows] == [(40, 100.0), (20, 50.0)]


def test_a_small_count_is_masked_and_another_with_it() -> None:
    three = [*YES_NO, {"libelle": "Ne sait pas"}]
    found = result({"type": "choix", "modalites": three}, [0] * 40 + [1] * 20 + [2] * 3)
    assert [row.count for row in found.rows] == [40, None, None]
    assert [row.share for row in found.rows][1:] == [None, None]


def test_the_few_who_did_not_give_an_answer_are_masked_too() -> None:
    answers: list[Answer] = [frozenset({0})] * 38 + [frozenset({1})] * 2
    found = result({"type": "choix_multiple", "modalites": YES_NO}, answers)
    assert [row.count for row in found.rows] == [None, None]


def test_numbers_are_told_by_class_with_their_median() -> None:
    asked = {"type": "nombre", "classes": [10, 20], "minimum": 0}
    found = result(asked, [5.0] * 10 + [15.0] * 15 + [30.0] * 10)
    assert [(row.label, row.count) for row in found.rows] == [
        ("Moins de 10", 10), ("De 10 à 19", 15), ("20 ou plus", 10),
    ]  # fmt: skip
    assert found.median == "De 10 à 19"
    assert result(asked, [5.0] * 15 + [15.0] * 7 + [30.0] * 8).median == ""  # between two classes


def test_no_median_of_few_numbers_nor_beside_a_masked_class() -> None:
    asked = {"type": "nombre", "classes": [10]}
    assert result(asked, [5.0] * 9 + [15.0] * 10).median == ""
    assert result(asked, [5.0] * 20 + [15.0] * 2).median == ""


def test_classes_of_one_s_own_are_open_at_both_ends_so_that_no_extreme_is_told() -> None:
    answers: list[Answer] = [float(value) for value in range(20, 60)] * 2 + [97.0]
    labels = [row.label for row in result({"type": "nombre"}, answers).rows]
    assert labels[0].startswith("Moins de ")
    assert labels[-1].endswith(" ou plus")
    assert not any("97" in label for label in labels)


def test_of_free_texts_only_their_number_is_known() -> None:
    found = result({"type": "texte"}, [True] * 12 + [None] * 5)
    assert (found.answered, found.rows) == (12, ())


@pytest.mark.parametrize("answered", [1, 4])
def test_a_question_that_few_answered_publishes_nothing(answered: int) -> None:
    answers: list[Answer] = [0] * answered + [None] * 30
    survey = SurveyAnswers(
        "s",
        about(
            {"id": "q", "intitule": "Q", "type": "choix", "modalites": YES_NO},
            {"id": "r", "intitule": "R", "type": "choix", "modalites": YES_NO},
        ),
        {"q": tuple(answers), "r": (0,) * len(answers)},
    )
    found = publish_survey(survey).questions[0]
    assert (found.answered, found.rows) == (None, ())


def test_a_cross_is_told_group_by_group() -> None:
    asked = about(
        {"id": "age", "intitule": "Âge", "type": "choix",
         "modalites": [{"libelle": "Jeunes"}, {"libelle": "Aînés"}]},
        {"id": "q", "intitule": "Q", "type": "choix", "modalites": YES_NO, "croiser_par": ["age"]},
    )  # fmt: skip
    ages: tuple[Answer, ...] = (0,) * 30 + (1,) * 30
    answers: tuple[Answer, ...] = (0,) * 20 + (1,) * 10 + (0,) * 8 + (1,) * 22
    found = publish_survey(SurveyAnswers("s", asked, {"age": ages, "q": answers}))
    (cross,) = found.questions[1].crosses
    assert cross.columns == ("Oui", "Non")
    assert [(row.label, row.total, row.counts) for row in cross.rows] == [
        ("Jeunes", 30, (20, 10)), ("Aînés", 30, (8, 22)),
    ]  # fmt: skip


def test_a_group_that_all_answered_alike_is_not_told() -> None:
    asked = about(
        {"id": "age", "intitule": "Âge", "type": "choix",
         "modalites": [{"libelle": "Jeunes"}, {"libelle": "Aînés"}]},
        {"id": "q", "intitule": "Q", "type": "choix", "modalites": YES_NO, "croiser_par": ["age"]},
    )  # fmt: skip
    ages: tuple[Answer, ...] = (0,) * 30 + (1,) * 10
    answers: tuple[Answer, ...] = (0,) * 20 + (1,) * 10 + (0,) * 10
    found = publish_survey(SurveyAnswers("s", asked, {"age": ages, "q": answers}))
    (cross,) = found.questions[1].crosses
    assert cross.rows == ()


def test_weighted_shares_stand_beside_the_counts() -> None:
    ages = [{"libelle": "Jeunes", "recensement": ["a"]}, {"libelle": "Aînés", "recensement": ["b"]}]
    asked = about(
        {"id": "age", "intitule": "Âge", "type": "choix", "modalites": ages},
        {"id": "q", "intitule": "Q", "type": "choix", "modalites": YES_NO},
        ponderation={"sur": ["age"]},
    )
    given: dict[str, tuple[Answer, ...]] = {
        "age": (0,) * 300 + (1,) * 100,
        "q": (0,) * 200 + (1,) * 100 + (0,) * 20 + (1,) * 80,
    }
    found = publish_survey(SurveyAnswers("s", asked, given), {"age": (500.0, 500.0)})
    yes, no = found.questions[1].rows
    assert (yes.count, no.count) == (220, 180)
    assert yes.weighted == pytest.approx(43.0)  # (2/3 + 1/5) / 2 = 43.3
    assert no.weighted == pytest.approx(57.0)
    assert found.effective == 300  # 400² / (300 × (2/3)² + 100 × 2²)
    without = publish_survey(SurveyAnswers("s", asked, given), {})
    assert without.effective is None
    assert "n’est pas connue" in without.unweighted
