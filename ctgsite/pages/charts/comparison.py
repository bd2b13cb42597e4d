"""Comparison bars: the territory first and solid, its benchmarks pale, each with its figure."""

from __future__ import annotations

from typing import Any

from ctgsite.diagnostic.model import Finding
from ctgsite.indicators.measures import Measure
from ctgsite.pages.charts.base import (
    ROW_HEIGHT,
    Chart,
    bars,
    layout,
    row_labels,
    rows_axis,
    value_range,
    zero_line,
)
from ctgsite.pages.palette import BENCHMARK_FILL, BENCHMARK_LINE, TERRITORY
from ctgsite.pages.sentences import comparable, figure, label, short_figure


def comparison_rows(finding: Finding) -> list[tuple[str, Measure]]:
    """Return what the bars show: the territory, then the benchmarks of the same year.

    The year is the figure's own, or the latest that the territory shares with a benchmark.
    """
    usable = comparable(finding)
    if not usable:
        return [(label(finding.area), finding.measure)]
    years = [comparison.here.year for comparison in usable]
    year = finding.measure.year if finding.measure.year in years else max(years)
    shown = [comparison for comparison in usable if comparison.here.year == year]
    rows = [(label(comparison.benchmark), comparison.there) for comparison in shown]
    return [(label(finding.area), shown[0].here), *rows]


def comparison_chart(finding: Finding) -> Chart | None:
    """Return the bars, or None where there is nothing to compare with."""
    rows = comparison_rows(finding)
    if len(rows) < 2 or finding.measure.value is None:
        return None
    names, trace, reach = comparison_bars(finding)
    return {
        "data": [trace],
        "layout": layout(
            ROW_HEIGHT * len(rows) + 16,
            xaxis={**zero_line(), "range": reach},
            yaxis=rows_axis(len(rows)),
            annotations=row_labels(names),
        ),
    }


def comparison_bars(finding: Finding) -> tuple[list[str], dict[str, Any], list[float]]:
    """Return the names of the rows, their bars and the range that holds them."""
    rows = comparison_rows(finding)
    values = [measure.value or 0.0 for _, measure in rows]
    written = [short_figure(measure, finding.indicator) for _, measure in rows]
    told = [f"{name} : {figure(measure, finding.indicator)}" for name, measure in rows]
    others = len(rows) - 1
    fills = [TERRITORY] + [BENCHMARK_FILL] * others
    lines = [TERRITORY] + [BENCHMARK_LINE] * others
    names = [name for name, _ in rows]
    return names, bars(values, written, told, fills, lines), value_range(values, written)
