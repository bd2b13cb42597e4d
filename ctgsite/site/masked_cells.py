"""Searches a finished site for the masked counts of a territory's own tables.

The true counts are known here and nowhere else downstream of `sources`. Three things are asked of
the site's files: that no copy of a table has a number where a count is masked; that no other table,
chart, text or file names the row and the column and gives the count; and that what is published of
a table, read back from all its copies, lets nobody work a small count out.

A table that bears the title or the file's name of another of the territory's is that other's alone:
last year's counts may equal this year's. A row told as it is published is no leak either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

import orjson

from ctgsite.errors import Problem
from ctgsite.site.model import Files
from ctgsite.site.points import labelled_points
from ctgsite.site.published import (
    Grid,
    as_grid,
    figures,
    file_rows,
    json_texts,
    normal,
    numbers,
    passages,
    tables,
)
from ctgsite.sources.audit import ContradictionError, exposed
from ctgsite.sources.local_tables import LocalTable, MaskedCell
from ctgsite.sources.sums import sums_of_table

_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"(?<=[.!?]) ")
Place = tuple[str, str]  # row and column, normalised


@dataclass(frozen=True)
class Guarded:
    """One table, the counts that it masks, and its labels as texts are compared."""

    table: LocalTable
    masked: dict[Place, MaskedCell] = field(repr=False)
    title: str
    file: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    told: re.Pattern[str]

    @classmethod
    def of(cls, table: LocalTable, cells: Iterable[MaskedCell]) -> Guarded:
        """Gather what concerns one table."""
        own = (cell for cell in cells if cell.table == table.name)
        return cls(
            table,
            {(normal(cell.row), normal(cell.column)): cell for cell in own},
            normal(table.title),
            f"/{table.name}.csv",
            tuple(map(normal, table.rows)),
            tuple(map(normal, table.columns)),
            _told(table),
        )

    @property
    def counted(self) -> tuple[str, ...]:
        """The columns without their total, which a copy need not have."""
        return self.columns[:-1] if len(self.columns) > 1 else self.columns


def _told(table: LocalTable) -> re.Pattern[str]:
    """Return what a row looks like as it is published, without its label, in a text."""
    lines = (
        r"[ ;]+".join(
            [re.escape(normal(row)), *(r"[^\W\d]+" if n is None else str(n) for n in line)]
        )
        for row, line in zip(table.rows, table.cells, strict=True)
    )
    return re.compile("|".join(rf"(?<!\w){line}(?![\w.,]\d)(?!\w)" for line in lines))


def search_cells(
    files: Files, tables_shown: Iterable[LocalTable], cells: Iterable[MaskedCell]
) -> Iterator[Problem]:
    """Yield each place of a site that gives a masked count, or that lets it be worked out."""
    masked = tuple(cells)
    guarded = [Guarded.of(table, masked) for table in tables_shown]
    published: dict[str, dict[Place, int]] = {item.table.name: {} for item in guarded}
    for path, content in files.items() if guarded else ():
        if path.endswith((".html", ".csv", ".xlsx", ".json")):
            grids, texts = _content(path, content)
            for item in guarded:
                known = published[item.table.name]
                own = [grid for grid in grids if _owner(path, grid, guarded) in (None, item)]
                found = [place for grid in own for place in _in_grid(grid, item, known)]
                found += [place for text in texts for place in _in_text(text, item)]
                for place in dict.fromkeys(found):
                    yield _leak(path, item, place)
    for item in guarded:
        yield from _subtracted(item, published[item.table.name])


def _owner(path: str, grid: Grid, guarded: Iterable[Guarded]) -> Guarded | None:
    """Return whose table a grid says that it is."""
    named = (i for i in guarded if grid.caption == i.title or f"/{path}".endswith(i.file))
    return next(named, None)


def _leak(path: str, item: Guarded, place: Place) -> Problem:
    cell = item.masked[place]
    return Problem(
        f"« {path} » donne un effectif masqué du tableau « {item.table.title} » : ligne "
        f"« {cell.row} », colonne « {cell.column} »"
    )


def _content(path: str, content: bytes) -> tuple[list[Grid], list[str]]:
    """Return the tables and the texts of a file; a chart's points and a row of files are texts."""
    if not path.endswith(".html"):
        grids = [grid for rows in file_rows(path, content) if (grid := as_grid(rows))]
        lines = (" ; ".join(row) for grid in grids for row in grid.rows)
        texts = [line for line in lines if not _SENTENCE.search(line)]  # prose: read below
        if path.endswith(".json"):
            told = (part for text in json_texts(orjson.loads(content)) for part in passages(text))
            texts += [part for text in told for part in _neighbours(text)]
        return grids, texts
    page = content.decode()
    grids = list(tables(page))
    texts = [part for text in passages(page) for part in _neighbours(text)]
    for shown in figures(page):
        texts += [f"{shown.name} ; {point}" for point in labelled_points(shown.chart)]
    return grids, texts


