"""The supply: the services of the territory in a table and on a map, and who holds what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ctgsite.config.supply import Competence, Service
from ctgsite.diagnostic.model import Finding
from ctgsite.diagnostic.supply import PlacedService
from ctgsite.pages.blocks import Block, Passage
from ctgsite.pages.charts import as_json
from ctgsite.pages.charts.places import Place, places_chart
from ctgsite.pages.convention.approach import METHOD, source_of
from ctgsite.pages.french import capitalise, counted, number, sentence, when
from ctgsite.pages.model import Page
from ctgsite.pages.renderer import CONVENTION, Renderer
from ctgsite.pages.sentences import figure, label
from ctgsite.pages.tables import Cell, Table
from ctgsite.pages.view import SiteView
from ctgsite.pages.words import HOLDERS, SERVICES

NOWHERE = "–"


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the page of the supply, where the territory says anything of it."""
    diagnostic = renderer.view.diagnostic
    competences = diagnostic.territory.competences
    if not (diagnostic.services or competences):
        return
    yield renderer.page(
        "offre",
        "offre",
        "Offre et compétences",
        section=CONVENTION,
        block=services_block(renderer.view, diagnostic.services, "../", themed=True),
        competences=competences_table(renderer.view, competences, themed=True),
    )


def services_block(
    view: SiteView, services: Sequence[PlacedService], root: str, *, themed: bool = False
) -> Block | None:
    """Return services with their map and their table, None where there are none.

    Args:
        view: the site.
        services: in the order of their numbers.
        root: leads to the site's root.
        themed: whether the table tells the theme of each service.
    """
    if not services:
        return None
    places = [
        Place(at, placed.service.name, placed.point, placed.exact)
        for at, placed in enumerate(services, 1)
        if placed.point
    ]
    chart = places_chart(places, view.diagnostic.shapes)
    return Block(
        id="services",
        heading=counted(len(services), "service recensé", "services recensés"),
        name="Services du territoire",
        chart=as_json(chart) if chart else "",
        passages=(Passage(tuple(_sentences(services, drawn=chart is not None))),),
        table=_table(view, services, root, themed=themed),
        sources=(source_of(view.diagnostic.territory, "offre de services"),),
        method=METHOD,
        table_open=True,
    )


def _sentences(services: Sequence[PlacedService], *, drawn: bool) -> Iterator[str]:
    """Yield how the map and the table are read, and what the map does not show."""
    places = [one.service.capacity for one in services if one.service.capacity is not None]
    if places:
        known = counted(len(places), "service")
        yield f"{known} sur {number(len(services))} {_states(len(places))} {_seats(places)}."
    else:
        yield "Le tableau dit qui gère chaque service, et à quel besoin il répond."
    if not drawn:
        return
    yield "Sur la carte, chaque point porte le numéro du service dans le tableau."
    middle = sum(one.point is not None and not one.exact for one in services)
    lost = sum(one.point is None for one in services)
    if middle:
        put = "service est placé" if middle == 1 else "services sont placés"
        yield f"{number(middle)} {put} au centre de la commune, faute de lieu précis."
    if lost:
        put = "service n’y est pas" if lost == 1 else "services n’y sont pas"
        yield f"{number(lost)} {put}, faute de commune ou de contour connu."


def _states(count: int) -> str:
    return "indique sa capacité :" if count == 1 else "indiquent leur capacité :"


def _seats(places: Sequence[int]) -> str:
    """Return the places of services, one kind with another: a sum of unlike things is not told."""
    low, high = min(places), max(places)
    return counted(low, "place") if low == high else f"de {number(low)} à {counted(high, 'place')}"


def _table(view: SiteView, services: Sequence[PlacedService], root: str, *, themed: bool) -> Table:
    rows = tuple(
        (
            _named(at, placed.service, view, root, themed=themed),
            Cell(capitalise(placed.service.operator) or "à compléter"),
            _where(placed),
            Cell(_capacity(placed.service), number=True),
            Cell("" if placed.service.needs else NOWHERE, items=tuple(_needs(view, placed, root))),
        )
        for at, placed in enumerate(services, 1)
    )
    columns = ("Service", "Gestionnaire", "Lieu", "Places", "Besoin auquel il répond")
    return Table("Les services du territoire", columns, rows)


def _named(at: int, service: Service, view: SiteView, root: str, *, themed: bool) -> Cell:
    """Return a service's number and name, then its type, its theme and what is to be known."""
    items = [(SERVICES[service.kind], "")]
    titles = {theme.theme.slug: theme.theme.title for theme in view.diagnostic.themes}
    if themed and service.theme in titles:
        link = f"{root}thematiques/{service.theme}/index.html#offre"
        items.append((titles[service.theme], link))
    if service.text:
        items.append((sentence(service.text), ""))
    return Cell(f"{at}. {service.name}", items=tuple(items))


def _capacity(service: Service) -> str:
    return NOWHERE if service.capacity is None else number(service.capacity)


def _where(placed: PlacedService) -> Cell:
    """Return the commune, then the address."""
    address = placed.service.address
    if placed.commune is None:
        return Cell(address or NOWHERE)
    return Cell(label(placed.commune), items=((address, ""),) if address else ())


def _needs(view: SiteView, placed: PlacedService, root: str) -> Iterator[tuple[str, str]]:
    """Yield each need with its figure here, and the address of its chart."""
    findings = {f.indicator.id: f for theme in view.diagnostic.themes for f in theme.findings}
    missing = {f.indicator.id: f for theme in view.diagnostic.themes for f in theme.missing}
    for name in placed.service.needs:
        if name in findings:
            yield _told(findings[name]), view.published_chart(name, root)
        elif name in missing:
            yield _told(missing[name]), ""
        else:
            yield f"{name} : hors de ce site", ""


def _told(finding: Finding) -> str:
    measure = finding.measure
    return f"{finding.indicator.label} : {figure(measure, finding.indicator)}" + (
        f" ({when(measure.year)})" if measure.value is not None else ""
    )


def competences_table(
    view: SiteView, competences: Sequence[Competence], *, themed: bool = False
) -> Table | None:
    """Return who holds which competence, None where nothing is said."""
    if not competences:
        return None
    titles = {theme.theme.slug: theme.theme.title for theme in view.diagnostic.themes}
    noted = any(one.text for one in competences)
    rows = tuple(
        (
            Cell(one.field),
            Cell(HOLDERS[one.holder]),
            Cell(one.body or NOWHERE),
            *([Cell(titles.get(one.theme or "", NOWHERE))] if themed else []),
            *([Cell(one.text or NOWHERE)] if noted else []),
        )
        for one in competences
    )
    columns = (
        *("Compétence", "Titulaire", "Organisme"),
        *(["Thématique"] if themed else []),
        *(["Précisions"] if noted else []),
    )
    return Table("Qui exerce quelle compétence", columns, rows)
