"""Panels: the figures of one dataset at one level, as arrays; what readers give and sums work on.

A panel has one row an area and one column a variable of a year. Observations, the tidy frame that
leaves this package, are its long form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctgsite.sources.descriptions import Description
from ctgsite.sources.observations import (
    NUMBER_COLUMNS,
    OBSERVATION_COLUMNS,
    Observations,
    Status,
)

STATUSES = tuple(Status)
RANK = {status: np.int8(position) for position, status in enumerate(STATUSES)}
NO_ROW = np.int8(-1)  # the producer says nothing of this area: no observation

Values = npt.NDArray[np.float64]
Ranks = npt.NDArray[np.int8]
NoteNumbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Column:
    """A variable of a year: what one column of a panel holds."""

    variable: str
    year: str
    vintage: str
    additive: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What makes the column unique within a dataset."""
        return self.variable, self.year


@dataclass(frozen=True)
class Panel:
    """Values, statuses (positions in STATUSES, or NO_ROW) and notes (positions in `notes`).

    `bounds` are half-widths: what is known of the precision of each value, 0 where nothing is.
    """

    dataset: str
    level: str
    codes: pd.Index[str]
    columns: tuple[Column, ...]
    values: Values
    ranks: Ranks
    note_numbers: NoteNumbers
    bounds: Values
    notes: tuple[str, ...] = ("",)

    @property
    def has_value(self) -> npt.NDArray[np.bool_]:
        """Where a figure stands."""
        return (self.ranks >= 0) & (self.ranks <= RANK[Status.ESTIME])

    def note_number(self, note: str) -> tuple[Panel, np.int32]:
        """The position of `note` in the notes of the panel returned, which has it."""
        if note in self.notes:
            return self, np.int32(self.notes.index(note))
        return replace(self, notes=(*self.notes, note)), np.int32(len(self.notes))

    def at_level(self, level: str) -> Panel:
        """The same figures, of areas of another level."""
        return replace(self, level=str(level))

    def rows(self, positions: npt.NDArray[np.intp] | npt.NDArray[np.bool_]) -> Panel:
        """The panel of some of its areas."""
        return replace(
            self,
            codes=self.codes[positions],
            values=self.values[positions],
            ranks=self.ranks[positions],
            note_numbers=self.note_numbers[positions],
            bounds=self.bounds[positions],
        )

    def select(self, positions: Sequence[int]) -> Panel:
        """The panel of some of its columns."""
        chosen = list(positions)
        return replace(
            self,
            columns=tuple(self.columns[position] for position in chosen),
            values=self.values[:, chosen],
            ranks=self.ranks[:, chosen],
            note_numbers=self.note_numbers[:, chosen],
            bounds=self.bounds[:, chosen],
        )

    def aligned(self, codes: pd.Index[str]) -> Panel:
        """The panel on other areas, in their order; those it does not know have no row."""
        positions = self.codes.get_indexer(codes)
        known = positions >= 0
        result = empty_panel(self.dataset, self.level, codes, self.columns, self.notes)
        result.values[known] = self.values[positions[known]]
        result.ranks[known] = self.ranks[positions[known]]
        result.note_numbers[known] = self.note_numbers[positions[known]]
        result.bounds[known] = self.bounds[positions[known]]
        return result


def empty_panel(
    dataset: str,
    level: str,
    codes: pd.Index[str],
    columns: tuple[Column, ...],
    notes: tuple[str, ...] = ("",),
) -> Panel:
    """A panel whose every cell is without a row."""
    shape = (len(codes), len(columns))
    return Panel(
        dataset,
        level,
        codes,
        columns,
        np.full(shape, np.nan),
        np.full(shape, NO_ROW, dtype=np.int8),
        np.zeros(shape, dtype=np.int32),
        np.zeros(shape),
        notes,
    )


def _dictionary(values: Iterable[str]) -> tuple[pd.Index[str], npt.NDArray[np.int32]]:
    """Distinct values in sorted order, and the position of each value among them."""
    texts = pd.Index(list(values), dtype=object)
    categories = texts.unique().sort_values()
    return categories, categories.get_indexer(texts).astype(np.int32)


def _categorical(
    numbers: npt.NDArray[np.signedinteger], categories: Iterable[str]
) -> pd.Categorical:
    return pd.Categorical.from_codes(numbers, categories=pd.Index(list(categories), dtype=object))