def _neighbours(text: str) -> list[str]:
    """Return a text two sentences at a time: what one names, the next may count."""
    parts = _SENTENCE.split(text)
    return [f"{one} {other}" for one, other in zip(parts, [*parts[1:], ""], strict=True)]


def _in_grid(grid: Grid, item: Guarded, known: dict[Place, int]) -> Iterator[Place]:
    """Yield the masked cells that a table fills; note all that a copy gives as known."""
    heads = (set(grid.columns), {row[0] for row in grid.rows if row})
    copy = grid.caption == item.title or any(head >= set(item.counted) for head in heads)
    for row in grid.rows:
        for column, cell in list(zip(grid.columns, row, strict=False))[1:]:
            for place in ((row[0], column), (column, row[0])):
                if place[0] not in item.rows or place[1] not in item.columns:
                    continue
                cell_of = item.masked.get(place)
                if copy and (count := cell.replace(" ", "")).isdecimal():
                    known[place] = int(count)
                if cell_of and (_DIGIT.search(cell) if copy else _gives(cell, cell_of)):
                    yield place


def _gives(text: str, cell: MaskedCell) -> bool:
    return str(cell.value) in numbers(text)


def _in_text(text: str, item: Guarded) -> Iterator[Place]:
    """Yield the masked cells that a text names, by row and column or title, with their count."""
    text = item.told.sub(" ", text)
    for place, cell in item.masked.items():
        row, column = place
        if _names(text, row) and (_names(text, column) or item.title in text):
            for part in _parts(text, row, item.rows):
                rest = part.replace(row, " ").replace(column, " ").replace(item.title, " ")
                if _gives(rest, cell):
                    yield place


def _names(text: str, word: str) -> bool:
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _parts(text: str, row: str, rows: Iterable[str]) -> list[str]:
    """Return the text, or only what follows a row's name up to the next one where it lists them."""
    others = [name for name in rows if name != row and _names(text, name)]
    if not others:
        return [text]
    ends = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in others)
    return [re.split(ends, part)[0] for part in text.split(row)[1:]]


def _subtracted(item: Guarded, known: dict[Place, int]) -> Iterator[Problem]:
    """Attack what the copies of a table say together, as a reader could."""
    places = [(row, column) for row in item.rows for column in item.columns]
    table = item.table
    true = [
        item.masked[place].value if place in item.masked else value or 0
        for place, value in zip(places, chain.from_iterable(table.cells), strict=True)
    ]
    height, width = len(table.rows), len(table.columns)
    sums = sums_of_table(height - (height > 1), width - (width > 1))
    try:
        found = exposed([known.get(place) for place in places], true, sums, table.threshold)
    except ContradictionError:
        message = f"les chiffres publiés du tableau « {table.title} » ne s’additionnent pas"
        yield Problem(message)
        return
    for at in found:
        cell = item.masked[places[at]]
        where = f"ligne « {cell.row} », colonne « {cell.column} »"
        message = f"un effectif masqué de « {table.title} » se retrouve par soustraction : {where}"
        yield Problem(message)
