"""Which area a code names, and what any area is read against where no territory says so."""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.config.models import Territory
from ctgsite.diagnostic.benchmarks import (
    Coverage,
    benchmarks_at,
    benchmarks_of,
    coverage_of,
)
from ctgsite.diagnostic.evidence import Evidence
from ctgsite.diagnostic.findings import Setting
from ctgsite.diagnostic.local import LocalEvidence
from ctgsite.diagnostic.setting import PEERS, setting_of_territory
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.cog import Geography
from ctgsite.indicators.model import OFFICIAL_LEVELS
from ctgsite.indicators.peers import find_peers

_WIDER = (Level.EPCI, Level.DEPARTEMENT, Level.REGION, Level.FRANCE)
_WITH_PEERS = (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT)


def areas_with_code(code: str, geography: Geography) -> Iterator[Area]:
    """Yield the areas that bear a code, the narrowest first: 75 is Paris, and a région."""
    found = (geography.find(level, code) for level in OFFICIAL_LEVELS)
    yield from (area for area in found if area is not None)


def likely_level(code: str) -> Level:
    """Return the level that a code, or a name, that nothing bears seems to be of."""
    if not code.isdigit():
        return Level.COMMUNE
    if len(code) > 5:
        return Level.EPCI
    return Level.COMMUNE if len(code) > 3 else Level.DEPARTEMENT


def setting_of_area(area: Area, evidence: Evidence) -> Setting:
    """Return what an area that no territory's file describes is read against."""
    geography = evidence.geography
    coverage = Coverage(area, geography.communes_of(area.level, area.code))
    if area.level is Level.FRANCE:
        levels: tuple[Level, ...] = ()
    else:
        peers = (Level.COMPARABLES,) if area.level in _WITH_PEERS else ()
        levels = (*_WIDER, *peers)
    return _setting(coverage, benchmarks_at(levels, coverage, geography), evidence)


def setting_of(
    territory: Territory, evidence: Evidence, local: LocalEvidence | None = None
) -> tuple[Setting, Evidence]:
    """Return what a territory is read against, and the evidence with its own figures.

    They are those of a groupe, and those of its own files (`local`).
    """
    coverage = coverage_of(territory, evidence.geography)
    if coverage.area.level is Level.TERRITOIRE:
        evidence = evidence.with_group(coverage.area, coverage.communes)
    if local is not None:
        evidence = evidence.with_local(local)
    benchmarks = benchmarks_of(territory, coverage, evidence.geography)
    return _setting(coverage, benchmarks, evidence), evidence


def _setting(coverage: Coverage, benchmarks: tuple[Area, ...], evidence: Evidence) -> Setting:
    peers = find_peers(evidence.figures, coverage.area, PEERS)
    return setting_of_territory(coverage, benchmarks, peers, evidence)
