"""Figures and voices: counted theme by theme, a silence named, an agreement never assumed."""

from __future__ import annotations

from typing import Any

import pytest
from convention_file import said
from testville import answered, full_diagnostic, of_territory, unanswered

from ctgsite.config.models import Territory
from ctgsite.diagnostic.voices import FiguresAndVoices, figures_and_voices, hear


def territory(**participation: Any) -> Territory:
    return Territory.model_validate(said(participation=participation, afom=[], convergence=[]))


def test_a_voice_speaks_to_its_theme_or_to_that_of_its_findings() -> None:
    themes = full_diagnostic().themes
    quotes = [
        {"texte": "a", "theme": "seniors", "constats": ["part_logements_vacants"]},
        {"texte": "b", "constats": ["part_logements_vacants", "niveau_vie_median"]},
        {"texte": "c"},
    ]
    heard = hear(territory(verbatims=quotes), themes)
    assert [one.themes for one in heard] == [("seniors",), ("logement",), ()]


def test_a_meeting_on_several_themes_counts_once_in_each() -> None:
    meetings = [{"titre": "Tous", "thematiques": ["logement", "seniors"]}]
    (found,) = figures_and_voices(of_territory(territory(ateliers=meetings)))
    assert (found.theme, found.figures, found.voices) == ("logement", 2, 1)


def test_questions_of_questionnaires_are_voices() -> None:
    (found,) = figures_and_voices(of_territory(territory(), answered("logement", 3)))
    assert (found.voices, found.silence) == (3, None)


def test_a_question_without_a_published_answer_says_nothing() -> None:
    (found,) = figures_and_voices(of_territory(territory(), unanswered("familles", "avis")))
    assert (found.voices, found.silence) == (0, "chiffres_seuls")


@pytest.mark.parametrize(
    ("figures", "voices", "silence"),
    [(3, 0, "chiffres_seuls"), (0, 2, "paroles_seules"), (0, 0, "rien"), (3, 2, None)],
)
def test_a_silence_is_named(figures: int, voices: int, silence: str | None) -> None:
    assert FiguresAndVoices("logement", figures, voices).silence == silence
