"""The figures of a site as files: CSV, XLSX and JSON, and the Data Package that describes them.

Every measure is one row, at full precision; a row without a figure keeps its status and an empty
value. The territory stands once, under the level `territoire`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import orjson

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.pages.banners import FICTITIOUS
from ctgsite.pages.local_tables import local_files, local_resource
from ctgsite.pages.model import Asset
from ctgsite.pages.plan_workbook import plan_downloads
from ctgsite.pages.workbook import workbook

FOLDER = PurePosixPath("donnees")
LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}

Row = dict[str, str | float | None]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the files, in their order."""

    name: str
    type: str
    description: str


COLUMNS = (
    Column("indicateur", "string", "Identifiant de l’indicateur"),
    Column("libelle", "string", "Libellé de l’indicateur"),
    Column("theme", "string", "Thématique"),
    Column(
        "code",
        "string",
        "Code officiel du territoire ; FRANCE, comparables, ou le nom court d’un groupe",
    ),
    Column("territoire", "string", "Nom du territoire"),
    Column(
        "niveau",
        "string",
        "territoire, commune, epci, departement, region, france ou comparables (médiane des "
        "territoires comparables)",
    ),
    Column("annee", "string", "Année (2018) ou période (2013-2018)"),
    Column("valeur", "number", "Valeur à pleine précision ; vide sans chiffre"),
    Column("unite", "string", "Unité"),
    Column("numerateur", "number", "Effectif au numérateur ; vide s’il n’est pas publié"),
    Column("denominateur", "number", "Effectif au dénominateur ; vide s’il n’est pas publié"),
    Column("statut", "string", "Ce qu’il y a derrière la valeur"),
    Column("source", "string", "Producteur et titre de la source"),
    Column("millesime", "string", "Édition de la source"),
)
CHOICES = {
    "niveau": [level.value for level in Level],
    "statut": ["publie", "calcule", "estime", "secret", "absent", "non_agregeable"],
}
KEY = ["indicateur", "code", "annee"]
OPTIONAL = ("valeur", "numerateur", "denominateur", "unite", "source", "millesime")


def render_downloads(diagnostic: Diagnostic, created: datetime) -> tuple[Asset, ...]:
    """Return the four files of `donnees/`, one for each table of the territory's own, and the plan.

    Args:
        diagnostic: its `measures` are the rows.
        created: the date that the workbook states, since its format requires one.
    """
    rows = measure_rows(diagnostic)
    names = [column.name for column in COLUMNS]
    numbers = {column.name for column in COLUMNS if column.type == "number"}
    files = {
        "indicateurs.csv": _csv(rows, names),
        "indicateurs.xlsx": workbook(rows, names, numbers, created),
        "indicateurs.json": _json(rows),
        "datapackage.json": _json(package(diagnostic)),
    }
    measured = (Asset(FOLDER / name, content) for name, content in files.items())
    notice = FICTITIOUS if diagnostic.territory.fictitious else ""
    plan = plan_downloads(diagnostic.plan, diagnostic.evaluation, created, notice)
    return (*measured, *local_files(diagnostic), *plan)


def measure_rows(diagnostic: Diagnostic) -> list[Row]:
    """Return one row a dated measure, in a fixed order, unique on (indicateur, code, annee)."""
    indicators = _indicators(diagnostic)
    sources = {s.dataset: f"{s.producer}, {s.title}" for s in diagnostic.sources}
    themes = {slug: place for place, slug in enumerate(_theme_order(diagnostic))}
    order = {identifier: place for place, identifier in enumerate(indicators)}
    found: dict[tuple[str, str, str], Row] = {}
    for area, measure in _territory_first(diagnostic):
        indicator = indicators.get(measure.indicator)
        if indicator is not None and measure.year:  # no year: the store has no figure of it at all
            key = (measure.indicator, area.code, measure.year)
            found.setdefault(key, _row(area, measure, indicator, diagnostic, sources))
    last = len(themes)
    ranked = sorted(
        found.items(),
        key=lambda item: (themes.get(str(item[1]["theme"]), last), order[item[0][0]]),
    )
    return [row for _, row in ranked]


def package(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return the Data Package (Frictionless, version 1) of the CSV files."""
    slug = diagnostic.territory.slug
    return {
        "profile": "tabular-data-package",
        "name": f"ctg-{slug}",
        "title": f"Indicateurs du diagnostic : {diagnostic.territory.name}",
        "licenses": [LICENCE],
        "sources": [_source(card.producer, card.title, card.page) for card in diagnostic.sources],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "indicateurs",
                "path": "indicateurs.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "header": True},
                "schema": {
                    "fields": [_field(column) for column in COLUMNS],
                    "primaryKey": KEY,
                    "missingValues": [""],
                },
            },
            *map(local_resource, diagnostic.local_tables),
        ],
    }


def _indicators(diagnostic: Diagnostic) -> dict[str, Indicator]:
    """Return every indicator of the site, in the order of its pages."""
    findings = [f for t in diagnostic.themes for f in (*t.findings, *t.missing)]
    findings += diagnostic.key_figures
    findings += [f for t in diagnostic.themes for view in t.views for f in view.findings]
    for member in diagnostic.members:
        findings += [f for t in member.themes for f in (*t.findings, *t.missing)]
    found: dict[str, Indicator] = {}
    for finding in findings:
        found.setdefault(finding.indicator.id, finding.indicator)
    return found


def _theme_order(diagnostic: Diagnostic) -> list[str]:
    return [theme.theme.slug for theme in diagnostic.themes]


def _territory_first(diagnostic: Diagnostic) -> Iterable[tuple[Area, Measure]]:
    """Put the territory's own rows first, then the others in the diagnostic's order."""
    own = diagnostic.area.code
    return sorted(diagnostic.measures, key=lambda pair: pair[0].code != own)


def _row(
    area: Area,
    measure: Measure,
    indicator: Indicator,
    diagnostic: Diagnostic,
    sources: dict[str, str],
) -> Row:
    own_levels = (diagnostic.area.level, Level.TERRITOIRE)
    own = area.code == diagnostic.area.code and area.level in own_levels
    valued = measure.status.has_value and measure.value is not None
    return {
        "indicateur": indicator.id,
        "libelle": indicator.label,
        "theme": indicator.theme,
        "code": area.code,
        "territoire": diagnostic.territory.name if own else area.name,
        "niveau": (Level.TERRITOIRE if own else area.level).value,
        "annee": measure.year,
        "valeur": measure.value if valued else None,
        "unite": indicator.unit,
        "numerateur": measure.numerator,
        "denominateur": measure.denominator,
        "statut": measure.status.value,
        "source": sources.get(measure.dataset, ""),
        "millesime": measure.vintage,
    }


def _csv(rows: Iterable[Row], names: list[str]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return text.getvalue().encode()


def _cell(value: str | float | None) -> str:
    """Return a cell; floats keep every digit, whole ones without a useless “.0”."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return "" if value is None else str(value)


def _json(content: Any) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.name not in OPTIONAL:
        constraints["required"] = True
    if column.name in CHOICES:
        constraints["enum"] = CHOICES[column.name]
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.type,
        "description": column.description,
    }
    return field | ({"constraints": constraints} if constraints else {})


def _source(producer: str, title: str, page: str) -> dict[str, str]:
    source = {"title": f"{producer}, {title}"}
    return source | ({"path": page} if page.startswith(("http://", "https://")) else {})
