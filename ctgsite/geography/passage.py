"""From the communes of former years to those of today: mergers are followed, splits are named.

A merged commune's figures add up in its successor. A split (a commune restored, created or shared
out) cannot be undone: figures on a geography older than it belong to no commune of today.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

Gap = tuple[datetime.date, datetime.date]  # a code is no commune from the first day to the second


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A code that is no commune any more, the day it ended, and who has its territory now."""

    code: str
    name: str
    ended: datetime.date
    successors: tuple[str, ...]  # current codes; several where it was shared out


@dataclass(frozen=True, slots=True)
class Split:
    """One territory that several of today's communes divide among them since a day."""

    date: datetime.date
    code: str
    name: str
    communes: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why older figures have no value, as a French clause."""
        return (
            f"le territoire de la commune « {self.name} » ({self.code}) a été réparti entre "
            f"plusieurs communes le {french_date(self.date)} : les chiffres établis avant "
            "cette date ne peuvent pas être attribués"
        )


@dataclass(frozen=True)
class Passage:
    """How codes of any year read today.

    Attributes:
        communes: every current code.
        arrondissements: those of Paris, Lyon and Marseille, with their commune.
        former: codes that are no commune any more.
        splits: what figures on an older geography cannot be attributed across.
        gaps: when a code was no commune yet, or for a while.
    """

    communes: frozenset[str]
    arrondissements: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, FormerCommune] = field(default_factory=dict)
    splits: tuple[Split, ...] = ()
    gaps: Mapping[str, tuple[Gap, ...]] = field(default_factory=dict)

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """Every code that has one current commune, with that commune."""
        merged = {
            code: former.successors[0]
            for code, former in self.former.items()
            if len(former.successors) == 1
        }
        return merged | dict(self.arrondissements) | {code: code for code in self.communes}

    def current_code(self, code: str) -> str | None:
        """Return today's commune for a code of any year, None if unknown or shared out."""
        return self.codes.get(code)

    def harmonised_codes(self, codes: pd.Series[str]) -> pd.Series[str]:
        """Return today's communes for a column of codes, missing where `current_code` has none.

        Sum counts by the result, then drop the communes of `split_reasons`. A file that lists
        Paris, Lyon and Marseille beside their arrondissements must lose one of the two first.
        """
        return codes.map(self.codes)

    def existed(self, code: str, day: datetime.date) -> bool:
        """Whether a code, of today or former, was a commune on a day."""
        former = self.former.get(code)
        if former is not None and former.ended <= day:
            return False
        return not any(since <= day < until for since, until in self.gaps.get(code, ()))

    def splits_since(self, year: int) -> tuple[Split, ...]:
        """Return the splits later than the geography of 1 January of `year`."""
        return tuple(split for split in self.splits if split.date > datetime.date(year, 1, 1))

    def split_reasons(self, year: int) -> Mapping[str, str]:
        """Return the current communes without figures on the geography of `year`, and why."""
        return {code: split.reason for split in self.splits_since(year) for code in split.communes}


def french_date(day: datetime.date) -> str:
    """Write a day in French: "1er janvier 2019"."""
    from babel.dates import format_date

    text = format_date(day, "d MMMM y", locale="fr_FR")
    return "1er" + text[1:] if day.day == 1 else text
