"""French typography and grammar of figures: numbers, units, agreement, years and lists.

Numbers enter as floats at full precision and leave as text; rounding happens here and nowhere else.
Names of places have their own grammar, in `geography.names`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from babel.numbers import format_decimal

LOCALE = "fr_FR"
NARROW = "\u202f"  # narrow no-break space: before %, and between thousands
NBSP = "\u00a0"  # no-break space: before other units

_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_BEFORE_PERCENT = re.compile(r"(?<=\d) (?=%)")
_BEFORE_EURO = re.compile(r"(?<=\d) (?=€)")
_BEFORE_COLON = re.compile(r"(?<=\S) ([:»])(?=[\s<),.;]|$)")
_BEFORE_MARK = re.compile(r"(?<=\S) ([;?!]+)(?=[\s<)»]|$)")
_LINKING_WORDS = ("par", "pour", "de", "d’", "du", "des", "à", "au", "aux", "en", "sur", "dans")
_SINGULARS = {
    "sociaux": "social",
    "locaux": "local",
    "ans": "an",
    "décès": "décès",
    "points": "point",
}
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def rounded(value: float, precision: int = 0) -> float:
    """Round half away from zero, as readers expect, and never return minus zero."""
    shift = 10.0**precision
    nudged = math.floor(abs(value) * shift + 0.5 + 1e-9) / shift
    return math.copysign(nudged, value) if nudged else 0.0


def number(value: float, precision: int = 0) -> str:
    """Return a number as Babel writes it in French, never as “-0”."""
    pattern = "#,##0" + ("." + "0" * precision if precision else "")
    return format_decimal(rounded(value, precision), format=pattern, locale=LOCALE)


def approximate(value: float) -> str:
    """Return a count with two significant digits, as in “environ 720”."""
    if not value:
        return "0"
    digits = max(0, math.floor(math.log10(abs(value))) - 1)
    return number(rounded(value / 10**digits) * 10**digits)


def quantity(value: float, unit: str, precision: int = 0) -> str:
    """Return a number and its unit: “12,4 %”, “23 540 €”, “1 habitant”.

    A value that is positive but would read as zero is “moins de 0,1 %”.
    """
    least = 10.0**-precision
    if 0 < value < least / 2 and not unit.startswith("% par"):  # a rate that can be negative
        return f"moins de {quantity(least, unit, precision)}"
    return number(value, precision) + unit_after(rounded(value, precision), unit)


def unit_after(value: float, unit: str) -> str:
    """Return the space and the unit that follow a number, in agreement with it."""
    if not unit:
        return ""
    if unit.startswith("%"):
        return NARROW + unit
    return NBSP + (unit if _is_plural(value) else _singular(unit))


def accord(count: float, singular: str, plural: str | None = None) -> str:
    """Return the noun in agreement with a count: French is singular below two."""
    if not _is_plural(count):
        return singular
    return plural if plural is not None else _regular_plural(singular)


def counted(count: float, singular: str, plural: str | None = None) -> str:
    """Return a count and its noun: “0 commune”, “1 commune”, “12 communes”."""
    return f"{number(count)}{NBSP}{accord(count, singular, plural)}"


def signed(change: float, unit: str, precision: int = 0) -> str:
    """Return a difference with its sign: “+1,2 point”, “-340 €”."""
    shown = rounded(change, precision)
    sign = "+" if shown > 0 else ""
    return sign + number(change, precision) + unit_after(shown, unit_of_difference(unit))


def difference(change: float, unit: str, precision: int = 0) -> str:
    """Return a difference in words: “1,2 point de plus”, “2 points de moins”."""
    amount = abs(rounded(change, precision))
    text = number(amount, precision) + unit_after(amount, unit_of_difference(unit))
    return f"{text} de plus" if change >= 0 else f"{text} de moins"


def unit_of_difference(unit: str) -> str:
    """Return the unit of a difference: percentages differ by points."""
    return "points" if unit.startswith("%") else unit


def during(year: str) -> str:
    """Return when a figure was true: “en 2018”, “entre 2013 et 2018”, “en décembre 2020”."""
    first, _, last = year.partition("-")
    if _is_period(first, last):
        return f"entre {first} et {last}"
    return f"en {when(year)}"


def when(year: str) -> str:
    """Return a year for a table or a label: “2018”, “2013 à 2018”, “décembre 2020”."""
    first, _, last = year.partition("-")
    if _is_period(first, last):
        return f"{first} à {last}"
    if len(last) == 2 and last.isdecimal() and 1 <= int(last) <= 12:
        return f"{_MONTHS[int(last) - 1]} {first}"
    return year


def listing(items: Iterable[str], last: str = "et") -> str:
    """Return “a, b et c”."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def capitalise(text: str) -> str:
    """Return the text with its first letter in capital, accents kept: “À Seilh”."""
    return text[:1].upper() + text[1:]


def uncapitalise(text: str) -> str:
    """Return a label as it stands inside a sentence; names and acronyms keep their capitals."""
    kept = len(text) > 1 and not text[1].islower() and text[1] != "’"
    return text if kept or text.startswith("France") else text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """Return the text as a sentence: a capital first, one final mark last."""
    return ended(capitalise(text.strip()))


def ended(text: str) -> str:
    """Return the text with one final mark."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def typographic(text: str) -> str:
    """Return a page with no-break spaces before high marks and units, in quotes and numbers."""
    text = _BEFORE_COLON.sub(f"{NBSP}\\1", text)
    text = _THOUSANDS.sub(NARROW, text)
    text = _BEFORE_PERCENT.sub(NARROW, text)
    text = _BEFORE_EURO.sub(NBSP, text)
    text = _BEFORE_MARK.sub(f"{NARROW}\\1", text)
    return text.replace("« ", f"«{NBSP}")


def ordinal(rank: int, *, feminine: bool = True) -> str:
    """Return “1re”, “2e”, “12e” (or “1er”)."""
    return ("1re" if feminine else "1er") if rank == 1 else f"{number(rank)}e"


def _is_plural(value: float) -> bool:
    return abs(value) >= 2


def _is_period(first: str, last: str) -> bool:
    """Whether “2013-2018” spans several years; “2024-2025” is one school year."""
    return len(last) == 4 and last.isdecimal() and int(last) - int(first) > 1


def _regular_plural(word: str) -> str:
    if word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + ("x" if word.endswith(("au", "eu")) else "s")


def _singular(unit: str) -> str:
    """Return a plural unit in the singular, up to its first linking word or proper name."""
    words = unit.split(" ")
    for place, word in enumerate(words):
        if word in _LINKING_WORDS or word.startswith("d’") or word[:1].isupper():
            break
        words[place] = _SINGULARS.get(word, word.removesuffix("s"))
    return " ".join(words)
