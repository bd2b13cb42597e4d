"""Which areas a territory covers, and which it is compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from ctgsite.config.models import Territory
from ctgsite.geography.areas import COMPARABLES_CODE, FRANCE_CODE, Area, Level
from ctgsite.geography.cog import Geography

LEVEL_OF_TYPE = {
    "commune": Level.COMMUNE,
    "epci": Level.EPCI,
    "departement": Level.DEPARTEMENT,
    "groupe": Level.TERRITOIRE,
}
COMPARABLES = Area(Level.COMPARABLES, COMPARABLES_CODE, "Territoires comparables")


@dataclass(frozen=True, slots=True)
class Coverage:
    """A territory on the map: its own area and its communes (itself alone, for a commune)."""

    area: Area
    communes: tuple[str, ...]


def coverage_of(territory: Territory, geography: Geography) -> Coverage:
    """Return the area and communes of a territory; a groupe's code is its slug."""
    level = LEVEL_OF_TYPE[territory.type]
    if level is Level.TERRITOIRE:
        return Coverage(Area(level, territory.slug, territory.name), tuple(territory.codes))
    code = territory.codes[0]
    official = geography.area(level, code)
    return Coverage(official, geography.communes_of(level, code))


def benchmarks_of(
    territory: Territory, coverage: Coverage, geography: Geography
) -> tuple[Area, ...]:
    """Return the benchmarks a territory asks for, from the nearest to the widest, peers last."""
    return benchmarks_at(territory.comparisons, coverage, geography)


def benchmarks_at(
    levels: Collection[str], coverage: Coverage, geography: Geography
) -> tuple[Area, ...]:
    """Return the benchmarks of an area at some levels, from the nearest to the widest, peers last.

    An area that touches several EPCI, départements or régions is compared with each of them, the
    one with most of its communes first; an area is never its own benchmark.
    """
    wanted = set(levels)
    found: list[Area] = []
    for level in (Level.EPCI, Level.DEPARTEMENT, Level.REGION):
        if level in wanted:
            parents = Counter(geography.parent(code, level) for code in coverage.communes)
            ordered = sorted(parents.items(), key=lambda pair: (-pair[1], pair[0] and pair[0].code))
            found.extend(area for area, _ in ordered if area)
    if Level.FRANCE in wanted:
        found.append(geography.area(Level.FRANCE, FRANCE_CODE))
    if Level.COMPARABLES in wanted:
        found.append(COMPARABLES)
    return tuple(area for area in found if _wider(area, coverage.area))


def _wider(benchmark: Area, area: Area) -> bool:
    """Whether a benchmark says something that the area itself does not."""
    order = (Level.COMMUNE, Level.EPCI, Level.TERRITOIRE, Level.DEPARTEMENT, Level.REGION)
    if benchmark.level not in order:
        return True
    return order.index(benchmark.level) > order.index(area.level)
