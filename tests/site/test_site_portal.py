"""The list of sites, its map and its search."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from sample_site import CARD

from ctgsite.site.france import draw_france
from ctgsite.site.manifest import write_manifest
from ctgsite.site.model import SiteCard
from ctgsite.site.portal import published_sites, write_portal
from ctgsite.site.publication import claim_output
from ctgsite.site.resources import Resources

FRANCE = (((-4.8, 42.3), (8.2, 42.3), (8.2, 51.1), (-4.8, 51.1), (-4.8, 42.3)),)


def add(output: Path, card: SiteCard) -> Path:
    claim_output(output)
    folder = output / card.slug
    folder.mkdir()
    (folder / "index.html").write_text("x")
    if card.public_url:
        (folder / "sitemap.xml").write_text("<urlset/>")
    write_manifest(folder, card)
    return folder


@pytest.fixture
def portal(output: Path, resources: Resources) -> str:
    add(output, CARD)
    add(output, replace(CARD, slug="ecommoy", name="Écommoy", type="commune", stated=None))
    write_portal(output, resources, FRANCE)
    return (output / "index.html").read_text(encoding="utf-8")


def test_every_territory_is_listed_by_name_whatever_its_accents(portal: str):
    assert re.findall(r'<h3><a href="([^"]+)">([^<]+)', portal) == [
        ("ecommoy/index.html", "Écommoy"),
        ("val-exemple/index.html", "Val-Exemple"),
    ]


def test_both_populations_stand_side_by_side_each_with_its_origin(portal: str):
    facts = re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", portal)
    assert ("Annoncée\u00a0: liste de référence", "13\u202f600\u00a0habitants") in facts
    assert (
        "Millésime utilisé\u00a0: Insee, recensement de la population, 2018",
        "13\u202f480\u00a0habitants",
    ) in facts


def test_the_list_needs_no_script_and_the_search_box_shows_only_with_one(portal: str):
    assert '<div class="recherche" hidden>' in portal
    assert not re.search(r"<li[^>]*hidden", portal)


def test_the_portal_and_the_404_page_ask_for_nothing(portal: str, output: Path):
    for page in (portal, (output / "404.html").read_text(encoding="utf-8")):
        assert re.findall(r'(?:src|href)="(?!data:|#|[a-z-]+/index\.html)[^"]*"', page) == []
        assert "http" not in re.sub(r'data:image[^"]*|https?://www\.w3\.org/\S+', "", page)


def test_the_portal_tells_its_own_state_of_accessibility(portal: str):
    footer = portal[portal.index("<footer") :]
    assert "Accessibilité&nbsp;: non conforme" in footer


def test_a_site_that_is_not_whole_is_left_out(output: Path, resources: Resources):
    (add(output, CARD) / "index.html").write_text("abîmé")
    write_portal(output, resources)
    assert published_sites(output) == ()
    assert "Aucun territoire" in (output / "index.html").read_text(encoding="utf-8")


def test_robots_names_the_sitemaps_that_exist(output: Path, resources: Resources):
    add(output, replace(CARD, public_url="https://exemple.fr/val/"))
    write_portal(output, resources)
    robots = (output / "robots.txt").read_text()
    assert robots.startswith("User-agent: *\nAllow: /\n")
    assert "Sitemap: https://exemple.fr/val/sitemap.xml" in robots


def test_a_name_cannot_add_markup(output: Path, resources: Resources):
    add(output, replace(CARD, name="<script>alert(1)</script>"))
    write_portal(output, resources, FRANCE)
    assert "<script>alert" not in (output / "index.html").read_text(encoding="utf-8")


def test_territories_stand_where_they_are_and_those_overseas_are_named():
    overseas = (((55.2, -21.3), (55.8, -21.3), (55.5, -20.9), (55.2, -21.3)),)
    drawing = draw_france(FRANCE, [CARD, replace(CARD, name="La Réunion", outline=overseas)])
    assert drawing is not None
    assert drawing.off_map == ("La Réunion",)
    (place,) = drawing.places
    assert 0.35 < place.x / drawing.width < 0.55  # the south-west, near Toulouse
    assert place.y / drawing.height > 0.75


def test_there_is_no_map_without_contours():
    assert draw_france((), [CARD]) is None
