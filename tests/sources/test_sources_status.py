"""What is at hand: each dataset's editions, what they cover, and how old the import is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from producers_layouts import RPLS, RPLS_NAME, lines
from small_france import small_geography

from ctgsite.errors import SourceError
from ctgsite.sources.embedded import embedded_manifest
from ctgsite.sources.importing import import_files
from ctgsite.sources.status import dataset_status

Write = Callable[..., Path]

EMBEDDED = {source["jeu"] for source in embedded_manifest()["sources"]}


@pytest.fixture
def store(write: Write, tmp_path: Path) -> Path:
    text = lines(RPLS, "67001,a,a,7,0,0,0,0,0,7", "67002,b,b,1,2,3,4,5,6,")
    folder = tmp_path / "entrepot"
    import_files(
        [write(RPLS_NAME, text)],
        folder,
        small_geography(),
        day=date(2026, 2, 1),
        progress=lambda _: None,
    )
    return folder


def test_without_a_store_every_dataset_is_the_embedded_one():
    found = dataset_status(None, date(2026, 3, 1))
    assert {item.dataset for item in found} == EMBEDDED
    assert all(item.imported is None and item.age is None and not item.files for item in found)


def test_an_imported_dataset_stands_before_the_embedded_one(store: Path):
    found = dataset_status(store, date(2026, 3, 1))
    (own,) = (item for item in found if item.dataset == "sdes-rpls")
    assert own.files == (RPLS_NAME,)
    assert (own.imported, own.age) == ("2026-02-01", 28)
    assert own.producer == "SDES"
    assert own.licence == "Licence Ouverte 2.0"
    assert own.vintages == ("1er janvier 2024",)
    assert own.years == ("2024",)
    assert {item.dataset for item in found} == EMBEDDED


def test_areas_are_counted_where_they_have_at_least_one_figure(store: Path):
    (own,) = (item for item in dataset_status(store, date(2026, 3, 1)) if item.age is not None)
    # Rive-Est has its details but no total; 67 has both communes for the details alone.
    assert own.areas == {"commune": 2, "departement": 1}


def test_a_folder_that_is_no_store_is_refused(tmp_path: Path):
    with pytest.raises(SourceError):
        dataset_status(tmp_path, date(2026, 3, 1))
