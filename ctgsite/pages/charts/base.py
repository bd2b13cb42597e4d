"""What all charts share: the empty layout, rows with their label above them, and safe JSON."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import orjson

from ctgsite.pages.french import NARROW
from ctgsite.pages.palette import CLEAR, GRID

Chart = dict[str, Any]

ROW_HEIGHT = 48
LABEL_SHIFT = 20
PHONE_WIDTH = 320  # pixels, of a chart
CHARACTER_WIDTH = 7
TEXT_MARGIN = 10
SHORT_TEXT = 7  # characters
LEGEND_ROW = 26


def layout(height: int, **more: Any) -> dict[str, Any]:
    """Return a transparent layout without controls; `more` adds or replaces keys.

    The font is the page's own: the JavaScript sets it.
    """
    return {
        "height": height,
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8, "pad": 0},
        "separators": f",{NARROW}",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        **more,
    }


def bars(
    values: Sequence[float],
    written: Sequence[str],
    told: Sequence[str],
    fills: str | list[str],
    lines: str | list[str],
) -> dict[str, Any]:
    """Return horizontal bars, one a row from the top, each with its figure at its end.

    Args:
        values: their lengths.
        written: the figure at each end.
        told: what the pointer reveals.
        fills: their colour, one or one each.
        lines: the colour of their outline, one or one each.
    """
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(values),
        "y": list(range(len(values))),
        "width": 0.42,
        "text": list(written),
        "textposition": "outside",
        "cliponaxis": False,
        "hovertext": list(told),
        "hoverinfo": "text",
        "marker": {"color": fills, "line": {"color": lines, "width": 1}},
    }


def hidden_axis(**more: Any) -> dict[str, Any]:
    """Return an axis that shows nothing but keeps its place."""
    return {"visible": False, "fixedrange": True, **more}


def row_labels(labels: Sequence[str], strong: int | None = 0) -> list[dict[str, Any]]:
    """Return labels that stand above the rows of a horizontal chart, so that phones have room.

    Args:
        labels: one for each row, from the top.
        strong: the row set in bold.
    """
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": row,
            "yref": "y",
            "yshift": LABEL_SHIFT,
            "text": f"<b>{escape(label)}</b>" if row == strong else escape(label),
            "showarrow": False,
            "align": "left",
        }
        for row, label in enumerate(labels)
    ]


def rows_axis(count: int) -> dict[str, Any]:
    """Return the vertical axis of `count` rows, the first one at the top."""
    return hidden_axis(range=[count - 0.5, -0.75])


def value_range(values: Sequence[float], texts: Sequence[str] = ()) -> list[float]:
    """Return a range that holds zero, the values and, on a phone too, the texts at their end."""
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    widest = max(map(len, texts), default=SHORT_TEXT) * CHARACTER_WIDTH + TEXT_MARGIN
    sides = (low < 0) + (high > 0) or 1
    part = min(widest / PHONE_WIDTH, 0.7 / sides)
    room = part / (1 - sides * part)
    ends = (low - (room * span if low < 0 else 0.0), high + (room * span if high > 0 else 0.0))
    return [float(f"{end:.4g}") for end in ends]


def zero_line() -> dict[str, Any]:
    """Return the look of an axis of which only the zero is drawn."""
    return {
        "fixedrange": True,
        "showgrid": False,
        "showticklabels": False,
        "zeroline": True,
        "zerolinecolor": GRID,
        "zerolinewidth": 1,
    }


def legend_below() -> dict[str, Any]:
    """Return a legend under the chart, one name a line, which hides nothing when clicked."""
    return {
        "orientation": "v",
        "x": 0,
        "xanchor": "left",
        "y": 0,
        "yanchor": "top",
        "maxheight": 1,  # all of the chart: by default it scrolls beyond half
        "traceorder": "normal",
        "itemclick": False,
        "itemdoubleclick": False,
        "bgcolor": CLEAR,
    }


def as_json(chart: Chart) -> str:
    """Return a chart as JSON that can stand inside a script element."""
    text = orjson.dumps(chart).decode()
    return text.replace("</", "<\\/").replace("<!--", "<\\u0021--")


def height_of(chart: str) -> int:
    """Return the height in pixels of a chart written as JSON, so that a page keeps its room."""
    return int(orjson.loads(chart)["layout"]["height"])
