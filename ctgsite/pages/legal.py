"""What the law asks of a site: accessibility, mentions légales, personal data.

All three pages are made from `editeur:`; what it does not say is listed once, as still to be
written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ctgsite.config.models import Territory
from ctgsite.config.publisher import Publisher
from ctgsite.pages.model import Page
from ctgsite.pages.prose import plain
from ctgsite.pages.renderer import REFERENCES, Renderer

PERSONAL_DATA = "Données personnelles"
CONFORMITY = {
    "non": "non conforme",
    "partielle": "partiellement conforme",
    "totale": "totalement conforme",
}
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_ADDRESS = re.compile(r"https?://[\w.~:/?%&=@+,;-]+", re.ASCII)


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the three pages, at the end of the menu."""
    territory = renderer.view.diagnostic.territory
    said: dict[str, Any] = {"body": territory.publisher.body or territory.name, "joindre": reached}
    yield renderer.page(
        "accessibilite",
        "accessibilite",
        "Accessibilité",
        section=REFERENCES,
        conformity=CONFORMITY[territory.publisher.accessibility.conformity or "non"],
        **said,
    )
    yield renderer.page(
        "mentions-legales",
        "mentions-legales",
        "Mentions légales",
        section=REFERENCES,
        missing=missing_mentions(territory.publisher),
        **said,
    )
    yield renderer.page(
        "donnees-personnelles",
        "donnees-personnelles",
        PERSONAL_DATA,
        section=REFERENCES,
        named=_names_people(territory),
        **said,
    )


def reached(contact: str) -> str:
    """Return where to write as Markdown: a mail or a page as a link, anything else as it is."""
    text = plain(contact)
    if _MAIL.fullmatch(contact):
        return f"[{text}](mailto:{contact})"
    if _ADDRESS.fullmatch(contact):
        return f"<{contact}>"
    return text


def missing_mentions(publisher: Publisher) -> list[str]:
    """Return what the mentions légales do not say yet, as the page names it."""
    host = publisher.host
    asked = (
        ("la collectivité qui publie le site", publisher.body),
        ("son adresse", publisher.address),
        ("son téléphone", publisher.phone),
        ("où lui écrire", publisher.contact),
        ("le directeur ou la directrice de publication", publisher.director),
        ("l’hébergeur du site", host),
        ("l’adresse de l’hébergeur", host is None or host.address),
        ("le téléphone de l’hébergeur", host is None or host.phone),
    )
    return [what for what, said in asked if not said]


def _names_people(territory: Territory) -> bool:
    """Whether the site shows people, or says their name with their agreement."""
    shown = any(image.people for image in territory.images)
    return shown or bool(territory.privacy.consents)
