"""What a pattern of keys reaches in a document: `("enjeux", "*", "id")`, the id of each enjeu."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ctgsite.config.positions import KeyPath


def values(data: Any, pattern: KeyPath, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Yield each (path, value) that a pattern reaches; "*" stands for every item of a list."""
    if not pattern:
        yield path, data
    elif pattern[0] == "*":
        items = data if isinstance(data, list) else []
        for index, item in enumerate(items):
            yield from values(item, pattern[1:], (*path, index))
    elif isinstance(pattern[0], int):
        if isinstance(data, list) and pattern[0] < len(data):
            yield from values(data[pattern[0]], pattern[1:], (*path, pattern[0]))
    elif isinstance(data, dict) and pattern[0] in data:
        yield from values(data[pattern[0]], pattern[1:], (*path, pattern[0]))


def texts(data: Any, pattern: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Yield each (path, text) that a pattern reaches."""
    for path, value in values(data, pattern):
        if isinstance(value, str):
            yield path, value
