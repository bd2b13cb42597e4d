"""Comparable territories: the nearest of the same type on a few documented variables.

Each variable is centred on the pool's median and divided by its interquartile range, so that one
metropolis does not flatten the rest; populations and densities are taken as logarithms. The
distance is the root mean square of the standardised differences, so that it reads the same whatever
the number of variables. A variable that the area itself lacks is left out; a candidate that lacks
one of those kept is not considered.

An error of a hundredth of each variable's interquartile range moves a distance by some thousandths,
less than what separates the tenth neighbour from the thirteenth: the list hardly depends on it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ctgsite.geography.areas import COMPARABLES_CODE, Area, Level
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.sources.observations import Status

# Size and density first: they decide which services a territory can hold. Then growth, income, age,
# household types, tenure, second homes and activity, which the themes of a CTG all depend on.
PEER_VARIABLES = (
    "population",
    "densite",
    "variation_annuelle_population",
    "niveau_vie_median",
    "part_65_ans_plus",
    "part_personnes_vivant_seules",
    "part_familles_monoparentales",
    "part_proprietaires",
    "part_residences_secondaires",
    "taux_activite_15_64",
)
_LOGARITHMS = frozenset({"population", "densite"})
FEWEST_VARIABLES = 3
FEWEST_FOR_MEDIAN = 6  # of the ten: a median of fewer is that of another set

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Peers:
    """The nearest territories, nearest first, and how they were found.

    Attributes:
        nearest: code and distance.
        variables: what was compared: (indicator, year).
        pool: how many areas they were chosen from.
    """

    nearest: tuple[tuple[str, float], ...]
    variables: tuple[tuple[str, str], ...]
    pool: int = 0

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes alone."""
        return tuple(code for code, _ in self.nearest)


def find_peers(
    figures: Figures,
    area: Area,
    k: int = 10,
    pool: Collection[str] | None = None,
    variables: Sequence[str] = PEER_VARIABLES,
) -> Peers:
    """Return the k areas nearest to an area, itself left out.

    Args:
        figures: where the variables are looked up.
        area: a group of communes is compared with intercommunalités.
        k: how many are wanted; fewer come where the pool is small.
        pool: codes to choose from; every area of the level by default.
        variables: ids of indicators.
    """
    level = Level.EPCI if area.level is Level.TERRITOIRE else area.level
    columns: dict[str, Mapping[str, float]] = {}
    used: list[tuple[str, str]] = []
    for name in variables:
        mine = figures.latest(name, area.level, area.code)
        if mine is None or mine.value is None:
            continue
        column = _column(figures, mine, level, name)
        if column:
            columns[name] = {**column, area.code: _scaled(name, mine.value)}
            used.append((name, mine.year))
    if len(columns) < FEWEST_VARIABLES:
        return Peers((), tuple(used))
    shared = set.intersection(*(set(column) for column in columns.values()))
    codes = sorted(shared if pool is None else shared & ({*pool, area.code}))
    return Peers(_nearest(columns, codes, area.code, k), tuple(used), len(codes) - 1)


def comparables_measure(
    indicator: Indicator, figures: Figures, peers: Peers, level: Level, here: Measure
) -> Measure:
    """Return the median of the peers' figures, of the same year and source as the area's own.

    Args:
        indicator: what is measured.
        figures: where the peers' figures are looked up.
        peers: the territories taken together.
        level: the peers' level.
        here: the area's measure, which gives the year and the source.
    """
    found = [
        measure
        for measure in figures.of_areas(indicator.id, level, peers.codes, here.year)
        if measure.value is not None and measure.dataset == here.dataset
    ]
    values = [measure.value for measure in found if measure.value is not None]
    enough = len(values) >= FEWEST_FOR_MEDIAN
    note = (
        f"Médiane de {len(values)} territoires comparables."
        if enough
        else "Trop peu de territoires comparables ont ce chiffre, la même année et de même source."
    )
    return Measure(
        indicator=indicator.id,
        level=Level.COMPARABLES,
        code=COMPARABLES_CODE,
        year=here.year,
        value=float(np.median(values)) if enough else None,
        numerator=None,
        denominator=None,
        status=Status.CALCULE if enough else Status.ABSENT,
        dataset=here.dataset,
        vintage=here.vintage,
        note=note,
        bound=_median_bound(found) if enough else 0.0,
    )


def _median_bound(found: Sequence[Measure]) -> float:
    """Return how far the median may stand from that of the true values."""
    values = np.array([measure.value for measure in found], dtype=np.float64)
    bounds = np.array([measure.bound for measure in found])
    if not bounds.any():
        return 0.0
    middle = float(np.median(values))
    return max(abs(float(np.median(values + side * bounds)) - middle) for side in (-1, 1))


def _column(figures: Figures, mine: Measure, level: Level, name: str) -> dict[str, float]:
    found = figures.spread(name, level, mine.year)
    kept = found.datasets == mine.dataset
    pairs = zip(found.codes[kept], found.values[kept], strict=True)
    return {
        str(code): _scaled(name, float(value))
        for code, value in pairs
        if value > 0 or name not in _LOGARITHMS
    }


def _scaled(name: str, value: float) -> float:
    return float(np.log(value)) if name in _LOGARITHMS else value


def _nearest(
    columns: Mapping[str, Mapping[str, float]], codes: Sequence[str], own: str, k: int
) -> tuple[tuple[str, float], ...]:
    table = np.array([[column[code] for column in columns.values()] for code in codes])
    standard = _standardised(table)
    gaps = standard - standard[codes.index(own)]
    distance = np.sqrt(np.mean(gaps**2, axis=1))
    order = sorted(range(len(codes)), key=lambda at: (distance[at], codes[at]))
    others = (at for at in order if codes[at] != own)
    return tuple((codes[at], float(distance[at])) for at, _ in zip(others, range(k), strict=False))


def _standardised(table: Floats) -> Floats:
    """Centre on the median and divide by the interquartile range; a constant column weighs 0."""
    middle = np.median(table, axis=0)
    width = np.subtract(*np.percentile(table, [75, 25], axis=0))
    safe = np.where(width > 0, width, np.inf)
    standard: Floats = (table - middle) / safe
    return standard
