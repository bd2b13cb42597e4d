"""Age pyramid: men on the left, women on the right, by age class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ctgsite.pages.charts.base import Chart, layout, zero_line
from ctgsite.pages.french import quantity
from ctgsite.pages.palette import PARTS


@dataclass(frozen=True, slots=True)
class AgeClass:
    """One step of the pyramid, in persons or in % of the whole population."""

    label: str
    men: float
    women: float


def pyramid_chart(ages: Sequence[AgeClass], unit: str = "%", precision: int = 1) -> Chart:
    """Return the pyramid, the youngest class at the bottom."""
    labels = [age.label for age in ages]
    widest = max(max(age.men, age.women) for age in ages) or 1.0
    men = [-age.men for age in ages]
    women = [age.women for age in ages]
    return {
        "data": [
            _side("Hommes", men, labels, 0, unit, precision),
            _side("Femmes", women, labels, 1, unit, precision),
        ],
        "layout": layout(
            22 * len(ages) + 60,
            barmode="overlay",
            bargap=0.12,
            margin={"l": 72, "r": 8, "t": 32, "b": 8},
            xaxis={**zero_line(), "range": [-widest * 1.05, widest * 1.05]},
            yaxis={"fixedrange": True, "automargin": True, "showgrid": False, "type": "category"},
            annotations=[_title("Hommes", -widest / 2), _title("Femmes", widest / 2)],
        ),
    }


def _side(
    name: str, values: list[float], labels: list[str], place: int, unit: str, precision: int
) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": values,
        "y": labels,
        "hovertext": [
            f"{name}, {label} : {quantity(abs(value), unit, precision)}"
            for label, value in zip(labels, values, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {"color": PARTS[place][0]},
    }


def _title(text: str, x: float) -> dict[str, Any]:
    return {
        "text": f"<b>{text}</b>",
        "x": x,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
    }
