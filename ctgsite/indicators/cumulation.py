"""Communes where several difficulties meet, as counts of sure figures and never as a score.

A figure is among the last fifth where it stands, on the side that calls for attention, in the last
fifth of the communes of its own département. That reference is wide enough not to name someone in
every territory, and near enough to share a labour market and a régional reference for the indices
that have one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Direction, Indicator
from ctgsite.indicators.position import BANDS, band, placeable, rank_among

ENOUGH = 3  # figures among the last fifth for a commune to be named


@dataclass(frozen=True, slots=True)
class Cell:
    """A commune's figure; `last` is None where it cannot be placed: absent, or on few cases."""

    measure: Measure | None
    last: bool | None


@dataclass(frozen=True, slots=True)
class Row:
    """A commune, its inhabitants and its figures, one for each indicator."""

    area: Area
    inhabitants: float
    cells: tuple[Cell, ...]

    @property
    def marked(self) -> int:
        """How many of its figures are among the last fifth."""
        return sum(cell.last is True for cell in self.cells)

    @property
    def unsettled(self) -> bool:
        """Whether one more figure would settle whether the commune is to be named."""
        return self.marked == self.placed == ENOUGH - 1

    @property
    def placed(self) -> int:
        """How many of its figures can be placed."""
        return sum(cell.last is not None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Cumulation:
    """The communes of a territory on the same few indicators.

    Attributes:
        indicators: those that exist for some of the communes, with their year.
        missing: those that exist for none.
        rows: the communes named: enough of their figures are among the last fifth.
        placed: how many communes have enough sure figures to be named.
        total: how many communes there are.
        inhabitants: population of all of them.
        unsettled: communes one figure short of being named, all of whose figures are among the last
            fifth.
    """

    indicators: tuple[tuple[Indicator, str], ...]
    missing: tuple[Indicator, ...]
    rows: tuple[Row, ...]
    placed: int
    total: int
    inhabitants: float
    unsettled: tuple[Area, ...] = ()


def is_last(indicator: Indicator, measure: Measure, pool: Collection[Measure]) -> bool | None:
    """Tell whether a figure is in the last fifth of a pool; None where it has no place in it.

    Args:
        indicator: what is measured; its direction says which fifth is the last.
        measure: the commune's.
        pool: the measures of the communes it is placed among, its own too, of the same year.
    """
    if measure.value is None or not placeable(indicator, measure):
        return None
    values = [
        other.value
        for other in pool
        if other.value is not None and not other.caution and other.dataset == measure.dataset
    ]
    ranked = rank_among(measure.value, np.array(values), "")
    if ranked is None:
        return None
    below = ranked.share_below
    return band(1 - below if indicator.direction is Direction.BAS else below) == BANDS


def latest_year(indicator: Indicator, figures: Figures, codes: Collection[str]) -> str | None:
    """Return the latest year in which some of these communes have a figure."""
    for year in reversed(figures.years(indicator.id, Level.COMMUNE)):
        found = figures.of_areas(indicator.id, Level.COMMUNE, codes, year)
        if any(measure.value is not None for measure in found):
            return year
    return None
