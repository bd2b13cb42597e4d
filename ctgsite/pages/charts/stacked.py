"""Stacked bars: the parts of each row end to end, told apart by colour, hatching and a legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    zero_line,
)
from ctgsite.pages.palette import PARTS

READABLE = 0.15  # of the widest bar; a narrower part has no room for its figure inside
_HATCHES = ("", "/", ".", "\\", "-", "x", "|")  # parts are told apart without colour too
HATCHED = {"fgcolor": "rgba(255, 255, 255, 0.5)", "solidity": 0.15, "size": 8}


@dataclass(frozen=True, slots=True)
class Look:
    """The marker of a part's bars, and the colour of a figure on them, "" for that of the page."""

    marker: dict[str, Any]
    ink: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of every row.

    Attributes:
        name: what the legend calls it.
        values: its length in each row.
        told: the same in words, for the pointer.
        written: the figure inside each bar, "" where there is no room.
        look: its colour and its pattern.
    """

    name: str
    values: Sequence[float | None]
    told: Sequence[str]
    written: Sequence[str]
    look: Look


def look_of(place: int) -> Look:
    """Return the look of the part at a place, the first seven with a colour of their own."""
    fill, ink = PARTS[place % len(PARTS)]
    hatch = _HATCHES[(place + place // len(PARTS)) % len(_HATCHES)]
    marker = {
        "color": fill,
        "pattern": {"shape": hatch, "bgcolor": fill, **HATCHED},
        "line": {"color": "#ffffff", "width": 1},
    }
    return Look(marker, ink)


def stacked_chart(
    labels: Sequence[str],
    parts: Sequence[Part],
    *,
    rows: Sequence[str] = (),
    strong: int | None = None,
    reach: Sequence[float] = (),
) -> Chart:
    """Return the bars of some rows.

    Args:
        labels: what stands above each row, from the top.
        parts: in the order of the bars.
        rows: what the pointer calls each row; by default its label.
        strong: the row set in bold.
        reach: the range of the axis; by default the bars fill it.
    """
    room = 24 + LEGEND_ROW * len(parts)
    return {
        "data": [_trace(part, rows or labels) for part in parts],
        "layout": layout(
            ROW_HEIGHT * len(labels) + 16 + room,
            barmode="relative",
            margin={"l": 8, "r": 8, "t": 8, "b": room},
            xaxis=zero_line() | ({"range": list(reach)} if reach else {}),
            yaxis=rows_axis(len(labels)),
            annotations=row_labels(labels, strong=strong),
            showlegend=True,
            legend=legend_below(),
        ),
    }


def _trace(part: Part, rows: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": part.name,
        "x": list(part.values),
        "y": list(range(len(rows))),
        "width": 0.42,
        "text": list(part.written),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "constraintext": "none",
        "textangle": 0,
        "insidetextfont": {"color": part.look.ink} if part.look.ink else {},
        "hovertext": [
            f"{escape(row, quote=False)}<br>{escape(part.name, quote=False)} : {told}"
            for row, told in zip(rows, part.told, strict=True)
        ],
        "hoverinfo": "text",
        "marker": part.look.marker,
    }
