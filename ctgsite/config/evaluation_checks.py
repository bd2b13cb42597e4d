"""Checks of the evaluation: its dates stand in the convention's period, its editions have figures.

They read the document itself, so that a fault elsewhere in the file hides none of theirs.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from ctgsite.config.frozen import FOLDER, FrozenEdition, read_frozen
from ctgsite.config.patterns import texts, values
from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.repeated import check_repeated, named
from ctgsite.config.spelling import suggestion
from ctgsite.errors import ConfigError, Place, Problem

_EDITIONS = ("evaluation", "editions", "*")
_BILANS = ("evaluation", "bilans", "*")


def evaluation_problems(document: Document) -> Iterator[Problem]:
    """Find what is wrong with `evaluation`, besides what it cites and its frozen files."""
    for pattern in ((*_EDITIONS, "id"), (*_BILANS, "id"), ("evaluation", "axes", "*", "axe")):
        yield from check_repeated(named(document, pattern))
    yield from _dates(document)
    yield from _baseline(document)


def edition_problems(
    document: Document, folder: Path, workspace: Path, *, freezing: bool = False
) -> Iterator[Problem]:
    """Find what is wrong between the editions declared and the frozen files.

    While one is being frozen, a file may be missing.
    """
    files = {path.stem: path for path in sorted((folder / FOLDER).glob("*.csv"))}
    declared = {edition: path for path, edition in texts(document.data, (*_EDITIONS, "id"))}
    for edition, path in declared.items():
        if edition not in files and not freezing:
            yield document.problem(_without_file(edition, folder, files, declared), path)
    for edition, file in files.items():
        if edition not in declared:
            message = (
                f'aucune édition ne déclare ce fichier : ajoutez « - id: "{edition}" » à '
                "« evaluation: editions: »"
            )
            yield Problem(message, Place(file.relative_to(workspace)), warning=True)
        try:
            frozen = read_frozen(file, workspace)
        except ConfigError as error:
            yield from error.problems
            continue
        if edition in declared:
            yield from _younger_figures(document, declared[edition], frozen)


def read_editions(folder: Path, workspace: Path) -> tuple[FrozenEdition, ...]:
    """Return the frozen figures of a territory's folder, by edition.

    Raises:
        ConfigError: a file is not as `ctgsite freeze` writes them.
    """
    files = sorted((folder / FOLDER).glob("*.csv"))
    return tuple(read_frozen(path, workspace) for path in files)


def _younger_figures(document: Document, path: KeyPath, frozen: FrozenEdition) -> Iterator[Problem]:
    """Warn of an edition that holds figures of a year after its adoption."""
    where = (*path[:-1], "adoptee_le")
    adopted = _date(_at(document.data, where))
    latest = max((figure.year[-4:] for figure in frozen.figures), default="")
    if adopted is not None and latest > str(adopted.year):
        message = f"l’édition est adoptée en {adopted.year} et contient des chiffres de {latest}"
        yield document.problem(message, where, warning=True)


def _without_file(
    edition: str, folder: Path, files: Collection[str], declared: Collection[str]
) -> str:
    """Say that a declared edition has no file, and which file it may mean."""
    spare = [stem for stem in files if stem not in declared]
    near = suggestion(edition, spare) if spare else ""
    command = f" : « ctgsite freeze {folder.name} --edition {edition} » l’écrit"
    where = f"territories/{folder.name}/{FOLDER}/{edition}.csv"
    return f"l’édition « {edition} » n’a pas de chiffres ({where}){near or command}"


def _dates(document: Document) -> Iterator[Problem]:
    """Hold the bilans to the years of the convention."""
    years = [_at(document.data, ("periode", key)) for key in ("debut", "fin")]
    first, last = (year if isinstance(year, int) else None for year in years)
    for path, written in values(document.data, (*_BILANS, "date")):
        date = _date(written)
        if date is None or first is None or last is None or first <= date.year <= last:
            continue
        message = f"le bilan est daté de {date.year}, hors de la convention ({first} à {last})"
        yield document.problem(message, path)


def _baseline(document: Document) -> Iterator[Problem]:
    editions = [str(value) for _, value in values(document.data, (*_EDITIONS, "id"))]
    named = _at(document.data, ("evaluation", "t0"))
    if isinstance(named, str) and named not in editions:
        hint = suggestion(named, editions)
        yield document.problem(f"édition inconnue « {named} »{hint}", ("evaluation", "t0"))
    if named in (None, "") and len(editions) > 1:
        message = f'laquelle est le point de départ ? Écrivez « t0: "{editions[0]}" », par exemple'
        yield document.problem(message, ("evaluation", "editions"), key=True, warning=True)


def _date(value: Any) -> datetime.date | None:
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _at(data: Any, path: KeyPath) -> Any:
    return next((value for _, value in values(data, path)), None)