def to_frame(panel: Panel) -> pd.DataFrame:
    """The long form of one panel: a row for each cell that has one, texts as categories."""
    area, column = np.nonzero(panel.ranks >= 0)
    length = len(area)
    names, of_variable = _dictionary(c.variable for c in panel.columns)
    years, of_year = _dictionary(c.year for c in panel.columns)
    vintages, of_vintage = _dictionary(c.vintage for c in panel.columns)
    return pd.DataFrame(
        {
            "dataset": _categorical(np.zeros(length, np.int8), [panel.dataset]),
            "variable": _categorical(of_variable[column], names),
            "year": _categorical(of_year[column], years),
            "level": _categorical(np.zeros(length, np.int8), [panel.level]),
            "code": _categorical(area, panel.codes),
            "value": panel.values[area, column],
            "status": _categorical(panel.ranks[area, column], [s.value for s in STATUSES]),
            "vintage": _categorical(of_vintage[column], vintages),
            "note": _categorical(panel.note_numbers[area, column], panel.notes),
            "bound": np.where(panel.has_value, panel.bounds, 0.0)[area, column],
        },
        columns=list(OBSERVATION_COLUMNS),
    )


def from_frame(frame: pd.DataFrame, codes: pd.Index[str], description: Description) -> Panel:
    """The panel of one dataset's and one level's observations, on the areas asked for.

    Its columns are all those of the observations, even where none of these areas has a row.
    """
    columns, numbers = _columns(frame, description)
    area = _numbers_in(frame["code"], codes)
    kept = area >= 0
    notes, of_note = _texts(frame["note"])
    panel = empty_panel(description.id, str(frame["level"].iloc[0]), codes, columns, notes)
    where = (area[kept], numbers[kept])
    panel.values[where] = frame["value"].to_numpy(float)[kept]
    statuses, of_status = _texts(frame["status"])
    panel.ranks[where] = np.array([RANK[Status(s)] for s in statuses], np.int8)[of_status[kept]]
    panel.note_numbers[where] = of_note[kept]
    panel.bounds[where] = frame["bound"].to_numpy(float)[kept]
    return panel


def _texts(column: pd.Series[str]) -> tuple[tuple[str, ...], npt.NDArray[np.int32]]:
    """The categories of a column of text, and the position of each cell's."""
    texts = column.astype("category").cat
    return tuple(texts.categories), texts.codes.to_numpy().astype(np.int32)


def _numbers_in(column: pd.Series[str], wanted: pd.Index[str]) -> npt.NDArray[np.intp]:
    """The position of each cell's text in an index, -1 where it is not there."""
    texts, numbers = _texts(column)
    return wanted.get_indexer(pd.Index(texts, dtype=object))[numbers]


def _columns(
    frame: pd.DataFrame, description: Description
) -> tuple[tuple[Column, ...], npt.NDArray[np.intp]]:
    """The panel's columns, and the column of each row."""
    variables, of_variable = _texts(frame["variable"])
    years, of_year = _texts(frame["year"])
    vintages, of_vintage = _texts(frame["vintage"])
    keys = of_variable.astype(np.int64) * len(years) + of_year
    found, first, numbers = np.unique(keys, return_index=True, return_inverse=True)
    columns = tuple(
        Column(
            variables[key // len(years)],
            years[key % len(years)],
            vintages[of_vintage[row]],
            description.variables[variables[key // len(years)]].additive,
        )
        for key, row in zip(found.tolist(), first.tolist(), strict=True)
    )
    return columns, numbers


def _union(parts: Sequence[pd.Series[str]]) -> pd.Categorical:
    """Categorical columns one after the other, on the sorted union of their categories."""
    categories = parts[0].cat.categories
    for part in parts[1:]:
        categories = categories.union(part.cat.categories, sort=False)
    categories = categories.sort_values()
    numbers = [
        categories.get_indexer(part.cat.categories)[part.cat.codes.to_numpy()] for part in parts
    ]
    return pd.Categorical.from_codes(np.concatenate(numbers), categories=categories)


def concatenate(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames of observations one after the other, their texts kept as categories."""
    full = [frame for frame in frames if len(frame)]
    if not full:
        return empty_observations().frame
    return pd.DataFrame(
        {
            name: np.concatenate([frame[name].to_numpy() for frame in full])
            if name in NUMBER_COLUMNS
            else _union([frame[name] for frame in full])
            for name in OBSERVATION_COLUMNS
        }
    )


def empty_observations() -> Observations:
    """Observations without a row, with the columns and types of any other."""
    frame = pd.DataFrame(
        {
            name: pd.Series(dtype=float)
            if name in NUMBER_COLUMNS
            else pd.Categorical([], categories=pd.Index([], dtype=object))
            for name in OBSERVATION_COLUMNS
        }
    )
    return Observations(frame)


def to_observations(panels: Iterable[Panel]) -> Observations:
    """The long form of several panels, in their order."""
    return Observations(concatenate([to_frame(panel) for panel in panels]))
