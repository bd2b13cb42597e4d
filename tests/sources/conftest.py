"""Files typed by hand, written where a test can read them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_france import small_geography

from ctgsite.geography.cog import Geography

Write = Callable[..., Path]


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
