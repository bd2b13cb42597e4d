"""Where an area stands among others of its level: rank, fifth, and distance to their median.

Nothing is placed on a figure that rests on too few cases, on a count, or on an indicator whose
catalogue entry refuses it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ctgsite.indicators.comparison import is_count
from ctgsite.indicators.distributions import Distributions, national_share_below
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator

FEWEST = 10  # a rank among a handful says nothing
BANDS = 5


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank (1 is the highest value) among `size` areas described by `among`, in French.

    `from_bottom` counts from the lowest value; areas that tie share the better place of both.
    """

    rank: int
    from_bottom: int
    size: int
    among: str

    @property
    def share_below(self) -> float:
        """The share of the areas whose value is lower, those that tie (itself too) for half."""
        return (self.size + self.from_bottom - self.rank) / (2 * self.size)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a figure stands among all areas of its level in France, same year and source.

    Attributes:
        share_below: share of the areas whose value is lower, from 0 to 1.
        median: the areas' median.
        distance: signed difference to the median, in interquartile ranges: +1 is a figure above
            the median by the width that holds the middle half of the areas.
    """

    share_below: float
    median: float
    distance: float

    @property
    def fifth(self) -> int:
        """1 for the fifth of the areas with the lowest values, 5 for that with the highest."""
        return band(self.share_below)


def band(share_below: float) -> int:
    """Return the fifth that a share of areas below leads to, from 1 to 5."""
    return min(int(share_below * BANDS) + 1, BANDS)


def placeable(indicator: Indicator, measure: Measure) -> bool:
    """Whether a figure may be placed among others at all."""
    known = measure.value is not None and not measure.caution
    return indicator.ranked and known and not is_count(indicator)


def position(
    indicator: Indicator, figures: Figures, here: Measure, codes: Iterable[str], among: str
) -> Rank | None:
    """Rank a measure among the areas of its level that have a sure figure of the same source.

    Areas with the same value share the best rank.
    """
    if here.value is None or not placeable(indicator, here):
        return None
    found = figures.spread(indicator.id, here.level, here.year, tuple(codes))
    kept = ~found.caution & (found.datasets == here.dataset) & (found.codes != here.code)
    return rank_among(here.value, np.append(found.values[kept], here.value), among)


def rank_among(value: float, values: npt.NDArray[np.float64], among: str) -> Rank | None:
    """Rank a value among sure and comparable ones, itself one of them; None among a handful."""
    if len(values) < FEWEST:
        return None
    above = int(np.count_nonzero(values > value))
    below = int(np.count_nonzero(values < value))
    return Rank(above + 1, below + 1, len(values), among)


def standing(
    indicator: Indicator, found: Distributions, here: Measure, ranked: Rank | None = None
) -> Standing | None:
    """Place a measure in a national distribution; a rank among all of them tells its share exactly.

    None where no distribution of the same source exists, or all its areas have one value.
    """
    if here.value is None or not placeable(indicator, here):
        return None
    share = ranked.share_below if ranked else national_share_below(found, here)
    median, width = found.median(here), found.interquartile_range(here)
    if share is None or median is None or not width:
        return None
    return Standing(share, median, (here.value - median) / width)
