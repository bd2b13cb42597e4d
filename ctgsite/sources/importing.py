"""Producers' files, or folders of them → the local store, and what became of each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from ctgsite.config.spreadsheets import WORKBOOK_NAMES
from ctgsite.errors import CtgsiteError, Place, Problem, SourceError
from ctgsite.geography.cog import Geography
from ctgsite.geography.contours import embedded_contours, write_contours
from ctgsite.geography.embedded import write_geography
from ctgsite.sources import geography as fetched
from ctgsite.sources import store as stores
from ctgsite.sources.cells import SHOWN, Source
from ctgsite.sources.changes import Change, change_told, compare
from ctgsite.sources.descriptions import load_descriptions, load_ignored
from ctgsite.sources.jumps import check_jumps, jumping_variables
from ctgsite.sources.observing import Observed, observe

DRAWING = "contours de toutes les communes : environ une minute"
UNKNOWN = "aucune source ne porte ce nom"

# Says why a file read again is not to take the place of what it said before; None where it may.
Judge = Callable[[Source, Change], Problem | None]


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file now in the store."""

    path: Path
    dataset: str
    vintages: tuple[str, ...]
    rows: int


def accept(_source: Source, _change: Change) -> None:
    """Let a file that somebody chose take the place of what it said before."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of every file found: imported, left aside for a reason, or wrong."""

    imported: tuple[ImportedFile, ...]
    ignored: tuple[tuple[Path, str], ...]
    problems: tuple[Problem, ...]


def import_files(
    paths: Sequence[Path],
    store: Path,
    geography: Geography,
    *,
    day: date,
    progress: Callable[[str], None],
    judge: Judge = accept,
) -> ImportReport:
    """Read files into the store; a wrong one is reported and leaves its former figures untouched.

    Args:
        paths: files, or folders searched for files that ctgsite knows.
        store: the folder of the store, made where it does not exist.
        geography: today's areas, on which figures are kept, where no folder has newer ones.
        day: when, for `data status`.
        progress: told of each file, and before it is replaced of what it changes.
        judge: has the last word on what a file changes in its own figures.

    Raises:
        SourceError: the store cannot be used.
    """
    imported: list[ImportedFile] = []
    ignored: list[tuple[Path, str]] = []
    problems: list[Problem] = []
    with stores.opened(store) as index:
        try:
            today = _import_geography(paths, store, geography, progress) or geography
        except CtgsiteError as error:
            problems.extend(error.problems)
            today = geography
        for path, asked in _files(paths):
            sources = recognise(path)
            if not sources:
                reason = ignored_reason(path)
                if reason or not asked:
                    ignored.append((path, reason or UNKNOWN))
                else:
                    problems.append(_unknown(path))
                continue
            progress(f"{path.name} : lecture")
            try:
                read, warnings = _read(sources, today, store, index, progress, judge)
            except CtgsiteError as error:
                problems.extend(error.problems)
                continue
            problems.extend(warnings)
            for observed in read:
                stores.keep(store, index, observed, _sha256(path), day)
                problems.extend((*observed.warnings, *_lost(observed)))
                imported.append(_imported(path, observed))
        for dataset in sorted({item.dataset for item in imported}):
            progress(f"{dataset} : rangement")
            stores.resolve(store, dataset, index[dataset])
    recognised = imported or any(reason != UNKNOWN for _, reason in ignored)
    if not recognised and not problems:
        problems.append(Problem("aucun fichier connu ici : rien n’a été importé", Place(paths[0])))
    return ImportReport(tuple(imported), tuple(ignored), tuple(problems))


def _import_geography(
    paths: Iterable[Path], store: Path, known: Geography, progress: Callable[[str], None]
) -> Geography | None:
    """Keep the areas and contours of the folders that hold the producers' geography."""
    from ctgsite.geography import producers, topology

    found = None
    for folder in paths:
        if (folder / producers.ETALAB).is_dir() and (folder / producers.INSEE).is_dir():
            progress("géographie : lecture")
            found = producers.read_producers(folder)
            write_geography(found, store)
            if (folder / topology.FOLDER).is_dir():
                progress(DRAWING)
                departements = [area.code for area in found.departements]
                write_contours(topology.build_contours(folder, found, departements), store)
        elif fetched.holds_geography(folder):
            progress("géographie : lecture")
            found = fetched.read_fetched_geography(folder, known)
            progress(DRAWING)
            contours = fetched.read_fetched_contours(folder, found, embedded_contours())
            write_geography(found, store, fetched.sources_of(found.year, folder))
            if contours:
                write_contours(contours, store, fetched.sources_of(found.year, folder))
    return found


