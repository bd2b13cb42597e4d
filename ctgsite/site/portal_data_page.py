"""What the portal’s downloads page shows: files with their sizes, sites, how to read them."""

from __future__ import annotations

from pathlib import PurePosixPath

from ctgsite.pages.columns import STATUSES
from ctgsite.pages.french import number, typographic
from ctgsite.pages.shelf import size_in_words
from ctgsite.site.portal_data import Gathered
from ctgsite.site.portal_notes import UNIQUE, WHAT, citation
from ctgsite.site.portal_rows import PORTAL_COLUMNS

_FORMATS = ("xlsx", "csv", "json")
_OTHERS = (
    ("territoires.csv", "Liste des diagnostics", "ce que désigne la colonne « site »"),
    (
        "datapackage.json",
        "Description",
        "les fichiers CSV et leurs colonnes (Frictionless Data Package)",
    ),
)


def data_context(gathered: Gathered) -> dict[str, object]:
    """Return what the template of the page needs."""
    return {
        "what": WHAT,
        "unique": typographic(UNIQUE),
        "figures": [
            _subject(gathered, stem, title)
            for stem, title in (
                ("indicateurs", "Toutes les thématiques"),
                *((f"thematiques/{slug}", title) for slug, title in gathered.themes.items()),
            )
        ],
        "others": [
            {"title": title, "told": typographic(told), "files": [_file(gathered, path, title)]}
            for path, title, told in _OTHERS
        ],
        "sites": [
            {
                "slug": card.slug,
                "name": card.name,
                "rows": number(gathered.rows[card.slug]),
                "fictitious": card.fictitious,
            }
            for card in gathered.cards
        ],
        "columns": [(column.name, typographic(column.description)) for column in PORTAL_COLUMNS],
        "statuses": [(s.value, short, why) for s, (short, why) in STATUSES.items()],
        "sources": gathered.sources,
        "citation": citation(gathered.sources),
    }


def _subject(gathered: Gathered, stem: str, title: str) -> dict[str, object]:
    files = [_file(gathered, f"{stem}.{suffix}", title) for suffix in _FORMATS]
    return {"title": title, "told": "", "files": files}


def _file(gathered: Gathered, path: str, title: str) -> dict[str, str]:
    suffix = PurePosixPath(path).suffix[1:].upper()
    size = size_in_words(gathered.sizes.get(path))
    return {
        "path": path,
        "title": title,
        "shown": ", ".join(filter(None, (suffix, size))),
        "saved_as": f"ctg-{PurePosixPath(path).name}",
    }
