"""Which areas a mistyped code or name most likely meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ctgsite.geography.areas import Area

LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": " ", "'": " ", "-": " "})
SIGLE = re.compile(r"^(cc|ca|cu) ")


def folded(text: str) -> str:
    """Return a name without case, accents, ligatures, hyphens, apostrophes and EPCI's initials."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(LIGATURES))
    kept = plain.encode("ascii", "ignore").decode()  # drops the accents that NFKD set apart
    return SIGLE.sub("", " ".join(kept.split()))


def nearest_areas(text: str, areas: Sequence[Area], limit: int) -> tuple[Area, ...]:
    """Return the `limit` areas that look most like a text, best first.

    A text with more digits than letters is compared with codes, any other with names.
    """
    digits = sum(map(str.isdigit, text))
    found = _by_code if digits * 2 >= len(text.strip()) else _by_name
    return tuple(areas[row] for row in found(text.strip(), areas)[:limit])


def _by_code(text: str, areas: Sequence[Area]) -> list[int]:
    """Return rows by the keystrokes between codes; a shared beginning (département) breaks ties."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein, Prefix

    wanted = text.upper()
    codes = [area.code for area in areas]
    if (padded := wanted.zfill(len(codes[0])) if codes else "") in codes:  # a lost zero
        return [codes.index(padded)]
    near = process.extract(
        wanted, codes, scorer=DamerauLevenshtein.distance, score_cutoff=3, limit=None
    )
    near.sort(key=lambda found: (found[1], -Prefix.similarity(wanted, found[0]), found[2]))
    return [row for _, _, row in near]


def _by_name(text: str, areas: Sequence[Area]) -> list[int]:
    from rapidfuzz import fuzz, process

    names = [folded(area.name) for area in areas]
    near = process.extract(folded(text), names, scorer=fuzz.token_sort_ratio, limit=20)
    return [row for _, _, row in near]
