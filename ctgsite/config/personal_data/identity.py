"""Whom a civility and a name designate, so that « Madame Martin » and « Mme MARTIN » are one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ctgsite.config.personal_data.reading import evened
from ctgsite.config.personal_data.vocabulary import QUALIFIERS, TITLES
from ctgsite.config.spelling import fold

_CIVILITIES = {
    "m": "m", "mm": "m", "mr": "m", "monsieur": "m", "messieurs": "m",
    "mme": "mme", "mmes": "mme", "madame": "mme", "mesdames": "mme",
    "mlle": "mme", "mlles": "mme", "melle": "mme", "mademoiselle": "mme", "mesdemoiselles": "mme",
    "dr": "dr", "drs": "dr", "docteur": "dr", "docteure": "dr", "docteurs": "dr",
    "me": "me", "maitre": "me", "maitres": "me",
    "pr": "pr", "professeur": "pr", "professeure": "pr",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Identity:
    """A civility ("" where none is written) and a name, both without case nor accent."""

    civility: str
    name: tuple[str, ...]

    def covers(self, other: Identity) -> bool:
        """Whether a consent given under this name holds for another way to write it.

        One without civility needs more than a family name: there are several « Martin ».
        """
        if self.name != other.name:
            return False
        return self.civility == other.civility or (not self.civility and len(self.name) > 1)


def identity(passage: str) -> Identity:
    """Read a person's civility and name; the title between them (« la maire ») is left out."""
    words = _WORD.findall(evened(passage))
    civility = _CIVILITIES.get(fold(words[0]), "") if words else ""
    rest = words[1:] if civility else words
    while civility and len(rest) > 1 and _titled(rest[0]):
        rest = rest[1:]
    return Identity(civility, tuple(map(fold, rest)))


def _titled(word: str) -> bool:
    return word in ("la", "le", "l") or fold(word) in TITLES | QUALIFIERS
