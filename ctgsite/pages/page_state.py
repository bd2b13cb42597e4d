"""How far each page has been validated, told once under its title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import escape

from ctgsite.config.fields import Validation
from ctgsite.config.models import Territory
from ctgsite.config.page_states import EVERYTHING, HOME, PARTS
from ctgsite.pages.french import NBSP, uncapitalise
from ctgsite.pages.templates import day
from ctgsite.pages.words import VALIDATIONS

# Pages that say again what others say, and the part that speaks for them.
_BELONGS = {"": HOME, "brief": HOME, "falc": HOME, "fil-conducteur": "priorites"}

_TITLE = re.compile(r"^# .*\n", re.MULTILINE)


def with_state(markdown: str, territory: Territory, folder: str) -> str:
    """Return a page with its state under its title, where its part of the site has one."""
    told = state_of(territory, folder)
    if not told:
        return markdown
    line = (
        f'\n<p class="ctg-validation">État de cette page{NBSP}: {escape(told, quote=False)}.</p>\n'
    )
    return _TITLE.sub(lambda title: title[0] + line, markdown, count=1)


def state_of(territory: Territory, folder: str) -> str:
    """Return the state of the page that stands in a folder of the site, "" where none is told.

    It is the page's own, else that of the part above it, else that of the whole site; a working
    document of which nothing is said is a draft.
    """
    parts = tuple(_parts(folder))
    if not parts or parts[-1] not in PARTS:
        return ""
    for part in (*parts, EVERYTHING):
        if found := territory.validations.get(part):
            return state_words(found.state, found.date)
    return state_words("brouillon") if territory.statut == "projet" else ""


def state_words(state: Validation, on: date | None = None) -> str:
    """Return a state inside a sentence: “validé en comité de pilotage le 3 mars 2026”."""
    words = uncapitalise(VALIDATIONS[state])
    if on is None:
        return words
    return f"{words} {'du' if state == 'brouillon' else 'le'} {day(on)}"


def _parts(folder: str) -> Iterator[str]:
    """Yield the part that a folder is, then those above it."""
    at = _BELONGS.get(folder, folder)
    while at:
        yield at
        at = at.rpartition("/")[0]
