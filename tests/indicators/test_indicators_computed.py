"""Measures computed once beside a store: read back as they were, and never out of date."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from ctgsite.geography.areas import Level
from ctgsite.indicators import computed
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.computed import FOLDER, NAME, computed_measures
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import MEASURE_COLUMNS, Measures
from ctgsite.sources.store import StoredFile, opened


@pytest.fixture
def catalogue(make_indicator) -> Catalogue:
    share = make_indicator("P_LOGVAC", "P_LOG", caution_threshold=50)
    return Catalogue({"part": share}, {})


@pytest.fixture
def store(tmp_path: Path, observed, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store whose figures are two communes' and an EPCI's, one of them secret."""
    rows = [
        {"variable": variable, "level": level, "code": code, "value": value}
        for variable, values in (("P_LOGVAC", (5, 2, 7)), ("P_LOG", (100, 40, 140)))
        for (level, code), value in zip(
            (("commune", "31541"), ("commune", "31557"), ("epci", "200000000")), values, strict=True
        )
    ]
    rows[1] |= {"value": None, "status": "secret", "note": "secret statistique"}
    found = {tmp_path: [observed(*rows)]}
    monkeypatch.setattr(computed, "available", lambda store: iter(found[store]))
    with opened(tmp_path):
        pass
    return tmp_path


def count_computations(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    done: list[int] = []
    compute = computed.compute_measures

    def counted(*args: object) -> object:
        done.append(1)
        return compute(*args)

    monkeypatch.setattr(computed, "compute_measures", counted)
    return done


def test_what_is_read_back_is_what_was_computed(store: Path, catalogue: Catalogue):
    first, _ = computed_measures(store, catalogue)
    second, _ = computed_measures(store, catalogue)
    pd.testing.assert_frame_equal(first.frame, second.frame, check_categorical=False)


def test_lookups_are_the_same_in_memory_and_on_disk(store: Path, catalogue: Catalogue):
    here, there = (Figures(computed_measures(store, catalogue)[0]) for _ in range(2))
    for level, code in ((Level.COMMUNE, "31541"), (Level.COMMUNE, "31557"), (Level.EPCI, "x")):
        assert here.series("part", level, code) == there.series("part", level, code)
    secret = there.latest("part", Level.COMMUNE, "31557")
    assert secret is not None
    assert (secret.value, secret.status, secret.note) == (None, "secret", "secret statistique")


def test_measures_are_computed_once(store, catalogue, monkeypatch):
    done = count_computations(monkeypatch)
    for _ in range(3):
        computed_measures(store, catalogue)
    assert len(done) == 1


def test_a_new_import_makes_them_anew(store, catalogue, monkeypatch):
    done = count_computations(monkeypatch)
    computed_measures(store, catalogue)
    with opened(store) as index:
        index["rp"] = {"f.csv": StoredFile("f.csv", "0" * 64, "2026-02-01", 6)}
    computed_measures(store, catalogue)
    assert len(done) == 2


def test_another_formula_makes_them_anew(store, catalogue, make_indicator):
    computed_measures(store, catalogue)
    counts = Catalogue({"part": make_indicator("P_LOG")}, {})
    found = Figures(computed_measures(store, counts)[0]).latest("part", Level.EPCI, "200000000")
    assert found is not None
    assert found.value == 140


@pytest.mark.parametrize(
    "changed", ["indicators/compute.py", "sources/store.py", "sources/descriptions/rp.yml"]
)
def test_another_program_or_description_makes_them_anew(
    store, catalogue, monkeypatch, tmp_path_factory, changed
):
    programs = tmp_path_factory.mktemp("programs")
    (programs / changed).parent.mkdir(parents=True)
    (programs / changed).write_text("as it was")
    monkeypatch.setattr(computed, "_PROGRAMS", programs)
    done = count_computations(monkeypatch)
    computed_measures(store, catalogue)
    (programs / changed).write_text("as it became")
    computed_measures(store, catalogue)
    assert len(done) == 2


def test_a_store_without_any_measure_is_read_back(store, make_indicator, monkeypatch):
    done = count_computations(monkeypatch)
    nothing = Catalogue({"rien": make_indicator("INCONNUE", name="rien")}, {})
    first, second = (computed_measures(store, nothing)[0] for _ in range(2))
    assert len(done) == 1
    for found in (first, second):
        assert found.frame.empty
        assert tuple(found.frame.columns) == MEASURE_COLUMNS


def test_what_is_read_back_stays_on_disk(store, catalogue, monkeypatch):
    few, _ = computed_measures(store, catalogue)
    many = Measures(pd.concat([few.frame] * 10_000, ignore_index=True))
    monkeypatch.setattr(computed, "compute_measures", lambda *_: many)
    (store / FOLDER / NAME).unlink()
    for _ in range(2):  # computed, then read once for what the libraries keep of a first time
        computed_measures(store, catalogue)
    held = pa.total_allocated_bytes()
    tracemalloc.start()
    found, _ = computed_measures(store, catalogue)
    copied = tracemalloc.get_traced_memory()[0] + pa.total_allocated_bytes() - held
    tracemalloc.stop()
    assert len(found.frame) == 30_000
    assert copied < 30_000 * 8  # bytes: not even one column of numbers


def test_a_damaged_file_is_made_anew(store: Path, catalogue: Catalogue):
    expected, _ = computed_measures(store, catalogue)
    (store / FOLDER / NAME).write_bytes(b"ARROW1 cut short")
    found, _ = computed_measures(store, catalogue)
    pd.testing.assert_frame_equal(found.frame, expected.frame)


def test_a_store_that_cannot_be_written_is_computed_each_time(store, catalogue, monkeypatch):
    (store / FOLDER).symlink_to(store / "nowhere")
    done = count_computations(monkeypatch)
    for _ in range(2):
        measures, _ = computed_measures(store, catalogue)
        assert len(measures.frame) == 3
    assert len(done) == 2
