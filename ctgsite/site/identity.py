"""What a site is called and credited with: its spec for the engine, its card for the portal."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath

from ctgsite.config.models import Territory
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.geography.areas import Area
from ctgsite.geography.drawing import flatten, frame_of
from ctgsite.geography.names import de, typographic
from ctgsite.pages.banners import banner
from ctgsite.pages.convention import falc
from ctgsite.pages.french import number
from ctgsite.pages.legal import CONFORMITY, PERSONAL_DATA
from ctgsite.site.model import Link, Mark, Population, Ring, SiteCard, SiteSpec

_MARK = 48  # units: twice the height of the header's own drawings


def site_spec(diagnostic: Diagnostic, updated: date | None) -> SiteSpec:
    """Return the identity of a diagnostic's site.

    Args:
        diagnostic: what the site says.
        updated: the date that the sitemap states; None for none.
    """
    from ctgsite.pages.dataset import dataset  # it brings what writes workbooks

    territory = diagnostic.territory
    producers = dict.fromkeys(
        name for source in diagnostic.sources for name in source.producer.split(", ")
    )
    return SiteSpec(
        slug=territory.slug,
        name=territory.name,
        description=f"Diagnostic social partagé {de(diagnostic.area)} : population, familles, "
        "petite enfance, logement, emploi, accès aux droits… en chiffres et en mots.",
        banner=banner(territory),
        public_url=str(territory.public_url or ""),
        footer_note=f"Données publiques : {', '.join(producers)} (Licence Ouverte 2.0).",
        footer_links=_footer_links(territory),
        primary=territory.colours.primary or "",
        accent=territory.colours.accent or "",
        updated=updated,
        # An illustration engages nobody: nobody should find it in the territory's place.
        indexed=territory.statut != "illustration",
        key_figure=_key_figure(diagnostic),
        dataset=dataset(diagnostic),
        logo=PurePosixPath(territory.logo).as_posix() if territory.logo else "",
        mark=_mark(_outline(diagnostic)),
        publisher=territory.publisher.body,
    )


def site_card(
    diagnostic: Diagnostic,
    departements: tuple[Area, ...],
    version: str,
    inputs_key: str,
) -> SiteCard:
    """Return what the portal knows of a diagnostic's site, its content's key still unknown."""
    territory = diagnostic.territory
    return SiteCard(
        slug=territory.slug,
        name=territory.name,
        type=territory.type,
        codes=territory.codes,
        level=str(diagnostic.area.level),
        statut=territory.statut,
        inputs_key=inputs_key,
        content_key="",
        version=version,
        departements=tuple(f"{typographic(area.name)} ({area.code})" for area in departements),
        stated=_stated(territory),
        measured=_measured(diagnostic),
        outline=_outline(diagnostic),
        public_url=str(territory.public_url or ""),
        fictitious=territory.fictitious,
    )


def _outline(diagnostic: Diagnostic) -> tuple[Ring, ...]:
    """Return the contour of a territory, or those of its communes: a groupe has none of its own."""
    own = (shape for shape in diagnostic.shapes if shape.area == diagnostic.area)
    return tuple(ring for shape in (tuple(own) or diagnostic.shapes) for ring in shape.rings)


def _mark(rings: tuple[Ring, ...]) -> Mark | None:
    """Return the shape of a territory, small; None without contours."""
    latitudes = [latitude for ring in rings for _, latitude in ring]
    if not latitudes:
        return None
    flat = [flatten(ring, (min(latitudes) + max(latitudes)) / 2) for ring in rings]
    frame = frame_of(flat, _MARK, _MARK)
    return Mark(frame.width, frame.height, frame.path(flat))


def _footer_links(territory: Territory) -> tuple[Link, ...]:
    state = CONFORMITY[territory.publisher.accessibility.conformity or "non"]
    easy = (Link(falc.TITLE, PurePosixPath(falc.FOLDER, "index.html")),)
    return (
        *(easy if falc.falc_text(territory) else ()),
        Link(f"Accessibilité : {state}", PurePosixPath("accessibilite/index.html")),
        Link("Mentions légales", PurePosixPath("mentions-legales/index.html")),
        Link(PERSONAL_DATA, PurePosixPath("donnees-personnelles/index.html")),
        Link("Méthode et sources", PurePosixPath("methode/index.html")),
    )


def _stated(territory: Territory) -> Population | None:
    stated = territory.stated_population
    return Population(stated.value, "", stated.source) if stated else None


def _key_figure(diagnostic: Diagnostic) -> tuple[str, str] | None:
    """Return the number of inhabitants in words, and of when and whose it is."""
    told = _measured(diagnostic)
    if told is None:
        return None
    inhabitants = f"{number(told.value)}\u00a0habitant{'s' if told.value > 1 else ''}"
    return inhabitants, f"en {told.year} ({told.source})"


def _measured(diagnostic: Diagnostic) -> Population | None:
    """Return the population that the site's own figures give, with its vintage."""
    for finding in diagnostic.key_figures:
        measure = finding.measure
        if finding.indicator.id == "population" and measure.value is not None:
            cards = {card.dataset: card for card in diagnostic.sources}
            producer = cards[measure.dataset].producer if measure.dataset in cards else ""
            return Population(round(measure.value), measure.year, f"{producer}, {measure.vintage}")
    return None
