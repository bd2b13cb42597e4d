"""Where an area stands among others of its level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ctgsite.indicators.comparison import is_count
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator

FEWEST = 10  # a rank among a handful says nothing


@dataclass(frozen=True, slots=True)
class Rank:
    """A rank (1 is the highest value) among `size` areas described by `among`, in French.

    `from_bottom` counts from the lowest value; areas that tie share the better place of both.
    """

    rank: int
    from_bottom: int
    size: int
    among: str


def position(
    indicator: Indicator, figures: Figures, here: Measure, codes: Iterable[str], among: str
) -> Rank | None:
    """Rank a measure among the areas of its level that have a sure figure of the same source.

    Areas with the same value share the best rank. Nothing is ranked on a figure that rests on too
    few cases, on a count, or on an indicator whose catalogue entry refuses it.
    """
    if not indicator.ranked or here.caution or here.value is None or is_count(indicator):
        return None
    found = figures.spread(indicator.id, here.level, here.year, tuple(codes))
    kept = ~found.caution & (found.datasets == here.dataset) & (found.codes != here.code)
    values = found.values[kept]
    size = len(values) + 1
    if size < FEWEST:
        return None
    above = int(np.count_nonzero(values > here.value))
    below = int(np.count_nonzero(values < here.value))
    return Rank(above + 1, below + 1, size, among)
