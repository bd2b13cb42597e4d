"""What a page weighs before a chart is scrolled to, and what it may ask for.

Weights are those of what the browser asked for, compressed as any host sends it: no timing.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from reading import Visit

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

HEAVIEST = ("coeur-de-garonne", "demonstration", "loir-et-cher")
KINDS = {
    "index.html": 150_000,
    "thematiques/*/index.html": 250_000,
    "communes/*/index.html": 250_000,
    "actions/*/index.html": 250_000,
    "*/index.html": 250_000,
}
LIBRARY = 420_000
PHONE = {"width": 412, "height": 823}
THEME = "thematiques/population/index.html"
REFUSED = """for (const name of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, name, {configurable: true, get() { throw Error("non"); }});
"""

Visits = Callable[..., Visit]


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def heaviest(site: Path) -> Iterator[tuple[str, int]]:
    """Yield the heaviest page of each kind, and what it may weigh."""
    for pattern, most in KINDS.items():
        found = sorted(site.glob(pattern), key=lambda path: compressed(path.read_bytes()))
        if found:
            yield found[-1].relative_to(site).as_posix(), most


def asked(page: Page, act: Callable[[], object]) -> dict[str, int]:
    """Return the compressed weight of each file that a page asks for while one acts."""
    weights: dict[str, int] = {}
    page.on(
        "requestfinished",
        lambda request: weights.update({request.url: compressed(request.response().body())}),
    )
    act()
    page.wait_for_load_state("networkidle")
    return weights


@pytest.mark.parametrize("slug", HEAVIEST)
def test_the_heaviest_pages_stay_within_their_budgets(
    visit: Visits, reference_sites: Path, reference_address: str, slug: str
):
    for path, most in heaviest(reference_sites / slug):
        made = visit(f"{reference_address}{slug}/", viewport=PHONE)
        weights = asked(made.page, lambda made=made, path=path: made.open(path))
        seen = made.page.locator(".ctg-graphique[data-etat=dessine]").count()
        # A chart that the page opens on is scrolled to already: the library is weighed by itself.
        before = {a: w for a, w in weights.items() if not (seen and "plotly" in a)}
        assert sum(before.values()) <= most, (path, before)
        assert any(address.endswith(".css") for address in before)
        assert made.page.context.cookies() == []
        made.page.close()


def test_the_library_weighs_its_budget_once_under_one_fingerprinted_address(reference_sites: Path):
    for slug in HEAVIEST:
        site = reference_sites / slug
        pages = [path.read_text(encoding="utf-8") for path in site.rglob("index.html")]
        found = {re.search(r'data-plotly="(?:\.\./)*([^"]+)"', page)[1] for page in pages}  # type: ignore[index]
        (address,) = found
        assert re.fullmatch(r"assets/plotly-basic\.[0-9a-f]{10}\.min\.js", address)
        assert compressed((site / address).read_bytes()) <= LIBRARY


def test_every_file_that_pages_load_bears_its_fingerprint(reference_sites: Path):
    site = reference_sites / HEAVIEST[0]
    for path in ("index.html", THEME):
        page = (site / path).read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|link rel="stylesheet")[^>]*\s(?:src|href)="([^"]+)"', page)
        assert len(loaded) >= 4
        assert all(re.search(r"\.[0-9a-f]{8,10}\.", address) for address in loaded), loaded


def test_the_index_is_asked_for_when_the_reader_goes_to_the_search(visit: Visits, sample_home: str):
    made = visit(sample_home)
    before = asked(made.page, lambda: made.open("mentions-legales/index.html"))
    assert not any("search_index" in address for address in before)
    with made.page.expect_response(re.compile("search_index")):
        made.page.locator(".md-search__input").focus()


def test_a_shared_search_finds_without_a_gesture(visit: Visits, sample_home: str):
    made = visit(sample_home)
    page = made.open("mentions-legales/index.html?q=tournesol")
    found = page.locator(".md-search-result__link").first
    found.wait_for(timeout=10_000)
    assert "communes/99001/" in (found.get_attribute("href") or "")


def test_a_reader_at_the_head_of_a_page_is_not_sent_the_library(visit: Visits, sample_home: str):
    made = visit(sample_home, viewport={"width": 412, "height": 400})
    page = made.open()
    chart = page.locator(".ctg-graphique").first
    assert (chart.bounding_box() or {})["y"] > 400
    page.wait_for_load_state("networkidle")
    assert chart.get_attribute("data-etat") == "attente"
    page.mouse.wheel(0, 300)
    chart.locator("svg.main-svg").first.wait_for(timeout=10_000)


def test_a_browser_that_keeps_nothing_shows_everything(visit: Visits, sample_home: str):
    made = visit(sample_home)
    made.page.add_init_script(REFUSED)
    page = made.open(THEME)
    made.draw_all()
    page.locator(".md-header label[for=__palette_1]").click()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
