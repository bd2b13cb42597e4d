"""Cutting delimited text into rows: what the csv module would give, and each row's line."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctgsite.sources.rows import rows_of

CELLS = st.text(alphabet="aé1. \u202f", max_size=4)
ROWS = st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=6)


@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_unquoted_text_is_cut_as_the_csv_module_cuts_it(
    rows: list[list[str]], end: str, ended: bool
):
    text = end.join(";".join(row) for row in rows) + (end if ended else "")
    expected = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") if row]
    assert [row for _, row in rows_of(text, ";")] == expected


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("A;B\r\n1;2\r\n", [(1, ["A", "B"]), (2, ["1", "2"])]),
        ("A;B\n\n1;2", [(1, ["A", "B"]), (3, ["1", "2"])]),
        ('A;B\n"1;2";3\n', [(1, ["A", "B"]), (2, ["1;2", "3"])]),
        ('A;B\n"1\n2";3\n4;5\n', [(1, ["A", "B"]), (3, ["1\n2", "3"]), (4, ["4", "5"])]),
        ("", []),
    ],
)
def test_each_row_has_the_line_that_it_ends_on(text: str, rows: list[tuple[int, list[str]]]):
    assert list(rows_of(text, ";")) == rows
