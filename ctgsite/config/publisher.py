"""Who answers for a site: mentions légales, declaration of accessibility, contact for the data."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ctgsite.config.fields import Date, Section, Url, Words

Conformity = Literal["non", "partielle", "totale"]
Rate = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]

HALF = 50  # the share of the RGAA's criteria from which a site is partly in conformity


class Host(Section):
    """Who hosts the published site (mentions légales)."""

    name: str = Field(alias="nom", description="Nom de l’hébergeur.")
    address: str = Field(default="", alias="adresse", description="Adresse postale.")
    phone: str = Field(default="", alias="telephone", description="Téléphone, entre guillemets.")


class Audit(Section):
    """The audit that a declaration of accessibility rests on."""

    by: Words = Field(alias="par", description="Qui l’a réalisé : « en interne », une société.")
    done_on: Date | None = Field(default=None, alias="date", description="Date de l’audit.")
    rate: Rate | None = Field(
        default=None, alias="taux", description="Part des critères du RGAA respectés, en %."
    )
    report: Url | None = Field(default=None, alias="rapport", description="Adresse du rapport.")
    readers: tuple[Words, ...] = Field(
        default=(),
        alias="environnements",
        description="Navigateurs et lecteurs d’écran (« Firefox et NVDA »).",
    )
    tools: tuple[Words, ...] = Field(default=(), alias="outils", description="Outils utilisés.")
    pages: tuple[Words, ...] = Field(default=(), description="Pages vérifiées.")


class Accessibility(Section):
    """The declaration of accessibility."""

    conformity: Conformity | None = Field(
        default=None,
        alias="conformite",
        description="Conformité au RGAA : non, partielle ou totale.",
    )
    declared_on: Date | None = Field(
        default=None, alias="date", description="Date de la déclaration."
    )
    updated_on: Date | None = Field(
        default=None, alias="mise_a_jour", description="Date de sa dernière mise à jour."
    )
    contact: str = Field(default="", description="Adresse électronique ou page de contact.")
    scheme: Url | None = Field(
        default=None,
        alias="schema_pluriannuel",
        description="Adresse du schéma pluriannuel d’accessibilité de la collectivité.",
    )
    audit: Audit | None = Field(default=None, description="L’audit de conformité.")
    faults: tuple[Words, ...] = Field(
        default=(), alias="non_conformites", description="Contenus non conformes."
    )
    burdens: tuple[Words, ...] = Field(
        default=(), alias="derogations", description="Dérogations pour charge disproportionnée."
    )
    exempt: tuple[Words, ...] = Field(
        default=(), alias="exemptions", description="Contenus non soumis à l’obligation."
    )
    text: str = Field(default="", alias="texte", description="Texte en Markdown.")

    @model_validator(mode="after")
    def _as_audited(self) -> Self:
        rate = self.audit.rate if self.audit else None
        if self.updated_on and self.declared_on and self.updated_on < self.declared_on:
            raise ValueError("« mise_a_jour » vient avant « date »")
        if rate is None or self.conformity is None:
            return self
        earned = "totale" if rate == 100 else "partielle" if rate >= HALF else "non"
        if self.conformity != earned:
            shown = f"{rate:g}".replace(".", ",")
            raise ValueError(
                f"« conformite » : avec {shown} % des critères respectés, écrivez « {earned} »"
            )
        return self


class Publisher(Section):
    """Who answers for the site: mentions légales, contact, accessibility."""

    body: str = Field(default="", alias="collectivite", description="Collectivité éditrice.")
    address: str = Field(default="", alias="adresse", description="Adresse postale.")
    phone: str = Field(default="", alias="telephone", description="Téléphone, entre guillemets.")
    contact: str = Field(default="", description="Adresse électronique ou page de contact.")
    director: str = Field(
        default="",
        alias="directeur_de_publication",
        description="Directeur ou directrice de publication.",
    )
    host: Host | None = Field(default=None, alias="hebergeur", description="Hébergeur du site.")
    dpo: str = Field(
        default="",
        description="Adresse du délégué à la protection des données (dpo@exemple.fr).",
    )
    accessibility: Accessibility = Field(
        default_factory=Accessibility,
        alias="accessibilite",
        description="Déclaration d’accessibilité.",
    )
