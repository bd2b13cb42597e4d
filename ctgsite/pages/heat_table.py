"""Heat table: communes by indicators, each cell tinted by its class among those of its column.

The class is also written for screen readers and drawn as ticks, so that nothing rests on colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ctgsite.diagnostic.model import Finding
from ctgsite.geography.areas import Area
from ctgsite.indicators.comparison import is_count
from ctgsite.indicators.measures import Measure
from ctgsite.pages.charts.distribution import known_members
from ctgsite.pages.charts.map import MapClass, map_classes
from ctgsite.pages.french import rounded
from ctgsite.pages.sentences import figure, label, period_of

FEWEST = 3  # communes with a figure
MOST_COLUMNS = 8
MOST_CELLS = 500  # beyond, there are fewer columns: pages stay light


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One figure.

    Attributes:
        text: the figure, or why there is none.
        rank: its class from 1, 0 where it has none.
        of: how many classes the column has.
        below: whether the class is below zero, in a column that has both signs.
        caution: whether it is to be read with caution.
        missing: whether there is no figure.
    """

    text: str
    rank: int = 0
    of: int = 0
    below: bool = False
    caution: bool = False
    missing: bool = False

    @property
    def tint(self) -> int:
        """The tint of the class, from 1 to 5, as far apart as the column's classes allow."""
        return 1 + round((self.rank - 1) * 4 / (self.of - 1)) if self.of > 1 else 3


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A commune, the address of its page, and its cells."""

    name: str
    href: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatTable:
    """The table, and which of the marks that it explains are used."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[HeatRow, ...]

    @property
    def cautious(self) -> bool:
        """Whether a figure is to be read with caution."""
        return any(cell.caution for row in self.rows for cell in row.cells)

    @property
    def signed(self) -> bool:
        """Whether a column has figures below zero and others above."""
        return any(cell.below for row in self.rows for cell in row.cells)

    @property
    def plain(self) -> bool:
        """Whether a column has no tint."""
        return any(not cell.of and not cell.missing for row in self.rows for cell in row.cells)


def heat_table(
    findings: Iterable[Finding], areas: Sequence[Area], links: Mapping[str, str], caption: str
) -> HeatTable | None:
    """Return the table, or None where no indicator has enough figures.

    Args:
        findings: the columns; their `members` fill the cells.
        areas: the communes, in the order of the rows.
        links: address of each commune's page, by code.
        caption: the table's title.
    """
    shown = [f for f in findings if _is_known(f, len(areas))]
    most = max(2, min(MOST_COLUMNS, MOST_CELLS // max(len(areas), 1)))
    if not shown:
        return None
    del shown[most:]
    columns = [_cells(finding, areas) for finding in shown]
    rows = tuple(
        HeatRow(label(area), links.get(area.code, ""), tuple(column[at] for column in columns))
        for at, area in enumerate(areas)
    )
    heads = tuple(f"{f.indicator.label} ({_year(f)})" for f in shown)
    return HeatTable(caption, heads, rows)


def _is_known(finding: Finding, communes: int) -> bool:
    """Whether enough communes have a figure: a column of gaps shows nothing."""
    return len(known_members(finding)) >= max(FEWEST, communes / 2)


def _year(finding: Finding) -> str:
    return period_of(known_members(finding)[0][1])


def _cells(finding: Finding, areas: Sequence[Area]) -> list[HeatCell]:
    known = {area.code: measure for area, measure in finding.members}
    precision = finding.indicator.precision
    values = [m.value for m in known.values() if m.value is not None]
    parts = () if is_count(finding.indicator) else map_classes(values, precision)
    return [_cell(known.get(area.code), parts, finding) for area in areas]


def _cell(measure: Measure | None, parts: Sequence[MapClass], finding: Finding) -> HeatCell:
    """Return a commune's cell; the classes of a count say its size only, so it has none."""
    if measure is None:
        return HeatCell("donnée absente", missing=True)
    text = figure(measure, finding.indicator)
    if measure.value is None:
        return HeatCell(text, missing=True)
    if not parts:
        return HeatCell(text, caution=measure.caution)
    value = rounded(measure.value, finding.indicator.precision)
    below = parts[-1].high >= 0 > value
    sign = [part for part in parts if (part.high < 0) is below] if parts[-1].high >= 0 else parts
    place = next(at for at, part in enumerate(sign) if part.holds(value))
    rank = len(sign) - place if below else place + 1
    return HeatCell(text, rank, len(sign), below, measure.caution)
