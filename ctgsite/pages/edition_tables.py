"""Tables of the editions: adopted figures by theme, and what changed from one to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ctgsite.config.frozen import FrozenFigure
from ctgsite.diagnostic.editions import Shift, Shifted, latest
from ctgsite.indicators.model import Indicator
from ctgsite.pages.evaluation_tables import frozen_number, revision
from ctgsite.pages.french import capitalise, listing, sentence, when
from ctgsite.pages.tables import Cell, Table

Indicators = Mapping[str, Indicator]

_COUNTED = {
    Shift.REVISED: ("révisé", "révisés"),
    Shift.NEWER: ("plus récent", "plus récents"),
    Shift.OTHER: ("d’une autre source", "d’une autre source"),
    Shift.OLDER: ("plus ancien", "plus anciens"),
    Shift.GONE: ("disparu", "disparus"),
    Shift.NEW: ("nouveau", "nouveaux"),
    Shift.SAME: ("inchangé", "inchangés"),
}


@dataclass(frozen=True, slots=True)
class ThemeFigures:
    """The adopted figures of one theme."""

    title: str
    table: Table


def theme_tables(
    figures: Sequence[FrozenFigure], titles: Mapping[str, str], indicators: Indicators
) -> tuple[ThemeFigures, ...]:
    """Return the territory's latest figures of an edition, theme by theme, in their order."""
    by_theme: dict[str, list[FrozenFigure]] = {}
    for figure in latest(figures).values():
        by_theme.setdefault(figure.theme, []).append(figure)
    return tuple(
        ThemeFigures(title, _figures_table(title, found, indicators))
        for theme, found in by_theme.items()
        if (title := titles.get(theme) or capitalise(theme.replace("-", " ")))
    )


def shift_table(
    shifts: Sequence[Shifted], indicators: Indicators, before: str, after: str
) -> Table | None:
    """Return what changed, indicator by indicator; None where nothing did.

    Args:
        shifts: every indicator of either edition.
        indicators: those of the site, by id, for the decimals to show.
        before: what the earlier edition's column is called.
        after: what the later one's is.
    """
    order = list(Shift)
    changed = sorted(
        (one for one in shifts if one.shift is not Shift.SAME),
        key=lambda one: order.index(one.shift),
    )
    rows = tuple(tuple(_shift_cells(one, indicators)) for one in changed)
    if not rows:
        return None
    columns = ("Indicateur", before, after, "Ce qui a changé")
    return Table("Ce qui a changé, indicateur par indicateur", columns, rows)


def shift_sentence(shifts: Sequence[Shifted]) -> str:
    """Return how many figures changed, and how: “2 chiffres révisés, 1 nouveau…”."""
    counts = Counter(one.shift for one in shifts)
    if counts.keys() <= {Shift.SAME}:
        return "Aucun chiffre n’a changé."
    told = [
        f"{counts[shift]} {one if counts[shift] < 2 else many}"
        for shift, (one, many) in _COUNTED.items()
        if counts[shift]
    ]
    return sentence(f"{'indicateurs' if len(shifts) > 1 else 'indicateur'} : {listing(told)}")


def _figures_table(title: str, figures: Sequence[FrozenFigure], indicators: Indicators) -> Table:
    rows = tuple(
        (
            Cell(figure.label),
            Cell(when(figure.year), number=True),
            Cell(frozen_number(figure, indicators.get(figure.indicator)), number=True),
            Cell(_source(figure)),
        )
        for figure in figures
    )
    return Table(title, ("Indicateur", "Année", "Chiffre adopté", "Source"), rows)


def _source(figure: FrozenFigure) -> str:
    known = not figure.vintage or figure.vintage in figure.source
    return figure.source if known else f"{figure.source}, {figure.vintage}"


def _shift_cells(one: Shifted, indicators: Indicators) -> Iterator[Cell]:
    indicator = indicators.get(one.shown.indicator)
    yield Cell(one.shown.label)
    for figure in (one.before, one.after):
        shown = f"{frozen_number(figure, indicator)} ({when(figure.year)})" if figure else "–"
        yield Cell(shown, number=True)
    yield Cell(_words(one, indicator))


def _words(one: Shifted, indicator: Indicator | None) -> str:
    match one.shift:
        case Shift.REVISED if one.before and one.after:
            return sentence(
                f"même année, chiffre révisé : {revision(one.before, one.after, indicator)}"
            )
        case Shift.NEWER:
            return "Millésime plus récent."
        case Shift.OLDER:
            return "Millésime plus ancien."
        case Shift.OTHER:
            return "Autre source ou autre unité : les deux chiffres ne se comparent pas."
        case Shift.GONE:
            return "Chiffre disparu."
        case _:
            return "Chiffre nouveau."
