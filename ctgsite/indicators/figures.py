"""Measures looked up one by one, as plain `Measure`s: what the diagnostic reads.

Rows stay in arrays, sorted once by area and once by indicator; only those asked for are built.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals

from ctgsite.geography.areas import Level
from ctgsite.indicators.measures import MEASURE_COLUMNS, Measure, Measures
from ctgsite.sources.observations import Status

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Spread:
    """One indicator in one year at one level: every area that has a value, in arrays."""

    codes: npt.NDArray[np.object_]
    values: npt.NDArray[np.float64]
    datasets: npt.NDArray[np.object_]
    caution: npt.NDArray[np.bool_]


class Figures:
    """Quick lookups in `Measures`; years are ordered by the year they end with."""

    def __init__(self, measures: Measures) -> None:
        self._frame = measures.frame
        self._columns = {name: _Column.of(measures.frame[name]) for name in MEASURE_COLUMNS}
        self._indicator = _Labels(measures.frame["indicator"])
        self._level = _Labels(measures.frame["level"])
        self._code = _Labels(measures.frame["code"])
        self._year = _Labels(measures.frame["year"])
        self._spreads: dict[tuple[str, str, str], Spread] = {}
        self._found: dict[tuple[str, str], dict[str, tuple[Measure, ...]]] = {}

    def joined(self, others: Measures) -> Figures:
        """Return these measures and those of other areas."""
        parts = [self._frame, others.frame]
        columns = {
            name: union_categoricals([part[name] for part in parts])
            if isinstance(self._frame[name].dtype, pd.CategoricalDtype)
            else np.concatenate([part[name].to_numpy() for part in parts])
            for name in MEASURE_COLUMNS
        }
        return Figures(Measures(pd.DataFrame(columns)))

    def series(self, indicator: str, level: Level, code: str) -> tuple[Measure, ...]:
        """Return an indicator's measures for an area, oldest first, with or without value."""
        return self._area(level, code).get(indicator, ())

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
        place = {code: at for at, code in enumerate(dict.fromkeys(codes))}
        rows = self._rows_of(indicator, level, year)
        names = self._columns["code"].take(rows)
        kept = np.array([name in place for name in names], dtype=bool)
        found = self._measures(rows[kept])
        return tuple(sorted(found, key=lambda measure: place[measure.code]))

    def spread(self, indicator: str, level: Level, year: str) -> Spread:
        """Return the values of every area of a level."""
        key = (indicator, str(level), year)
        if key not in self._spreads:
            rows = self._rows_of(indicator, level, year)
            rows = rows[~np.isnan(self._columns["value"].take(rows))]
            names = ("code", "value", "dataset", "caution")
            self._spreads[key] = Spread(*(self._columns[name].take(rows) for name in names))
        return self._spreads[key]

    def years(self, indicator: str, level: Level) -> tuple[str, ...]:
        """Return the years for which some area of a level has a value, oldest first."""
        return self._coverage.get((indicator, str(level)), ())

    def levels(self, indicator: str) -> tuple[Level, ...]:
        """Return the levels at which some area has a value."""
        return tuple(level for level in Level if self.years(indicator, level))

    def codes(self, level: Level) -> tuple[str, ...]:
        """Return the areas of a level that have any measure."""
        if str(level) not in self._level.place:
            return ()
        here = self._level.numbers == self._level.place[str(level)]
        return tuple(map(str, self._code.labels[np.unique(self._code.numbers[here])]))

    @cached_property
    def _coverage(self) -> dict[tuple[str, str], tuple[str, ...]]:
        known = ~np.isnan(self._columns["value"].cells)
        columns = (self._indicator, self._level, self._year)
        packed = _packed(*columns)[known]
        found: dict[tuple[str, str], list[str]] = {}
        for key in np.unique(packed):
            rest, year = divmod(int(key), len(self._year.labels))
            indicator, level = divmod(rest, len(self._level.labels))
            names = (str(self._indicator.labels[indicator]), str(self._level.labels[level]))
            found.setdefault(names, []).append(str(self._year.labels[year]))
        return {key: tuple(years) for key, years in found.items()}

    @cached_property
    def _by_area(self) -> tuple[Ints, Ints]:
        return _sorted(_packed(self._level, self._code))

    @cached_property
    def _by_indicator(self) -> tuple[Ints, Ints]:
        return _sorted(_packed(self._indicator, self._level, self._year))

    def _area(self, level: Level, code: str) -> dict[str, tuple[Measure, ...]]:
        key = (str(level), code)
        if key not in self._found:
            rows = self._rows(self._by_area, (self._level, str(level)), (self._code, code))
            self._found[key] = self._grouped(rows)
        return self._found[key]

    def _grouped(self, rows: Ints) -> dict[str, tuple[Measure, ...]]:
        order = np.lexsort((self._year.numbers[rows], self._indicator.numbers[rows]))
        found: dict[str, list[Measure]] = {}
        for measure in self._measures(rows[order]):
            found.setdefault(measure.indicator, []).append(measure)
        return {indicator: tuple(series) for indicator, series in found.items()}

    def _rows_of(self, indicator: str, level: Level, year: str) -> Ints:
        asked = ((self._indicator, indicator), (self._level, str(level)), (self._year, year))
        return self._rows(self._by_indicator, *asked)

    def _rows(self, index: tuple[Ints, Ints], *asked: tuple[_Labels, str]) -> Ints:
        """Return the rows whose labels are those asked for."""
        order, keys = index
        key = 0
        for labels, name in asked:
            if name not in labels.place:
                return order[:0]
            key = key * len(labels.labels) + labels.place[name]
        first, end = np.searchsorted(keys, [key, key + 1])
        return order[first:end]

    def _measures(self, rows: Ints) -> list[Measure]:
        columns = {name: self._columns[name].take(rows).tolist() for name in MEASURE_COLUMNS}
        return [
            _measure(dict(zip(columns, row, strict=True)))
            for row in zip(*columns.values(), strict=True)
        ]


