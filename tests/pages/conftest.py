"""Findings and the diagnostic of Testville, as fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest
from testville import (
    TEMPLATES,
    dwellings_finding,
    full_diagnostic,
    secret_finding,
    vacancy_finding,
)

from ctgsite.diagnostic.model import Diagnostic, Finding


@pytest.fixture
def templates() -> Path:
    return TEMPLATES


@pytest.fixture
def vacancy() -> Finding:
    return vacancy_finding()


@pytest.fixture
def dwellings() -> Finding:
    return dwellings_finding()


@pytest.fixture
def secret() -> Finding:
    return secret_finding()


@pytest.fixture
def diagnostic() -> Diagnostic:
    return full_diagnostic()
