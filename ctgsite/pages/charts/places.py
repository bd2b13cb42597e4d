"""Map of services: the communes' contours, and a numbered point for each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Any

from ctgsite.diagnostic.model import Shape
from ctgsite.geography.areas import Level
from ctgsite.pages.charts.base import Chart, hidden_axis, layout, legend_below
from ctgsite.pages.charts.map import LEGEND_ROW, MAP_HEIGHT, Grid, scale_bar
from ctgsite.pages.palette import NO_FIGURE, OUTLINE, TERRITORY

OVERSEAS = "97"
SIDES = 36  # room for the numbers of a point at the edge
CLOSE = 34  # steps of the grid under which two points would hide each other
EXACT = "lieu du service"
MIDDLE = "centre de la commune, faute de lieu précis"


@dataclass(frozen=True, slots=True)
class Place:
    """A service on the map: its number in the table, what it is called, and where it stands."""

    number: int
    name: str
    at: tuple[float, float]  # longitude, latitude
    exact: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """Places that stand too close to be told apart: one point carries all their numbers."""

    at: tuple[int, int]
    places: tuple[Place, ...]


def places_chart(places: Sequence[Place], shapes: Sequence[Shape]) -> Chart | None:
    """Return the map, or None where there is no contour to draw or nothing to place on it."""
    drawn = [shape for shape in shapes if shape.rings]
    if not drawn or not places:
        return None
    rings = [ring for shape in drawn for ring in shape.rings]
    grid = Grid.around([*rings, [place.at for place in places]])
    lines = [grid.line(ring) for ring in rings]
    traces = [_contours(lines)]
    for exact in (True, False):
        spots = spots_of([place for place in places if place.exact is exact], grid)
        if spots:
            traces.append(_points(spots, exact=exact))
    legend = LEGEND_ROW * (len(traces) - 1)
    if not any(_is_inset(shape) for shape in drawn):
        traces.append(scale_bar(grid, lines))
    return {
        "data": traces,
        "layout": layout(
            MAP_HEIGHT + legend,
            margin={"l": SIDES, "r": SIDES, "t": 24, "b": legend + 16},
            xaxis=hidden_axis(),
            yaxis=hidden_axis(scaleanchor="x", scaleratio=grid.ratio),
            showlegend=True,
            legend=legend_below(),
        ),
    }


def _is_inset(shape: Shape) -> bool:
    """Whether a contour is drawn near the métropole, where a scale would not be true."""
    return shape.area.level is Level.DEPARTEMENT and shape.area.code.startswith(OVERSEAS)


def spots_of(places: Iterable[Place], grid: Grid) -> tuple[Spot, ...]:
    """Gather the places that would hide each other, each with the first one that is close."""
    found: list[Spot] = []
    for place in places:
        ((x, y),) = grid.line([place.at])
        near = next((s for s in found if _close(s.at, (x, y))), None)
        if near is None:
            found.append(Spot((x, y), (place,)))
        else:
            found[found.index(near)] = Spot(near.at, (*near.places, place))
    return tuple(found)


def numbers_of(spot: Spot) -> str:
    """Return the numbers at one point: “2”, “2, 5”, “2 à 6”."""
    numbers = sorted(place.number for place in spot.places)
    runs: list[list[int]] = [[numbers[0]]]
    for before, after in pairwise(numbers):
        if after == before + 1:
            runs[-1].append(after)
        else:
            runs.append([after])
    return ", ".join(_run(run) for run in runs)


def _run(run: Sequence[int]) -> str:
    return f"{run[0]} à {run[-1]}" if len(run) > 2 else ", ".join(map(str, run))


def _close(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return abs(one[0] - other[0]) < CLOSE and abs(one[1] - other[1]) < CLOSE


def _contours(lines: Iterable[Sequence[tuple[int, int]]]) -> dict[str, Any]:
    """Return the contours as one trace, separated by gaps."""
    points = list(_joined(lines))
    return {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "fillcolor": NO_FIGURE,
        "line": {"color": OUTLINE, "width": 0.7},
        "x": [point[0] if point else None for point in points],
        "y": [point[1] if point else None for point in points],
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _joined(lines: Iterable[Sequence[tuple[int, int]]]) -> Iterator[tuple[int, int] | None]:
    for place, line in enumerate(lines):
        if place:
            yield None
        yield from line


def _points(spots: Sequence[Spot], *, exact: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [spot.at[0] for spot in spots],
        "y": [spot.at[1] for spot in spots],
        "text": [f"<b>{numbers_of(spot)}</b>" for spot in spots],
        "textposition": "top center" if exact else "bottom center",
        "cliponaxis": False,
        "marker": {
            "size": 12,
            "symbol": "circle" if exact else "diamond-open",
            "color": TERRITORY,
            "line": {"color": TERRITORY, "width": 2},
        },
        "hovertext": [
            "<br>".join(f"{place.number}. {escape(place.name)}" for place in spot.places)
            for spot in spots
        ],
        "hoverinfo": "text",
        "name": EXACT if exact else MIDDLE,
    }
