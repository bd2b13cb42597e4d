"""Social security numbers (NIR): sex, year, month, département, commune, order, and key.

Layout: INSEE, « Numéro de sécurité sociale / NIR »: 13 figures and a key of two, the complement to
97 of the number modulo 97, where 2A counts as 19 and 2B as 18.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctgsite.config.personal_data.model import Sighting

_PART = r"([ ]{1,6}|[ ]?[.\-/·_][ ]?)?"
_NIR = re.compile(
    rf"(?<!\w)(?<!\d[.,])([1-478]){_PART}(\d\d){_PART}(\d\d){_PART}(\d\d|2[ABab]){_PART}"
    rf"(\d{{3}}){_PART}(\d{{3}})(?:{_PART}(?:cl[ée][ ]?:?[ ]?)?(\d\d))?(?!\w)"
)
_CORSICA = {"2A": "19", "2B": "18"}
_CODES = [False, False, True, False, True]  # parted in fives: codes of communes, side by side
_MONTHS = {*range(1, 13)}
_UNKNOWN_MONTHS = {20, *range(30, 43), *range(50, 100)}  # where the month of birth is not known


def find_nirs(text: str) -> Iterator[Sighting]:
    """Yield the social security numbers of a text, with or without their key.

    Figures grouped as a NIR is written are one, whatever the key: a slip of the pen hides nobody.
    Others are one where the key is right or, without key, where sex, month and place make sense.
    """
    for found in _NIR.finditer(text):
        sex, part1, year, part2, month, part3, place, part4, commune, part5, order, _, key = (
            found.groups()
        )
        if not _plausible(int(month), place, int(commune), int(order)):
            continue
        parts = (part1, part2, part3, part4, part5)
        if [bool(part) for part in parts] == _CODES:
            continue
        grouped = all(parts)
        number = int(f"{sex}{year}{month}{_CORSICA.get(place.upper(), place)}{commune}{order}")
        if grouped or (97 - number % 97 == int(key) if key else _likely(sex, int(month))):
            yield Sighting("nir", *found.span())


def _plausible(month: int, place: str, commune: int, order: int) -> bool:
    born = month in _MONTHS or month in _UNKNOWN_MONTHS
    somewhere = not place.isdecimal() or (place not in ("00", "96"))
    return born and somewhere and commune > 0 and order > 0


def _likely(sex: str, month: int) -> bool:
    """Whether thirteen figures without key are likelier a NIR than another number."""
    return sex in "12" and month in _MONTHS
