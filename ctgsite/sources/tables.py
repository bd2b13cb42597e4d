"""Reads delimited text, one row an area or longer; most of INSEE's and of the Caf's files."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctgsite.errors import SourceError
from ctgsite.sources.cells import (
    BLANK,
    Source,
    Wanted,
    build_panel,
    check_codes,
    check_columns,
    five_digits,
    read_numbers,
    wanted_columns,
)
from ctgsite.sources.long_rows import LINE, YEAR, by_category, column_of, with_years
from ctgsite.sources.modalities import read_modalities
from ctgsite.sources.observations import Status
from ctgsite.sources.opening import decode, read_bytes
from ctgsite.sources.panel import RANK, Panel
from ctgsite.sources.readers import (
    ListReader,
    MissingRule,
    QuarterReader,
    TableReader,
    TallyReader,
)
from ctgsite.sources.rows import rows_of

Cells = tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]  # values and ranks of a column


def read_table(source: Source, reader: TableReader) -> Panel:
    """The panel of a delimited file.

    Raises:
        SourceError: encoding, columns, codes or cells are not what the description says.
    """
    frame = read_frame(source, reader)
    if reader.is_dated:
        return _read_long(source, reader, with_years(source, reader, frame))
    checked = frame if not reader.year_check else _one_year(source, reader, frame)
    kept, others = _filtered(checked, reader)
    check_codes(source, kept[reader.code], kept[LINE].to_numpy(int))
    panel = panel_of(source, reader, kept, wanted_columns(source), kept[reader.code])
    if reader.other_rows is not None:
        panel = _with_others(panel, others, reader.other_rows)
    return panel


def read_frame(source: Source, reader: TableReader) -> pd.DataFrame:
    """The file as text, with its code column `code` made official and each row's LINE."""
    return _with_codes(source, reader, read_rows(source, reader))


def read_rows(source: Source, reader: TableReader) -> pd.DataFrame:
    """The columns that a description names, as the file writes them, with each row's LINE."""
    text = decode(read_bytes(source.path, reader.member), source.path, reader.encodings)
    header = text.partition("\n")[0].rstrip("\r")
    expected = [column_of(reader, name) for item in wanted_columns(source) for name in item.source]
    keys = (reader.year_column, reader.date_column, reader.category_column, reader.year_check)
    unit = (reader.unit,) if isinstance(reader, ListReader) else ()
    above = reader.levels.values() if isinstance(reader, TallyReader) else ()
    checked = [reader.code, *expected, *reader.row_filter, *keys, *unit, *above]
    separator = _separator(reader, header)
    found = list(reader.headers) or header.split(separator)
    if not reader.headers:
        found = [name.strip('"').strip() for name in found]
        check_columns(source, filter(None, checked), found, 1)
    elif header.count(separator) + 1 != len(found):
        raise SourceError(
            source.problem(
                f"{len(found)} colonnes attendues (fichier sans ligne d’en-tête), "
                f"{header.count(separator) + 1} trouvées"
            )
        )
    names = dict.fromkeys(filter(None, [*checked, *(n for n in _labels(reader) if n in found)]))
    return _parse(source, reader, text, separator, found, list(names))


def _separator(reader: TableReader, header: str) -> str:
    """The separator, of those that the producer uses, that cuts a header into most columns."""
    return max((reader.separator, *reader.other_separators), key=header.count)


def _parse(
    source: Source,
    reader: TableReader,
    text: str,
    separator: str,
    found: list[str],
    names: list[str],
) -> pd.DataFrame:
    """The columns used, as text, with each row's LINE; blank lines are left out.

    pandas would fill a row cut short with blanks, which mean secrets: every row is counted here.
    """
    positions = [found.index(name) for name in names]
    rows: list[list[str]] = []
    lines: list[int] = []
    for number, row in rows_of(text, separator):
        if number == 1 and not reader.headers:
            continue
        if len(row) != len(found):
            message = f"{len(found)} colonnes attendues, {len(row)} trouvées"
            raise SourceError(source.problem(message, number))
        rows.append([row[position] for position in positions])
        lines.append(number)
    frame = pd.DataFrame(rows, columns=names, dtype=str)
    return frame.assign(**{LINE: np.array(lines, dtype=int)})


def _labels(reader: TableReader) -> tuple[str, ...]:
    return (reader.name, reader.label) if isinstance(reader, QuarterReader) else ()


def _with_codes(source: Source, reader: TableReader, frame: pd.DataFrame) -> pd.DataFrame:
    """Codes stripped, padded and translated; rows without a code at all are left out."""
    codes = frame[reader.code].str.strip()
    if reader.code_width:
        codes = codes.where(codes.eq(""), codes.str.zfill(reader.code_width))
    if reader.code_map:
        codes = codes.replace(dict(reader.code_map))
    codes = five_digits(codes)
    keep = codes.ne("")
    if reader.code_pattern:
        keep &= codes.str.fullmatch(reader.code_pattern)
    result = frame.assign(**{reader.code: codes})[keep]
    if result.empty:
        raise SourceError(source.problem("aucune ligne de données dans le fichier"))
    return result


