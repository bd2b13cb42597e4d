"""The table that shows why territories are comparable: each variable, area and peers."""

from __future__ import annotations

from ctgsite.diagnostic.model import Diagnostic, PeerVariable
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.pages.french import number
from ctgsite.pages.sentences import bare_figure, label, period_of
from ctgsite.pages.tables import Cell, Table


def peers_table(diagnostic: Diagnostic) -> Table | None:
    """Return one row for the territory, then one for each peer, nearest first; None without peers.

    The distance and every variable that it rests on have their column.
    """
    if not diagnostic.peers:
        return None
    variables = diagnostic.peer_variables
    own = [_cell(variable.here, variable.indicator) for variable in variables]
    rows = [(Cell(label(diagnostic.area)), Cell("–", number=True), *own)]
    for place, (area, distance) in enumerate(diagnostic.peers):
        cells = [_cell(variable.there[place], variable.indicator) for variable in variables]
        rows.append((Cell(label(area)), Cell(number(distance, 2), number=True), *cells))
    names = tuple(_name(variable) for variable in variables)
    caption = "Les territoires comparables, du plus proche au plus lointain"
    return Table(caption, ("Territoire", "Distance", *names), tuple(rows))


def _name(variable: PeerVariable) -> str:
    """Return a column's name: what is measured, when and in what unit."""
    indicator = variable.indicator
    return f"{indicator.label} ({indicator.unit}, {period_of(variable.here)})"


def _cell(measure: Measure | None, indicator: Indicator) -> Cell:
    return Cell("–" if measure is None else bare_figure(measure, indicator), number=True)
