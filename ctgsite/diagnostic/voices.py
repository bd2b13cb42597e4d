"""What was said on each theme, and where figures and voices meet or one of them is silent.

Nothing here claims that figures and voices agree: the territory says so, or nobody does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ctgsite.config.models import Territory
from ctgsite.config.voices import Convergence, Meeting, Quote, Voice
from ctgsite.diagnostic.model import Diagnostic, ThemeDiagnostic

VoiceKind = Literal["verbatim", "atelier", "entretien"]
Silence = Literal["chiffres_seuls", "paroles_seules", "rien"]


@dataclass(frozen=True, slots=True)
class Heard:
    """One voice, and the themes of the site that it speaks to: its own, else its findings'."""

    kind: VoiceKind
    voice: Quote | Meeting
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FiguresAndVoices:
    """What a theme has of figures and of voices, and what the territory reads in them.

    `silence` says which of the two is missing; None where both are there.
    """

    theme: str
    figures: int
    voices: int
    readings: tuple[Convergence, ...] = ()

    @property
    def silence(self) -> Silence | None:
        """Which of figures and voices is missing."""
        if not self.voices:
            return "chiffres_seuls" if self.figures else "rien"
        return None if self.figures else "paroles_seules"


def hear(territory: Territory, themes: Iterable[ThemeDiagnostic]) -> tuple[Heard, ...]:
    """Return every voice of a territory: verbatims, ateliers, entretiens."""
    homes = {
        finding.indicator.id: theme.theme.slug
        for theme in themes
        for finding in (*theme.missing, *theme.findings)
    }
    said = territory.participation
    quotes = (Heard("verbatim", q, _themes(q, [q.theme], homes)) for q in said.quotes)
    workshops = (Heard("atelier", m, _themes(m, m.themes, homes)) for m in said.workshops)
    interviews = (Heard("entretien", m, _themes(m, m.themes, homes)) for m in said.interviews)
    return (*quotes, *workshops, *interviews)


def _themes(
    voice: Voice, declared: Sequence[str | None], homes: Mapping[str, str]
) -> tuple[str, ...]:
    own = tuple(theme for theme in declared if theme)
    return own or tuple(dict.fromkeys(homes[name] for name in voice.findings if name in homes))


def figures_and_voices(diagnostic: Diagnostic) -> tuple[FiguresAndVoices, ...]:
    """Return what each theme of the site has of both, in the order of the site.

    A question of a questionnaire that the theme shows counts as a voice.
    """
    territory, themes = diagnostic.territory, diagnostic.themes
    heard = hear(territory, themes)
    return tuple(
        FiguresAndVoices(
            slug,
            len(theme.findings),
            sum(slug in one.themes for one in heard)
            + sum(len(survey.on_theme(slug)) for survey in diagnostic.surveys),
            tuple(reading for reading in territory.convergences if reading.theme == slug),
        )
        for theme in themes
        for slug in [theme.theme.slug]
    )
