"""Every type of page can be read by everyone: axe, reflow, spacing, names, contrast, less motion.

Each page is opened once and looked at in both schemes, on a phone and on a wide screen, after its
charts are drawn. The keyboard has its own module.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from reading import Visit, page_types, violations

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

FULL, EMPTY = "demonstration", "seilh"  # a site that says everything, one of figures alone
SHORT = ("index", "demarche/", "participation/", "priorites/", "actions/", "evaluation/", "accessi")
WAYS = [(1440, "light"), (375, "light"), (375, "dark"), (1440, "dark")]
# Structure is the same in both schemes: beside colours and sizes it is checked once at each width.
LOOKS = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
WHOLE = ((1440, "light"), (375, "dark"))
NARROWEST = 320  # 1,280 px at 400 % (WCAG 1.4.10)
SPACED = """
* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
* { line-height: 1.5 !important; }
p { margin-bottom: 2em !important; }
"""
CUT = """() => [...document.querySelectorAll(".md-content *, .md-footer *, .md-banner *")]
  .filter((e) => {
    const { overflowX, overflowY } = getComputedStyle(e);
    const drawn = e.closest("svg, .ctg-graphique");
    if (drawn || e.clientWidth < 3 || !e.textContent.trim()) return false;
    return (overflowX === "hidden" && e.scrollWidth > e.clientWidth + 2)
      || (overflowY === "hidden" && e.scrollHeight > e.clientHeight + 2);
  }).map((e) => e.outerHTML.slice(0, 90))"""
NAMELESS = """() => {
  const named = (e) => (e.getAttribute("aria-labelledby") ?? "").split(" ").some(
    (id) => document.getElementById(id)?.textContent.trim()) || e.getAttribute("aria-label");
  const told = (table) => table.caption?.textContent.trim() || named(table)
    || named(table.closest("[role=region], figure") ?? table);
  return [
    ...[...document.querySelectorAll("figure.ctg-figure")].filter((e) => !named(e)),
    ...[...document.querySelectorAll(".md-content table")].filter((e) => !told(e)),
    ...[...document.querySelectorAll(".md-content table")].filter((e) => !e.querySelector("th")),
  ].map((e) => e.outerHTML.slice(0, 90));
}"""

Visits = Callable[..., Visit]


@pytest.mark.parametrize("slug", [FULL, EMPTY])
def test_every_type_of_page_can_be_read_by_everyone(
    visit: Visits, reference_sites: Path, reference_address: str, slug: str
):
    made = visit(f"{reference_address}{slug}/", color_scheme="light", reduced_motion="reduce")
    found = {}
    paths = page_types(reference_sites / slug)
    for path in paths if slug == FULL else filter(lambda path: path.startswith(SHORT), paths):
        page = made.open(path)
        made.draw_all()
        faults = [
            *(f"{way}: {fault}" for way in WAYS for fault in _seen_as(page, *way)),
            *(f"sans nom : {one}" for one in page.evaluate(NAMELESS)),
            *_narrowed(page),
        ]
        if faults:
            found[path] = faults
    assert found == {}


def test_the_portal_can_be_read_by_everyone(visit: Visits, reference_address: str):
    made = visit(reference_address, color_scheme="light", reduced_motion="reduce")
    found = {}
    for path in ("index.html", "404.html"):
        for width, scheme in WAYS:
            made.page.set_viewport_size({"width": width, "height": 900})
            made.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            if faults := violations(made.open(path)):
                found[path, width, scheme] = faults
    assert found == {}


def test_a_screen_reader_is_told_what_each_part_is(visit: Visits, reference_address: str):
    made = visit(f"{reference_address}{FULL}/", viewport={"width": 1440, "height": 900})
    page = made.open("thematiques/logement/index.html")
    assert page.evaluate("document.documentElement.lang") == "fr"
    tree = page.locator("body").aria_snapshot()
    for part in ("- banner", "- main", "- contentinfo", "- navigation "):
        assert re.search(rf"^\s*{part}", tree, re.MULTILINE), part
    levels = [int(found) for _, found in _parts(tree, "heading", r" \[level=(\d)\]")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    figures = [name for name, _ in _parts(tree, "figure")]
    assert len(figures) == page.locator("main figure.ctg-figure").count() > 3
    assert len(set(figures)) == len(figures)
    details = page.locator(".ctg-figure details.ctg-donnees").first
    details.evaluate("e => { e.open = true }")
    opened = details.aria_snapshot()
    for part in ("table", "columnheader", "rowheader"):
        assert _parts(opened, part), part


def test_who_asks_for_less_motion_gets_none(visit: Visits, reference_address: str):
    page = visit(f"{reference_address}{FULL}/", reduced_motion="reduce").open()
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((e) => {
          const { animationDuration, scrollBehavior, transitionDuration } = getComputedStyle(e);
          const long = `${transitionDuration}, ${animationDuration}`.split(", ");
          return scrollBehavior === "smooth" || long.some((one) => parseFloat(one) > 0.01);
        }).map((e) => e.outerHTML.slice(0, 90))"""
    )
    assert moving == []


def test_in_high_contrast_what_a_background_drew_is_still_seen(
    visit: Visits, reference_address: str
):
    made = visit(f"{reference_address}{FULL}/", forced_colors="active")
    page = made.open()
    parts = page.locator(".ctg-barre > span")
    fills = parts.evaluate_all("all => new Set(all.map(e => getComputedStyle(e).background)).size")
    assert fills > 1
    page.keyboard.press("Tab")
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"


def _parts(tree: str, role: str, then: str = "()") -> list[tuple[str, str]]:
    """Return the names of what a tree holds of a role, with what the tree says then."""
    pattern = rf"""^\s*- '?{role} "(.+)"{then}"""
    return re.findall(pattern, tree, re.MULTILINE)


def _seen_as(page: Page, width: int, scheme: str) -> list[str]:
    """Return what axe finds at a width and in a scheme, the charts being drawn again."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    wanted = "slate" if scheme == "dark" else "default"
    page.wait_for_function(f"document.body.dataset.mdColorScheme === '{wanted}'")
    page.wait_for_timeout(150)  # charts follow the width and the scheme
    return violations(page, () if (width, scheme) in WHOLE else LOOKS)


def _narrowed(page: Page) -> list[str]:
    """Return what leaves the narrowest window, or is cut, with text as spaced as may be asked."""
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    page.wait_for_timeout(150)
    widths = [page.evaluate("document.documentElement.scrollWidth")]
    page.add_style_tag(content=SPACED)
    widths.append(page.evaluate("document.documentElement.scrollWidth"))
    wide = [f"déborde à {NARROWEST} px : {width}" for width in widths if width > NARROWEST]
    return [*wide, *(f"coupé : {one}" for one in page.evaluate(CUT))]
