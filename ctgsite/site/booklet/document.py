"""Writes the one HTML document of a booklet: cover, contents, chapters and their notes."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ctgsite.pages.templates import day
from ctgsite.site.booklet.contour import draw_contour
from ctgsite.site.booklet.model import Chapter, Cover
from ctgsite.site.manifest import read_card
from ctgsite.site.resources import Resources

NAME = "document.html"

_STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_SCRIPT = re.compile(r'<script\b[^>]*\bid="ctgsite-script"[^>]*></script>')


def write_document(
    cover: Cover, chapters: tuple[Chapter, ...], members: int, site: Path, resources: Resources
) -> Path:
    """Write the document at the root of the site that it is made from, and return its path.

    Args:
        cover: What the first page says.
        chapters: The chapters, bound.
        members: How many pages of member communes the document leaves out.
        site: The folder of the finished site; its theme and its scripts serve the document.
        resources: What `find_resources` found for the workspace.
    """
    environment = Environment(
        loader=FileSystemLoader([root / "document" for root in reversed(resources.templates)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["jour"] = day
    environment.filters["css"] = _css_string
    card = read_card(site)
    home = (site / "index.html").read_text(encoding="utf-8")
    script = _SCRIPT.search(home)
    style = resources.files("document")["document.css"].read_text(encoding="utf-8")
    page = environment.get_template("document.html").render(
        cover=cover,
        contour=draw_contour(card.outline) if card else None,
        chapters=[_entry(chapter) for chapter in chapters],
        contents=[
            (section, list(group))
            for section, group in groupby(chapters, key=lambda chapter: chapter.section)
        ],
        members=members,
        stylesheets=_STYLESHEET.findall(home),
        style=Markup(style),  # noqa: S704 - our own file, not content
        script=Markup(script[0] if script else ""),  # noqa: S704
    )
    path = site / NAME
    path.write_text(page, encoding="utf-8")
    return path


def _entry(chapter: Chapter) -> dict[str, object]:
    return {
        "key": chapter.key,
        "title": chapter.title,
        "section": chapter.section,
        "depth": chapter.depth,
        "html": Markup(chapter.html),  # noqa: S704 - a page of the site, sanitised as such
        "notes": chapter.notes,
    }


def _css_string(text: str) -> Markup:
    """Return a text as a string of a stylesheet inside a page."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ").replace("\n", " ")
    return Markup(f'"{quoted}"')  # noqa: S704 - quoted just above
