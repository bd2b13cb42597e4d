"""The evaluation of a convention: the framework's four questions, the bilans, the editions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ctgsite.config.fields import Date, Section, Slug

BilanKind = Literal["mi_parcours", "final"]


class Answer(Section):
    """The answer to one evaluative question, and the evidence for it."""

    text: str = Field(alias="texte", description="La réponse, en Markdown.")
    findings: tuple[str, ...] = Field(
        default=(), alias="constats", description="Indicateurs qui l’appuient."
    )
    voices: tuple[str, ...] = Field(
        default=(), alias="paroles", description="Paroles qui l’appuient."
    )
    actions: tuple[str, ...] = Field(default=(), description="Fiches actions qui l’appuient.")


class Questions(Section):
    """The four questions of the national evaluation framework."""

    coherence: Answer | None = Field(default=None, description="Cohérence et pertinence.")
    attainment: Answer | None = Field(
        default=None, alias="atteinte", description="Niveau d’atteinte des objectifs."
    )
    means: Answer | None = Field(default=None, alias="moyens", description="Moyens mobilisés.")
    durability: Answer | None = Field(
        default=None, alias="durabilite", description="Durabilité des effets."
    )


class AxisEvaluation(Section):
    """What is concluded about one axe."""

    axis: str = Field(alias="axe", description="Identifiant de l’axe.")
    questions: Questions = Field(description="Les quatre questions évaluatives.")


class Bilan(Section):
    """A mid-term or final assessment, published as a page of its own."""

    id: Slug = Field(description="Identifiant court : l’adresse de la page.")
    kind: BilanKind = Field(alias="type", description="mi_parcours ou final.")
    title: str = Field(alias="titre", description="Titre de la page.")
    date: Date = Field(description="Date du bilan (2027-06-30).")
    text: str = Field(default="", alias="texte", description="Texte en Markdown.")
    axes: tuple[AxisEvaluation, ...] = Field(default=(), description="Les réponses, par axe.")


class Edition(Section):
    """An adopted edition of the diagnostic: its figures are kept in `editions/<id>.csv`."""

    id: Slug = Field(description="Nom du fichier de chiffres, sans « .csv ».")
    title: str = Field(alias="titre", description="Titre de l’édition.")
    adopted_on: Date = Field(alias="adoptee_le", description="Date d’adoption (2025-12-15).")
    text: str = Field(default="", alias="texte", description="Texte en Markdown.")


class Evaluation(Section):
    """How the convention is evaluated."""

    introduction: str = Field(default="", description="Texte d’introduction, en Markdown.")
    baseline: Slug | None = Field(
        default=None, alias="t0", description="Édition qui sert de point de départ."
    )
    axes: tuple[AxisEvaluation, ...] = Field(
        default=(), description="Les quatre questions, axe par axe."
    )
    bilans: tuple[Bilan, ...] = Field(default=(), description="Bilans à mi-parcours et final.")
    editions: tuple[Edition, ...] = Field(default=(), description="Éditions adoptées.")
