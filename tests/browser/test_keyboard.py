"""The whole site by keyboard: focus that is seen, menu and search, and the journeys of readers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page
from reading import Visit

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

FULL = "demonstration"
THEME = "thematiques/logement/index.html"
PHONE = {"width": 375, "height": 800}
DESKTOP = {"width": 1440, "height": 900}
MOST = 400  # focusable elements of a page
FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const label = at.matches(".md-option") ? at.nextElementSibling : null;
  const shown = label ?? at;
  const box = shown.getBoundingClientRect();
  const style = getComputedStyle(shown);
  // A link cut over two lines is as many boxes, and a large region is seen where any part of it is.
  const seen = [...shown.getClientRects()].some((part) => [0.1, 0.5, 0.9].some((share) => {
    const [first, last] = [Math.max(part.top, 1), Math.min(part.bottom, innerHeight - 2)];
    const across = Math.min(Math.max((part.left + part.right) / 2, 1), innerWidth - 2);
    const top = document.elementFromPoint(across, first + share * (last - first));
    return top && (shown === top || shown.contains(top) || top.contains(shown));
  }));
  const faults = {
    invisible: !shown.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
    "hors de la fenêtre": box.width === 0 || box.height === 0 || box.bottom <= 0 || box.right <= 0
      || box.top >= innerHeight || box.left >= innerWidth,
    "sans contour": !(style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
      && style.boxShadow === "none",
    recouvert: !seen,
  };
  const name = `${at.outerHTML.slice(0, 90)} à ${Math.round(box.top)} px`;
  return { name, faults: Object.keys(faults).filter((fault) => faults[fault]) };
}"""
AT_THE_END = "scrollY + innerHeight >= document.documentElement.scrollHeight - 1"

Visits = Callable[..., Visit]


def walk(page: Page, key: str = "Tab") -> tuple[int, list[str]]:
    """Go through a page by keyboard; return how many stops there are, and those ill seen."""
    ill: list[str] = []
    for stops in range(MOST):
        page.keyboard.press(key)
        found = page.evaluate(FOCUS)
        if found is None:
            return stops, ill
        if found["faults"]:  # Material moves its menus in the frame after a scroll
            page.wait_for_timeout(150)
            found = page.evaluate(FOCUS)
        if found["faults"]:
            ill.append(f"{', '.join(found['faults'])} : {found['name']}")
    raise AssertionError("the keyboard never leaves the page")


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"the keyboard never reaches {wanted}")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_wherever_the_focus_goes_it_is_seen(
    visit: Visits, reference_address: str, viewport: dict[str, int]
):
    made = visit(f"{reference_address}{FULL}/", viewport=viewport, reduced_motion="reduce")
    for path in ("index.html", THEME, "actions/index.html"):
        stops, ill = walk(made.open(path))
        assert (path, ill) == (path, [])
        assert stops > 20, path
    backwards = made.open(THEME)
    backwards.keyboard.press("End")
    backwards.wait_for_function(AT_THE_END)
    assert walk(backwards, "Shift+Tab")[1] == []


def test_the_first_stop_leads_past_the_menu(visit: Visits, reference_address: str):
    page = visit(f"{reference_address}{FULL}/", viewport=DESKTOP).open(THEME)
    page.keyboard.press("Tab")
    skip = page.locator(".md-skip")
    assert skip.evaluate("e => e === document.activeElement")
    page.wait_for_timeout(400)
    assert skip.evaluate("e => getComputedStyle(e).opacity") == "1"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main article')")


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(visit: Visits, reference_address: str):
    page = visit(f"{reference_address}{FULL}/", viewport=PHONE, reduced_motion="reduce").open(THEME)
    button = page.get_by_role("button", name="Menu", exact=True)
    tab_to(page, button)
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        assert button.get_attribute("aria-expanded") == "true"
        inside = page.evaluate("!!document.activeElement.closest('.md-sidebar--primary')")
        assert inside, focused(page)
        for _ in range(60):  # the page behind is out of reach
            page.keyboard.press("Tab")
            assert page.evaluate("!document.activeElement.closest('.md-content, .md-header')")
        page.keyboard.press("Escape")
        assert button.get_attribute("aria-expanded") == "false"
        assert button.evaluate("e => e === document.activeElement"), focused(page)
    page.keyboard.press("Enter")
    tab_to(page, page.locator('.md-sidebar--primary a[href*="petite-enfance"]').first)
    page.wait_for_timeout(100)
    assert page.evaluate(FOCUS)["faults"] == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/thematiques/petite-enfance/index.html")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_search_opens_and_closes_by_keyboard(
    visit: Visits, reference_address: str, viewport: dict[str, int]
):
    made = visit(f"{reference_address}{FULL}/", viewport=viewport, reduced_motion="reduce")
    page = made.open(THEME)
    field = page.locator(".md-search__input")
    if viewport is PHONE:
        tab_to(page, page.get_by_role("button", name="Rechercher", exact=True))
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)
        assert field.evaluate("e => e === document.activeElement"), focused(page)
    else:
        tab_to(page, field)
    page.keyboard.type("logement", delay=20)
    page.locator(".md-search-result__link").first.wait_for(timeout=10_000)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("!!document.activeElement.closest('.md-search-result')")
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert not page.locator("#__search").is_checked()
    assert page.evaluate("!!document.activeElement.closest('.md-header')"), focused(page)
    assert page.evaluate(FOCUS)["faults"] == []


def test_an_elu_goes_from_a_highlight_to_its_chart_and_to_its_source(
    visit: Visits, reference_address: str
):
    page = visit(f"{reference_address}{FULL}/", viewport=PHONE, reduced_motion="reduce").open()
    tab_to(page, page.locator("main a.ctg-saillant").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/thematiques/**#*")
    anchor = page.url.partition("#")[2]
    heading = page.locator(f"[id='{anchor}']")
    assert heading.evaluate(
        "e => { const { top } = e.getBoundingClientRect(); return top >= 0 && top < innerHeight; }"
    )
    figure = page.locator(f"xpath=//*[@id='{anchor}']/following::figure[1]")
    figure.locator(".ctg-graphique[data-etat=dessine]").wait_for(timeout=10_000)
    tab_to(page, figure.locator("details.ctg-donnees > summary"))
    page.keyboard.press("Enter")
    assert figure.locator("table").is_visible()
    tab_to(page, figure.locator(".ctg-source a[href*='methode']").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/methode/index.html#*")
    assert page.locator(f"[id='{page.url.partition('#')[2]}']").is_visible()


def test_a_partner_goes_from_a_theme_to_a_commune_and_to_the_figures(
    visit: Visits, reference_address: str
):
    page = visit(f"{reference_address}{FULL}/", viewport=DESKTOP, reduced_motion="reduce").open()
    tab_to(page, page.locator("article a[href*='thematiques/petite-enfance/']").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/thematiques/petite-enfance/**")
    tables = page.locator("main details.ctg-donnees:has(a[href*='communes/']) > summary")
    tab_to(page, tables.first)
    page.keyboard.press("Enter")
    tab_to(page, page.locator("main details[open] a[href*='communes/']").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/communes/*/index.html")
    tab_to(page, page.locator("article a[href*='donnees/index.html']").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/donnees/index.html")
    tab_to(page, page.locator("main a[download]").first)
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.path().stat().st_size > 100
