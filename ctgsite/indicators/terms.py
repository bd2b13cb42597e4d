"""The small language of formulas: sums of variables such as ``P_ACT1564 - P_CHOM1564``.

A term is a variable, preceded by its dataset where it is not the formula's (``insee-qpv:POP_MUN``),
followed by its year where it is not the measure's (``P_POP@2013``). Signs stand between spaces,
because producers' names hold dashes and pluses.
"""

from __future__ import annotations

import re

from ctgsite.indicators.model import Term

_TERM = re.compile(r"(?:(?P<dataset>[a-z0-9-]+):)?(?P<variable>[^\s@:]+)(?:@(?P<year>\d{4}\S*))?")
_SIGNS = {"+": 1, "-": -1, "−": -1}


def parse_terms(text: str) -> tuple[Term, ...]:
    """Return the terms of a sum; an empty text is an empty sum.

    Raises:
        ValueError: in French, with what could not be read.
    """
    words = text.split()
    if not words:
        return ()
    if words[0] not in _SIGNS:
        words.insert(0, "+")
    if len(words) % 2:
        raise ValueError(f"« {text} » finit par un signe : attendu une variable")
    return tuple(_term(sign, word) for sign, word in zip(words[::2], words[1::2], strict=True))


def _term(sign: str, word: str) -> Term:
    if sign not in _SIGNS:
        raise ValueError(f"attendu + ou - entre deux variables, et non « {sign} »")
    found = _TERM.fullmatch(word)
    if found is None:
        raise ValueError(f"« {word} » n’est pas une variable (attendu « P_POP », « P_POP@2013 »)")
    return Term(found["variable"], _SIGNS[sign], found["year"], found["dataset"])
