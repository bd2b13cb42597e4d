"""What the catalogue's YAML files may say, key by key: French on the outside, typed within.

Turned into the types of `model` by `catalogue`; the descriptions below are what an editor shows.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from ctgsite.config.fields import Section

EntryId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
EntryText = Annotated[str, Field(min_length=1)]
EntryYear = Annotated[str, Field(pattern=r"^\d{4}(-\d{4})?$")]
EntryLevel = Literal["commune", "epci", "departement", "region", "france", "territoire"]
ClaimedLevel = Literal["commune", "epci", "departement", "region", "france"]
EntryDirection = Literal["haut", "bas", "aucun"]
EntryForm = Literal["comparaison", "evolution", "composition"]
EntryKind = Literal[
    "somme",
    "rapport",
    "taux_annuel",
    "solde_annuel",
    "quotient_publie",
    "indicateurs",
    "publie",
]


class ThemeEntry(Section):
    """One theme of the themes' file."""

    slug: str = Field(description="Identifiant, celui du fichier de ses indicateurs.")
    title: str = Field(alias="titre", description="Titre affiché.")
    question: str = Field(description="Ce que les élus lui demandent.")
    intro: str = Field(default="", description="Une ou deux phrases pour ouvrir la page.")
    synonyms: tuple[EntryText, ...] = Field(
        default=(), alias="synonymes", description="Les mots que l’on cherche."
    )


class ThemesFile(Section):
    """The themes, in display order."""

    themes: tuple[ThemeEntry, ...] = Field(alias="thematiques", min_length=1)


class FormulaEntry(Section):
    """One way to compute the indicator from one dataset."""

    source: str = Field(default="", description="Jeu de données ; sans objet pour « indicateurs ».")
    kind: EntryKind | None = Field(
        default=None, alias="calcul", description="« rapport » où il y a un dénominateur."
    )
    numerator: str = Field(alias="numerateur", description="« P_ACT1564 - P_CHOM1564 ».")
    denominator: str = Field(default="", alias="denominateur", description="« P_POP@2013 ».")
    years: tuple[EntryYear, ...] = Field(default=(), alias="annees", description="Toutes, sinon.")
    scale: float | None = Field(default=None, alias="facteur", description="100 par défaut.")
    period: float = Field(default=1.0, gt=0, alias="duree", description="En années.")
    levels: tuple[EntryLevel, ...] = Field(default=(), alias="niveaux", description="Tous, sinon.")
    note: str = Field(default="", description="Dite avec chaque valeur.")


class FindingEntry(Section):
    """Headings that state a finding; `{reference}` stands for “en Haute-Garonne”."""

    more: str = Field(alias="plus")
    less: str = Field(alias="moins")
    close: str = Field(alias="proche")
    plain: str = Field(alias="neutre")


class SignedFindingEntry(Section):
    """Headings of a rate of change, by the signs of the figure and of the benchmark's."""

    up_more: str = Field(alias="hausse_plus")
    up_less: str = Field(alias="hausse_moins")
    down_more: str = Field(alias="baisse_plus", description="Diminue moins vite.")
    down_less: str = Field(alias="baisse_moins", description="Diminue plus vite.")
    up_against_down: str = Field(alias="hausse_contre_baisse")
    down_against_up: str = Field(alias="baisse_contre_hausse")


class IndicatorEntry(Section):
    """One indicator."""

    id: EntryId
    label: str = Field(alias="libelle")
    definition: EntryText
    unit: str = Field(alias="unite", description="Écrite après le nombre.")
    levels: tuple[ClaimedLevel, ...] = Field(
        alias="niveaux", min_length=1, description="Où l’indicateur a des chiffres."
    )
    direction: EntryDirection = Field(default="aucun", alias="sens")
    precision: int = Field(default=1, ge=0, le=3, description="Décimales affichées.")
    caution_threshold: float = Field(default=0.0, ge=0, alias="seuil_prudence")
    form: EntryForm = Field(default="comparaison", alias="graphique")
    reading: str = Field(alias="lecture", description="Complète « À Seilh, en 2018, … ».")
    finding: FindingEntry = Field(alias="constat")
    signed: SignedFindingEntry | None = Field(default=None, alias="constat_signes")
    counted: str = Field(default="", alias="compte", description="Ce que compte le numérateur.")
    formulas: tuple[FormulaEntry, ...] = Field(alias="formules", min_length=1)
    limits: EntryText = Field(alias="limites", description="Ce que ce chiffre ne dit pas.")
    question: EntryText = Field(description="La question à poser.")
    synonyms: tuple[EntryText, ...] = Field(
        alias="synonymes", min_length=2, description="Les mots que l’on cherche."
    )
    minimum_difference: float = Field(default=0.0, ge=0, alias="ecart_minimal")
    highlight: bool = Field(default=True, alias="point_saillant")
    ranked: bool = Field(default=True, alias="classement")
    trend_gap: int = Field(default=1, ge=1, alias="ecart_annees")
    events: bool = Field(default=False, alias="evenements", description="Naissances, décès.")
    group: str = Field(default="", alias="groupe")
    absences: dict[EntryLevel, str] = Field(default={})


class ThemeFile(Section):
    """The indicators of one theme, in display order; the file's stem is the theme's slug."""

    indicators: tuple[IndicatorEntry, ...] = Field(alias="indicateurs", min_length=1)
