"""National distributions: how the values of an indicator spread over all areas of a level.

The embedded snapshot holds few communes; these quantiles, computed once from a full store, still
tell where each stands in France.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctgsite.geography.areas import Level
from ctgsite.geography.embedded import SNAPSHOT
from ctgsite.indicators.measures import Measure, Measures

NAME = "distributions.parquet"
QUANTILES = 201  # every half percent
FEWEST = 20  # areas; under it a distribution says nothing
_LEVELS = (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT)
_KEYS = ["indicator", "level", "year", "dataset"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Distributions:
    """A frame indexed by indicator, level, year and dataset: `n` and the list `quantiles`."""

    frame: pd.DataFrame

    def quantiles(self, measure: Measure) -> Floats | None:
        """Return the quantiles of the areas that the measure may be compared with."""
        key = (measure.indicator, str(measure.level), measure.year, measure.dataset)
        return self._quantiles.get(key)

    @cached_property
    def _quantiles(self) -> dict[tuple[str, ...], Floats]:
        return {
            tuple(map(str, key)): np.asarray(found, dtype=np.float64)
            for key, found in self.frame["quantiles"].items()
            if isinstance(key, tuple)
        }

    def completed(self, other: Distributions) -> Distributions:
        """Return these and, where they have none, the other's."""
        missing = other.frame.loc[other.frame.index.difference(self.frame.index)]
        return Distributions(pd.concat([self.frame, missing]).sort_index())

    def interquartile_range(self, measure: Measure) -> float | None:
        """Return the spread of the middle half of the areas, in the indicator's unit."""
        found = self.quantiles(measure)
        if found is None:
            return None
        quarter = (QUANTILES - 1) // 4
        return float(found[3 * quarter] - found[quarter])

    def median(self, measure: Measure) -> float | None:
        """Return the value that half of the areas do not exceed."""
        found = self.quantiles(measure)
        return None if found is None else float(found[(QUANTILES - 1) // 2])


def distributions(measures: Measures) -> Distributions:
    """Compute the quantiles of every indicator, year and level, areas with a caution left out."""
    frame = measures.frame
    kept = frame.loc[
        frame["value"].notna()
        & ~frame["caution"].astype(bool)
        & frame["level"].isin([str(level) for level in _LEVELS]),
        [*_KEYS, "value"],
    ]
    steps = np.linspace(0, 1, QUANTILES)
    rows = [
        (*key, len(values), np.quantile(values.to_numpy(), steps).astype(np.float32))
        for key, values in kept.groupby(_KEYS, observed=True, sort=True)["value"]
        if len(values) >= FEWEST
    ]
    return Distributions(_indexed(pd.DataFrame(rows, columns=[*_KEYS, "n", "quantiles"])))


def national_share_below(found: Distributions, measure: Measure) -> float | None:
    """Return the share of France's areas of the level whose value is lower, from 0 to 1.

    Areas with the same value count for half. None where no distribution of the same source exists.
    """
    quantiles = found.quantiles(measure)
    if quantiles is None or measure.value is None or measure.caution:
        return None
    value = np.float32(measure.value)
    bounds = [np.searchsorted(quantiles, value, side) for side in ("left", "right")]
    lower, upper = (_share(quantiles, float(value), int(bound)) for bound in bounds)
    return (lower + upper) / 2


def _share(quantiles: Floats, value: float, bound: int) -> float:
    """Interpolate between the two quantiles around a value, which differ on either side of it."""
    last = len(quantiles) - 1
    if bound == 0 or bound > last:
        return 0.0 if bound == 0 else 1.0
    low, high = quantiles[bound - 1], quantiles[bound]
    part = (value - low) / (high - low)
    return float(bound - 1 + part) / last


def write_distributions(found: Distributions, folder: Path) -> Path:
    """Write a compact file, the same bytes for the same distributions, and return its path."""
    path = folder / NAME
    found.frame.reset_index().to_parquet(path, engine="pyarrow", compression="zstd", index=False)
    return path


def read_distributions(path: Path) -> Distributions:
    """Read what `write_distributions` wrote."""
    return Distributions(_indexed(pd.read_parquet(path, engine="pyarrow")))


@cache
def embedded_distributions() -> Distributions:
    """Return the distributions that come with ctgsite."""
    return read_distributions(SNAPSHOT / NAME)


def _indexed(frame: pd.DataFrame) -> pd.DataFrame:
    named = frame.astype(dict.fromkeys(_KEYS, "str"))
    return named.set_index(_KEYS).sort_index()
