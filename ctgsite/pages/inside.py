"""What differs inside a territory, for the page of its communes: widest gaps, difficulties met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ctgsite.diagnostic.model import Diagnostic, InnerGap
from ctgsite.indicators.cumulation import ENOUGH, Cumulation, Row
from ctgsite.indicators.cumulation import Cell as PlacedCell
from ctgsite.indicators.model import Indicator
from ctgsite.pages.french import NBSP, counted, listing, number, quantity, uncapitalise, when
from ctgsite.pages.sentences import figure, gap, label
from ctgsite.pages.spread_sentences import between
from ctgsite.pages.tables import Cell, Table

LAST = "dernier cinquième"
MOST_NAMES = 5
NUMBERS = {1: "une", 2: "deux", 3: "trois", 4: "quatre"}


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the page says of communes where difficulties meet; no table where there are none."""

    sentences: tuple[str, ...]
    table: Table | None


def gaps_table(diagnostic: Diagnostic, links: Mapping[str, str]) -> Table | None:
    """Return the indicators on which communes differ most, or None.

    Args:
        diagnostic: all that the site says.
        links: address of each indicator's chart.
    """
    rows = tuple(
        row for gap_ in diagnostic.inner_gaps if (row := _gap_row(gap_, links)) is not None
    )
    if not rows:
        return None
    columns = (
        "Indicateur",
        "Commune la plus basse",
        "Commune la plus haute",
        "Moitié centrale des communes",
        "Rapport à l’écart entre communes de France",
    )
    return Table("Les indicateurs qui diffèrent le plus d’une commune à l’autre", columns, rows)


def _gap_row(found: InnerGap, links: Mapping[str, str]) -> tuple[Cell, ...] | None:
    finding, spread = found.finding, found.finding.dispersion
    if spread is None:
        return None
    indicator = finding.indicator
    names = {area.code: label(area) for area, _ in finding.members}
    ends = [
        f"{figure(measure, indicator)} ({names[measure.code]})"
        for measure in (spread.lowest, spread.highest)
    ]
    return (
        Cell(f"{indicator.label} ({when(spread.lowest.year)})", links.get(indicator.id, "")),
        *(Cell(end, number=True) for end in ends),
        Cell(between(spread.middle, indicator), number=True),
        Cell(f"{number(found.ratio, 1)}{NBSP}fois", number=True),
    )


def meeting_of(found: Cumulation, links: Mapping[str, str]) -> Meeting:
    """Return the communes where several difficulties meet, in words and as a table.

    Args:
        found: the communes named, and those that could not be.
        links: address of each commune's page, by code.
    """
    told = (_scope(found), _named(found), _unsettled(found), _missing(found))
    return Meeting(tuple(text for text in told if text), _table(found, links))


def _scope(found: Cumulation) -> str:
    sure = (
        "Aucune commune n’a"
        if not found.placed
        else f"{counted(found.placed, 'commune')} sur {number(found.total)} "
        f"{'a' if found.placed < 2 else 'ont'}"
    )
    return f"{sure} au moins {NUMBERS[ENOUGH]} de ces chiffres sur un effectif suffisant."


def _named(found: Cumulation) -> str:
    if not found.placed:
        return ""
    if not found.rows:
        return f"Aucune n’en a {NUMBERS[ENOUGH]} dans le dernier cinquième."
    people = sum(row.inhabitants for row in found.rows)
    share = quantity(100 * people / found.inhabitants, "%") if found.inhabitants else ""
    names = listing(label(row.area) for row in found.rows)
    one = len(found.rows) == 1
    count = "une seule en a" if one else f"{number(len(found.rows))} en ont"
    return (
        f"Parmi elles, {count} {NUMBERS[ENOUGH]} ou plus dans le dernier cinquième : {names}. "
        f"Il y vit {counted(people, 'habitant')}, soit {share} de ceux du territoire."
    )


def _unsettled(found: Cumulation) -> str:
    """Return the largest communes that one more figure would settle, so that none seems spared."""
    if not found.unsettled:
        return ""
    names = [label(area) for area in found.unsettled[:MOST_NAMES]]
    rest = len(found.unsettled) - len(names)
    named = listing([*names, counted(rest, "autre commune", "autres communes")] if rest else names)
    count = NUMBERS[ENOUGH - 1]
    return (
        f"Il manque un chiffre sûr pour situer {named}, dont les {count} autres sont dans le "
        "dernier cinquième."
    )


def _missing(found: Cumulation) -> str:
    if not found.missing:
        return ""
    names = listing(uncapitalise(indicator.label) for indicator in found.missing)
    return (
        "Trop peu de communes du département ont un chiffre sûr pour que l’on y situe celles du "
        f"territoire : {names}."
    )


def _table(found: Cumulation, links: Mapping[str, str]) -> Table | None:
    if not found.rows:
        return None
    columns = (
        "Commune",
        "Habitants",
        *(f"{indicator.label} ({when(year)})" for indicator, year in found.indicators),
        "Dans le dernier cinquième",
    )
    rows = tuple(_row(row, found, links) for row in found.rows)
    return Table("Les communes où plusieurs difficultés se cumulent", columns, rows)


def _row(row: Row, found: Cumulation, links: Mapping[str, str]) -> tuple[Cell, ...]:
    cells = (
        _cell(cell, indicator)
        for cell, (indicator, _) in zip(row.cells, found.indicators, strict=True)
    )
    return (
        Cell(label(row.area), links.get(row.area.code, "")),
        Cell(number(row.inhabitants), number=True),
        *cells,
        Cell(f"{number(row.marked)} sur {number(row.placed)}", number=True),
    )


def _cell(cell: PlacedCell, indicator: Indicator) -> Cell:
    if cell.measure is None:
        return Cell("donnée absente", number=True)
    if cell.measure.value is None:
        return Cell(gap(cell.measure), number=True)
    text = figure(cell.measure, indicator)
    if cell.last is None:
        why = "petit effectif" if cell.measure.caution else "non situé"
        return Cell(f"{text} ({why})", number=True)
    return (
        Cell(f"{text} ({LAST})", number=True, marked=True) if cell.last else Cell(text, number=True)
    )