def _one_year(source: Source, reader: TableReader, frame: pd.DataFrame) -> pd.DataFrame:
    """Checks that the year in the rows is the one in the file's name."""
    wrong = frame[frame[reader.year_check].str.strip().ne(source.year)]
    if len(wrong):
        raise SourceError(
            source.problem(
                f"année « {wrong[reader.year_check].iloc[0]} » trouvée, {source.year} attendue "
                "d’après le nom du fichier",
                int(wrong[LINE].iloc[0]),
            )
        )
    return frame


def lines_of(source: Source, reader: TableReader, year: str) -> dict[str, int]:
    """The line of each area's row; that of `year`, where an area has a row a year."""
    frame = read_frame(source, reader)
    if reader.is_dated:
        dated = with_years(source, reader, frame)
        frame = dated[dated[YEAR].eq(year)]
    kept, _ = _filtered(frame, reader)
    return dict(zip(kept[reader.code], kept[LINE], strict=True))


def _filtered(frame: pd.DataFrame, reader: TableReader) -> tuple[pd.DataFrame, pd.Index[str]]:
    """Rows retained, and the codes of the areas that only have other rows."""
    keep = pd.Series(True, index=frame.index)
    for column, value in reader.row_filter.items():
        keep &= frame[column].str.strip().eq(value)
    codes = frame[reader.code]
    others = pd.Index(codes[~keep].unique(), dtype=object)
    return frame[keep], others.difference(pd.Index(codes[keep].unique(), dtype=object))


def panel_of(
    source: Source,
    reader: TableReader,
    frame: pd.DataFrame,
    wanted: list[Wanted],
    codes: pd.Series[str],
    level: str = "",
) -> Panel:
    """The panel of rows of text, on codes that stand once each; `level` where not the file's."""
    cells = {
        position: _added([_cells(source, reader, frame, item, name) for name in item.source])
        for position, item in enumerate(wanted)
    }
    return build_panel(source, pd.Index(codes, dtype=object), wanted, cells, level)


def _cells(
    source: Source, reader: TableReader, frame: pd.DataFrame, item: Wanted, name: str
) -> Cells:
    lines, text = frame[LINE].to_numpy(int), frame[name]
    if item.variable.modalities:
        return read_modalities(source, text, name, lines, item.variable.modalities)
    if reader.written_unit:
        text = text.str.strip().str.removesuffix(reader.written_unit)
    return read_numbers(
        source,
        text,
        name,
        lines,
        reader.markers,
        decimal=reader.decimal,
        grouped=reader.grouped_digits,
    )


def _added(parts: list[Cells]) -> Cells:
    """The sum of columns, calculated where all have a figure; else what is wrong with one."""
    if len(parts) == 1:
        return parts[0]
    values = np.sum([part for part, _ in parts], axis=0)
    ranks = np.full(len(values), RANK[Status.CALCULE], dtype=np.int8)
    for gap in (BLANK, RANK[Status.ABSENT], RANK[Status.SECRET]):
        ranks[np.any([own == gap for _, own in parts], axis=0)] = gap
    return values, ranks


def _with_others(panel: Panel, codes: pd.Index[str], rule: MissingRule) -> Panel:
    """The areas whose rows are of another kind get no figure, and the reason why."""
    wider = panel.aligned(panel.codes.append(codes))
    wider, number = wider.note_number(rule.reason)
    wider.ranks[len(panel.codes) :] = RANK[Status(rule.status)]
    wider.note_numbers[len(panel.codes) :] = number
    return wider


def _read_long(source: Source, reader: TableReader, frame: pd.DataFrame) -> Panel:
    """A long file as a panel with a column for each year, and each category."""
    codes = pd.Index(frame[reader.code].unique(), dtype=object)
    parts = []
    for year in sorted(frame[YEAR].unique()):
        dated = [
            replace(item, column=replace(item.column, year=year))
            for item in wanted_columns(source, year)
        ]
        of_year = frame[frame[YEAR].eq(year)]
        for rows, wanted in by_category(source, reader, of_year, dated):
            if len(rows):
                check_codes(source, rows[reader.code], rows[LINE].to_numpy(int))
            panel = panel_of(source, reader, rows, wanted, rows[reader.code])
            parts.append(panel.aligned(codes))
    return beside(parts)


def beside(parts: list[Panel]) -> Panel:
    """Panels on the same areas, their columns side by side."""
    notes: dict[str, int] = {"": 0}
    numbers = []
    for part in parts:
        moved = np.array([notes.setdefault(note, len(notes)) for note in part.notes], np.int32)
        numbers.append(moved[part.note_numbers])
    return replace(
        parts[0],
        columns=tuple(column for part in parts for column in part.columns),
        values=np.hstack([part.values for part in parts]),
        ranks=np.hstack([part.ranks for part in parts]),
        note_numbers=np.hstack(numbers),
        bounds=np.hstack([part.bounds for part in parts]),
        notes=tuple(notes),
    )
