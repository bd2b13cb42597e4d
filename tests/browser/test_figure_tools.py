"""A figure as an object: taken away, linked, compared, read by keyboard, printed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, Page
from reading import Visit, violations

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

THEME = "thematiques/population/index.html"
TITLE = "Une part plus élevée qu’ailleurs"

Visits = Callable[..., Visit]


def figure(page: Page, anchor: str) -> Locator:
    return page.locator(f"figure[aria-labelledby='{anchor}']")


def taken(page: Page, anchor: str, tool: str, folder: Path) -> Path:
    """Use a tool of a figure; return the file that it gives."""
    with page.expect_download() as waiting:
        figure(page, anchor).locator(f"[data-outil={tool}]").click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def bar_widths(page: Page) -> list[str]:
    """Return the width of the outline of each bar of the home page's chart."""
    bars = page.locator(".ctg-graphique .point path")
    return [bar.evaluate("e => getComputedStyle(e).strokeWidth") for bar in bars.all()]


@pytest.mark.parametrize("from_disk", [False, True])
def test_a_figure_is_taken_away_as_table_and_as_images_that_stand_alone(
    visit: Visits, sample_home: str, sample_output: Path, tmp_path: Path, from_disk: bool
):
    made = visit(f"{sample_output.as_uri()}/val-exemple/" if from_disk else sample_home)
    page = made.open()
    table = taken(page, "part", "csv", tmp_path)
    assert table.name == "val-exemple-part.csv"
    rows = table.read_bytes().decode("utf-8-sig").splitlines()
    shown = [
        ";".join(cell.replace("\u202f", " ").replace("\xa0", " ") for cell in row)
        for row in page.locator("[aria-labelledby=part] tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
        )
    ]
    assert rows == shown == ["Territoire;Valeur", "Val-Exemple;18,2 %", *rows[2:]]
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    drawing = taken(page, "part", "svg", tmp_path).read_text(encoding="utf-8")
    for words in (TITLE, "Val-Exemple", "18,2", "Source : producteur d’exemple, 2018"):
        assert words in drawing.replace("\xa0", " ")
    assert taken(page, "part", "png", tmp_path).read_bytes().startswith(b"\x89PNG")
    assert figure(page, "part").locator("[role=status]").last.text_content() == (
        "Image PNG téléchargée."
    )


def test_the_address_of_a_figure_is_copied_or_else_shown_selected(visit: Visits, sample_home: str):
    made = visit(sample_home, permissions=["clipboard-read", "clipboard-write"])
    page = made.open("index.html?comparer=france")
    tools = figure(page, "part").locator(".ctg-outils")
    tools.get_by_text("Copier le lien").click()
    tools.get_by_text("Lien copié.").wait_for()
    address = f"{sample_home}index.html?comparer=france#part"
    assert page.evaluate("navigator.clipboard.readText()") == address
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    tools.get_by_text("Copier le lien").click()
    tools.get_by_text("Ctrl + C").wait_for()
    assert page.evaluate("getSelection().toString()") == address


def test_without_javascript_a_figure_keeps_its_link_and_shows_no_dead_button(
    visit: Visits, sample_home: str
):
    page = visit(sample_home, java_script_enabled=False).open(THEME)
    assert page.locator(".ctg-outils button:visible").count() == 0
    assert page.locator(".ctg-outils a:visible", has_text="Lien permanent").count() == 2
    assert page.locator("select:visible").count() == 0
    assert page.locator("details.ctg-donnees table:visible").count() == 2


def test_a_benchmark_comes_forward_and_the_choice_stays_in_the_address_and_in_links(
    visit: Visits, sample_home: str
):
    made = visit(sample_home)
    page = made.open()
    made.draw_all()
    plain = bar_widths(page)
    assert len(set(plain)) == 1
    page.get_by_label("Comparer à").select_option("departement")
    page.locator(".ctg-graphique", has_text="▸").wait_for(timeout=3000)
    assert page.url.endswith("?comparer=departement")
    assert bar_widths(page) == [plain[0], "2px", plain[0]]
    assert page.locator(".ctg-graphique .shapelayer path").count() == 1
    assert page.locator("th[aria-current=true]").all_text_contents() == ["Haute-Exemple"]
    page.get_by_label("Comparer à").select_option("france")
    page.go_back()
    assert page.get_by_label("Comparer à").input_value() == "departement"
    page.go_back()
    assert page.get_by_label("Comparer à").input_value() == ""
    assert page.locator("th[aria-current=true]").count() == 0
    page.go_forward()
    page.get_by_role("link", name="page de thème").click()
    page.wait_for_url(f"**/{THEME}?comparer=departement")


def test_a_choice_is_remembered_and_a_wrong_one_is_ignored(visit: Visits, sample_home: str):
    made = visit(sample_home)
    made.open("index.html?comparer=lune")
    assert made.page.get_by_label("Comparer à").input_value() == ""
    made.page.get_by_label("Comparer à").select_option("france")
    made.open(THEME)
    assert made.page.url.endswith("?comparer=france")
    made.open()
    assert made.page.get_by_label("Comparer à").input_value() == "france"


