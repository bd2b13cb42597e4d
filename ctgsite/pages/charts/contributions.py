"""Contributions: two signed parts, stacked either side of zero, and a mark at their sum."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctgsite.indicators.contributions import Contributions
from ctgsite.pages.charts.base import ROW_HEIGHT, Chart, layout, row_labels, rows_axis, zero_line
from ctgsite.pages.palette import CLEAR, PARTS, TERRITORY
from ctgsite.pages.sentences import label

NATURAL_NAME = "Solde naturel (naissances moins décès)"
APPARENT_NAME = "Solde apparent des entrées et des sorties"
CHANGE_NAME = "Variation de la population"
LEGEND_ROW = 26


def contributions_chart(rows: Sequence[Contributions], written: Sequence[Sequence[str]]) -> Chart:
    """Return one stacked bar for each area.

    Args:
        rows: the territory's contributions, then its benchmarks'.
        written: for each of them the change and its two parts, as the table writes them.
    """
    parts = (
        (NATURAL_NAME, [row.natural.value or 0.0 for row in rows], 1),
        (APPARENT_NAME, [row.apparent.value or 0.0 for row in rows], 2),
    )
    names = [label(row.area) for row in rows]
    traces = [
        _bars(
            name,
            values,
            [f"{n}<br>{name} : {w[at]}" for n, w in zip(names, written, strict=True)],
            place,
        )
        for place, (name, values, at) in enumerate(parts)
    ]
    traces.append(
        _sums(rows, [f"{n}<br>{CHANGE_NAME} : {w[0]}" for n, w in zip(names, written, strict=True)])
    )
    room = 24 + LEGEND_ROW * len(traces)
    return {
        "data": traces,
        "layout": layout(
            ROW_HEIGHT * len(rows) + 16 + room,
            barmode="relative",
            margin={"l": 16, "r": 16, "t": 8, "b": room},
            xaxis=zero_line(),
            yaxis=rows_axis(len(rows)),
            annotations=row_labels(names),
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


def _sums(rows: Sequence[Contributions], told: list[str]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": CHANGE_NAME,
        "x": [row.change.value for row in rows],
        "y": list(range(len(rows))),
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
