"""The newest files of producers → the local store: downloaded, compared, then imported.

Files are downloaded one after the other and kept; what any of them lacks or gets wrong is reported
at the end and stops none of the others. The store changes once, when all that came is read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ctgsite.errors import CtgsiteError, Problem, SourceError
from ctgsite.geography.cog import Geography
from ctgsite.sources.addresses import Download
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.fetching.client import Client
from ctgsite.sources.fetching.download import Downloaded, Progress, download
from ctgsite.sources.fetching.kept import alone, folder_of, latest, read_kept
from ctgsite.sources.geography import is_made_of, load_geography
from ctgsite.sources.importing import ImportReport, Judge, import_files
from ctgsite.sources.store import holds

Downloads = Sequence[Download]


@dataclass(frozen=True, slots=True)
class FetchReport:
    """What became of each file: brought, unchanged, or wrong; and the import of those read."""

    fresh: tuple[Path, ...]
    unchanged: tuple[Path, ...]
    imported: ImportReport
    problems: tuple[Problem, ...]  # of downloads and of the import


def fetchable(geography: Geography) -> Mapping[str, Downloads]:
    """Return what can be downloaded, by source: the areas of France first, then the datasets."""
    areas = load_geography()
    departements = [area.code for area in geography.departements]
    datasets = ((name, found.downloads) for name, found in load_descriptions().items())
    return {
        areas.id: areas.downloads(departements),
        **{name: downloads for name, downloads in datasets if downloads},
    }


def fetch(
    wanted: Mapping[str, Downloads],
    store: Path,
    geography: Geography,
    *,
    client: Client | None,
    day: date,
    progress: Progress,
    told: Callable[[str], None],
    judge: Judge,
) -> FetchReport:
    """Bring the files of some datasets, and import those that the store does not hold as they are.

    Args:
        wanted: the files of each source, as `fetchable` gives them.
        store: the folder of the store, made where it does not exist.
        geography: today's areas.
        client: asks the producers; without one, only what was downloaded before is imported.
        day: when.
        progress: told of each part of a file that comes.
        told: told of each file, in words.
        judge: has the last word on what a file changes in its own figures.

    Raises:
        SourceError: the store cannot be used, or another process is filling it.
    """
    with alone(store):
        found, problems = _all_brought(client, wanted, store, day, progress)
    paths = _to_import(found, store)
    imported = ImportReport((), (), ())
    if paths:
        imported = import_files(paths, store, geography, day=day, progress=told, judge=judge)
    return FetchReport(
        tuple(item.path for item in found if item.fresh),
        tuple(item.path for item in found if not item.fresh),
        imported,
        (*problems, *imported.problems),
    )


def _all_brought(
    client: Client | None,
    wanted: Mapping[str, Downloads],
    store: Path,
    day: date,
    progress: Progress,
) -> tuple[list[Downloaded], list[Problem]]:
    """Bring every file; one that cannot be had stops none of the others."""
    found: list[Downloaded] = []
    problems: list[Problem] = []
    for source, downloads in wanted.items():
        for item in downloads:
            try:
                found.append(_brought(client, source, item, store, day, progress))
            except CtgsiteError as error:
                problems.extend(error.problems)
    return found, problems


def _to_import(found: Sequence[Downloaded], store: Path) -> list[Path]:
    """Return the files whose figures the store has not, and the folder of areas that it has not."""
    areas = folder_of(store, load_geography().id)
    fetched = any(item.path.parent == areas for item in found)
    folders = [areas] if fetched and not is_made_of(store, areas) else []
    files = [item for item in found if item.path.parent != areas]
    return [
        *folders,
        *(item.path for item in files if not holds(store, item.path, item.kept.sha256)),
    ]


def _brought(
    client: Client | None,
    source: str,
    item: Download,
    store: Path,
    day: date,
    progress: Progress,
) -> Downloaded:
    folder = folder_of(store, source)
    if client is not None:
        return download(client, item, folder, day, progress)
    path = latest(folder, item.name)
    kept = read_kept(path)
    if kept is None:
        message = f"{source} : {item.name} n’a jamais été téléchargé ; relancez sans --offline"
        raise SourceError(Problem(message))
    return Downloaded(path, kept, fresh=False)
