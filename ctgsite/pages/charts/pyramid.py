"""Age pyramid: the share of each age in the population, men on the left and women on the right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ctgsite.diagnostic.model import ThemeView
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.views import Role
from ctgsite.pages.charts.base import LEGEND_ROW, Chart, layout, legend_below
from ctgsite.pages.charts.rows import common_year, shared_rows
from ctgsite.pages.french import number, quantity
from ctgsite.pages.palette import GRID, OUTLINE, PARTS, TERRITORY
from ctgsite.pages.sentences import label

AGE_ROW = 20
WOMEN, INK = PARTS[1]
HATCHES = {"shape": "/", "bgcolor": WOMEN, "fgcolor": INK, "solidity": 0.15, "size": 7}
BENCHMARK = "var(--ctg-texte)"  # the page's ink: it shows on both colours and in both schemes


@dataclass(frozen=True, slots=True)
class Pyramid:
    """The ages of one area in one year, from the youngest: counts of men and women."""

    name: str
    level: str
    ages: tuple[str, ...]
    men: tuple[float, ...]
    women: tuple[float, ...]
    measures: tuple[Measure, ...]

    @property
    def total(self) -> float:
        """The whole population: the sum of all ages."""
        return sum(self.men) + sum(self.women)

    @property
    def share_title(self) -> str:
        """What the table calls the area's shares; the chart's outline is found by it."""
        return f"Part ({self.name})"

    def shares(self, counts: Sequence[float]) -> list[float]:
        """Return counts as percentages of the whole population."""
        return [100 * count / self.total for count in counts]


def pyramids(view: ThemeView) -> tuple[Pyramid, ...]:
    """Return the pyramid of the view's area, then of each benchmark of the same year.

    None at all where an age is not published: the others would not make a whole.
    """
    year = common_year(view.findings)
    rows = shared_rows(view.findings, year) if year else []
    if not rows or rows[0][0] != view.area:
        return ()
    roles = [slot.role for slot, _ in view.entries]
    ages = tuple(dict.fromkeys(slot.label for slot, _ in view.entries))
    return tuple(
        Pyramid(
            label(area),
            area.level.value,
            ages,
            _counts(Role.HOMMES, roles, measures),
            _counts(Role.FEMMES, roles, measures),
            tuple(measures),
        )
        for area, measures in rows
    )


def _counts(role: Role, roles: Sequence[Role], measures: Sequence[Measure]) -> tuple[float, ...]:
    pairs = zip(roles, measures, strict=True)
    return tuple(m.value or 0.0 for found, m in pairs if found is role)


def pyramid_chart(found: Sequence[Pyramid]) -> Chart:
    """Return the bars of the first pyramid, and the outline of each other, one shown at a time.

    The second is seen first; the reader may bring another in its place.
    """
    own, others = found[0], found[1:]
    longest = max(share for one in found for share in one.shares(one.men + one.women))
    limit = math.ceil(longest + 0.25)
    traces = [
        _bars(own, "Hommes", -1, {"color": TERRITORY}),
        _bars(own, "Femmes", 1, {"color": WOMEN, "pattern": HATCHES}),
    ]
    for rank, other in enumerate(others):
        traces += [_outline(other, side, seen=rank == 0) for side in (-1, 1)]
    entries = 3 if others else 2
    return {
        "data": traces,
        "layout": layout(
            AGE_ROW * len(own.ages) + 56 + LEGEND_ROW * entries,
            barmode="overlay",
            bargap=0.12,
            margin={"l": 92, "r": 12, "t": 8, "b": 56 + LEGEND_ROW * entries},
            xaxis=_share_axis(limit),
            yaxis={
                "fixedrange": True,
                "tickvals": list(range(len(own.ages))),
                "ticktext": list(own.ages),
                "range": [-0.7, len(own.ages) - 0.3],
                "showgrid": False,
                "zeroline": False,
                "tickfont": {"size": 12},
            },
            showlegend=True,
            legend={**legend_below(), "y": -0.09},
        ),
    }


def _bars(own: Pyramid, sex: str, side: int, marker: dict[str, Any]) -> dict[str, Any]:
    counts = own.men if side < 0 else own.women
    shares = own.shares(counts)
    return {
        "type": "bar",
        "orientation": "h",
        "name": f"{sex} ({own.name})",
        "x": [side * share for share in shares],
        "y": list(range(len(own.ages))),
        "hovertext": [
            f"{sex}, {age} : {quantity(share, '%', 1)} ({number(count)})"
            for age, share, count in zip(own.ages, shares, counts, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {**marker, "line": {"color": OUTLINE, "width": 1}},
    }


def _outline(other: Pyramid, side: int, *, seen: bool) -> dict[str, Any]:
    shares = other.shares(other.men if side < 0 else other.women)
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": other.name,
        "meta": other.share_title,
        "visible": seen,
        "showlegend": side < 0,
        "x": [side * share for share in shares],
        "y": list(range(len(other.ages))),
        "hovertext": [
            f"{other.name}, {age} : {quantity(share, '%', 1)}"
            for age, share in zip(other.ages, shares, strict=True)
        ],
        "hoverinfo": "text",
        "line": {"color": BENCHMARK, "width": 1.5, "dash": "dot"},
        "marker": {"color": BENCHMARK, "size": 6, "symbol": "diamond"},
    }


def _share_axis(limit: int) -> dict[str, Any]:
    """Return the axis of shares, which count upwards on both sides of zero."""
    ticks = list(range(-limit, limit + 1, 2 if limit > 2 else 1))
    ticks = sorted({abs(tick) for tick in ticks} | {0})
    both = [-tick for tick in reversed(ticks) if tick] + ticks
    return {
        "fixedrange": True,
        "range": [-limit - 0.25, limit + 0.25],
        "tickvals": both,
        "ticktext": [quantity(abs(tick), "%") for tick in both],
        "gridcolor": GRID,
        "zeroline": True,
        "zerolinecolor": OUTLINE,
        "zerolinewidth": 1,
    }
