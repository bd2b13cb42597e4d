"""States: how many fiches of each axe are to come, under way, done; one stacked bar an axe."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten
from typing import Any

from ctgsite.config.plan import ActionState
from ctgsite.pages.charts.action_states import ink, marker
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

LONGEST_LABEL = 40  # characters, of what a phone has room for

Counts = Sequence[tuple[str, Sequence[int]]]  # an axe, and its fiches in each state


def states_chart(states: Sequence[ActionState | None], names: Sequence[str], rows: Counts) -> Chart:
    """Return the stacked bars of axes; a state that no fiche has is left out.

    Args:
        states: in the order of the bars.
        names: what each is called.
        rows: each axe with its number of fiches in each state.
    """
    present = [at for at in range(len(states)) if any(counts[at] for _, counts in rows)]
    height = ROW_HEIGHT * len(rows) + 40 + LEGEND_ROW * len(present)
    return {
        "data": [_trace(at, states[at], names[at], rows) for at in present],
        "layout": layout(
            height,
            barmode="stack",
            margin={"l": 8, "r": 8, "t": 8, "b": 24 + LEGEND_ROW * len(present)},
            xaxis=zero_line(),
            yaxis=rows_axis(len(rows)),
            annotations=row_labels(
                [shorten(name, LONGEST_LABEL, placeholder="…") for name, _ in rows], strong=None
            ),
            showlegend=True,
            legend=legend_below(),
        ),
    }


def _trace(at: int, state: ActionState | None, called: str, rows: Counts) -> dict[str, Any]:
    numbers = [counts[at] for _, counts in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "name": called,
        "x": numbers,
        "y": list(range(len(rows))),
        "width": 0.42,
        "text": [str(number) if number else "" for number in numbers],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "constraintext": "none",
        "textangle": 0,
        "insidetextfont": {"color": ink(state)},
        "hovertext": [
            f"{name}<br>{called} : {number}"
            for (name, _), number in zip(rows, numbers, strict=True)
        ],
        "hoverinfo": "text",
        "marker": marker(*(state for _ in rows)),
    }
