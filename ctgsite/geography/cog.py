"""The Geography: today's areas, what contains what, and how an unknown code is best explained.

Nothing here knows figures. pandas is imported only by those who ask for the table of communes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ctgsite.geography.areas import FRANCE_CODE, Area, Level
from ctgsite.geography.passage import FormerCommune, Passage
from ctgsite.geography.spelling import nearest_areas
from ctgsite.geography.unknown import UnknownAreaError

if TYPE_CHECKING:
    import pandas as pd

FRANCE = Area(Level.FRANCE, FRANCE_CODE, "France", 3)


@dataclass(frozen=True, slots=True)
class CommuneTable:
    """Today's communes in columns of one length, by code; `epci` is "" where there is none."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    tncc: tuple[int, ...]
    epci: tuple[str, ...]


@dataclass(frozen=True)
class Geography:
    """Today's areas and their membership.

    The 94 communes of the collectivités d’outre-mer exist, but belong to no département, région
    or EPCI, nor to `France`, which is the métropole and the five overseas départements.

    Attributes:
        year: the areas are those of 1 January of that year.
        table: the communes.
        epcis: the EPCI à fiscalité propre, by code.
        departements: the 101 départements, by code.
        regions: the 18 régions, by code.
        region_of: the région of each département.
        iris: the IRIS (2021) of each commune that is split in IRIS: last four digits and type
            (H habitat, A activité, D divers).
        epci_changed: the EPCI whose communes are no longer those of 2020.
        passage: from former communes to today's.
    """

    year: int
    table: CommuneTable
    epcis: tuple[Area, ...]
    departements: tuple[Area, ...]
    regions: tuple[Area, ...]
    region_of: Mapping[str, str]
    iris: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    epci_changed: frozenset[str] = frozenset()
    passage: Passage = field(default_factory=lambda: Passage(frozenset()))

    def area(self, level: Level | str, code: str) -> Area:
        """Return an area.

        Raises:
            UnknownAreaError: with the successors of a former commune, or the nearest codes.
        """
        found = self.find(level, code)
        if found is None:
            level = Level(level)
            former = self.former(code) if level is Level.COMMUNE else None
            heirs = self.successors(code) if former else ()
            near = () if heirs else self.nearest(code, level)
            raise UnknownAreaError(level, code, self.year, near, former, heirs)
        return found

    def find(self, level: Level | str, code: str) -> Area | None:
        """Return an area, or None where no area of that level has that code today."""
        level = Level(level)
        if level is not Level.COMMUNE:
            return self._higher[level].get(code)
        row = self._rows.get(code)
        return None if row is None else self._commune(row)

    def areas(self, level: Level | str) -> tuple[Area, ...]:
        """Return all areas of a level, by code."""
        level = Level(level)
        if level is Level.COMMUNE:
            return tuple(map(self._commune, range(len(self.table.codes))))
        return tuple(self._higher[level].values())

    def communes_of(self, level: Level | str, code: str) -> tuple[str, ...]:
        """Return the codes of an area's communes (of a commune: itself).

        Raises:
            UnknownAreaError: where there is no such area.
        """
        area = self.area(level, code)
        if area.level is Level.COMMUNE:
            return (area.code,)
        return self._members[area.level].get(code, ())

    def with_whole_epci(self, departements: Iterable[str]) -> frozenset[str]:
        """Return the communes of some départements, and all those of the EPCI that they touch."""
        own = {c for code in departements for c in self.communes_of(Level.DEPARTEMENT, code)}
        touched = {epci.code for code in own if (epci := self.epci_of(code))}
        return frozenset(own).union(*(self.communes_of(Level.EPCI, code) for code in touched))

    def parent(self, commune: str, level: Level | str) -> Area | None:
        """Return the area of a level that a commune belongs to, None where there is none."""
        level = Level(level)
        self.area(Level.COMMUNE, commune)
        return self.find(level, self._parent_code(commune, level))

    def epci_of(self, commune: str) -> Area | None:
        """Return the EPCI of a commune; four islands and the collectivités have none."""
        return self.parent(commune, Level.EPCI)

    def departements_of(self, level: Level | str, code: str) -> tuple[Area, ...]:
        """Return the départements that an area touches: an EPCI may straddle several."""
        codes = {self._departement_code(commune) for commune in self.communes_of(level, code)}
        return tuple(area for area in self.departements if area.code in codes)

    def former(self, code: str) -> FormerCommune | None:
        """Return what is known of a commune that no longer exists."""
        return None if code in self._rows else self.passage.former.get(code)

    def successors(self, code: str) -> tuple[Area, ...]:
        """Return today's communes on the territory of one that no longer exists.

        Its end is `former(code).ended`. Empty for a current commune and for an unknown code.
        """
        former = self.former(code)
        return tuple(self.area(Level.COMMUNE, heir) for heir in former.successors) if former else ()

    def nearest(self, text: str, level: Level | str, limit: int = 3) -> tuple[Area, ...]:
        """Return the areas whose code, or whose name (accents folded), looks most like a text."""
        return nearest_areas(text, self.areas(level), limit)

    def current_code(self, code: str) -> str | None:
        """Return today's commune for a code of any year; see `Passage.current_code`."""
        return self.passage.current_code(code)

    def harmonised_codes(self, codes: pd.Series[str]) -> pd.Series[str]:
        """Return today's communes for a column; see `Passage.harmonised_codes`."""
        return self.passage.harmonised_codes(codes)

    @cached_property
    def communes(self) -> pd.DataFrame:
        """Today's communes: index code; columns name, tncc, epci, departement, region."""
        import pandas as pd

        departements = [self._departement_code(code) for code in self.table.codes]
        columns = {
            "name": list(self.table.names),
            "tncc": list(self.table.tncc),
            "epci": list(self.table.epci),
            "departement": departements,
            "region": [self.region_of.get(code, "") for code in departements],
        }
        return pd.DataFrame(columns, index=pd.Index(self.table.codes, name="code"))

    @cached_property
    def _rows(self) -> Mapping[str, int]:
        return {code: row for row, code in enumerate(self.table.codes)}

    @cached_property
    def _higher(self) -> Mapping[Level, Mapping[str, Area]]:
        return {
            Level.EPCI: {area.code: area for area in self.epcis},
            Level.DEPARTEMENT: {area.code: area for area in self.departements},
            Level.REGION: {area.code: area for area in self.regions},
            Level.FRANCE: {FRANCE_CODE: FRANCE},
            Level.TERRITOIRE: {},
            Level.COMPARABLES: {},
        }

    @cached_property
    def _members(self) -> Mapping[Level, Mapping[str, tuple[str, ...]]]:
        levels = (Level.EPCI, Level.DEPARTEMENT, Level.REGION, Level.FRANCE)
        members: dict[Level, dict[str, list[str]]] = {level: {} for level in levels}
        for commune in self.table.codes:
            for level in levels:
                members[level].setdefault(self._parent_code(commune, level), []).append(commune)
        return {
            level: {code: tuple(communes) for code, communes in groups.items() if code}
            for level, groups in members.items()
        }

    def _commune(self, row: int) -> Area:
        table = self.table
        return Area(Level.COMMUNE, table.codes[row], table.names[row], table.tncc[row])

    def _parent_code(self, commune: str, level: Level) -> str:
        if level is Level.EPCI:
            return self.table.epci[self._rows[commune]]
        departement = self._departement_code(commune)
        if level is Level.FRANCE:
            return FRANCE_CODE if departement else ""
        if level is Level.REGION:
            return self.region_of.get(departement, "")
        return departement if level is Level.DEPARTEMENT else commune

    def _departement_code(self, commune: str) -> str:
        code = departement_code(commune)
        return code if code in self.region_of else ""


def departement_code(commune: str) -> str:
    """Return the start of a commune's code that is its département: three characters overseas."""
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]
