"""Downloaded files, kept as the producer sent them, each with what its site said of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ctgsite.sources.store import DOWNLOADS

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


def read_kept(path: Path) -> Kept | None:
    """Return what is known of a downloaded file; None where it or its record is not there."""
    try:
        kept = Kept(**json.loads(_record(path).read_text(encoding="utf-8")))
        return kept if path.stat().st_size == kept.size else None
    except (OSError, ValueError, TypeError):
        return None


def keep(path: Path, unfinished: Path, kept: Kept) -> None:
    """Put a finished download in the place of the former one; the record vouches for it last."""
    _record(path).unlink(missing_ok=True)
    unfinished.replace(path)
    temporary = _record(path).with_suffix(".tmp")
    temporary.write_text(json.dumps(asdict(kept), ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(_record(path))


def _record(path: Path) -> Path:
    return path.with_name(f"{path.name}{RECORD}")
