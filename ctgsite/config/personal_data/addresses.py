"""Postal addresses: a number, a kind of street and its name (« 3 bis, avenue des Lilas »)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ctgsite.config.personal_data.model import Sighting

_ALWAYS = (
    "allée", "allee", r"all(?=\.)", "avenue", "av", "ave", "boulevard", "boul", "bd", "bld", "bvd",
    "chemin", "che", "chem", "faubourg", "fbg", "impasse", "imp", "lotissement", "lot", "montée",
    "quai", "rond-point", "route", "rte", "rue", "ruelle", r"r(?=\.)", r"ch(?=\.)",
    "sente", "sentier", "traverse", "venelle",
)  # fmt: skip
# These are ordinary words too (« 1 place en crèche », « 2 cours de danse »): their name has a
# capital.
_SOMETIMES = (
    "cité", "clos", "cours", "cour", "domaine", "esplanade", "hameau", "lieu-dit", "lieudit",
    "mail", "parvis", "passage", "place", "pl", "promenade", "résidence", "square", "villa", "zone",
    "za", "zi", "zac",
)  # fmt: skip
_NUMBER = (
    r"(?P<number>[1-9]\d{0,3})(?:[ ]?(?:bis|ter|quater|[a-f])\b)?(?:[ ]?[-/][ ]?(?P<last>\d{1,4}))?"
)
_LINKS = r"(?:(?:de[ ]la|de[ ]l'|du|des|de|d'|la|le|les|l')[ ]?)"
_ADDRESS = re.compile(
    rf"(?<![\w/.,-])(?<!\d[ ])(?<!\bh[ ]){_NUMBER}[ ]?,?[ ]*\n?[ ]*(?:(?:de[ ]la|du|de[ ]l')[ ]?)?"
    rf"\b(?:(?P<always>{'|'.join(_ALWAYS)})|(?P<sometimes>{'|'.join(_SOMETIMES)}))\b\.?[ ]+\n?"
    rf"(?P<link>{_LINKS}(?<=[' ]))?(?P<name>\w[\w'-]*)",
    re.IGNORECASE,
)
_DATES_BEFORE = re.compile(r"(?i)\bdu[ ]+\d{1,2}(?:er)?(?:[ ]+\w+)?[ ]+au[ ]+$")
_YEARS = range(1900, 2100)
_NO_NAMES = ("a", "à", "au", "aux", "en", "et", "ou", "par", "pour", "sur", "est", "sont", "qui")


def find_addresses(text: str) -> Iterator[Sighting]:
    """Yield the postal addresses of a text, up to the first word of the street's name."""
    for found in _ADDRESS.finditer(text):
        if _is_address(found) and not _DATES_BEFORE.search(text[: found.start()][-30:]):
            yield Sighting("adresse", *found.span())


def _is_address(found: re.Match[str]) -> bool:
    name, number = found["name"], int(found["number"])
    named = name[0].isupper()
    if found["last"] and int(found["last"]) <= number:  # « le 14/10, place de la Mairie »
        return False
    if name.lower() in _NO_NAMES or number in _YEARS:  # « en 2021, rue des Lilas »
        return False
    if found["sometimes"] or number == 1:  # « 1 rue piétonne » counts streets
        return named or (name[0].isdigit() and found["link"] is not None)
    return True
