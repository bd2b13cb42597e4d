"""Reads SDMX-like files, as INSEE's Melodi writes them: a row an observation, areas of any level.

What the producer's statuses mean is the description's to say; one that it does not know is an
error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctgsite.errors import SourceError
from ctgsite.sources.cells import (
    BLANK,
    SHOWN,
    Source,
    Wanted,
    build_panel,
    read_numbers,
    wanted_columns,
)
from ctgsite.sources.observations import Status
from ctgsite.sources.panel import NO_ROW, RANK, Panel
from ctgsite.sources.readers import Markers, SdmxReader
from ctgsite.sources.sdmx_rows import LEVEL, LINE, MEASURE, read_rows


def read_sdmx(source: Source, reader: SdmxReader) -> tuple[Panel, ...]:
    """The panels of a file, one a level that it holds, the description's own level first.

    Raises:
        SourceError: columns, modalities, statuses, codes or cells are not as described.
    """
    rows = read_rows(source, reader)
    names = [source.spec.level, *reader.levels.values()]
    found = [rows[rows[LEVEL].eq(level)] for level in dict.fromkeys(names)]
    if found[0].empty:
        raise SourceError(source.problem(f"aucune ligne de niveau « {source.spec.level} »"))
    told = frozenset(rows[MEASURE] + " " + rows[reader.year])
    return tuple(_panel(source, reader, part, told) for part in found if len(part))


@dataclass(frozen=True, slots=True)
class _Cells:
    """The observations of one level: a row an area, a column a modality and a year.

    `states` are positions in the reader's statuses, -1 for none.
    """

    codes: pd.Index[str]
    columns: pd.Index[str]
    values: npt.NDArray[np.float64]
    ranks: npt.NDArray[np.int8]
    states: npt.NDArray[np.int8]

    def of(self, item: Wanted) -> list[int]:
        """The columns that a wanted one adds up, those that the file has."""
        keys = pd.Index(_keys(item), dtype=object)
        return [int(place) for place in self.columns.get_indexer(keys) if place >= 0]


def _keys(item: Wanted) -> list[str]:
    """What a wanted column adds up: modalities of its year."""
    return [f"{name} {item.column.year}" for name in item.source]


def _panel(source: Source, reader: SdmxReader, rows: pd.DataFrame, told: frozenset[str]) -> Panel:
    """The panel of one level; it has the columns that the file tells of at some level (`told`)."""
    cells = _cells(source, reader, rows)
    wanted = [
        replace(item, column=replace(item.column, year=year))
        for year in sorted(rows[reader.year].unique())
        for item in wanted_columns(source, year)
        if item.column.year == year
    ]
    read = [item for item in wanted if told.intersection(_keys(item))]
    summed = {place: _summed(cells, item) for place, item in enumerate(read)}
    panel = build_panel(source, cells.codes, read, summed, rows[LEVEL].iloc[0])
    return _explained(panel, reader, cells, read)


def _cells(source: Source, reader: SdmxReader, rows: pd.DataFrame) -> _Cells:
    """The rows as a table.

    Raises:
        SourceError: an observation stands twice, or a status is not known.
    """
    lines = rows[LINE].to_numpy(int)
    read, ranks = read_numbers(source, rows[reader.value], reader.value, lines, Markers())
    values = read.copy()  # pandas may give its own
    states = _states(source, reader, rows)
    for place, rule in enumerate(reader.statuses.values()):
        where = states == place
        gap = rule.status in (Status.SECRET, Status.ABSENT)
        ranks[where & (gap | (ranks != BLANK))] = RANK[Status(rule.status)]
        values[where & gap] = np.nan
    areas, codes = pd.factorize(rows[reader.area])
    columns, names = pd.factorize(rows[MEASURE] + " " + rows[reader.year])
    _check_once(source, rows, pd.Series(areas.astype(np.int64) * len(names) + columns), reader)
    shape = (len(codes), len(names))
    found = _Cells(
        pd.Index(codes, dtype=object),
        pd.Index(names, dtype=object),
        np.full(shape, np.nan),
        np.full(shape, NO_ROW, dtype=np.int8),
        np.full(shape, -1, dtype=np.int8),
    )
    found.values[areas, columns] = values
    found.states[areas, columns] = states
    found.ranks[areas, columns] = np.where(ranks == BLANK, _EMPTY, ranks)
    return found


_EMPTY = np.int8(-2)  # a row whose value is blank, where NO_ROW is no row at all


def _states(source: Source, reader: SdmxReader, rows: pd.DataFrame) -> npt.NDArray[np.int8]:
    if not reader.status:
        return np.full(len(rows), -1, dtype=np.int8)
    known = {name: place for place, name in enumerate(reader.statuses)}
    states = rows[reader.status].map(known)
    wrong = states.isna()
    if wrong.any():
        first = rows[wrong].drop_duplicates(reader.status)[:SHOWN]
        raise SourceError(
            source.problem(f"état d’observation inconnu « {name} » ({reader.status})", int(line))
            for name, line in zip(first[reader.status], first[LINE], strict=True)
        )
    return np.asarray(states, dtype=np.int8)


def _check_once(
    source: Source, rows: pd.DataFrame, keys: pd.Series[int], reader: SdmxReader
) -> None:
    twice = rows[keys.duplicated().to_numpy()]
    if twice.empty:
        return
    problems = [
        source.problem(
            f"{row[MEASURE]} de {row[reader.area]} en {row[reader.year]} figure deux fois ; "
            "il manque sans doute un filtre sur une dimension",
            int(row[LINE]),
        )
        for _, row in twice[:SHOWN].iterrows()
    ]
    if len(twice) > SHOWN:
        problems.append(source.problem(f"… et {len(twice) - SHOWN} autres lignes en double"))
    raise SourceError(problems)


def _summed(cells: _Cells, item: Wanted) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    """The sum of a column's modalities: a part without a row is 0 where the variable says so."""
    places = cells.of(item)
    if not places:
        return np.full(len(cells.codes), np.nan), np.full(len(cells.codes), NO_ROW)
    ranks, values = cells.ranks[:, places], cells.values[:, places]
    nothing = (ranks == NO_ROW).all(axis=1)
    lacking = (ranks == NO_ROW).any(axis=1) & ~np.array(item.variable.zero_without_row)
    total = np.where(ranks == NO_ROW, 0.0, values).sum(axis=1)
    result = ranks.max(axis=1)  # published, then estimated, secret, absent: the worst part's
    result = np.where((ranks == _EMPTY).any(axis=1) | lacking, BLANK, result).astype(np.int8)
    result[nothing] = NO_ROW
    return np.where(np.isin(result, _VALUED), total, np.nan), result


_VALUED = (RANK[Status.PUBLIE], RANK[Status.ESTIME])


def _explained(panel: Panel, reader: SdmxReader, cells: _Cells, read: Sequence[Wanted]) -> Panel:
    """The panel with what the producer's statuses say in its notes, and no gap where no row is."""
    for position, item in enumerate(read):
        places = cells.of(item)
        nothing = (cells.ranks[:, places] == NO_ROW).all(axis=1)
        panel.ranks[nothing, position] = NO_ROW
        panel.note_numbers[nothing, position] = 0
        for rank, reason, state in _reasons(reader):
            where = (cells.states[:, places] == state).any(axis=1)
            where &= panel.ranks[:, position] == rank
            if where.any():
                panel, number = panel.note_number(reason)
                panel.note_numbers[where, position] = number
    return panel


def _reasons(reader: SdmxReader) -> Iterator[tuple[np.int8, str, int]]:
    for state, rule in enumerate(reader.statuses.values()):
        if rule.reason:
            yield RANK[Status(rule.status)], rule.reason, state
