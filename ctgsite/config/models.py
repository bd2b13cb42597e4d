"""A territory's file as a frozen, validated model: everything downstream reads this."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from ctgsite.config.approach import Approach
from ctgsite.config.evaluation import Evaluation
from ctgsite.config.fields import (
    Colour,
    Count,
    Date,
    InnerPath,
    Section,
    Slug,
    Url,
    Validation,
    Year,
)
from ctgsite.config.permissions import Image, LogoPermission, Privacy
from ctgsite.config.plan import Priority, Stake
from ctgsite.config.publisher import Publisher
from ctgsite.config.supply import Competence, Service
from ctgsite.config.voices import Convergence, Participation, SwotEntry

TerritoryType = Literal["commune", "epci", "groupe", "departement"]
Statut = Literal["illustration", "projet", "adopte"]
Benchmark = Literal["epci", "departement", "region", "france", "comparables"]

ALL_BENCHMARKS: tuple[Benchmark, ...] = ("epci", "departement", "region", "france", "comparables")


class Period(Section):
    """The years that a convention covers."""

    start: Year = Field(alias="debut", description="Première année.")
    end: Year = Field(alias="fin", description="Dernière année.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError("« fin » vient avant « debut »")
        return self


class Signatory(Section):
    """An organisation that signs the convention."""

    name: str = Field(alias="nom", description="Nom de l’organisme.")
    role: str = Field(default="", description="Son rôle dans la convention.")
    logo: InnerPath | None = Field(
        default=None, description="Image, dans le dossier du territoire."
    )
    logo_permission: LogoPermission | None = Field(
        default=None, alias="autorisation_logo", description="Qui a autorisé le logo, et quand."
    )

    @property
    def shows_logo(self) -> bool:
        """Whether the logo may be published: its owner allowed it."""
        return self.logo is not None and self.logo_permission is not None


class PageState(Section):
    """How far a part of the site has been validated."""

    state: Validation = Field(alias="etat", description="brouillon, cotech, copil ou deliberation.")
    date: Date | None = Field(default=None, description="Date de validation (2025-01-31).")


class ThemeChoice(Section):
    """A theme of the site: one of the catalogue, perhaps renamed, or the territory's own.

    In a file, a theme of the catalogue that keeps its title is written as its slug alone.
    """

    theme: str | None = Field(default=None, description="Thématique du catalogue.")
    own: Slug | None = Field(
        default=None, alias="slug", description="Identifiant d’une thématique propre."
    )
    title: str = Field(default="", alias="titre", description="Titre affiché.")
    text: str = Field(default="", alias="texte", description="Texte en Markdown.")

    @property
    def slug(self) -> str:
        """The theme's name in addresses, whether it is the catalogue's or the territory's own."""
        return self.theme or self.own or ""

    @model_validator(mode="before")
    @classmethod
    def _from_slug(cls, value: Any) -> Any:
        return {"theme": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _either(self) -> Self:
        if bool(self.theme) == bool(self.own):
            raise ValueError(
                "attendu soit « theme » (une thématique du catalogue), soit « slug » (la vôtre)"
            )
        if self.own and not self.title:
            raise ValueError("une thématique propre demande un « titre »")
        return self


class StatedPopulation(Section):
    """A population stated elsewhere, shown beside the census one and never mixed with it."""

    value: Count = Field(alias="valeur", description="Nombre d’habitants.")
    source: str = Field(description="D’où vient ce nombre.")


class Colours(Section):
    """The colours of the site."""

    primary: Colour | None = Field(
        default=None, alias="principale", description="Comme « #1d4e89 »."
    )
    accent: Colour | None = Field(default=None, description="Comme « #b34700 ».")


class TerritoryFile(Section):
    """What a territory's file may say; only `nom`, `type` and `codes` are required."""

    name: str = Field(alias="nom", description="Nom du territoire, tel qu’il s’affiche.")
    type: TerritoryType = Field(description="commune, epci, groupe ou departement.")
    codes: tuple[str, ...] = Field(
        min_length=1,
        description="Code officiel, entre guillemets ; un groupe liste ses communes.",
    )
    statut: Statut = Field(
        default="illustration", description="illustration, projet ou adopte : affiché en bandeau."
    )
    fictitious: bool = Field(
        default=False,
        alias="contenu_fictif",
        description="true : paroles, enjeux et actions inventés, chaque page le dit.",
    )
    period: Period | None = Field(
        default=None, alias="periode", description="Années de la convention."
    )
    signatories: tuple[Signatory, ...] = Field(
        default=(), alias="signataires", description="Qui signe la convention."
    )
    comparisons: tuple[Benchmark, ...] = Field(
        default=ALL_BENCHMARKS, alias="comparaisons", description="Territoires de comparaison."
    )
    themes: tuple[ThemeChoice, ...] = Field(
        default=(),
        alias="thematiques",
        description="Thématiques, dans l’ordre du site ; toutes si la clé est absente.",
    )
    presentation: str = Field(default="", description="Présentation du territoire, en Markdown.")
    approach: Approach = Field(
        default_factory=Approach, alias="demarche", description="La démarche."
    )
    participation: Participation = Field(
        default_factory=Participation, description="Verbatims, ateliers, entretiens."
    )
    competences: tuple[Competence, ...] = Field(
        default=(), description="Qui exerce quelle compétence."
    )
    services: tuple[Service, ...] = Field(
        default=(), alias="offre", description="L’offre de services."
    )
    swot: tuple[SwotEntry, ...] = Field(
        default=(),
        alias="afom",
        description="Atouts, faiblesses, opportunités et menaces, par thématique.",
    )
    convergences: tuple[Convergence, ...] = Field(
        default=(), alias="convergence", description="Où chiffres et paroles se rejoignent ou non."
    )
    stakes: tuple[Stake, ...] = Field(
        default=(), alias="enjeux", description="Les enjeux partagés."
    )
    priorities: tuple[Priority, ...] = Field(
        default=(), alias="priorites", description="Axes, objectifs et fiches actions."
    )
    evaluation: Evaluation = Field(
        default_factory=Evaluation, description="Évaluation, bilans et éditions."
    )
    validations: dict[str, PageState] = Field(
        default_factory=dict,
        description="État de validation de chaque partie du site (« demarche: {etat: copil} »).",
    )
    images: tuple[Image, ...] = Field(
        default=(), description="Images publiées : crédit et autorisation."
    )
    privacy: Privacy = Field(
        default_factory=Privacy,
        alias="confidentialite",
        description="Accords et exceptions pour les textes qui nomment quelqu’un.",
    )
    publisher: Publisher = Field(
        default_factory=Publisher, alias="editeur", description="Mentions légales."
    )
    public_url: Url | None = Field(
        default=None, alias="url_publique", description="Adresse où le site sera publié."
    )
    colours: Colours = Field(
        default_factory=Colours, alias="couleurs", description="Couleurs du site."
    )
    logo: InnerPath | None = Field(
        default=None, description="Image, dans le dossier du territoire."
    )
    stated_population: StatedPopulation | None = Field(
        default=None,
        alias="population_reference",
        description="Population annoncée ailleurs, montrée à côté de celle du recensement.",
    )

    @field_validator("fictitious")
    @classmethod
    def _never_adopted(cls, value: bool, info: ValidationInfo) -> bool:
        if value and info.data.get("statut", "illustration") != "illustration":
            raise ValueError("un contenu fictif ne va qu’avec « statut: illustration »")
        return value


class Territory(TerritoryFile):
    """One territory, ready to be built; its slug is its file's stem."""

    slug: Slug
    texts: Mapping[str, str] = Field(default_factory=dict)  # `textes/<name>.md`, by name

    @property
    def published_images(self) -> tuple[str, ...]:
        """The images that may be published, as the territory's folder names them."""
        logos = (one.logo for one in self.signatories if one.logo and one.shows_logo)
        names = (*(image.file for image in self.images), *logos)
        return tuple(sorted({PurePosixPath(name).as_posix() for name in names}))

    def theme_text(self, theme: str) -> str:
        """Return what the territory writes of a theme, in its file or beside it."""
        chosen = (choice.text for choice in self.themes if choice.slug == theme)
        return next(chosen, "") or self.texts.get(f"thematiques/{theme}", "")
