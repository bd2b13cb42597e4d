"""The rows of all sites as one stream, and the files that it is written to as it passes.

Nothing is held but the row in hand: the size of the portal's files does not depend on memory.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import orjson

from ctgsite.pages.banners import FICTITIOUS
from ctgsite.pages.columns import COLUMNS, NAMES, NUMBERS, STATUSES, Column
from ctgsite.pages.workbook import Line, header_look, number_look, open_book, write_read_me
from ctgsite.site.model import SiteCard
from ctgsite.sources.observations import Status

SITE = Column("site", "string", "Adresse du diagnostic sur ce portail", 26)
NOTICE = Column("avertissement", "string", "Ce qu’il faut savoir du diagnostic ; souvent vide", 30)
PORTAL_COLUMNS = (SITE, *COLUMNS, NOTICE)
PORTAL_NAMES = (SITE.name, *NAMES, NOTICE.name)
MOST_ROWS = 1_048_575  # of a sheet, under its header
_VALUE, _STATUS, _THEME = (PORTAL_NAMES.index(name) for name in ("valeur", "statut", "theme"))
_INDICATOR = PORTAL_NAMES.index("indicateur")
_NUMBERS = frozenset(PORTAL_NAMES.index(name) for name in NUMBERS)

Texts = list[str]


class Sink(Protocol):
    """A file that takes rows."""

    def add(self, row: Texts) -> None:
        """Take one row."""


def site_rows(csv_file: Path, card: SiteCard) -> Iterator[Texts]:
    """Yield the rows of one site; none where its file has other columns, of another version."""
    with csv_file.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if next(lines, None) != list(NAMES):
            return
        notice = notice_of(card)
        for line in lines:
            yield [card.slug, *line, notice]


def notice_of(card: SiteCard) -> str:
    """Return what is said beside each row of a site whose convention is invented, or ""."""
    return FICTITIOUS if card.fictitious else ""


@dataclass
class CsvSinks:
    """One CSV file for all rows, and one for each theme as it appears."""

    folder: Path
    stack: ExitStack
    writers: dict[str, Any] = field(default_factory=dict)

    def add(self, row: Texts) -> None:
        """Write a row to the whole and to its theme's."""
        for path in ("indicateurs.csv", f"thematiques/{row[_THEME]}.csv"):
            writer = self.writers.get(path) or self._open(path)
            writer.writerow(row)

    def _open(self, path: str) -> Any:
        target = self.folder / path
        target.parent.mkdir(exist_ok=True)
        file = self.stack.enter_context(target.open("w", encoding="utf-8", newline=""))
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(PORTAL_NAMES)
        self.writers[path] = writer
        return writer

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes that have a file, by name."""
        return tuple(sorted(Path(path).stem for path in self.writers if "/" in path))

    def start(self) -> None:
        """Open the whole file, which exists even without a row."""
        self._open("indicateurs.csv")


@dataclass
class JsonSink:
    """A list of objects, one a line."""

    file: Any
    count: int = 0

    def add(self, row: Texts) -> None:
        """Write a row, its numbers as numbers."""
        told = {
            name: (float(text) if text else None) if at in _NUMBERS else text
            for at, (name, text) in enumerate(zip(PORTAL_NAMES, row, strict=True))
        }
        self.file.write((b",\n" if self.count else b"[\n") + orjson.dumps(told))
        self.count += 1

    def finish(self) -> None:
        """Close the list."""
        self.file.write(b"\n]\n" if self.count else b"[]\n")


class WorkbookSink:
    """A workbook of one sheet a theme, and more where a sheet is full."""

    def __init__(
        self, path: Path, first: tuple[Line, ...], created: datetime, precisions: Mapping[str, int]
    ) -> None:
        """Open the workbook and write the sheet to read first.

        Args:
            path: where it goes; its parts are put together in the same folder.
            first: the sheet to read first.
            created: the date that the file states.
            precisions: how many decimals each indicator shows.
        """
        parts: dict[str, Any] = {
            "constant_memory": True,
            "in_memory": False,
            "tmpdir": str(path.parent),
        }
        self._book = open_book(str(path), "Diagnostics de territoire", created, **parts)
        write_read_me(self._book, first)
        self._head = header_look(self._book)
        self._precisions = precisions
        self._looks: dict[int, Any] = {}
        self._sheets: dict[str, tuple[Any, int]] = {}  # the last sheet of a theme, its last row
        self._names: set[str] = set()

    def add(self, row: Texts) -> None:
        """Write a row on its theme's sheet."""
        page, last = self._sheets.get(row[_THEME], (None, MOST_ROWS))
        if page is None or last == MOST_ROWS:
            page, last = self._sheet(row[_THEME]), 0
        self._sheets[row[_THEME]] = (page, last + 1)
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
