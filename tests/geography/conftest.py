"""Geographies for the tests: one of a few typed communes, the embedded one, the producers' one."""

from functools import cache
from pathlib import Path

import pytest

from ctgsite.geography.cog import Geography
from ctgsite.geography.embedded import embedded_geography
from ctgsite.geography.producers import read_producers


@pytest.fixture(scope="session")
def geography() -> Geography:
    return embedded_geography()


@pytest.fixture
def produced(reference_data: Path) -> Geography:
    """What the producers' files say, read once."""
    return _read(reference_data)


_read = cache(read_producers)