def test_a_chart_is_read_by_keyboard_and_left(visit: Visits, sample_home: str):
    made = visit(sample_home)
    page = made.open(THEME)
    made.draw_all()
    chart = figure(page, "carte").locator(".ctg-graphique")
    chart.focus()
    assert "aria-label" in chart.evaluate("e => e.getAttributeNames()")
    assert chart.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    told = chart.locator("[role=status]")
    page.keyboard.press("ArrowRight")
    assert told.text_content() == "Bourg : 12 % (1 sur 2)"
    chart.locator(".hoverlayer text", has_text="Bourg").first.wait_for(timeout=2000)
    page.keyboard.press("End")
    assert told.text_content() == "Hameau : 19 % (2 sur 2)"
    page.keyboard.press("t")
    assert figure(page, "carte").locator("details[open]").count() == 1
    assert page.evaluate("document.activeElement.classList.contains('ctg-defile')")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    assert page.evaluate("document.activeElement.dataset.outil") == "png"
    page.keyboard.press("Escape")
    assert violations(page) == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.wait_for_url("**/communes/99001/index.html")


@pytest.mark.parametrize("has_touch", [False, True])
def test_a_point_is_followed_by_a_click_or_by_the_second_touch(
    visit: Visits, sample_home: str, has_touch: bool
):
    made = visit(sample_home, has_touch=has_touch, is_mobile=has_touch)
    page = made.open(THEME)
    made.draw_all()
    surface = figure(page, "carte").locator(".ctg-surface")
    surface.scroll_into_view_if_needed()
    place = surface.evaluate(
        """e => { const { xaxis, yaxis, _size } = e._fullLayout, box = e.getBoundingClientRect();
        return [box.x + _size.l + xaxis.d2p(1.3), box.y + _size.t + yaxis.d2p(43.6)]; }"""
    )
    if has_touch:
        page.touchscreen.tap(*place)
        surface.locator(".hoverlayer text", has_text="Bourg").first.wait_for(timeout=2000)
        page.touchscreen.tap(*place)
    else:
        page.mouse.click(*place)
    page.wait_for_url("**/communes/99001/index.html")


@pytest.mark.parametrize("drawn", [True, False])
def test_paper_shows_charts_or_else_their_tables(
    visit: Visits, sample_home: str, tmp_path: Path, drawn: bool
):
    """A reader who has come near a chart has the library; one who has not gets the tables."""
    made = visit(sample_home, viewport={"width": 1280, "height": 900})
    page = made.page
    if not drawn:
        page.add_init_script("window.IntersectionObserver = class { observe() {} unobserve() {} }")
    made.open(THEME)
    if drawn:
        page.locator(".ctg-graphique[data-etat=dessine]").first.wait_for()
    page.evaluate(
        """() => { window.seen = []; addEventListener("beforeprint", () => window.seen.push(
        document.querySelectorAll("[data-etat=dessine]").length,
        document.querySelectorAll("details.ctg-donnees[open]").length)) }"""
    )
    page.pdf(path=tmp_path / "page.pdf")
    assert page.evaluate("window.seen") == [2 if drawn else 0, 2]
    page.locator("details.ctg-donnees[open]").first.wait_for(state="detached", timeout=3000)


def test_printing_asked_by_the_keyboard_waits_for_the_charts(visit: Visits, sample_home: str):
    made = visit(sample_home)
    made.page.add_init_script(
        """window.IntersectionObserver = class { observe() {} unobserve() {} };
        window.print = () => {
        window.printed = document.querySelectorAll("[data-etat=dessine]").length; };"""
    )
    page = made.open(THEME)
    page.keyboard.press("Control+p")
    page.wait_for_function("window.printed === 2", timeout=5000)


def test_nothing_jumps_as_charts_arrive(visit: Visits, sample_home: str):
    made = visit(sample_home, viewport={"width": 1280, "height": 900})
    made.page.add_init_script(
        """window.shift = 0; new PerformanceObserver(list => {
        for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({type: "layout-shift", buffered: true})"""
    )
    page = made.open(THEME)
    made.draw_all()
    page.wait_for_timeout(200)
    assert page.evaluate("window.shift") < 0.02
    for chart in page.locator(".ctg-graphique").all():
        kept = re.search(r"(\d+)px", chart.get_attribute("style") or "")
        assert kept
        assert chart.evaluate("e => e.offsetHeight") == int(kept[1])


def test_a_report_gives_the_address_that_the_reader_sees(visit: Visits, sample_home: str):
    page = visit(sample_home).open(THEME)
    page.evaluate(
        """() => { const link = document.createElement("a");
        link.id = "mail";
        link.href = "mailto:a@b.fr?body=Adresse%20%3A%20page%23carte";
        link.dataset.adresse = "page#carte";
        link.addEventListener("click", event => event.preventDefault());
        document.querySelector("[aria-labelledby=carte] .ctg-outils").append(link);
        link.click(); }"""
    )
    assert unquote(page.locator("#mail").get_attribute("href") or "").endswith(
        f"Adresse : {sample_home}{THEME}#carte"
    )
