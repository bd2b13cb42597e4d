"""Observations: figures as their producer published them, tidy, each with its status and vintage.

An observation is one row: which dataset says what of which area, and when. Counts keep the
producer's precision; nothing is rounded here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

OBSERVATION_COLUMNS = (
    "dataset",  # id of a description in sources/descriptions, e.g. "insee-comparateur"
    "variable",  # the producer's name without its vintage, e.g. "P_POP", "NAIS", "PPFAM"
    "year",  # "2018", or "2013-2018" for a period
    "level",  # a geography.Level value, or "iris" / "qpv" as published
    "code",  # official code, as text: leading zeros matter
    "value",  # float64; NaN unless the status is publie, calcule or estime
    "status",  # a Status value
    "vintage",  # edition of the dataset, e.g. "RP 2018", "2019"
    "note",  # French reason where there is no value, or reading caution; a quarter's name; or ""
    "bound",  # float64; the value stands within ± bound of the producer's; 0 where nothing is known
)
NUMBER_COLUMNS = ("value", "bound")  # the others are texts


UNDATED = "extraction non datée"  # how the vintage begins where the producer's file has no date


class Status(StrEnum):
    """What stands behind a figure; the values are those of `indicateurs.csv`."""

    PUBLIE = "publie"
    CALCULE = "calcule"
    ESTIME = "estime"
    SECRET = "secret"  # noqa: S105 (statistical secrecy, no password)
    ABSENT = "absent"
    NON_AGREGEABLE = "non_agregeable"

    @property
    def has_value(self) -> bool:
        """Whether a figure with this status carries a value."""
        return self in (Status.PUBLIE, Status.CALCULE, Status.ESTIME)


@dataclass(frozen=True)
class Observations:
    """A tidy frame with OBSERVATION_COLUMNS, unique on (dataset, variable, year, level, code)."""

    frame: pd.DataFrame
