"""Measures looked up one by one, as plain `Measure`s: what the diagnostic reads.

Rows stay in arrays, which may be a file mapped into memory; only those asked for are built.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctgsite.geography.areas import Level
from ctgsite.indicators.measures import MEASURE_COLUMNS, Measure, Measures, chronological
from ctgsite.sources.observations import Status

Rows = npt.NDArray[np.intp]
Order = Callable[[str], Any]

_ORDERS: dict[str, Order] = {"code": str, "year": chronological}
_NO_ROWS = np.zeros(0, dtype=np.intp)
_NO_LABELS = np.zeros(0, dtype=object)


@dataclass(frozen=True)
class Spread:
    """One indicator in one year at one level: every area that has a value, in arrays."""

    codes: npt.NDArray[np.object_]
    values: npt.NDArray[np.float64]
    datasets: npt.NDArray[np.object_]
    caution: npt.NDArray[np.bool_]


NO_SPREAD = Spread(_NO_LABELS, np.zeros(0), _NO_LABELS, np.zeros(0, dtype=bool))


class Figures:
    """Quick lookups in `Measures`, level by level."""

    def __init__(self, measures: Measures) -> None:
        self._tables = _tables(measures)
        self._apart: Mapping[str, Figures] = {}

    def joined(self, others: Measures) -> Figures:
        """Return these measures and those of areas of other levels."""
        both = Figures(others)
        both._tables = {**self._tables, **both._tables}
        both._apart = self._apart
        return both

    def beside(self, others: Measures) -> Figures:
        """Return these measures and those of other indicators, whatever their areas."""
        both = copy(self)
        names = others.frame["indicator"].unique()
        both._apart = {**self._apart, **dict.fromkeys(map(str, names), Figures(others))}
        return both

    def series(self, indicator: str, level: Level, code: str) -> tuple[Measure, ...]:
        """Return an indicator's measures for an area, oldest first, with or without value."""
        table = self._table(indicator, level)
        return table.area(code).get(indicator, ()) if table else ()

    def latest(self, indicator: str, level: Level, code: str) -> Measure | None:
        """Return the latest measure that has a value, or else the latest with its reason."""
        series = self.series(indicator, level, code)
        kept = valued(series) or series
        return kept[-1] if kept else None

    def at(self, indicator: str, level: Level, code: str, year: str) -> Measure | None:
        """Return an indicator's measure for an area and a year."""
        series = self.series(indicator, level, code)
        return next((measure for measure in series if measure.year == year), None)

    def of_areas(
        self, indicator: str, level: Level, codes: Iterable[str], year: str
    ) -> tuple[Measure, ...]:
        """Return the measures that exist for these areas in this year, in the order asked for."""
        found = (self.at(indicator, level, code, year) for code in dict.fromkeys(codes))
        return tuple(measure for measure in found if measure is not None)

    def spread(
        self, indicator: str, level: Level, year: str, codes: tuple[str, ...] | None = None
    ) -> Spread:
        """Return the values of every area of a level, or of some of them."""
        table = self._table(indicator, level)
        return table.spread(indicator, year, codes) if table else NO_SPREAD

    def years(self, indicator: str, level: Level) -> tuple[str, ...]:
        """Return the years for which some area of a level has a value, oldest first."""
        table = self._table(indicator, level)
        return table.years.get(indicator, ()) if table else ()

    def levels(self, indicator: str) -> tuple[Level, ...]:
        """Return the levels at which some area has a value."""
        return tuple(level for level in Level if self.years(indicator, level))

    def all_years(self, indicator: str) -> tuple[str, ...]:
        """Return the years for which some area of any level has a value, oldest first."""
        found = {year for level in Level for year in self.years(indicator, level)}
        return tuple(sorted(found, key=chronological))

    def codes(self, level: Level) -> tuple[str, ...]:
        """Return the areas of a level that have any measure."""
        table = self._tables.get(level)
        return table.codes if table else ()

    def _table(self, indicator: str, level: Level) -> _Table | None:
        return self._apart.get(indicator, self)._tables.get(level)


