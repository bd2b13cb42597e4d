"""Attacks on masked tables, by readers who know nothing of the code but what it publishes.

One reader writes out every table of whole numbers that agrees with the publication; the other
bounds each cell by linear programming. Both know that a masked count is not a zero.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ctgsite.sources.sums import Sums, flat, sums_of_table, with_margins
from ctgsite.sources.suppression import suppress

Shown = list[list[int | None]]  # a table with its margins, None where masked


def publish(counts: Sequence[Sequence[int]], threshold: int) -> Shown:
    grid = with_margins(counts)
    sums = sums_of_table(len(counts), len(counts[0]))
    cells = iter(suppress(flat(grid), sums, threshold).published)
    return [[next(cells) for _ in row] for row in grid]


def agreeing(shown: Shown, rows: int, columns: int, most: int) -> Iterator[list[list[int]]]:
    """Yield every table, cells up to `most`, whose margins and cells are those published."""
    across, down = columns > 1, rows > 1
    ranges = [
        [known] if (known := shown[i][j]) is not None else range(1, most + 1)
        for i in range(rows)
        for j in range(columns)
    ]
    for cells in itertools.product(*ranges):
        table = [list(cells[i * columns : (i + 1) * columns]) for i in range(rows)]
        full = [row + [sum(row)] * across for row in table]
        full += [[sum(column) for column in zip(*full, strict=True)]] * down
        pairs = zip(itertools.chain(*full), itertools.chain(*shown), strict=True)
        if all(known in (None, found) for found, known in pairs):
            yield full


def bounds(shown: Shown, rows: int, columns: int, place: tuple[int, int]) -> tuple[float, float]:
    """Bound one cell of a published table by linear programming over its inner cells."""
    inner = [(i, j) for i in range(rows) for j in range(columns)]

    def indicator(i: int, j: int) -> list[float]:
        """Write any cell, margins included, as a sum of inner ones."""
        lines = range(rows) if i == rows else (i,)
        places = range(columns) if j == columns else (j,)
        return [float(a in lines and b in places) for a, b in inner]

    equalities, values, floors = [], [], []
    for i, row in enumerate(shown):
        for j, known in enumerate(row):
            if known is None:
                floors.append(indicator(i, j))
            else:
                equalities.append(indicator(i, j))
                values.append(known)
    ends = []
    for sign in (1, -1):
        found = linprog(
            sign * np.array(indicator(*place)),
            A_ub=-np.array(floors), b_ub=-np.ones(len(floors)),
            A_eq=np.array(equalities) if equalities else None,
            b_eq=values or None,
        )  # fmt: skip
        ends.append(sign * found.fun if found.status == 0 else np.inf)
    return ends[0], ends[1]


def masked_cells(shown: Shown) -> list[tuple[int, int]]:
    return [(i, j) for i, row in enumerate(shown) for j, known in enumerate(row) if known is None]


shapes = st.tuples(st.integers(1, 8), st.integers(1, 6))
tables = shapes.flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 40), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0], max_size=shape[0],
    )
)  # fmt: skip
tiny = st.sampled_from([(1, 2), (2, 1), (1, 3), (3, 1), (2, 2)]).flatmap(
    lambda shape: st.lists(
        st.lists(st.integers(0, 7), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0], max_size=shape[0],
    )
)  # fmt: skip


@given(tables, st.sampled_from([3, 5, 11]))
@settings(max_examples=60)
def test_no_masked_cell_can_be_found_by_subtraction(counts: list[list[int]], threshold: int):
    shown = publish(counts, threshold)
    for place in masked_cells(shown):
        low, high = bounds(shown, len(counts), len(counts[0]), place)
        assert high - low >= threshold - 2 - 1e-6


@given(tables, st.sampled_from([3, 5, 11]))
@settings(max_examples=40)
def test_no_small_value_is_excluded_for_a_small_cell(counts: list[list[int]], threshold: int):
    shown = publish(counts, threshold)
    for i, j in masked_cells(shown):
        inner = i < len(counts) and j < len(counts[0])
        if inner and counts[i][j] < threshold:
            low, high = bounds(shown, len(counts), len(counts[0]), (i, j))
            assert low <= 1 + 1e-6
            assert high >= threshold - 1 - 1e-6


@given(tiny)
@settings(max_examples=80)
def test_whoever_writes_out_every_table_learns_no_small_count(counts: list[list[int]]):
    threshold = 3
    shown = publish(counts, threshold)
    rows, columns = len(counts), len(counts[0])
    found = list(agreeing(shown, rows, columns, most=15))
    assert with_margins(counts) in [tuple(map(tuple, table)) for table in found]
    for i, j in masked_cells(shown):
        assert len({table[i][j] for table in found}) >= threshold - 1


@pytest.mark.parametrize(
    "counts",
    [
        [[3], [60], [20]],  # one way, a single small one
        [[1], [1], [50]],  # two small ones whose sum would give both
        [[4, 30, 20], [50, 60, 70]],  # two ways, a single small one in its row
        [[0, 0, 0], [3, 20, 30], [9, 10, 11]],  # a row of zeros
        [[3, 0, 0], [20, 30, 40], [8, 9, 10]],  # a row with one figure
        [[3, 0], [0, 4]],  # a diagonal
        [[4, 4], [4, 4]],  # small everywhere, totals large
        [[1, 9, 9], [9, 1, 9], [9, 9, 1]],  # one in each row and column
        [[2, 40], [0, 50], [0, 60]],  # the only figure of its column
    ],
)
def test_known_attacks_fail(counts: list[list[int]]):
    shown = publish(counts, 5)
    assert masked_cells(shown)
    for place in masked_cells(shown):
        low, high = bounds(shown, len(counts), len(counts[0]), place)
        assert high - low >= 3 - 1e-6, (place, low, high)


def test_the_attack_succeeds_on_primary_suppression_alone():
    """A test that cannot fail proves nothing: without complements both readers find the cell."""
    shown: Shown = [[None, 60, 63], [20, 30, 50], [23, 90, 113]]
    assert bounds(shown, 2, 2, (0, 0)) == (3.0, 3.0)
    assert {table[0][0] for table in agreeing(shown, 2, 2, 10)} == {3}


LINKED = {
    # Two groups of two, and the whole: each a published total.
    "nested groups": Sums(7, ((4, (0, 1)), (5, (2, 3)), (6, (4, 5)))),
    # The same people published twice: each cell of two lines, then the columns' totals alone.
    "two publications": Sums(6, ((4, (0, 2)), (5, (1, 3)))),
    # A later publication gives the sum of two cells that the first kept apart.
    "a sum given later": Sums(6, ((4, (0, 1, 2, 3)), (5, (1, 2)))),
}


@pytest.mark.parametrize("name", LINKED)
@given(leaves=st.lists(st.integers(0, 6), min_size=4, max_size=4))
@settings(max_examples=40)
def test_no_difference_between_publications_gives_a_small_count(name: str, leaves: list[int]):
    sums, threshold = LINKED[name], 3
    cells = list(leaves)
    for _, parts in sums.relations:
        cells.append(sum(cells[part] for part in parts))
    shown = suppress(cells, sums, threshold).published
    choices = ([known] if known is not None else range(1, 15) for known in shown[:4])
    tables = [_completed(inner, sums) for inner in itertools.product(*choices)]
    found = [table for table in tables if _agree(shown, table)]
    for at, known in enumerate(shown):
        if known is None:
            assert len({table[at] for table in found}) >= threshold - 1


def _completed(inner: Sequence[int], sums: Sums) -> list[int]:
    cells = list(inner)
    for _, parts in sums.relations:
        cells.append(sum(cells[part] for part in parts))
    return cells


def _agree(shown: Sequence[int | None], table: Sequence[int]) -> bool:
    return all(known in (None, value) for known, value in zip(shown, table, strict=True))


def test_publications_masked_one_by_one_do_not_protect_each_other():
    """Hence tables that share cells are protected together, as one set of sums."""
    by_age = suppress((3, 20, 9, 32), Sums(4, ((3, (0, 1, 2)),))).published
    children = suppress((3, 20, 23), Sums(3, ((2, (0, 1)),))).published
    assert (by_age[1], children[2], children[0]) == (20, 23, None)  # 23 - 20 gives the 3
