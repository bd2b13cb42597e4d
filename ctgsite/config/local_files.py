"""The files of `donnees/`: which descriptions they have, and what is wrong with their names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from ctgsite.config.fields import SLUG_PATTERN
from ctgsite.config.positions import Document, read_yaml
from ctgsite.errors import ConfigError, Problem

FOLDER = "donnees"
RESERVED = ("indicateurs", "datapackage", "index")


def describes_indicators(path: Path) -> bool:
    """Whether a description has indicators, and not a table of counts.

    One that cannot be read is a table's, which says what is wrong.
    """
    try:
        data = read_yaml(path).data
    except ConfigError:
        return False
    return isinstance(data, dict) and "indicateurs" in data


def indicator_ids(folder: Path) -> tuple[str, ...]:
    """Return the indicators that a territory's folder adds, whatever else is wrong with them."""
    found = []
    for path in sorted((folder / FOLDER).glob("*.yml")):
        if describes_indicators(path):
            entries = read_yaml(path).data["indicateurs"]
            listed = entries if isinstance(entries, list) else []
            named = (one for one in listed if isinstance(one, dict))
            found += [str(one["id"]) for one in named if "id" in one]
    return tuple(found)


def name_problems(document: Document, name: str) -> Iterator[Problem]:
    """Find why a file's name cannot be the address of what it holds."""
    if not re.fullmatch(SLUG_PATTERN, name):
        message = (
            f"« {name} » sera l’adresse du tableau : renommez ses deux fichiers en minuscules sans "
            "accent, chiffres et tirets"
        )
        yield document.problem(message)
    elif name in RESERVED:
        message = f"le nom « {name} » est celui d’un fichier du site : renommez ce tableau"
        yield document.problem(message)
