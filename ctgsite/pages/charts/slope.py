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
GAP = 5
TOP, FOOT = 16, 10  # pixels beyond the body in which labels may stand; the years are lower
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
    low, high = reach = _reach(rows)
    return {
        "data": [_trace(row, at, finding) for at, row in enumerate(rows)][::-1],
        "layout": layout(
            BODY + TOP + 40,
            margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": 40},
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
            annotations=[*_names(rows, finding, reach), *_figures(rows, finding, reach)],
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


def _names(
    rows: Sequence[SlopeRow], finding: Finding, reach: tuple[float, float]
) -> list[dict[str, Any]]:
    """Return the names and the last figures, at the right end."""
    texts = [
        [*textwrap.wrap(label(row.area), NAME_LENGTH), short_figure(row.last, finding.indicator)]
        for row in rows
    ]
    notes = _notes(1, [row.values[1] for row in rows], texts, reach)
    return [note | {"name": label(row.area)} for note, row in zip(notes, rows, strict=True)]


def _figures(
    rows: Sequence[SlopeRow], finding: Finding, reach: tuple[float, float]
) -> list[dict[str, Any]]:
    """Return the first figures, at the left end."""
    texts = [[short_figure(row.first, finding.indicator)] for row in rows]
    return _notes(0, [row.values[0] for row in rows], texts, reach)


def _notes(
    end: int, values: Sequence[float], texts: Sequence[Sequence[str]], reach: tuple[float, float]
) -> list[dict[str, Any]]:
    """Return the labels of one end, the territory's first and in bold."""
    places = [BODY * (value - reach[0]) / (reach[1] - reach[0]) for value in values]
    gap = GAP if end else 0
    heights = [LINE * len(lines) + gap for lines in texts]
    found = spread(places, heights, (-FOOT, BODY + TOP))
    notes = []
    for at, lines in enumerate(texts):
        text = "<br>".join(map(escape, lines))
        notes.append(
            {
                "x": end,
                "xanchor": "left" if end else "right",
                "xshift": 9 if end else -9,
                "y": values[at],
                "yanchor": "middle",
                "yshift": round(found[at] - places[at], 1),
                "align": "left" if end else "right",
                "text": f"<b>{text}</b>" if at == 0 else text,
                "showarrow": False,
            }
        )
    return notes


def spread(
    places: Sequence[float], heights: Sequence[int], ends: tuple[float, float]
) -> list[float]:
    """Return where labels stand so that none covers another, as near as may be to their places.

    Args:
        places: where they would stand, in pixels from the bottom.
        heights: theirs, in pixels.
        ends: between which they stay, if there is room.
    """
    order = sorted(range(len(places)), key=lambda at: places[at])
    halves = [heights[at] / 2 for at in order]
    rising = _pushed([places[at] for at in order], halves, ends[0])
    drift = sum(rising) / len(order) - sum(places) / len(order)
    centred = [place - drift for place in rising]
    falling = _pushed([-place for place in reversed(centred)], halves[::-1], -ends[1])
    placed = _pushed([-place for place in reversed(falling)], halves, ends[0])
    found = dict(zip(order, placed, strict=True))
    return [found[at] for at in range(len(places))]


def _pushed(places: Sequence[float], halves: Sequence[float], least: float) -> list[float]:
    """Push each label beyond the one before it, and the first beyond an end."""
    placed: list[float] = []
    end = least
    for place, half in zip(places, halves, strict=True):
        placed.append(max(place, end + half))
        end = placed[-1] + half
    return placed
