"""Adopted editions of a diagnostic: their figures as they may be shown, and what changed since."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from ctgsite.config.evaluation import Edition
from ctgsite.config.frozen import OWN, FrozenFigure
from ctgsite.indicators.measures import chronological

Key = tuple[str, str, str]  # indicator, code, year
MASKED = "secret"


class Shift(StrEnum):
    """What became of an indicator's latest figure from one edition to another."""

    REVISED = "revise"  # of the same year, another figure
    NEWER = "plus_recent"
    OTHER = "autre_source"  # another source, or another unit
    OLDER = "plus_ancien"
    GONE = "disparu"
    NEW = "nouveau"
    SAME = "inchange"


@dataclass(frozen=True, slots=True)
class Shifted:
    """One indicator in two editions; at least one has a figure."""

    shift: Shift
    before: FrozenFigure | None
    after: FrozenFigure | None

    @property
    def shown(self) -> FrozenFigure:
        """The figure that names the indicator: the later one."""
        found = self.after or self.before
        if found is None:
            raise AssertionError("a shift is of one figure at least")
        return found


@dataclass(frozen=True, slots=True)
class EditionRecord:
    """An edition: its figures, and what changed from it to today and from those before it.

    `masked` counts the figures that are withheld today and so are shown no more.
    """

    edition: Edition
    figures: tuple[FrozenFigure, ...]
    masked: int = 0
    to_now: tuple[Shifted, ...] = ()
    from_earlier: tuple[tuple[Edition, tuple[Shifted, ...]], ...] = ()  # the latest first


def shown_today(
    figures: Iterable[FrozenFigure], withheld: Container[Key]
) -> tuple[tuple[FrozenFigure, ...], int]:
    """Return an edition's figures without those withheld today, and how many those are."""
    found = tuple(figures)
    hidden = [f for f in found if f.value is not None and _key(f) in withheld]
    kept = tuple(_masked(figure) if figure in hidden else figure for figure in found)
    return kept, len(hidden)


def latest(figures: Iterable[FrozenFigure]) -> dict[str, FrozenFigure]:
    """Return the territory's own latest figure of each indicator that has one."""
    own = [figure for figure in figures if figure.level == OWN and figure.value is not None]
    found: dict[str, FrozenFigure] = {}
    for figure in own:
        known = found.get(figure.indicator)
        if known is None or chronological(figure.year) > chronological(known.year):
            found[figure.indicator] = figure
    return found


def compare_editions(
    before: Iterable[FrozenFigure], after: Iterable[FrozenFigure]
) -> tuple[Shifted, ...]:
    """Return what became of each indicator, in the order of the later edition."""
    old, new = latest(before), latest(after)
    names = (*new, *(name for name in old if name not in new))
    return tuple(_shifted(old.get(name), new.get(name)) for name in names)


def _shifted(before: FrozenFigure | None, after: FrozenFigure | None) -> Shifted:
    if before is None or after is None:
        return Shifted(Shift.NEW if before is None else Shift.GONE, before, after)
    if (before.source, before.unit) != (after.source, after.unit):
        return Shifted(Shift.OTHER, before, after)
    if before.year != after.year:
        newer = chronological(after.year) > chronological(before.year)
        return Shifted(Shift.NEWER if newer else Shift.OLDER, before, after)
    same = math.isclose(before.value or 0.0, after.value or 0.0, rel_tol=1e-9)
    return Shifted(Shift.SAME if same else Shift.REVISED, before, after)


def _key(figure: FrozenFigure) -> Key:
    return (figure.indicator, figure.code, figure.year)


def _masked(figure: FrozenFigure) -> FrozenFigure:
    return replace(figure, value=None, numerator=None, denominator=None, status=MASKED)
