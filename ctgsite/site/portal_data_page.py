"""What the portal’s downloads page shows: files with their sizes, sites, how to read them."""

from __future__ import annotations

from pathlib import PurePosixPath

from ctgsite.pages.columns import STATUSES
from ctgsite.pages.french import number, typographic
from ctgsite.pages.shelf import size_in_words
from ctgsite.site.portal_data import Gathered
from ctgsite.site.portal_notes import UNIQUE, WHAT, citation
from ctgsite.site.portal_rows import PORTAL_COLUMNS

_SHEETS = "pour Excel ou LibreOffice : une feuille par thématique, et une feuille « À lire »"
_PACKAGE = "les fichiers CSV et leurs colonnes (Frictionless Data Package)"
_WHOLE = (
    ("indicateurs.xlsx", "Tableur", _SHEETS),
    ("indicateurs.csv", "CSV", "pour tous les outils (UTF-8, virgule, point décimal)"),
    ("indicateurs.json", "JSON", "pour un programme"),
    ("territoires.csv", "Liste des diagnostics", "ce que désigne la colonne « site »"),
    ("datapackage.json", "Description", _PACKAGE),
)


def data_context(gathered: Gathered) -> dict[str, object]:
    """Return what the template of the page needs."""
    return {
        "what": WHAT,
        "unique": typographic(UNIQUE),
        "files": [_file(gathered, name, title, typographic(told)) for name, title, told in _WHOLE],
        "themes": [
            _file(gathered, f"thematiques/{slug}.csv", title, "")
            for slug, title in gathered.themes.items()
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


def _file(gathered: Gathered, path: str, title: str, told: str) -> dict[str, str]:
    suffix = PurePosixPath(path).suffix[1:].upper()
    size = size_in_words(gathered.sizes.get(path))
    return {
        "path": path,
        "title": title,
        "told": told,
        "shown": ", ".join(filter(None, (suffix, size))),
        "saved_as": f"ctg-{PurePosixPath(path).name}",
    }
