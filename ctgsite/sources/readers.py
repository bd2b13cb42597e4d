"""How the files of each family are laid out, as a description says, and what their gaps mean.

One model a family: the modules that read files take it as their orders.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from ctgsite.sources.expectations import Strict as _Strict

Gap = Literal["secret", "absent", "non_agregeable"]
TallyLevel = Literal["epci", "departement", "region"]
SdmxLevel = Literal["commune", "epci", "departement", "region", "france"]


class MissingRule(_Strict):
    """What a gap means: the status it takes and the French reason shown."""

    status: Gap = Field(alias="statut")
    reason: str = Field(alias="motif")


class Markers(_Strict):
    """What stands in a cell that holds no figure, and the status each mark takes."""

    secret: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


class TableReader(_Strict):
    """Delimited text, one row an area; long files have one a year, and one a category.

    The year is a row's with `colonne_annee`, or its date's with `colonne_date`, of which `mois`
    keeps one month. With `colonne_categorie`, `categories` gives a short name to each value that
    the column may take, and the columns described are written `column|name`.
    A producer may change its separator for one of `autres_separateurs`.
    """

    family: Literal["tableau"] = Field(alias="famille")
    separator: str = Field(default=";", alias="separateur")
    other_separators: tuple[str, ...] = Field(default=(), alias="autres_separateurs")
    encodings: tuple[str, ...] = Field(default=("utf-8-sig",), alias="encodages")
    decimal: Literal[".", ","] = Field(default=".", alias="decimale")
    member: str = Field(default="", alias="membre")  # the file inside a zip archive
    headers: tuple[str, ...] = Field(default=(), alias="entetes")  # where there is no header line
    code: str = "CODGEO"
    code_width: int = Field(default=0, alias="longueur_code")  # zeros lost on the left are restored
    code_pattern: str = Field(default="", alias="codes_retenus")  # rows of other codes are left out
    code_map: Mapping[str, str] = Field(default={}, alias="codes_traduits")
    row_filter: Mapping[str, str] = Field(default={}, alias="lignes_retenues")
    other_rows: MissingRule | None = Field(default=None, alias="autres_lignes")
    year_column: str = Field(default="", alias="colonne_annee")
    date_column: str = Field(default="", alias="colonne_date")
    month: str = Field(default="", alias="mois", pattern=r"^(0[1-9]|1[0-2])?$")
    category_column: str = Field(default="", alias="colonne_categorie")
    categories: Mapping[str, str] = {}
    year_check: str = Field(default="", alias="colonne_annee_unique")
    grouped_digits: bool = Field(default=False, alias="espaces_des_milliers")
    written_unit: str = Field(default="", alias="unite_ecrite")  # after each figure: "11%"
    markers: Markers = Field(default=Markers(), alias="marques")

    @property
    def is_dated(self) -> bool:
        """Whether each row says of which year it is."""
        return bool(self.year_column or self.date_column)

    @model_validator(mode="after")
    def _long_keys_go_together(self) -> TableReader:
        if self.year_column and self.date_column:
            raise ValueError("« colonne_annee » ou « colonne_date », l’une ou l’autre")
        if self.month and not self.date_column:
            raise ValueError("« mois » demande « colonne_date »")
        if bool(self.category_column) != bool(self.categories):
            raise ValueError("« colonne_categorie » et « categories » vont ensemble")
        if self.category_column and not self.is_dated:
            raise ValueError("« colonne_categorie » demande l’année ou la date de chaque ligne")
        return self


class WorkbookReader(_Strict):
    """A sheet, or one a year, whose header stands some rows down; codes in one or more columns.

    The year of a sheet is told above its header, or by the file's name.
    """

    family: Literal["classeur"] = Field(alias="famille")
    member: str = Field(default="", alias="membre")  # the workbook inside a zip archive
    sheet: str = Field(default="", alias="feuille")
    sheets: str = Field(default="", alias="feuilles_annuelles")  # pattern; its group is the year
    code: tuple[str, ...]
    code_pattern: str = Field(default="", alias="codes_retenus")  # rows of other codes: left out
    year_pattern: str = Field(default="", alias="motif_annee")  # searched above the header
    year_of_name: bool = Field(default=False, alias="annee_du_nom")

    @model_validator(mode="after")
    def _one_way(self) -> WorkbookReader:
        told = bool(self.year_pattern) != self.year_of_name
        one, several = bool(self.sheet) and told, bool(self.sheets)
        if one == several or (several and re.compile(self.sheets).groups != 1):
            raise ValueError(
                "un classeur a une « feuille » et un « motif_annee » ou « annee_du_nom », ou des "
                "« feuilles_annuelles » dont le motif a un seul groupe, l’année"
            )
        return self


class AgeSheetsReader(_Strict):
    """One sheet a year: ages in three blocks side by side (both sexes, men, women)."""

    family: Literal["feuilles_ages"] = Field(alias="famille")
    first_year: int = Field(alias="premiere_annee")
    tolerated_headings: Mapping[str, str] = Field(default={}, alias="entetes_toleres")


class JsonReader(_Strict):
    """An object keyed by commune code; columns are dotted paths, or lists of paths to add."""

    family: Literal["json"] = Field(alias="famille")
    year_path: str = Field(alias="chemin_annee")


class DirectoryReader(_Strict):
    """A list of schools, counted and added by commune; columns are types of schools.

    With `identifiant`, a school on several rows counts once; with `colonne_date`, the file's year
    is that of its newest row.
    """

    family: Literal["annuaire"] = Field(alias="famille")
    commune: str
    kind: str = Field(alias="type")
    pupils: str = Field(alias="eleves")
    unit: str = Field(default="", alias="identifiant")
    date_column: str = Field(default="", alias="colonne_date")
    row_filter: Mapping[str, str] = Field(default={}, alias="lignes_retenues")


class StatusRule(_Strict):
    """What a status of the producer's makes of an observation, and the French reason or note."""

    status: Literal["publie", "estime", "secret", "absent"] = Field(alias="statut")
    reason: str = Field(default="", alias="motif")


