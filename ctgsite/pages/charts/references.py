"""References: the territory's figure and its benchmarks' as vertical lines, each with its name.

The names stand above the chart, one a row, so that a phone has room and none covers another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from ctgsite.diagnostic.model import Finding
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.comparison import is_count
from ctgsite.indicators.measures import Measure
from ctgsite.pages.charts.base import PHONE_WIDTH
from ctgsite.pages.french import NBSP
from ctgsite.pages.palette import BENCHMARK_LINE, TERRITORY
from ctgsite.pages.sentences import comparable, label, short_figure

ROW = 22  # pixels, of a name
GAP = 8
CHARACTER_WIDTH = 8  # pixels, of a letter in bold
PEERS = "Comparables (médiane)"  # where a phone has no room for more
DASHES = ("dash", "dot", "dashdot", "longdash", "longdashdot")


@dataclass(frozen=True, slots=True)
class Reference:
    """An area, its figure, and whether it is the territory itself."""

    area: Area
    measure: Measure
    own: bool = False

    @property
    def value(self) -> float:
        """Where its line stands."""
        return self.measure.value or 0.0


def references(finding: Finding) -> tuple[Reference, ...]:
    """Return the territory, then its benchmarks of the same year; none of a count."""
    if is_count(finding.indicator) or finding.measure.value is None:
        return ()
    year = finding.measure.year
    others = [c for c in comparable(finding) if c.here.year == year == c.there.year]
    return (
        Reference(finding.area, finding.measure, own=True),
        *(Reference(c.benchmark, c.there) for c in others),
    )


@dataclass(frozen=True, slots=True)
class Marks:
    """What a layout takes of references, and the pixels that their names need above the chart."""

    shapes: list[dict[str, Any]]
    annotations: list[dict[str, Any]]
    room: int


def reference_marks(
    shown: Sequence[Reference], finding: Finding, reach: Sequence[float], height: int
) -> Marks:
    """Return the lines and their names.

    Args:
        shown: what is drawn.
        finding: whose figures they are.
        reach: the range of the axis.
        height: of the chart between its margins, in pixels.
    """
    middle = (reach[0] + reach[1]) / 2
    ordered = sorted(shown, key=lambda one: abs(one.value - middle))  # so lines cross no name
    shapes, notes, room = [], [], GAP if shown else 0
    for one in ordered:
        part = (one.value - reach[0]) / (reach[1] - reach[0])
        text = _written(one, finding, max(part, 1 - part) * PHONE_WIDTH)
        tall = ROW * (1 + text.count("<br>"))
        dash = "solid" if one.own else DASHES[(shown.index(one) - 1) % len(DASHES)]
        shapes.append(_line(one, 1 + (room + tall / 2) / height, dash))
        notes.append(_name(one, text, room + tall // 2, at_left=part <= 0.5))
        room += tall
    return Marks(shapes, notes, room)


def _written(one: Reference, finding: Finding, width: float) -> str:
    """Return the name and the figure, on two lines where one would not hold them."""
    name = PEERS if one.area.level is Level.COMPARABLES else label(one.area)
    told = short_figure(one.measure, finding.indicator)
    wide = (len(name) + len(told) + 3) * CHARACTER_WIDTH > width - 2 * GAP
    text = f"{escape(name)}{NBSP}:{'<br>' if wide else ' '}{told}"
    return f"<b>{text}</b>" if one.own else text


def _line(one: Reference, top: float, dash: str) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": one.value,
        "x1": one.value,
        "y0": 0,
        "y1": round(top, 4),
        "yref": "paper",
        "line": {
            "color": TERRITORY if one.own else BENCHMARK_LINE,
            "width": 3 if one.own else 2,
            "dash": dash,
        },
    }


def _name(one: Reference, text: str, top: int, *, at_left: bool) -> dict[str, Any]:
    side = "left" if at_left else "right"
    return {
        "name": label(one.area),
        "x": one.value,
        "xanchor": side,
        "xshift": 6 if at_left else -6,
        "y": 1,
        "yref": "paper",
        "yanchor": "middle",
        "yshift": top,
        "text": text,
        "align": side,
        "showarrow": False,
        "bgcolor": "var(--ctg-fond)",  # no line crosses the words
    }
