"""A diagnostic's figures as schema.org describes a Dataset: what they are, of when, from whom.

The files that distribute them are added where the site knows its own addresses.
"""

from __future__ import annotations

import re
from typing import Any

from ctgsite.diagnostic.model import Diagnostic, SourceCard
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.names import de
from ctgsite.pages.columns import LICENCE
from ctgsite.pages.french import typographic

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_WEB = ("http://", "https://")
_REGISTERS = {
    Level.COMMUNE: "Code officiel géographique",
    Level.EPCI: "Siren",
    Level.DEPARTEMENT: "Code officiel géographique",
}


def dataset(diagnostic: Diagnostic) -> dict[str, Any]:
    """Return the description of a territory's figures; nothing that is not known stands in it."""
    territory = diagnostic.territory
    themes = ", ".join(theme.theme.title.lower() for theme in diagnostic.themes)
    found = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"Indicateurs du diagnostic social : {territory.name}",
        "description": typographic(
            f"Les chiffres publics qui décrivent la situation sociale {de(diagnostic.area)} et "
            f"des territoires de comparaison : {themes}. Une ligne par indicateur, territoire et "
            "année, avec la source et le statut de chaque chiffre."
        ),
        "inLanguage": "fr",
        "isAccessibleForFree": True,
        "license": LICENCE["path"],
        "keywords": [theme.theme.title for theme in diagnostic.themes],
        "temporalCoverage": _coverage(diagnostic),
        "spatialCoverage": _place(diagnostic),
        "creator": _organisation(territory.publisher.body),
        "publisher": _organisation(territory.publisher.body),
        "isBasedOn": [_source(card) for card in diagnostic.sources],
    }
    return {key: value for key, value in found.items() if value}


def _coverage(diagnostic: Diagnostic) -> str:
    """Return the years that the figures are about: `2013/2021`."""
    dated = (m.year for _, m in diagnostic.measures if m.value is not None)
    years = sorted({year for text in dated for year in _YEAR.findall(text)})
    return f"{years[0]}/{years[-1]}" if years else ""


def _place(diagnostic: Diagnostic) -> dict[str, Any]:
    found = {
        "@type": "AdministrativeArea",
        "name": diagnostic.territory.name,
        "identifier": _code(diagnostic.area),
        "geo": _box(diagnostic),
    }
    return {key: value for key, value in found.items() if value}


def _code(area: Area) -> dict[str, str] | None:
    """Return an area's official code; a group of communes has none."""
    register = _REGISTERS.get(area.level)
    if register is None:
        return None
    return {"@type": "PropertyValue", "propertyID": register, "value": area.code}


def _box(diagnostic: Diagnostic) -> dict[str, str] | None:
    """Return the rectangle around the territory: south west, then north east."""
    own = [shape for shape in diagnostic.shapes if shape.area == diagnostic.area]
    points = [p for s in own or diagnostic.shapes for ring in s.rings for p in ring]
    if not points:
        return None
    east, north = (max(point[axis] for point in points) for axis in (0, 1))
    west, south = (min(point[axis] for point in points) for axis in (0, 1))
    return {"@type": "GeoShape", "box": f"{south:.4f} {west:.4f} {north:.4f} {east:.4f}"}


def _organisation(name: str) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def _source(card: SourceCard) -> dict[str, Any]:
    cited = {
        "@type": "CreativeWork",
        "name": card.title,
        "creator": [_organisation(name) for name in card.producer.split(", ")],
        "version": ", ".join(card.vintages),
        "license": card.licence,
        "url": card.page if card.page.startswith(_WEB) else "",
    }
    return {key: value for key, value in cited.items() if value}
