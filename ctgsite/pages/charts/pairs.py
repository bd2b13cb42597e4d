"""Needs and supply: bars of each rate, one group above the other, each on a scale of its own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from ctgsite.diagnostic.model import Finding
from ctgsite.indicators.comparison import is_count
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.views import Role, Slot
from ctgsite.pages.charts.base import (
    ROW_HEIGHT,
    Chart,
    layout,
    row_labels,
    rows_axis,
    zero_line,
)
from ctgsite.pages.charts.comparison import comparison_bars, comparison_rows
from ctgsite.pages.french import uncapitalise
from ctgsite.pages.sentences import period_of

ROLES = {Role.BESOIN: "Besoin", Role.OFFRE: "Offre"}
TITLE_LINE = 20
TITLE_SPACE = 16  # above a title
LINE = 38  # characters of a title that a phone shows on one line

Entry = tuple[Slot, Finding]


def pair_panels(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries that bars can show: rates, since a count depends on an area's size."""
    return tuple(
        (slot, finding)
        for slot, finding in entries
        if finding.measure.value is not None and not is_count(finding.indicator)
    )


def pair_chart(entries: Sequence[Entry]) -> Chart | None:
    """Return a panel of bars for each rate, needs first, or None where a bar would stand alone."""
    panels = pair_panels(entries)
    rows = [comparison_rows(finding) for _, finding in panels]
    if sum(map(len, rows)) < 2:
        return None
    titles = [_title(slot, found[0][1]) for (slot, _), found in zip(panels, rows, strict=True)]
    heads = [TITLE_LINE * len(lines) + TITLE_SPACE for lines in titles]
    total = sum(heads) + ROW_HEIGHT * sum(map(len, rows))
    chart: Chart = {"data": [], "layout": layout(total + 16, annotations=[])}
    top = 1.0
    for at, ((_, finding), found) in enumerate(zip(panels, rows, strict=True)):
        below = top - heads[at] / total
        bottom = max(below - ROW_HEIGHT * len(found) / total, 0.0)
        _add_panel(chart, at, finding, [bottom, below])
        chart["layout"]["annotations"].append(_heading(titles[at], top))
        top = bottom
    return chart


def _add_panel(chart: Chart, at: int, finding: Finding, domain: list[float]) -> None:
    """Add the bars of a rate between two heights, with axes of their own."""
    suffix = str(at + 1) if at else ""
    names, trace, reach = comparison_bars(finding)
    chart["data"].append({**trace, "xaxis": f"x{suffix}", "yaxis": f"y{suffix}"})
    chart["layout"] |= {
        f"xaxis{suffix}": {**zero_line(), "range": reach, "anchor": f"y{suffix}"},
        f"yaxis{suffix}": {**rows_axis(len(names)), "domain": domain, "anchor": f"x{suffix}"},
    }
    chart["layout"]["annotations"] += [{**note, "yref": f"y{suffix}"} for note in row_labels(names)]


def _title(slot: Slot, measure: Measure) -> list[str]:
    """Return the lines of a panel's title: its half, its rate, and the year that the bars share."""
    return _lines(f"{ROLES[slot.role]} : {uncapitalise(slot.label)} ({period_of(measure)})")


def _heading(lines: Sequence[str], top: float) -> dict[str, Any]:
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "left",
        "y": top,
        "yref": "paper",
        "yanchor": "top",
        "text": "<br>".join(f"<b>{escape(line)}</b>" for line in lines),
        "showarrow": False,
        "align": "left",
    }


def _lines(text: str) -> list[str]:
    """Cut a title into lines that a phone can show."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > LINE:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
