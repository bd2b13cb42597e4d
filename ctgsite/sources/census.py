"""Which yearly surveys a vintage of the census gathers.

Since 2004 the census is a rolling survey: a vintage rests on the five latest surveys carried out up
to two years after it. That of 2021 was postponed, so that the vintages around it reach further back
and Insee spaces them by six years instead of five (2013, 2019; 2015, 2021; 2016, 2022).
"""

from __future__ import annotations

SURVEYS = 5
POSTPONED = frozenset({2021})


def surveys(vintage: int) -> frozenset[int]:
    """Return the years of the surveys that a vintage gathers."""
    years = (year for year in range(vintage + 2, 0, -1) if year not in POSTPONED)
    return frozenset(year for year, _ in zip(years, range(SURVEYS), strict=False))


def overlap(first: int, last: int) -> bool:
    """Whether two vintages share a survey, and may therefore not be compared."""
    return bool(surveys(first) & surveys(last))
