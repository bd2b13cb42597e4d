"""Map of member communes: filled contours by class of equal size, north up, without any basemap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import chain
from typing import Any

from ctgsite.diagnostic.model import Finding, Shape
from ctgsite.geography.areas import Area
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.pages.charts.base import Chart, hidden_axis, layout, legend_below
from ctgsite.pages.french import NBSP, number, rounded, unit_after
from ctgsite.pages.palette import CLEAR, NO_FIGURE, OUTLINE, classes, falls
from ctgsite.pages.sentences import figure, label

MOST_CLASSES = 5
MOST_FALLS = 3  # of them, below zero
COMMUNES_PER_CLASS = 3  # fewer communes make fewer classes
MAP_HEIGHT = 520
LEGEND_ROW = 24
STEPS = 500  # along the longer side: about one a pixel

DEGREE_KM = 111.19  # of latitude, and of longitude at the equator: of a sphere of 6,371 km
ROUND_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200)
CASING = (("#ffffff", 7), ("#1b2a38", 4))  # a dark line edged with white shows on every tint
SCALE_PART = 0.3  # of the map's width, at most

Line = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class MapClass:
    """Communes from `low` to `high`, both shown."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value belongs to this class."""
        return self.low <= value <= self.high


def map_classes(values: Iterable[float], precision: int) -> tuple[MapClass, ...]:
    """Cut values into at most five classes of about as many communes each, lowest first.

    Values are taken as displayed, so that two communes with the same figure share a class. No class
    spans zero: rises and falls are told apart.
    """
    ordered = sorted(rounded(value, precision) for value in values)
    below = [value for value in ordered if value < 0]
    above = ordered[len(below) :]
    if not below or not above:
        return _equal_classes(ordered, MOST_CLASSES)
    wanted = min(MOST_FALLS, max(1, round(MOST_CLASSES * len(below) / len(ordered))))
    return (*_equal_classes(below, wanted), *_equal_classes(above, MOST_CLASSES - wanted))


def is_signed(values: Iterable[float]) -> bool:
    """Whether some values are below zero and some are not."""
    signs = {value < 0 for value in values}
    return len(signs) == 2


