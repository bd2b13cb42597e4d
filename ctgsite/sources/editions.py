"""Which years a file holds, as its own contents tell: one description serves every edition.

A description names a landmark, ``P{aa}_POP``: the columns that fit it in a wide file's header tell
the years. A group of columns with a landmark is read once for each of them; the newest year of the
landmark of the file itself is that of its edition, from which its geography follows. Of a long
file, the landmark is a modality, and its years are those of its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ctgsite.sources.addresses import ANY_YEAR
from ctgsite.sources.cells import MissingColumnsError, Source, check_columns
from ctgsite.sources.descriptions import FileSpec, Group
from ctgsite.sources.opening import decode, read_first_line
from ctgsite.sources.readers import SdmxReader, TableReader
from ctgsite.sources.sdmx_rows import years_told

OF_FILE = "{fichier}"  # stands for the year of the edition
SHORT_YEAR = "{aa}"


def dated(source: Source) -> Source:
    """Return a source whose description names the years that its file holds.

    Raises:
        MissingColumnsError: the file has no column that fits a landmark which is not optional.
        SourceError: it cannot be read, or holds another edition than its name says.
    """
    spec = source.spec
    reader = source.description.reader_of(spec)
    if isinstance(reader, SdmxReader) and spec.landmark:
        year = _newest(source, spec, years_told(source, reader, spec.landmark), [])
        geography = spec.geography.replace(OF_FILE, year)
        return replace(source, year=year, spec=spec.model_copy(update={"geography": geography}))
    if not isinstance(reader, TableReader) or not _has_landmarks(spec):
        return source
    header = decode(read_first_line(source.path, reader.member), source.path, reader.encodings)
    columns = [name.strip('"').strip() for name in header.rstrip("\r\n").split(reader.separator)]
    year = _edition(source, spec, columns)
    groups = (each for group in spec.groups for each in _of_years(source, group, columns))
    geography = spec.geography.replace(OF_FILE, year)
    update = {"groups": tuple(groups), "geography": geography}
    return replace(source, year=year, spec=spec.model_copy(update=update))


def _has_landmarks(spec: FileSpec) -> bool:
    return bool(spec.landmark) or any(group.landmark for group in spec.groups)


def _edition(source: Source, spec: FileSpec, columns: Sequence[str]) -> str:
    """Return the year of the file's edition: that of its newest landmark, if it has one."""
    if not spec.landmark:
        return source.year
    return _newest(source, spec, years_of(spec.landmark, columns), columns)


def _newest(source: Source, spec: FileSpec, found: Sequence[str], columns: Sequence[str]) -> str:
    if not found:
        raise _missing(source, spec.landmark, columns)
    if source.year and source.year != found[-1]:
        raise MissingColumnsError(
            [
                source.problem(
                    f"le fichier est de l’édition {found[-1]} d’après son contenu, "
                    f"{source.year} est attendu d’après son nom"
                )
            ]
        )
    return found[-1]


def _of_years(source: Source, group: Group, columns: Sequence[str]) -> Iterator[Group]:
    """Yield a group of columns for each of the years that its landmark finds."""
    if not group.landmark:
        yield group
        return
    found = years_of(group.landmark, columns)
    if not found and not group.optional:
        raise _missing(source, group.landmark, columns)
    for year in found:
        vintage = group.vintage.replace(ANY_YEAR, year)
        yield group.model_copy(update={"year": year, "vintage": vintage})


def years_of(landmark: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the years, in order, for which a column fits a landmark; two digits are of 20xx."""
    pattern = re.escape(landmark).replace(re.escape(ANY_YEAR), r"(\d{4})", 1)
    pattern = pattern.replace(re.escape(SHORT_YEAR), r"(\d{2})", 1)
    years = (found[1] for name in columns if (found := re.fullmatch(pattern, name)))
    return tuple(sorted({year if len(year) == 4 else f"20{year}" for year in years}))


def _missing(source: Source, landmark: str, columns: Sequence[str]) -> MissingColumnsError:
    """Return the error of a landmark that no column fits, with the nearest column."""
    try:
        check_columns(source, [landmark], columns, 1)
    except MissingColumnsError as error:
        return error
    raise ValueError(f"« {landmark} » ne contient aucune année")
