"""Counts that add up, stacked: one bar a group, one part a category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    value_range,
    zero_line,
)
from ctgsite.pages.charts.composition import HATCHED, HATCHES, READABLE
from ctgsite.pages.french import number
from ctgsite.pages.palette import PARTS

Counts = Mapping[tuple[str, str], int]  # by (group, category)


def counts_chart(groups: Sequence[str], categories: Sequence[str], counts: Counts) -> Chart:
    """Return the stacked bars of counts; each group's total ends its label."""
    totals = [sum(counts.get((group, c), 0) for c in categories) for group in groups]
    widest = max(totals, default=0) or 1
    legend = LEGEND_ROW * len(categories)
    names = [f"{group} : {number(total)}" for group, total in zip(groups, totals, strict=True)]
    return {
        "data": [
            _trace(place, category, groups, [counts.get((g, category), 0) for g in groups], widest)
            for place, category in enumerate(categories)
        ],
        "layout": layout(
            ROW_HEIGHT * len(groups) + 40 + legend,
            barmode="relative",
            margin={"l": 8, "r": 8, "t": 8, "b": 24 + legend},
            xaxis=zero_line() | {"range": value_range([float(total) for total in totals], [""])},
            yaxis=rows_axis(len(groups)),
            annotations=row_labels(names, strong=None),
            showlegend=True,
            legend=legend_below(),
        ),
    }


def _trace(
    place: int, category: str, groups: Sequence[str], values: Sequence[int], widest: int
) -> dict[str, Any]:
    fill, ink = PARTS[place % len(PARTS)]
    hatch = HATCHES[(place + place // len(PARTS)) % len(HATCHES)]
    return {
        "type": "bar",
        "orientation": "h",
        "name": category,
        "x": list(values),
        "y": list(range(len(groups))),
        "width": 0.42,
        "text": [number(value) if value >= READABLE * widest else "" for value in values],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "constraintext": "none",
        "textangle": 0,
        "insidetextfont": {"color": ink},
        "hovertext": [
            f"{escape(group)}<br>{escape(category)} : {number(value)}"
            for group, value in zip(groups, values, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {
            "color": fill,
            "pattern": {"shape": hatch, "bgcolor": fill, **HATCHED},
            "line": {"color": "#ffffff", "width": 1},
        },
    }
