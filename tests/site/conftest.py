"""A sample site, built once for all the tests that only read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_site import ASSETS, CARD, PAGES, SPEC

from ctgsite.site.build import build_site
from ctgsite.site.model import BuiltSite
from ctgsite.site.resources import Resources, find_resources


@pytest.fixture(scope="session")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Resources:
    """What a workspace without templates of its own builds with."""
    return find_resources(tmp_path_factory.mktemp("atelier"))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, resources: Resources) -> BuiltSite:
    """The sample site, published; not to be changed."""
    output = tmp_path_factory.mktemp("sorties") / "site"
    return build_site(PAGES, ASSETS, SPEC, CARD, output, resources=resources)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A folder to publish into, that does not exist yet."""
    return tmp_path / "site"
