"""A territory's own counts: read on today's communes, summed, and masked so that none is found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctgsite.sources.audit import exposed
from ctgsite.sources.local_masks import Sum, mask
from ctgsite.sources.observations import Status
from ctgsite.sources.panel import RANK, Column, Panel, empty_panel
from ctgsite.sources.sums import Sums

PLUS = Sum((("a", 1), ("b", 1)))
MINUS = Sum((("a", 1), ("b", -1)))
COLUMNS = (Column("a", "2025", "", additive=True), Column("b", "2025", "", additive=True))


def panels(rows: Sequence[tuple[int, int]]) -> list[Panel]:
    """Return the panels of some communes and of what they make together."""
    whole = tuple(map(sum, zip(*rows, strict=True)))
    found = []
    for level, cells in (("commune", rows), ("epci", [whole])):
        codes = pd.Index([f"{level}{n}" for n in range(len(cells))], dtype=object)
        panel = empty_panel("local-essai", level, codes, COLUMNS)
        panel.values[:] = np.array(cells, float)
        panel.ranks[:] = RANK[Status.PUBLIE]
        found.append(panel)
    return found


def published(rows: Sequence[tuple[int, int]], one: Sum) -> tuple[list, list, Sums]:
    """Return what a site shows, the truth and the sums: a, b and the sum of each area."""
    masked = list(mask(panels(rows), (one,), 5))
    shown: list[int | None] = []
    truth: list[int] = []
    relations: list[tuple[int, tuple[int, ...]]] = []
    signs = dict(one.terms)
    for panel, true in zip(masked, panels(rows), strict=True):
        for at in range(len(panel.codes)):
            cells = [None if np.isnan(v) else int(v) for v in panel.values[at]]
            a, b = map(int, true.values[at])
            total = a + signs["b"] * b
            first = len(truth)
            truth += [a, b, total]
            # Zeros are never masked: a reader is supposed to know them all.
            shown += [*cells, None if None in cells and total else total]
            parts = (first, first + 1) if signs["b"] > 0 else (first + 2, first + 1)
            relations.append((first + 2, parts) if signs["b"] > 0 else (first, parts))
    last = len(truth) - 3
    relations += [(last + at, tuple(range(at, last, 3))) for at in range(3)]
    return shown, truth, Sums(len(truth), tuple(relations))


counts = st.one_of(st.integers(0, 6), st.integers(0, 60))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=6))
def test_no_small_count_is_worked_out_from_communes_totals_and_sums(rows) -> None:
    assert exposed(*published(rows, PLUS), 5) == ()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=6))
def test_no_small_difference_of_a_whole_and_its_part_is_worked_out(rows) -> None:
    nested = [(a + b, b) for a, b in rows]
    assert exposed(*published(nested, MINUS), 5) == ()


def test_a_table_of_large_counts_and_zeros_is_published_whole() -> None:
    shown, truth, _ = published([(0, 40), (12, 0), (7, 9)], PLUS)
    assert shown == truth


@pytest.mark.parametrize(
    ("terms", "possible"),
    [
        ((("a", 1), ("b", 1)), True),
        ((("a", 1), ("b", -1), ("c", -1)), True),
        ((("a", 1), ("b", 1), ("c", -1)), False),
    ],
)
def test_a_sum_can_be_protected_where_it_is_one_total_of_parts(terms, possible) -> None:
    assert Sum(terms).can_be_protected is possible
