"""Map of member communes: filled contours by class of equal size, north up, without any basemap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ctgsite.diagnostic.model import Finding, Shape
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.pages.charts.base import Chart, hidden_axis, layout
from ctgsite.pages.french import number, rounded, unit_after
from ctgsite.pages.palette import CLEAR, NO_FIGURE, OUTLINE, classes
from ctgsite.pages.sentences import figure, label

MOST_CLASSES = 5
COMMUNES_PER_CLASS = 3  # fewer communes make fewer classes
LEGEND_ROW = 24
DECIMALS = 4  # degrees: about ten metres
COARSE_DECIMALS = 3  # about a hundred, for maps of more than MANY communes
MANY = 100


@dataclass(frozen=True, slots=True)
class MapClass:
    """Communes from `low` to `high`, both shown."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value belongs to this class."""
        return self.low <= value <= self.high


def map_classes(values: Iterable[float], precision: int) -> tuple[MapClass, ...]:
    """Cut values into at most five classes of about as many communes each.

    Values are taken as displayed, so that two communes with the same figure share a class.
    """
    ordered = sorted(rounded(value, precision) for value in values)
    wanted = max(1, min(MOST_CLASSES, len(ordered) // COMMUNES_PER_CLASS))
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


def map_chart(
    finding: Finding, shapes: Sequence[Shape], links: Mapping[str, str] | None = None
) -> Chart | None:
    """Return the map, or None where fewer than three communes have both a figure and a contour.

    Args:
        finding: its members are drawn.
        shapes: contours, by commune.
        links: address of each commune's page, kept with its point for the browser to follow.
    """
    drawn = {shape.area.code: shape for shape in shapes}
    members = [(a, m) for a, m in finding.members if a.code in drawn and drawn[a.code].rings]
    values = {a.code: m.value for a, m in members if m.value is not None}
    if len(values) < 3:
        return None
    indicator = finding.indicator
    parts = map_classes(values.values(), indicator.precision)
    decimals = COARSE_DECIMALS if len(members) > MANY else DECIMALS
    traces = []
    for part, colour in zip(parts, classes(len(parts)), strict=True):
        codes = [c for c, v in values.items() if part.holds(rounded(v, indicator.precision))]
        name = class_label(part, indicator)
        traces.append(_surface([drawn[code] for code in codes], name, colour, decimals))
    blank = [drawn[a.code] for a, _ in members if a.code not in values]
    if blank:
        traces.append(_surface(blank, "pas de chiffre", NO_FIGURE, decimals))
    traces.append(_points(members, drawn, indicator, links or {}))
    return {"data": traces, "layout": _map_layout(members, drawn, len(traces) - 1)}


def _surface(shapes: Iterable[Shape], name: str, colour: str, decimals: int) -> dict[str, Any]:
    """Return one filled trace for all contours of a class, separated by gaps."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for shape in shapes:
        for ring in shape.rings:
            if xs:
                xs.append(None)
                ys.append(None)
            for x, y in _thinned(ring, decimals):
                xs.append(x)
                ys.append(y)
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


def _thinned(ring: Sequence[tuple[float, float]], decimals: int) -> list[tuple[float, float]]:
    """Return a ring at map precision, without points that rounding made equal."""
    points: list[tuple[float, float]] = []
    for x, y in ring:
        point = (round(x, decimals), round(y, decimals))
        if not points or points[-1] != point:
            points.append(point)
    return points


def _points(
    members: Sequence[tuple[Any, Measure]],
    drawn: Mapping[str, Shape],
    indicator: Indicator,
    links: Mapping[str, str],
) -> dict[str, Any]:
    """Return one invisible point at the middle of each commune: its hover text and its link."""
    middles = [_middle(drawn[area.code]) for area, _ in members]
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


def _middle(shape: Shape) -> tuple[float, float]:
    """Return the middle of a commune's largest ring's bounding box, close enough for a pointer."""
    ring = max(shape.rings, key=len)
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return round((min(xs) + max(xs)) / 2, DECIMALS), round((min(ys) + max(ys)) / 2, DECIMALS)


def _map_layout(
    members: Sequence[tuple[Any, Measure]], drawn: Mapping[str, Shape], entries: int
) -> dict[str, Any]:
    rings = [ring for area, _ in members for ring in drawn[area.code].rings]
    latitudes = [y for ring in rings for _, y in ring]
    middle = (min(latitudes) + max(latitudes)) / 2
    legend = LEGEND_ROW * entries
    return layout(
        380 + legend,
        margin={"l": 0, "r": 0, "t": 0, "b": legend + 16},
        xaxis=hidden_axis(),
        # A degree of longitude is shorter than a degree of latitude by the cosine of the latitude.
        yaxis=hidden_axis(scaleanchor="x", scaleratio=round(1 / math.cos(math.radians(middle)), 4)),
        showlegend=True,
        legend={
            "orientation": "v",
            "x": 0,
            "xanchor": "left",
            "y": 0,
            "yanchor": "top",
            "traceorder": "normal",
            "itemclick": False,
            "itemdoubleclick": False,
            "bgcolor": CLEAR,
        },
    )
