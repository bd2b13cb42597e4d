"""A signed sum of other indicators, in one year: from their rows to those of the sum.

The terms are figures that exist already, each with its status, edition and caution. They are added
only where all come from one dataset and have an edition in common: a growth of one census is not
set against the births of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ctgsite.indicators.candidates import Candidates, Vintages, combined
from ctgsite.indicators.model import Formula
from ctgsite.indicators.panel import NO_ROW, STATUSES, Column, Floats, Ints, Panel, spread
from ctgsite.sources.observations import Status

Rows = dict[str, npt.NDArray[Any]]  # one item a measure; texts as numbers

OTHER_EDITIONS = "Les chiffres à additionner viennent de sources ou d’éditions différentes."

_VALUED = np.array([status.has_value for status in STATUSES])
_ABSENT = STATUSES.index(Status.ABSENT)


def compute_reference(
    panel: Panel, formula: Formula, terms: Sequence[Rows], vintages: Vintages
) -> tuple[Candidates, Ints]:
    """Add indicators in one year for all areas that one of them speaks of.

    Args:
        panel: the areas.
        formula: the sum.
        terms: the rows of each of its terms in that year.
        vintages: names the editions.

    Returns:
        The figures, and the number of each one's dataset: that of the first term.
    """
    columns = [_column(panel, rows) for rows in terms]
    present = np.logical_or.reduce([column.status != NO_ROW for column in columns])
    area = np.flatnonzero(present).astype(np.int32)
    status, note = combined(panel, columns, area, formula.note)
    datasets = [_spread(panel, rows, "dataset")[area] for rows in terms]
    editions = np.stack([column.vintage[area] for column in columns])
    alike = _one_source(datasets) & _one_edition(editions, vintages)
    apart = _VALUED[status] & ~alike
    status = np.where(apart, _ABSENT, status)
    note = np.where(apart, panel.note_number.get(OTHER_EDITIONS, 0), note)
    known = _VALUED[status]
    signed = zip(formula.numerator, columns, strict=True)
    total = sum(term.sign * column.value[area] for term, column in signed)
    blank = np.full(len(area), np.nan)
    caution = np.logical_or.reduce([_spread(panel, rows, "caution")[area] > 0 for rows in terms])
    return (
        Candidates(
            area,
            np.where(known, total, np.nan),
            blank,
            blank,
            status,
            known & caution,
            _joined(editions, vintages),
            note,
            np.where(known, np.sum([_bounds(column)[area] for column in columns], axis=0), 0.0),
        ),
        np.where(datasets[0] == NO_ROW, np.maximum.reduce(datasets), datasets[0]),
    )


def _column(panel: Panel, rows: Rows) -> Column:
    """Lay out an indicator's rows as a variable's column."""
    size = len(panel.areas)
    values: Floats = spread(rows["value"], rows["area"], size, np.nan)
    bounds: Floats = spread(rows["bound"], rows["area"], size, 0.0)
    return Column(
        values,
        _spread(panel, rows, "status"),
        _spread(panel, rows, "note", 0),
        _spread(panel, rows, "vintage", 0),
        bounds,
    )


def _bounds(column: Column) -> Floats:
    return np.zeros(len(column.value)) if column.bound is None else column.bound


def _spread(panel: Panel, rows: Rows, name: str, empty: int = NO_ROW) -> Ints:
    return spread(rows[name].astype(np.int32), rows["area"], len(panel.areas), empty)


def _one_source(datasets: Sequence[Ints]) -> npt.NDArray[np.bool_]:
    alike: npt.NDArray[np.bool_] = np.all([other == datasets[0] for other in datasets], axis=0)
    return alike


def _one_edition(editions: Ints, vintages: Vintages) -> npt.NDArray[np.bool_]:
    """Whether the terms of each area share an edition; each cell may join several."""
    found, back = np.unique(editions, axis=1, return_inverse=True)
    shared = [
        bool(frozenset.intersection(*(vintages.editions(int(number)) for number in column)))
        for column in found.T
    ]
    return np.array(shared, dtype=bool)[back]


def _joined(editions: Ints, vintages: Vintages) -> Ints:
    """Name every edition that the terms of each area come from."""
    found, back = np.unique(editions, axis=1, return_inverse=True)
    joined = [vintages.all_of(map(int, column)) for column in found.T]
    return np.array(joined, dtype=np.int32)[back]
