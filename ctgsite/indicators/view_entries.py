"""What the catalogue's file of views may say, key by key; turned into `View`s by `view_reading`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ctgsite.config.fields import Section
from ctgsite.indicators.entries import EntryId

EntryViewKind = Literal["besoin_offre", "composition", "pyramide", "deciles", "quartiers"]


class AgeEntry(Section):
    """One age of a pyramid."""

    label: str = Field(alias="libelle")
    men: str = Field(alias="hommes", description="Variable des hommes de cet âge.")
    women: str = Field(alias="femmes", description="Variable des femmes de cet âge.")


class DecileEntry(Section):
    """One published threshold: an indicator, or a variable of the view's source."""

    label: str = Field(alias="libelle")
    indicator: str = Field(default="", alias="indicateur")
    variable: str = ""


class QuarterEntry(Section):
    """One column of the table of priority districts."""

    label: str = Field(alias="libelle")
    source: str = Field(description="Identifiant du jeu de données.")
    numerator: str = Field(alias="numerateur", description="Variable publiée par quartier.")
    denominator: str = Field(default="", alias="denominateur", description="Pour une part.")
    unit: str = Field(default="", alias="unite")
    precision: int = Field(default=0, ge=0, le=3)


class ViewEntry(Section):
    """One composite view; the keys that it needs depend on its kind."""

    id: EntryId
    theme: str = Field(alias="thematique")
    kind: EntryViewKind = Field(alias="genre")
    title: str = Field(alias="titre")
    reading: str = Field(default="", alias="lecture", description="Comment lire cette vue.")
    limits: str = Field(default="", alias="limites")
    question: str = ""
    needs: tuple[str, ...] = Field(default=(), alias="besoin", description="Indicateurs.")
    supply: tuple[str, ...] = Field(default=(), alias="offre", description="Indicateurs.")
    missing: str = Field(
        default="", alias="manque", description="Dit quand aucune source n’a l’autre moitié."
    )
    group: str = Field(default="", alias="groupe", description="Groupe d’indicateurs.")
    labels: dict[str, str] = Field(
        default={}, alias="libelles", description="Noms courts des indicateurs du groupe, en ordre."
    )
    source: str = Field(default="", description="Jeu de données des variables.")
    ages: tuple[AgeEntry, ...] = Field(default=(), alias="tranches")
    deciles: tuple[DecileEntry, ...] = ()
    columns: tuple[QuarterEntry, ...] = Field(default=(), alias="colonnes")


class ViewsFile(Section):
    """The composite views, in display order within each theme."""

    views: tuple[ViewEntry, ...] = Field(alias="vues", min_length=1)
