"""A frozen figure beside today's: like with like, or why they cannot be compared.

Two figures are compared only where they have one source, one unit, one territory, and belong to one
series whose vintages may be compared (`indicators.trend`). A figure of the same year is no change:
it is the same figure, or one that was revised since.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ctgsite.config.frozen import FrozenFigure
from ctgsite.indicators.figures import valued
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.indicators.trend import Change, change_between, comparable, end_year, share_surveys

Credit = Callable[[Measure], str]  # the source of a measure, as downloads write it


class State(StrEnum):
    """What became of a figure since it was frozen."""

    CHANGED = "evolution"  # a later vintage that may be compared
    SAME = "pas_plus_recent"
    REVISED = "revise"  # of the same year, another figure
    APART = "non_comparable"
    GONE = "disparu"
    NEW = "nouveau"  # not in the edition


@dataclass(frozen=True, slots=True)
class Since:
    """One indicator at the baseline and now.

    Attributes:
        label: what it is called.
        state: what became of it.
        indicator: the site's, None where it has it no more.
        then: the latest figure of the edition, None where it had none.
        now: the latest figure of today, None where there is none.
        change: from the one to the other, where they may be compared.
        revised: what is told today of the year of `then`, where it differs.
        reason: in French, why nothing is compared.
    """

    label: str
    state: State
    indicator: Indicator | None = None
    then: FrozenFigure | None = None
    now: Measure | None = None
    change: Change | None = None
    revised: Measure | None = None
    reason: str = ""


def since(
    then: FrozenFigure, indicator: Indicator | None, series: Sequence[Measure], credit: Credit
) -> Since:
    """Return what became of a frozen figure.

    Args:
        then: the figure, with a value.
        indicator: the same indicator today, None where the site has it no more.
        series: the territory's figures of today, oldest first.
        credit: names the source of a measure.
    """
    known = valued(series)
    if indicator is None:
        return Since(then.label, State.GONE, None, then, reason="le site n’a plus cet indicateur")
    if not known:
        reason = "aucun chiffre aujourd’hui"
        return Since(indicator.label, State.GONE, indicator, then, reason=reason)
    now = known[-1]
    base = Since(indicator.label, State.APART, indicator, then, now)
    if reason := _unlike(then, indicator, now, credit):
        return replace(base, reason=reason)
    today = next((m for m in known if m.year == then.year and credit(m) == then.source), None)
    revised = today if today and not _equal(today.value, then.value) else None
    if now.year == then.year:
        return replace(base, state=State.REVISED if revised else State.SAME, revised=revised)
    first = today or _as_measure(then, now)
    if reason := _apart(indicator, first, now):
        return replace(base, reason=reason, revised=revised)
    found = change_between(indicator, first, now)
    if found is None:
        return replace(base, reason="le point de départ est nul", revised=revised)
    return replace(base, state=State.CHANGED, change=found, revised=revised)


def _unlike(then: FrozenFigure, indicator: Indicator, now: Measure, credit: Credit) -> str:
    """Say why two figures are not about the same thing, "" where they are."""
    if then.code != now.code:
        return "le périmètre du territoire n’est plus le même"
    if then.unit != indicator.unit:
        return "l’unité n’est plus la même"
    if credit(now) != then.source:
        return f"la source n’est plus la même ({then.source}, puis {credit(now)})"
    if end_year(now.year) < end_year(then.year):
        return "les données d’aujourd’hui sont plus anciennes que celles du point de départ"
    return ""


def _apart(indicator: Indicator, first: Measure, last: Measure) -> str:
    """Say why two vintages of one source may not be compared, "" where they may."""
    if first.caution or last.caution:
        return "l’effectif est trop petit pour que l’évolution ait un sens"
    if comparable(indicator, first, last):
        return ""
    start, end = end_year(first.year), end_year(last.year)
    for year, why in indicator.breaks_at(first.level):
        if start < end_year(year) <= end:
            return f"la série change en {year} : {why.rstrip('.')}"
    if share_surveys(first, last):
        return "les deux recensements ont des enquêtes en commun"
    return "les deux millésimes sont trop proches"


def _as_measure(then: FrozenFigure, now: Measure) -> Measure:
    """Return a frozen figure as a measure; its precision is that of today's figure."""
    return replace(
        now,
        year=then.year,
        value=then.value,
        numerator=then.numerator,
        denominator=then.denominator,
        vintage=then.vintage,
    )


def _equal(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and math.isclose(one, other, rel_tol=1e-9)
