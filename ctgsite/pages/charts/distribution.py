"""Distribution of member communes: bars where they are few, one strip of points beyond.

The territory and its benchmarks are lines with their name; hollow marks are small counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from ctgsite.diagnostic.model import Finding
from ctgsite.geography.areas import Area
from ctgsite.indicators.comparison import is_count
from ctgsite.indicators.measures import Measure
from ctgsite.pages.charts.base import (
    ROW_HEIGHT,
    Chart,
    bars,
    hidden_axis,
    layout,
    row_labels,
    rows_axis,
    value_range,
    zero_line,
)
from ctgsite.pages.charts.references import reference_marks, references
from ctgsite.pages.french import NBSP, counted
from ctgsite.pages.palette import BENCHMARK_FILL, BENCHMARK_LINE, CLEAR, GRID, OUTLINE
from ctgsite.pages.sentences import figure, label, short_figure

MOST_BARS = 12
COLUMNS = 32  # classes of the strip, one a point's width on a phone: those of one are piled up
POINT_ROW = 11  # pixels
TALLEST = 24  # rows of points that fit a phone: a higher pile is drawn closer, all piles with it
EDGE = 12
ENDS = 56  # pixels under the points, for the names of both ends


def known_members(finding: Finding) -> list[tuple[Area, Measure]]:
    """Return the member communes that have a figure, highest first."""
    known = [(area, m) for area, m in finding.members if m.value is not None]
    return sorted(known, key=lambda pair: (-(pair[1].value or 0.0), pair[0].code))


def largest_members(finding: Finding) -> list[tuple[Area, Measure]]:
    """Return the members whose bars stand for a count: the largest, or none under three."""
    members = known_members(finding)
    if not is_count(finding.indicator) or len(members) < 3:
        return []
    return members[:MOST_BARS]


def distribution_chart(finding: Finding) -> Chart | None:
    """Return how the member communes are spread, or None under three figures.

    A count depends on a commune's size, so the largest ones are shown, not the spread.
    """
    members = known_members(finding)
    if len(members) < 3:
        return None
    if is_count(finding.indicator):
        return _bars(finding, largest_members(finding))
    return _bars(finding, members) if len(members) <= MOST_BARS else _strip(finding, members)


def _bars(finding: Finding, members: list[tuple[Area, Measure]]) -> Chart:
    values = [m.value or 0.0 for _, m in members]
    texts = [figure(m, finding.indicator) for _, m in members]
    written = [short_figure(m, finding.indicator) for _, m in members]
    told = [f"{label(area)} : {text}" for (area, _), text in zip(members, texts, strict=True)]
    names = row_labels([label(area) for area, _ in members], strong=None)
    height = ROW_HEIGHT * len(members)
    reach = value_range(values, written)
    whole = references(finding)[:1]
    marks = reference_marks(whole, finding, reach, height)
    return {
        "data": [bars(values, written, told, _fills(members, BENCHMARK_FILL), BENCHMARK_LINE)],
        "layout": layout(
            height + marks.room + 16,
            margin={"l": 8, "r": 8, "t": 8 + marks.room, "b": 8},
            xaxis={**zero_line(), "range": reach},
            yaxis=rows_axis(len(members)),
            annotations=[*names, *marks.annotations],
            shapes=marks.shapes,
        ),
    }


def _strip(finding: Finding, members: list[tuple[Area, Measure]]) -> Chart:
    values = [m.value or 0.0 for _, m in members]
    heights = pile_up(values)
    shown = references(finding)
    reach = _reach([*values, *(one.value for one in shown)])
    height = POINT_ROW * min(max(heights) + 3, TALLEST)
    marks = reference_marks(shown, finding, reach, height)
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": heights,
        "hovertext": [f"{label(a)} : {figure(m, finding.indicator)}" for a, m in members],
        "hoverinfo": "text",
        "marker": {
            "color": _fills(members, BENCHMARK_LINE),
            "size": 9,
            "line": {"color": OUTLINE, "width": 1},
        },
    }
    return {
        "data": [points],
        "layout": layout(
            height + marks.room + ENDS + 8,
            margin={"l": EDGE, "r": EDGE, "t": 8 + marks.room, "b": ENDS},
            xaxis={**zero_line(), "zeroline": False, "range": reach},
            yaxis=hidden_axis(range=[-1, max(heights) + 2]),
            annotations=[*marks.annotations, *_ends(finding, members)],
            shapes=[*marks.shapes, _floor()],
        ),
    }


def _fills(members: Sequence[tuple[Area, Measure]], fill: str) -> list[str]:
    """Return the fill of each commune: none where its figure is to be read with caution."""
    return [CLEAR if measure.caution else fill for _, measure in members]


def _reach(values: Sequence[float]) -> list[float]:
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    return [low - 0.02 * span, high + 0.02 * span]


def _ends(finding: Finding, members: Sequence[tuple[Area, Measure]]) -> list[dict[str, Any]]:
    """Return the names of the lowest commune and of the highest, under the points."""
    lowest = _named_end(finding, members[::-1])
    highest = _named_end(finding, members)
    return [_end(f"◂ {lowest}", 0, "left", -16), _end(f"{highest} ▸", 1, "right", -38)]


def _named_end(finding: Finding, members: Sequence[tuple[Area, Measure]]) -> str:
    """Return the first commune with its figure, and how many others read the same."""
    area, measure = members[0]
    told = short_figure(measure, finding.indicator)
    others = sum(short_figure(m, finding.indicator) == told for _, m in members) - 1
    more = f" et {counted(others, 'autre')}" if others else ""
    return f"{escape(label(area))}{more}{NBSP}: {told}"


def _end(text: str, place: int, side: str, shift: int) -> dict[str, Any]:
    return {
        "x": place,
        "xref": "paper",
        "xanchor": side,
        "y": 0,
        "yref": "paper",
        "yanchor": "middle",
        "yshift": shift,
        "text": text,
        "showarrow": False,
    }


def _floor() -> dict[str, Any]:
    across = {"x0": 0, "x1": 1, "xref": "paper", "y0": 0, "y1": 0, "yref": "paper"}
    return {"type": "line", **across, "line": {"color": GRID, "width": 2}}


def pile_up(values: list[float]) -> list[int]:
    """Return each point's height when values are dropped into COLUMNS equal classes."""
    low, span = min(values), (max(values) - min(values)) or 1.0
    heaps: dict[int, int] = {}
    heights = []
    for value in values:
        column = int((value - low) / span * COLUMNS)
        heights.append(heaps.get(column, 0))
        heaps[column] = heights[-1] + 1
    return heights
