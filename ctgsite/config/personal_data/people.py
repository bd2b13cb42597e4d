"""People named by their civility: « Mme Martin », « M. J.-P. de La Tour », « le docteur Roux ».

« Madame la maire », « M. le président » and « Mme D. » name nobody; « rue du Docteur Roux » names
a street.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ctgsite.config.personal_data.model import Sighting
from ctgsite.config.personal_data.vocabulary import (
    NO_NAMES,
    PARTICLES,
    PLACES,
    QUALIFIERS,
    TITLES,
)
from ctgsite.config.spelling import fold

_ABBREVIATED = (
    r"(?i:mmes?|mlles?|melle|mr|drs?|Mᵐᵉˢ?|Mˡˡᵉˢ?|M<sup>(?:me|lle)s?</sup>|M\^(?:me|lle)s?\^)|Dʳ|Mᵉ|Pʳ|MM|Me|Pr"
    r"|M(?=\.)|(?<!\d[ ])M"  # « 12 M d’euros » is no civility
)
_IN_FULL = r"(?i:monsieur|messieurs|madame|mesdames|mademoiselle|mesdemoiselles)"
_PROFESSION = r"(?i:docteure?s?|ma[iî]tres?|professeure?s?)"
_CIVILITY = re.compile(
    rf"(?<![\w-])(?:{_ABBREVIATED}|{_IN_FULL}|(?P<profession>{_PROFESSION}))(?![^\W_])"
)
_HASTY = ("mme", "mlle", "melle", "mr")  # « mme dupont »: who writes so leaves all capitals out
_GAP = re.compile(r"[ *_\[\]]*\n?[ *_\[\]>]*")  # what Markdown may put between two words
_WORD = re.compile(r"(?P<elided>[dlDL]')?(?P<word>[^\W\d_](?:[\w'-]|\.-)*)(?P<dot>\.?)")
_PLACE_BEFORE = re.compile(rf"(?i)\b(?:{'|'.join(PLACES)})[ ]+(?:(?:du|de[ ]la|des)[ ]+)?$")
_MOST_WORDS = 6


def find_people(text: str) -> Iterator[Sighting]:
    """Yield the people that a text names by their civility."""
    for found in _CIVILITY.finditer(text):
        if _PLACE_BEFORE.search(text, max(0, found.start() - 40), found.start()):
            continue
        words = _words_after(text, found.end())
        end = _name_end(words, bool(found["profession"]), hasty=found[0] in _HASTY)
        if end is not None:
            yield Sighting("personne", found.start(), end)


class _Word:
    """A word after a civility: what it says, where it ends, whether it opens with a capital."""

    def __init__(self, found: re.Match[str]) -> None:
        self.text = found["word"]
        self.folded = fold(self.text).removeprefix("vice ").removeprefix("sous ")
        self.end = found.end("word")
        self.elided = found["elided"] or ""
        self.capital = self.text[0].isupper()
        self.initial = len(self.text) == 1 or bool(re.fullmatch(r"\w\.-\w", self.text))

    @property
    def title(self) -> bool:
        return _singular(self.folded) in TITLES

    @property
    def qualifier(self) -> bool:
        return _singular(self.folded) in QUALIFIERS

    @property
    def particle(self) -> bool:
        return self.folded in PARTICLES and not self.elided

    @property
    def name(self) -> bool:
        """Whether it may be someone's name."""
        return self.capital and not self.initial and self.folded not in NO_NAMES

    @property
    def hasty_name(self) -> bool:
        """Whether it may be a name written without its capital."""
        known = self.title or self.qualifier or self.folded in NO_NAMES | PARTICLES
        return len(self.text) > 2 and not known and not self.elided


def _singular(word: str) -> str:
    return f"{word[:-3]}al" if word.endswith("aux") else word.removesuffix("s")


def _words_after(text: str, place: int) -> list[_Word]:
    """Return the words that follow a civility, up to a punctuation or an empty line."""
    words: list[_Word] = []
    if text[place : place + 1] == ".":
        place += 1
    while len(words) < _MOST_WORDS and (gap := _GAP.match(text, place)):
        if words and "\n" in gap[0] and words[-1].name:  # a name ends with its line
            break
        found = _WORD.match(text, gap.end())
        if found is None or (words and not gap[0]):
            break
        words.append(_Word(found))
        place = found.end()
        if found["dot"] and not words[-1].initial:
            break
    return words


def _name_end(words: Sequence[_Word], profession: bool, *, hasty: bool) -> int | None:
    """Return where a name ends, None where the words after the civility are no name."""
    at = _after_title(words)
    if at is None:
        at = 0
        while at < len(words) and (words[at].particle or words[at].initial):
            if profession and not words[at].capital:  # « professeur de Français »
                return None
            at += 1
        if at and at < len(words) and words[at].title and words[at - 1].particle:
            return None
    if profession and at < len(words) and words[at].elided:  # « maître d’Ouvrage »
        return None
    if at >= len(words) or not (words[at].name or (hasty and at == 0 and words[at].hasty_name)):
        return None
    end = words[at].end
    for word in words[at + 1 :]:
        if word.name:
            end = word.end
        elif not word.particle:
            break
    return end


def _after_title(words: Sequence[_Word]) -> int | None:
    """Return the place of the word after « la maire », None where no title stands there."""
    if not words:
        return None
    first = words[0]
    if first.elided.lower() == "l'":
        if first.elided[0].isupper() and not first.title:  # « Mme L’Hostis »
            return None
        at = 1
    elif len(words) > 1 and first.text.lower() in ("le", "la", "les"):
        if first.text[0].isupper() and not words[1].title:  # « M. Le Goff »
            return None
        at = 2
    else:
        return None
    while at < len(words) and words[at].qualifier:
        at += 1
    return at
