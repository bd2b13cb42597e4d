"""Distribution of member communes: bars where they are few, one strip of points beyond."""

from __future__ import annotations

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
from ctgsite.pages.french import number
from ctgsite.pages.palette import BENCHMARK_FILL, BENCHMARK_LINE, GRID, OUTLINE, TERRITORY
from ctgsite.pages.sentences import figure, label, short_figure

MOST_BARS = 12
COLUMNS = 60  # classes of the strip: points of one class are piled up


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
    return {
        "data": [bars(values, written, told, BENCHMARK_FILL, BENCHMARK_LINE)],
        "layout": layout(
            ROW_HEIGHT * len(members) + 16,
            xaxis={**zero_line(), "range": value_range(values, written)},
            yaxis=rows_axis(len(members)),
            annotations=row_labels([label(area) for area, _ in members], strong=None),
            **_territory_line(finding),
        ),
    }


def _strip(finding: Finding, members: list[tuple[Area, Measure]]) -> Chart:
    values = [m.value or 0.0 for _, m in members]
    heights = pile_up(values)
    indicator = finding.indicator
    low, high = min(values), max(values)
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": heights,
        "hovertext": [f"{label(a)} : {figure(m, indicator)}" for a, m in members],
        "hoverinfo": "text",
        "marker": {
            "color": BENCHMARK_FILL,
            "size": 9,
            "line": {"color": OUTLINE, "width": 1},
        },
    }
    return {
        "data": [points],
        "layout": layout(
            200,
            margin={"l": 24, "r": 24, "t": 32, "b": 40},
            xaxis={
                "fixedrange": True,
                "gridcolor": GRID,
                "zeroline": False,
                "tickvals": [low, high],
                "ticktext": [number(value, indicator.precision) for value in (low, high)],
            },
            yaxis=hidden_axis(range=[-1, max(heights) + 2]),
            **_territory_line(finding),
        ),
    }


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


def _territory_line(finding: Finding) -> dict[str, Any]:
    """Return the vertical line that marks the whole territory's own figure; a count has none."""
    value = finding.measure.value
    if value is None or is_count(finding.indicator):
        return {}
    across = {"y0": 0, "y1": 1, "yref": "paper"}
    line = {"color": TERRITORY, "width": 2, "dash": "dash"}
    return {
        "shapes": [
            {"type": "line", "x0": value, "x1": value, **across, "line": line},
        ]
    }
