"""Figures as a site shows them: from the embedded snapshot, and from the producers' own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgsite import knowledge
from ctgsite.indicators.figures import Figures


@pytest.fixture(scope="session")
def embedded_figures() -> Figures:
    """The figures that come with a fresh clone."""
    return knowledge.evidence(None).figures


@pytest.fixture(scope="session")
def imported_store(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that only `data import` filled."""
    store = tmp_path_factory.mktemp("entrepot")
    knowledge.import_data((reference_data,), store, lambda _: None)
    return store


@pytest.fixture(scope="session")
def imported_figures(imported_store: Path) -> Figures:
    """The figures of all the producers' files."""
    return knowledge.evidence(imported_store).figures
