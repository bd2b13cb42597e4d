"""A territory's own tables, in two parts that never meet again: what is published, what is masked.

The first goes into the diagnostic, the second to the gate that searches a finished site for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LocalTable:
    """A table as it may be published, with its totals; None stands for a masked count.

    Attributes:
        name: what its file is called, without a suffix.
        label: what its rows are ("Commune").
        threshold: the count from which a cell needs no masking for itself.
    """

    name: str
    title: str
    theme: str
    source: str
    year: int
    unit: str
    note: str
    threshold: int
    label: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]

    @property
    def is_masked(self) -> bool:
        """Whether some count is not published."""
        return any(value is None for row in self.cells for value in row)


@dataclass(frozen=True, slots=True)
class MaskedCell:
    """A count that no file of a site may give; its value shows in no message."""

    table: str  # the table's name
    row: str
    column: str
    value: int = field(repr=False)
