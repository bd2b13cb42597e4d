"""The portal's map: contours of France and of the territories, projected and drawn as SVG paths."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ctgsite.site.model import Ring, SiteCard

_WIDTH = 1000
# Lambert's conformal conic with the parallels of France's official projection, on a sphere: the
# shape that readers know from every map of France.
_SOUTH, _NORTH, _LATITUDE, _LONGITUDE = (math.radians(degrees) for degrees in (44, 49, 46.5, 3))

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class MapPlace:
    """One territory on the map."""

    slug: str
    name: str
    outline: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class FranceMap:
    """A drawing: the ground, the territories on it, and the names of those outside it."""

    width: int
    height: int
    ground: str
    places: tuple[MapPlace, ...]
    off_map: tuple[str, ...]


def draw_france(ground: tuple[Ring, ...], cards: Iterable[SiteCard]) -> FranceMap | None:
    """Draw the territories over the contours of France's départements; None without contours."""
    projected = [[_project(point) for point in ring] for ring in ground]
    if not projected:
        return None
    xs = [x for ring in projected for x, _ in ring]
    ys = [y for ring in projected for _, y in ring]
    scale = _WIDTH / (max(xs) - min(xs))
    height = math.ceil((max(ys) - min(ys)) * scale)

    def place(ring: Iterable[Point]) -> list[Point]:
        return [((x - min_x) * scale, (max_y - y) * scale) for x, y in ring]

    min_x, max_y = min(xs), max(ys)
    places, off_map = [], []
    for card in cards:
        rings = [place(map(_project, ring)) for ring in card.outline]
        if not rings:
            continue
        x, y = _middle(max(rings, key=_area))
        if 0 <= x <= _WIDTH and 0 <= y <= height:
            places.append(MapPlace(card.slug, card.name, _path(rings), round(x), round(y)))
        else:
            off_map.append(card.name)
    drawn = _path(place(ring) for ring in projected)
    return FranceMap(_WIDTH, height, drawn, tuple(places), tuple(off_map))


def _project(point: Point) -> Point:
    longitude, latitude = map(math.radians, point)
    cone = math.log(math.cos(_SOUTH) / math.cos(_NORTH)) / math.log(
        _tangent(_NORTH) / _tangent(_SOUTH)
    )
    factor = math.cos(_SOUTH) * _tangent(_SOUTH) ** cone / cone
    radius = factor / _tangent(latitude) ** cone
    angle = cone * (longitude - _LONGITUDE)
    return radius * math.sin(angle), factor / _tangent(_LATITUDE) ** cone - radius * math.cos(angle)


def _tangent(latitude: float) -> float:
    return math.tan(math.pi / 4 + latitude / 2)


def _path(rings: Iterable[Iterable[Point]]) -> str:
    return "".join(_subpath(ring) for ring in rings)


def _subpath(ring: Iterable[Point]) -> str:
    """Draw a ring on whole units: neighbours keep common borders, and invisible detail goes."""
    points = list(_without_repeats((round(x), round(y)) for x, y in ring))
    if len(points) < 3:
        return ""
    (x, y), steps = points[0], []
    for next_x, next_y in points[1:]:
        steps.append(f"{next_x - x},{next_y - y}")
        x, y = next_x, next_y
    return f"M{points[0][0]},{points[0][1]}l{' '.join(steps)}z"


def _without_repeats(points: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = None
    for point in points:
        if point != last:
            yield point
        last = point


def _area(ring: list[Point]) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _middle(ring: list[Point]) -> Point:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
