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
def imported_figures(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """The figures of a store that only `data import` filled."""
    store = tmp_path_factory.mktemp("entrepot")
    knowledge.import_data((reference_data,), store, lambda _: None)
    return knowledge.evidence(store).figures
