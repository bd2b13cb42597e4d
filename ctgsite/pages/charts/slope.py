"""Slope: a rate at two dates, in the territory and its benchmarks, named and told at both ends."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ctgsite.diagnostic.model import Finding
from ctgsite.geography.areas import Area
from ctgsite.indicators.comparison import is_count
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Form
from ctgsite.pages.charts.base import Chart, hidden_axis, layout
from ctgsite.pages.charts.evolution import evolution_points
from ctgsite.pages.french import when
from ctgsite.pages.palette import BENCHMARK_LINE, GRID, TERRITORY
from ctgsite.pages.sentences import figure, label, short_figure

BODY = 240  # pixels, between the margins
LINE = 18
NAME_LENGTH = 17  # characters of a line at the right end, for which a phone has room
RIGHT, LEFT = 148, 76
LEAST_SPAN = 0.25  # of the highest figure: a small change never looks like a great one
LOOKS = (("dash", "square"), ("dot", "diamond"), ("dashdot", "x"), ("longdash", "triangle-up"))


@dataclass(frozen=True, slots=True)
class SlopeRow:
    """An area and its figures at both dates."""

    area: Area
    first: Measure
    last: Measure

    @property
    def values(self) -> tuple[float, float]:
        """Both figures, as numbers."""
        return self.first.value or 0.0, self.last.value or 0.0


def slope_rows(finding: Finding) -> tuple[SlopeRow, ...]:
    """Return the territory, then the benchmarks, where two comparable dates are all there is.

    Nothing of a count: areas differ in size. Nothing where no benchmark has both dates.
    """
    found, points = finding.trend, evolution_points(finding)
    if finding.indicator.form is not Form.EVOLUTION or is_count(finding.indicator):
        return ()
    if found is None or len(points) != 2:
        return ()
    if [point.year for point in points] != [found.first.year, found.last.year]:
        return ()
    others = tuple(SlopeRow(s.benchmark, s.first, s.last) for s in found.slopes[: len(LOOKS)])
    return (SlopeRow(finding.area, found.first, found.last), *others) if others else ()


def slope_chart(finding: Finding) -> Chart | None:
    """Return the slopes, or None where a line or bars serve better."""
    rows = slope_rows(finding)
    if not rows:
        return None
    low, high = _reach(rows)
    return {
        "data": [_trace(row, at, finding) for at, row in enumerate(rows)][::-1],
        "layout": layout(
            BODY + 56,
            margin={"l": LEFT, "r": RIGHT, "t": 16, "b": 40},
            xaxis={
                "fixedrange": True,
                "range": [-0.02, 1.02],
                "tickvals": [0, 1],
                "ticktext": [when(rows[0].first.year), when(rows[0].last.year)],
                "showgrid": True,
                "gridcolor": GRID,
                "zeroline": False,
            },
            yaxis=hidden_axis(range=[low, high]),
            annotations=[*_names(rows, finding, high - low), *_figures(rows, finding, high - low)],
        ),
    }


def _reach(rows: Sequence[SlopeRow]) -> tuple[float, float]:
    values = [value for row in rows for value in row.values]
    low, high = min(values), max(values)
    missing = max(0.0, LEAST_SPAN * max(map(abs, values)) - (high - low)) or 0.0
    edge = 0.08 * (high - low + missing) or 1.0
    return low - missing / 2 - edge, high + missing / 2 + edge


def _trace(row: SlopeRow, at: int, finding: Finding) -> dict[str, Any]:
    dash, symbol = LOOKS[at - 1] if at else ("solid", "circle")
    colour = BENCHMARK_LINE if at else TERRITORY
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": label(row.area),
        "x": [0, 1],
        "y": list(row.values),
        "cliponaxis": False,
        "hovertext": [
            f"{label(row.area)}, {when(m.year)} : {figure(m, finding.indicator)}"
            for m in (row.first, row.last)
        ],
        "hoverinfo": "text",
        "line": {"color": colour, "width": 2 if at else 4, "dash": dash},
        "marker": {"color": colour, "size": 9, "symbol": symbol},
    }


def _names(rows: Sequence[SlopeRow], finding: Finding, span: float) -> list[dict[str, Any]]:
    """Return the names and the last figures, at the right end."""
    texts = [
        [*textwrap.wrap(label(row.area), NAME_LENGTH), short_figure(row.last, finding.indicator)]
        for row in rows
    ]
    places = [row.values[1] for row in rows]
    shifts = spread(places, [LINE * len(lines) for lines in texts], span / BODY)
    return [
        _note(1, place, shift, "<br>".join(map(escape, lines)), strong=not at)
        for at, (place, shift, lines) in enumerate(zip(places, shifts, texts, strict=True))
    ]


def _figures(rows: Sequence[SlopeRow], finding: Finding, span: float) -> list[dict[str, Any]]:
    """Return the first figures, at the left end."""
    places = [row.values[0] for row in rows]
    shifts = spread(places, [LINE] * len(rows), span / BODY)
    return [
        _note(0, place, shift, short_figure(row.first, finding.indicator), strong=not at)
        for at, (row, place, shift) in enumerate(zip(rows, places, shifts, strict=True))
    ]


def _note(end: int, place: float, shift: float, text: str, *, strong: bool) -> dict[str, Any]:
    return {
        "x": end,
        "xanchor": "left" if end else "right",
        "xshift": 9 if end else -9,
        "y": place,
        "yanchor": "middle",
        "yshift": round(shift, 1),
        "align": "left" if end else "right",
        "text": f"<b>{text}</b>" if strong else text,
        "showarrow": False,
    }


def spread(values: Sequence[float], heights: Sequence[int], unit: float) -> list[float]:
    """Return by how many pixels each label moves so that none covers another; upwards is positive.

    Args:
        values: where they would stand.
        heights: theirs, in pixels.
        unit: what a pixel is worth.
    """
    order = sorted(range(len(values)), key=lambda at: -values[at])
    wanted = [-values[at] / unit for at in order]  # pixels downwards
    halves = [heights[at] / 2 for at in order]
    placed: list[float] = []
    for at, place in enumerate(wanted):
        least = placed[-1] + halves[at - 1] + halves[at] if placed else place
        placed.append(max(place, least))
    drift = sum(p - w for p, w in zip(placed, wanted, strict=True)) / len(placed)
    shifts = [0.0] * len(values)
    for at, place, want in zip(order, placed, wanted, strict=True):
        shifts[at] = want - (place - drift)
    return shifts
