"""The portal: one page that lists every site present and whole, searchable, with a map of France.

It is made again from the `site.json` of each site: building one territory leaves the others be.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ctgsite.site import fingerprint
from ctgsite.site.france import draw_france
from ctgsite.site.manifest import is_whole, read_card
from ctgsite.site.model import Population, Ring, SiteCard
from ctgsite.site.portal_data import NOTHING, write_data
from ctgsite.site.portal_data_page import data_context
from ctgsite.site.publication import claim_output, write_atomically
from ctgsite.site.resources import Resources

_KINDS = {
    "commune": "Commune",
    "epci": "Intercommunalité",
    "groupe": "Groupe de communes",
    "departement": "Département",
}
_STATUTS = {"illustration": "Illustration", "projet": "Projet", "adopte": "Adopté"}


def write_portal(
    output: Path,
    resources: Resources,
    france: tuple[Ring, ...] = (),
    *,
    created: datetime = datetime(2000, 1, 1, tzinfo=UTC),
    precisions: Mapping[str, int] = MappingProxyType({}),
    workers: int | None = 1,
) -> None:
    """Write the portal of the sites in `output`: its pages, their figures together, robots.txt.

    Args:
        output: The published folder.
        resources: What `find_resources` found for the workspace.
        france: The contours of the départements, in longitude and latitude; no map without them.
        created: The date that the workbooks of figures state.
        precisions: How many decimals each indicator shows in them.
        workers: Processes at work; None for one a core.

    Raises:
        PublicationError: The folder is not ours, or cannot be written.
    """
    claim_output(output)
    cards = published_sites(output)
    files = resources.files("portail")
    assets = resources.files("assets")
    tokens = resources.files("styles")["00-jetons.css"]
    environment = Environment(
        loader=FileSystemLoader([root / "portail" for root in reversed(resources.templates)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    shared = {
        "styles": Markup(_text(tokens) + _text(files["portail.css"])),  # noqa: S704
        "script": Markup(_text(files["portail.js"])),  # noqa: S704 - our own file, not content
        "icon": quote(_text(assets["favicon.svg"]).strip()),
    }
    page = environment.get_template("index.html").render(
        shared, sites=[_entry(card) for card in cards], map=draw_france(france, cards)
    )
    write_atomically(output / "index.html", page.encode())
    not_found = environment.get_template("404.html").render(shared)
    write_atomically(output / "404.html", not_found.encode())
    found = tuple(c for c in cards if (output / c.slug / "sitemap.xml").is_file())
    write_atomically(output / "robots.txt", _robots(found).encode())
    template = environment.get_template("donnees.html")
    made_with = fingerprint.of_files((), template.render(shared, **data_context(NOTHING)))
    write_data(
        output,
        cards,
        lambda gathered: template.render(shared, **data_context(gathered)),
        made_with,
        created,
        precisions,
        workers,
    )


def published_sites(output: Path) -> tuple[SiteCard, ...]:
    """Return the sites that stand whole in `output`, by name."""
    folders = sorted(path for path in output.iterdir() if path.is_dir())
    cards = (read_card(folder) for folder in folders if is_whole(folder))
    return tuple(sorted((card for card in cards if card), key=lambda card: _plain(card.name)))


def _entry(card: SiteCard) -> dict[str, object]:
    kind = _KINDS.get(card.type, card.type)
    statut = "Contenu fictif" if card.fictitious else _STATUTS.get(card.statut, card.statut)
    return {
        "slug": card.slug,
        "name": card.name,
        "kind": kind,
        "statut": statut,
        "departements": card.departements,
        "populations": _populations(card),
        "words": _plain(" ".join((card.name, kind, statut, *card.departements, *card.codes))),
    }


def _populations(card: SiteCard) -> list[dict[str, str]]:
    named = (("Annoncée", card.stated), ("Millésime utilisé", card.measured))
    return [
        {"what": _described(label, population), "value": _inhabitants(population)}
        for label, population in named
        if population
    ]


def _described(label: str, population: Population) -> str:
    year = "" if population.year in population.source else population.year
    details = ", ".join(part for part in (population.source, year) if part)
    return f"{label}\u00a0: {details}" if details else label


def _inhabitants(population: Population) -> str:
    number = format_decimal(population.value, locale="fr_FR")
    return f"{number}\u00a0habitant{'s' if population.value > 1 else ''}"


def _plain(text: str) -> str:
    """Fold accents, case, hyphens and apostrophes, as the page's search does."""
    folded = unicodedata.normalize("NFD", text.casefold())
    letters = (letter for letter in folded if not unicodedata.combining(letter))
    return "".join(letters).translate(str.maketrans("-’'", "   ")).replace("œ", "oe")


def _robots(cards: tuple[SiteCard, ...]) -> str:
    sitemaps = [f"Sitemap: {card.public_url.rstrip('/')}/sitemap.xml" for card in cards]
    return "\n".join(("User-agent: *", "Allow: /", *sitemaps, ""))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
