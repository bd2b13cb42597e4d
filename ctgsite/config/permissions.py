"""What may be published of people and of partners: images, logos, names, exceptions."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from ctgsite.config.fields import Date, InnerPath, Section, Words


class ImageRight(Section):
    """The droit à l'image of the people that an image shows."""

    granted_on: Date = Field(alias="accorde_le", description="Date de l’autorisation écrite.")
    until: Date = Field(alias="jusqu_au", description="Fin de l’autorisation.")
    minors: bool = Field(default=False, alias="mineurs", description="true : on y voit un mineur.")
    both_parents: bool = Field(
        default=False,
        alias="deux_parents",
        description="true : les deux parents de chaque mineur ont signé.",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until < self.granted_on:
            raise ValueError("« jusqu_au » vient avant « accorde_le »")
        return self


class Image(Section):
    """An image of the territory's folder, and what allows its publication."""

    file: InnerPath = Field(alias="fichier", description="Image : « images/atelier.jpg ».")
    alt: str = Field(default="", alias="texte_alternatif", description="Ce que l’image montre.")
    credit: Words = Field(description="Auteur ou organisme.")
    permission: Words = Field(alias="autorisation", description="Licence ou autorisation obtenue.")
    people: bool = Field(
        default=False, alias="personnes", description="true : on y reconnaît des personnes."
    )
    right: ImageRight | None = Field(
        default=None, alias="droit_a_l_image", description="Autorisation de ces personnes."
    )


class LogoPermission(Section):
    """Who allowed a partner's logo, and when."""

    by: Words = Field(alias="par", description="Fonction ou service qui a autorisé.")
    date: Date = Field(description="Date de l’autorisation (2025-01-31).")


class Consent(Section):
    """A person who agreed to be named."""

    name: Words = Field(alias="nom", description="Le nom, tel qu’il est écrit (« Mme Martin »).")
    granted_on: Date = Field(alias="accorde_le", description="Date de l’accord.")
    purpose: str = Field(default="", alias="usage", description="Ce que l’accord couvre.")


class TextException(Section):
    """A passage that looks like personal data and is none, and why it may be published."""

    text: Words = Field(alias="texte", description="Le passage, tel qu’il est écrit.")
    reason: Words = Field(alias="motif", description="Pourquoi il peut être publié.")


class Privacy(Section):
    """What lets a text that names or reaches someone be published."""

    consents: tuple[Consent, ...] = Field(
        default=(), alias="consentements", description="Personnes qui acceptent d’être nommées."
    )
    exceptions: tuple[TextException, ...] = Field(
        default=(), description="Passages à laisser passer, avec le motif."
    )
