"""The store on disk: who may write in it, and what is said of one that cannot be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from filelock import FileLock
from small_france import panel

from ctgsite.errors import SourceError
from ctgsite.sources.columns import write_observations
from ctgsite.sources.observations import Observations
from ctgsite.sources.panel import Column, to_observations
from ctgsite.sources.store import (
    FORMAT,
    INDEX,
    LOCK,
    StoredFile,
    dataset_path,
    is_store,
    opened,
    read_index,
    read_store,
)

FILE = StoredFile("a.csv", "0" * 64, "2026-02-01", 12)


def dataset(name: str, figure: float) -> Observations:
    return to_observations(
        [panel({"01001": [figure]}, [Column("N", "2018", "RP 2018", True)], dataset=name)]
    )


def refusal(store: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read_index(store)
    (problem,) = caught.value.problems
    assert problem.place is not None
    assert store in (problem.place.path, problem.place.path.parent)
    return problem.message


def test_a_new_folder_becomes_a_store(tmp_path: Path):
    store = tmp_path / "a" / "b"
    assert not is_store(store)
    with opened(store) as index:
        assert index == {}
    assert is_store(store)
    assert read_index(store) == {}


def test_an_empty_folder_becomes_a_store(tmp_path: Path):
    with opened(tmp_path):
        pass
    assert is_store(tmp_path)


def test_the_index_is_saved_and_read_again(tmp_path: Path):
    with opened(tmp_path) as index:
        index["insee-filosofi"] = {"a.csv": FILE}
    assert read_index(tmp_path) == {"insee-filosofi": {"a.csv": FILE}}


def test_the_index_is_the_same_bytes_whatever_the_order_of_imports(tmp_path: Path):
    one, other = tmp_path / "1", tmp_path / "2"
    for store, names in ((one, "abc"), (other, "cab")):
        with opened(store) as index:
            for name in names:
                files = ("a.csv", "b.csv") if store == one else ("b.csv", "a.csv")
                index[name] = dict.fromkeys(files, FILE)
    assert (one / INDEX).read_bytes() == (other / INDEX).read_bytes()


def test_the_index_is_kept_as_it_was_where_something_fails(tmp_path: Path):
    with opened(tmp_path) as index:
        index["a"] = {"a.csv": FILE}
    before = (tmp_path / INDEX).read_bytes()
    with pytest.raises(RuntimeError, match="panne"), opened(tmp_path) as index:
        index["b"] = {"b.csv": FILE}
        raise RuntimeError("panne")
    assert (tmp_path / INDEX).read_bytes() == before


def test_the_store_is_free_again_after_a_failure(tmp_path: Path):
    with pytest.raises(RuntimeError), opened(tmp_path):
        raise RuntimeError
    with opened(tmp_path) as index:
        index["a"] = {}
    assert "a" in read_index(tmp_path)


def test_a_folder_of_somebody_elses_files_is_left_alone(tmp_path: Path):
    (tmp_path / "memoire.odt").write_text("vacances")
    with pytest.raises(SourceError) as caught, opened(tmp_path):
        pass
    assert "--store" in caught.value.problems[0].message
    assert [path.name for path in tmp_path.iterdir()] == ["memoire.odt"]


def test_two_imports_do_not_write_at_once(tmp_path: Path):
    with opened(tmp_path):
        pass
    before = (tmp_path / INDEX).read_bytes()
    with FileLock(tmp_path / LOCK):
        with pytest.raises(SourceError) as caught, opened(tmp_path):
            pytest.fail("the store was given to two writers")
        assert "en cours" in caught.value.problems[0].message
    assert (tmp_path / INDEX).read_bytes() == before


def test_a_store_may_be_read_while_it_is_written(tmp_path: Path):
    with opened(tmp_path) as index:
        index["a"] = {}
        assert read_index(tmp_path) == {}


def test_a_folder_that_is_no_store_says_how_to_fill_one(tmp_path: Path):
    assert "data import" in refusal(tmp_path)
    assert "data import" in refusal(tmp_path / "nowhere")


def test_a_store_of_a_newer_version_says_so(tmp_path: Path):
    document = {"format": FORMAT + 1, "datasets": {}, "autre": 1}
    (tmp_path / INDEX).write_text(json.dumps(document), encoding="utf-8")
    message = refusal(tmp_path)
    assert f"format {FORMAT + 1}" in message
    assert "plus récente" in message


def test_a_store_of_a_newer_version_is_not_written_in(tmp_path: Path):
    text = json.dumps({"format": FORMAT + 1, "datasets": {}})
    (tmp_path / INDEX).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError), opened(tmp_path):
        pass
    assert (tmp_path / INDEX).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "3", "{}", '{"format": "un"}', '{"format": null}', "\x00"]
)
def test_a_damaged_index_is_refused(tmp_path: Path, text: str):
    (tmp_path / INDEX).write_text(text, encoding="utf-8")
    assert "endommagé" in refusal(tmp_path)


def test_an_index_in_another_encoding_is_refused_as_damaged(tmp_path: Path):
    (tmp_path / INDEX).write_bytes('{"format": 1, "é": 1}'.encode("cp1252"))
    assert "endommagé" in refusal(tmp_path)


def test_everything_in_a_store_is_read_together(tmp_path: Path):
    with opened(tmp_path) as index:
        for name, figure in (("a", 1.0), ("b", 2.0)):
            index[name] = {"f.csv": FILE}
            write_observations(dataset(name, figure), dataset_path(tmp_path, name, index[name]))
    found = read_store(tmp_path)
    assert found.frame["dataset"].astype(str).tolist() == ["a", "b"]
    assert found.frame["value"].tolist() == [1, 2]


def test_an_empty_store_has_no_figure(tmp_path: Path):
    with opened(tmp_path):
        pass
    assert read_store(tmp_path).frame.empty


def test_a_store_that_lacks_a_file_is_refused(tmp_path: Path):
    with opened(tmp_path) as index:
        index["a"] = {"f.csv": FILE}
    with pytest.raises(SourceError) as caught:
        read_store(tmp_path)
    assert caught.value.problems[0].place is not None
    assert caught.value.problems[0].place.path == dataset_path(tmp_path, "a", {"f.csv": FILE})
