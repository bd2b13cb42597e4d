"""Reads producers' workbooks: sheets whose header stands some rows down."""

from __future__ import annotations

import fnmatch
import io
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from ctgsite.errors import Place, Problem, SourceError
from ctgsite.sources.cells import (
    Source,
    Wanted,
    build_panel,
    check_codes,
    check_columns,
    five_digits,
    read_numbers,
    wanted_columns,
)
from ctgsite.sources.modalities import read_modalities
from ctgsite.sources.opening import check_members, read_bytes
from ctgsite.sources.panel import Panel
from ctgsite.sources.readers import Markers, WorkbookReader
from ctgsite.sources.tables import beside

Rows = Sequence[Sequence[object]]


def open_workbook(path: Path, member: str = "") -> CalamineWorkbook:
    """An .xlsx or .xls workbook, gzipped or not, or the `member` of a .zip.

    Raises:
        SourceError: the file is no workbook.
    """
    content = read_bytes(path, member)
    try:
        check_members(content, path)
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError as error:
        raise SourceError(
            Problem("classeur illisible : un fichier .xlsx ou .xls est attendu", Place(path))
        ) from error


def sheet_rows(source: Source, workbook: CalamineWorkbook, name: str) -> Rows:
    """The cells of a sheet from its first row and column; `name` may hold a `*`.

    Raises:
        SourceError: the workbook has no such sheet.
    """
    found = fnmatch.filter(workbook.sheet_names, name)
    if not found:
        raise SourceError(
            source.problem(
                f"feuille « {name} » attendue ; le classeur a : {', '.join(workbook.sheet_names)}"
            )
        )
    return workbook.get_sheet_by_name(found[0]).to_python(skip_empty_area=False)


def as_text(cell: object) -> str:
    """A cell as the text of a code or a label: 971.0 is 971."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def read_sheets(source: Source, reader: WorkbookReader) -> Panel:
    """The panel of one sheet, its year above the header, or of one sheet a year side by side.

    Raises:
        SourceError: sheet, year, columns, codes or cells are not what the description says.
    """
    workbook = open_workbook(source.path, reader.member)
    if not reader.sheets:
        year = source.year if reader.year_of_name else ""
        return _read_sheet(source, reader, sheet_rows(source, workbook, reader.sheet), year)
    found = {name: re.fullmatch(reader.sheets, name.strip()) for name in workbook.sheet_names}
    years = {match.group(1): name for name, match in found.items() if match}
    if not years:
        raise SourceError(
            source.problem(
                "aucune feuille ne porte une année comme attendu ; le classeur a : "
                + ", ".join(workbook.sheet_names)
            )
        )
    parts = [
        _read_sheet(source, reader, sheet_rows(source, workbook, name), year)
        for year, name in sorted(years.items())
    ]
    codes = parts[0].codes
    for part in parts[1:]:
        codes = codes.union(part.codes)
    return beside([part.aligned(codes) for part in parts])


def _read_sheet(source: Source, reader: WorkbookReader, rows: Rows, of_name: str) -> Panel:
    """The panel of the rows of a sheet, of the year that a name carries or that they tell."""
    header = _header_row(source, reader, rows)
    year = of_name or _year_above(source, reader, rows[:header])
    found = [as_text(cell) for cell in rows[header]]
    wanted = wanted_columns(source, year)
    check_columns(source, [*reader.code, *(item.name for item in wanted)], found, header + 1)
    if len(rows) == header + 1:
        raise SourceError(source.problem("aucune ligne de données dans la feuille", header + 1))
    frame = pd.DataFrame(rows[header + 1 :], columns=found, dtype=object)
    frame = frame.loc[:, ~frame.columns.duplicated()].map(as_text)
    codes = frame[list(reader.code)].agg("".join, axis=1)
    keep = codes.str.fullmatch(reader.code_pattern) if reader.code_pattern else codes.ne("")
    lines = np.flatnonzero(keep.to_numpy()) + header + 2
    codes = five_digits(codes[keep])
    check_codes(source, codes, lines)
    cells = {
        position: _cells(source, frame.loc[keep, item.name], item, lines)
        for position, item in enumerate(wanted)
    }
    return build_panel(source, pd.Index(codes, dtype=object), wanted, cells)


def _cells(
    source: Source, text: pd.Series[str], item: Wanted, lines: npt.NDArray[np.int_]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    if item.variable.modalities:
        return read_modalities(source, text, item.name, lines, item.variable.modalities)
    return read_numbers(source, text, item.name, lines, Markers())


def _header_row(source: Source, reader: WorkbookReader, rows: Rows) -> int:
    for position, row in enumerate(rows):
        if reader.code[0] in map(as_text, row):
            return position
    raise SourceError(
        source.problem(f"ligne d’en-tête introuvable : colonne « {reader.code[0]} » attendue")
    )


def _year_above(source: Source, reader: WorkbookReader, rows: Rows) -> str:
    for row in rows:
        for cell in row:
            found = re.search(reader.year_pattern, str(cell))
            if found:
                return found.group(1)
    raise SourceError(
        source.problem(f"date de référence introuvable (motif attendu : {reader.year_pattern})")
    )
