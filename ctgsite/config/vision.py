"""The qualitative sections of a territory's file: voices, supply, enjeux and priorities."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ctgsite.config.fields import Count, Date, InnerPath, Section, Slug, Span, State

Holder = Literal[
    "commune", "epci", "syndicat", "ccas", "cias", "departement", "region", "etat", "caf", "autre"
]
ServiceKind = Literal[
    "eaje", "rpe", "laep", "mam", "ludotheque", "alsh", "clas", "evs", "centre_social",
    "france_services", "accueil_jeunes", "pmi", "ccas", "autre",
]  # fmt: skip


class Survey(Span):
    """A questionnaire: whom it was put to, when, and the file of its answers."""

    id: Slug = Field(description="Identifiant court (minuscules et tirets).")
    title: str = Field(alias="titre", description="Titre du questionnaire.")
    audience: str = Field(default="", alias="public", description="À qui il s’adressait.")
    file: InnerPath | None = Field(
        default=None, alias="fichier", description="Réponses (CSV), dans le dossier du territoire."
    )


class Quote(Section):
    """What someone said, and in what capacity; never their name."""

    text: str = Field(alias="texte", description="La citation.")
    theme: str | None = Field(default=None, description="Thématique.")
    actor: str = Field(
        default="", alias="acteur", description="Qualité de la personne (un parent…)."
    )
    date: Date | None = Field(default=None, description="Date (2025-01-31).")
    place: str = Field(default="", alias="lieu", description="Lieu.")


class Meeting(Section):
    """A workshop or an interview: when, with whom, and what came out."""

    title: str = Field(alias="titre", description="Intitulé.")
    date: Date | None = Field(default=None, description="Date (2025-01-31).")
    place: str = Field(default="", alias="lieu", description="Lieu.")
    themes: tuple[str, ...] = Field(default=(), alias="thematiques", description="Thématiques.")
    participants: Count | None = Field(default=None, description="Nombre de participants.")
    summary: str = Field(
        default="", alias="synthese", description="Ce qui en ressort, en Markdown."
    )


class Participation(Section):
    """What inhabitants and actors said."""

    introduction: str = Field(default="", description="Texte d’introduction, en Markdown.")
    surveys: tuple[Survey, ...] = Field(
        default=(), alias="questionnaires", description="Questionnaires."
    )
    quotes: tuple[Quote, ...] = Field(default=(), alias="verbatims", description="Verbatims.")
    workshops: tuple[Meeting, ...] = Field(default=(), alias="ateliers", description="Ateliers.")
    interviews: tuple[Meeting, ...] = Field(
        default=(), alias="entretiens", description="Entretiens."
    )


class Competence(Section):
    """Who holds a competence on the territory."""

    field: str = Field(alias="domaine", description="Petite enfance, périscolaire…")
    holder: Holder = Field(alias="titulaire", description="Commune, EPCI, syndicat, CCAS…")
    body: str = Field(default="", alias="organisme", description="Nom de l’organisme.")
    theme: str | None = Field(default=None, description="Thématique.")
    text: str = Field(default="", alias="texte", description="Précisions.")


class Service(Section):
    """One service offered on the territory."""

    kind: ServiceKind = Field(alias="type", description="eaje, rpe, laep, alsh, clas, evs…")
    name: str = Field(alias="nom", description="Nom du service.")
    theme: str | None = Field(default=None, description="Thématique.")
    commune: str | None = Field(default=None, description="Code de la commune, entre guillemets.")
    address: str = Field(default="", alias="adresse", description="Adresse.")
    operator: str = Field(default="", alias="gestionnaire", description="Gestionnaire.")
    capacity: Count | None = Field(default=None, alias="capacite", description="Nombre de places.")


class Stake(Section):
    """An enjeu, with the findings and voices it rests on."""

    id: Slug = Field(description="Identifiant court (minuscules et tirets).")
    title: str = Field(alias="titre", description="L’enjeu en une phrase.")
    theme: str | None = Field(default=None, description="Thématique.")
    text: str = Field(default="", alias="texte", description="Texte en Markdown.")
    findings: tuple[str, ...] = Field(
        default=(), alias="constats", description="Indicateurs sur lesquels il repose."
    )
    voices: tuple[str, ...] = Field(default=(), alias="paroles", description="Paroles d’acteurs.")


class Action(Span):
    """A fiche action, in short."""

    id: Slug = Field(description="Identifiant court (minuscules et tirets).")
    title: str = Field(alias="titre", description="Intitulé de l’action.")
    theme: str | None = Field(default=None, description="Thématique.")
    text: str = Field(default="", alias="texte", description="Description, en Markdown.")
    lead: str = Field(default="", alias="pilote", description="Organisme pilote.")
    partners: tuple[str, ...] = Field(default=(), alias="partenaires", description="Partenaires.")
    state: State | None = Field(
        default=None, alias="etat", description="a_venir, en_cours ou termine."
    )
    indicators: tuple[str, ...] = Field(
        default=(), alias="indicateurs", description="Indicateurs d’évaluation."
    )


class Objective(Section):
    """An objective of a priority, and the actions that serve it."""

    title: str = Field(alias="titre", description="L’objectif en une phrase.")
    text: str = Field(default="", alias="texte", description="Texte en Markdown.")
    actions: tuple[Action, ...] = Field(default=(), description="Fiches actions.")


class Priority(Section):
    """An axe of the convention: the enjeux it answers and its objectives."""

    id: Slug = Field(description="Identifiant court (minuscules et tirets).")
    title: str = Field(alias="titre", description="L’axe en une phrase.")
    text: str = Field(default="", alias="texte", description="Texte en Markdown.")
    stakes: tuple[Slug, ...] = Field(
        default=(), alias="enjeux", description="Enjeux auxquels il répond."
    )
    objectives: tuple[Objective, ...] = Field(
        default=(), alias="objectifs", description="Objectifs."
    )
