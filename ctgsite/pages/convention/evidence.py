"""AFOM entries and readings of each theme, and the tables of figures and voices together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ctgsite.config.voices import Convergence, SwotEntry, SwotKind
from ctgsite.diagnostic.voices import FiguresAndVoices, figures_and_voices, hear
from ctgsite.pages.french import counted, number
from ctgsite.pages.tables import Cell, Table
from ctgsite.pages.view import SiteView
from ctgsite.pages.words import AGREEMENTS, SWOT

SWOT_ANCHORS: dict[SwotKind, str] = {
    "atout": "atouts",
    "faiblesse": "faiblesses",
    "opportunite": "opportunites",
    "menace": "menaces",
}
SHORTLY = {
    "accord": "Accord",
    "divergence": "Divergence",
    "chiffres_seuls": "Chiffres seuls",
    "paroles_seules": "Paroles seules",
    "rien": "Ni chiffre ni parole",
}
UNREAD = "Lecture à publier"


@dataclass(frozen=True, slots=True)
class SwotPart:
    """One of the four lists of an AFOM."""

    title: str
    anchor: str
    entries: tuple[SwotEntry, ...]


def figures_and_voices_of(view: SiteView) -> tuple[FiguresAndVoices, ...]:
    """Return what each theme of the site has of figures and voices; none where nobody spoke."""
    shown, territory = view.diagnostic, view.diagnostic.territory
    spoke = hear(territory, shown.themes) or shown.surveys or territory.convergences
    return figures_and_voices(shown) if spoke else ()


def swot_parts(written: Iterable[SwotEntry], theme: str) -> tuple[SwotPart, ...]:
    """Return the four lists of a theme, none at all where it has no entry."""
    entries = [entry for entry in written if entry.theme == theme]
    if not entries:
        return ()
    return tuple(
        SwotPart(title, SWOT_ANCHORS[kind], tuple(e for e in entries if e.kind == kind))
        for kind, title in SWOT.items()
    )


def readings(found: FiguresAndVoices) -> tuple[tuple[str, Convergence], ...]:
    """Return what the territory reads in the figures and voices of a theme, each with its title."""
    return tuple((AGREEMENTS[reading.agreement], reading) for reading in found.readings)


def counted_sentence(found: FiguresAndVoices) -> str:
    """Return how many figures and voices a theme has, and which of them is missing."""
    if not found.voices:
        figures = counted(found.figures, "chiffre")
        speak = "porte" if found.figures < 2 else "portent"
        return f"{figures} {speak} sur cette thématique ; aucune parole publiée n’en parle."
    voices = counted(found.voices, "parole")
    if not found.figures:
        speak = "porte" if found.voices < 2 else "portent"
        return f"{voices} {speak} sur cette thématique ; aucun chiffre publié n’en parle."
    both = f"{counted(found.figures, 'chiffre')} et {voices} portent sur cette thématique."
    return both if found.readings else f"{both} Leur lecture commune n’est pas encore publiée."


def both_table(view: SiteView, found: Iterable[FiguresAndVoices], root: str) -> Table:
    """Return a row a theme: its figures, its voices, and what the territory reads in them."""
    titles = {theme.theme.slug: theme.theme.title for theme in view.diagnostic.themes}
    rows = tuple(
        (
            Cell(
                titles[one.theme],
                f"{root}thematiques/{one.theme}/index.html#chiffres-et-paroles",
            ),
            Cell(number(one.figures), number=True),
            Cell(number(one.voices), number=True),
            Cell(_reading(one)),
        )
        for one in found
    )
    columns = ("Thématique", "Chiffres", "Paroles", "Lecture")
    return Table("Chiffres et paroles, thématique par thématique", columns, rows)


def _reading(found: FiguresAndVoices) -> str:
    declared = dict.fromkeys(SHORTLY[reading.agreement] for reading in found.readings)
    if declared:
        return " ; ".join(declared)
    return SHORTLY[found.silence] if found.silence else UNREAD


def swot_table(view: SiteView, root: str) -> Table | None:
    """Return how many entries of each kind each theme has, None where there is none."""
    written = view.diagnostic.territory.swot
    rows = tuple(
        (
            Cell(theme.theme.title, f"{root}thematiques/{theme.theme.slug}/index.html#afom"),
            *(Cell(number(sum(e.kind == kind for e in own)), number=True) for kind in SWOT),
        )
        for theme in view.diagnostic.themes
        if (own := [e for e in written if e.theme == theme.theme.slug])
    )
    if not rows:
        return None
    return Table("Entrées par thématique", ("Thématique", *SWOT.values()), rows)
