"""What the portal tells of its files of figures: a workbook's first sheet, a sentence to cite."""

from __future__ import annotations

from collections.abc import Iterable

from ctgsite.pages.columns import LICENCE, STATUSES
from ctgsite.pages.data_notes import NO_ZERO, PLAIN_STATUS, ROUNDED
from ctgsite.pages.french import counted, listing, typographic
from ctgsite.pages.workbook import HEADING, NOTICE, PAIR, TEXT, TITLE, Line
from ctgsite.site.model import SiteCard
from ctgsite.site.portal_rows import PORTAL_COLUMNS, notice_of

WHAT = "Les chiffres de tous les diagnostics de ce portail"
UNIQUE = (
    "Une ligne par diagnostic, indicateur, territoire et année. Un même territoire (un "
    "département, la France) revient dans chaque diagnostic qui s’y compare : pour ne le compter "
    "qu’une fois, gardez les lignes dont le niveau est « territoire »."
)


def citation(sources: Iterable[dict[str, str]]) -> str:
    """Return the sentence to copy where the figures are used again."""
    named = (name for source in sources for name in source.get("producer", "").split(", "))
    producers = listing(sorted(set(named) - {""})) or "producteurs publics"
    return typographic(
        f"Données : {producers} ({LICENCE['title']}) ; mise en forme : diagnostics des Conventions "
        "territoriales globales."
    )


def read_me(
    cards: Iterable[SiteCard], sources: tuple[dict[str, str], ...], theme: str
) -> tuple[Line, ...]:
    """Return the lines of a workbook's first sheet: that of a theme, or of all where it is ""."""
    sites = tuple(cards)
    lines = (
        Line(TITLE, WHAT),
        Line(TEXT, f"{counted(len(sites), 'diagnostic')}, {_extent(theme)}."),
        Line(TEXT, UNIQUE),
        Line(HEADING, "Les diagnostics"),
        *(Line(PAIR, card.slug, card.name) for card in sites),
        *(Line(NOTICE, f"{card.name} : {notice_of(card)}") for card in sites if card.fictitious),
        Line(HEADING, "Les colonnes"),
        *(Line(PAIR, column.name, column.description) for column in PORTAL_COLUMNS),
        Line(PAIR, *PLAIN_STATUS),
        Line(HEADING, "Les statuts"),
        *(Line(PAIR, s.value, f"{short} : {why}") for s, (short, why) in STATUSES.items()),
        Line(TEXT, NO_ZERO),
        Line(TEXT, ROUNDED),
        Line(HEADING, "Les sources"),
        *(Line(TEXT, source["title"]) for source in sources),
        Line(HEADING, "Citer ces données"),
        Line(TEXT, citation(sources)),
        Line(TEXT, "Aucun des producteurs n’a relu ni approuvé ce fichier."),
    )
    return tuple(Line(line.kind, typographic(line.text), typographic(line.more)) for line in lines)


def _extent(theme: str) -> str:
    return f"thématique « {theme} »" if theme else "une feuille par thématique"
