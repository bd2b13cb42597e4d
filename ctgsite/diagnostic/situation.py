"""Where a territory is: what holds it, and the contours that a map of the place draws."""

from __future__ import annotations

from collections import Counter

from ctgsite.diagnostic.benchmarks import Coverage
from ctgsite.diagnostic.evidence import Evidence
from ctgsite.diagnostic.model import Rings, Situation
from ctgsite.geography.areas import FRANCE_CODE, Area, Level

_OVERSEAS = ("97", "98")  # codes of départements that the map of France draws in insets


def situation_of(coverage: Coverage, evidence: Evidence) -> Situation:
    """Return where a territory is; contours that are not at hand are left out."""
    departements = _parents(coverage, evidence, Level.DEPARTEMENT)
    contours = evidence.contours
    return Situation(
        departements=departements,
        regions=_parents(coverage, evidence, Level.REGION),
        epci=_parents(coverage, evidence, Level.EPCI),
        communes=len(coverage.communes),
        around=tuple(ring for d in departements for ring in _on_the_globe(d, evidence)),
        marked=tuple(r for d in departements for r in contours.rings(Level.DEPARTEMENT, d.code)),
        ground=contours.rings(Level.FRANCE, FRANCE_CODE),
    )


def _parents(coverage: Coverage, evidence: Evidence, level: Level) -> tuple[Area, ...]:
    """Return the areas of a level that hold a territory, the one with most communes first."""
    found = Counter(evidence.geography.parent(code, level) for code in coverage.communes)
    known = ((area, count) for area, count in found.items() if area is not None)
    return tuple(area for area, _ in sorted(known, key=lambda pair: (-pair[1], pair[0].code)))


def _on_the_globe(departement: Area, evidence: Evidence) -> Rings:
    """Return a département's contour where it truly is, not in an inset of the map of France."""
    if not departement.code.startswith(_OVERSEAS):
        return evidence.contours.rings(Level.DEPARTEMENT, departement.code)
    communes = evidence.geography.communes_of(Level.DEPARTEMENT, departement.code)
    return evidence.contours.outline(communes)
