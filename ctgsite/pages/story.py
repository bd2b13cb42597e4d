"""What the home page and the brief tell besides figures: aims, quotations, progress, next steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ctgsite.config.voices import Quote
from ctgsite.pages.convention import falc
from ctgsite.pages.progress import axes_progress, latest_update, next_steps
from ctgsite.pages.view import SiteView
from ctgsite.pages.voices import speaker

MOST_QUOTES = 3
LONGEST_QUOTE = 220  # characters; a longer one is read on its own page, never cut


@dataclass(frozen=True, slots=True)
class Aim:
    """One of the four aims of the démarche, and the page that serves it."""

    title: str
    text: str
    link: str


AIMS = (
    Aim("Partager", "une vision du territoire, construite ensemble", "participation/index.md"),
    Aim("Structurer", "la politique sociale avec ses acteurs", "priorites/index.md"),
    Aim("Adapter", "l’action aux besoins qui évoluent", "evaluation/index.md"),
    Aim("Agir", "en partenaires, dans un plan d’actions concret", "actions/index.md"),
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quotation as the home page shows it, and where it stands beside its theme's figures."""

    text: str
    who: str
    theme: str
    link: str


def story(view: SiteView) -> dict[str, Any]:
    """Return what the home page's template needs."""
    territory = view.diagnostic.territory
    return {
        "aims": AIMS,
        "spoken": chosen_quotes(view),
        "progress": axes_progress(territory),
        "updated": latest_update(territory),
        "steps": next_steps(territory),
        "falc": bool(falc.falc_text(territory)),
    }


def chosen_quotes(view: SiteView) -> tuple[Spoken, ...]:
    """Return a few quotations, one a theme, in the order of the themes.

    Of each theme the first one that speaks to a finding; where these are fewer than MOST_QUOTES,
    then the first one of the other themes. Those too long for a home page are left to their own.
    """
    territory = view.diagnostic.territory
    titles = {theme.theme.slug: theme.theme.title for theme in view.diagnostic.themes}
    short = [q for q in territory.participation.quotes if len(q.text) <= LONGEST_QUOTE]
    grounded = _first_of_each(titles, (quote for quote in short if quote.findings))
    others = {
        theme: q for theme, q in _first_of_each(titles, short).items() if theme not in grounded
    }
    kept = dict(list((grounded | others).items())[:MOST_QUOTES])
    return tuple(
        Spoken(kept[theme].text, speaker(kept[theme]), title, _place(kept[theme], theme))
        for theme, title in titles.items()
        if theme in kept
    )


def _first_of_each(themes: Iterable[str], quotes: Iterable[Quote]) -> dict[str, Quote]:
    found: dict[str, Quote] = {}
    for quote in quotes:
        if quote.theme:
            found.setdefault(quote.theme, quote)
    return {theme: found[theme] for theme in themes if theme in found}


def _place(quote: Quote, theme: str) -> str:
    """Return where a quotation stands: beside the others where it has a name, or on its theme."""
    if quote.id:
        return f"participation/index.md#parole-{quote.id}"
    return f"thematiques/{theme}/index.md"
