"""Draws the contour of a territory for the cover: north up, with its true proportions."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ctgsite.site.model import Ring

_SIDE = 1000  # units of the longer side


@dataclass(frozen=True, slots=True)
class Contour:
    """A drawing: its size, and the path of its borders."""

    width: int
    height: int
    path: str


def draw_contour(rings: tuple[Ring, ...]) -> Contour | None:
    """Draw rings of (longitude, latitude); None where there are none."""
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrowing = math.cos(math.radians((south + north) / 2))  # of a degree of longitude, here
    width, height = (east - west) * narrowing, north - south
    if not (width and height):
        return None
    scale = _SIDE / max(width, height)
    path = "".join(
        "M{}z".format(
            "L".join(
                f"{round((x - west) * narrowing * scale)},{round((north - y) * scale)}"
                for x, y in ring
            )
        )
        for ring in rings
    )
    return Contour(math.ceil(width * scale), math.ceil(height * scale), path)
