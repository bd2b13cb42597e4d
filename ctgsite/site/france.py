"""The portal's map: contours of France and of the territories, projected and drawn as SVG paths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ctgsite.geography.drawing import area_of, frame_of, middle_of, path_of, project
from ctgsite.site.model import Ring, SiteCard

_WIDTH = 1000


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
    projected = [project(ring) for ring in ground]
    if not projected:
        return None
    frame = frame_of(projected, _WIDTH)
    places, off_map = [], []
    for card in cards:
        rings = [frame.placed(project(ring)) for ring in card.outline]
        if not rings:
            continue
        x, y = middle_of(max(rings, key=area_of))
        if 0 <= x <= frame.width and 0 <= y <= frame.height:
            places.append(MapPlace(card.slug, card.name, path_of(rings), round(x), round(y)))
        else:
            off_map.append(card.name)
    return FranceMap(
        frame.width, frame.height, frame.path(projected), tuple(places), tuple(off_map)
    )
