"""Observations laid out for vectorised formulas: for each variable and year, one array of areas.

Datasets come one by one, so that no more than one of them is held as a frame; of each, only what
formulas ask for is kept, on the areas that it speaks of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctgsite.geography.areas import Level
from ctgsite.indicators.model import Term
from ctgsite.sources.observations import Observations, Status

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.signedinteger[Any]]
ColumnKey = tuple[str, str, str]  # dataset, variable, year

STATUSES = tuple(Status)
NO_ROW = -1
_LEVELS = frozenset(map(str, Level))
_RANKS = {str(status): place for place, status in enumerate(STATUSES)}


@dataclass(frozen=True)
class Column:
    """One variable in one year, for every area of the panel, in the panel's order."""

    value: Floats  # NaN without value
    status: Ints  # index in STATUSES, NO_ROW where the dataset says nothing of the area
    note: Ints  # index in the panel's notes
    vintage: Ints  # index in the panel's vintages
    bound: Floats | None = None  # half-width of what is known of the value; None: of no area


@dataclass(frozen=True)
class Cells:
    """One variable in one year, for the areas that its dataset speaks of."""

    area: Ints  # index in the panel's areas
    column: Column  # as long as `area`

    def spread(self, size: int) -> Column:
        """Return the column of all areas."""
        found = self.column
        return Column(
            spread(found.value, self.area, size, np.nan),
            spread(found.status, self.area, size, NO_ROW),
            spread(found.note, self.area, size, 0),
            spread(found.vintage, self.area, size, 0),
            None if found.bound is None else spread(found.bound, self.area, size, 0.0),
        )


