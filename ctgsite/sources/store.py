"""The local store: every imported file's observations, and one resolved file a dataset.

A dataset's folder keeps what each producer's file became (`<file>.parquet` as published,
`<file>.sommes.parquet` for the sums made of it), so that importing one file again replaces that
file's figures alone. The resolved file is what readers take: a figure that the producer published
at a level stands before a sum.

All these names carry the hash of what they were made from, as the index tells it. So nothing that
the index names is ever written over, and an import counts from the moment when its index takes the
place of the former one: until then, and where it fails, readers see the store as it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
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

FORMAT = 3  # 2: with the bound of each figure; 3: names with hashes
INDEX = "store.json"
LOCK = ".verrou"
SUMS = ".sommes"
DOWNLOADS = "telechargements"  # producers' files as they were sent


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


def holds(store: Path, path: Path, sha256: str) -> bool:
    """Whether a store has the figures of a file, unchanged.

    Raises:
        SourceError: see `read_index`.
    """
    if not is_store(store):
        return False
    files = (file for found in read_index(store).values() for file in found.values())
    return any(file.name == path.name and file.sha256 == sha256 for file in files)


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
            index, former = read_index(store), read_index(store)
            yield index
            _write_index(store, index)
            _sweep(store, (index, former))
    except Timeout as error:
        message = "un autre import est en cours dans cet entrepôt : attendez qu’il se termine"
        raise SourceError(Problem(message, Place(store))) from error


def _claim(store: Path) -> None:
    """Make a new or empty folder a store."""
    store.mkdir(parents=True, exist_ok=True)
    if is_store(store):
        return
    if any(path.name != DOWNLOADS for path in store.iterdir()):
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


def _sweep(store: Path, indexes: Sequence[Index]) -> None:
    """Remove what neither index names; a reader may still be reading by the former one."""
    named = {
        path
        for index in indexes
        for dataset, files in index.items()
        for path in (
            dataset_path(store, dataset, files),
            *(path for file in files.values() for path in _parts(store, dataset, file)),
        )
    }
    datasets = {dataset for index in indexes for dataset in index}
    folders = (store, *(store / dataset for dataset in datasets))
    found = {path for folder in folders for path in folder.glob("*.parquet")}
    for path in found - named:
        path.unlink(missing_ok=True)


def keep(store: Path, index: Index, observed: Observed, sha256: str, day: date) -> None:
    """Add a file's observations to a store that is `opened`, in place of its former ones."""
    source = observed.source
    dataset = source.description.id
    rows = len(observed.published.frame) + len(observed.derived.frame)
    file = StoredFile(source.path.name, sha256, day.isoformat(), rows)
    published, derived = _parts(store, dataset, file)
    published.parent.mkdir(exist_ok=True)
    write_observations(observed.published, published)
    write_observations(observed.derived, derived)
    index.setdefault(dataset, {})[_name(source.path)] = file


def resolve(store: Path, dataset: str, files: Mapping[str, StoredFile]) -> None:
    """Write the resolved file of a dataset from those of its files.

    Where two files speak of one figure, the last by name stands: names carry editions.
    """
    pairs = [_parts(store, dataset, files[name]) for name in sorted(files, reverse=True)]
    ranked = [*(published for published, _ in pairs), *(derived for _, derived in pairs)]
    parts = [read_observations(path) for path in ranked]
    write_observations(first_of_each(parts), dataset_path(store, dataset, files))


def read_others(
    store: Path, index: Index, source: Source, only: Mapping[str, Collection[str]]
) -> tuple[Observations, ...]:
    """Return what the other files of a file's dataset published, by name, or `only` some rows."""
    dataset = source.description.id
    files = index.get(dataset, {})
    names = sorted(set(files) - {_name(source.path)})
    paths = (_parts(store, dataset, files[name])[0] for name in names)
    return tuple(read_observations(path, only) for path in paths)


def read_former(store: Path, index: Index, source: Source) -> Observations | None:
    """Return what a file published when it was imported before, None if it never was."""
    dataset = source.description.id
    file = index.get(dataset, {}).get(_name(source.path))
    return read_observations(_parts(store, dataset, file)[0]) if file else None


def read_store(store: Path) -> Observations:
    """Return everything that a store holds.

    Raises:
        SourceError: see `read_index`; or a file of it is missing or damaged.
    """
    paths = (dataset_path(store, name, files) for name, files in read_index(store).items())
    return Observations(concatenate([read_observations(path).frame for path in paths]))


def dataset_path(store: Path, dataset: str, files: Mapping[str, StoredFile]) -> Path:
    """Return the resolved file of a dataset made of these files."""
    hashes = sorted((name, file.sha256) for name, file in files.items())
    return store / f"{dataset}.{_short(repr(hashes).encode())}.parquet"


def _parts(store: Path, dataset: str, file: StoredFile) -> tuple[Path, Path]:
    """Return where what a file published stands, and the sums made of it."""
    stem = f"{_name(Path(file.name))}.{_short(file.sha256.encode())}"
    folder = store / dataset
    return folder / f"{stem}.parquet", folder / f"{stem}{SUMS}.parquet"


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _name(path: Path) -> str:
    """Return a file's name without `.gz`: compressed or not, it is the same file."""
    return path.name.removesuffix(".gz")
