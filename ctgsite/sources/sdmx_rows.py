"""From an SDMX-like file, as INSEE's Melodi writes them, to the rows that a description reads.

A modality that it expects and that no row has is an error: nomenclatures change.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from ctgsite.errors import SourceError
from ctgsite.geography.areas import FRANCE_CODE
from ctgsite.sources.cells import Source, check_columns, five_digits, wanted_columns
from ctgsite.sources.columnar import SUFFIX, column_names, read_columns
from ctgsite.sources.opening import decode, read_bytes
from ctgsite.sources.readers import SdmxReader

LINE, MEASURE, LEVEL = "__line__", "__measure__", "__level__"
JOINT = "/"  # between the modalities of several dimensions


def read_rows(source: Source, reader: SdmxReader) -> pd.DataFrame:
    """The rows described, as text: their LINE, LEVEL and MEASURE, and one France at most.

    Raises:
        SourceError: columns, modalities or years are not as described.
    """
    expected = list(dict.fromkeys(name for item in wanted_columns(source) for name in item.source))
    table = _table(source, reader, expected)
    keep = table[reader.area_level].isin(list(reader.levels)).to_numpy()
    if reader.since:
        keep = keep & table[reader.year].astype(str).ge(reader.since).to_numpy()
    for column, wanted in reader.row_filter.items():
        keep = keep & table[column].eq(wanted).to_numpy()
    for place, column in enumerate(reader.measure):
        modalities = [name.split(JOINT)[place] for name in expected]
        keep = keep & table[column].isin(modalities).to_numpy()
    kept = table[keep].astype({name: str for name in table.columns if name != LINE})
    levels = kept[reader.area_level].map(dict(reader.levels))
    measures = kept[reader.measure[0]]
    for column in reader.measure[1:]:  # by columns: row by row, 650,000 births take a minute
        measures = measures + JOINT + kept[column]
    france = levels.eq("france")
    read = measures.isin(expected) & (~france | kept[reader.area].eq(reader.france))
    kept[reader.area] = five_digits(kept[reader.area]).mask(france, FRANCE_CODE)
    kept[LEVEL], kept[MEASURE] = levels, measures
    rows = _once(kept[read], reader)
    check_columns(source, expected, sorted(rows[MEASURE].unique()), 1)
    other = rows[rows[reader.year].ne(source.year)] if reader.year_of_name else rows[:0]
    if len(other):
        message = (
            f"année « {other[reader.year].iloc[0]} » trouvée, {source.year} attendue "
            "d’après le nom du fichier"
        )
        raise SourceError(source.problem(message, int(other[LINE].iloc[0])))
    return rows


def years_told(source: Source, reader: SdmxReader, modality: str) -> tuple[str, ...]:
    """The years, in order, of which a file tells a modality of its measure."""
    table = _table(source, reader, [modality])
    told = table.loc[table[reader.measure[0]].eq(modality), reader.year]
    return tuple(sorted(map(str, told.unique())))


def _once(rows: pd.DataFrame, reader: SdmxReader) -> pd.DataFrame:
    """The rows without those that say again what another says, where the file repeats itself."""
    if not reader.repeated:
        return rows
    told = [LEVEL, reader.area, MEASURE, reader.year, reader.value, reader.status]
    return rows.drop_duplicates(list(filter(None, told)))


def _table(source: Source, reader: SdmxReader, expected: Collection[str]) -> pd.DataFrame:
    """The columns used, as categories of text, with each row's LINE.

    Of a Parquet file, only the rows whose modalities are expected, and all at its first line.
    """
    used = [reader.area, reader.area_level, reader.year, reader.value, reader.status]
    names = list(dict.fromkeys(filter(None, [*used, *reader.measure, *reader.row_filter])))
    if source.path.suffix.lower() != SUFFIX:
        return _delimited(source, reader, names)
    check_columns(source, names, column_names(source.path), 1)
    kept = {
        column: {name.split(JOINT)[place] for name in expected}
        for place, column in enumerate(reader.measure)
    }
    kept[reader.area_level] = set(reader.levels)
    return read_columns(source.path, names, kept).assign(**{LINE: 1})


def _delimited(source: Source, reader: SdmxReader, names: list[str]) -> pd.DataFrame:
    """The columns named of a text."""
    content = read_bytes(source.path, reader.member)
    header = content.partition(b"\n")[0].decode("utf-8-sig", errors="replace").strip()
    found = [name.strip('"').strip() for name in header.split(reader.separator)]
    check_columns(source, names, found, 1)
    try:
        table = arrow_csv.read_csv(
            io.BytesIO(content),
            arrow_csv.ReadOptions(column_names=found, skip_rows=1),
            arrow_csv.ParseOptions(delimiter=reader.separator),
            arrow_csv.ConvertOptions(
                include_columns=names,
                column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())),
            ),
        )
    except pa.ArrowInvalid as error:
        raise _unread(source, reader, content, len(found)) from error
    frame: pd.DataFrame = table.unify_dictionaries().to_pandas()
    return frame.assign(**{LINE: np.arange(len(frame)) + 2})


def _unread(source: Source, reader: SdmxReader, content: bytes, columns: int) -> SourceError:
    """Why a file could not be read: its encoding, or a row that is not of the header's length."""
    text = decode(content, source.path, reader.encodings)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=reader.separator)
    for row in table:
        if row and len(row) != columns:
            message = f"{columns} colonnes attendues, {len(row)} trouvées"
            return SourceError(source.problem(message, table.line_num))
    return SourceError(source.problem("fichier illisible : un tableau délimité est attendu"))
