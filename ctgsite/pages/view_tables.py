"""Tables of the composite views: the accessible twins of their charts."""

from __future__ import annotations

from collections.abc import Sequence

from ctgsite.diagnostic.model import Finding, ThemeView
from ctgsite.geography.areas import Area
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.indicators.quarters import Quarter, QuarterFigure
from ctgsite.indicators.views import Slot
from ctgsite.pages.charts.pairs import ROLES
from ctgsite.pages.charts.pyramid import Pyramid
from ctgsite.pages.french import number, quantity, when
from ctgsite.pages.sentences import LONG_UNIT, STATUS_WORDS, figure, label, period_of, short_figure
from ctgsite.pages.tables import Cell, Table


def pair_table(title: str, entries: Sequence[tuple[Slot, Finding]]) -> Table:
    """Return one row for each figure, one column for the territory and for each benchmark."""
    areas: dict[str, Area] = {}
    for _, finding in entries:
        for comparison in finding.comparisons:
            areas.setdefault(comparison.benchmark.code, comparison.benchmark)
    rows = tuple(
        (
            Cell(f"{ROLES[slot.role]} : {_with_unit(finding.indicator)}"),
            Cell(period_of(finding.measure), number=True),
            Cell(_marked(finding.measure, finding), number=True),
            *(Cell(_beside(finding, code), number=True) for code in areas),
        )
        for slot, finding in entries
    )
    names = (label(area) for area in areas.values())
    columns = ("Besoin ou offre", "Année", label(entries[0][1].area), *names)
    levels = (area.level.value for area in areas.values())
    return Table(title, columns, rows, ("", "", "", *levels))


def _with_unit(indicator: Indicator) -> str:
    """Return a label with the unit that its figures leave out, where it does not say it itself."""
    told = indicator.unit.lower() in indicator.label.lower()
    silent = len(indicator.unit) > LONG_UNIT and not told
    return f"{indicator.label} ({indicator.unit})" if silent else indicator.label


def _marked(measure: Measure, finding: Finding) -> str:
    text = short_figure(measure, finding.indicator)
    return f"{text} (petit effectif)" if measure.caution and measure.value is not None else text


def _beside(finding: Finding, code: str) -> str:
    """Return a benchmark's figure, with its year where it is not the territory's."""
    there = next((c.there for c in finding.comparisons if c.benchmark.code == code), None)
    if there is None:
        return "–"
    text = short_figure(there, finding.indicator)
    dated = there.value is not None and there.year != finding.measure.year
    return f"{text} ({period_of(there)})" if dated else text


def pyramid_table(found: Sequence[Pyramid], title: str) -> Table:
    """Return one row for each age: men, women, and the share of both in each pyramid."""
    own = found[0]
    rows = [
        (
            Cell(age),
            Cell(number(own.men[at]), number=True),
            Cell(number(own.women[at]), number=True),
            *(Cell(_share(one.men[at] + one.women[at], one), number=True) for one in found),
        )
        for at, age in enumerate(own.ages)
    ]
    totals = (number(sum(own.men)), number(sum(own.women)), *("100 %" for _ in found))
    rows.append((Cell("Tous les âges"), *(Cell(text, number=True) for text in totals)))
    columns = ("Âge", "Hommes", "Femmes", *(one.share_title for one in found))
    levels = (one.level for one in found[1:])
    return Table(title, columns, tuple(rows), ("", "", "", "", *levels))


def _share(count: float, pyramid: Pyramid) -> str:
    return quantity(100 * count / pyramid.total, "%", 1)


def deciles_table(
    view: ThemeView, rows: Sequence[tuple[Area, Sequence[Measure]]], title: str
) -> Table:
    """Return one row for each threshold, one column for each area."""
    body = tuple(
        (
            Cell(slot.label),
            *(Cell(figure(measures[at], slot.indicator), number=True) for _, measures in rows),
        )
        for at, (slot, _) in enumerate(view.entries)
    )
    levels = (area.level.value for area, _ in rows[1:])
    return Table(title, ("Seuil", *(label(area) for area, _ in rows)), body, ("", "", *levels))


def quarters_table(view: ThemeView, title: str) -> Table:
    """Return one row for each district, one column for each of its figures."""
    slots = view.view.slots
    rows = tuple(
        (Cell(quarter.name), Cell(quarter.commune), *map(_quarter_cell, slots, quarter.figures))
        for quarter in view.quarters
    )
    columns = tuple(_column(view.quarters, at, slot) for at, slot in enumerate(slots))
    return Table(title, ("Quartier", "Commune", *columns), rows)


def _column(quarters: Sequence[Quarter], at: int, slot: Slot) -> str:
    """Return a column's title, with the year that its figures share."""
    years = {q.figures[at].year for q in quarters if q.figures[at].value is not None}
    return f"{slot.label} ({when(years.pop())})" if len(years) == 1 else slot.label


def _quarter_cell(slot: Slot, found: QuarterFigure) -> Cell:
    if found.value is None:
        return Cell(STATUS_WORDS[found.status], number=True)
    return Cell(quantity(found.value, slot.indicator.unit, slot.indicator.precision), number=True)
