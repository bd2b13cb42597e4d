"""Change between two vintages of one series that may be compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ctgsite.indicators.comparison import Z_95, Verdict, is_count, margin, verdict_of
from ctgsite.indicators.figures import valued
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator

COUNT_MARGIN = 1.0  # %: under it, a count is said to be stable


@dataclass(frozen=True, slots=True)
class Change:
    """A change from one vintage to a later one; in the unit, or in % of the first for a count."""

    first: Measure
    last: Measure
    change: float
    margin: float
    verdict: Verdict


def trend(indicator: Indicator, series: Sequence[Measure]) -> Change | None:
    """Return the change between the two latest vintages that may be compared.

    They come from one source, stand at least `trend_gap` years apart with no break of series in
    between, and neither rests on too few cases.
    """
    known = [measure for measure in valued(series) if not measure.caution]
    for last in reversed(known):
        for first in reversed(known):
            if comparable(indicator, first, last):
                return _change(indicator, first, last)
    return None


def comparable(indicator: Indicator, first: Measure, last: Measure) -> bool:
    """Whether two vintages belong to one series and are far enough apart."""
    start, end = end_year(first.year), end_year(last.year)
    broken = any(start < end_year(year) <= end for year, _ in indicator.breaks)
    gap = max(indicator.trend_gap, 1)
    return first.dataset == last.dataset and end - start >= gap and not broken


def end_year(year: str) -> int:
    """Return the last year of “2018”, “2013-2018” or “2024-2025”."""
    return int(year[-4:])


def _change(indicator: Indicator, first: Measure, last: Measure) -> Change | None:
    before, after = first.value or 0.0, last.value or 0.0
    if not is_count(indicator):
        limit = margin(indicator, last, first)
        return Change(first, last, after - before, limit, verdict_of(after - before, limit))
    if before <= 0 or after < 0:
        return None
    change = 100 * (after / before - 1)
    chance = 100 * Z_95 * math.sqrt(before + after) / before if indicator.events else 0.0
    bounds = 100 * (first.bound + last.bound) / before  # what they show where nothing changes
    limit = max(COUNT_MARGIN, chance + bounds)
    return Change(first, last, change, limit, verdict_of(change, limit))
