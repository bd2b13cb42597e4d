"""Every passage of a text that looks like personal data, whatever it is: the one door.

A passage found is a `Sighting`: where it stands in the text, and what it looks like. Whether it may
be published all the same is for `privacy_checks` to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.config.personal_data.addresses import find_addresses
from ctgsite.config.personal_data.contacts import find_emails, find_phones
from ctgsite.config.personal_data.model import Sighting
from ctgsite.config.personal_data.nir import find_nirs
from ctgsite.config.personal_data.people import find_people
from ctgsite.config.personal_data.reading import evened, without_urls


def find_personal_data(text: str) -> tuple[Sighting, ...]:
    """Return what looks like personal data in a text, in order; none overlaps another.

    Where two do, the one that starts first is kept: a phone number is not looked for again in a
    social security number.
    """
    kept: list[Sighting] = []
    for sighting in sorted(_all(text), key=lambda found: (found.start, -found.end)):
        if not kept or sighting.start >= kept[-1].end:
            kept.append(sighting)
    return tuple(kept)


def _all(text: str) -> Iterator[Sighting]:
    even = evened(text)
    figures = without_urls(even)  # an address of the web holds figures that are nobody's
    yield from find_emails(even)
    yield from find_nirs(figures)
    yield from find_phones(figures)
    yield from find_addresses(figures)
    yield from find_people(even)