class _Table:
    """The measures of one level, in the order of their codes."""

    def __init__(self, level: Level, columns: Mapping[str, _Column]) -> None:
        self._level = level
        self._columns = columns
        self._code, self._indicator, self._year = (
            columns[name] for name in ("code", "indicator", "year")
        )
        self._areas: dict[str, dict[str, tuple[Measure, ...]]] = {}
        self._spreads: dict[tuple[str, str, tuple[str, ...] | None], Spread] = {}
        self._pools: dict[tuple[str, ...], npt.NDArray[np.bool_]] = {}

    def area(self, code: str) -> dict[str, tuple[Measure, ...]]:
        """Return all measures of an area, by indicator."""
        if code not in self._areas:
            number = self._code.number.get(code, -1)
            bounds = np.array([number, number + 1], dtype=self._code.cells.dtype)
            start, end = np.searchsorted(self._code.cells, bounds)
            rows = np.arange(start, end)
            order = np.lexsort((self._year.cells[rows], self._indicator.cells[rows]))
            self._areas[code] = self._grouped(rows[order])
        return self._areas[code]

    def spread(self, indicator: str, year: str, codes: tuple[str, ...] | None) -> Spread:
        """Return the values of every area, or of some of them."""
        key = (indicator, year, codes)
        if key not in self._spreads:
            rows = self._rows_of(indicator, year)
            known = ~np.isnan(self._columns["value"].cells[rows])
            if codes is not None:
                known &= self._are_among(codes)[self._code.cells[rows]]
            names = ("code", "value", "dataset", "caution")
            found = (self._columns[name].take(rows[known]) for name in names)
            self._spreads[key] = Spread(*found)
        return self._spreads[key]

    def _are_among(self, codes: tuple[str, ...]) -> npt.NDArray[np.bool_]:
        """Say for the number of each code whether it is one of these."""
        if codes not in self._pools:
            pool = np.zeros(len(self._code.labels), dtype=bool)
            pool[[self._code.number[code] for code in codes if code in self._code.number]] = True
            self._pools[codes] = pool
        return self._pools[codes]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every area's code."""
        return tuple(self._code.labels[np.unique(self._code.cells)].tolist())

    @cached_property
    def years(self) -> dict[str, tuple[str, ...]]:
        """The years in which some area has a value, oldest first, by indicator."""
        width = len(self._year.labels)
        known = ~np.isnan(self._columns["value"].cells)
        found: dict[str, tuple[str, ...]] = {}
        for key in np.flatnonzero(np.bincount(self._packed[known])).tolist():
            indicator, year = (c.labels[at] for c, at in zip(
                (self._indicator, self._year), divmod(key, width), strict=True
            ))  # fmt: skip
            found[indicator] = (*found.get(indicator, ()), year)
        return found

    @cached_property
    def _packed(self) -> npt.NDArray[np.unsignedinteger[Any]]:
        """The indicator and year of each row as one number: the narrower, the quicker sorted."""
        width = len(self._year.labels)
        narrow = np.min_scalar_type(len(self._indicator.labels) * width)
        packed = self._indicator.cells.astype(narrow)
        packed *= narrow.type(width)
        packed += self._year.cells.astype(narrow)
        return packed

    @cached_property
    def _by_indicator(self) -> tuple[Rows, Rows]:
        """The rows in the order of indicator and year, and where each pair starts."""
        pairs = len(self._indicator.labels) * len(self._year.labels)
        starts = np.concatenate([[0], np.cumsum(np.bincount(self._packed, minlength=pairs))])
        return np.argsort(self._packed, kind="stable"), starts

    def _rows_of(self, indicator: str, year: str) -> Rows:
        if indicator not in self._indicator.number or year not in self._year.number:
            return _NO_ROWS
        order, starts = self._by_indicator
        pair = self._indicator.number[indicator] * len(self._year.labels)
        pair += self._year.number[year]
        return order[starts[pair] : starts[pair + 1]]

    def _grouped(self, rows: Rows) -> dict[str, tuple[Measure, ...]]:
        columns = {name: column.take(rows).tolist() for name, column in self._columns.items()}
        found: dict[str, list[Measure]] = {}
        for row in zip(*columns.values(), strict=True):
            measure = _measure(self._level, dict(zip(columns, row, strict=True)))
            found.setdefault(measure.indicator, []).append(measure)
        return {indicator: tuple(series) for indicator, series in found.items()}


