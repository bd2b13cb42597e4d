"""Chooses the chapters of a booklet: the pages of a finished site, in the order of its menu."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any

from ctgsite.errors import Problem, PublicationError
from ctgsite.site.booklet.model import Chapter

MEMBERS = "communes"  # each commune has its own page, to be printed on its own
# What serves a website only, and what the chapters already say in another form.
LEFT_OUT = (
    "donnees", "accessibilite", "mentions-legales", "donnees-personnelles", "actions/livret",
)  # fmt: skip

_ARTICLE = re.compile(r"<article\b[^>]*md-content__inner[^>]*>(.*)</article>", re.DOTALL)
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_PERMALINK = re.compile(r'<a class="headerlink"[^>]*>.*?</a>', re.DOTALL)
_TOOLS = re.compile(  # what a reader presses, and nobody prints
    r'<div class="ctg-(?:outils|comparer)\b.*?</div>|<form\b.*?</form>', re.DOTALL
)
_HREF = re.compile(r'<a\b[^>]*\shref="([^"#?:]+)["#?]')
_TAG = re.compile(r"<[^>]+>")


def read_chapters(menu: list[dict[str, Any]], site: Path) -> tuple[Chapter, ...]:
    """Return the chapters of the booklet of a site.

    Args:
        menu: The `nav` of the site's mkdocs.yml.
        site: The folder of the finished site.

    Raises:
        PublicationError: A page of the menu has no content to print.
    """
    entries = tuple(_entries(menu))
    in_menu = {path for _, _, path in entries}
    chapters: list[Chapter] = []
    for section, title, path in entries:
        if _left_out(path):
            continue
        chapter = _read(site, path, title, section, 1)
        chapters.append(chapter)
        chapters += (
            _read(site, found, "", section, 2)
            for found in dict.fromkeys(_led_to(chapter))
            if found not in in_menu and not _left_out(found) and (site / found).is_file()
        )
    return tuple(chapters)


def member_pages(site: Path) -> int:
    """Return how many pages of member communes the site holds, which the booklet leaves out."""
    return len(list(site.glob(f"{MEMBERS}/*/index.html")))


def link_from(page: PurePosixPath, href: str) -> PurePosixPath:
    """Return the path in the site that a relative address written on `page` names."""
    return PurePosixPath(posixpath.normpath(posixpath.join(page.parent.as_posix(), href)))


def _entries(menu: list[dict[str, Any]]) -> Iterator[tuple[str, str, PurePosixPath]]:
    for entry in menu:
        for title, target in entry.items():
            if isinstance(target, str):
                yield "", title, _page(target)
                continue
            for inner in target:
                for name, path in inner.items():
                    yield title, name, _page(path)


def _page(markdown: str) -> PurePosixPath:
    return PurePosixPath(markdown).with_suffix(".html")


def _left_out(path: PurePosixPath) -> bool:
    folder = path.parent
    return folder.as_posix() in LEFT_OUT or folder.parent.as_posix() == MEMBERS


def _led_to(chapter: Chapter) -> Iterator[PurePosixPath]:
    """Yield the pages just under a chapter's own, in the order in which it links to them."""
    folder = chapter.path.parent
    for href in _HREF.findall(chapter.html):
        found = link_from(chapter.path, unescape(href))
        if folder.parts and found.name == chapter.path.name and found.parent.parent == folder:
            yield found


def _read(site: Path, path: PurePosixPath, title: str, section: str, depth: int) -> Chapter:
    article = _ARTICLE.search((site / path).read_text(encoding="utf-8"))
    if article is None:
        message = f"la page « {path} » n’a pas de contenu à imprimer : le moteur du site a changé"
        raise PublicationError(Problem(message))
    html = _TOOLS.sub("", _PERMALINK.sub("", article[1]))
    own = _TITLE.search(html)
    name = unescape(title or _TAG.sub("", own[1] if own else "")).strip()
    return Chapter(path, name or path.parent.name, html, section, depth)
