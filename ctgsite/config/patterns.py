"""Patterns of keys, such as ("enjeux", "*", "constats", "*"), and what they reach in a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ctgsite.config.positions import Document, KeyPath


def texts(document: Document, pattern: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Yield each (path, text) that a pattern reaches; other values are left out."""
    for path, value in values(document.data, pattern):
        if isinstance(value, str):
            yield path, value


def values(data: Any, pattern: KeyPath, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Yield each (path, value) that a pattern reaches; "*" stands for every item of a list."""
    if not pattern:
        yield path, data
    elif pattern[0] == "*":
        items = data if isinstance(data, list) else []
        for index, item in enumerate(items):
            yield from values(item, pattern[1:], (*path, index))
    elif isinstance(data, dict) and pattern[0] in data:
        yield from values(data[pattern[0]], pattern[1:], (*path, pattern[0]))
