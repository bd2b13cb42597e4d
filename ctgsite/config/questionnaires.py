"""The description of a questionnaire: `questionnaires/<id>.yml`, beside its answers `<id>.csv`.

A questionnaire's id is its files' stem. The description says what was asked, of whom, and what the
respondents were told; the answers stand in the CSV, one row a respondent.
"""

from __future__ import annotations

import itertools
from typing import Literal, Self

from pydantic import Field, model_validator

from ctgsite.config.fields import Count, Date, Section, Slug, Span, Words

FOLDER = "questionnaires"
RESULTS = ".resultats.json"  # what was published of a questionnaire, once its answers are deleted

QuestionKind = Literal["choix", "choix_multiple", "echelle", "nombre", "texte"]
Role = Literal["age", "commune", "sexe", "type_famille"]


class Choice(Section):
    """An answer that a question offers."""

    code: str = Field(default="", description="Ce qui est écrit dans le CSV ; le libellé sinon.")
    label: str = Field(alias="libelle", description="Ce qui s’affiche.")
    census: tuple[str, ...] = Field(
        default=(),
        alias="recensement",
        description="À quoi elle se compare : codes de communes pour le rôle commune, sinon "
        "indicateurs du catalogue qui comptent cette part de la population.",
    )

    other: bool = Field(
        default=False,
        alias="autre",
        description="true : reçoit toute réponse hors de la liste (« Autre, précisez »).",
    )

    @property
    def written(self) -> tuple[str, ...]:
        """What the CSV may hold for this answer: its code, and its label."""
        return tuple(dict.fromkeys(filter(None, (self.code, self.label))))


class Question(Section):
    """One question: its text, its kind, and where its answers stand in the CSV."""

    id: Slug = Field(description="Identifiant court (minuscules et tirets).")
    title: str = Field(alias="intitule", description="La question, telle qu’elle a été posée.")
    kind: QuestionKind = Field(
        alias="type", description="choix, choix_multiple, echelle, nombre ou texte."
    )
    column: str = Field(
        default="", alias="colonne", description="Colonne du CSV ; l’identifiant sinon."
    )
    choices: tuple[Choice, ...] = Field(
        default=(), alias="modalites", description="Réponses proposées, dans l’ordre."
    )
    separator: str = Field(
        default=";", alias="separateur", description="Entre les réponses d’une même case."
    )
    unit: str = Field(default="", alias="unite", description="Unité d’un nombre.")
    minimum: float | None = Field(default=None, description="Plus petit nombre admis.")
    maximum: float | None = Field(default=None, description="Plus grand nombre admis.")
    classes: tuple[float, ...] = Field(
        default=(), description="Bornes des tranches d’un nombre, en ordre croissant."
    )
    theme: str | None = Field(default=None, description="Thématique qui montre la question.")
    findings: tuple[str, ...] = Field(
        default=(), alias="constats", description="Indicateurs concernés, par leur identifiant."
    )
    role: Role | None = Field(
        default=None, description="age, commune, sexe ou type_famille : profil des répondants."
    )
    crossed_by: tuple[Slug, ...] = Field(
        default=(), alias="croiser_par", description="Questions de profil qui la détaillent."
    )
    required: bool = Field(
        default=False, alias="obligatoire", description="true : une case vide est une erreur."
    )

    @property
    def other(self) -> int | None:
        """The place of the choice that takes what is not listed, None where none does."""
        return next((at for at, choice in enumerate(self.choices) if choice.other), None)

    @model_validator(mode="after")
    def _listed(self) -> Self:
        if self.kind in ("choix", "choix_multiple", "echelle") and len(self.choices) < 2:
            raise ValueError(f"une question « {self.kind} » liste au moins deux « modalites »")
        if self.kind in ("nombre", "texte") and self.choices:
            raise ValueError(f"une question « {self.kind} » n’a pas de « modalites »")
        if sum(choice.other for choice in self.choices) > 1:
            raise ValueError("une seule des « modalites » peut dire « autre: true »")
        if self.classes and self.kind != "nombre":
            raise ValueError("seule une question « nombre » a des « classes »")
        if any(low >= high for low, high in itertools.pairwise(self.classes)):
            raise ValueError("les « classes » se suivent en ordre croissant")
        if self.minimum is not None and self.maximum is not None and self.maximum < self.minimum:
            raise ValueError("« maximum » est plus petit que « minimum »")
        return self


class Weighting(Section):
    """On which questions of profile the answers are weighted to the census population."""

    on: tuple[Slug, ...] = Field(alias="sur", min_length=1, description="Questions de profil.")


class SurveyFile(Span):
    """What the description of a questionnaire may say."""

    title: str = Field(alias="titre", description="Titre du questionnaire.")
    audience: str = Field(alias="public", description="À qui il s’adressait.")
    target: Count | None = Field(
        default=None, alias="population_cible", description="Nombre de personnes visées."
    )
    purpose: Words = Field(alias="finalite", description="Pourquoi ces réponses sont recueillies.")
    notice: Words = Field(
        alias="information", description="Comment les personnes en ont été informées."
    )
    kept_until: Date = Field(
        alias="conservation_jusqu_au", description="Date de suppression des réponses brutes."
    )
    threshold: int = Field(
        default=5, alias="seuil", ge=3, le=100, strict=True,
        description="Tout effectif au-dessous est masqué.",
    )  # fmt: skip
    mode: str = Field(default="", description="En ligne, papier, face à face…")
    questions: tuple[Question, ...] = Field(min_length=1, description="Les questions.")
    weighting: Weighting | None = Field(
        default=None, alias="ponderation", description="Redressement demandé."
    )
    note: str = Field(default="", description="Ce qu’il faut savoir pour lire les résultats.")
