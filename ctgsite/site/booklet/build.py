"""From a finished site to its booklet: chapters chosen, bound, written, printed until it agrees."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ctgsite.errors import Problem, PublicationError
from ctgsite.site.booklet.binding import bind
from ctgsite.site.booklet.chapters import member_pages, read_chapters
from ctgsite.site.booklet.chromium import Print, opened
from ctgsite.site.booklet.document import write_document
from ctgsite.site.booklet.model import Cover
from ctgsite.site.resources import Resources

_PRINTINGS = 6  # numbers settle at the second printing, or at the third


@dataclass(frozen=True, slots=True)
class Booklet:
    """A PDF, how much it holds, and what its author should look at."""

    content: bytes
    pages: int
    chapters: int
    problems: tuple[Problem, ...] = ()


def make_booklet(
    cover: Cover, menu: list[dict[str, Any]], site: Path, resources: Resources
) -> Booklet:
    """Print a whole site as one tagged PDF, with a cover, contents and bookmarks.

    Args:
        cover: What the first page says.
        menu: The `nav` of the site's mkdocs.yml.
        site: The folder of the finished site, to which the document is added.
        resources: What `find_resources` found for the workspace.

    Raises:
        PublicationError: A page cannot be read, or Chromium cannot print.
    """
    from ctgsite.site.booklet.pdf import finished

    chapters = bind(read_chapters(menu, site), cover.public_url)
    document = write_document(cover, chapters, member_pages(site), site, resources)
    with opened(document) as ready:
        settled = _settled(ready.print)
    content, pages = finished(
        settled,
        ready.headings,
        title=f"{cover.name} – Diagnostic social partagé",
        author=cover.publisher or cover.name,
        day=cover.day,
    )
    return Booklet(content, pages, len(chapters), tuple(map(_undrawn, ready.missing)))


def _undrawn(chart: str) -> Problem:
    message = f"le graphique « {chart} » n’a pas pu être dessiné : son tableau est imprimé"
    return Problem(message, warning=True)


def _settled(printed: Print) -> bytes:
    """Print until the pages that the document names are those where things stand."""
    from ctgsite.site.booklet.pdf import pages_of_names

    pages: dict[str, int] = {}
    for _ in range(_PRINTINGS):
        content = printed(pages)
        found = pages_of_names(content)
        if found == pages:
            return content
        pages = found
    raise PublicationError(Problem("la pagination du document ne se stabilise pas"))
