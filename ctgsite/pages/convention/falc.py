"""The summary “en facile à lire et à comprendre”, where the territory writes one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctgsite.config.models import Territory
from ctgsite.pages.model import Page
from ctgsite.pages.renderer import Renderer

FOLDER = "falc"
TITLE = "En facile à lire et à comprendre"

_CREDIT = re.compile(r"^(?:[ÉE]crit|Relu) par\s*:.*$", re.MULTILINE | re.IGNORECASE)
_LIST_OR_HEADING = re.compile(r"^\s*(?:[-*#>]|\d+[.)])")


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the page, out of the menu: the home page and the foot of every page lead to it."""
    if text := falc_text(renderer.view.diagnostic.territory):
        body, authors = parted(text)
        yield renderer.page(FOLDER, FOLDER, TITLE, in_nav=False, text=body, authors=authors)


def falc_text(territory: Territory) -> str:
    """Return what the territory wrote, in Markdown; "" for nothing."""
    return territory.texts.get("falc", "").strip()


def parted(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text, each of its lines kept as a line, and who wrote and reviewed it.

    A line that begins with “Écrit par :” or “Relu par :” tells the latter.
    """
    authors = tuple(" ".join(line.split()) for line in _CREDIT.findall(text))
    return _with_lines(_CREDIT.sub("", text).strip()), authors


def _with_lines(text: str) -> str:
    """Return Markdown that keeps the author's short lines: one idea, one line."""
    lines = text.replace("\r\n", "\n").split("\n")
    kept = []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        prose = line.strip() and not line.lstrip().startswith("#")
        goes_on = after.strip() and not _LIST_OR_HEADING.match(after)
        kept.append(f"{line.rstrip()}  " if prose and goes_on else line.rstrip())
    return "\n".join(kept)
