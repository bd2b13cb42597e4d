"""The nearest valid spelling of a word someone typed, blind to case, accents and dashes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

_CLOSE_ENOUGH = 0.5
_MOST_LISTED = 30  # choices told where none is near; more would drown the sentence


def fold(text: str) -> str:
    """Return a word without case, accents, ligatures, dashes, underscores or curly quotes."""
    text = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("’", "'")
    letters = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(plain.replace("-", " ").replace("_", " ").split())


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice nearest to a word, or nothing when none looks like it."""
    found = process.extractOne(
        word,
        list(choices),
        processor=fold,
        scorer=OSA.normalized_similarity,
        score_cutoff=_CLOSE_ENOUGH,
    )
    return found[0] if found else None


def suggestion(word: str, choices: Iterable[str]) -> str:
    """Return what to write instead: the nearest spelling, or every one of a few."""
    choices = list(choices)
    if found := nearest(word, choices):
        return f" : vouliez-vous dire « {found} » ?"
    return f" (attendu : {', '.join(choices)})" if 0 < len(choices) <= _MOST_LISTED else ""
