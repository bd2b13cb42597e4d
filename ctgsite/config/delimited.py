"""CSV files as lines of cells, each with its place in the file; commas or semicolons."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from ctgsite.config.positions import read_text
from ctgsite.errors import ConfigError, Place, Problem


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its cells without the spaces around them, and where each begins."""

    cells: tuple[str, ...]
    places: tuple[Place, ...]

    def place(self, cell: int) -> Place:
        """Return where a cell begins, or the line itself where it lacks that cell."""
        return self.places[cell] if cell < len(self.places) else self.places[0]


@dataclass(frozen=True, slots=True)
class Delimited:
    """A CSV file: its first line, then the others that are not empty."""

    path: Path  # relative to the workspace, as messages show it
    header: Line
    lines: tuple[Line, ...]


def read_delimited(path: Path, root: Path) -> Delimited:
    """Read a CSV file; its places are relative to `root`.

    Raises:
        ConfigError: the file is unreadable, empty, not UTF-8 or not CSV.
    """
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    text = read_text(path, shown)
    first = text.partition("\n")[0]
    return lines_of(text, shown, ";" if first.count(";") > first.count(",") else ",")


def lines_of(text: str, shown: Path, separator: str) -> Delimited:
    """Cut a text into lines of cells; `shown` is how messages name its file.

    Raises:
        ConfigError: the text is empty or not CSV.
    """
    lines = []
    number = 1
    written = list(io.StringIO(text, newline=""))
    reader = csv.reader(written, delimiter=separator, strict=True)
    try:
        for record in reader:
            cells = tuple(cell.strip() for cell in record)
            if any(cells):
                starts = _starts(written[number - 1].rstrip("\r\n"), separator, len(cells))
                lines.append(Line(cells, tuple(Place(shown, number, at) for at in starts)))
            number = reader.line_num + 1
    except csv.Error:
        message = "un guillemet est mal placé ou n’est jamais fermé"
        raise ConfigError(Problem(message, Place(shown, number))) from None
    if not lines:
        raise ConfigError(Problem("ce fichier est vide", Place(shown)))
    return Delimited(shown, lines[0], tuple(lines[1:]))


def _starts(line: str, separator: str, count: int) -> list[int]:
    """Return the column at which each cell of a line begins; 1 for those on lines below."""
    cell = re.compile(rf'(?:^|{separator})(?P<cell>"(?:[^"]|"")*"|[^{separator}]*)')
    found = [match.start("cell") + 1 for match in cell.finditer(line)][:count]
    return found + [1] * (count - len(found))
