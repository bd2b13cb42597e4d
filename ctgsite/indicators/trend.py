"""Change between two vintages of one series that may be compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ctgsite.indicators.comparison import Z_95, Verdict, is_count, margin, same_series, verdict_of
from ctgsite.indicators.figures import valued
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.sources.census import overlap
from ctgsite.sources.descriptions import load_descriptions

COUNT_MARGIN = 1.0  # %: under it, a count is said to be stable
PACE_MARGIN = 0.1  # % a year: under it, or the count's own minimum, two counts change alike


@dataclass(frozen=True, slots=True)
class Change:
    """A change from one vintage to a later one; in the unit, or in % of the first for a count.

    `yearly` is the compound annual rate in % of a count, over more than a year.
    """

    first: Measure
    last: Measure
    change: float
    margin: float
    verdict: Verdict
    yearly: float | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """The same change elsewhere, and how the area's own stands against it."""

    change: float
    yearly: float | None
    verdict: Verdict


def trend(indicator: Indicator, series: Sequence[Measure]) -> Change | None:
    """Return the change between the two latest vintages that may be compared.

    They come from one source, stand at least `trend_gap` years apart with no break of series in
    between, share no survey of the census, and neither rests on too few cases.
    """
    known = [measure for measure in valued(series) if not measure.caution]
    for last in reversed(known):
        for first in reversed(known):
            if comparable(indicator, first, last):
                return change_between(indicator, first, last)
    return None


def pace(indicator: Indicator, here: Change, there: Sequence[Measure]) -> Pace | None:
    """Return the change that a benchmark's series has between the same two vintages.

    Args:
        indicator: what is measured.
        here: the area's own change.
        there: the benchmark's series; nothing is told of it on another source, or on few cases.
    """
    known = {measure.year: measure for measure in valued(there) if not measure.caution}
    first, last = known.get(here.first.year), known.get(here.last.year)
    if first is None or last is None:
        return None
    if not (same_series(here.first, first) and same_series(here.last, last)):
        return None
    found = change_between(indicator, first, last)
    if found is None:
        return None
    limit = _pace_margin(indicator, here, found)
    gap = here.change - found.change
    if here.yearly is not None and found.yearly is not None:
        gap = here.yearly - found.yearly
    return Pace(found.change, found.yearly, verdict_of(gap, limit))


def comparable(indicator: Indicator, first: Measure, last: Measure) -> bool:
    """Whether two vintages belong to one series and are far enough apart."""
    start, end = end_year(first.year), end_year(last.year)
    broken = any(start < end_year(year) <= end for year, _ in indicator.breaks_at(first.level))
    gap = max(indicator.trend_gap, 1)
    alike = first.dataset == last.dataset and end - start >= gap and not broken
    return alike and not share_surveys(first, last)


def share_surveys(first: Measure, last: Measure) -> bool:
    """Whether two vintages of the census rest in part on the same surveys."""
    rolling = _is_rolling(first.dataset) or _is_rolling(last.dataset)
    return rolling and overlap(end_year(first.year), end_year(last.year))


def _is_rolling(dataset: str) -> bool:
    """Whether a vintage of the dataset gathers the surveys of several years."""
    description = load_descriptions().get(dataset)
    return description is not None and description.usage.rolling


def end_year(year: str) -> int:
    """Return the last year of “2018”, “2013-2018” or “2024-2025”."""
    return int(year[-4:])


def change_between(indicator: Indicator, first: Measure, last: Measure) -> Change | None:
    """Return the change between two measures that may be compared; None from a count of none."""
    before, after = first.value or 0.0, last.value or 0.0
    if not is_count(indicator):
        limit = margin(indicator, last, first)
        return Change(first, last, after - before, limit, verdict_of(after - before, limit))
    if before <= 0 or after < 0:
        return None
    change = 100 * (after / before - 1)
    limit = max(COUNT_MARGIN, _unsure(indicator, first, last))
    yearly = _yearly(before, after, end_year(last.year) - end_year(first.year))
    return Change(first, last, change, limit, verdict_of(change, limit), yearly)


def _pace_margin(indicator: Indicator, here: Change, there: Change) -> float:
    """Return the gap under which two changes are close: of counts, in % a year."""
    if not is_count(indicator):
        return math.hypot(here.margin, there.margin)
    years = end_year(here.last.year) - end_year(here.first.year)
    unsure = [_unsure(indicator, change.first, change.last) for change in (here, there)]
    return max(PACE_MARGIN, indicator.minimum_difference, math.hypot(*unsure) / years)


def _unsure(indicator: Indicator, first: Measure, last: Measure) -> float:
    """Return by how many % a count may seem to vary where nothing changes.

    What its producer's rounding and blurring allow and, for events, what chance alone may give.
    """
    before, after = first.value or 0.0, last.value or 0.0  # from above 0: `_change` refuses others
    chance = Z_95 * math.sqrt(before + after) if indicator.events else 0.0
    return 100 * (chance + first.bound + last.bound) / before


def _yearly(before: float, after: float, years: int) -> float | None:
    """Return the rate in % a year that leads from one count to the other over several years."""
    return 100 * ((after / before) ** (1 / years) - 1) if years > 1 else None
