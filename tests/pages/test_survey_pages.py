"""The page of a questionnaire: what it shows, what it masks, and where it is linked from."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import plotly.graph_objects as go
import pytest

from ctgsite.config.questionnaires import SurveyFile, Weighting
from ctgsite.config.survey_cells import Answer
from ctgsite.config.survey_files import SurveyAnswers
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.diagnostic.survey_model import Profile, ProfileRow, SurveyResult
from ctgsite.pages.model import Page
from ctgsite.pages.render import render_pages
from ctgsite.pages.survey_sentences import weighting_sentence
from ctgsite.sources.surveys.results import publish_survey

ABOUT: dict[str, Any] = {
    "titre": "Vos besoins", "public": "Familles du Pays d’Essai", "population_cible": 400,
    "finalite": "préparer la convention", "information": "en tête du questionnaire",
    "conservation_jusqu_au": "2027-06-30", "debut": "2026-03-01", "fin": "2026-04-01",
    "questions": [
        {"id": "age", "intitule": "Quel est votre âge ?", "type": "choix", "role": "age",
         "modalites": [{"libelle": "Moins de 40 ans"}, {"libelle": "40 ans ou plus"}]},
        {"id": "avis", "intitule": "Est-ce <b>utile</b> ?", "type": "echelle", "theme": "logement",
         "constats": ["part_logements_vacants", "inconnu"],
         "croiser_par": ["age"],
         "modalites": [{"libelle": "Non"}, {"libelle": "Plutôt"}, {"libelle": "Oui"}]},
        {"id": "lieux", "intitule": "Où allez-vous ?", "type": "choix_multiple",
         "modalites": [{"libelle": "Au parc"}, {"libelle": "À l’étang"}]},
        {"id": "rare", "intitule": "Et ici ?", "type": "choix",
         "modalites": [{"libelle": "Oui"}, {"libelle": "Non"}]},
        {"id": "idees", "intitule": "Vos idées", "type": "texte"},
    ],
}  # fmt: skip
ANSWERS: dict[str, tuple[Answer, ...]] = {
    "age": (0,) * 60 + (1,) * 40,
    "avis": (0,) * 20 + (1,) * 20 + (2,) * 20 + (0,) * 27 + (1,) * 10 + (2,) * 3,
    "lieux": (frozenset({0, 1}),) * 30 + (frozenset({0}),) * 40 + (None,) * 30,
    "rare": (0,) * 3 + (None,) * 97,
    "idees": (True,) * 7 + (None,) * 93,
}


@pytest.fixture
def surveyed(diagnostic: Diagnostic) -> Diagnostic:
    return with_survey(diagnostic, ABOUT, ANSWERS)


def with_survey(
    diagnostic: Diagnostic, about: dict[str, Any], answers: dict[str, tuple[Answer, ...]]
) -> Diagnostic:
    survey = SurveyAnswers("besoins", SurveyFile.model_validate(about), answers)
    rows = (
        ProfileRow("Moins de 40 ans", 60, 60.0, 500.0, 35.0),
        ProfileRow("40 ans ou plus", 40, 40.0, 930.0, 65.0),
    )
    profile = Profile("age", "Quel est votre âge ?", "2018", rows, (("recensement", "RP 2018"),))
    return replace(diagnostic, surveys=(SurveyResult(publish_survey(survey), (profile,)),))


def markdown(diagnostic: Diagnostic, templates: Path, path: str) -> str:
    pages: dict[str, Page] = {str(p.path): p for p in render_pages(diagnostic, templates)}
    return re.sub("[\u00a0\u202f]", " ", pages[path].markdown)


PAGE = "participation/besoins/index.md"


def test_a_questionnaire_has_a_page_that_tells_who_answered_when_and_why(
    surveyed: Diagnostic, templates: Path
) -> None:
    text = markdown(surveyed, templates, PAGE)
    assert text.startswith("# Vos besoins")
    assert "100, soit 25 % des 400 personnes visées" in text
    assert "du 1er mars 2026 au 1er avril 2026" in text
    assert "**Finalité** : préparer la convention." in text
    assert "**Information des personnes** : en tête du questionnaire." in text
    assert "**Conservation des réponses** : jusqu’au 30 juin 2027, puis suppression." in text
    assert "Les effectifs plus petits que 5 sont masqués" in text


def test_who_is_missing_is_told(surveyed: Diagnostic, templates: Path) -> None:
    text = markdown(surveyed, templates, PAGE)
    assert "## Qui a répondu, qui manque" in text
    assert (
        "Moins présents parmi les réponses que dans la population : « 40 ans ou plus » (40 % des "
        "réponses, 65 % de la population)." in text
    )
    assert "Insee, Recensement de la population, RP 2018" in text


def test_each_question_has_its_anchor_chart_sentence_and_table(
    surveyed: Diagnostic, templates: Path
) -> None:
    text = markdown(surveyed, templates, PAGE)
    for question in ("age", "avis", "lieux", "rare", "idees"):
        assert f"{{#question-besoins-{question}}}" in text
    assert "Sur 100 personnes qui ont répondu, 60 (60 %) ont répondu « Moins de 40 ans »" in text
    assert (
        "Plusieurs réponses étaient possibles : les parts, calculées sur les personnes qui" in text
    )
    assert '<th scope="row">Au parc</th><td class="ctg-nombre">70</td>' in text
    assert "7 personnes ont écrit une réponse libre. Ces textes ne sont pas publiés." in text
    assert "Moins de 5 personnes ont répondu, ou leur nombre" in text


def test_a_small_count_shows_nowhere(surveyed: Diagnostic, templates: Path) -> None:
    """Three of the older ones said yes: the cross hides it, and what would give it back."""
    text = markdown(surveyed, templates, PAGE)
    cross = text[
        text.index("{#question-besoins-avis-age}") : text.index("{#question-besoins-lieux}")
    ]
    older = re.search(r"40 ans ou plus</th>(.*?)</tr>", cross)
    assert older is not None
    assert older[1].count("secret") >= 2
    assert ">3 (" not in cross
    assert "Masqué, ou sans réponse" in cross


def test_charts_are_what_plotly_draws(surveyed: Diagnostic, templates: Path) -> None:
    text = markdown(surveyed, templates, PAGE)
    charts = re.findall(r'<script type="application/json">(.*?)</script>', text)
    assert len(charts) == 5  # the profile, three questions, one cross
    for chart in charts:
        go.Figure(**orjson.loads(chart))


def test_a_question_leads_to_the_figures_that_it_speaks_to(
    surveyed: Diagnostic, templates: Path
) -> None:
    text = markdown(surveyed, templates, PAGE)
    line = next(line for line in text.splitlines() if line.startswith("Chiffres à rapprocher"))
    assert line.endswith(
        "[Part des logements vacants](../../thematiques/logement/index.md#part_logements_vacants) "
        "(8,6 %, 2018)."
    )


def test_a_title_is_escaped(surveyed: Diagnostic, templates: Path) -> None:
    assert "<b>utile</b>" not in markdown(surveyed, templates, PAGE)


def test_the_participation_page_leads_to_it(surveyed: Diagnostic, templates: Path) -> None:
    text = markdown(surveyed, templates, "participation/index.md")
    assert "[Vos besoins](../participation/besoins/index.md)" in text
    assert "100 réponses, soit 25 % des 400 personnes visées." in text
    assert "Aucun questionnaire" not in text


def test_a_theme_shows_the_questions_that_name_it(surveyed: Diagnostic, templates: Path) -> None:
    text = markdown(surveyed, templates, "thematiques/logement/index.md")
    assert "## Ce que disent les questionnaires" in text
    assert "{#question-besoins-avis}" in text
    assert "{#question-besoins-age}" not in text


def test_the_method_tells_how_questionnaires_are_protected(
    surveyed: Diagnostic, diagnostic: Diagnostic, templates: Path
) -> None:
    assert "{#questionnaires}" in markdown(surveyed, templates, "methode/index.md")
    assert "{#questionnaires}" not in markdown(diagnostic, templates, "methode/index.md")


def test_too_few_answers_leave_a_page_that_says_so(diagnostic: Diagnostic, templates: Path) -> None:
    few = {name: found[:4] for name, found in ANSWERS.items()}
    text = markdown(with_survey(diagnostic, ABOUT, few), templates, PAGE)
    assert "Moins de 5 personnes ont répondu à ce questionnaire" in text
    assert "## Les réponses" not in text
    assert "Trop peu de réponses" in markdown(
        with_survey(diagnostic, ABOUT, few), templates, "participation/index.md"
    )


def test_weighted_shares_are_told_estimated(diagnostic: Diagnostic, templates: Path) -> None:
    ages = [{"libelle": "Moins de 40 ans", "recensement": ["a"]},
            {"libelle": "40 ans ou plus", "recensement": ["b"]}]  # fmt: skip
    questions = [{**ABOUT["questions"][0], "modalites": ages}, *ABOUT["questions"][1:]]
    about = {**ABOUT, "questions": questions, "ponderation": {"sur": ["age"]}}
    survey = SurveyAnswers("besoins", SurveyFile.model_validate(about), ANSWERS)
    found = publish_survey(survey, {"age": (35.0, 65.0)})
    result = SurveyResult(found)
    text = markdown(replace(diagnostic, surveys=(result,)), templates, PAGE)
    assert "Part redressée (estimée)" in text
    assert "(taille effective de Kish)" in text
    both = found.about.model_copy(update={"weighting": Weighting(on=("age", "avis"))})
    told = weighting_sentence(SurveyResult(replace(found, about=both)))
    assert "estimée d’après chaque marge prise à part" in told
    refused = SurveyResult(publish_survey(survey, {}))
    text = markdown(replace(diagnostic, surveys=(refused,)), templates, PAGE)
    assert (
        "n’est pas fait : la population à laquelle comparer les réponses n’est pas connue." in text
    )
