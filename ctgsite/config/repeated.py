"""Identifiers that name two things of one kind: a citation would not know which one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ctgsite.config.patterns import texts
from ctgsite.config.positions import Document, KeyPath
from ctgsite.errors import Problem

Named = tuple[Document, KeyPath, str]  # a name, and where it is written


def named(document: Document, *patterns: KeyPath) -> list[Named]:
    """Return the names that some patterns reach, with their places."""
    found = (pair for pattern in patterns for pair in texts(document.data, pattern))
    return [(document, path, name) for path, name in found]


def check_repeated(names: Iterable[Named]) -> Iterator[Problem]:
    """Refuse a name that is written twice, each time again at its place."""
    first: dict[str, tuple[Document, int]] = {}
    for document, path, name in names:
        line = document.place(path).line
        if name in first:
            before, at = first[name]
            where = f"à la ligne {at}" if before is document else f"dans {before.path}, ligne {at}"
            message = f"« {name} » est écrit deux fois (déjà {where})"
            yield document.problem(message, path)
        first.setdefault(name, (document, line))
