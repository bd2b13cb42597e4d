"""A workbook's sheet as lines of cells, as a CSV file would have them, each with its place."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from ctgsite.config.delimited import Delimited, Line
from ctgsite.config.spelling import suggestion
from ctgsite.errors import ConfigError, Place, Problem

LARGEST = 100 * 1024**2  # bytes of a workbook once unwrapped
SUFFIXES = (".xlsx", ".xls", ".ods")


def workbook_beside(description: Path) -> Path | None:
    """Return the workbook that a description is about, where there is one."""
    paths = (description.with_suffix(suffix) for suffix in SUFFIXES)
    return next((path for path in paths if path.is_file()), None)


def read_workbook_lines(path: Path, root: Path, sheet: str = "") -> Delimited:
    """Read a sheet, the first unless one is named; its places are (row, column) of the sheet.

    Raises:
        ConfigError: the workbook is unreadable, too large or empty, or has no such sheet.
    """
    shown = path.relative_to(root)
    content = path.read_bytes()
    if _unwrapped(content) > LARGEST:
        raise ConfigError(Problem("ce classeur dépasse 100 Mio une fois décompressé", Place(shown)))
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, zipfile.BadZipFile):
        message = "classeur illisible : enregistrez-le de nouveau, ou en « CSV UTF-8 »"
        raise ConfigError(Problem(message, Place(shown))) from None
    names = workbook.sheet_names
    if sheet and sheet not in names:
        message = f"feuille inconnue « {sheet} »{suggestion(sheet, names)}"
        raise ConfigError(Problem(message, Place(shown)))
    rows = workbook.get_sheet_by_name(sheet or names[0]).to_python(skip_empty_area=False)
    lines = [_line(row, number, shown) for number, row in enumerate(rows, 1)]
    filled = [line for line in lines if any(line.cells)]
    if not filled:
        raise ConfigError(Problem("cette feuille est vide", Place(shown)))
    return Delimited(shown, filled[0], tuple(filled[1:]))


def _unwrapped(content: bytes) -> int:
    """Return the size that a workbook declares once unwrapped."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return len(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(member.file_size for member in archive.infolist())


def _line(row: Sequence[object], number: int, shown: Path) -> Line:
    places = tuple(Place(shown, number, at) for at in range(1, len(row) + 1))
    return Line(tuple(map(_text, row)), places)


def _text(cell: object) -> str:
    """Return a cell as one would type it; a number with decimals has four at least.

    With three, it could be read as thousands.
    """
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        whole, _, decimals = f"{cell:.12f}".rstrip("0").partition(".")
        return f"{whole}.{decimals:0<4}"
    if isinstance(cell, datetime.datetime | datetime.date):
        return cell.isoformat()[:10]
    return str(cell).strip()
