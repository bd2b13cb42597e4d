"""Counts that add up, stacked: one bar a group, one part a category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ctgsite.pages.charts.base import Chart, value_range
from ctgsite.pages.charts.stacked import READABLE, Part, look_of, stacked_chart
from ctgsite.pages.french import number

Counts = Mapping[tuple[str, str], int]  # by (group, category)


def counts_chart(groups: Sequence[str], categories: Sequence[str], counts: Counts) -> Chart:
    """Return the stacked bars of counts; each group's total ends its label."""
    totals = [sum(counts.get((group, c), 0) for c in categories) for group in groups]
    widest = max(totals, default=0) or 1
    parts = []
    for place, category in enumerate(categories):
        values = [counts.get((group, category), 0) for group in groups]
        told = [number(value) for value in values]
        written = [
            text if value >= READABLE * widest else ""
            for value, text in zip(values, told, strict=True)
        ]
        parts.append(Part(category, values, told, written, look_of(place)))
    return stacked_chart(
        [f"{group} : {number(total)}" for group, total in zip(groups, totals, strict=True)],
        parts,
        rows=groups,
        reach=value_range([float(total) for total in totals], [""]),
    )
