"""The measures of an evaluation indicator over time, and its target."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from ctgsite.config.plan import Reading
from ctgsite.diagnostic.followed import Followed
from ctgsite.pages.charts.base import Chart, layout, value_range
from ctgsite.pages.french import NBSP
from ctgsite.pages.palette import GRID, OUTLINE, TERRITORY
from ctgsite.pages.plan_words import measured, month, reading_told

HEIGHT = 260
APART = 0.24  # of the width, between two points that both carry their figure


def readings_chart(one: Followed) -> Chart | None:
    """Return the line of the measures, or None where there are fewer than two."""
    readings, target = one.readings, one.indicator.target
    if len(readings) < 2:
        return None
    levels = [reading.value for reading in readings] + ([] if target is None else [target])
    ticks = spaced(readings)
    return {
        "data": [*_target(one), _line(one)],
        "layout": layout(
            HEIGHT,
            margin={"l": 32, "r": 40, "t": 28, "b": 36},
            xaxis={
                "type": "date",
                "fixedrange": True,
                "tickvals": [reading.date.isoformat() for reading in ticks],
                "ticktext": [month(reading.date) for reading in ticks],
                "showgrid": False,
                "zeroline": False,
            },
            yaxis={
                "fixedrange": True,
                "range": value_range(levels),
                "showticklabels": False,
                "gridcolor": GRID,
                "zerolinecolor": GRID,
            },
        ),
    }


def spaced(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the first and the last of some measures, and those that a phone has room for."""
    first, last = readings[0], readings[-1]
    room = APART * (last.date - first.date).days
    kept = [first]
    for reading in readings[1:-1]:
        gaps = ((reading.date - kept[-1].date).days, (last.date - reading.date).days)
        if min(gaps) >= room:
            kept.append(reading)
    return (*kept, last)


def _line(one: Followed) -> dict[str, Any]:
    readings, shown = one.readings, spaced(one.readings)
    sides = ["top right", *(["top center"] * (len(readings) - 2)), "top left"]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [reading.date.isoformat() for reading in readings],
        "y": [reading.value for reading in readings],
        "text": [
            escape(measured(reading.value, one.unit)) if reading in shown else ""
            for reading in readings
        ],
        "textposition": sides,
        "cliponaxis": False,
        "hovertext": [escape(reading_told(reading, one.unit)) for reading in readings],
        "hoverinfo": "text",
        "line": {"color": TERRITORY, "width": 3},
        "marker": {"color": TERRITORY, "size": 9},
    }


def _target(one: Followed) -> list[dict[str, Any]]:
    """Return the level to reach, a dashed line that bears its name."""
    target = one.indicator.target
    if target is None:
        return []
    ends = (one.readings[0].date, one.readings[-1].date)
    text = f"cible{NBSP}: {escape(measured(target, one.unit))}"
    return [
        {
            "type": "scatter",
            "mode": "lines+text",
            "x": [end.isoformat() for end in ends],
            "y": [target, target],
            "text": [text, ""],
            "textposition": "top right",
            "cliponaxis": False,
            "hovertext": text,
            "hoverinfo": "text",
            "line": {"color": OUTLINE, "width": 2, "dash": "dash"},
        }
    ]
