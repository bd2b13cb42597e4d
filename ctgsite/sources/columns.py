"""Observations on disk: one Parquet file, the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ctgsite.errors import Place, Problem, SourceError
from ctgsite.sources.observations import NUMBER_COLUMNS, OBSERVATION_COLUMNS, Observations
from ctgsite.sources.panel import concatenate

KEY = ("dataset", "variable", "year", "level", "code")


def write_observations(observations: Observations, path: Path) -> None:
    """Write a file in one movement: readers see the former one or the new one."""
    table = pa.Table.from_pandas(
        observations.frame[list(OBSERVATION_COLUMNS)], preserve_index=False
    ).replace_schema_metadata()
    at = OBSERVATION_COLUMNS.index("code")
    # The same codes come back for every variable: zstd sees it in bytes, not in packed bits.
    table = table.set_column(at, "code", table.column("code").cast(pa.string()))
    unfinished = path.with_suffix(".tmp")
    pq.write_table(
        table,
        unfinished,
        compression="zstd",
        compression_level=15,
        use_dictionary=[name for name in OBSERVATION_COLUMNS if name not in ("code", "value")],
        use_byte_stream_split=["value"],
    )
    unfinished.replace(path)


def read_observations(
    path: Path, only: Mapping[str, Collection[str]] | None = None
) -> Observations:
    """Read what `write_observations` wrote, or `only` the rows with some values of some columns.

    Raises:
        SourceError: the file is missing or damaged.
    """
    try:
        table = pq.read_table(
            path,
            columns=list(OBSERVATION_COLUMNS),
            read_dictionary=["code"],
            partitioning=None,
            filters=[(name, "in", sorted(values)) for name, values in only.items()]
            if only
            else None,
        )
    except (OSError, pa.ArrowException) as error:
        raise SourceError(
            Problem("observations illisibles : importez de nouveau les fichiers", Place(path))
        ) from error
    return Observations(pd.DataFrame({name: _column(table, name) for name in OBSERVATION_COLUMNS}))


def _column(table: pa.Table, name: str) -> object:
    column = table.column(name)
    if name in NUMBER_COLUMNS:
        return column.to_numpy()
    array = column.combine_chunks()
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    categories = pd.Index(array.dictionary.to_pylist(), dtype=object)
    return pd.Categorical.from_codes(
        array.indices.to_numpy(zero_copy_only=False).astype(np.int32), categories=categories
    )


def first_of_each(parts: list[Observations]) -> Observations:
    """Join observations, sorted; where several speak of one figure, the first one stands."""
    frame = concatenate([part.frame for part in parts])
    if frame.empty:
        return Observations(frame)
    _, first = np.unique(packed_keys(frame), return_index=True)
    return Observations(frame.iloc[first].reset_index(drop=True))


def packed_keys(frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Return one number a row, the same for rows that speak of the same figure."""
    packed = np.zeros(len(frame), dtype=np.int64)
    for name in KEY:
        labels = frame[name].cat
        packed = packed * len(labels.categories) + labels.codes.to_numpy(np.int64)
    return packed
