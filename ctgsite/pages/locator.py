"""The small map of the home page: the territory in its département, and this one in France."""

from __future__ import annotations

from dataclasses import dataclass

from ctgsite.diagnostic.model import Diagnostic, Rings
from ctgsite.geography.areas import Level
from ctgsite.geography.drawing import Frame, area_of, flatten, frame_of, middle_of, project
from ctgsite.geography.names import dans, le
from ctgsite.pages.french import capitalise, counted, listing

_LARGE, _SMALL = 240, 120  # units across
_TINY_SHARE = 12  # what is less than a twelfth of its map is ringed, to be found


@dataclass(frozen=True, slots=True)
class Drawing:
    """One map: its size, its ground, what it marks, and a ring around what is hard to see."""

    width: int
    height: int
    ground: str
    marked: str
    ring: tuple[int, int, int] | None = None  # x, y, radius


@dataclass(frozen=True, slots=True)
class Locator:
    """The maps, nearest first, and what they show in words."""

    drawings: tuple[Drawing, ...]
    words: str


def locator(diagnostic: Diagnostic) -> Locator | None:
    """Return where the territory is; None where nothing is known of it."""
    words = situation_words(diagnostic)
    if not words:
        return None
    near = _near(diagnostic)
    far = _far(diagnostic, _SMALL if near else _LARGE)
    return Locator(tuple(drawing for drawing in (near, far) if drawing), words)


def situation_words(diagnostic: Diagnostic) -> str:
    """Return where the territory is in words, as sentences; "" where it is not known."""
    area, situation = diagnostic.area, diagnostic.situation
    regions = listing([dans(region) for region in situation.regions])
    if not regions:
        return ""
    if area.level is Level.DEPARTEMENT:
        return f"{capitalise(regions)}. {counted(situation.communes, 'commune')}."
    where = listing([dans(departement) for departement in situation.departements])
    text = f"{capitalise(where)}, {regions}."
    if area.level is not Level.COMMUNE:
        return f"{text} {counted(situation.communes, 'commune')}."
    return f"{text} Commune membre de {le(situation.epci[0])}." if situation.epci else text


def _near(diagnostic: Diagnostic) -> Drawing | None:
    """Draw the territory in the départements that hold it."""
    around = diagnostic.situation.around
    own = _own(diagnostic)
    if not around or not own or diagnostic.area.level is Level.DEPARTEMENT:
        return None
    latitudes = [latitude for ring in around for _, latitude in ring]
    middle = (min(latitudes) + max(latitudes)) / 2
    ground = [flatten(ring, middle) for ring in around]
    marked = [flatten(ring, middle) for ring in own]
    return _drawn(frame_of(ground, _LARGE, _LARGE), tuple(ground), tuple(marked))


def _far(diagnostic: Diagnostic, width: int) -> Drawing | None:
    """Draw the territory's départements in France."""
    situation = diagnostic.situation
    if not situation.ground or not situation.marked:
        return None
    ground = tuple(project(ring) for ring in situation.ground)
    marked = tuple(project(ring) for ring in situation.marked)
    return _drawn(frame_of(ground, width), ground, marked)


def _drawn(frame: Frame, ground: Rings, marked: Rings) -> Drawing:
    return Drawing(
        frame.width, frame.height, frame.path(ground), frame.path(marked), _ring(frame, marked)
    )


def _ring(frame: Frame, marked: Rings) -> tuple[int, int, int] | None:
    """Return a ring around what the map shows too small to be found."""
    placed = [frame.placed(ring) for ring in marked]
    points = [point for ring in placed for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    tiny = max(frame.width, frame.height) / _TINY_SHARE
    if max(max(xs) - min(xs), max(ys) - min(ys)) >= tiny:
        return None
    x, y = middle_of(max(placed, key=area_of))
    return round(x), round(y), round(tiny * 0.7)


def _own(diagnostic: Diagnostic) -> Rings:
    """Return the territory's contour, or those of its communes: a groupe has none of its own."""
    shapes = diagnostic.shapes
    own = tuple(shape for shape in shapes if shape.area == diagnostic.area) or shapes
    return tuple(ring for shape in own for ring in shape.rings)
