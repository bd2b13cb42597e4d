"""Reads a territory that a test expects to be whole."""

from __future__ import annotations

from pathlib import Path

from ctgsite.config.known import KnownNames
from ctgsite.config.models import Territory
from ctgsite.config.reading import read_territory
from ctgsite.errors import ConfigError


def load_territory(path: Path, workspace: Path, known: KnownNames) -> Territory:
    """Return one territory; raise with all that is wrong where something is."""
    territory, problems = read_territory(path, workspace, known)
    if territory is None:
        raise ConfigError(problems)
    return territory
