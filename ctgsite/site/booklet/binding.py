"""Binds a page into the document: its names become its own, its links those of the document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from markupsafe import escape

from ctgsite.site.booklet.chapters import link_from
from ctgsite.site.booklet.model import Chapter

_OPENING = re.compile(
    r"""<script\b.*?</script>|<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>""", re.DOTALL
)
_ATTRIBUTE = re.compile(
    r'\s(id|name|for|headers|aria-labelledby|aria-describedby|aria-controls|href|xlink:href|src)="([^"]*)"'
)
_OUTSIDE = re.compile(r'(<a\b[^>]*\shref="(https?://[^"]+)"[^>]*>)(.*?)</a>', re.DOTALL)
_HEADING = re.compile(r"<(/?)h([1-6])\b")
_REFERENCES = ("for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")


def bind(chapters: tuple[Chapter, ...], public_url: str = "") -> tuple[Chapter, ...]:
    """Return the chapters as one document holds them.

    Names are unique; a link to another page goes to its chapter, or to the public site where the
    document leaves that page out; addresses outside are numbered, to be listed after the chapter.
    """
    keys = {chapter.path: chapter.key for chapter in chapters}
    return tuple(_bound(chapter, keys, public_url) for chapter in chapters)


def _bound(chapter: Chapter, keys: Mapping[PurePosixPath, str], public_url: str) -> Chapter:
    notes: dict[str, int] = {}

    def noted(found: re.Match[str]) -> str:
        number = notes.setdefault(unescape(found[2]), len(notes) + 1)
        return f'{found[1]}{found[3]}</a><sup class="doc-appel">{number}</sup>'

    def tag(found: re.Match[str]) -> str:
        whole = found[0]
        if whole.startswith("<script"):
            return whole
        return _ATTRIBUTE.sub(lambda part: _attribute(part, chapter, keys, public_url), whole)

    html = _OPENING.sub(tag, _OUTSIDE.sub(noted, chapter.html))
    lower = chapter.depth - 1
    html = _HEADING.sub(lambda found: f"<{found[1]}h{min(int(found[2]) + lower, 6)}", html)
    return chapter.bound(html, tuple(notes))


def _attribute(
    part: re.Match[str], chapter: Chapter, keys: Mapping[PurePosixPath, str], public_url: str
) -> str:
    name, value = part[1], part[2]
    if name == "id":
        return f' id="{_inside(chapter.key, value)}"'
    if name in _REFERENCES:
        return f' {name}="{" ".join(_inside(chapter.key, one) for one in value.split())}"'
    if name == "name" or ":" in value.partition("/")[0]:  # has a scheme
        return part[0]
    if name == "src":
        image = link_from(chapter.path, unquote(unescape(value)))
        return f' src="{quote(image.as_posix())}"'
    return _link(name, unescape(value), chapter, keys, public_url)


def _link(
    name: str, href: str, chapter: Chapter, keys: Mapping[PurePosixPath, str], public_url: str
) -> str:
    address, _, fragment = href.partition("#")
    if not address:
        return f' {name}="#{escape(_inside(chapter.key, fragment))}"'
    path = link_from(chapter.path, address)
    if path in keys:
        target = _inside(keys[path], fragment)
        away = "" if path == chapter.path else " data-renvoi"
        return f' {name}="#{escape(target)}"{away}'
    if public_url:
        anchor = f"#{fragment}" if fragment else ""
        online = f"{public_url.rstrip('/')}/{path}{anchor}"
        return f' {name}="{escape(online)}"'
    return ""  # nowhere to go: the words stay


def _inside(key: str, name: str) -> str:
    return f"{key}--{name}" if name else key
