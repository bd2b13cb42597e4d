"""Local counts → tables that may be published: totals added, small counts masked."""

from __future__ import annotations

from collections.abc import Iterable

from ctgsite.config.local_tables import WHOLE, LocalCounts
from ctgsite.sources.local_tables import LocalTable, MaskedCell
from ctgsite.sources.sums import flat, sums_of_table, with_margins
from ctgsite.sources.suppression import suppress


def protect(counts: LocalCounts) -> tuple[LocalTable, tuple[MaskedCell, ...]]:
    """Return a table as it may be published, and the counts that it masks."""
    about = counts.about
    grid = with_margins(counts.counts)
    height, width = len(counts.rows), len(about.columns)
    found = suppress(flat(grid), sums_of_table(height, width), about.threshold)
    published = iter(found.published)
    cells = tuple(tuple(next(published) for _ in row) for row in grid)
    table = LocalTable(
        name=counts.name,
        title=about.title,
        theme=about.theme,
        source=about.source,
        year=about.year,
        unit=about.unit,
        note=about.note,
        threshold=about.threshold,
        label=about.rows,
        rows=(*counts.rows, WHOLE) if height > 1 else counts.rows,
        columns=(*about.columns, WHOLE) if width > 1 else about.columns,
        cells=cells,
    )
    masked = tuple(
        MaskedCell(table.name, row, column, true)
        for row, line, truth in zip(table.rows, cells, grid, strict=True)
        for column, shown, true in zip(table.columns, line, truth, strict=True)
        if shown is None
    )
    return table, masked


def protect_all(
    tables: Iterable[LocalCounts],
) -> tuple[tuple[LocalTable, ...], tuple[MaskedCell, ...]]:
    """Return several tables as they may be published, and all that they mask."""
    found = [protect(table) for table in tables]
    return tuple(table for table, _ in found), tuple(cell for _, masked in found for cell in masked)
