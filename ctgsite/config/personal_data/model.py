"""What is told of a passage that looks like personal data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SightingKind = Literal["courriel", "telephone", "nir", "adresse", "personne"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A passage that looks like personal data; `start` and `end` are places in the text."""

    kind: SightingKind
    start: int
    end: int
