"""Checks of what a territory's file draws from figures and voices together."""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.config.patterns import values
from ctgsite.config.positions import Document
from ctgsite.errors import Problem


def check_voices(document: Document) -> Iterator[Problem]:
    """Find AFOM entries that rest on nothing, and themes whose reading contradicts itself."""
    yield from _check_evidence(document)
    yield from _check_readings(document)


def _check_evidence(document: Document) -> Iterator[Problem]:
    for path, entry in values(document.data, ("afom", "*")):
        if isinstance(entry, dict) and not (entry.get("constats") or entry.get("paroles")):
            message = (
                "cette entrée ne cite rien : ajoutez « constats » (des indicateurs) ou « paroles »"
            )
            yield document.problem(message, path, warning=True)


def _check_readings(document: Document) -> Iterator[Problem]:
    """Refuse a silence that is declared and that the entry itself breaks."""
    broken = {"chiffres_seuls": "paroles", "paroles_seules": "constats"}
    for path, entry in values(document.data, ("convergence", "*")):
        reading = entry.get("lecture") if isinstance(entry, dict) else None
        key = broken.get(reading) if isinstance(reading, str) else None
        if key and entry.get(key):
            message = f"« {reading} » ne va pas avec « {key} » : changez l’un ou l’autre"
            yield document.problem(message, (*path, key), key=True)
