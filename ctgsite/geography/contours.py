"""Contours as one topology: borders are kept once, so neighbours never gape or overlap.

Communes are drawn from shared arcs; an EPCI, a groupe or a région is the outline of its members:
the arcs that only one of them has. Coordinates are degrees (longitude, latitude).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import accumulate, chain
from pathlib import Path
from typing import Any

from ctgsite.geography.areas import FRANCE_CODE, Level
from ctgsite.geography.embedded import LICENCE, SNAPSHOT, Sources
from ctgsite.geography.packed import read_packed, write_packed

FORMAT = 2
NAME = "contours.json.gz"
MANIFEST = "contours.manifest.json"
DECIMALS = 4
SCALE = 10**DECIMALS

Point = tuple[float, float]
Ring = tuple[Point, ...]
IntPoint = tuple[int, int]


@dataclass(frozen=True)
class Layer:
    """A topology, as TopoJSON has it.

    Attributes:
        arcs: lines, as steps "x0 y0 dx1 dy1…" in ten-thousandths of a degree: texts, since few of
            those of France are ever drawn.
        rings: the rings of each area, as indices of arcs; ~i is arc i backwards.
    """

    arcs: list[str]
    rings: Mapping[str, list[list[int]]]

    def rings_of(self, code: str) -> tuple[Ring, ...]:
        """Return the rings of one area, none where it has no contour."""
        return tuple(_degrees(self._line(ring)) for ring in self.rings.get(code, ()))

    def outline(self, codes: Iterable[str]) -> tuple[Ring, ...]:
        """Return the rings around several areas; none if one of them has no contour."""
        codes = tuple(codes)
        if any(code not in self.rings for code in codes):
            return ()
        used = [arc for code in codes for ring in self.rings[code] for arc in ring]
        inner = {~arc for arc in used}
        return tuple(map(_degrees, _joined(self._line([a]) for a in used if a not in inner)))

    def touching(self, code: str) -> tuple[str, ...]:
        """Return the areas that share a border with this one, not a mere point."""
        own = {max(arc, ~arc) for ring in self.rings.get(code, ()) for arc in ring}
        return tuple(
            other
            for other, rings in self.rings.items()
            if other != code and any(max(arc, ~arc) in own for ring in rings for arc in ring)
        )

    def part(self, codes: Collection[str]) -> Layer:
        """Return the topology of some of the areas, with the arcs that they use."""
        rings = {code: self.rings[code] for code in sorted(codes) if code in self.rings}
        used = sorted({max(arc, ~arc) for own in rings.values() for ring in own for arc in ring})
        place = {arc: at for at, arc in enumerate(used)}
        return Layer(
            [self.arcs[arc] for arc in used],
            {
                code: [[place[a] if a >= 0 else ~place[~a] for a in ring] for ring in own]
                for code, own in rings.items()
            },
        )

    def _line(self, ring: Iterable[int]) -> list[IntPoint]:
        """Return the points of a chain of arcs; where two meet, their point stands once."""
        points: list[IntPoint] = []
        for index in ring:
            arc = list(map(int, self.arcs[index if index >= 0 else ~index].split()))
            line = list(zip(accumulate(arc[::2]), accumulate(arc[1::2]), strict=True))
            points.extend((line if index >= 0 else line[::-1])[bool(points) :])
        return points


@dataclass(frozen=True)
class Contours:
    """The contours at hand: communes of some départements, and all départements.

    Overseas départements are drawn in insets west of the métropole, where their coordinates are
    those of the map, not of the globe.

    Attributes:
        communes: fine topology of communes.
        departements: coarse topology of the 101 départements.
        epci: communes of each EPCI whose communes all have a contour.
        regions: départements of each région.
        missing: communes that should have a contour, and for which the producer has none.
    """

    communes: Layer
    departements: Layer
    epci: Mapping[str, list[str]] = field(default_factory=dict)
    regions: Mapping[str, list[str]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    def rings(self, level: Level | str, code: str) -> tuple[Ring, ...]:
        """Return an area's rings, outer ones and holes alike; none where there is no contour."""
        level = Level(level)
        if level is Level.COMMUNE:
            return self.communes.rings_of(code)
        if level is Level.EPCI:
            return self.communes.outline(self.epci.get(code, ()))
        if level is Level.DEPARTEMENT:
            return self.departements.rings_of(code)
        if level is Level.REGION:
            return self.departements.outline(self.regions.get(code, ()))
        if level is Level.FRANCE and code == FRANCE_CODE:
            return self.departements.outline(self.departements.rings)
        return ()

    def outline(self, communes: Iterable[str]) -> tuple[Ring, ...]:
        """Return the rings around a groupe of communes; none if one of them has no contour."""
        return self.communes.outline(communes)

    def part(self, communes: Collection[str]) -> Contours:
        """Return the contours of some communes, of the EPCI among them, and of all départements."""
        epci = {code: own for code, own in self.epci.items() if set(own) <= set(communes)}
        missing = tuple(code for code in self.missing if code in communes)
        return replace(self, communes=self.communes.part(communes), epci=epci, missing=missing)