def recognise(path: Path) -> tuple[Source, ...]:
    """Return what a file may be, from its name: several answers where editions share it."""
    return tuple(
        Source(path, description, spec, year)
        for description in load_descriptions().values()
        for spec in description.files
        if (year := spec.match(path.name)) is not None
    )


def _by_dataset(sources: Iterable[Source]) -> Iterator[tuple[Source, ...]]:
    """Yield what a file may be, one dataset after the other: a wide file serves several."""
    for _, same in groupby(sources, key=lambda source: source.description.id):
        yield tuple(same)


def ignored_reason(path: Path) -> str | None:
    """Return why a file that ctgsite knows is not imported as figures, None if it is unknown."""
    for item in load_ignored():
        if path.match(item.name) or path.match(f"{item.name}.gz"):
            return item.reason
    return None


def _files(paths: Iterable[Path]) -> Iterator[tuple[Path, bool]]:
    """Yield each file once, in order, and whether it was named itself."""
    seen: set[Path] = set()
    for given in paths:
        found = sorted(p for p in given.rglob("*") if p.is_file()) if given.is_dir() else [given]
        for path in found:
            if path.resolve() not in seen:
                seen.add(path.resolve())
                yield path, not given.is_dir()


def _unknown(path: Path) -> Problem:
    """Return the problem of a file that nobody describes, with the nearest name that is."""
    from rapidfuzz import fuzz, process

    names = [spec.name for found in load_descriptions().values() for spec in found.files]
    nearest = process.extractOne(path.name, names, scorer=fuzz.ratio)
    hint = f" ; le plus proche est « {nearest[0].replace('{aaaa}', 'AAAA')} »" if nearest else ""
    if path.suffix.lower() in WORKBOOK_NAMES and nearest and not nearest[0].endswith(path.suffix):
        hint = f"{hint}, et celui-ci est un classeur"
    return Problem(
        f"fichier inconnu : aucune source ne porte ce nom{hint} ; gardez le nom du producteur",
        Place(path),
    )


def _jumps(observed: Observed, store: Path, index: stores.Index) -> list[Problem]:
    """Return warnings about figures far from the former vintage's, on the areas of today."""
    description = observed.source.description
    variables = jumping_variables(description)
    if not variables:
        return []
    levels = observed.published.frame["level"].cat.categories
    only = {"variable": variables, "level": tuple(levels)}
    former = stores.read_others(store, index, observed.source, only)
    return check_jumps(observed.source, observed.published, former)


def _read(
    sources: tuple[Source, ...],
    today: Geography,
    store: Path,
    index: stores.Index,
    progress: Callable[[str], None],
    judge: Judge,
) -> tuple[list[Observed], list[Problem]]:
    """Read a file for each dataset that it feeds, held against what is known; and warnings."""
    read = [observe(same, today) for same in _by_dataset(sources)]
    warnings = [told for one in read for told in _jumps(one, store, index)]
    for one in read:
        _judge_change(one, store, index, progress, judge)
    return read, warnings


def _judge_change(
    observed: Observed,
    store: Path,
    index: stores.Index,
    progress: Callable[[str], None],
    judge: Judge,
) -> None:
    """Tell what a file changes in its own former figures, and stop it where the judge says so."""
    former = stores.read_former(store, index, observed.source)
    if former is None:
        return
    change = compare(former, observed.published)
    if change.none:
        return
    progress(f"{observed.source.path.name} : {change_told(change)}")
    if refusal := judge(observed.source, change):
        raise SourceError(refusal)


def _lost(observed: Observed) -> Iterator[Problem]:
    """Yield a warning about the codes that are no area of today."""
    if not observed.unknown:
        return
    shown = ", ".join(observed.unknown[:SHOWN])
    more = f"… ({len(observed.unknown)} en tout)" if len(observed.unknown) > SHOWN else ""
    yield Problem(
        f"codes sans territoire actuel, laissés de côté : {shown}{more}",
        Place(observed.source.path),
        warning=True,
    )


def _imported(path: Path, observed: Observed) -> ImportedFile:
    published = observed.published.frame
    return ImportedFile(
        path,
        observed.source.description.id,
        tuple(sorted(map(str, published["vintage"].unique()))),
        len(published) + len(observed.derived.frame),
    )


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(Problem("fichier illisible", Place(path))) from error
