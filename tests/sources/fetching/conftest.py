"""A producers' site on this machine, and a client that takes it for all of theirs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from replay import Site, serving

from ctgsite.sources.fetching.client import Client


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def client(site: Site) -> Client:
    return Client(site.mirror)
