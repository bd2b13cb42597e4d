"""What is told beside figures that one downloads: what they are, how to read and to credit them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ctgsite.diagnostic.model import Diagnostic, SourceCard
from ctgsite.indicators.model import Indicator
from ctgsite.pages.banners import banner
from ctgsite.pages.columns import COLUMNS, STATUSES
from ctgsite.pages.french import counted, listing, sentence, typographic, uncapitalise
from ctgsite.pages.workbook import HEADING, NOTICE, PAIR, TEXT, TITLE, Grid, Line

NO_ZERO = "Sans chiffre, la valeur reste vide : ce n’est jamais un zéro."
ROUNDED = (
    "Le tableur affiche des valeurs arrondies, comme le site ; chaque cellule contient la valeur à "
    "pleine précision."
)
PLAIN_STATUS = ("statut_en_clair", "Le statut, en toutes lettres")
REMARK = ("remarque", "Pourquoi il n’y a pas de chiffre, ou comment lire celui qui est donné")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a file of figures is about: the whole site, or one theme of it.

    Attributes:
        theme: the theme's slug; "" for the whole.
        title: the theme's title, or "Toutes les thématiques".
    """

    theme: str
    title: str


WHOLE = Subject("", "Toutes les thématiques")


def citation(diagnostic: Diagnostic, subject: Subject, sources: Iterable[SourceCard]) -> str:
    """Return the sentence to copy where the figures are used again."""
    territory = diagnostic.territory
    cards = tuple(sources)
    producers = listing(dict.fromkeys(n for c in cards for n in c.producer.split(", ")))
    licences = listing(dict.fromkeys(card.licence for card in cards if card.licence))
    about = f", {uncapitalise(subject.title)}" if subject.theme else ""
    where = f", {str(territory.public_url).rstrip('/')}/" if territory.public_url else ""
    under = f" ({licences})" if licences else ""
    made = f"mise en forme : diagnostic de territoire « {territory.name} »{about}{where}"
    return typographic(sentence(f"Données : {producers}{under} ; {made}"))


def read_me(
    diagnostic: Diagnostic, subject: Subject, rows: int, sources: tuple[SourceCard, ...]
) -> tuple[Line, ...]:
    """Return the lines of a workbook's first sheet."""
    territory = diagnostic.territory
    columns = [(column.name, column.description) for column in COLUMNS]
    lines = (
        Line(TITLE, f"{territory.name} : {uncapitalise(subject.title)}"),
        Line(NOTICE, banner(territory)),
        Line(TEXT, f"{counted(rows, 'ligne')}, une par indicateur, territoire et année."),
        Line(HEADING, "Les feuilles"),
        Line(PAIR, "indicateurs", "Les chiffres, avec des filtres en tête de chaque colonne"),
        Line(PAIR, "définitions", "Ce que compte chaque indicateur et ce qu’il ne dit pas"),
        Line(PAIR, "sources", "Les producteurs, les éditions, les licences et leurs remarques"),
        Line(HEADING, "Les colonnes de la feuille « indicateurs »"),
        *(Line(PAIR, *pair) for pair in (*columns, PLAIN_STATUS, REMARK)),
        Line(HEADING, "Les statuts"),
        *(Line(PAIR, s.value, f"{short} : {why}") for s, (short, why) in STATUSES.items()),
        Line(TEXT, NO_ZERO),
        Line(TEXT, ROUNDED),
        Line(HEADING, "Citer ces données"),
        Line(TEXT, citation(diagnostic, subject, sources)),
        Line(TEXT, "Aucun des producteurs n’a relu ni approuvé ce fichier."),
    )
    return tuple(Line(line.kind, typographic(line.text), typographic(line.more)) for line in lines)


def sources_grid(cards: Iterable[SourceCard]) -> Grid:
    """Return the sheet of the sources."""
    return Grid(
        "sources",
        (
            ("Producteur", 26), ("Titre", 46), ("Éditions", 34), ("Licence", 22), ("Adresse", 46),
            ("Remarques du producteur", 90),
        ),
        tuple(
            (c.producer, c.title, listing(c.vintages), c.licence, c.page, "\n".join(c.notes))
            for c in cards
        ),
    )  # fmt: skip


def definitions_grid(indicators: Iterable[Indicator]) -> Grid:
    """Return the sheet of the definitions."""
    return Grid(
        "définitions",
        (
            ("indicateur", 34), ("libelle", 46), ("unite", 16), ("Définition", 70),
            ("Ce que ce chiffre ne dit pas", 60), ("La question à poser", 50),
        ),
        tuple(
            (one.id, one.label, one.unit, sentence(one.definition), one.limits, one.question)
            for one in indicators
        ),
    )  # fmt: skip
