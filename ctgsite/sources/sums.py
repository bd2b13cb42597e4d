"""Counts bound by sums: the cells of a table and of its margins, and which cells add up to which.

A table of one column has no total by row, a table of one row none by column. Groups nested in one
another, or two tables that share cells, are sums like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

Sum = tuple[int, tuple[int, ...]]  # place of a total, places of its parts
Grid = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """`size` cells, numbered from 0, and the sums that hold between them."""

    size: int
    relations: tuple[Sum, ...]


def with_margins(counts: Sequence[Sequence[int]]) -> Grid:
    """Return a table with its totals: a last column where it has several, then a last row."""
    rows = [tuple(row) for row in counts]
    if len(rows[0]) > 1:
        rows = [(*row, sum(row)) for row in rows]
    if len(rows) > 1:
        rows.append(tuple(map(sum, zip(*rows, strict=True))))
    return tuple(rows)


def sums_of_table(rows: int, columns: int) -> Sums:
    """Return the sums of a table of so many rows and columns, margins not counted.

    Cells are numbered line by line, margins included.
    """
    across = columns > 1
    down = rows > 1
    height, width = rows + down, columns + across
    lines = [[line * width + place for place in range(width)] for line in range(height)]
    relations: list[Sum] = []
    if across:
        relations += [(line[-1], tuple(line[:-1])) for line in lines]
    if down:
        relations += [(part[-1], part[:-1]) for part in zip(*lines, strict=True)]
    return Sums(height * width, tuple(relations))


def flat(grid: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return the cells of a grid in the order of their numbers."""
    return tuple(chain.from_iterable(grid))