def _tables(measures: Measures) -> dict[Level, _Table]:
    """Split measures into tables, and sort those that are not sorted."""
    frame = measures.frame
    columns = {name: _Column.of(frame[name], _ORDERS.get(name)) for name in MEASURE_COLUMNS}
    level = columns.pop("level")
    tables = {}
    for number, label in enumerate(level.labels):
        rows = _places(level.cells == number)
        own = {name: column.part(rows) for name, column in columns.items()}
        if len(own["code"].cells):
            tables[Level(label)] = _Table(Level(label), _by_code(own))
    return tables


def _places(wanted: npt.NDArray[np.bool_]) -> slice | Rows:
    """Return where some rows stand: a slice, which copies nothing, where they follow each other."""
    first, count = int(np.argmax(wanted)), int(np.count_nonzero(wanted))
    together = slice(first, first + count)
    return together if wanted[together].all() else np.flatnonzero(wanted)


def _by_code(columns: dict[str, _Column]) -> dict[str, _Column]:
    """Return the columns with their rows in the order of the codes."""
    codes = columns["code"].cells
    if (codes[1:] >= codes[:-1]).all():
        return columns
    order = np.argsort(codes, kind="stable")
    return {name: column.part(order) for name, column in columns.items()}


def _measure(level: Level, row: dict[str, Any]) -> Measure:
    return Measure(
        indicator=str(row["indicator"]),
        level=level,
        code=str(row["code"]),
        year=str(row["year"]),
        value=_known(row["value"]),
        numerator=_known(row["numerator"]),
        denominator=_known(row["denominator"]),
        status=Status(row["status"]),
        dataset=str(row["dataset"]),
        vintage=str(row["vintage"]),
        caution=bool(row["caution"]),
        note=str(row["note"]),
        bound=float(row["bound"]),
    )


@dataclass(frozen=True)
class _Column:
    """A column as arrays: its cells, or for texts the number of each cell's label."""

    cells: npt.NDArray[Any]
    labels: npt.NDArray[np.object_]  # empty where the cells are no numbers of labels

    @staticmethod
    def of(column: pd.Series[Any], order: Order | None) -> _Column:
        """Return a column; the numbers of labels that have an order follow it."""
        text = isinstance(column.dtype, pd.CategoricalDtype) or column.dtype == object
        if not text and not pd.api.types.is_string_dtype(column.dtype):
            return _Column(column.to_numpy(), _NO_LABELS)
        cells = column.astype("category").cat
        numbers, labels = cells.codes.to_numpy(), [str(label) for label in cells.categories]
        ordered = sorted(labels, key=order) if order else labels
        if ordered != labels:
            place = {label: at for at, label in enumerate(ordered)}
            numbers = np.array([place[label] for label in labels], dtype=np.int32)[numbers]
        return _Column(numbers, np.array(ordered, dtype=object))

    @cached_property
    def number(self) -> dict[str, int]:
        """The number of each label."""
        return {label: at for at, label in enumerate(self.labels.tolist())}

    def part(self, rows: slice | Rows) -> _Column:
        """Return the same column for some rows."""
        return _Column(self.cells[rows], self.labels)

    def take(self, rows: Rows) -> npt.NDArray[Any]:
        """Return some cells, labels as texts."""
        found: npt.NDArray[Any] = self.cells[rows]
        return self.labels[found] if len(self.labels) else found


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def valued(series: Sequence[Measure]) -> tuple[Measure, ...]:
    """Return the measures that have a value."""
    return tuple(measure for measure in series if measure.value is not None)
