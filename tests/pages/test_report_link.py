"""“Signaler une erreur”: a mail that names the chart, its page and its address, or no link."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from ctgsite.config.models import Territory
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.render import render_pages
from ctgsite.pages.report_link import Report, report_of

PAGE = PurePosixPath("thematiques/logement/index.html")


def territory(**more: object) -> Territory:
    about = {"nom": "Val & Co", "type": "commune", "codes": ["31541"], "slug": "val"}
    return Territory.model_validate(about | more)


def report(**more: object) -> Report | None:
    return report_of(territory(**more), PAGE, "Logement", "Part (%) & rang", "part")


def told(href: str) -> dict[str, str]:
    fields = parse_qs(urlsplit(href).query, strict_parsing=True)
    return {name: value for name, (value,) in fields.items()}


def test_the_mail_names_the_chart_the_page_and_the_public_address() -> None:
    made = report(editeur={"contact": "a@val.fr"}, url_publique="https://ctg.val.fr/x/")
    assert made is not None
    assert made.address == ""
    assert urlsplit(made.href)[:3] == ("mailto", "", "a@val.fr")
    mail = told(made.href)
    assert mail["subject"] == "Erreur signalée : Part (%) & rang (Val & Co)"
    for line in (
        "- Graphique : Part (%) & rang",
        "- Page : Logement, Val & Co",
        "- Adresse : https://ctg.val.fr/x/thematiques/logement/index.html#part",
    ):
        assert line in mail["body"].split("\r\n")


def test_without_a_public_address_the_place_on_the_site_is_given() -> None:
    made = report(editeur={"accessibilite": {"contact": "b@val.fr"}})
    assert made is not None
    assert made.href.startswith("mailto:b@val.fr?")
    assert made.address == "thematiques/logement/index.html#part"
    assert made.address in unquote(made.href)


def test_a_page_of_contact_is_led_to() -> None:
    made = report(editeur={"contact": "https://val.fr/contact"})
    assert made == Report("https://val.fr/contact")


@pytest.mark.parametrize("contact", ["", "la mairie", "javascript:alert(1)", "a@b.fr?bcc=c@d.fr"])
def test_where_nobody_can_be_written_to_there_is_no_link(contact: str) -> None:
    assert report(editeur={"contact": contact}) is None


def test_each_chart_of_a_page_carries_its_own_mail(diagnostic: Diagnostic, templates: Path) -> None:
    known = replace(diagnostic, territory=territory(editeur={"contact": "a@val.fr"}))
    (page,) = [p for p in render_pages(known, templates) if p.path == PAGE.with_suffix(".md")]
    mails = [unescape(href) for href in re.findall(r'href="(mailto:[^"]+)"', page.markdown)]
    names = re.findall(
        r'class="ctg-permanent" [^>]*aria-label="Lien permanent\W+([^"]+)"', page.markdown
    )
    assert len(mails) == len(names) > 1
    for mail, name in zip(mails, names, strict=True):
        assert f"- Graphique : {unescape(name)}\r".replace("\xa0", " ") in told(mail)["body"]
