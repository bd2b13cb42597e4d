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
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return SIGLE.sub("", " ".join(kept.split()))


def nearest_areas(text: str, areas: Sequence[Area], limit: int) -> tuple[Area, ...]:
    """Return the `limit` areas that look most like a text, best first.

    A text with more digits than letters is compared with codes (a shared beginning, hence the same
    département, weighs more), any other with names.
    """
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import JaroWinkler

    if sum(map(str.isdigit, text)) * 2 > len(text.strip()):
        codes = [area.code for area in areas]
        score = JaroWinkler.normalized_similarity
        found = process.extract(text.strip().upper(), codes, scorer=score, limit=limit)
    else:
        names = [folded(area.name) for area in areas]
        found = process.extract(folded(text), names, scorer=fuzz.token_sort_ratio, limit=limit)
    return tuple(areas[row] for _, _, row in found)
