"""Reads tables out of the producers' geography archives, as text, each row with its line.

CSV members and sheets of workbooks; what is not as described is told with file, line and column.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from python_calamine import CalamineError, CalamineWorkbook

from ctgsite.errors import Place, Problem, SourceError
from ctgsite.geography.layouts import Sheet, Table

ReadBytes = Callable[[Path, str], bytes]  # the content of a file, or of a member of its archive
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """Cells by the name of their column, and the line where they stand, from 1."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one table, and where they come from; `positions` are columns, from 1."""

    path: Path
    name: str
    rows: tuple[Row, ...]
    positions: Mapping[str, int]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def problem(self, message: str, row: Row | None = None, column: str = "") -> Problem:
        """A problem of this table, at a row and column where it has them."""
        place = Place(self.path, row.line if row else 1, self.positions.get(column, 1))
        return Problem(f"{self.name} : {message}", place)

    def only(self, rows: Iterable[Row]) -> Rows:
        """The table of some of its rows."""
        return replace(self, rows=tuple(rows))

    def check(self, column: str, pattern: str, expected: str) -> None:
        """Check the cells of a column; `expected` says in French what they should be ("un nom").

        Raises:
            SourceError: some are not of the pattern; the first few are told.
        """
        wrong = [row for row in self.rows if not re.fullmatch(pattern, row[column])]
        self.refuse(
            (f"colonne {column} : « {row[column]} » au lieu d’{expected}", row, column)
            for row in wrong
        )

    def check_unique(self, column: str) -> None:
        """Check that no cell of a column stands twice.

        Raises:
            SourceError: some do.
        """
        first: dict[str, int] = {}
        twice = [row for row in self.rows if first.setdefault(row[column], row.line) != row.line]
        self.refuse(
            (f"« {row[column]} » figure déjà à la ligne {first[row[column]]}", row, column)
            for row in twice
        )

    def refuse(self, faults: Iterable[tuple[str, Row, str]]) -> None:
        """Raise what is wrong with some rows, if anything is: message, row and column."""
        problems = [self.problem(*fault) for fault in faults]
        if len(problems) > SHOWN:
            more = self.problem(f"{len(problems) - SHOWN} autres lignes ont le même défaut")
            problems = [*problems[:SHOWN], more]
        if problems:
            raise SourceError(problems)


def read_member(
    path: Path, year: str, table: Table, columns: Sequence[str], read: ReadBytes
) -> Rows:
    """Read some columns of a CSV member of an archive.

    Raises:
        SourceError: no member has one of the names of that year, or it is not as described.
    """
    name = _present(path, table.named(year))
    content = read(path, name)
    rows = csv.reader(io.StringIO(_decoded(content, path, name), newline=""), strict=True,
                      delimiter=table.separator)  # fmt: skip
    try:
        lines = [(rows.line_num, row) for row in rows if row]
    except csv.Error as error:
        message = f"{name} : ligne illisible, un fichier CSV était attendu ({error})"
        raise SourceError(Problem(message, Place(path, rows.line_num))) from error
    return _rows(path, name, lines, columns, table.columns)


def read_sheet(
    path: Path, member: str, sheet: Sheet, columns: Sequence[str], read: ReadBytes
) -> Rows:
    """Read some columns of a sheet of the workbook that an archive holds.

    Raises:
        SourceError: the archive holds no such workbook, or no row has these columns.
    """
    grid = _grid(path, member, sheet.name, read)
    wanted = {sheet.columns.get(name, name).upper() for name in columns}
    for position, (_, row) in enumerate(grid):
        if wanted <= {cell.upper() for cell in row}:
            return _rows(path, sheet.name, grid[position:], columns, sheet.columns)
    message = f"{sheet.name} : ligne d’en-tête introuvable, colonnes attendues : "
    raise SourceError(Problem(message + ", ".join(sorted(wanted)), Place(path)))


def read_codes_by_year(path: Path, member: str, sheet: Sheet, prefix: str, read: ReadBytes) -> Rows:
    """Read all columns `<prefix><year>` of a sheet, from the oldest.

    Raises:
        SourceError: no row names two of them.
    """
    for _, row in _grid(path, member, sheet.name, read):
        names = sorted(cell for cell in row if re.fullmatch(rf"{prefix}\d{{4}}", cell))
        if len(names) > 1:
            return read_sheet(path, member, sheet, names, read)
    message = f"{sheet.name} : ligne d’en-tête introuvable, colonnes attendues : {prefix}AAAA"
    raise SourceError(Problem(message, Place(path)))


def _present(path: Path, names: Sequence[str]) -> str:
    """Return the first of some names that an archive holds, or the first of all to be told of."""
    try:
        with zipfile.ZipFile(path) as archive:
            held = {PurePosixPath(name).name.lower() for name in archive.namelist()}
    except (OSError, zipfile.BadZipFile):
        held = set()
    return next((name for name in names if name.lower() in held), names[0])


def _decoded(content: bytes, path: Path, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"{name} : encodage UTF-8 attendu, octet 0x{content[error.start]:02x} rencontré"
        raise SourceError(Problem(message, Place(path, line))) from error


def _grid(path: Path, member: str, sheet: str, read: ReadBytes) -> list[tuple[int, list[str]]]:
    """Return the cells of a sheet as text, each row with its line."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(read(path, member)))
    except CalamineError as error:
        message = f"{member} : classeur illisible, un fichier .xlsx ou .xls est attendu"
        raise SourceError(Problem(message, Place(path))) from error
    if sheet not in workbook.sheet_names:
        known = ", ".join(workbook.sheet_names)
        message = f"feuille « {sheet} » attendue ; le classeur a : {known}"
        raise SourceError(Problem(message, Place(path)))
    rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return [(line, list(map(_text, row))) for line, row in enumerate(rows, 1)]


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _rows(
    path: Path,
    name: str,
    lines: Sequence[tuple[int, list[str]]],
    columns: Sequence[str],
    renamed: Mapping[str, str],
) -> Rows:
    """Return some columns of lines whose first is the header; blank lines are left out."""
    if not lines:
        raise SourceError(Problem(f"{name} : fichier vide", Place(path)))
    line, titles = lines[0]
    header = [cell.strip().upper() for cell in titles]
    missing = [c for c in columns if renamed.get(c, c).upper() not in header]
    if missing:
        message = f"{name} : colonnes attendues et absentes : {', '.join(missing)}"
        raise SourceError(Problem(message, Place(path, line)))
    places = {column: header.index(renamed.get(column, column).upper()) for column in columns}
    rows = []
    for number, row in lines[1:]:
        if len(row) != len(header):
            message = f"{name} : {len(header)} colonnes attendues, {len(row)} trouvées"
            raise SourceError(Problem(message, Place(path, number)))
        cells = {column: row[place].strip() for column, place in places.items()}
        if any(cells.values()):
            rows.append(Row(number, cells))
    if not rows:
        raise SourceError(Problem(f"{name} : aucune ligne de données", Place(path, line)))
    return Rows(path, name, tuple(rows), {column: place + 1 for column, place in places.items()})
