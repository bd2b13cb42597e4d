"""What inhabitants and actors said: verbatims, workshops, interviews, and how it meets the figures.

Every voice may have an `id`; with one, enjeux, AFOM entries and fiches actions can cite it.
Questionnaires have files of their own (`questionnaires/`): an answer is cited as
`questionnaire/question`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ctgsite.config.fields import Count, Date, Section, Slug

ActorKind = Literal[
    "habitant", "parent", "jeune", "senior", "association", "professionnel", "elu", "institution",
    "entreprise", "autre",
]  # fmt: skip
SwotKind = Literal["atout", "faiblesse", "opportunite", "menace"]
Agreement = Literal["accord", "divergence", "chiffres_seuls", "paroles_seules"]

_FINDINGS = "Indicateurs concernés, par leur identifiant."
_VOICES = "Paroles citées : verbatim, atelier, entretien ou « questionnaire/question »."


class Voice(Section):
    """What every voice says of itself: its name for citations, its date and place."""

    id: Slug | None = Field(default=None, description="Identifiant court, pour la citer.")
    kind: ActorKind | None = Field(
        default=None, alias="type_acteur", description="habitant, parent, association, elu…"
    )
    date: Date | None = Field(default=None, description="Date (2025-01-31).")
    place: str = Field(default="", alias="lieu", description="Lieu.")
    findings: tuple[str, ...] = Field(default=(), alias="constats", description=_FINDINGS)


class Quote(Voice):
    """What someone said, and in what capacity; never their name."""

    text: str = Field(alias="texte", description="La citation.")
    theme: str | None = Field(default=None, description="Thématique.")
    actor: str = Field(
        default="", alias="acteur", description="Qualité de la personne (un parent…)."
    )


class Meeting(Voice):
    """A workshop or an interview: when, with whom, and what came out."""

    title: str = Field(alias="titre", description="Intitulé.")
    themes: tuple[str, ...] = Field(default=(), alias="thematiques", description="Thématiques.")
    participants: Count | None = Field(default=None, description="Nombre de participants.")
    summary: str = Field(
        default="", alias="synthese", description="Ce qui en ressort, en Markdown."
    )


class Participation(Section):
    """What inhabitants and actors said, besides the questionnaires."""

    introduction: str = Field(default="", description="Texte d’introduction, en Markdown.")
    quotes: tuple[Quote, ...] = Field(default=(), alias="verbatims", description="Verbatims.")
    workshops: tuple[Meeting, ...] = Field(default=(), alias="ateliers", description="Ateliers.")
    interviews: tuple[Meeting, ...] = Field(
        default=(), alias="entretiens", description="Entretiens."
    )


class SwotEntry(Section):
    """An atout, a faiblesse, an opportunité or a menace of a theme, and its evidence."""

    theme: str = Field(description="Thématique.")
    kind: SwotKind = Field(alias="type", description="atout, faiblesse, opportunite ou menace.")
    text: str = Field(alias="texte", description="Ce qui est constaté, en une phrase.")
    findings: tuple[str, ...] = Field(default=(), alias="constats", description=_FINDINGS)
    voices: tuple[str, ...] = Field(default=(), alias="paroles", description=_VOICES)


class Convergence(Section):
    """Where the figures and the voices of a theme agree, diverge, or where one is silent."""

    theme: str = Field(description="Thématique.")
    agreement: Agreement = Field(
        alias="lecture", description="accord, divergence, chiffres_seuls ou paroles_seules."
    )
    text: str = Field(alias="texte", description="Ce qu’il faut en comprendre, en Markdown.")
    findings: tuple[str, ...] = Field(default=(), alias="constats", description=_FINDINGS)
    voices: tuple[str, ...] = Field(default=(), alias="paroles", description=_VOICES)
