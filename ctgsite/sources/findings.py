"""How a doubtful figure is told: producer, dataset, vintage, variable, area and value."""

from __future__ import annotations

from ctgsite.sources.cells import Source
from ctgsite.sources.panel import Column

AREAS = {
    "commune": ("la commune", "communes"),
    "epci": ("l’EPCI", "EPCI"),
    "departement": ("le département", "départements"),
    "region": ("la région", "régions"),
    "france": ("l’ensemble", "territoire"),
    "iris": ("l’IRIS", "IRIS"),
    "qpv": ("le quartier", "quartiers"),
}

HUGE = 1e15


def dataset_told(source: Source, column: Column) -> str:
    """Where figures come from: "Insee, Populations légales des communes (RP 2018)"."""
    dated = column.year in column.vintage
    vintage = column.vintage if dated else f"{column.vintage}, {column.year}"
    return f"{source.description.producer}, {source.description.title} ({vintage})"


def variable_told(source: Source, variable: str) -> str:
    """What they measure: "« Population municipale » (PMUN)"."""
    return f"« {source.description.variables[variable].label} » ({variable})"


def area_told(level: str, code: str) -> str:
    """One area: "la commune 31557"."""
    return f"{AREAS[level][0]} {code}"


def areas_told(level: str, count: int) -> str:
    """Several areas: "34 000 communes"."""
    return f"{number_told(count)} {AREAS[level][1]}"


def number_told(value: float, decimals: int = 6) -> str:
    """A number as it is written in French; one that no producer means, as computers write it."""
    from babel.numbers import format_decimal

    if abs(value) >= HUGE:
        return f"{value:g}"
    return format_decimal(round(value, decimals), format="#,##0.######", locale="fr_FR")
