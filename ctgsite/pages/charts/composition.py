"""Composition: the parts of a whole, stacked, one bar for each area."""

from __future__ import annotations

from collections.abc import Sequence

from ctgsite.diagnostic.model import Finding
from ctgsite.indicators.measures import Measure
from ctgsite.pages.charts.base import Chart
from ctgsite.pages.charts.rows import common_year, shared_rows
from ctgsite.pages.charts.stacked import READABLE, Look, Part, look_of, stacked_chart
from ctgsite.pages.french import when
from ctgsite.pages.sentences import figure, label


def composition_rows(parts: Sequence[Finding]) -> list[tuple[str, list[Measure]]]:
    """Return each area that has every part in the territory's year: its name and measures.

    Where no benchmark has, those of the latest common year follow, each with its year.
    """
    last = parts[0].measure.year
    rows = shared_rows(parts, last)
    named = [(label(area), measures) for area, measures in rows]
    common = common_year(parts)
    if len(rows) > 1 or common is None or common == last:
        return named
    dated = [(f"{name}, {when(last)}", measures) for name, measures in named]
    older = shared_rows(parts, common)
    return [*dated, *((f"{label(area)}, {when(common)}", measures) for area, measures in older)]


def composition_chart(parts: Sequence[Finding], names: Sequence[str]) -> Chart:
    """Return the stacked bars of parts that add up to a whole, each under its name."""
    rows = composition_rows(parts)
    widest = max(sum(abs(m.value or 0.0) for m in measures) for _, measures in rows)
    return stacked_chart(
        [name for name, _ in rows],
        [
            _part(name, part, [measures[place] for _, measures in rows], widest, look_of(place))
            for place, (part, name) in enumerate(zip(parts, names, strict=True))
        ],
        strong=0,
    )


def _part(name: str, part: Finding, measures: Sequence[Measure], widest: float, look: Look) -> Part:
    texts = [figure(measure, part.indicator) for measure in measures]
    written = [
        text if abs(measure.value or 0.0) >= READABLE * widest else ""
        for measure, text in zip(measures, texts, strict=True)
    ]
    return Part(name, [measure.value for measure in measures], texts, written, look)
