"""Figures as a spreadsheet: a sheet to read first, the figures as a table, and sheets that explain.

The same rows and date give the same bytes. Numbers are rounded where they show, never in a cell;
everything else stays text, whatever it starts with.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from ctgsite.pages.columns import COLUMNS, NUMBERS, STATUSES
from ctgsite.pages.measure_rows import MeasureRow
from ctgsite.sources.observations import Status

TITLE, NOTICE, HEADING, TEXT, PAIR = "titre", "avis", "intertitre", "texte", "paire"
FIGURES = "indicateurs"
LONGEST = 32_767  # characters that a cell can hold
_ADDED = (("statut_en_clair", 26), ("remarque", 60))
_FORMATS: dict[str, dict[str, Any]] = {
    TITLE: {"bold": True, "font_size": 16, "text_wrap": True},
    NOTICE: {"bold": True, "font_color": "#5B3D00", "bg_color": "#FDF3DC", "text_wrap": True},
    HEADING: {"bold": True, "font_size": 12, "bottom": 1, "font_color": "#0F4C75"},
    TEXT: {"text_wrap": True, "valign": "top"},
    PAIR: {"bold": True, "valign": "top"},
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet to read first; only a pair has `more`."""

    kind: str
    text: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet of texts: its columns, each with its width, and its rows."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]


def workbook(
    rows: Sequence[MeasureRow],
    first: Sequence[Line],
    grids: Iterable[Grid],
    title: str,
    created: datetime,
) -> bytes:
    """Return an .xlsx that opens on its figures.

    Args:
        rows: the figures.
        first: the sheet to read first.
        grids: the sheets that explain.
        title: what the document is called.
        created: the date that the file states.
    """
    buffer = io.BytesIO()
    book = open_book(buffer, title, created)
    write_read_me(book, first)
    _write_figures(book, rows)
    for grid in grids:
        write_grid(book, grid)
    book.close()
    return buffer.getvalue()


def open_book(target: Any, title: str, created: datetime, **options: Any) -> Any:
    """Return an empty workbook with its properties, to be closed once it is filled."""
    settings = {"in_memory": True, "strings_to_formulas": False, **options}
    book = xlsxwriter.Workbook(target, settings)
    book.set_properties(
        {
            "title": title,
            "subject": "Diagnostic d’une convention territoriale globale",
            "author": "ctgsite",
            "comments": "La feuille « À lire » dit les colonnes, les statuts et la licence.",
            "created": created.replace(tzinfo=None),
        }
    )
    return book


def write_read_me(book: Any, lines: Iterable[Line]) -> None:
    """Add the sheet to read first."""
    formats = {kind: book.add_format(look) for kind, look in _FORMATS.items()}
    page = book.add_worksheet("À lire")
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 100)
    page.hide_gridlines(2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for at, line in enumerate(lines):
        look = formats[line.kind]
        if line.kind == PAIR:
            page.write_string(at, 0, line.text, look)
            page.write_string(at, 1, line.more, formats[TEXT])
        else:
            page.merge_range(at, 0, at, 1, line.text, look)
            height = 15 * (1 + len(line.text) // 120)
            page.set_row(at, {TITLE: 30, HEADING: 26}.get(line.kind, height))


def write_grid(book: Any, grid: Grid) -> None:
    """Add a sheet of texts, under a header that stays in sight."""
    head, body = header_look(book), book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet(grid.name)
    for at, (name, width) in enumerate(grid.columns):
        page.set_column(at, at, width)
        page.write_string(0, at, name, head)
    for at, row in enumerate(grid.rows, start=1):
        for column, text in enumerate(row):
            if text:
                page.write_string(at, column, text[:LONGEST], body)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(grid.rows), 1), len(grid.columns) - 1)


def number_look(precision: int) -> dict[str, str]:
    """Return how a number shows: as many decimals as on the pages."""
    return {"num_format": "#,##0" + (f".{'0' * precision}" if precision > 0 else "")}


def header_look(book: Any) -> Any:
    """Return the look of a header."""
    return book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})


def _write_figures(book: Any, rows: Sequence[MeasureRow]) -> None:
    """Add the figures as a table that a spreadsheet can sort, filter and name."""
    looks = {p: book.add_format(number_look(p)) for p in {0, *(row.precision for row in rows)}}
    page = book.add_worksheet(FIGURES)
    columns = (*((c.name, c.width) for c in COLUMNS), *_ADDED)
    for at, (_, width) in enumerate(columns):
        page.set_column(at, at, width)
    page.add_table(
        0, 0, max(len(rows), 1), len(columns) - 1,
        {
            "name": FIGURES,
            "style": "Table Style Light 1",
            "columns": [{"header": name} for name, _ in columns],
        },
    )  # fmt: skip
    for line, found in enumerate(rows, start=1):
        for at, column in enumerate(COLUMNS):
            value = found.row[column.name]
            if value is None or value == "":
                continue
            if column.name in NUMBERS:
                look = looks[found.precision if column.name == "valeur" else 0]
                page.write_number(line, at, value, look)
            else:
                page.write_string(line, at, str(value)[:LONGEST])
        page.write_string(line, len(COLUMNS), STATUSES[Status(str(found.row["statut"]))][0])
        if found.remark:
            page.write_string(line, len(COLUMNS) + 1, found.remark[:LONGEST])
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.repeat_rows(0)
    page.activate()
