"""What stands where a store and the figures that come with ctgsite both speak."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from small_france import panel

from ctgsite.sources import available as at_hand
from ctgsite.sources.available import available, over
from ctgsite.sources.columns import write_observations
from ctgsite.sources.observations import Observations
from ctgsite.sources.panel import Column, concatenate, to_observations
from ctgsite.sources.store import StoredFile, dataset_path, opened

INPUT = "1" * 64


def dataset(name: str, figure: float, commune: str = "01001") -> Observations:
    return to_observations(
        [panel({commune: [figure]}, [Column("N", "2018", "RP 2018", True)], dataset=name)]
    )


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Datasets a and b come with ctgsite, each made of one file; 01002 stands in them alone."""
    parts = [dataset(name, 1, code).frame for name in "ab" for code in ("01001", "01002")]
    sources = [{"jeu": name, "fichiers": [{"nom": "f", "sha256": INPUT}]} for name in "ab"]
    monkeypatch.setattr(at_hand, "embedded_observations", lambda: Observations(concatenate(parts)))
    monkeypatch.setattr(at_hand, "embedded_manifest", lambda: {"sources": sources})


def stored(store: Path, name: str, figure: float, sha256: str) -> None:
    with opened(store) as index:
        index[name] = {"f": StoredFile("f", sha256, "2026-02-01", 1)}
        write_observations(dataset(name, figure), dataset_path(store, name, index[name]))


def figures(parts: Sequence[Observations]) -> dict[str, list[float]]:
    frame = concatenate([part.frame for part in parts])
    return {
        str(name): rows["value"].tolist() for name, rows in frame.groupby("dataset", observed=True)
    }


def test_without_a_store_what_comes_with_ctgsite_is_given(embedded: None):
    assert figures(list(available(None))) == {"a": [1, 1], "b": [1, 1]}


def test_a_stores_figure_stands_before_the_embedded_one(embedded: None, tmp_path: Path):
    stored(tmp_path, "b", 30, sha256="2" * 64)
    assert figures(list(available(tmp_path))) == {"a": [1, 1], "b": [30, 1]}


def test_a_store_that_holds_all_the_embedded_files_needs_nothing_else(
    embedded: None, tmp_path: Path
):
    stored(tmp_path, "b", 30, sha256=INPUT)
    assert figures(list(available(tmp_path))) == {"a": [1, 1], "b": [30]}


def test_a_dataset_of_the_store_alone_is_given_too(embedded: None, tmp_path: Path):
    stored(tmp_path, "c", 7, sha256="3" * 64)
    assert figures(list(available(tmp_path)))["c"] == [7]


def test_each_dataset_is_one_part(embedded: None, tmp_path: Path):
    stored(tmp_path, "b", 30, sha256="2" * 64)
    assert [set(part.frame["dataset"]) for part in available(tmp_path)] == [{"a"}, {"b"}]


def test_a_gap_of_the_store_does_not_hide_an_embedded_figure():
    gap = dataset("a", float("nan"))
    gap.frame["status"] = "absent"
    gap.frame["status"] = gap.frame["status"].astype("category")
    assert over(dataset("a", 1), gap).frame["value"].tolist() == [1]
