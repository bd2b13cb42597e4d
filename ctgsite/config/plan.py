"""The enjeux, the axes and their objectifs, and the plan d'actions with its fiches.

A fiche stands under its objectif, or in a file of its own, `actions/<id>.yml`, that names it.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from ctgsite.config.fields import Amount, Date, InnerPath, Number, Section, Slug, Span

ActionState = Literal["a_venir", "en_cours", "realisee", "en_pause", "abandonnee"]
Importance = Literal["elevee", "moyenne", "basse"]
FunderKind = Literal[
    "commune", "epci", "caf", "departement", "region", "etat", "europe", "msa", "association",
    "autre",
]  # fmt: skip
FundingState = Literal["acquis", "sollicite"]
IndicatorKind = Literal["resultat", "moyens"]
Direction = Literal["hausse", "baisse", "maintien"]

_FINDINGS = "Indicateurs sur lesquels repose ce constat, par leur identifiant."
_VOICES = "Paroles citées : verbatim, atelier, entretien ou « questionnaire/question »."


class Stake(Section):
    """An enjeu, with the findings and voices it rests on."""

    id: Slug = Field(description="Identifiant court (minuscules et tirets).")
    title: str = Field(alias="titre", description="L’enjeu en une phrase.")
    theme: str | None = Field(default=None, description="Thématique.")
    text: str = Field(default="", alias="texte", description="Texte en Markdown.")
    findings: tuple[str, ...] = Field(default=(), alias="constats", description=_FINDINGS)
    voices: tuple[str, ...] = Field(default=(), alias="paroles", description=_VOICES)


class Funder(Section):
    """Who pays what part of an action's budget, and whether it is granted."""

    name: str = Field(alias="nom", description="Organisme qui finance.")
    kind: FunderKind | None = Field(default=None, alias="type", description="caf, commune, epci…")
    amount: Amount = Field(alias="montant", description="Montant, en euros.")
    state: FundingState | None = Field(
        default=None, alias="etat", description="acquis ou sollicite."
    )


class Budget(Section):
    """A budget in euros: the total, who pays, and what is left to the one that leads."""

    total: Amount = Field(description="Coût total, en euros.")
    funders: tuple[Funder, ...] = Field(
        default=(), alias="financeurs", description="Qui finance, et combien."
    )
    remainder: Amount | None = Field(
        default=None, alias="reste_a_charge", description="Reste à charge, en euros."
    )
    text: str = Field(default="", alias="texte", description="Précisions.")


class FunderTotal(Section):
    """What one organisation pays over a whole axe, stated to be checked against its fiches."""

    name: str = Field(alias="nom", description="Organisme qui finance.")
    amount: Amount = Field(alias="montant", description="Montant, en euros.")


class StatedBudget(Section):
    """The budget that an axe announces: checked against the sum of its fiches."""

    total: Amount = Field(description="Total des fiches de l’axe, en euros.")
    funders: tuple[FunderTotal, ...] = Field(
        default=(), alias="financeurs", description="Total de chaque financeur."
    )


class Milestone(Section):
    """A dated step of an action."""

    date: Date = Field(description="Date prévue (2026-01-31).")
    title: str = Field(alias="titre", description="Ce qui doit être atteint.")
    reached_on: Date | None = Field(
        default=None, alias="atteint_le", description="Date où il a été atteint."
    )


class Reading(Section):
    """A value of an evaluation indicator at a date."""

    date: Date = Field(description="Date de la mesure (2026-01-31).")
    value: Number = Field(alias="valeur", description="Valeur mesurée.")


class ActionIndicator(Section):
    """How an action is evaluated: an indicator of the site, or one of its own."""

    title: str = Field(default="", alias="intitule", description="Ce qui est mesuré.")
    indicator: str | None = Field(
        default=None, alias="indicateur", description="Indicateur du site, par son identifiant."
    )
    kind: IndicatorKind = Field(
        default="resultat", alias="nature", description="resultat ou moyens."
    )
    unit: str = Field(default="", alias="unite", description="Unité : « places », « % »…")
    baseline: Reading | None = Field(
        default=None, alias="t0", description="Situation de départ : date et valeur."
    )
    target: Number | None = Field(default=None, alias="cible", description="Valeur visée.")
    direction: Direction | None = Field(
        default=None, alias="sens", description="hausse, baisse ou maintien."
    )
    frequency: str = Field(default="", alias="frequence", description="Annuelle, semestrielle…")
    source: str = Field(default="", description="Qui mesure, et comment.")
    readings: tuple[Reading, ...] = Field(
        default=(), alias="mesures", description="Valeurs mesurées depuis."
    )

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not self.title and not self.indicator:
            raise ValueError(
                "attendu « intitule » (ce qui est mesuré) ou « indicateur » (un indicateur du site)"
            )
        return self


