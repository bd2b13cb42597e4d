"""The calendar of some fiches: a bar from start to end for each, its milestones, the day told of.

The state of each is written above its bar, and told by its pattern too, never by colour alone.
"""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any

from ctgsite.config.plan import Action
from ctgsite.pages.charts.action_states import marker
from ctgsite.pages.charts.base import Chart, layout, rows_axis
from ctgsite.pages.french import NBSP
from ctgsite.pages.palette import GRID, OUTLINE
from ctgsite.pages.plan_words import calendar, month
from ctgsite.pages.templates import day
from ctgsite.pages.words import action_state

ROW = 74
TOP, BOTTOM = 26, 34
TITLE_LENGTH = 42  # characters that a phone has room for
DAY = 86_400_000  # milliseconds
Ends = tuple[datetime.date, datetime.date]


def dated(actions: Sequence[Action], ends: Ends) -> list[tuple[Action, Ends]]:
    """Return the fiches that a bar can show, each with its ends within those of the chart.

    A continuous one goes on to the end of the chart.
    """
    found = []
    for action in actions:
        end = ends[1] if action.continuous else action.end
        if action.start and end and action.start <= end:
            found.append((action, (max(action.start, ends[0]), min(end, ends[1]))))
    return found


def schedule_chart(
    actions: Sequence[Action], ends: Ends, as_of: datetime.date | None = None
) -> Chart | None:
    """Return the calendar between two days, or None where no fiche has both a start and an end."""
    rows = dated(actions, ends)
    if not rows:
        return None
    shown = as_of if as_of and ends[0] <= as_of <= ends[1] else None
    height = ROW * len(rows) + TOP + BOTTOM
    return {
        "data": [_bars(rows), *_milestones(rows, ends), *_ongoing(rows)],
        "layout": layout(
            height,
            margin={"l": 8, "r": 16, "t": TOP, "b": BOTTOM},
            xaxis=_axis(ends),
            yaxis={**rows_axis(len(rows)), "range": [len(rows) - 0.62, -0.72]},
            annotations=[*_labels(rows), *([_day_label(shown)] if shown else [])],
            shapes=[_day_line(shown)] if shown else [],
        ),
    }


def _bars(rows: Sequence[tuple[Action, Ends]]) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "base": [start.isoformat() for _, (start, _) in rows],
        "x": [((end - start).days + 1) * DAY for _, (start, end) in rows],
        "y": list(range(len(rows))),
        "width": 0.26,
        "hovertext": [
            f"{escape(action.title)}<br>{action_state(action.state)}, {calendar(action)}"
            for action, _ in rows
        ],
        "hoverinfo": "text",
        "marker": marker(*(action.state for action, _ in rows)),
    }


def _milestones(rows: Sequence[tuple[Action, Ends]], ends: Ends) -> list[dict[str, Any]]:
    found = [
        (row, step)
        for row, (action, _) in enumerate(rows)
        for step in action.milestones
        if ends[0] <= step.date <= ends[1]
    ]
    if not found:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [step.date.isoformat() for _, step in found],
            "y": [row for row, _ in found],
            "hovertext": [f"{day(step.date)}{NBSP}: {escape(step.title)}" for _, step in found],
            "hoverinfo": "text",
            "cliponaxis": False,
            "marker": {
                "symbol": ["diamond" if step.reached_on else "diamond-open" for _, step in found],
                "color": "var(--ctg-accent)",
                "size": 12,
                "line": {"color": "var(--ctg-accent)", "width": 2},
            },
        }
    ]


def _ongoing(rows: Sequence[tuple[Action, Ends]]) -> list[dict[str, Any]]:
    """Return the arrows of the fiches that have no end."""
    found = [(row, end) for row, (action, (_, end)) in enumerate(rows) if action.continuous]
    if not found:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [end.isoformat() for _, end in found],
            "y": [row for row, _ in found],
            "hoverinfo": "skip",
            "cliponaxis": False,
            "marker": {"symbol": "triangle-right", "color": OUTLINE, "size": 16},
        }
    ]


def _labels(rows: Sequence[tuple[Action, Ends]]) -> list[dict[str, Any]]:
    return [
        {
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
            "y": row,
            "yref": "y",
            "yanchor": "bottom",
            "yshift": 11,
            "text": f"{escape(_short(action.title))}<br><span style='font-size:12px'>"
            f"{action_state(action.state)} · {_months(action)}</span>",
            "showarrow": False,
            "align": "left",
            "bgcolor": "var(--ctg-fond)",  # no line crosses the words
        }
        for row, (action, _) in enumerate(rows)
    ]


def _short(title: str) -> str:
    return textwrap.shorten(title, TITLE_LENGTH, placeholder="…")


def _months(action: Action) -> str:
    start = month(action.start) if action.start else ""
    if action.continuous or action.end is None:
        return f"depuis {start}, en continu"
    return f"{start} à {month(action.end)}"


def _axis(ends: Ends) -> dict[str, Any]:
    return {
        "type": "date",
        "fixedrange": True,
        "range": [ends[0].isoformat(), ends[1].isoformat()],
        "dtick": "M12",
        "tick0": f"{ends[0].year}-01-01",
        "tickformat": "%Y",
        "ticklabelmode": "period",
        "showgrid": True,
        "gridcolor": GRID,
        "zeroline": False,
    }


def _day_line(as_of: datetime.date) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": as_of.isoformat(),
        "x1": as_of.isoformat(),
        "y0": 0,
        "y1": 1,
        "line": {"color": OUTLINE, "width": 1.5, "dash": "dot"},
    }


def _day_label(as_of: datetime.date) -> dict[str, Any]:
    return {
        "x": as_of.isoformat(),
        "xref": "x",
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "text": f"<span style='font-size:12px'>{day(as_of)}</span>",
        "showarrow": False,
    }
