"""What the checks of a territory's file are told of geography and of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ctgsite.config.known import AreaKind, Box, Succession
from ctgsite.geography.areas import Level
from ctgsite.geography.cog import Geography
from ctgsite.geography.contours import Contours, embedded_contours
from ctgsite.indicators.catalogue import Catalogue


@dataclass(frozen=True)
class Known:
    """The names that exist: themes, indicators, areas of today, communes of yesterday.

    `contours` is called only where a file places something on the map: reading them takes time.
    """

    catalogue: Catalogue
    geography: Geography
    contours: Callable[[], Contours] = embedded_contours

    @property
    def themes(self) -> Mapping[str, str]:
        """The title of each theme of the catalogue, by slug."""
        return {slug: theme.title for slug, theme in self.catalogue.themes.items()}

    @property
    def indicators(self) -> Mapping[str, str]:
        """The label of each indicator, by id."""
        return {name: found.label for name, found in self.catalogue.indicators.items()}

    def name(self, kind: AreaKind, code: str) -> str | None:
        """Return the official name of a current area, or None when it does not exist."""
        area = self.geography.find(kind, code)
        return area.name if area else None

    def departements(self, kind: AreaKind, code: str) -> tuple[tuple[str, str], ...]:
        """Return the (code, name) of each département that a current area touches."""
        found = self.geography.departements_of(kind, code)
        return tuple((area.code, area.name) for area in found)

    def succession(self, commune: str) -> Succession | None:
        """Return what became of a commune that no longer exists."""
        former = self.geography.former(commune)
        if former is None:
            return None
        heirs = tuple((area.code, area.name) for area in self.geography.successors(commune))
        return Succession(former.ended, former.name, heirs)

    def nearest(self, kind: AreaKind, code: str) -> str | None:
        """Return the existing code that looks most like this one."""
        found = self.geography.nearest(code, kind, 1)
        return found[0].code if found else None

    def box(self, kind: AreaKind, code: str) -> Box | None:
        """Return the box around an area, or around its départements where it has no contour.

        Overseas départements are drawn elsewhere than where they are: they have none.
        """
        contours = self.contours()
        rings = () if kind == "departement" else contours.rings(Level(kind), code)
        if not rings:
            around = [number for number, _ in self.departements(kind, code)]
            if any(number.startswith("97") for number in around):
                return None
            rings = tuple(
                ring for number in around for ring in contours.rings(Level.DEPARTEMENT, number)
            )
        points = [point for ring in rings for point in ring]
        if not points:
            return None
        xs, ys = zip(*points, strict=True)
        return min(xs), min(ys), max(xs), max(ys)
