"""Reads registers by commune: JSON objects keyed by commune code, and a directory of schools."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from ctgsite.errors import SourceError
from ctgsite.sources.cells import Source, Wanted, build_panel, check_columns, wanted_columns
from ctgsite.sources.observations import Status
from ctgsite.sources.opening import decode, read_bytes
from ctgsite.sources.panel import RANK, Panel
from ctgsite.sources.readers import DirectoryReader, JsonReader


def read_json(source: Source, reader: JsonReader) -> Panel:
    """The panel of a JSON object keyed by commune; its rows carry one year.

    Raises:
        SourceError: no JSON, several years, a path that no commune has, or a value not a number.
    """
    entries = _entries(source)
    year = _common_year(source, reader, entries)
    wanted = wanted_columns(source, year)
    _check_paths(source, wanted, entries)
    cells = {}
    for position, item in enumerate(wanted):
        values = np.array([_sum_of(source, entry, item) for entry in entries.values()])
        ranks = np.where(np.isnan(values), -1, RANK[Status.PUBLIE]).astype(np.int8)
        cells[position] = (values, ranks)
    return build_panel(source, pd.Index(list(entries), dtype=object), wanted, cells)


def _entries(source: Source) -> dict[str, Mapping[str, Any]]:
    text = decode(read_bytes(source.path), source.path, ("utf-8-sig",))
    try:
        content = json.loads(text, object_pairs_hook=_without_duplicates, parse_constant=_refused)
    except json.JSONDecodeError as error:
        raise SourceError(
            source.problem(f"JSON attendu ({error.msg})", error.lineno, error.colno)
        ) from error
    except KeyError as error:
        raise SourceError(source.problem(f"la clé {error.args[0]} figure deux fois")) from error
    except _ConstantError as error:
        raise SourceError(source.problem(f"« {error} » n’est pas un nombre")) from error
    if not isinstance(content, dict) or not content:
        raise SourceError(source.problem("un objet JSON par code de commune est attendu"))
    for code, entry in content.items():
        if not isinstance(entry, dict):
            raise SourceError(source.problem(f"un objet JSON est attendu pour {code}"))
    return content


class _ConstantError(Exception):
    """NaN or Infinity, which JSON does not have."""


def _refused(constant: str) -> float:
    raise _ConstantError(constant)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise KeyError(next(name for name in names if names.count(name) > 1))
    return found


def _at(entry: Mapping[str, Any], path: str) -> Any:
    """The value at a path of one key, or of two separated by the first dot."""
    key, _, rest = path.partition(".")
    value = entry.get(key)
    if not rest:
        return value
    return value.get(rest) if isinstance(value, Mapping) else None


def _common_year(source: Source, reader: JsonReader, entries: Mapping[str, Any]) -> str:
    years = {str(_at(entry, reader.year_path)) for entry in entries.values()}
    if len(years) != 1 or years == {"None"}:
        raise SourceError(
            source.problem(
                f"une seule année attendue sous « {reader.year_path} », trouvé : "
                + ", ".join(sorted(years))
            )
        )
    return years.pop()


def _check_paths(source: Source, wanted: list[Wanted], entries: Mapping[str, Any]) -> None:
    found: set[str] = set()
    for entry in entries.values():
        for key, value in entry.items():
            found |= {f"{key}.{part}" for part in value} if isinstance(value, dict) else {key}
    check_columns(source, [path for item in wanted for path in item.source], sorted(found), 1)


def _sum_of(source: Source, entry: Mapping[str, Any], item: Wanted) -> float:
    """The sum of the paths of a column; a count that an entry does not list is 0."""
    values = [_at(entry, path) for path in item.source]
    if item.variable.zero_without_row:
        values = [0 if value is None else value for value in values]
    if None in values:
        return float("nan")
    if not all(isinstance(value, int | float) and value is not True for value in values):
        raise SourceError(source.problem(f"nombre attendu pour « {item.column.variable} »"))
    return float(sum(values))


def read_directory(source: Source, reader: DirectoryReader) -> Panel:
    """Schools and pupils by commune; a column is ``type`` or ``type:eleves``.

    Pupils are absent where one school of that type has no count: never a partial sum.

    Raises:
        SourceError: columns or types are missing, or no school at all.
    """
    try:
        schools = pd.read_parquet(io.BytesIO(read_bytes(source.path)))
    except (OSError, ValueError) as error:
        raise SourceError(source.problem("un fichier Parquet est attendu")) from error
    names = [reader.commune, reader.kind, reader.pupils, reader.unit, reader.date_column]
    expected = filter(None, [*names, *reader.row_filter])
    check_columns(source, expected, [str(name) for name in schools.columns], 1)
    for name, kept in reader.row_filter.items():
        schools = schools[schools[name].eq(kept)]
    if schools.empty:
        raise SourceError(source.problem("aucune ligne de données dans le fichier"))
    wanted = wanted_columns(source, _newest_year(source, reader, schools))
    schools = _once_each(reader, schools)
    kinds = [item.name.partition(":")[0] for item in wanted]
    check_columns(source, kinds, sorted(schools[reader.kind].dropna().unique()), 1)
    codes = pd.Index(sorted(schools[reader.commune].dropna().unique()), dtype=object)
    cells = {
        position: _of_kind(schools[schools[reader.kind] == kinds[position]], reader, item, codes)
        for position, item in enumerate(wanted)
    }
    return build_panel(source, codes, wanted, cells)


def _newest_year(source: Source, reader: DirectoryReader, schools: pd.DataFrame) -> str:
    """Return the year of the newest row, "" where the directory is not dated."""
    if not reader.date_column:
        return ""
    newest = pd.to_datetime(schools[reader.date_column], errors="coerce", utc=True).max()
    if pd.isna(newest):
        message = f"aucune date lisible dans la colonne « {reader.date_column} »"
        raise SourceError(source.problem(message))
    return str(newest.year)


def _once_each(reader: DirectoryReader, schools: pd.DataFrame) -> pd.DataFrame:
    """Leave out a school's other rows in a commune; its pupils are unknown where they disagree."""
    if not reader.unit:
        return schools
    keys = [reader.unit, reader.commune, reader.kind]
    counts = schools.groupby(keys, dropna=False)[reader.pupils].transform("nunique")
    known = schools.assign(**{reader.pupils: schools[reader.pupils].where(counts <= 1)})
    return known.drop_duplicates(keys)


def _of_kind(
    schools: pd.DataFrame, reader: DirectoryReader, item: Wanted, codes: pd.Index[str]
) -> tuple[np.ndarray[Any, np.dtype[np.float64]], np.ndarray[Any, np.dtype[np.int8]]]:
    groups = schools.groupby(reader.commune)[reader.pupils]
    number = groups.size().reindex(codes, fill_value=0)
    if item.name.endswith(":eleves"):
        counted = groups.count().reindex(codes, fill_value=0)
        values = groups.sum().reindex(codes, fill_value=0).where(counted == number).to_numpy(float)
    else:
        values = number.to_numpy(float)
    ranks = np.where(np.isnan(values), -1, RANK[Status.PUBLIE]).astype(np.int8)
    return values, ranks
