"""What surrounds a territory of one commune: its neighbours, their contours and their figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ctgsite.diagnostic.benchmarks import Coverage
from ctgsite.diagnostic.evidence import Evidence
from ctgsite.diagnostic.findings import figures_of
from ctgsite.diagnostic.model import NO_SURROUNDINGS, Finding, Shape, Surroundings, ThemeDiagnostic
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.comparison import is_count

MOST = 60  # communes; those of a larger EPCI are left out, but for the ones that share a border
FEWEST = 3  # of them with a figure, for a map


def surroundings_of(
    coverage: Coverage, themes: Iterable[ThemeDiagnostic], evidence: Evidence
) -> Surroundings:
    """Return the neighbours of a commune and their figures, one indicator a theme.

    Nothing for a territory of several communes, which has its own, or without contours.
    """
    if coverage.area.level is not Level.COMMUNE:
        return NO_SURROUNDINGS
    areas = (coverage.area, *_neighbours(coverage.area, evidence))
    found = ((theme.theme.slug, _mapped(theme, areas, evidence)) for theme in themes)
    findings = tuple((slug, finding) for slug, finding in found if finding is not None)
    shapes = (Shape(a, evidence.contours.rings(a.level, a.code)) for a in areas)
    return Surroundings(findings, tuple(shape for shape in shapes if shape.rings))


def _neighbours(own: Area, evidence: Evidence) -> list[Area]:
    """Return the communes of its EPCI and those that share a border with it, by name."""
    geography = evidence.geography
    codes = set(evidence.contours.communes.touching(own.code))
    epci = geography.epci_of(own.code)
    inside = geography.communes_of(Level.EPCI, epci.code) if epci else ()
    if len(codes.union(inside)) <= MOST:
        codes.update(inside)
    areas = (geography.find(Level.COMMUNE, code) for code in codes - {own.code})
    return sorted((area for area in areas if area), key=lambda area: (area.name, area.code))


def _mapped(theme: ThemeDiagnostic, areas: tuple[Area, ...], evidence: Evidence) -> Finding | None:
    """Return the theme's first rate that enough of these communes have, with their figures."""
    for finding in theme.findings:
        if is_count(finding.indicator):
            continue
        members = figures_of(finding.indicator, finding.measure.year, areas, evidence)
        if sum(measure.value is not None for _, measure in members) >= FEWEST:
            return replace(finding, members=members)
    return None
