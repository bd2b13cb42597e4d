"""Files typed by hand, written where a test can read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from small_france import small_geography

from ctgsite.geography.cog import Geography
from ctgsite.sources.importing import ImportReport, import_files

Write = Callable[..., Path]
Import = Callable[..., ImportReport]


@pytest.fixture(scope="session")
def small() -> Geography:
    """The France of eleven communes."""
    return small_geography()


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of a producer's name, in UTF-8 unless told otherwise."""

    def to_file(name: str, content: str | bytes, *, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode(encoding) if isinstance(content, str) else content)
        return path

    return to_file


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Name the folder of a store that is still to fill."""
    return tmp_path / "entrepot"


@pytest.fixture
def importing(store: Path) -> Import:
    """Import paths into the store, on the small France."""

    def run(*paths: Path) -> ImportReport:
        return import_files(
            paths, store, small_geography(), day=date(2026, 2, 1), progress=lambda _: None
        )

    return run
