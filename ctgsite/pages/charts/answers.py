"""Answers to a questionnaire: bars of shares, beside the population's, or stacked by group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctgsite.pages.charts.base import (
    LEGEND_ROW,
    ROW_HEIGHT,
    Chart,
    bars,
    layout,
    legend_below,
    row_labels,
    rows_axis,
    value_range,
    zero_line,
)
from ctgsite.pages.charts.stacked import Look, Part, look_of, stacked_chart
from ctgsite.pages.palette import BENCHMARK_FILL, BENCHMARK_LINE, GRID, PARTS, TERRITORY

LONGEST = 42  # characters of a label that a phone shows on one line; the table has it whole
LEAST_WRITTEN = 12.0  # points; a narrower part has no room for its figure
LEAST_DRAWN = 0.5  # points of a rest
PAIR_HEIGHT = 64
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "star", "x", "pentagon")
REST = "Masqué, ou sans réponse"
MOST_PARTS = len(PARTS)
WITHOUT_COLOUR = Look({"color": BENCHMARK_FILL, "line": {"color": "#ffffff", "width": 1}}, "")


def answers_chart(rows: Sequence[tuple[str, float, str]]) -> Chart:
    """Return one bar an answer, from (label, share in %, written figure)."""
    labels = [short(label) for label, _, _ in rows]
    shares = [share for _, share, _ in rows]
    written = [text for _, _, text in rows]
    told = [f"{label} : {text}" for label, _, text in rows]
    return {
        "data": [bars(shares, written, told, TERRITORY, TERRITORY)],
        "layout": layout(
            ROW_HEIGHT * len(rows) + 16,
            xaxis={**zero_line(), "range": value_range(shares, written)},
            yaxis=rows_axis(len(rows)),
            annotations=row_labels(labels, strong=None),
        ),
    }


def profile_chart(rows: Sequence[tuple[str, float | None, float, str, str]]) -> Chart:
    """Return two bars a group, from (label, share of answers, of population, both written)."""
    shares = [share or 0.0 for _, share, _, _, _ in rows]
    expected = [share for _, _, share, _, _ in rows]
    names = ("Réponses au questionnaire", "Population")
    written = ([text for *_, text, _ in rows], [text for *_, text in rows])
    own = _pair(names[0], shares, written[0], (TERRITORY, TERRITORY), -0.14, rows)
    other = _pair(names[1], expected, written[1], (BENCHMARK_FILL, BENCHMARK_LINE), 0.14, rows)
    reach = value_range([*shares, *expected], [*written[0], *written[1]])
    room = 24 + 2 * LEGEND_ROW
    return {
        "data": [own, other],
        "layout": layout(
            PAIR_HEIGHT * len(rows) + 16 + room,
            barmode="overlay",
            margin={"l": 8, "r": 8, "t": 8, "b": room},
            xaxis={**zero_line(), "range": reach},
            yaxis=rows_axis(len(rows)),
            annotations=[
                {**note, "yshift": 26}
                for note in row_labels([short(row[0]) for row in rows], strong=None)
            ],
            showlegend=True,
            legend=legend_below(),
        ),
    }


def _pair(
    name: str,
    shares: Sequence[float],
    written: Sequence[str],
    look: tuple[str, str],
    shift: float,
    rows: Sequence[tuple[str, float | None, float, str, str]],
) -> dict[str, Any]:
    told = [f"{row[0]}<br>{name} : {text}" for row, text in zip(rows, written, strict=True)]
    trace = bars(shares, written, told, *look)
    places = [row + shift for row in range(len(rows))]
    return {**trace, "name": name, "y": places, "width": 0.24}


def crossed_chart(
    groups: Sequence[str], answers: Sequence[str], shares: Sequence[Sequence[float]]
) -> Chart:
    """Return one stacked bar a group; `shares` has one line a group, one share in % an answer.

    What they lack of 100 % is drawn last, without colour.
    """
    parts = [
        _part(answer, [line[at] for line in shares], look_of(at))
        for at, answer in enumerate(answers)
    ]
    rests = [max(0.0, 100.0 - sum(line)) for line in shares]
    if any(rest > LEAST_DRAWN for rest in rests):
        parts.append(_part(REST, rests, WITHOUT_COLOUR))
    return stacked_chart([short(group) for group in groups], parts, rows=groups)


def _part(name: str, shares: Sequence[float], look: Look) -> Part:
    told = [f"{share:.0f} %" for share in shares]
    written = [
        text if share >= LEAST_WRITTEN else "" for share, text in zip(shares, told, strict=True)
    ]
    return Part(short(name), shares, told, written, look)


def dots_chart(
    groups: Sequence[str], answers: Sequence[str], shares: Sequence[Sequence[float | None]]
) -> Chart:
    """Return one row an answer and one mark a group, told apart by shape, none where masked.

    `shares` has one line a group, one share in % an answer.
    """
    room = 24 + LEGEND_ROW * len(groups)
    traces = []
    for at, (group, line) in enumerate(zip(groups, shares, strict=True)):
        known = [(share, row) for row, share in enumerate(line) if share is not None]
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": short(group),
                "x": [share for share, _ in known],
                "y": [row for _, row in known],
                "cliponaxis": False,
                "hovertext": [f"{group}<br>{answers[row]} : {share:.0f} %" for share, row in known],
                "hoverinfo": "text",
                "marker": {
                    "symbol": SYMBOLS[at % len(SYMBOLS)],
                    "size": 13,
                    "color": PARTS[at % len(PARTS)][0],
                    "line": {"color": "#ffffff", "width": 1},
                },
            }
        )
    axis = {"fixedrange": True, "gridcolor": GRID, "ticksuffix": " %", "zerolinecolor": GRID}
    reach = [0.0, max((share or 0.0) for line in shares for share in line) * 1.08]
    return {
        "data": traces,
        "layout": layout(
            ROW_HEIGHT * len(answers) + 40 + room,
            margin={"l": 12, "r": 12, "t": 8, "b": 24 + room},
            xaxis={**axis, "range": reach},
            yaxis=rows_axis(len(answers)),
            annotations=row_labels([short(answer) for answer in answers], strong=None),
            showlegend=True,
            legend={**legend_below(), "y": -0.12},
        ),
    }


def short(label: str) -> str:
    """Return a label that a phone can show on one line."""
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1].rstrip()}…"
