"""Observations laid out for vectorised formulas: for each variable and year, one array of areas."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctgsite.geography.areas import Level
from ctgsite.indicators.model import Term
from ctgsite.sources.observations import Observations, Status

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Numbers = TypeVar("Numbers", Floats, Ints)

STATUSES = tuple(Status)
NO_ROW = -1
_LEVELS = frozenset(map(str, Level))


@dataclass(frozen=True)
class Column:
    """One variable in one year, for every area of the panel, in the panel's order."""

    value: Floats  # NaN without value
    status: Ints  # index in STATUSES, NO_ROW where the dataset says nothing of the area
    note: Ints  # index in the panel's notes
    vintage: Ints  # index in the panel's vintages
    bound: Floats | None = None  # half-width of what is known of the value; None: of no area


@dataclass(frozen=True)
class Panel:
    """Every area, and the columns found in the observations.

    `areas` has the columns level and code; arrays follow its rows. Levels that carry no indicator
    (iris, qpv) are left out.
    """

    areas: pd.DataFrame
    notes: tuple[str, ...]
    vintages: tuple[str, ...]
    columns: dict[tuple[str, str, str], Column]  # (dataset, variable, year)

    @cached_property
    def note_number(self) -> dict[str, int]:
        """The number of each note."""
        return {note: number for number, note in enumerate(self.notes)}

    @cached_property
    def years(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """The years of each (dataset, variable), in order."""
        found: dict[tuple[str, str], list[str]] = {}
        for dataset, variable, year in sorted(self.columns):
            found.setdefault((dataset, variable), []).append(year)
        return {key: tuple(years) for key, years in found.items()}


def build_panel(
    observations: Observations, wanted: Iterable[tuple[str, Term]], notes: Sequence[str] = ()
) -> Panel:
    """Lay out the variables that formulas ask for.

    Args:
        observations: tidy figures at every level.
        wanted: each term with the dataset of its formula.
        notes: what formulas may say besides the observations' own notes.
    """
    names = {(term.dataset or dataset, term.variable) for dataset, term in wanted}
    frame = _kept(observations.frame, names)
    area, areas = _numbered(frame, ["level", "code"])
    note, all_notes = _labels(frame["note"], notes)
    vintage, vintages = _labels(frame["vintage"])
    status = _statuses(frame["status"])
    value = frame["value"].to_numpy(np.float64)
    bound = frame["bound"].to_numpy(np.float64)
    key, keys = _numbered(frame, ["dataset", "variable", "year"])
    order = np.argsort(key, kind="stable")
    bounds = np.searchsorted(key[order], np.arange(len(keys) + 1))
    columns: dict[tuple[str, str, str], Column] = {}
    for place, name in enumerate(keys.itertuples(index=False, name=None)):
        rows = order[bounds[place] : bounds[place + 1]]
        at, size = area[rows], len(areas)
        columns[name] = Column(
            _spread(value[rows], at, size, np.nan),
            _spread(status[rows], at, size, NO_ROW),
            _spread(note[rows], at, size, 0),
            _spread(vintage[rows], at, size, 0),
            _spread(bound[rows], at, size, 0.0) if bound[rows].any() else None,
        )
    return Panel(areas, all_notes, vintages, columns)


def _kept(frame: pd.DataFrame, names: Collection[tuple[str, str]]) -> pd.DataFrame:
    """Keep the rows of the variables and levels that matter, comparing each label once."""
    dataset, datasets = pd.factorize(frame["dataset"])
    variable, variables = pd.factorize(frame["variable"])
    level, levels = pd.factorize(frame["level"])
    if frame.empty:
        return frame
    wanted = np.array([[(owner, name) in names for name in variables] for owner in datasets])
    known = np.array([str(name) in _LEVELS for name in levels])
    kept: pd.DataFrame = frame.loc[wanted[dataset, variable] & known[level]]
    return kept


def _numbered(frame: pd.DataFrame, names: Sequence[str]) -> tuple[Ints, pd.DataFrame]:
    """Number the distinct combinations of some columns, in the order of their labels."""
    parts = [pd.factorize(frame[name], sort=True) for name in names]
    packed = np.zeros(len(frame), dtype=np.int64)
    for codes, labels in parts:
        packed = packed * max(len(labels), 1) + codes
    keys, number = np.unique(packed, return_inverse=True)
    columns: dict[str, npt.NDArray[np.object_]] = {}
    for name, (_, labels) in reversed(list(zip(names, parts, strict=True))):
        keys, code = np.divmod(keys, max(len(labels), 1))
        columns[name] = np.asarray(labels, dtype=object)[code]
    return number.astype(np.int32), pd.DataFrame({name: columns[name] for name in names})


def _labels(column: pd.Series[str], first: Sequence[str] = ()) -> tuple[Ints, tuple[str, ...]]:
    """Number the labels of a column after some others; the empty label is always number 0."""
    codes, labels = pd.factorize(column)
    known = {label: place for place, label in enumerate(dict.fromkeys(("", *first)))}
    table = [known.setdefault(str(label), len(known)) for label in labels]
    return np.array(table or [0], dtype=np.int32)[codes], tuple(known)


def _statuses(column: pd.Series[str]) -> Ints:
    codes, labels = pd.factorize(column)
    table = [STATUSES.index(Status(str(label))) for label in labels]
    return np.array(table or [0], dtype=np.int32)[codes]


def _spread(found: Numbers, at: Ints, size: int, empty: float) -> Numbers:
    full = np.full(size, empty, dtype=found.dtype)
    full[at] = found
    return full


def labelled(numbers: npt.NDArray[np.signedinteger], labels: Sequence[str]) -> pd.Categorical:
    """Give labels back to their numbers."""
    dtype = pd.CategoricalDtype(list(labels))
    return pd.Categorical.from_codes(numbers, dtype=dtype)
