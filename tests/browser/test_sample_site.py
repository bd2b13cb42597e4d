"""What only a browser can tell of a site: charts, search, schemes, widths, paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reading import Visit, search

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

THEME = "thematiques/population/index.html"
PATHS = ["index.html", THEME, "communes/99001/index.html", "mentions-legales/index.html"]

Visits = Callable[..., Visit]


@pytest.mark.parametrize("path", PATHS[:2])
def test_every_chart_is_drawn_as_the_reader_comes_near(visit: Visits, sample_home: str, path: str):
    made = visit(sample_home)
    page = made.open(path)
    made.draw_all()
    charts = page.locator(".ctg-graphique")
    assert page.locator(".ctg-graphique[data-etat=dessine]").count() == charts.count() > 0
    assert page.locator("details.ctg-donnees[open]").count() == 0


def test_charts_are_drawn_from_disk_too(visit: Visits, sample_output: Path):
    made = visit(f"{sample_output.as_uri()}/val-exemple/")
    made.open(THEME)
    made.draw_all()


def test_the_library_is_asked_for_only_when_a_chart_comes_near(visit: Visits, sample_home: str):
    made = visit(sample_home)
    asked: list[str] = []
    made.page.on("request", lambda request: asked.append(request.url))
    made.open("mentions-legales/index.html")
    made.page.wait_for_timeout(300)
    assert asked
    assert not any("plotly" in address for address in asked)


def test_the_library_is_asked_for_once_however_many_charts_there_are(
    visit: Visits, sample_home: str
):
    made = visit(sample_home)
    asked: list[str] = []
    made.page.on("request", lambda request: asked.append(request.url))
    made.open(THEME)
    made.draw_all()
    assert sum("plotly" in address for address in asked) == 1


@pytest.mark.parametrize("from_disk", [False, True])
def test_search_finds_a_word_even_on_a_page_outside_the_menu(
    visit: Visits, sample_home: str, sample_output: Path, from_disk: bool
):
    made = visit(f"{sample_output.as_uri()}/val-exemple/" if from_disk else sample_home)
    made.open(THEME)
    (first, *_) = search(made, "tournesol")
    assert "communes/99001/index.html" in first


def test_without_javascript_tables_are_there_and_open(visit: Visits, sample_home: str):
    page = visit(sample_home, java_script_enabled=False).open(THEME)
    tables = page.locator("details.ctg-donnees table")
    assert tables.count() == 2
    assert all(table.is_visible() for table in tables.all())


def test_a_library_that_does_not_come_leaves_the_tables_open(visit: Visits, sample_home: str):
    made = visit(sample_home)
    made.page.route("**/plotly*", lambda route: route.abort())
    page = made.open(THEME)
    page.locator(".ctg-graphique").first.scroll_into_view_if_needed()
    page.locator("details.ctg-donnees[open] table").first.wait_for(timeout=5_000)
    assert page.locator(".ctg-graphique[data-etat=echec]").count() >= 1
    assert all(
        "plotly" in fault or "Graphique" in fault or "ERR_FAILED" in fault for fault in made.faults
    )
    made.faults.clear()


def test_charts_take_the_colours_of_the_scheme_that_the_reader_chooses(
    visit: Visits, sample_home: str
):
    made = visit(sample_home, color_scheme="light")
    page = made.open()
    made.draw_all()

    def ink() -> str:
        text = page.locator(".ctg-graphique .annotation-text").first
        return str(text.evaluate("e => getComputedStyle(e).fill"))

    light = ink()
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    page.wait_for_timeout(500)
    assert ink() != light


@pytest.mark.parametrize("path", PATHS)
def test_nothing_overflows_a_phone(visit: Visits, sample_home: str, path: str):
    made = visit(sample_home, viewport={"width": 375, "height": 800})
    page = made.open(path)
    made.draw_all()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_paper_is_light_and_shows_every_chart(visit: Visits, sample_home: str):
    made = visit(sample_home, color_scheme="dark")
    page = made.open(THEME)
    page.locator(".ctg-graphique[data-etat=dessine]").first.wait_for()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".ctg-graphique[data-etat=dessine]").count() == 2
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_the_portal_filters_without_a_server(visit: Visits, sample_output: Path):
    page = visit(f"{sample_output.as_uri()}/").open()
    page.get_by_label("Chercher un territoire").fill("rien de tel")
    assert page.locator(".liste li:visible").count() == 0
    page.get_by_label("Chercher un territoire").fill("VAL exemple")
    assert page.locator(".liste li:visible").count() == 1
    page.locator(".liste a").first.click()
    assert "Val-Exemple" in page.title()


def test_the_header_names_the_site_shows_its_shape_and_leads_to_its_parts(
    visit: Visits, sample_home: str
):
    made = visit(sample_home, viewport={"width": 1440, "height": 900})
    page = made.open(THEME)
    assert page.locator(".md-header .ctg-silhouette").is_visible()
    assert page.locator(".md-header .md-logo").get_attribute("aria-label") == "Val-Exemple"
    tabs = page.locator(".md-tabs__link:visible")
    assert [" ".join(text.split()) for text in tabs.all_inner_texts()] == [
        "Synthèse",
        "Thématiques",
        "À propos",
    ]
    assert page.locator(".md-sidebar--primary").is_visible()
    tabs.last.click()
    page.wait_for_url("**/mentions-legales/index.html")
    page.set_viewport_size({"width": 375, "height": 800})
    assert page.locator(".md-tabs").is_hidden()
    page.get_by_role("button", name="Menu").click()
    page.locator(".md-sidebar--primary").get_by_text("Synthèse").first.wait_for()
