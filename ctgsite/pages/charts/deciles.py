"""Deciles: published thresholds from the lowest to the highest, one line for each area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctgsite.diagnostic.model import ThemeView
from ctgsite.geography.areas import Area
from ctgsite.indicators.measures import Measure
from ctgsite.pages.charts.base import LEGEND_ROW, Chart, layout, legend_below
from ctgsite.pages.french import quantity
from ctgsite.pages.palette import BENCHMARK_LINE, GRID, TERRITORY
from ctgsite.pages.sentences import figure, label

HEIGHT = 300
# Areas are told apart by dash and symbol, and named in the legend in the order of the lines.
LOOKS = (
    ("solid", "circle"),
    ("dash", "square"),
    ("dot", "diamond"),
    ("dashdot", "cross"),
    ("longdash", "triangle-up"),
)


def deciles_chart(view: ThemeView, rows: Sequence[tuple[Area, Sequence[Measure]]]) -> Chart:
    """Return the lines of the areas that have every threshold, the territory first."""
    shown = rows[: len(LOOKS)]
    names = [slot.label for slot, _ in view.entries]
    top = max(m.value or 0.0 for _, measures in shown for m in measures)
    step = 10_000 if top > 25_000 else 5_000
    ticks = list(range(0, int(top) + step, step))
    return {
        "data": [_line(view, at, area, measures) for at, (area, measures) in enumerate(shown)],
        "layout": layout(
            HEIGHT + LEGEND_ROW * len(shown),
            margin={"l": 72, "r": 12, "t": 16, "b": 48 + LEGEND_ROW * len(shown)},
            xaxis={
                "fixedrange": True,
                "tickvals": list(range(len(names))),
                "ticktext": [name.partition(" ")[0] for name in names],
                "showgrid": False,
                "zeroline": False,
            },
            yaxis={
                "fixedrange": True,
                "range": [0, ticks[-1]],
                "tickvals": ticks,
                "ticktext": [quantity(tick, "€") for tick in ticks],
                "gridcolor": GRID,
                "zerolinecolor": GRID,
            },
            showlegend=True,
            legend={**legend_below(), "y": -0.14},
        ),
    }


def _line(view: ThemeView, at: int, area: Area, measures: Sequence[Measure]) -> dict[str, Any]:
    dash, symbol = LOOKS[at]
    colour = BENCHMARK_LINE if at else TERRITORY
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": label(area),
        "x": list(range(len(measures))),
        "y": [measure.value for measure in measures],
        "hovertext": [
            f"{label(area)}, {slot.label} : {figure(measure, slot.indicator)}"
            for (slot, _), measure in zip(view.entries, measures, strict=True)
        ],
        "hoverinfo": "text",
        "line": {"color": colour, "width": 2 if at else 3, "dash": dash},
        "marker": {"color": colour, "size": 7, "symbol": symbol},
    }