@dataclass(frozen=True)
class Panel:
    """Every area, and the cells found in the observations.

    `areas` has the columns level and code; arrays follow its rows. Levels that carry no indicator
    (iris, qpv) are left out.
    """

    areas: pd.DataFrame
    notes: tuple[str, ...]
    vintages: tuple[str, ...]
    cells: Mapping[ColumnKey, Cells]

    def column(self, key: ColumnKey) -> Column:
        """Return a variable's column; where it does not exist, one that has no row."""
        found = self.cells.get(key)
        return (found or _NO_CELLS).spread(len(self.areas))

    @cached_property
    def note_number(self) -> dict[str, int]:
        """The number of each note."""
        return {note: number for number, note in enumerate(self.notes)}

    @cached_property
    def years(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The years of each (dataset, variable), in order."""
        found: dict[tuple[str, str], list[str]] = {}
        for dataset, variable, year in sorted(self.cells):
            found.setdefault((dataset, variable), []).append(year)
        return {key: tuple(years) for key, years in found.items()}


def build_panel(
    parts: Iterable[Observations], wanted: Iterable[tuple[str, Term]], notes: Sequence[str] = ()
) -> Panel:
    """Lay out the variables that formulas ask for.

    Args:
        parts: tidy figures at every level, each figure in one part only.
        wanted: each term with the dataset of its formula.
        notes: what formulas may say besides the observations' own notes.
    """
    names = {(term.dataset or dataset, term.variable) for dataset, term in wanted}
    texts = _Texts(notes)
    found = {key: cells for part in parts for key, cells in _cells_of(part, names, texts)}
    areas, order = texts.areas()
    return Panel(
        areas,
        tuple(texts.note.known),
        tuple(texts.vintage.known),
        {key: Cells(order[cells.area], cells.column) for key, cells in found.items()},
    )


class _Numbers:
    """Texts numbered in the order in which they are met."""

    def __init__(self, first: Iterable[str] = ()) -> None:
        self.known = {text: place for place, text in enumerate(dict.fromkeys(first))}

    def of(self, column: pd.Series[str]) -> Ints:
        """Return the number of each cell's text."""
        cells = column.astype("category").cat
        table = [self.known.setdefault(str(name), len(self.known)) for name in cells.categories]
        numbers: Ints = np.array(table or [0], dtype=np.int32)[cells.codes.to_numpy()]
        return numbers


class _Texts:
    """The texts of all parts: areas by (level, code), notes, vintages; no text is number 0."""

    def __init__(self, notes: Sequence[str]) -> None:
        self.note = _Numbers(("", *notes))
        self.vintage = _Numbers(("",))
        self._level = _Numbers()
        self._code = _Numbers()
        self._areas: dict[tuple[int, int], int] = {}

    def area(self, frame: pd.DataFrame) -> Ints:
        """Return the number of each row's area, new or known."""
        level, code = self._level.of(frame["level"]), self._code.of(frame["code"])
        width = len(self._code.known)
        packed = level.astype(np.int64) * width + code
        numbers = np.full(len(self._level.known) * width, NO_ROW, dtype=np.int32)
        numbers[packed] = 0
        met = np.flatnonzero(numbers == 0)
        numbers[met] = [
            self._areas.setdefault(divmod(pair, width), len(self._areas)) for pair in met.tolist()
        ]
        found: Ints = numbers[packed]
        return found

    def areas(self) -> tuple[pd.DataFrame, Ints]:
        """Return the areas in the order of their labels, and the place of each by its number."""
        levels, codes = list(self._level.known), list(self._code.known)
        labels = [(levels[level], codes[code]) for level, code in self._areas]
        order = sorted(range(len(labels)), key=labels.__getitem__)
        place = np.empty(len(labels), dtype=np.int32)
        place[order] = np.arange(len(labels), dtype=np.int32)
        rows = [labels[at] for at in order]
        columns = {
            "level": np.array([level for level, _ in rows], dtype=object),
            "code": np.array([code for _, code in rows], dtype=object),
        }
        return pd.DataFrame(columns), place


def _cells_of(
    part: Observations, names: Collection[tuple[str, str]], texts: _Texts
) -> Iterator[tuple[ColumnKey, Cells]]:
    frame = _kept(part.frame, names)
    if frame.empty:
        return
    own = [_Numbers() for _ in range(3)]
    numbers = [
        n.of(frame[name]) for n, name in zip(own, ("dataset", "variable", "year"), strict=True)
    ]
    labels = [list(n.known) for n in own]
    shape = tuple(map(len, labels))
    packed = np.ravel_multi_index(numbers, shape)
    order = np.argsort(packed, kind="stable")
    keys, first = np.unique(packed[order], return_index=True)
    column = Column(
        frame["value"].to_numpy(np.float64)[order],
        _statuses(frame["status"])[order],
        texts.note.of(frame["note"])[order],
        texts.vintage.of(frame["vintage"]).astype(np.int16)[order],
        frame["bound"].to_numpy(np.float64)[order],
    )
    area = texts.area(frame)[order]
    for key, start, end in zip(keys, first, [*first[1:], len(order)], strict=True):
        dataset, variable, year = np.unravel_index(key, shape)
        name = (labels[0][dataset], labels[1][variable], labels[2][year])
        yield name, Cells(area[start:end], _rows(column, slice(start, end)))


def _rows(column: Column, rows: slice) -> Column:
    bound = None if column.bound is None else column.bound[rows]
    return Column(
        column.value[rows],
        column.status[rows],
        column.note[rows],
        column.vintage[rows],
        bound if bound is not None and bound.any() else None,
    )


def _kept(frame: pd.DataFrame, names: Collection[tuple[str, str]]) -> pd.DataFrame:
    """Keep the rows of the variables and levels that matter, comparing each label once."""
    if frame.empty:
        return frame
    dataset, datasets = pd.factorize(frame["dataset"])
    variable, variables = pd.factorize(frame["variable"])
    level, levels = pd.factorize(frame["level"])
    wanted = np.array([[(owner, name) in names for name in variables] for owner in datasets])
    known = np.array([str(name) in _LEVELS for name in levels])
    kept: pd.DataFrame = frame.loc[wanted[dataset, variable] & known[level]]
    return kept


def _statuses(column: pd.Series[str]) -> Ints:
    cells = column.astype("category").cat
    table = [_RANKS[str(label)] for label in cells.categories]
    ranks: Ints = np.array(table or [0], dtype=np.int8)[cells.codes.to_numpy()]
    return ranks


def spread(found: npt.NDArray[Any], at: Ints, size: int, empty: float) -> npt.NDArray[Any]:
    """Lay out items on an array of all areas; those without one are `empty`."""
    full = np.full(size, empty, dtype=found.dtype)
    full[at] = found
    return full


_NOTHING = np.zeros(0, dtype=np.int32)
_NO_CELLS = Cells(_NOTHING, Column(np.zeros(0), _NOTHING, _NOTHING, _NOTHING))


def labelled(numbers: npt.NDArray[np.signedinteger], labels: Sequence[str]) -> pd.Categorical:
    """Give labels back to their numbers."""
    dtype = pd.CategoricalDtype(list(labels))
    return pd.Categorical.from_codes(numbers, dtype=dtype)
