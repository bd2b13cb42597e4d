"""Which figures of a territory's own file to withhold, so that no small count can be worked out.

One year is one table: each commune and the territory, across the variables and the sums of them
that indicators publish. Readers are supposed to know every variable that is not masked, whether or
not an indicator shows it: whoever knows less learns less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ctgsite.sources.observations import Status
from ctgsite.sources.panel import RANK, Panel
from ctgsite.sources.sums import Sum as Relation
from ctgsite.sources.sums import Sums
from ctgsite.sources.suppression import suppress

SECRET = "secret statistique : effectif trop petit, ou masqué pour en protéger un autre"  # noqa: S105
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Sum:
    """A signed sum of variables that an indicator publishes, as (variable, sign)."""

    terms: tuple[tuple[str, int], ...]

    @property
    def added(self) -> tuple[str, ...]:
        """The variables with a plus."""
        return tuple(name for name, sign in self.terms if sign > 0)

    @property
    def subtracted(self) -> tuple[str, ...]:
        """The variables with a minus."""
        return tuple(name for name, sign in self.terms if sign < 0)

    @property
    def can_be_protected(self) -> bool:
        """Whether it is one sum of counts: parts, or a whole from which parts are taken."""
        return not self.subtracted or len(self.added) == 1


def mask(panels: Sequence[Panel], sums: Sequence[Sum], threshold: int) -> Iterator[Panel]:
    """Yield the panels of a territory's communes and of itself, with small counts withheld.

    Args:
        panels: the communes, then the territory where it has several.
        sums: what indicators publish besides single variables.
        threshold: counts under it are masked, and others with them.
    """
    years = dict.fromkeys(column.year for column in panels[0].columns)
    hidden = [np.zeros(panel.ranks.shape, dtype=bool) for panel in panels]
    for year in years:
        _mask_year(panels, hidden, year, sums, threshold)
    for panel, where in zip(panels, hidden, strict=True):
        told, number = panel.note_number(SECRET)
        told.values[where] = np.nan
        told.ranks[where] = RANK[Status.SECRET]
        told.note_numbers[where] = number
        yield told


def _mask_year(
    panels: Sequence[Panel], hidden: Sequence[Mask], year: str, sums: Sequence[Sum], threshold: int
) -> None:
    """Mark the cells of one year to withhold."""
    cells = _Cells(panels, year)
    relations = [*cells.down(), *(told for one in sums for told in cells.across(one))]
    if not cells.counts:
        return
    found = suppress(cells.counts, Sums(len(cells.counts), tuple(relations)), threshold)
    for (number, row, column), at in cells.places.items():
        hidden[number][row, column] = found.published[at] is None


class _Cells:
    """The counts of one year that are known, numbered, and those that sums of them add."""

    def __init__(self, panels: Sequence[Panel], year: str) -> None:
        self._panels = panels
        columns = panels[0].columns
        self._columns = {c.variable: at for at, c in enumerate(columns) if c.year == year}
        self.counts: list[int] = []
        self.places: dict[tuple[int, int, int], int] = {}
        for number, panel in enumerate(panels):
            for row in range(len(panel.codes)):
                for column in self._columns.values():
                    if panel.has_value[row, column]:
                        self.places[number, row, column] = len(self.counts)
                        self.counts.append(int(panel.values[row, column]))

    def down(self) -> Iterator[Relation]:
        """Yield each count of the territory as the sum of its communes'."""
        for column in self._columns.values() if len(self._panels) > 1 else ():
            total = self.places.get((1, 0, column))
            if total is not None:
                rows = range(len(self._panels[0].codes))
                yield total, tuple(self.places[0, row, column] for row in rows)

    def across(self, one: Sum) -> Iterator[Relation]:
        """Yield what a sum adds in each area that has all its terms, as a count of its own."""
        for number, panel in enumerate(self._panels):
            for row in range(len(panel.codes)):
                keys = [(number, row, self._columns[name]) for name, _ in one.terms]
                if not all(key in self.places for key in keys):
                    continue
                terms = [self.places[key] for key in keys]
                signed = zip(terms, (sign for _, sign in one.terms), strict=True)
                value = sum(sign * self.counts[at] for at, sign in signed)
                own = len(self.counts)
                self.counts.append(value)
                if not one.subtracted:
                    yield own, tuple(terms)
                    continue
                whole = next(at for at, (_, sign) in zip(terms, one.terms, strict=True) if sign > 0)
                yield whole, (own, *(at for at in terms if at != whole))
