"""The local store: every imported file's observations, and one resolved file a dataset.

A dataset's folder keeps what each producer's file became (`<file>.parquet` as published,
`<file>.sommes.parquet` for the sums made of it), so that importing one file again replaces that
file's figures alone. `<dataset>.parquet` is what readers take: a figure that the producer
published at a level stands before a sum.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from ctgsite.errors import Place, Problem, SourceError
from ctgsite.sources.cells import Source
from ctgsite.sources.columns import first_of_each, read_observations, write_observations
from ctgsite.sources.observations import Observations
from ctgsite.sources.observing import Observed
from ctgsite.sources.panel import concatenate

FORMAT = 2  # 2: with the bound of each figure
INDEX = "store.json"
LOCK = ".verrou"
SUMS = ".sommes"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A producer's file as it was imported."""

    name: str
    sha256: str
    imported: str  # ISO date
    rows: int  # figures and gaps, at every level


Index = dict[str, dict[str, StoredFile]]  # by dataset, then by file name


def is_store(folder: Path) -> bool:
    """Whether a folder is a store."""
    return (folder / INDEX).is_file()


def read_index(store: Path) -> Index:
    """Return the files that a store holds, by dataset and name.

    Raises:
        SourceError: the folder is no store, is damaged, or was written by another ctgsite.
    """
    path = store / INDEX
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        written = int(document["format"])
        if written != FORMAT:
            message = _newer(written) if written > FORMAT else _older(written)
            raise SourceError(Problem(message, Place(path)))
        return {
            dataset: {name: StoredFile(**item) for name, item in files.items()}
            for dataset, files in document["datasets"].items()
        }
    except FileNotFoundError as error:
        message = "ce dossier n’est pas un entrepôt de ctgsite : remplissez-le avec « data import »"
        raise SourceError(Problem(message, Place(store))) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        message = "entrepôt endommagé : supprimez-le, puis importez de nouveau les fichiers"
        raise SourceError(Problem(message, Place(path))) from error


def _newer(written: int) -> str:
    return (
        f"entrepôt écrit par une version plus récente de ctgsite (format {written}, "
        f"{FORMAT} au plus est lu ici) : mettez ctgsite à jour, ou indiquez un autre dossier "
        "avec --store"
    )


def _older(written: int) -> str:
    return (
        f"entrepôt écrit par une version plus ancienne de ctgsite (format {written}, {FORMAT} est "
        "attendu ici) : supprimez ce dossier, puis importez de nouveau les fichiers avec "
        "« data import »"
    )


@contextmanager
def opened(store: Path) -> Iterator[Index]:
    """Give the index of a store to fill, alone to write in it; save it where all went well.

    Raises:
        SourceError: another process is writing, or the folder holds somebody else's files.
    """
    _claim(store)
    try:
        with FileLock(store / LOCK, timeout=0):
            index = read_index(store)
            yield index
            _write_index(store, index)
    except Timeout as error:
        message = "un autre import est en cours dans cet entrepôt : attendez qu’il se termine"
        raise SourceError(Problem(message, Place(store))) from error


def _claim(store: Path) -> None:
    """Make a new or empty folder a store."""
    store.mkdir(parents=True, exist_ok=True)
    if is_store(store):
        return
    if any(store.iterdir()):
        message = (
            "ce dossier contient des fichiers que ctgsite n’a pas écrits : choisissez un dossier "
            "vide ou nouveau avec --store"
        )
        raise SourceError(Problem(message, Place(store)))
    _write_index(store, {})


def _write_index(store: Path, index: Index) -> None:
    document = {
        "format": FORMAT,
        "datasets": {
            dataset: {name: asdict(item) for name, item in sorted(files.items())}
            for dataset, files in sorted(index.items())
        },
    }
    unfinished = store / f"{INDEX}.tmp"
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
    unfinished.write_text(text + "\n", encoding="utf-8")
    unfinished.replace(store / INDEX)


def keep(store: Path, index: Index, observed: Observed, sha256: str, day: date) -> None:
    """Add a file's observations to a store that is `opened`, in place of its former ones."""
    source = observed.source
    name, dataset = _name(source.path), source.description.id
    folder = store / dataset
    folder.mkdir(exist_ok=True)
    write_observations(observed.published, folder / f"{name}.parquet")
    write_observations(observed.derived, folder / f"{name}{SUMS}.parquet")
    rows = len(observed.published.frame) + len(observed.derived.frame)
    files = index.setdefault(dataset, {})
    files[name] = StoredFile(source.path.name, sha256, day.isoformat(), rows)


def resolve(store: Path, dataset: str, files: Mapping[str, StoredFile]) -> None:
    """Write the resolved file of a dataset from those of its files.

    Where two files speak of one figure, the last by name stands: names carry editions.
    """
    names = sorted(files, reverse=True)
    paths = [*names, *(f"{name}{SUMS}" for name in names)]
    parts = [read_observations(store / dataset / f"{path}.parquet") for path in paths]
    write_observations(first_of_each(parts), dataset_path(store, dataset))


def read_others(
    store: Path, index: Index, source: Source, only: Mapping[str, Collection[str]]
) -> tuple[Observations, ...]:
    """Return what the other files of a file's dataset published, by name, or `only` some rows."""
    dataset = source.description.id
    names = sorted(set(index.get(dataset, ())) - {_name(source.path)})
    return tuple(read_observations(store / dataset / f"{name}.parquet", only) for name in names)


def read_store(store: Path) -> Observations:
    """Return everything that a store holds.

    Raises:
        SourceError: see `read_index`; or a file of it is missing or damaged.
    """
    parts = [read_observations(dataset_path(store, name)).frame for name in read_index(store)]
    return Observations(concatenate(parts))


def dataset_path(store: Path, dataset: str) -> Path:
    """Return the resolved file of a dataset."""
    return store / f"{dataset}.parquet"


def _name(path: Path) -> str:
    """Return a file's name without `.gz`: compressed or not, it is the same file."""
    return path.name.removesuffix(".gz")
