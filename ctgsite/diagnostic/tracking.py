"""The evaluation indicators of fiches: their start, their latest figure, and how they stand."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ctgsite.config.frozen import FrozenFigure
from ctgsite.config.plan import ActionIndicator
from ctgsite.diagnostic.baseline import Since, State
from ctgsite.diagnostic.evaluation import Point, Tracked
from ctgsite.diagnostic.plan import PlacedAction
from ctgsite.diagnostic.targets import Outcome, Progress, outcome
from ctgsite.indicators.comparison import is_count
from ctgsite.indicators.figures import valued
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.indicators.trend import Change, change_between, comparable, end_year

NOTHING_LATER = "pas de chiffre plus récent que le point de départ"


class Figures(Protocol):
    """The territory's own figures of today."""

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """Return the indicators of the site."""

    @property
    def series(self) -> Mapping[str, tuple[Measure, ...]]:
        """Return the figures of each, oldest first."""

    def since(self, then: FrozenFigure) -> Since:
        """Return what became of a frozen figure."""


@dataclass(frozen=True, slots=True)
class _Course:
    """Where an indicator started and where it is; `reason` says why it cannot be judged."""

    start: Point | None
    readings: tuple[Point, ...] = ()
    margin: float = 0.0
    frozen: bool = False
    reason: str = ""
    compared_with: float | None = None  # the start, where it was revised since


def track(
    placed: PlacedAction,
    asked: ActionIndicator,
    today: Figures,
    baseline: Mapping[str, FrozenFigure],
) -> Tracked:
    """Return how an evaluation indicator of a fiche stands.

    Its start is the fiche's, else the baseline edition's. What the fiche measured counts before the
    site's own figures, which are used only where they may be compared with the start.
    """
    indicator = today.indicators.get(asked.indicator or "")
    course = _course(asked, indicator, today, baseline)
    last = course.readings[-1] if course.readings else None
    if course.reason:
        found = Outcome(Progress.UNKNOWN, course.reason)
    else:
        start = course.start.value if course.start else None
        start = start if course.compared_with is None else course.compared_with
        values = [point.value for point in course.readings]
        found = outcome(start, asked.target, asked.direction, values, course.margin)
    return Tracked(placed, asked, indicator, course.start, course.frozen, last, found)


def _course(
    asked: ActionIndicator,
    indicator: Indicator | None,
    today: Figures,
    baseline: Mapping[str, FrozenFigure],
) -> _Course:
    """Return the course of an indicator: the fiche's own figures, else the site's in its unit."""
    start = Point(asked.baseline.value, asked.baseline.date) if asked.baseline else None
    frozen = baseline.get(asked.indicator or "") if start is None else None
    known = indicator or frozen
    if known is None:
        course = _Course(start)
    elif asked.unit and asked.unit != known.unit:
        reason = f"la fiche compte en « {asked.unit} », le site en « {known.unit} »"
        course = _Course(start, reason=reason)
    elif frozen is not None and frozen.value is not None:
        course = _from_edition(today.since(frozen), frozen.value)
    elif indicator is None:
        course = _Course(start)
    else:
        series = valued(today.series.get(indicator.id, ()))
        course = _from_site(asked, indicator, series, start)
    measured = _measured(asked, course.start)
    return replace(course, readings=measured, reason="", margin=0.0) if measured else course


def _measured(asked: ActionIndicator, start: Point | None) -> tuple[Point, ...]:
    """Return what the fiche measured since the start, oldest first."""
    kept = [one for one in asked.readings if start is None or _is_since(one.date, start.moment)]
    return tuple(Point(one.value, one.date) for one in sorted(kept, key=lambda one: one.date))


def _is_since(day: datetime.date, moment: datetime.date | str) -> bool:
    """Whether a day comes after a start, which is a day or the year of a site's figure."""
    return day.year > end_year(moment) if isinstance(moment, str) else day > moment


def _from_edition(found: Since, value: float) -> _Course:
    start = Point(value, found.then.year if found.then else "")
    if found.state is not State.CHANGED or found.change is None:
        reason = found.reason or NOTHING_LATER
        if found.state is State.REVISED:
            reason = f"{NOTHING_LATER} ; le même chiffre a été révisé depuis"
        return _Course(start, frozen=True, reason=reason)
    change = found.change
    return _Course(
        start,
        _points(change.last),
        _margin(found.indicator, change),
        frozen=True,
        compared_with=change.first.value,
    )


def _from_site(
    asked: ActionIndicator, indicator: Indicator, series: Sequence[Measure], start: Point | None
) -> _Course:
    """Return the course of a site's indicator from the start that its fiche gives, if any."""
    if not series:
        return _Course(start)
    now = series[-1]
    if asked.baseline is None:
        return _Course(None, _points(now))
    first = replace(now, year=str(asked.baseline.date.year), value=asked.baseline.value)
    if end_year(now.year) <= asked.baseline.date.year:
        return _Course(start, reason=NOTHING_LATER)
    if now.caution or not comparable(indicator, first, now):
        return _Course(start, reason="le dernier chiffre ne se compare pas au point de départ")
    change = change_between(indicator, first, now)
    return _Course(start, _points(now), _margin(indicator, change) if change else 0.0)


def _points(measure: Measure) -> tuple[Point, ...]:
    return () if measure.value is None else (Point(measure.value, measure.year),)


def _margin(indicator: Indicator | None, change: Change) -> float:
    """Return the margin of a change in the indicator's unit; that of a count is told in %."""
    if indicator is None or not is_count(indicator):
        return change.margin
    return change.margin * abs(change.first.value or 0.0) / 100
