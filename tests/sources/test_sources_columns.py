"""Observations on disk: what is written is what is read, always in the same bytes."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_france import Cell, panel, value

from ctgsite.errors import SourceError
from ctgsite.sources.columns import (
    KEY,
    first_of_each,
    read_observations,
    write_observations,
)
from ctgsite.sources.observations import (
    NUMBER_COLUMNS,
    OBSERVATION_COLUMNS,
    Observations,
)
from ctgsite.sources.panel import Column, concatenate, empty_observations, to_observations

A = Column("A", "2018", "RP 2018", additive=True)
B = Column("B", "2013-2018", "État civil", additive=True)

AREAS = st.sampled_from(["01001", "01002", "2A004", "97101", "75056"])
CELLS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["secret", "absent", "non_agregeable", None]),
)
ROWS = st.dictionaries(AREAS, st.tuples(CELLS, CELLS), min_size=1)
TYPED = dict[str, tuple[Cell, Cell]]


def observations(rows: TYPED) -> Observations:
    return to_observations([panel(rows, (A, B))])


def as_rows(found: Observations) -> list[tuple[object, ...]]:
    """Return the rows of observations, a gap's value as None."""
    frame = found.frame.astype(
        {name: str for name in OBSERVATION_COLUMNS if name not in NUMBER_COLUMNS}
    )
    return [
        tuple(None if isinstance(cell, float) and np.isnan(cell) else cell for cell in row)
        for row in frame.itertuples(index=False)
    ]


def keys(found: Observations) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in found.frame[list(KEY)].itertuples(index=False)]


def by_key(found: Observations) -> dict[tuple[str, ...], tuple[object, ...]]:
    rows = dict(zip(keys(found), as_rows(found), strict=True))
    assert len(rows) == len(found.frame)  # unique on their key
    return rows


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_what_is_written_is_read_again(rows: TYPED):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        write_observations(observations(rows), path)
        assert as_rows(read_observations(path)) == as_rows(observations(rows))


@settings(max_examples=40, deadline=None)
@given(ROWS)
def test_the_same_rows_are_the_same_bytes_even_when_read_and_written_again(rows: TYPED):
    with tempfile.TemporaryDirectory() as folder:
        first, second, third = (Path(folder) / f"{name}.parquet" for name in "abc")
        write_observations(first_of_each([observations(rows)]), first)
        write_observations(first_of_each([observations(rows)]), second)
        write_observations(first_of_each([read_observations(first)]), third)
        assert first.read_bytes() == second.read_bytes() == third.read_bytes()


@settings(max_examples=40, deadline=None)
@given(ROWS, ROWS)
def test_where_several_speak_of_a_figure_the_first_stands(rows: TYPED, others: TYPED):
    found = by_key(first_of_each([observations(rows), observations(others)]))
    assert found == {**by_key(observations(others)), **by_key(observations(rows))}


@settings(max_examples=40, deadline=None)
@given(ROWS, ROWS)
def test_joined_observations_are_sorted_by_their_key(rows: TYPED, others: TYPED):
    found = keys(first_of_each([observations(rows), observations(others)]))
    assert found == sorted(found)


def test_a_gap_stands_first_as_well_as_a_value():
    found = first_of_each([observations({"01001": ("secret", 1)}), observations({"01001": (5, 2)})])
    assert value(found, "01001", "A") == "secret"
    assert value(found, "01001", "B") == 1


def test_nothing_joined_is_nothing_with_its_columns():
    assert list(first_of_each([]).frame.columns) == list(OBSERVATION_COLUMNS)
    assert first_of_each([empty_observations()]).frame.empty


def test_observations_without_a_row_are_written_and_read(tmp_path: Path):
    path = tmp_path / "a.parquet"
    write_observations(empty_observations(), path)
    found = read_observations(path).frame
    assert found.empty
    assert list(found.columns) == list(OBSERVATION_COLUMNS)


def test_columns_keep_their_order_and_texts_are_categories(tmp_path: Path):
    path = tmp_path / "a.parquet"
    write_observations(observations({"01001": (1, 2)}), path)
    frame = read_observations(path).frame
    assert list(frame.columns) == list(OBSERVATION_COLUMNS)
    assert all(frame[name].dtype == np.float64 for name in NUMBER_COLUMNS)
    texts = frame.drop(columns=list(NUMBER_COLUMNS)).dtypes
    assert all(isinstance(kind, pd.CategoricalDtype) for kind in texts)


def test_nothing_unfinished_is_left_beside_the_file(tmp_path: Path):
    write_observations(observations({"01001": (1, 2)}), tmp_path / "a.csv.parquet")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv.parquet"]


def test_joining_observations_keeps_the_rows_of_each():
    parts = [observations({"01001": (1, 2)}), observations({"2A004": (3, "secret")})]
    joined = Observations(concatenate([part.frame for part in parts]))
    assert as_rows(joined) == as_rows(parts[0]) + as_rows(parts[1])


@pytest.mark.parametrize("content", [b"", b"PAR1", b"CODGEO;A\n"])
def test_a_file_that_is_no_parquet_is_refused_with_its_place(tmp_path: Path, content: bytes):
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read_observations(path)
    assert caught.value.problems[0].place is not None
    assert caught.value.problems[0].place.path == path


def test_a_truncated_file_is_refused(tmp_path: Path):
    path = tmp_path / "a.parquet"
    write_observations(observations({"01001": (1, 2)}), path)
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(SourceError):
        read_observations(path)


def test_a_file_of_other_columns_is_refused(tmp_path: Path):
    path = tmp_path / "a.parquet"
    pd.DataFrame({"code": ["01001"]}).to_parquet(path)
    with pytest.raises(SourceError):
        read_observations(path)


def test_a_missing_file_is_refused(tmp_path: Path):
    with pytest.raises(SourceError):
        read_observations(tmp_path / "absent.parquet")