def write_contours(contours: Contours, folder: Path, sources: Sources = ()) -> tuple[Path, ...]:
    """Write the file and its manifest, and return their paths; same contours, same bytes.

    `sources` are what they were made of, where not the files that the packaged ones are made of.
    """
    document = {
        "format": FORMAT,
        "communes": {"arcs": contours.communes.arcs, "rings": dict(contours.communes.rings)},
        "departements": {
            "arcs": contours.departements.arcs,
            "rings": dict(contours.departements.rings),
        },
        "epci": dict(contours.epci),
        "regions": dict(contours.regions),
        "missing": contours.missing,
    }
    return write_packed(folder / NAME, document, folder / MANIFEST, _manifest(sources))


def read_contours(folder: Path) -> Contours:
    """Read what `write_contours` wrote.

    Raises:
        SourceError: the file is missing, damaged or of another version.
    """
    return read_packed(folder / NAME, FORMAT, _contours)


def _contours(document: dict[str, Any]) -> Contours:
    return Contours(
        communes=Layer(**document["communes"]),
        departements=Layer(**document["departements"]),
        epci=document["epci"],
        regions=document["regions"],
        missing=tuple(document["missing"]),
    )


@cache
def embedded_contours() -> Contours:
    """Return the contours that come with ctgsite."""
    return read_contours(SNAPSHOT)


def _degrees(line: Iterable[IntPoint]) -> Ring:
    return tuple((x / SCALE, y / SCALE) for x, y in line)


def _joined(lines: Iterable[list[IntPoint]]) -> list[list[IntPoint]]:
    """Join lines end to start into closed rings."""
    starts: dict[IntPoint, list[list[IntPoint]]] = {}
    for line in lines:
        starts.setdefault(line[0], []).append(line)
    rings = []
    while starts:
        parts = [_taken(starts, next(iter(starts)))]
        while parts[-1][-1] != parts[0][0]:
            parts.append(_taken(starts, parts[-1][-1]))
        rings.append([parts[0][0], *chain.from_iterable(part[1:] for part in parts)])
    return rings


def _taken(starts: dict[IntPoint, list[list[IntPoint]]], point: IntPoint) -> list[IntPoint]:
    line = starts[point].pop()
    if not starts[point]:
        del starts[point]
    return line


def _manifest(sources: Sources) -> dict[str, Any]:
    return {
        "fichier": NAME,
        "contenu": "contours simplifiés des communes et des départements",
        "sources": list(sources)
        or [
            {
                "producteur": "IGN, Insee",
                "titre": "Contours des communes, simplifiés, par france-geojson (Grégoire David)",
                "millesime": "2018, ramenés aux communes actuelles",
                "licence": LICENCE,
            },
            {
                "producteur": "IGN, ANCT",
                "titre": "Contours des départements, départements d’outre-mer rapprochés",
                "millesime": "non daté",
                "licence": LICENCE,
            },
        ],
    }
