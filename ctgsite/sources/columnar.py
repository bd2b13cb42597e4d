"""Reads what is asked for of a Parquet file, as text, without unpacking the rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from ctgsite.errors import Place, Problem, SourceError

SUFFIX = ".parquet"
MOST_ROWS = 30_000_000  # kept of a file, some three times those of the largest
TEXT = pa.dictionary(pa.int32(), pa.string())


def column_names(path: Path) -> list[str]:
    """The names of a file's columns.

    Raises:
        SourceError: it is no Parquet file.
    """
    return list(_opened(path).schema.names)


def read_columns(
    path: Path, names: Sequence[str], kept: Mapping[str, Collection[str]]
) -> pd.DataFrame:
    """The columns named, as categories of text, of the rows whose cells are among those `kept`.

    A cell that holds nothing is an empty text, as in a delimited file.

    Raises:
        SourceError: it is no Parquet file, is damaged, or holds more of these rows than any should.
    """
    found = _opened(path)
    chosen = pc.scalar(True)
    for name, values in kept.items():
        chosen &= pc.is_in(ds.field(name).cast(pa.string()), pa.array(sorted(values)))
    try:
        if (rows := found.count_rows(filter=chosen)) > MOST_ROWS:
            message = f"{rows} lignes, plus qu’il n’est attendu : le fichier n’est pas lu"
            raise SourceError(Problem(message, Place(path)))
        table = found.to_table(columns=list(names), filter=chosen)
    except (pa.ArrowException, OSError) as error:
        raise _unread(path) from error
    texts = {name: _text(table.column(name)) for name in names}
    frame: pd.DataFrame = pa.table(texts).unify_dictionaries().to_pandas()
    return frame


def _opened(path: Path) -> ds.Dataset:
    try:
        return ds.dataset(path, format="parquet")
    except (pa.ArrowException, OSError) as error:
        raise _unread(path) from error


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.fill_null(column.cast(pa.string()), "").cast(TEXT)


def _unread(path: Path) -> SourceError:
    message = "fichier illisible : un fichier Parquet entier est attendu"
    return SourceError(Problem(message, Place(path)))
