"""The portal's figures in the formats made from their CSV files: lists of objects, workbooks."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from ctgsite.pages.columns import NUMBERS, STATUSES
from ctgsite.pages.workbook import Line, header_look, number_look, open_book, write_read_me
from ctgsite.site.portal_rows import PORTAL_COLUMNS, PORTAL_NAMES, THEME_AT, Texts
from ctgsite.sources.observations import Status

MOST_ROWS = 1_048_575  # of a sheet, under its header
_INDICATOR, _VALUE, _STATUS = map(PORTAL_NAMES.index, ("indicateur", "valeur", "statut"))
_NUMBERS = frozenset(map(PORTAL_NAMES.index, NUMBERS))


@dataclass(frozen=True, slots=True)
class Copies:
    """What the copies of a CSV file need.

    Attributes:
        path: the CSV file; its copies stand beside it.
        first: the workbook's sheet to read first.
        created: the date that the workbook states.
        precisions: how many decimals each indicator shows in it.
    """

    path: Path
    first: tuple[Line, ...]
    created: datetime
    precisions: Mapping[str, int]


def write_copies(copies: Copies) -> None:
    """Write the rows of a CSV file again, as a list of objects and as a workbook."""
    _write_objects(copies.path)
    book = Workbook(copies)
    for row in _rows(copies.path):
        book.add(row)
    book.finish()


def _rows(path: Path) -> Iterator[Texts]:
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        yield from lines


def _write_objects(path: Path) -> None:
    """Write a list of objects, one a line, their numbers as numbers."""
    with path.with_suffix(".json").open("wb") as file:
        opening = b"["
        for row in _rows(path):
            file.write(opening + b"\n" + orjson.dumps(_typed(row)))
            opening = b","
        file.write(b"[]\n" if opening == b"[" else b"\n]\n")


def _typed(row: Texts) -> dict[str, str | float | None]:
    return {
        name: (float(text) if text else None) if at in _NUMBERS else text
        for at, (name, text) in enumerate(zip(PORTAL_NAMES, row, strict=True))
    }


class Workbook:
    """A workbook of one sheet a theme, and more where a sheet is full."""

    def __init__(self, copies: Copies) -> None:
        """Open the workbook, its parts put together in its folder, and write its first sheet."""
        path = copies.path.with_suffix(".xlsx")
        parts: dict[str, Any] = {
            "constant_memory": True,
            "in_memory": False,
            "tmpdir": str(path.parent),
        }
        self._book = open_book(str(path), "Diagnostics de territoire", copies.created, **parts)
        write_read_me(self._book, copies.first)
        self._head = header_look(self._book)
        self._precisions = copies.precisions
        self._looks: dict[int, Any] = {}
        self._sheets: dict[str, tuple[Any, int]] = {}  # the last sheet of a theme, its last row
        self._names: set[str] = set()

    def add(self, row: Texts) -> None:
        """Write a row on its theme's sheet."""
        page, last = self._sheets.get(row[THEME_AT], (None, MOST_ROWS))
        if page is None or last == MOST_ROWS:
            page, last = self._sheet(row[THEME_AT]), 0
        self._sheets[row[THEME_AT]] = (page, last + 1)
        for at, text in enumerate(row):
            if text and at in _NUMBERS:
                decimals = self._precisions.get(row[_INDICATOR], 2) if at == _VALUE else 0
                page.write_number(last + 1, at, float(text), self._look(decimals))
            elif text:
                page.write_string(last + 1, at, text)
        page.write_string(last + 1, len(row), STATUSES[Status(row[_STATUS])][0])

    def finish(self) -> None:
        """Put the workbook together."""
        for page in self._book.worksheets()[1:]:
            page.autofilter(0, 0, page.dim_rowmax, len(PORTAL_NAMES))
        if self._sheets:
            self._book.worksheets()[1].activate()
        self._book.close()

    def _sheet(self, theme: str) -> Any:
        name, again = theme[:31], 1
        while name in self._names:
            again += 1
            name = f"{theme[:26]} ({again})"
        self._names.add(name)
        page = self._book.add_worksheet(name)
        columns = (*((c.name, c.width) for c in PORTAL_COLUMNS), ("statut_en_clair", 26))
        for at, (title, width) in enumerate(columns):
            page.set_column(at, at, width)
            page.write_string(0, at, title, self._head)
        page.freeze_panes(1, 3)
        return page

    def _look(self, decimals: int) -> Any:
        if decimals not in self._looks:
            self._looks[decimals] = self._book.add_format(number_look(decimals))
        return self._looks[decimals]