class SdmxReader(_Strict):
    """SDMX-like text, or Parquet: a row an area, a year and a crossing of dimensions, one value.

    A column of the description is a modality of `measure`, or several joined by "/" where it names
    several dimensions. One file holds areas of several levels. With `repetitions`, a figure may
    stand in several tables of a file, the same in all.
    """

    family: Literal["sdmx"] = Field(alias="famille")
    separator: str = Field(default=";", alias="separateur")
    encodings: tuple[str, ...] = Field(default=("utf-8-sig",), alias="encodages")
    member: str = Field(default="*_data.csv", alias="membre")
    area: str = Field(default="GEO", alias="zone")
    area_level: str = Field(default="GEO_OBJECT", alias="objet")
    levels: Mapping[str, SdmxLevel] = Field(alias="niveaux")  # other areas are left out
    france: str = "F"  # the one of the perimeters of France that is read
    year: str = Field(default="TIME_PERIOD", alias="periode")
    year_of_name: bool = Field(default=False, alias="annee_du_nom")  # every row is of that year
    since: str = Field(default="", alias="depuis", pattern=r"^(\d{4})?$")  # years before: left out
    repeated: bool = Field(default=False, alias="repetitions")
    value: str = Field(default="OBS_VALUE", alias="valeur")
    status: str = Field(default="", alias="etat")  # the column of statuses, where there is one
    statuses: Mapping[str, StatusRule] = Field(default={}, alias="etats")
    measure: tuple[str, ...] = Field(alias="mesure", min_length=1)
    row_filter: Mapping[str, str] = Field(default={}, alias="lignes_retenues")

    @model_validator(mode="after")
    def _statuses_are_told(self) -> SdmxReader:
        if bool(self.status) != bool(self.statuses):
            raise ValueError("« etat » et « etats » vont ensemble")
        return self


class QuarterReader(TableReader):
    """Quarters (QPV) whose commune is known by its label only."""

    family: Literal["quartiers"] = Field(alias="famille")  # type: ignore[assignment]
    name: str = Field(alias="libelle_quartier")
    label: str = Field(alias="libelle_commune")
    commune_columns: tuple[str, ...] = Field(alias="variables_communales")


class ListReader(TableReader):
    """Establishments, one row each and a year; columns are ``moyenne:name`` or ``nombre:name``."""

    family: Literal["liste"] = Field(alias="famille")  # type: ignore[assignment]
    unit: str = Field(alias="identifiant")
    year_column: str = Field(alias="colonne_annee")


class TallyReader(TableReader):
    """A list of places: a row each, counted by commune; a column is the one that names them.

    A place may lie in several communes: it is then in the count of none, but in those of the areas
    above, whose codes stand in other columns of the list (`niveaux`).
    """

    family: Literal["denombrement"] = Field(alias="famille")  # type: ignore[assignment]
    levels: Mapping[TallyLevel, str] = Field(default={}, alias="niveaux")


Reader = Annotated[
    TableReader
    | WorkbookReader
    | AgeSheetsReader
    | JsonReader
    | DirectoryReader
    | SdmxReader
    | QuarterReader
    | ListReader
    | TallyReader,
    Field(discriminator="family"),
]
