"""Fingerprints: has anything that a site depends on changed since it was built?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from ctgsite.pages.model import Asset, Page


def of_files(files: Iterable[Path], *texts: str) -> str:
    """Return the fingerprint of files, whole folders included, and of any other text.

    Absent files count as absent, so that one which appears changes the answer.
    """
    digest = hashlib.sha256()
    for text in texts:
        _add(digest, text.encode())
    for path in files:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in found:
            if "__pycache__" in file.parts or file.is_dir():
                continue
            _add(digest, file.relative_to(path.parent).as_posix().encode())
            _add(digest, file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()


def of_content(pages: Iterable[Page], assets: Iterable[Asset], *texts: str) -> str:
    """Return the fingerprint of everything that a site says."""
    digest = hashlib.sha256()
    for text in texts:
        _add(digest, text.encode())
    for page in pages:
        _add(digest, f"{page.path}\n{page.title}\n{page.section}\n{page.in_nav}".encode())
        _add(digest, page.description.encode())
        _add(digest, page.markdown.encode())
    for asset in assets:
        _add(digest, str(asset.path).encode())
        _add(digest, asset.content)
    return digest.hexdigest()


def fingerprinted(name: str, content: bytes) -> str:
    """Return a file's name with a hash of its content: `a.min.js` becomes `a.1f….min.js`."""
    stem, dot, suffixes = name.partition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}{dot}{suffixes}"


def _add(digest: hashlib._Hash, content: bytes) -> None:
    """Add one field with its length, so that two fields never read as another pair."""
    digest.update(len(content).to_bytes(8, "big"))
    digest.update(content)
