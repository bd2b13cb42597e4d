"""Reads lists of establishments as delimited text: their index, told by commune and by year.

A commune's figure is the mean of its establishments, each counting once, or the number of those
that have one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctgsite.errors import SourceError
from ctgsite.sources.cells import SHOWN, Source, Wanted, build_panel, read_numbers, wanted_columns
from ctgsite.sources.long_rows import LINE
from ctgsite.sources.observations import Status
from ctgsite.sources.panel import RANK, Panel
from ctgsite.sources.readers import ListReader
from ctgsite.sources.tables import beside, read_frame

PUBLISHED = RANK[Status.PUBLIE]
Told = Literal["moyenne", "nombre"]


def read_list(source: Source, reader: ListReader) -> Panel:
    """Return the panel of a list whose rows are an establishment in a year.

    Raises:
        SourceError: the table is not as described, or an establishment stands twice in a year.
    """
    frame = read_frame(source, reader)
    years = frame[reader.year_column].str.strip()
    _check_once(source, reader, frame.assign(**{reader.year_column: years}))
    codes = pd.Index(frame[reader.code].unique(), dtype=object)
    parts = [
        _of_year(source, reader, frame[years.eq(year)], year).aligned(codes)
        for year in sorted(years.unique())
    ]
    return beside(parts)


def _check_once(source: Source, reader: ListReader, frame: pd.DataFrame) -> None:
    twice = frame.duplicated([reader.unit, reader.year_column])
    found = zip(frame[reader.unit][twice], frame[LINE][twice], strict=True)
    problems = [
        source.problem(f"l’établissement {unit} figure deux fois la même année", int(line))
        for unit, line in list(found)[:SHOWN]
    ]
    if problems:
        raise SourceError(problems)


def _of_year(source: Source, reader: ListReader, rows: pd.DataFrame, year: str) -> Panel:
    wanted = [
        replace(item, column=replace(item.column, year=year))
        for item in wanted_columns(source, year)
    ]
    codes = pd.Index(rows[reader.code].unique(), dtype=object)
    cells = {
        position: _cells(source, reader, rows, item, codes) for position, item in enumerate(wanted)
    }
    return build_panel(source, codes, wanted, cells)


def _cells(
    source: Source, reader: ListReader, rows: pd.DataFrame, item: Wanted, codes: pd.Index[str]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    """Return the figures of communes; those none of whose establishments has one are blank."""
    told, _, name = item.name.partition(":")
    lines = rows[LINE].to_numpy(int)
    values, ranks = read_numbers(
        source, rows[name], name, lines, reader.markers, decimal=reader.decimal
    )
    known = pd.Series(values)[ranks == PUBLISHED]
    groups = known.groupby(rows[reader.code].to_numpy()[ranks == PUBLISHED])
    figures = groups.mean() if told == "moyenne" else groups.size().astype(float)
    found = figures.reindex(codes).to_numpy(float)
    return found, np.where(np.isnan(found), -1, PUBLISHED).astype(np.int8)
