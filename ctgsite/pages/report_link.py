"""Where a reader reports an error: a mail to the publisher that names the chart and its address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from ctgsite.config.models import Territory

_MAIL = re.compile(r"[^\s@:?&%]+@[^\s@:?&%]+\.[^\s@:?&%]+")
_PAGE = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Report:
    """What the link of a chart holds.

    Attributes:
        href: the mail, or the publisher's page of contact.
        address: the chart's place on a site whose public address is not known, "" elsewhere.
    """

    href: str
    address: str = ""


def report_of(
    territory: Territory, page: PurePosixPath, title: str, name: str, anchor: str
) -> Report | None:
    """Return the link that reports an error in a chart, or None where nobody can be written to.

    Args:
        territory: its publisher is written to.
        page: the published file, from the root of the site.
        title: the page's title.
        name: what the chart shows.
        anchor: the chart's anchor on the page.
    """
    publisher = territory.publisher
    for contact in (publisher.contact.strip(), publisher.accessibility.contact.strip()):
        if _MAIL.fullmatch(contact):
            return _mail(contact, territory, f"{page}#{anchor}", title, name)
        if _PAGE.fullmatch(contact):
            return Report(contact)
    return None


def _mail(contact: str, territory: Territory, place: str, title: str, name: str) -> Report:
    public = str(territory.public_url or "").rstrip("/")
    address = f"{public}/{place}" if public else place
    lines = (
        "Bonjour,",
        "",
        "Je signale une erreur dans ce graphique :",
        f"- Graphique : {name}",
        f"- Page : {title}, {territory.name}",
        f"- Adresse : {address}",
        "",
        "Ce qui ne va pas : ",
    )
    subject = quote(f"Erreur signalée : {name} ({territory.name})", safe="")
    body = quote("\r\n".join(lines), safe="")
    href = f"mailto:{quote(contact, safe='@')}?subject={subject}&body={body}"
    return Report(href, "" if public else address)
