"""Who is missing from a questionnaire: its respondents beside the census."""

from __future__ import annotations

from typing import Any

import pytest

from ctgsite import knowledge
from ctgsite.config.models import Territory
from ctgsite.config.questionnaires import SurveyFile
from ctgsite.config.survey_cells import Answer
from ctgsite.config.survey_files import SurveyAnswers
from ctgsite.diagnostic.survey_model import SurveyResult
from ctgsite.diagnostic.surveys import survey_results
from ctgsite.geography.areas import Level

AGES = {
    "id": "age", "intitule": "Âge", "type": "choix", "role": "age",
    "modalites": [
        {"libelle": "15 à 29 ans", "recensement": ["part_15_29_ans"]},
        {"libelle": "30 à 59 ans", "recensement": ["part_30_44_ans", "part_45_59_ans"]},
        {"libelle": "60 ans ou plus", "recensement": ["part_60_74_ans", "part_75_ans_plus"]},
    ],
}  # fmt: skip
PLACES = {
    "id": "lieu", "intitule": "Commune", "type": "choix", "role": "commune",
    "modalites": [
        {"libelle": "Seilh", "recensement": ["31541"]},
        {"libelle": "Tournefeuille", "recensement": ["31557"]},
        {"libelle": "Ailleurs"},
    ],
}  # fmt: skip


def results(
    territory: dict[str, Any], question: dict[str, Any], answers: list[Answer], **more: Any
) -> SurveyResult:
    raw = {
        "titre": "Essai", "public": "Tous", "finalite": "f", "information": "i",
        "conservation_jusqu_au": "2027-01-01", "questions": [question],
    }  # fmt: skip
    about = SurveyFile.model_validate({**raw, **more})
    survey = SurveyAnswers("s", about, {question["id"]: tuple(answers)})
    where = Territory.model_validate({"slug": "essai", **territory})
    (found,) = survey_results(where, [survey], knowledge.evidence(None))
    return found


GROUP = {"nom": "Deux communes", "type": "groupe", "codes": ["31541", "31557"]}
EPCI = {"nom": "Pyrénées Haut-Garonnaises", "type": "epci", "codes": ["200072635"]}


def test_communes_are_compared_with_their_population_those_elsewhere_left_out() -> None:
    found = results(GROUP, PLACES, [0] * 40 + [1] * 40 + [2] * 20)
    (profile,) = found.profiles
    figures = knowledge.evidence(None).figures
    seilh, tournefeuille = (
        figures.at("population", Level.COMMUNE, code, profile.year) for code in ("31541", "31557")
    )
    assert seilh and seilh.value and tournefeuille and tournefeuille.value
    assert [row.label for row in profile.rows] == ["Seilh", "Tournefeuille"]
    assert [row.share for row in profile.rows] == [50.0, 50.0]
    whole = seilh.value + tournefeuille.value
    assert profile.rows[0].expected == pytest.approx(100 * seilh.value / whole)
    assert profile.rows[0].population == seilh.value
    assert [row.label for row in profile.missing] == ["Tournefeuille"]


def test_published_shares_are_compared_where_no_count_is() -> None:
    found = results(EPCI, AGES, [0] * 40 + [1] * 50 + [2] * 10)
    (profile,) = found.profiles
    figures = knowledge.evidence(None).figures
    young = figures.at("part_15_29_ans", Level.EPCI, "200072635", profile.year)
    assert young is not None and young.value is not None
    assert young.numerator is None
    assert sum(row.expected for row in profile.rows) == pytest.approx(100.0)
    assert profile.rows[0].population is None
    assert [row.label for row in profile.missing] == ["60 ans ou plus"]


def test_a_masked_group_is_not_told_missing() -> None:
    found = results(EPCI, AGES, [0] * 40 + [1] * 50 + [2] * 3)
    (profile,) = found.profiles
    assert profile.rows[2].count is None
    assert profile.rows[2].share is None
    assert "60 ans ou plus" not in [row.label for row in profile.missing]


def test_no_profile_without_figures_of_all_that_is_compared() -> None:
    assert results(GROUP, AGES, [0] * 40 + [1] * 50).profiles == ()


def test_answers_are_weighted_to_the_census_that_they_are_compared_with() -> None:
    found = results(EPCI, AGES, [0] * 40 + [1] * 50 + [2] * 10, ponderation={"sur": ["age"]})
    assert found.published.effective is not None
    assert found.published.effective < 100


def test_the_rate_is_of_those_whom_it_was_meant_for() -> None:
    assert results(GROUP, PLACES, [0] * 50, population_cible=200).rate == 25.0
    assert results(GROUP, PLACES, [0] * 50).rate is None
    assert results(GROUP, PLACES, [0] * 3, population_cible=200).rate is None
