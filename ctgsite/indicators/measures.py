"""Measures: the value of an indicator for an area and a year, with what it was computed from."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ctgsite.geography.areas import Level
from ctgsite.sources.observations import Status

MEASURE_COLUMNS = (
    "indicator",
    "level",
    "code",
    "year",
    "value",  # in the indicator's unit, full precision; NaN without value
    "numerator",  # NaN where the producer publishes no counts
    "denominator",
    "status",
    "dataset",
    "vintage",
    "caution",  # bool: under the indicator's caution threshold
    "note",
    "bound",  # in the indicator's unit: the true value stands within ± bound; 0: nothing is known
)


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of `Measures` as plain types: pandas goes no further than `indicators`."""

    indicator: str
    level: Level
    code: str
    year: str
    value: float | None
    numerator: float | None
    denominator: float | None
    status: Status
    dataset: str
    vintage: str
    caution: bool = False
    note: str = ""
    bound: float = 0.0  # infinite where no difference may be told from the value


@dataclass(frozen=True)
class Measures:
    """A checked frame with MEASURE_COLUMNS, unique on (indicator, level, code, year)."""

    frame: pd.DataFrame


def chronological(year: str) -> tuple[str, str]:
    """Return what years and periods are sorted by: the last year, then the label."""
    first, dash, last = year.partition("-")
    period = dash and len(first) == len(last) == 4 and last.isdecimal()
    return (last if period else year), year
