"""Reads INSEE's estimates of population: one sheet a year, ages in three blocks side by side.

Both sexes, men and women each end with their total, which checks the sheet: a cell that is not the
sum of men and women is replaced by it and says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from python_calamine import CalamineWorkbook

from ctgsite.errors import SourceError
from ctgsite.geography.areas import FRANCE_CODE, Level
from ctgsite.sources.cells import (
    BLANK,
    Source,
    Wanted,
    build_panel,
    check_codes,
    wanted_columns,
)
from ctgsite.sources.observations import Status
from ctgsite.sources.panel import RANK, Panel, Values
from ctgsite.sources.readers import AgeSheetsReader
from ctgsite.sources.tables import beside
from ctgsite.sources.workbooks import Rows, as_text, open_workbook, sheet_rows

FIRST_AGE = 2  # column of the first age class
HEADING_ROW = 4
ROUNDING = 2.0  # persons
FRANCE_LABEL = "France métropolitaine et DOM"
OPEN_EARLIER = "pas d’estimation par âge détaillé au-delà de 90 ans outre-mer de 1990 à 1998"
REPAIRED = "hommes plus femmes, la cellule de l’ensemble étant erronée dans le fichier"
PROVISIONAL = "estimation provisoire"


def read_age_sheets(source: Source, reader: AgeSheetsReader) -> tuple[Panel, Panel]:
    """The panels of the départements and of France; a sheet's name is its year.

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
    parts = [_sheet(source, reader, workbook, year) for year in years]
    codes = parts[0].codes
    for part in parts[1:]:
        codes = codes.union(part.codes)
    whole = beside([part.aligned(codes) for part in parts])
    france = whole.codes == FRANCE_CODE
    return whole.rows(~france), whole.rows(france).at_level(Level.FRANCE)


def _sheet(source: Source, reader: AgeSheetsReader, workbook: CalamineWorkbook, year: str) -> Panel:
    rows = sheet_rows(source, workbook, year)
    wanted = wanted_columns(source, year)
    _check_headings(source, reader, rows, wanted, year)
    kept = [row for row in rows[HEADING_ROW + 1 :] if _code(row)]
    codes = pd.Series([_code(row) for row in kept], dtype=str)
    check_codes(source, codes, np.arange(len(kept)) + HEADING_ROW + 2)
    last = FIRST_AGE + len(wanted)
    values = np.array(
        [[_figure(source, year, cell) for cell in row[FIRST_AGE:last]] for row in kept]
    )
    repaired = _repaired(values)
    _check_totals(source, year, values, codes)
    opened = _opened_earlier(values)
    ranks = np.where(np.isnan(values), BLANK, RANK[Status.PUBLIE]).astype(np.int8)
    ranks[repaired] = RANK[Status.CALCULE]
    cells = {place: (values[:, place], ranks[:, place]) for place in range(len(wanted))}
    panel = build_panel(source, pd.Index(codes, dtype=object), wanted, cells)
    if any("provisoire" in str(row[0]) for row in rows if row):
        panel = _noted(panel, panel.has_value, PROVISIONAL)
    return _noted(_noted(panel, repaired, REPAIRED), opened, OPEN_EARLIER)


def _check_headings(
    source: Source, reader: AgeSheetsReader, rows: Rows, wanted: list[Wanted], year: str
) -> None:
    """The ages stand where they are expected; a heading known to be mistyped is tolerated."""
    found = [as_text(cell) for cell in rows[HEADING_ROW][FIRST_AGE:]]
    read = [reader.tolerated_headings.get(name, name) for name in found]
    for place, item in enumerate(wanted):
        heading = read[place] if place < len(read) else ""
        if heading != item.name:
            raise SourceError(
                source.problem(
                    f"feuille {year} : colonne « {item.name} » attendue, « {heading} » trouvée",
                    HEADING_ROW + 1,
                    FIRST_AGE + place + 1,
                )
            )


def _code(row: Sequence[object]) -> str:
    """The area of a row, "" for headings, footers and other totals."""
    text = as_text(row[0]) if row else ""
    if text == FRANCE_LABEL:
        return FRANCE_CODE
    return text if re.fullmatch(r"\d{2}|2[AB]|97\d", text) else ""


def _figure(source: Source, year: str, cell: object) -> float:
    if isinstance(cell, int | float):
        return float(cell)
    if str(cell).strip():
        raise SourceError(source.problem(f"feuille {year} : « {cell} » n’est pas un nombre"))
    return np.nan


def _repaired(values: Values) -> npt.NDArray[np.bool_]:
    """Makes both sexes the sum of men and women where the cell is not, and says where it did."""
    both, men, women = np.split(values, 3, axis=1)
    wrong = np.abs(both - men - women) > ROUNDING
    both[wrong] = (men + women)[wrong]
    elsewhere = np.zeros_like(wrong)
    return np.hstack([wrong, elsewhere, elsewhere])


def _opened_earlier(values: Values) -> npt.NDArray[np.bool_]:
    """Blanks the last two classes of rows whose last one is: theirs is "90 ans et plus"."""
    opened = np.zeros(values.shape, dtype=bool)
    for block in np.split(np.arange(values.shape[1]), 3):
        rows = np.isnan(values[:, block[-2]]) & ~np.isnan(values[:, block[-1]])
        opened[np.ix_(rows, block[-3:-1])] = True
    values[opened] = np.nan
    return opened


def _check_totals(source: Source, year: str, values: Values, codes: pd.Series[str]) -> None:
    """Each block's classes add up to its last column, within the producer's rounding."""
    for block in np.split(values, 3, axis=1):
        gap = np.abs(np.nansum(block[:, :-1], axis=1) - block[:, -1])
        if (gap > ROUNDING * block.shape[1]).any():
            worst = codes.iloc[int(gap.argmax())]
            raise SourceError(
                source.problem(
                    f"feuille {year} : la somme des âges de {worst} s’écarte de son total de "
                    f"{gap.max():.0f}"
                )
            )


def _noted(panel: Panel, where: npt.NDArray[np.bool_], note: str) -> Panel:
    if not where.any():
        return panel
    panel, number = panel.note_number(note)
    panel.note_numbers[where] = number
    return panel
