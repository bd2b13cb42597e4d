"""The reference sites as a reader opens them: every type of page, from a server and from disk.

Hundreds of member communes share one template: one of them is opened on each site, and every other
type of page.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from reading import ROOT, Visit, search

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

SLUGS = sorted(path.stem for path in (ROOT / "territories").glob("*.yml"))
VARIED = ("coeur-de-garonne", "loir-et-cher", "seilh")  # one of each type
PHONE = {"width": 375, "height": 800}

Visits = Callable[..., Visit]


def pages(site: Path) -> list[str]:
    """Return one page of each type at least, and every theme."""
    inner = ("thematiques", "participation", "evaluation", "editions")
    themes = sorted(path for part in inner for path in site.glob(f"{part}/*/index.html"))
    themes += sorted(site.glob("actions/*/index.html"))[:2]
    communes = sorted(site.glob("communes/*/index.html"))[:1]
    tops = sorted(path for path in site.glob("*/index.html"))
    return [
        str(path.relative_to(site)) for path in (site / "index.html", *tops, *themes, *communes)
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_chart_of_every_type_of_page_is_drawn(
    visit: Visits, reference_sites: Path, reference_address: str, slug: str
):
    made = visit(f"{reference_address}{slug}/")
    drawn = 0
    for path in pages(reference_sites / slug):
        page = made.open(path)
        made.draw_all()
        charts = page.locator(".ctg-graphique").count()
        assert page.locator(".ctg-graphique[data-etat=dessine]").count() == charts, path
        drawn += charts
    assert drawn >= 8


@pytest.mark.parametrize("slug", VARIED)
def test_nothing_overflows_a_phone(visit: Visits, reference_sites: Path, slug: str):
    made = visit((reference_sites / slug).as_uri() + "/", viewport=PHONE)
    for path in pages(reference_sites / slug):
        page = made.open(path)
        made.draw_all()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path


@pytest.mark.parametrize("slug", SLUGS)
def test_every_table_is_there_without_javascript(
    visit: Visits, reference_sites: Path, reference_address: str, slug: str
):
    made = visit(f"{reference_address}{slug}/", java_script_enabled=False)
    for path in pages(reference_sites / slug):
        page = made.open(path)
        figures = page.locator("figure.ctg-figure").count()
        assert page.locator("figure.ctg-figure:has(table)").count() == figures, path
        assert all(table.is_visible() for table in page.locator("table").all()), path


@pytest.mark.parametrize(
    ("asked", "seen"), [("region", "Centre-Val de Loire"), ("france", "France")]
)
def test_the_benchmark_that_is_asked_for_takes_its_place_around_the_pyramid(
    visit: Visits, reference_address: str, asked: str, seen: str
):
    made = visit(f"{reference_address}loir-et-cher/")
    page = made.open(f"thematiques/population/index.html?comparer={asked}")
    made.draw_all()
    shown = page.locator("figure:has(th:text('Part (Loir-et-Cher)')) .ctg-surface").evaluate(
        "({ data }) => data.filter((t) => t.type === 'scatter' && t.visible).map((t) => t.name)"
    )
    assert shown == [seen, seen]


def test_a_script_folds_long_tables_but_the_one_that_the_address_asks_for(
    visit: Visits, reference_address: str
):
    page = visit(f"{reference_address}loir-et-cher/").open("communes/41018/index.html#logement")
    page.locator("details.ctg-pli[data-etat]").first.wait_for()
    opened = [str(fold.get_attribute("id")) for fold in page.locator("details.ctg-pli[open]").all()]
    assert opened == ["logement"]
    assert page.locator("details.ctg-pli").count() > 5


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("population", "thematiques/population/index.html"),
        ("crèche", "methode-taux_couverture_accueil_collectif"),
        ("HLM", "methode-part_logement_social"),
        ("nounou", "methode-taux_couverture_accueil_individuel"),
    ],
)
@pytest.mark.parametrize("slug", SLUGS[:1])
def test_search_works_from_disk_and_knows_everyday_words(
    visit: Visits, reference_sites: Path, slug: str, words: str, found: str
):
    made = visit((reference_sites / slug).as_uri() + "/")
    made.open("methode/index.html")
    assert any(found in link for link in search(made, words))


def test_the_portal_leads_to_every_site(
    visit: Visits, reference_sites: Path, reference_address: str
):
    made = visit(reference_address)
    page = made.open()
    links = page.locator(".liste h3 a")
    assert sorted(str(link.get_attribute("href")) for link in links.all()) == [
        f"{slug}/index.html" for slug in SLUGS
    ]
    assert page.locator(".carte circle").count() == len(SLUGS)
    page.get_by_label("Chercher un territoire").fill("haute garonne")
    assert page.locator(".liste li:visible").count() >= 3


def test_each_site_records_what_it_is(reference_sites: Path):
    for slug in SLUGS:
        card = json.loads((reference_sites / slug / "site.json").read_text(encoding="utf-8"))
        assert card["slug"] == slug
        assert card["statut"] == "illustration"
        assert card["measured"]["value"] > 0