class Annex(Section):
    """A document joined to a fiche."""

    title: str = Field(alias="titre", description="Titre du document.")
    file: InnerPath = Field(alias="fichier", description="Fichier du dossier « annexes/ ».")


class Action(Span):
    """A fiche action."""

    id: Slug = Field(description="Identifiant court (minuscules et tirets).")
    title: str = Field(alias="titre", description="Intitulé de l’action.")
    theme: str | None = Field(default=None, description="Thématique.")
    context: str = Field(default="", alias="constat", description="Le constat, en Markdown.")
    stakes: tuple[str, ...] = Field(default=(), alias="enjeux", description="Enjeux visés.")
    findings: tuple[str, ...] = Field(default=(), alias="constats", description=_FINDINGS)
    voices: tuple[str, ...] = Field(default=(), alias="paroles", description=_VOICES)
    text: str = Field(default="", alias="texte", description="Description, en Markdown.")
    audiences: tuple[str, ...] = Field(default=(), alias="publics", description="Publics visés.")
    communes: tuple[str, ...] = Field(
        default=(), description="Codes des communes concernées ; toutes si la clé est absente."
    )
    results: tuple[str, ...] = Field(
        default=(), alias="resultats_attendus", description="Résultats attendus."
    )
    lead: str = Field(default="", alias="pilote", description="Organisme pilote.")
    contact: str = Field(default="", alias="referent", description="Fonction du référent.")
    elected: str = Field(
        default="", alias="elu_referent", description="Fonction de l’élu référent."
    )
    partners: tuple[str, ...] = Field(default=(), alias="partenaires", description="Partenaires.")
    means: str = Field(default="", alias="moyens", description="Moyens humains et matériels.")
    budget: Budget | None = Field(default=None, description="Budget et financeurs.")
    continuous: bool = Field(
        default=False, alias="continue", description="true : action sans date de fin."
    )
    milestones: tuple[Milestone, ...] = Field(
        default=(), alias="jalons", description="Étapes datées."
    )
    importance: Importance | None = Field(
        default=None, alias="priorite", description="elevee, moyenne ou basse."
    )
    state: ActionState | None = Field(
        default=None,
        alias="statut",
        description="a_venir, en_cours, realisee, en_pause ou abandonnee.",
    )
    indicators: tuple[ActionIndicator, ...] = Field(
        default=(), alias="indicateurs", description="Indicateurs d’évaluation."
    )
    linked: tuple[str, ...] = Field(default=(), alias="fiches_liees", description="Fiches liées.")
    annexes: tuple[Annex, ...] = Field(default=(), description="Documents joints.")
    updated_on: Date | None = Field(
        default=None, alias="mise_a_jour", description="Date de la dernière mise à jour."
    )


class ActionFile(Action):
    """A fiche in a file of its own: it names the objectif that it serves."""

    objective: str = Field(alias="objectif", description="Identifiant de l’objectif qu’elle sert.")


class OperationalObjective(Section):
    """An objectif opérationnel and the actions that serve it."""

    id: Slug | None = Field(default=None, description="Identifiant court (minuscules et tirets).")
    title: str = Field(alias="titre", description="L’objectif en une phrase.")
    text: str = Field(default="", alias="texte", description="Texte en Markdown.")
    actions: tuple[Action, ...] = Field(default=(), description="Fiches actions.")


class Objective(OperationalObjective):
    """An objectif stratégique: its objectifs opérationnels, and the actions that serve it whole."""

    operational: tuple[OperationalObjective, ...] = Field(
        default=(), alias="operationnels", description="Objectifs opérationnels."
    )


class Priority(Section):
    """An axe of the convention: the enjeux it answers and its objectives."""

    id: Slug = Field(description="Identifiant court (minuscules et tirets).")
    title: str = Field(alias="titre", description="L’axe en une phrase.")
    text: str = Field(default="", alias="texte", description="Texte en Markdown.")
    stakes: tuple[Slug, ...] = Field(
        default=(), alias="enjeux", description="Enjeux auxquels il répond."
    )
    budget: StatedBudget | None = Field(default=None, description="Budget annoncé de l’axe.")
    objectives: tuple[Objective, ...] = Field(
        default=(), alias="objectifs", description="Objectifs stratégiques."
    )
