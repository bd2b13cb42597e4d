"""Like with like: a figure beside a benchmark's, of the same year, source and vintage.

A difference is told only where it reaches a margin, the largest of three: the indicator's own
minimum difference; half a unit of the last decimal shown, so that no sentence contradicts the two
numbers it stands beside; and what is uncertain in both figures. The last is what their producers'
rounding and blurring allow and, for shares of counts, what chance alone would give twice in forty
if the counts were random samples. Chance is not a claim about the survey: it keeps a village of
sixty households from being told that it differs from its département.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ctgsite.indicators.figures import valued
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator, Kind
from ctgsite.sources.observations import Status

Z_95 = 1.96

OTHER_SOURCE = "Non comparable : les deux chiffres viennent de sources ou de séries différentes."


class Verdict(StrEnum):
    """How a figure stands against another; PROCHE is a difference within the margin."""

    PLUS = "plus"
    MOINS = "moins"
    PROCHE = "proche"
    INCONNU = "inconnu"


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two measures that may be read together; without a common vintage `there` has no value."""

    here: Measure
    there: Measure
    verdict: Verdict
    difference: float | None = None  # here minus there, in the indicator's unit
    margin: float = 0.0


def compare(
    indicator: Indicator, here: Sequence[Measure], there: Sequence[Measure], absence: Measure
) -> Contrast | None:
    """Compare the latest figures that two areas have in common.

    Args:
        indicator: what is measured.
        here: the area's series; nothing is compared where it has no value.
        there: the benchmark's series.
        absence: what stands for the benchmark where its series is empty (`missing_measure`).
    """
    mine = valued(here)
    if not mine:
        return None
    theirs = {measure.year: measure for measure in valued(there)}
    for measure in reversed(mine):
        other = theirs.get(measure.year)
        if other is not None and same_series(measure, other):
            return contrast(indicator, measure, other)
    return Contrast(mine[-1], _without(mine, there, absence), Verdict.INCONNU)


def contrast(indicator: Indicator, here: Measure, there: Measure) -> Contrast:
    """Compare two figures; counts of areas of different sizes are shown but not compared."""
    if here.value is None or there.value is None or is_count(indicator):
        return Contrast(here, there, Verdict.INCONNU)
    difference = here.value - there.value
    limit = margin(indicator, here, there)
    return Contrast(here, there, verdict_of(difference, limit), difference, limit)


def same_series(here: Measure, there: Measure) -> bool:
    """Whether two measures of one year come from one source and one edition of it."""
    return here.dataset == there.dataset and here.vintage == there.vintage


def verdict_of(difference: float, limit: float) -> Verdict:
    """Return what a difference amounts to; one that equals the limit but for its binary is told."""
    size = abs(difference)
    if size < limit and not math.isclose(size, limit):
        return Verdict.PROCHE
    return Verdict.PLUS if difference > 0 else Verdict.MOINS


def margin(indicator: Indicator, here: Measure, there: Measure) -> float:
    """Return the difference under which two figures are close, in the indicator's unit."""
    shown = 0.5 * 10.0**-indicator.precision
    chance = Z_95 * math.hypot(_error(indicator, here), _error(indicator, there))
    return max(indicator.minimum_difference, shown, chance + here.bound + there.bound)


def is_count(indicator: Indicator) -> bool:
    """Whether the indicator counts something, so that its value depends on the area's size."""
    kinds = {formula.kind for formula in indicator.formulas}
    return kinds == {Kind.SOMME}


def _error(indicator: Indicator, measure: Measure) -> float:
    """Return a share's standard error if its counts were a random sample; 0 for other figures."""
    base, part, value = measure.denominator, measure.numerator, measure.value
    kinds = {f.kind for f in indicator.formulas if f.dataset == measure.dataset}
    if kinds != {Kind.RAPPORT} or not base or part is None or value is None:
        return 0.0
    share = part / base
    if not 0 < share < 1:
        return 0.0
    return value / share * math.sqrt(share * (1 - share) / base)


def _without(mine: Sequence[Measure], there: Sequence[Measure], absence: Measure) -> Measure:
    """Return the benchmark's measure without a value, and why."""
    last = mine[-1]
    same_year = next((measure for measure in there if measure.year == last.year), None)
    if same_year is not None and same_year.value is None:
        return same_year
    if not valued(there):
        return replace(there[-1] if there else absence, value=None, year=last.year)
    return Measure(
        last.indicator, absence.level, absence.code, last.year, None, None, None,
        Status.ABSENT, last.dataset, last.vintage, note=_apart(mine, valued(there)),
    )  # fmt: skip


def _apart(mine: Sequence[Measure], theirs: Sequence[Measure]) -> str:
    """Tell two series that have a year in common, of other sources, from two that have none."""
    mine_years, their_years = ({m.year for m in series} for series in (mine, theirs))
    if mine_years & their_years:
        return OTHER_SOURCE
    there = ", ".join(sorted(their_years))
    return f"Pas de millésime commun : le territoire de comparaison n’est publié que pour {there}."
