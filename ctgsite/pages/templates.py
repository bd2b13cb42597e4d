"""The Jinja2 environment of the page templates: strict, French, a workspace's own copies first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from babel.dates import format_date
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)

from ctgsite.errors import Place, Problem, PublicationError
from ctgsite.geography.names import a, dans, de, le
from ctgsite.pages import sentences
from ctgsite.pages.charts.base import height_of
from ctgsite.pages.french import (
    LOCALE,
    capitalise,
    counted,
    ended,
    listing,
    number,
    sentence,
    uncapitalise,
    when,
)
from ctgsite.pages.prose import plain, safe_markdown

PAGES_FOLDER = "pages"

_HEADING = re.compile(r"(?<!\n)\n(#{1,6} )")
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")


def make_environment(templates: Path | Sequence[Path]) -> Environment:
    """Return the environment that renders pages.

    Args:
        templates: `docs_templates` folders; the files of later ones win.
    """
    folders = [templates] if isinstance(templates, Path) else list(templates)
    environment = Environment(
        loader=FileSystemLoader([folder / PAGES_FOLDER for folder in reversed(folders)]),
        undefined=StrictUndefined,
        autoescape=_is_html,  # noqa: S701 - Markdown has its own filters, see _is_html
        comment_start_string="<#",  # Markdown needs “{#” for the anchors of its headings
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "capitale": capitalise,
        "hauteur": height_of,
        "jour": day,
        "liste": listing,
        "markdown": safe_markdown,
        "millesime": when,
        "minuscule": uncapitalise,
        "nombre": number,
        "phrase": sentence,
        "point": ended,
        "texte": plain,
    }
    environment.globals |= {
        "a": a,
        "compte": counted,
        "constat": sentences.heading,
        "chiffre": sentences.figure,
        "dans": dans,
        "de": de,
        "le": le,
        "lecture": sentences.reading,
    }
    return environment


@contextmanager
def told_in_french(template: str) -> Iterator[None]:
    """Turn a fault of a template into a problem at its place.

    Raises:
        PublicationError: the template cannot be read or rendered.
    """
    try:
        yield
    except TemplateSyntaxError as error:
        place = Place(Path(error.filename or template), error.lineno)
        raise PublicationError(Problem(f"gabarit illisible : {error.message}", place)) from error
    except (TemplateError, UnicodeDecodeError) as error:
        message = f"gabarit « {template} » impossible à remplir : {error}"
        raise PublicationError(Problem(message)) from error


def tidy(markdown: str) -> str:
    """Return Markdown with one empty line between blocks and before headings."""
    spaced = _HEADING.sub("\n\n\\1", markdown.strip())
    return _EMPTY_LINES.sub("\n\n", spaced) + "\n"


def day(value: date) -> str:
    """Return a date in words: “1er mars 2025”."""
    text = format_date(value, "d MMMM y", locale=LOCALE)
    return f"1er{text.removeprefix('1')}" if value.day == 1 else text


def _is_html(name: str | None) -> bool:
    """Markdown is escaped by its filters; HTML fragments escape everything."""
    return name is None or ".html" in name
