"""The `site.json` of each site: what it is, what it was built from, and what it is made of.

The portal reads nothing else, and a site counts as present only where every file is as recorded.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ctgsite.site.model import Population, SiteCard

NAME = "site.json"
_FORMAT = 1


def write_manifest(folder: Path, card: SiteCard) -> None:
    """Record a finished site; `folder` is complete but for this file."""
    _record(folder, dataclasses.asdict(card))


def write_record(folder: Path, content_key: str) -> None:
    """Record a finished folder of ours that is no site, and what it was made from."""
    _record(folder, {"content_key": content_key})


def stands(folder: Path, content_key: str) -> bool:
    """Whether a folder so recorded is whole and was made from the same."""
    content = _read(folder)
    return content is not None and content.get("content_key") == content_key and is_whole(folder)


def recorded_digest(folder: Path, name: str) -> str:
    """Return the digest of a site's file, "" where the site has none of that name."""
    content = _read(folder) or {}
    files = content.get("files")
    return str(files.get(name, "")) if isinstance(files, dict) else ""


def read_card(folder: Path) -> SiteCard | None:
    """Return what a site says of itself, or None where ctgsite published no site."""
    content = _read(folder)
    if content is None:
        return None
    fields = {field.name for field in dataclasses.fields(SiteCard)}
    values = {name: _frozen(value) for name, value in content.items() if name in fields}
    try:
        for name in ("stated", "measured"):
            values[name] = Population(**content[name]) if content.get(name) else None
        return SiteCard(**values)
    except TypeError:  # written by another version, or damaged: the site is built again
        return None


def is_ours(folder: Path) -> bool:
    """Whether ctgsite wrote the folder; a damaged record of ours does not make it a stranger's."""
    try:
        content = json.loads((folder / NAME).read_bytes())
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return isinstance(content, dict) and content.get("programme") == "ctgsite"


def is_whole(folder: Path) -> bool:
    """Whether every file that the manifest names stands there, unchanged, and no other."""
    content = _read(folder)
    if content is None:
        return False
    recorded = content.get("files")
    if not isinstance(recorded, dict):
        return False
    present = {path.relative_to(folder).as_posix(): path for path in _files(folder)}
    return present.keys() == recorded.keys() and all(
        _digest(path) == recorded[name] for name, path in present.items()
    )


def unchanged(output: Path, slug: str, key: str) -> bool:
    """Whether the site stands whole and was built from `key`, its inputs' or its content's."""
    folder = output / slug
    card = read_card(folder)
    return card is not None and key in (card.inputs_key, card.content_key) and is_whole(folder)


def note_inputs(output: Path, slug: str, inputs_key: str) -> None:
    """Record that other inputs gave the same content, so that the next run need not compute it."""
    folder = output / slug
    content = _read(folder)
    if content is None:
        return
    temporary = output / f".{slug}.{NAME}"
    _write(temporary, content | {"inputs_key": inputs_key})
    temporary.replace(folder / NAME)


def _record(folder: Path, told: dict[str, Any]) -> None:
    content = {
        "format": _FORMAT,
        "programme": "ctgsite",
        **told,
        "files": {path.relative_to(folder).as_posix(): _digest(path) for path in _files(folder)},
    }
    _write(folder / NAME, content)


def _write(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


def _read(folder: Path) -> dict[str, Any] | None:
    try:
        content = json.loads((folder / NAME).read_bytes())
    except (OSError, ValueError):
        return None
    ours = isinstance(content, dict) and content.get("programme") == "ctgsite"
    return content if ours and content.get("format") == _FORMAT else None


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path != folder / NAME:
            yield path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