def _measure(row: dict[str, Any]) -> Measure:
    return Measure(
        indicator=str(row["indicator"]),
        level=Level(row["level"]),
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
    labels: npt.NDArray[np.object_] | None = None

    @staticmethod
    def of(column: pd.Series[Any]) -> _Column:
        if not isinstance(column.dtype, pd.CategoricalDtype):
            return _Column(column.to_numpy())
        return _Column(column.cat.codes.to_numpy(), column.cat.categories.to_numpy(dtype=object))

    def take(self, rows: Ints) -> npt.NDArray[Any]:
        """Return some cells, labels as texts."""
        found = self.cells[rows]
        return found if self.labels is None else self.labels[found]


class _Labels:
    """A column of labels as numbers, in the order of the labels (years: of the year they end)."""

    def __init__(self, column: pd.Series[str]) -> None:
        numbers, labels = pd.factorize(column)
        names = [str(label) for label in labels]
        order = sorted(range(len(names)), key=lambda at: (_end(names[at]), names[at]))
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        self.labels = np.array([names[at] for at in order], dtype=object)
        self.numbers: Ints = rank[numbers] if len(order) else np.zeros(0, dtype=np.int64)
        self.place = {name: at for at, name in enumerate(self.labels)}


def _end(label: str) -> str:
    """Return the last year of a period; any other label as it is."""
    first, dash, last = label.partition("-")
    return last if dash and len(first) == len(last) == 4 and last.isdecimal() else label


def _packed(*columns: _Labels) -> Ints:
    packed = np.zeros(len(columns[0].numbers), dtype=np.int64)
    for column in columns:
        packed = packed * max(len(column.labels), 1) + column.numbers
    return packed


def _sorted(keys: Ints) -> tuple[Ints, Ints]:
    order = np.argsort(keys, kind="stable")
    return order, keys[order]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def valued(series: Sequence[Measure]) -> tuple[Measure, ...]:
    """Return the measures that have a value."""
    return tuple(measure for measure in series if measure.value is not None)
