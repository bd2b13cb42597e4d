"""Contributions: two signed parts, stacked either side of zero, and a mark at their sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctgsite.indicators.contributions import Contributions
from ctgsite.pages.charts.base import (
    LEGEND_ROW,
    ROW_HEIGHT,
    Chart,
    layout,
    legend_below,
    row_labels,
    rows_axis,
    zero_line,
)
from ctgsite.pages.palette import PARTS, TERRITORY
from ctgsite.pages.sentences import label

NATURAL_NAME = "Solde naturel (naissances moins décès)"
APPARENT_NAME = "Solde apparent des entrées et des sorties"
CHANGE_NAME = "Variation de la population"


def contributions_chart(rows: Sequence[Contributions], written: Sequence[Sequence[str]]) -> Chart:
    """Return one stacked bar for each area.

    Args:
        rows: the territory's contributions, then its benchmarks'.
        written: for each of them the change and its two parts, as the table writes them.
    """
    names = [label(row.area) for row in rows]
    told = [
        [f"{name}<br>{part} : {texts[at]}" for name, texts in zip(names, written, strict=True)]
        for at, part in enumerate((CHANGE_NAME, NATURAL_NAME, APPARENT_NAME))
    ]
    traces = [
        _bars(NATURAL_NAME, [row.natural.value or 0.0 for row in rows], told[1], 0),
        _bars(APPARENT_NAME, [row.apparent.value or 0.0 for row in rows], told[2], 1),
        _sums([row.change.value or 0.0 for row in rows], told[0]),
    ]
    totals = [f"{name} : {texts[0]}" for name, texts in zip(names, written, strict=True)]
    room = 24 + LEGEND_ROW * len(traces)
    return {
        "data": traces,
        "layout": layout(
            ROW_HEIGHT * len(rows) + 16 + room,
            barmode="relative",
            margin={"l": 16, "r": 16, "t": 8, "b": room},
            xaxis=zero_line(),
            yaxis=rows_axis(len(rows)),
            annotations=row_labels(totals),
            showlegend=True,
            legend=legend_below(),
        ),
    }


def _bars(name: str, values: list[float], told: list[str], place: int) -> dict[str, Any]:
    fill, _ = PARTS[place]
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": values,
        "y": list(range(len(values))),
        "width": 0.42,
        "hovertext": told,
        "hoverinfo": "text",
        "marker": {"color": fill, "line": {"color": "#ffffff", "width": 1}},
    }


def _sums(values: list[float], told: list[str]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": CHANGE_NAME,
        "x": values,
        "y": list(range(len(values))),
        "cliponaxis": False,
        "hovertext": told,
        "hoverinfo": "text",
        "marker": {
            "symbol": "diamond",
            "size": 13,
            "color": "#ffffff",
            "line": {"color": TERRITORY, "width": 3},
        },
    }
