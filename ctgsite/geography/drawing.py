"""Contours drawn as SVG paths: the projection of maps of France, and paths on whole units."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

# Lambert's conformal conic with the parallels of France's official projection, on a sphere: the
# shape that readers know from every map of France.
_SOUTH, _NORTH, _LATITUDE, _LONGITUDE = (math.radians(degrees) for degrees in (44, 49, 46.5, 3))

Point = tuple[float, float]
Ring = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a drawing puts the points of a plane: its corner, its scale and its size."""

    left: float
    top: float
    scale: float
    width: int
    height: int

    def placed(self, ring: Iterable[Point]) -> list[Point]:
        """Return points of the plane as those of the drawing, y down."""
        return [((x - self.left) * self.scale, (self.top - y) * self.scale) for x, y in ring]

    def path(self, rings: Iterable[Iterable[Point]]) -> str:
        """Draw rings of the plane."""
        return path_of(self.placed(ring) for ring in rings)


def frame_of(rings: Iterable[Iterable[Point]], width: int, most_high: int | None = None) -> Frame:
    """Return the frame that holds rings, `width` units wide, or narrower to stay `most_high`."""
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    across, up = max(xs) - min(xs), max(ys) - min(ys)
    scale = width / across
    if most_high is not None and up * scale > most_high:
        scale = most_high / up
    return Frame(min(xs), max(ys), scale, math.ceil(across * scale), math.ceil(up * scale))


def project(ring: Iterable[Point]) -> Ring:
    """Project (longitude, latitude) as maps of France are."""
    return tuple(_project(point) for point in ring)


def flatten(ring: Iterable[Point], latitude: float) -> Ring:
    """Project (longitude, latitude) anywhere else, with true proportions around a latitude."""
    narrowing = math.cos(math.radians(latitude))
    return tuple((x * narrowing, y) for x, y in ring)


def path_of(rings: Iterable[Iterable[Point]]) -> str:
    """Draw rings as one path."""
    return "".join(_subpath(ring) for ring in rings)


def area_of(ring: Iterable[Point]) -> float:
    """Return the surface of a ring."""
    points = list(ring)
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def middle_of(ring: Iterable[Point]) -> Point:
    """Return the middle of the box around a ring."""
    xs, ys = zip(*ring, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


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


def _subpath(ring: Iterable[Point]) -> str:
    """Draw a ring on whole units: neighbours keep common borders, and invisible detail goes."""
    points = list(_without_repeats((round(x), round(y)) for x, y in ring))
    if len(points) < 3:
        return ""
    steps: list[tuple[int, int]] = []
    for (x, y), (next_x, next_y) in pairwise(points):
        step = (next_x - x, next_y - y)
        if steps and _same_way(steps[-1], step):
            step = (steps[-1][0] + step[0], steps.pop()[1] + step[1])
        steps.append(step)
    # Commas alone: between spaces, what reads numbers in texts would take these for thousands.
    (x, y), drawn = points[0], ",".join(f"{across},{down}" for across, down in steps)
    return f"M{x},{y}l{drawn}z"


def _same_way(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two steps draw one straight line."""
    (x1, y1), (x2, y2) = one, other
    return x1 * y2 == y1 * x2 and x1 * x2 + y1 * y2 > 0


def _without_repeats(points: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = None
    for point in points:
        if point != last:
            yield point
        last = point
