"""Evolution line: an indicator over the years, interrupted where its series breaks.

The benchmarks stand beside it, each a point in the year in which it may be compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ctgsite.diagnostic.model import Comparison, Finding
from ctgsite.indicators.figures import valued
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.indicators.trend import end_year, share_surveys
from ctgsite.pages.charts.base import LEGEND_ROW, Chart, layout, legend_below, value_range
from ctgsite.pages.french import when
from ctgsite.pages.palette import BENCHMARK_LINE, GRID, TERRITORY
from ctgsite.pages.sentences import bare_figure, comparable, figure, label

HEIGHT = 280
SYMBOLS = ("square-open", "diamond-open", "x-thin", "triangle-up-open", "cross-thin")
FOOT = {"y": 0, "yref": "container", "yanchor": "bottom"}  # under the years, whatever their lines
BREAK, TICK_LINE, FOOT_HEIGHT = "<br>", 18, 36
LABELLED = 6  # beyond this many points, only the first and the last carry their figure


def evolution_points(finding: Finding) -> list[Measure]:
    """Return the measures that a line may join, oldest first: far enough apart to be compared."""
    gap = max(finding.indicator.trend_gap, 1)
    points: list[Measure] = []
    for measure in sorted(valued(finding.series), key=lambda m: end_year(m.year), reverse=True):
        if not points or _apart(measure, points[-1], gap):
            points.append(measure)
    return points[::-1]


def _apart(first: Measure, last: Measure, gap: int) -> bool:
    """Whether a line may join two vintages: years apart, and without a survey in common."""
    return end_year(last.year) - end_year(first.year) >= gap and not share_surveys(first, last)


def evolution_chart(finding: Finding) -> Chart | None:
    """Return the line, or None where there are fewer than two points."""
    points = evolution_points(finding)
    if len(points) < 2:
        return None
    ticks = [_position(m) for m in points]
    runs = split_at_breaks(points, finding.indicator.breaks_at(finding.area.level))
    beside = _beside(finding, points)
    legend = LEGEND_ROW * len(beside)
    under = FOOT_HEIGHT + (TICK_LINE if any(BREAK in _tick(m) for m in points) else 0)
    return {
        "data": [
            *(_line(run, finding.indicator, _labels(points, finding.indicator)) for run in runs),
            *(_point(c, finding.indicator, SYMBOLS[at]) for at, c in enumerate(beside)),
        ],
        "layout": layout(
            HEIGHT + under - FOOT_HEIGHT + legend,
            margin={"l": 28, "r": 36, "t": 24, "b": under + legend},
            xaxis={
                "fixedrange": True,
                "tickvals": _spaced(ticks),
                "ticktext": [_tick(m) for m in points if _position(m) in _spaced(ticks)],
                "tickangle": 0,
                "showgrid": False,
                "zeroline": False,
            },
            yaxis={
                "fixedrange": True,
                "range": value_range(
                    [m.value or 0.0 for m in (*points, *(c.there for c in beside))]
                ),
                "showticklabels": False,
                "gridcolor": GRID,
                "zerolinecolor": GRID,
            },
            **({"showlegend": True, "legend": {**legend_below(), **FOOT}} if beside else {}),
        ),
    }


def _beside(finding: Finding, points: Sequence[Measure]) -> list[Comparison]:
    """Return the benchmarks of a year that the line has; a count has none: areas differ in size."""
    years = {m.year for m in points}
    shown = [c for c in comparable(finding) if c.here.year in years and c.there.year in years]
    return shown[: len(SYMBOLS)]


def _point(comparison: Comparison, indicator: Indicator, symbol: str) -> dict[str, Any]:
    there = comparison.there
    name = label(comparison.benchmark)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [_position(there)],
        "y": [there.value],
        "cliponaxis": False,
        "hovertext": [f"{name}, {when(there.year)} : {figure(there, indicator)}"],
        "hoverinfo": "text",
        "marker": {
            "color": BENCHMARK_LINE,
            "size": 9,
            "symbol": symbol,
            "line": {"color": BENCHMARK_LINE, "width": 1.5},
        },
    }


def split_at_breaks(
    points: Sequence[Measure], breaks: Sequence[tuple[str, str]]
) -> list[list[Measure]]:
    """Cut a series where its producer changed what is counted."""
    starts = {year for year, _ in breaks}
    runs: list[list[Measure]] = [[]]
    for previous, point in zip([None, *points], points, strict=False):
        if previous and any(previous.year < start <= point.year for start in starts):
            runs.append([])
        runs[-1].append(point)
    return runs


def _labels(points: Sequence[Measure], indicator: Indicator) -> dict[str, tuple[str, str]]:
    """Return the figure written at each labelled year, and on which side, so that none is cut."""
    short = figure if indicator.unit[:1] in ("%", "€") else bare_figure
    shown = points if len(points) <= LABELLED else (points[0], points[-1])
    labels = {m.year: (short(m, indicator), "top center") for m in shown}
    labels[points[0].year] = (short(points[0], indicator), "top right")
    labels[points[-1].year] = (short(points[-1], indicator), "top left")
    return labels


def _line(
    run: list[Measure], indicator: Indicator, labels: dict[str, tuple[str, str]]
) -> dict[str, Any]:
    written = [labels.get(m.year, ("", "top center")) for m in run]
    texts = [figure(m, indicator) for m in run]
    return {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": [_position(m) for m in run],
        "y": [m.value for m in run],
        "text": [text for text, _ in written],
        "textposition": [side for _, side in written],
        "cliponaxis": False,
        "hovertext": [f"{when(m.year)} : {text}" for m, text in zip(run, texts, strict=True)],
        "hoverinfo": "text",
        "showlegend": False,
        "connectgaps": False,
        "line": {"color": TERRITORY, "width": 3},
        "marker": {"color": TERRITORY, "size": 9},
    }


def _tick(measure: Measure) -> str:
    """Return a year for the axis; a period takes two lines, so that phones have room."""
    return when(measure.year).replace(" à ", f"{BREAK}à ")


def _position(measure: Measure) -> float:
    """Return where a year stands on the axis; a period stands at its middle."""
    first, _, last = measure.year.partition("-")
    if len(last) == 4:
        return (int(first) + int(last)) / 2
    return float(first)


def _spaced(ticks: Sequence[float]) -> list[float]:
    """Keep few enough ticks for a phone, the first and the last among them."""
    step = -(-len(ticks) // LABELLED)
    kept = list(ticks[::step])
    if kept[-1] != ticks[-1]:
        kept = [*(kept if ticks[-1] - kept[-1] > step / 2 else kept[:-1]), ticks[-1]]
    return kept
