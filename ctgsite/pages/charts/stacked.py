"""Stacked bars: the parts of each row end to end, told apart by colour, hatching and a legend."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ctgsite.pages.charts.base import (
    CHARACTER_WIDTH,
    LEGEND_ROW,
    ROW_HEIGHT,
    Chart,
    hidden_axis,
    layout,
    legend_below,
    row_labels,
    rows_axis,
    zero_line,
)
from ctgsite.pages.palette import PARTS

NAMES_WIDTH = 290  # pixels, of the widest bar on a phone
NAME_LINES, NAME_LINE = 2, 16  # names of parts above the first bar: most lines, pixels of one
NAME_GAP = 8
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
    names = () if reach else names_above(parts)
    room = 8 if names else 24 + LEGEND_ROW * len(parts)
    raised = NAME_LINE * max((len(lines) for _, lines in names), default=0)
    low, high = rows_axis(len(labels))["range"]
    notes = row_labels(labels, strong=strong)
    notes[0]["yshift"] += raised
    return {
        "data": [_trace(part, rows or labels) for part in parts],
        "layout": layout(
            ROW_HEIGHT * len(labels) + 16 + room + raised,
            barmode="relative",
            margin={"l": 8, "r": 8, "t": 8, "b": room},
            xaxis=zero_line() | ({"range": list(reach)} if reach else {}),
            yaxis=hidden_axis(range=[low, high - raised / ROW_HEIGHT]),
            annotations=[*notes, *(_name_above(middle, lines) for middle, lines in names)],
            showlegend=not names,
            legend=legend_below(),
        ),
    }


def names_above(parts: Sequence[Part]) -> tuple[tuple[float, list[str]], ...]:
    """Return where the names of parts stand above the first bar, and their lines.

    None at all unless a phone has room for each of them above its own part.
    """
    lengths = [part.values[0] or 0.0 for part in parts]
    rows = zip(*(part.values for part in parts), strict=True)
    totals = [sum(value or 0.0 for value in row) for row in rows]
    if min(value or 0.0 for part in parts for value in part.values) < 0 or not max(totals):
        return ()
    unit = NAMES_WIDTH / max(totals)
    found, start = [], 0.0
    for part, length in zip(parts, lengths, strict=True):
        room = int((length * unit - NAME_GAP) / CHARACTER_WIDTH)
        lines = textwrap.wrap(part.name, room, break_long_words=False) if room > 0 else []
        if not 1 <= len(lines) <= NAME_LINES or max(map(len, lines)) > room:
            return ()
        found.append((start + length / 2, lines))
        start += length
    return tuple(found)


def _name_above(middle: float, lines: Sequence[str]) -> dict[str, Any]:
    return {
        "x": middle,
        "y": 0,
        "yanchor": "bottom",
        "yshift": 11,
        "text": "<br>".join(escape(line, quote=False) for line in lines),
        "font": {"size": 13},
        "showarrow": False,
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
