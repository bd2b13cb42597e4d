"""The geography that comes with ctgsite: written by our code, the same bytes each time."""

import gzip
from pathlib import Path

import orjson
import pytest

from ctgsite.errors import SourceError
from ctgsite.geography.cog import Geography
from ctgsite.geography.embedded import NAME, SNAPSHOT, read_geography, write_geography


def test_what_is_written_is_read_again(geography: Geography, tmp_path: Path):
    paths = write_geography(geography, tmp_path)
    assert all(path.is_file() for path in paths)
    assert read_geography(tmp_path) == geography


def test_the_same_geography_gives_the_bytes_that_are_embedded(geography: Geography, tmp_path: Path):
    for path in write_geography(geography, tmp_path):
        assert path.read_bytes() == (SNAPSHOT / path.name).read_bytes()


def test_it_is_compact():
    assert (SNAPSHOT / NAME).stat().st_size < 700_000


def test_a_missing_or_damaged_file_is_a_source_error(tmp_path: Path):
    with pytest.raises(SourceError):
        read_geography(tmp_path)
    (tmp_path / NAME).write_bytes(b"not gzip")
    with pytest.raises(SourceError):
        read_geography(tmp_path)


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path):
    (tmp_path / NAME).write_bytes(gzip.compress(orjson.dumps({"format": 99})))
    with pytest.raises(SourceError, match="99"):
        read_geography(tmp_path)
