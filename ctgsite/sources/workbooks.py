"""Reads INSEE's workbooks: a sheet whose header stands some rows down, or one sheet a year of ages."""

from __future__ import annotations

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
    BLANK,
    Source,
    build_panel,
    check_codes,
    check_columns,
    read_numbers,
    wanted_columns,
)
from ctgsite.sources.descriptions import AgeSheetsReader, Markers, WorkbookReader
from ctgsite.sources.observations import Status
from ctgsite.sources.opening import read_bytes
from ctgsite.sources.panel import RANK, Panel, Values
from ctgsite.sources.tables import beside

Rows = list[list[object]]


def open_workbook(path: Path) -> CalamineWorkbook:
    """An .xlsx or .xls workbook, gzipped or not.

    Raises:
        SourceError: the file is no workbook.
    """
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(read_bytes(path)))
    except CalamineError as error:
        raise SourceError(
            Problem("classeur illisible : un fichier .xlsx ou .xls est attendu", Place(path))
        ) from error


def sheet_rows(source: Source, workbook: CalamineWorkbook, name: str) -> Rows:
    """The cells of a sheet from its first row and column.

    Raises:
        SourceError: the workbook has no such sheet.
    """
    if name not in workbook.sheet_names:
        raise SourceError(
            source.problem(
                f"feuille « {name} » attendue ; le classeur a : {', '.join(workbook.sheet_names)}"
            )
        )
    return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def as_text(cell: object) -> str:
    """A cell as the text of a code or a label: 971.0 is 971."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def read_workbook(source: Source, reader: WorkbookReader) -> Panel:
    """The panel of one sheet; the year is read above the header.

    Raises:
        SourceError: sheet, year, columns, codes or cells are not what the description says.
    """
    rows = sheet_rows(source, open_workbook(source.path), reader.sheet)
    header = _header_row(source, reader, rows)
    year = _year_above(source, reader, rows[:header])
    found = [as_text(cell) for cell in rows[header]]
    wanted = wanted_columns(source, year)
    check_columns(source, [*reader.code, *(item.name for item in wanted)], found, header + 1)
    frame = pd.DataFrame(rows[header + 1 :], columns=found, dtype=object)
    frame = frame.loc[:, ~frame.columns.duplicated()].map(as_text)
    codes = frame[reader.code[0]].str.cat([frame[name] for name in reader.code[1:]])
    keep = codes.ne("")
    lines = np.flatnonzero(keep.to_numpy()) + header + 2
    codes = _overseas(codes[keep])
    check_codes(source, codes, lines)
    cells = {
        position: read_numbers(source, frame.loc[keep, item.name], item.name, lines, Markers())
        for position, item in enumerate(wanted)
    }
    return build_panel(source, pd.Index(codes, dtype=object), wanted, cells)


def _overseas(codes: pd.Series[str]) -> pd.Series[str]:
    """Codes joined from 974 and 421 have a digit too many: the département ends the commune's."""
    return codes.where(codes.str.len() <= 5, codes.str[:3] + codes.str[-2:])


def _header_row(source: Source, reader: WorkbookReader, rows: Rows) -> int:
    for position, row in enumerate(rows):
        if reader.code[0] in row:
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


FIRST_AGE = 2  # column of the first age class
HEADING_ROW = 4
ROUNDING = 2.0  # persons
OVERSEAS_GAP = "pas d’estimation au-delà de 90 ans outre-mer de 1990 à 1998"
REPAIRED = "hommes plus femmes, la cellule de l’ensemble étant erronée dans le fichier"


def read_age_sheets(source: Source, reader: AgeSheetsReader) -> Panel:
    """The panel of a workbook with a sheet a year; the year is the sheet's name.

    Raises:
        SourceError: no sheet, or one whose headings, codes or totals are not as described.
    """
    workbook = open_workbook(source.path)
    years = sorted(
        name
        for name in workbook.sheet_names
        if re.fullmatch(r"\d{4}", name) and int(name) >= reader.first_year
    )
    if not years:
        raise SourceError(source.problem("aucune feuille ne porte une année (« 2021 »)"))
    parts = [_age_sheet(source, reader, workbook, year) for year in years]
    codes = parts[0].codes
    for part in parts[1:]:
        codes = codes.union(part.codes)
    return beside([part.aligned(codes) for part in parts])


def _age_sheet(
    source: Source, reader: AgeSheetsReader, workbook: CalamineWorkbook, year: str
) -> Panel:
    rows = sheet_rows(source, workbook, year)
    wanted = wanted_columns(source, year)
    headings = [as_text(cell) for cell in rows[HEADING_ROW][FIRST_AGE:]]
    read = [reader.tolerated_headings.get(name, name) for name in headings]
    expected = [item.name for item in wanted]
    if read[: len(expected)] != expected:
        position = next(
            (i for i, name in enumerate(expected) if i >= len(read) or read[i] != name), 0
        )
        raise SourceError(
            source.problem(
                f"feuille {year} : colonne « {expected[position]} » attendue, "
                f"« {read[position] if position < len(read) else ''} » trouvée",
                HEADING_ROW + 1,
                FIRST_AGE + position + 1,
            )
        )
    kept = [row for row in rows[HEADING_ROW + 1 :] if _is_departement(row)]
    codes = pd.Series([as_text(row[0]) for row in kept], dtype=str)
    check_codes(source, codes, np.arange(len(kept)) + HEADING_ROW + 2)
    values = np.array(
        [[_figure(cell) for cell in row[FIRST_AGE : FIRST_AGE + len(expected)]] for row in kept]
    )
    ranks = np.where(np.isnan(values), BLANK, RANK[Status.PUBLIE]).astype(np.int8)
    wrong = _repaired(values)
    ranks[:, : wrong.shape[1]][wrong] = RANK[Status.CALCULE]
    _check_totals(source, year, values, codes)
    panel = build_panel(
        source,
        pd.Index(codes, dtype=object),
        wanted,
        {i: (values[:, i], ranks[:, i]) for i in range(len(wanted))},
    )
    if any("provisoire" in str(row[0]) for row in rows if row):
        panel = _noted(panel, panel.has_value, "estimation provisoire")
    return _noted(panel, panel.ranks == RANK[Status.CALCULE], REPAIRED)


def _repaired(values: Values) -> npt.NDArray[np.bool_]:
    """Makes both sexes the sum of men and women where the cell is not, and says where it did."""
    both, men, women = np.split(values, 3, axis=1)
    wrong = np.abs(both - men - women) > ROUNDING
    both[wrong] = (men + women)[wrong]
    return wrong


def _noted(panel: Panel, where: npt.NDArray[np.bool_], note: str) -> Panel:
    if not where.any():
        return panel
    panel, number = panel.note_number(note)
    panel.note_numbers[where] = number
    return panel


def _is_departement(row: Sequence[object]) -> bool:
    return bool(re.fullmatch(r"\d{2}|2[AB]|97\d", as_text(row[0])))


def _figure(cell: object) -> float:
    return float(cell) if isinstance(cell, int | float) else np.nan


def _check_totals(source: Source, year: str, values: Values, codes: pd.Series[str]) -> None:
    """Each block's classes add up to its last column, within the producer's rounding."""
    for block in np.split(values, 3, axis=1):
        gap = np.abs(np.nansum(block[:, :-1], axis=1) - block[:, -1])
        if (gap > ROUNDING * block.shape[1]).any():
            worst = codes.iloc[int(gap.argmax())]
            raise SourceError(
                source.problem(
                    f"feuille {year} : la somme des âges du département {worst} s’écarte du total "
                    f"de {gap.max():.0f}"
                )
            )
