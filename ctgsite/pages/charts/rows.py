"""Rows of charts that draw several figures of one area together: who has them all in one year."""

from __future__ import annotations

from collections.abc import Sequence

from ctgsite.diagnostic.model import Finding
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.measures import Measure

Rows = list[tuple[Area, list[Measure]]]


def shared_rows(parts: Sequence[Finding], year: str) -> Rows:
    """Return each area that has every part in that year, the territory first, with its measures.

    The peers have none: medians taken part by part are nobody's figures.
    """
    own = [_own(part, year) for part in parts]
    rows = [(parts[0].area, [m for m in own if m])] if all(own) else []
    for first in parts[0].comparisons:
        if first.benchmark.level is Level.COMPARABLES:
            continue
        there = [_there(part, first.benchmark.code, year) for part in parts]
        if all(there):
            rows.append((first.benchmark, [m for m in there if m]))
    return rows


def common_year(parts: Sequence[Finding]) -> str | None:
    """Return the latest year in which an area and a benchmark have every part, else its own latest.

    None where no year has every part.
    """
    own = _years(parts)
    shared = {c.there.year for c in parts[0].comparisons if c.there.value is not None}
    both = [year for year in own if year in shared and len(shared_rows(parts, year)) > 1]
    return max(both or own, default=None)


def _years(parts: Sequence[Finding]) -> list[str]:
    """Return the years in which an area has every part, from one source."""
    candidates = {m.year for m in (*parts[0].series, parts[0].measure)}
    whole = [[_own(part, year) for part in parts] for year in sorted(candidates)]
    return [
        found[0].year
        for row in whole
        if len(found := [m for m in row if m]) == len(parts)
        and len({m.dataset for m in found}) == 1
    ]


def _own(part: Finding, year: str) -> Measure | None:
    """Return an area's own measure of one part for that year, where it has a value."""
    known = (part.measure, *part.series)
    return next((m for m in known if m.year == year and m.value is not None), None)


def _there(part: Finding, code: str, year: str) -> Measure | None:
    """Return a benchmark's measure of one part for that year, where it has a value."""
    for comparison in part.comparisons:
        there = comparison.there
        if comparison.benchmark.code == code and there.year == year and there.value is not None:
            return there
    return None