def _equal_classes(ordered: Sequence[float], most: int) -> tuple[MapClass, ...]:
    wanted = max(1, min(most, len(ordered) // COMMUNES_PER_CLASS))
    found: list[MapClass] = []
    start = 0
    for rank in range(1, wanted + 1):
        end = max(start, math.ceil(rank * len(ordered) / wanted))
        while end < len(ordered) and end > 0 and ordered[end] == ordered[end - 1]:
            end += 1
        if end > start:
            found.append(MapClass(ordered[start], ordered[end - 1]))
            start = end
    return tuple(found)


def class_label(part: MapClass, indicator: Indicator) -> str:
    """Return a class in words: “7,2 à 9,8 %”, or “7,2 %” where both ends read the same."""
    low, high = number(part.low, indicator.precision), number(part.high, indicator.precision)
    text = high if low == high else f"{low} à {high}"
    return text + unit_after(part.high, indicator.unit)


@dataclass(frozen=True, slots=True)
class Grid:
    """Degrees turned into whole steps: short to write, and borders still meet."""

    west: float
    south: float
    step: float
    middle: float

    @classmethod
    def around(cls, rings: Iterable[Sequence[tuple[float, float]]]) -> Grid:
        """Return the grid that holds these rings."""
        points = [point for ring in rings for point in ring]
        xs, ys = [x for x, _ in points], [y for _, y in points]
        extent = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
        return cls(min(xs), min(ys), extent / STEPS, (min(ys) + max(ys)) / 2)

    @property
    def ratio(self) -> float:
        """How much longer a degree of latitude is than one of longitude, here."""
        return round(1 / math.cos(math.radians(self.middle)), 4)

    @property
    def kilometres(self) -> float:
        """How many kilometres a step from west to east is, at the middle of the map."""
        return self.step * DEGREE_KM / self.ratio

    def line(self, ring: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
        """Return a ring in steps, without the points that fall on the one before."""
        line: list[tuple[int, int]] = []
        for x, y in ring:
            point = (round((x - self.west) / self.step), round((y - self.south) / self.step))
            if not line or line[-1] != point:
                line.append(point)
        return line


def map_chart(
    finding: Finding,
    shapes: Sequence[Shape],
    links: Mapping[str, str] | None = None,
    strong: Area | None = None,
) -> Chart | None:
    """Return the map, or None where fewer than three communes have both a figure and a contour.

    Args:
        finding: its members are drawn.
        shapes: contours, by commune.
        links: address of each commune's page, kept with its point for the browser to follow.
        strong: the commune whose contour is thick, and which bears its name.
    """
    known = {shape.area.code: shape for shape in shapes if shape.rings}
    members = [(area, measure) for area, measure in finding.members if area.code in known]
    values = {area.code: m.value for area, m in members if m.value is not None}
    if len(values) < 3:
        return None
    indicator = finding.indicator
    grid = Grid.around(ring for area, _ in members for ring in known[area.code].rings)
    lines = {area.code: [grid.line(r) for r in known[area.code].rings] for area, _ in members}
    parts = map_classes(values.values(), indicator.precision)
    traces = []
    for part, colour in zip(parts, _colours(parts), strict=True):
        codes = [c for c, v in values.items() if part.holds(rounded(v, indicator.precision))]
        surface = _surface([lines[c] for c in codes], class_label(part, indicator), colour)
        traces.append(
            surface | _hatched("-", colour) if part.high < 0 <= parts[-1].high else surface
        )
    blank = [lines[area.code] for area, _ in members if area.code not in values]
    if blank:
        traces.append(_surface(blank, "pas de chiffre", NO_FIGURE) | _hatched("/", NO_FIGURE))
    entries = len(traces)
    own = lines[strong.code] if strong and strong.code in lines else []
    traces += [_outline(own, *stroke) for stroke in CASING] if own else []
    traces.append(scale_bar(grid, [line for found in lines.values() for line in found]))
    traces.append(_points(members, lines, indicator, links or {}))
    notes = [_own_name(label(strong), own)] if strong and own else []
    return {"data": traces, "layout": {**_map_layout(grid, entries), "annotations": notes}}


def _colours(parts: Sequence[MapClass]) -> tuple[str, ...]:
    """Return a colour a class; below zero they have another hue, where some are above."""
    below = sum(part.high < 0 for part in parts)
    if below == len(parts):
        return classes(below)
    return (*falls(below), *classes(len(parts) - below))


def _hatched(shape: str, colour: str) -> dict[str, Any]:
    """Return a pattern on a colour, so that print and greyscale tell what the hue does."""
    pattern = {"shape": shape, "fgcolor": OUTLINE, "bgcolor": colour, "size": 7, "solidity": 0.12}
    return {"fillpattern": pattern}


def _surface(communes: Iterable[list[Line]], name: str, colour: str) -> dict[str, Any]:
    """Return one filled trace for all contours of a class, separated by gaps."""
    xs: list[int | None] = []
    ys: list[int | None] = []
    for line in chain.from_iterable(communes):
        if xs:
            xs.append(None)
            ys.append(None)
        xs.extend(x for x, _ in line)
        ys.extend(y for _, y in line)
    return {
        "type": "scatter",
        "mode": "lines",
        "fill": "toself",
        "fillcolor": colour,
        "line": {"color": OUTLINE, "width": 0.7},
        "x": xs,
        "y": ys,
        "name": name,
        "hoverinfo": "skip",
    }


def _outline(lines: list[Line], colour: str, width: int) -> dict[str, Any]:
    """Return the contour of one commune."""
    line = {"color": colour, "width": width}
    return {**_surface([lines], "", CLEAR), "fill": "none", "line": line, "showlegend": False}


def _own_name(name: str, lines: list[Line]) -> dict[str, Any]:
    x, _ = _middle(lines)
    return {
        "x": x,
        "y": max(y for line in lines for _, y in line),
        "yanchor": "bottom",
        "yshift": 3,
        "text": f"<b>{escape(name)}</b>",
        "showarrow": False,
        "bgcolor": "var(--ctg-fond)",
        "borderpad": 2,
    }


def scale_bar(grid: Grid, lines: Sequence[Line]) -> dict[str, Any]:
    """Return a line under the map as long as a round number of kilometres, which it bears."""
    points = [point for line in lines for point in line]
    right, top = max(x for x, _ in points), max(y for _, y in points)
    kilometres = max(
        (size for size in ROUND_KM if size <= right * grid.kilometres * SCALE_PART),
        default=ROUND_KM[0],
    )
    length = kilometres / grid.kilometres
    start, low = max(0.0, right - length), -max(top, right) * 0.04
    ends = [round(start, 1), round(start + length / 2, 1), round(start + length, 1)]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": ends,
        "y": [round(low, 1)] * 3,
        "text": ["", f"{number(kilometres, 1 if kilometres < 1 else 0)}{NBSP}km", ""],
        "textposition": "bottom center",
        "cliponaxis": False,
        "hoverinfo": "skip",
        "showlegend": False,
        "line": {"color": "var(--ctg-texte)", "width": 2},
        "marker": {
            "symbol": ["line-ns-open", "line-ew-open", "line-ns-open"],
            "size": 8,
            "color": "var(--ctg-texte)",
            "line": {"color": "var(--ctg-texte)", "width": 2},
        },
    }


def _points(
    members: Sequence[tuple[Area, Measure]],
    lines: Mapping[str, list[Line]],
    indicator: Indicator,
    links: Mapping[str, str],
) -> dict[str, Any]:
    """Return one invisible point at the middle of each commune: its hover text and its link."""
    middles = [_middle(lines[area.code]) for area, _ in members]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _ in middles],
        "y": [y for _, y in middles],
        "marker": {"size": 18, "opacity": 0},
        "hovertext": [f"{label(area)} : {figure(m, indicator)}" for area, m in members],
        "hoverinfo": "text",
        "showlegend": False,
    }
    if links:
        trace["customdata"] = [links.get(area.code, "") for area, _ in members]
    return trace


def _middle(lines: list[Line]) -> tuple[int, int]:
    """Return the middle of the longest ring's bounding box, close enough for a pointer."""
    line = max(lines, key=len)
    xs, ys = [x for x, _ in line], [y for _, y in line]
    return (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2


def _map_layout(grid: Grid, entries: int) -> dict[str, Any]:
    legend = LEGEND_ROW * entries
    return layout(
        MAP_HEIGHT + legend,
        margin={"l": 0, "r": 0, "t": 0, "b": legend + 24},
        xaxis=hidden_axis(),
        yaxis=hidden_axis(scaleanchor="x", scaleratio=grid.ratio),
        showlegend=True,
        legend=legend_below(),
    )
