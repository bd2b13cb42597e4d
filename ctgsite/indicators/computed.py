"""All measures of a store, computed once and kept beside it; readers map the file into memory.

The file bears the fingerprint of what it was made from: the store's contents, what comes with
ctgsite, the catalogue and the programs that compute. Where that differs, it is computed again.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from filelock import FileLock

from ctgsite.geography.embedded import SNAPSHOT
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.distributions import (
    NAME as SPREADS,
)
from ctgsite.indicators.distributions import (
    Distributions,
    distributions,
    read_distributions,
    write_distributions,
)
from ctgsite.indicators.measures import MEASURE_COLUMNS, Measures
from ctgsite.sources.available import available
from ctgsite.sources.embedded import MANIFEST
from ctgsite.sources.store import read_index

FOLDER = "mesures"
NAME = "mesures.arrow"
LOCK = ".verrou"

_PROGRAMS = Path(__file__).parents[1]
_KEY = b"ctgsite"


def computed_measures(store: Path, catalogue: Catalogue) -> tuple[Measures, Distributions]:
    """Return every measure of a store, and how each spreads over its areas.

    Computed on the first call and mapped from disk on the next; another process that asks
    meanwhile waits. In a store that cannot be written, they are computed each time.

    Raises:
        SourceError: the store cannot be read.
    """
    key = _fingerprint(store, catalogue)
    folder = store / FOLDER
    if not _writable(folder):
        return _compute(store, catalogue)
    with FileLock(folder / LOCK):
        found = _read(folder, key)
        if found is None:
            found = _compute(store, catalogue)
            _write(*found, folder, key)
        return found


def _compute(store: Path, catalogue: Catalogue) -> tuple[Measures, Distributions]:
    measures = compute_measures(catalogue, available(store))
    return measures, distributions(measures)


def _writable(folder: Path) -> bool:
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
    return os.access(folder, os.W_OK)


def _fingerprint(store: Path, catalogue: Catalogue) -> str:
    digest = hashlib.sha256(repr((dict(catalogue.indicators), pd.__version__)).encode())
    programs = (
        path
        for package in ("indicators", "sources")
        for kind in ("*.py", "descriptions/*.yml")
        for path in sorted((_PROGRAMS / package).glob(kind))
    )
    digest.update(repr(read_index(store)).encode())
    for path in (SNAPSHOT / MANIFEST, *programs):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _write(measures: Measures, spread: Distributions, folder: Path, key: str) -> None:
    """Write both files; the measures last, whose key vouches for both."""
    write_distributions(spread, folder)
    frame = measures.frame
    arrays = [_array(frame[name]) for name in MEASURE_COLUMNS]
    table = pa.Table.from_arrays(arrays, names=list(MEASURE_COLUMNS), metadata={_KEY: key.encode()})
    unfinished = folder / f"{NAME}.tmp"
    with pa.ipc.new_file(unfinished, table.schema) as file:
        file.write_table(table)
    unfinished.replace(folder / NAME)


def _array(column: pd.Series[Any]) -> pa.Array:
    """Return a column whose bytes can be read in place: no null, no packed bit."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        cells = column.cat
        labels = pa.array([str(label) for label in cells.categories], pa.string())
        return pa.DictionaryArray.from_arrays(pa.array(cells.codes.to_numpy()), labels)
    values = column.to_numpy()
    return pa.array(values.view(np.uint8) if values.dtype == np.bool_ else values)


def _read(folder: Path, key: str) -> tuple[Measures, Distributions] | None:
    """Return what was written under this key, None where it is something else."""
    try:
        table = pa.ipc.open_file(pa.memory_map(str(folder / NAME))).read_all()
        if (table.schema.metadata or {}).get(_KEY) != key.encode():
            return None
        columns = {name: _column(table.column(name)) for name in MEASURE_COLUMNS}
        columns["caution"] = columns["caution"].view(np.bool_)
        frame = pd.DataFrame(columns, copy=False)
        return Measures(frame), read_distributions(folder / SPREADS)
    except (OSError, pa.ArrowException, KeyError):
        return None


def _column(column: pa.ChunkedArray) -> Any:
    cells = column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    if not pa.types.is_dictionary(cells.type):
        return cells.to_numpy()
    dtype = pd.CategoricalDtype(cells.dictionary.to_pylist())
    return pd.Categorical.from_codes(cells.indices.to_numpy(), dtype=dtype, validate=False)
