"""Texts of a territory → what may not be published: personal data that nothing allows.

A finding stops the site. A consent lets a person be named, an exception a passage be published; one
that lets nothing through any more is worth a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ctgsite.config.patterns import texts
from ctgsite.config.personal_data.identity import Identity, identity
from ctgsite.config.personal_data.model import Sighting
from ctgsite.config.personal_data.reading import evened
from ctgsite.config.personal_data.sightings import find_personal_data
from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.published_texts import published_texts
from ctgsite.errors import Problem

_LOOKS_LIKE = {
    "courriel": "une adresse électronique",
    "telephone": "un numéro de téléphone",
    "nir": "un numéro de sécurité sociale",
    "adresse": "une adresse postale",
}
_SHOWN = {"courriel": 3, "telephone": 3, "nir": 3, "adresse": 8}  # characters told again
_CONSENTS = ("confidentialite", "consentements", "*", "nom")
_EXCEPTIONS = ("confidentialite", "exceptions", "*", "texte")


@dataclass(slots=True)
class _Allowed:
    """What a territory lets through, and which of it has let something through."""

    consents: dict[KeyPath, Identity]
    exceptions: dict[KeyPath, re.Pattern[str]]
    used: set[KeyPath] = field(default_factory=set)

    def lets(self, sighting: Sighting, text: str) -> bool:
        """Whether a passage may be published; everything that allows it counts as used."""
        reasons = [path for path, one in self.exceptions.items() if _covers(one, sighting, text)]
        if sighting.kind == "personne":
            who = identity(text[sighting.start : sighting.end])
            reasons += [path for path, consent in self.consents.items() if consent.covers(who)]
        self.used.update(reasons)
        return bool(reasons)


def check_privacy(document: Document, folder: Path, workspace: Path) -> Iterator[Problem]:
    """Find the personal data of a territory's texts, and the permissions that serve no more."""
    allowed = _Allowed(
        {path: identity(name) for path, name in _written(document, _CONSENTS)},
        {path: _pattern(text) for path, text in _written(document, _EXCEPTIONS)},
    )
    for published in published_texts(document, folder, workspace):
        for sighting in find_personal_data(published.text):
            if sighting.kind not in published.allowed and not allowed.lets(
                sighting, published.text
            ):
                place = published.place(sighting.start)
                yield Problem(_message(sighting, published.text), place)
    for path in (*allowed.consents, *allowed.exceptions):
        if path not in allowed.used:
            yield document.problem(_idle(document.text(path), path), path, warning=True)


def _written(document: Document, pattern: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    return ((path, text) for path, text in texts(document.data, pattern) if text.strip())


def _pattern(text: str) -> re.Pattern[str]:
    """Return what finds a passage again, however its lines are cut."""
    return re.compile(r"\s+".join(map(re.escape, evened(text).split())))


def _covers(exception: re.Pattern[str], sighting: Sighting, text: str) -> bool:
    spans = (found.span() for found in exception.finditer(evened(text)))
    return any(start <= sighting.start and sighting.end <= end for start, end in spans)


def _message(sighting: Sighting, text: str) -> str:
    """Say what a passage looks like, without telling it again, and what to do."""
    passage = " ".join(text[sighting.start : sighting.end].split())
    if sighting.kind == "personne":
        return (
            f"« {passage.replace('*', '')} » nomme une personne : écrivez plutôt sa fonction, ou "
            "déclarez son accord dans « confidentialite → consentements »"
        )
    shown = passage[: _SHOWN[sighting.kind]].strip()
    return (
        f"« {shown}… » ressemble à {_LOOKS_LIKE[sighting.kind]} : retirez ce passage, ou déclarez-"
        "le avec le motif qui permet de le publier dans « confidentialite → exceptions »"
    )


def _idle(written: Any, path: KeyPath) -> str:
    if path[1] == "consentements":
        return f"« {written} » n’est nommé dans aucun texte : retirez cet accord"
    return "cette exception ne couvre plus aucun passage : retirez-la"
