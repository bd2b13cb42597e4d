"""Calendar: what happens from when to when, one bar each, its state told in words and hatches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

from ctgsite.pages.charts.base import (
    LEGEND_ROW,
    ROW_HEIGHT,
    Chart,
    layout,
    legend_below,
    row_labels,
    rows_axis,
)
from ctgsite.pages.charts.stacked import HATCHED
from ctgsite.pages.palette import BENCHMARK_FILL, BENCHMARK_LINE, GRID, PARTS, TERRITORY

TICKS = 30  # pixels, for the dates between the bars and the legend
DAY = 86_400_000  # milliseconds
STYLES = (  # one a state, in the order given: fill, outline, hatch
    (TERRITORY, TERRITORY, ""),
    (PARTS[1][0], BENCHMARK_LINE, "/"),
    (BENCHMARK_FILL, BENCHMARK_LINE, "."),
    (BENCHMARK_FILL, BENCHMARK_LINE, ""),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What happens, in what state, and its two ends; a single day has both the same."""

    name: str
    state: str
    start: date
    end: date


def calendar_chart(stretches: Sequence[Stretch], states: Sequence[str]) -> Chart:
    """Return one bar a stretch, the first at the top; `states` are those of the legend, in order.

    At most four states can be told apart.
    """
    shown = [state for state in states if any(s.state == state for s in stretches)]
    legend = LEGEND_ROW * len(shown)
    first, last = min(s.start for s in stretches), max(s.end for s in stretches)
    margin = max((last - first) / 40, timedelta(days=7))
    return {
        "data": [_trace(state, states.index(state), stretches) for state in shown],
        "layout": layout(
            ROW_HEIGHT * len(stretches) + 64 + legend,
            barmode="overlay",
            margin={"l": 16, "r": 16, "t": 8, "b": 40 + legend},
            xaxis={
                "type": "date",
                "range": [(first - margin).isoformat(), (last + margin).isoformat()],
                "fixedrange": True,
                "gridcolor": GRID,
                "nticks": 4,
                "tickangle": 0,
                "tickformat": "%m/%Y",
            },
            yaxis=rows_axis(len(stretches)),
            annotations=row_labels([s.name for s in stretches], strong=None),
            showlegend=True,
            legend=legend_below() | {"y": -TICKS / (ROW_HEIGHT * len(stretches))},
        ),
    }


def _trace(state: str, style: int, stretches: Sequence[Stretch]) -> dict[str, Any]:
    fill, line, hatch = STYLES[style % len(STYLES)]
    rows = [(row, s) for row, s in enumerate(stretches) if s.state == state]
    return {
        "type": "bar",
        "orientation": "h",
        "name": state,
        "base": [s.start.isoformat() for _, s in rows],
        "x": [max((s.end - s.start).days, 1) * DAY for _, s in rows],
        "y": [row for row, _ in rows],
        "width": 0.36,
        "hovertext": [f"{escape(s.name)} : {escape(state)}" for _, s in rows],
        "hoverinfo": "text",
        "marker": {
            "color": fill,
            "pattern": {"shape": hatch, "bgcolor": fill, **HATCHED},
            "line": {"color": line, "width": 1},
        },
    }
