"""E-mail addresses and phone numbers, in all the ways that people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctgsite.config.personal_data.model import Sighting

_OPEN, _CLOSE = r"[ ]?[\[({<][ ]?", r"[ ]?[\])}>][ ]?"
_AT = (
    rf"(?:\\?@|&\#0*64;|&\#x0*40;|&commat;|＠|{_OPEN}(?:at|a|arobase|arobas|chez|@){_CLOSE}"
    r"|[ ](?:arobase|arobas)[ ])"
)
_DOT = rf"(?:\.|{_OPEN}(?:dot|point|\.){_CLOSE}|[ ](?:dot|point)[ ])"
_EMAIL = re.compile(rf"(?<![\w.+%'-])[\w.+%'-]*\w{_AT}\w[\w-]*(?:{_DOT}[\w-]+)+", re.IGNORECASE)
# A spaced sign is an address where what follows ends as a domain does (« à 14 h @ la mairie »).
_SPACED = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]*\w[ ]?(?:@[ ]|[ ]@)[ ]?\w[\w-]*(?:\.[\w-]+)*\.[a-z]{2,}\b"
    r"|(?<![\w.+%'-])[\w.+%'-]*\w[ ]at[ ](?!www)\w[\w-]*"
    r"(?:(?:\.|[ ]dot[ ])[\w-]+)*(?:\.|[ ]dot[ ])[a-z]{2,}\b",
    re.IGNORECASE,
)

_PART = r"(?:[ ]{1,6}|[ ]?[.\-/·•_][ ]?|,|\n)"  # what may part two groups of figures
# How a French number is grouped. A number of other groups is a list of codes, a date or a sum.
_GROUPS = (
    (2, 2, 2, 2, 2), (10,), (4, 3, 3), (4, 2, 2, 2), (2, 4, 4), (2, 2, 3, 3), (2, 3, 3, 2),
    (2, 8), (3, 3, 4), (3, 3, 2, 2), (1, 3, 3, 3), (1, 3, 2, 2, 2),
)  # fmt: skip
_SHAPES = "|".join(_PART.join(rf"\d{{{size}}}" for size in groups) for groups in _GROUPS)
_NATIONAL = re.compile(
    rf"(?<![\d+])(?<!\d[.,])(?=0{_PART}?[1-9])(?:{_SHAPES})(?!\d)"
    rf"|\(0[1-9]\){_PART}?\d\d(?:{_PART}?\d\d){{3}}(?!\d)"
    rf"|(?<!\w)[Oo][1-9](?:{_PART}?\d\d){{4}}(?!\d)"
)
_FRANCE = re.compile(
    rf"(?<![\w+])(?:\+|00)[ ]?33[ ]?\)?{_PART}?(?:\([ ]?0[ ]?\)|0)?"
    rf"{_PART}?[1-9](?:{_PART}?\d){{8}}(?!\d)"
)
_ABROAD = re.compile(rf"(?<![\w+])(?:\+|00)[ ]?[1-9](?:[()]|{_PART}|\d){{7}}")


def find_emails(text: str) -> Iterator[Sighting]:
    """Yield the e-mail addresses of a text, those that hide their @ in brackets too."""
    for pattern in (_EMAIL, _SPACED):
        for found in pattern.finditer(text):
            yield Sighting("courriel", *found.span())


def find_phones(text: str) -> Iterator[Sighting]:
    """Yield the phone numbers of a text: France's in any grouping, and the other countries'.

    A French number counts even where its range is not allotted: it may be some day.
    """
    for pattern in (_NATIONAL, _FRANCE):
        for found in pattern.finditer(text):
            yield Sighting("telephone", *found.span())
    if _ABROAD.search(text):
        yield from _phones_from_abroad(text)


def _phones_from_abroad(text: str) -> Iterator[Sighting]:
    import phonenumbers

    for found in phonenumbers.PhoneNumberMatcher(text, "FR"):
        if _ABROAD.match(text, found.start):
            yield Sighting("telephone", found.start, found.end)
