"""What `pages` hands to `site`: Markdown pages and downloadable files, paths inside one site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown page; `path` ends in index.md. Only pages with `in_nav` stand in the menu.

    A `wide` page has no column beside it: neither the menu of its section nor its own contents.

    Attributes:
        section: heading of its group in the menu; "" for the first level.
        weight: how much its words count in the search, next to other pages'.
        description: what shared links say of it; "" for what they say of the site.
    """

    path: PurePosixPath
    title: str
    markdown: str
    in_nav: bool = True
    section: str = ""
    wide: bool = False
    weight: float = 1
    description: str = ""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file published as it is."""

    path: PurePosixPath
    content: bytes
