"""Downloaded files, kept as the producer sent them, each with what its site said of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from filelock import FileLock, Timeout

from ctgsite.errors import Place, Problem, SourceError
from ctgsite.sources.addresses import ANY_YEAR
from ctgsite.sources.store import DOWNLOADS, LOCK

RECORD = ".json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of the folder, whole and as its hash says."""

    address: str
    sha256: str
    size: int  # bytes
    fetched: str  # ISO date
    etag: str = ""
    modified: str = ""  # the site's Last-Modified


def folder_of(store: Path, dataset: str) -> Path:
    """Return where the downloads of a dataset are kept."""
    return store / DOWNLOADS / dataset


@contextmanager
def alone(store: Path) -> Iterator[None]:
    """Let one process at a time download into a store.

    Raises:
        SourceError: another one is.
    """
    folder = store / DOWNLOADS
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folder / LOCK, timeout=0):
            yield
    except Timeout as error:
        message = "un autre téléchargement est en cours dans cet entrepôt : attendez qu’il finisse"
        raise SourceError(Problem(message, Place(store))) from error


def read_kept(path: Path) -> Kept | None:
    """Return what is known of a downloaded file; None where it or its record is not there."""
    try:
        kept = Kept(**json.loads(_record(path).read_text(encoding="utf-8")))
        return kept if path.stat().st_size == kept.size else None
    except (OSError, ValueError, TypeError):
        return None


def latest(folder: Path, name: str) -> Path:
    """Return the path of a file of the folder; of the newest one, where its name holds a year."""
    if ANY_YEAR not in name:
        return folder / name
    found = sorted(folder.glob(name.replace(ANY_YEAR, "[0-9]" * 4)))
    return found[-1] if found else folder / name


def of_year(path: Path, modified: str) -> Path:
    """Return the path with the year of an HTTP date in the place of `{aaaa}`.

    Raises:
        SourceError: the date is none.
    """
    try:
        year = str(parsedate_to_datetime(modified).year)
    except ValueError as error:
        message = "le site ne dit pas de quand est ce fichier, que rien d’autre ne date"
        raise SourceError(Problem(message, Place(path))) from error
    return path.with_name(path.name.replace(ANY_YEAR, year))


def keep(path: Path, unfinished: Path, kept: Kept) -> None:
    """Put a finished download in the place of the former one; the record vouches for it last."""
    _record(path).unlink(missing_ok=True)
    unfinished.replace(path)
    temporary = _record(path).with_suffix(".tmp")
    temporary.write_text(json.dumps(asdict(kept), ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(_record(path))


def _record(path: Path) -> Path:
    return path.with_name(f"{path.name}{RECORD}")
