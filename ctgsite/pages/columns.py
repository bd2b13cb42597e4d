"""What every file of figures is made of: its columns, in order, and the words for their statuses.

The site's files, the portal's, their Data Packages, their workbooks and their pages say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ctgsite.geography.areas import Level
from ctgsite.sources.observations import Status

LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}

Row = dict[str, str | float | None]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the files, in their order; `width` is in characters, for a spreadsheet."""

    name: str
    type: str
    description: str
    width: int = 14

    @property
    def described(self) -> dict[str, Any]:
        """Its description in a Data Package."""
        return {"name": self.name, "type": self.type, "description": self.description}


COLUMNS = (
    Column("indicateur", "string", "Identifiant de l’indicateur", 34),
    Column("libelle", "string", "Libellé de l’indicateur", 46),
    Column("theme", "string", "Thématique", 18),
    Column(
        "code",
        "string",
        "Code officiel du territoire ; FRANCE, comparables, ou le nom court d’un groupe",
        13,
    ),
    Column("territoire", "string", "Nom du territoire", 30),
    Column(
        "niveau",
        "string",
        "territoire, commune, epci, departement, region, france ou comparables (médiane des "
        "territoires comparables)",
        13,
    ),
    Column("annee", "string", "Année (2018) ou période (2013-2018)", 11),
    Column("valeur", "number", "Valeur à pleine précision ; vide sans chiffre", 14),
    Column("unite", "string", "Unité", 16),
    Column("numerateur", "number", "Effectif au numérateur ; vide s’il n’est pas publié", 13),
    Column("denominateur", "number", "Effectif au dénominateur ; vide s’il n’est pas publié", 15),
    Column("statut", "string", "Ce qu’il y a derrière la valeur", 16),
    Column("source", "string", "Producteur et titre de la source", 44),
    Column("millesime", "string", "Édition de la source", 22),
)
NAMES = tuple(column.name for column in COLUMNS)
NUMBERS = frozenset(column.name for column in COLUMNS if column.type == "number")
CHOICES = {
    "niveau": [level.value for level in Level],
    "statut": [status.value for status in Status],
}
KEY = ["indicateur", "code", "annee"]
OPTIONAL = (
    "valeur", "numerateur", "denominateur", "unite", "source", "millesime", "avertissement",
)  # fmt: skip

STATUSES: dict[Status, tuple[str, str]] = {  # in a cell, and explained
    Status.PUBLIE: ("publié", "le chiffre est celui du producteur"),
    Status.CALCULE: ("calculé", "il est calculé à partir d’effectifs publiés"),
    Status.ESTIME: ("estimé", "il est estimé, et la méthode le dit"),
    Status.SECRET: ("secret statistique", "le producteur le masque pour protéger les personnes"),
    Status.ABSENT: ("donnée absente", "aucune source disponible ne le donne"),
    Status.NON_AGREGEABLE: (
        "non calculable à cette échelle",
        "il n’existe qu’à l’échelle où le producteur le publie",
    ),
}


def fields_of(columns: tuple[Column, ...] = COLUMNS) -> list[dict[str, Any]]:
    """Return the description of columns in a Data Package."""
    return [_field(column) for column in columns]


def csv_resource(name: str, path: str, title: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return the description of a CSV file in a Data Package."""
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": title,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "header": True},
        "schema": schema,
    }


def source_entry(producer: str, title: str, page: str) -> dict[str, str]:
    """Return a source as a Data Package credits it."""
    source = {"title": f"{producer}, {title}", "producer": producer}
    return source | ({"path": page} if page.startswith(("http://", "https://")) else {})


def cell_text(value: str | float | None) -> str:
    """Return a CSV cell; floats keep every digit, whole ones without a useless “.0”."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return "" if value is None else str(value)


def required_field(column: Column) -> dict[str, Any]:
    """Return the description of a column that no row leaves empty."""
    return column.described | {"constraints": {"required": True}}


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.name not in OPTIONAL:
        constraints["required"] = True
    if column.name in CHOICES:
        constraints["enum"] = CHOICES[column.name]
    return column.described | ({"constraints": constraints} if constraints else {})
