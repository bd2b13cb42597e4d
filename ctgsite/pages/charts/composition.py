"""Composition: the parts of a whole, stacked, one bar for each area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctgsite.diagnostic.model import Finding
from ctgsite.indicators.measures import Measure
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
from ctgsite.pages.charts.rows import common_year, shared_rows
from ctgsite.pages.french import when
from ctgsite.pages.palette import PARTS
from ctgsite.pages.sentences import figure, label

HATCHES = ("", "/", ".", "\\", "-", "x", "|")  # parts are told apart without colour too
HATCHED = {"fgcolor": "rgba(255, 255, 255, 0.5)", "solidity": 0.15, "size": 8}
READABLE = 0.15  # of the widest bar; a narrower part has no room for its figure inside


def composition_rows(parts: Sequence[Finding]) -> list[tuple[str, list[Measure]]]:
    """Return each area that has every part in the territory's year: its name and measures.

    Where no benchmark has, those of the latest common year follow, each with its year.
    """
    last = parts[0].measure.year
    rows = shared_rows(parts, last)
    named = [(label(area), measures) for area, measures in rows]
    common = common_year(parts)
    if len(rows) > 1 or common is None or common == last:
        return named
    dated = [(f"{name}, {when(last)}", measures) for name, measures in named]
    older = shared_rows(parts, common)
    return [*dated, *((f"{label(area)}, {when(common)}", measures) for area, measures in older)]


def composition_chart(parts: Sequence[Finding], names: Sequence[str]) -> Chart:
    """Return the stacked bars of parts that add up to a whole, each under its name."""
    rows = composition_rows(parts)
    traces = [
        _trace(place, part, name, rows)
        for place, (part, name) in enumerate(zip(parts, names, strict=True))
    ]
    height = ROW_HEIGHT * len(rows) + 40 + LEGEND_ROW * len(parts)
    return {
        "data": traces,
        "layout": layout(
            height,
            barmode="relative",
            margin={"l": 8, "r": 8, "t": 8, "b": 24 + LEGEND_ROW * len(parts)},
            xaxis=zero_line(),
            yaxis=rows_axis(len(rows)),
            annotations=row_labels([name for name, _ in rows]),
            showlegend=True,
            legend=legend_below(),
        ),
    }


def _trace(
    place: int, part: Finding, named: str, rows: Sequence[tuple[str, list[Measure]]]
) -> dict[str, Any]:
    fill, ink = PARTS[place % len(PARTS)]
    own = [measures[place] for _, measures in rows]
    texts = [figure(measure, part.indicator) for measure in own]
    widest = max(sum(abs(m.value or 0.0) for m in measures) for _, measures in rows)
    return {
        "type": "bar",
        "orientation": "h",
        "name": named,
        "x": [measure.value for measure in own],
        "y": list(range(len(rows))),
        "width": 0.42,
        "text": [
            text if abs(m.value or 0.0) >= READABLE * widest else ""
            for m, text in zip(own, texts, strict=True)
        ],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "constraintext": "none",
        "textangle": 0,
        "insidetextfont": {"color": ink},
        "hovertext": [
            f"{name}<br>{named} : {text}" for (name, _), text in zip(rows, texts, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {
            "color": fill,
            "pattern": {"shape": HATCHES[place % len(HATCHES)], "bgcolor": fill, **HATCHED},
            "line": {"color": "#ffffff", "width": 1},
        },
    }
