"""Inequality inside a territory: how an indicator differs from one member commune to another.

A commune without a figure, secret or absent, is left out of every sum and its inhabitants are
counted as not covered: it is never read as 0. A commune on few cases takes part in the sums, where
its weight is as small as its counts, and is neither an extreme nor said to differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ctgsite.indicators.comparison import Verdict, contrast, is_count, same_series
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator

FEWEST = 3  # communes with a sure figure; under it there is no spread to speak of

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How the member communes of a territory differ on one indicator.

    Attributes:
        lowest: the sure figure of the lowest commune.
        highest: that of the highest.
        middle: bounds of the middle half of the communes with a sure figure.
        quartiles: the same of the population concerned, each commune weighing its denominator; None
            where the producer publishes no denominator.
        above: share of the inhabitants in communes above the territory's own figure, beyond the
            margin; from 0 to 1; None where the territory has no comparable figure.
        below: the same of those below it.
        hoover: share of the cases that would have to be elsewhere for every commune to have the
            same rate, from 0 to 1; None where the counts are not published.
        cases: how many cases that share is of.
        known: how many communes have a figure.
        total: how many communes there are.
        covered: share of the inhabitants who live in communes with a figure, from 0 to 1.
    """

    lowest: Measure
    highest: Measure
    middle: tuple[float, float]
    quartiles: tuple[float, float] | None
    above: float | None
    below: float | None
    hoover: float | None
    cases: float
    known: int
    total: int
    covered: float

    @property
    def complete(self) -> bool:
        """Whether every member commune has a figure."""
        return self.known == self.total

    @property
    def width(self) -> float:
        """The interquartile range of the communes, in the indicator's unit."""
        return self.middle[1] - self.middle[0]


def dispersion(
    indicator: Indicator,
    whole: Measure,
    members: Sequence[Measure],
    inhabitants: Mapping[str, float],
) -> Dispersion | None:
    """Return how member communes differ; None for a count or where too few have a sure figure.

    Args:
        indicator: what is measured.
        whole: the territory's own measure, with or without a value.
        members: one measure of each member commune, of one year.
        inhabitants: population of each member commune.
    """
    known = [m for m in members if m.value is not None]
    sure = sorted((m for m in known if not m.caution), key=lambda m: (m.value or 0.0, m.code))
    if is_count(indicator) or len(sure) < FEWEST:
        return None
    everyone = sum(inhabitants.get(m.code, 0.0) for m in members)
    covered = sum(inhabitants.get(m.code, 0.0) for m in known)
    above, below = _apart(indicator, whole, known, inhabitants)
    return Dispersion(
        lowest=sure[0],
        highest=sure[-1],
        middle=_middle(sure),
        quartiles=_quartiles(sure),
        above=above,
        below=below,
        hoover=hoover_index([(m.numerator, m.denominator) for m in known]),
        cases=sum(m.numerator or 0.0 for m in known),
        known=len(known),
        total=len(members),
        covered=covered / everyone if everyone else 0.0,
    )


def hoover_index(counts: Sequence[tuple[float | None, float | None]]) -> float | None:
    """Return half the sum of the gaps between the shares of the numerator and of the denominator.

    None where a count is unknown or negative, or where there is nothing to share out.
    """
    pairs = [(part, base) for part, base in counts if part is not None and base is not None]
    if len(pairs) < len(counts) or not pairs:
        return None
    table: Floats = np.array(pairs, dtype=np.float64)
    totals = table.sum(axis=0)
    if (table < 0).any() or (totals <= 0).any():
        return None
    shares = table / totals
    return float(np.abs(shares[:, 0] - shares[:, 1]).sum() / 2)


def weighted_quantile(values: Sequence[float], weights: Sequence[float], share: float) -> float:
    """Return the least value that at least `share` of the total weight does not exceed."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(np.asarray(weights, dtype=np.float64)[order])
    at = int(np.searchsorted(reached, share * reached[-1] * (1 - 1e-12)))
    return float(np.asarray(values, dtype=np.float64)[order][at])


def _middle(sure: Sequence[Measure]) -> tuple[float, float]:
    low, high = np.quantile([measure.value or 0.0 for measure in sure], [0.25, 0.75])
    return float(low), float(high)


def _quartiles(sure: Sequence[Measure]) -> tuple[float, float] | None:
    weights = [measure.denominator for measure in sure]
    if any(weight is None or weight < 0 for weight in weights) or not any(weights):
        return None
    values, bases = [m.value or 0.0 for m in sure], [weight or 0.0 for weight in weights]
    return weighted_quantile(values, bases, 0.25), weighted_quantile(values, bases, 0.75)


def _apart(
    indicator: Indicator,
    whole: Measure,
    known: Sequence[Measure],
    inhabitants: Mapping[str, float],
) -> tuple[float | None, float | None]:
    """Return the shares of inhabitants in communes above and below the territory, for sure."""
    total = sum(inhabitants.get(m.code, 0.0) for m in known)
    alike = all(same_series(whole, m) and whole.year == m.year for m in known)
    if whole.value is None or whole.caution or not total or not alike:
        return None, None
    people = {Verdict.PLUS: 0.0, Verdict.MOINS: 0.0}
    for measure in known:
        verdict = contrast(indicator, measure, whole).verdict
        if verdict in people and not measure.caution:
            people[verdict] += inhabitants.get(measure.code, 0.0)
    return people[Verdict.PLUS] / total, people[Verdict.MOINS] / total
