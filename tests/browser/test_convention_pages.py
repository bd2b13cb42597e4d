"""The pages of what was said and of the supply, in a browser: on a phone and on a wide screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

import pytest
from convention_file import told
from reading import Visit, serving
from testville import TEMPLATES

from ctgsite.pages.model import Asset
from ctgsite.pages.render import render_pages
from ctgsite.site.build import build_site
from ctgsite.site.identity import site_card, site_spec
from ctgsite.site.resources import find_resources

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

PATHS = (
    "demarche/index.html",
    "participation/index.html",
    "offre/index.html",
    "thematiques/logement/index.html",
)
PHONE = {"width": 375, "height": 800}
DESKTOP = {"width": 1440, "height": 900}
LOGO = Asset(PurePosixPath("images/caf.svg"), (TEMPLATES / "assets" / "favicon.svg").read_bytes())

Visits = Callable[..., Visit]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site whose file says everything of its démarche, its voices and its supply."""
    output = tmp_path_factory.mktemp("convention") / "site"
    found = told(statut="projet")
    build_site(
        render_pages(found, TEMPLATES), (LOGO,), site_spec(found, None),
        site_card(found, (), "", ""), output,
        resources=find_resources(tmp_path_factory.mktemp("atelier")),
    )  # fmt: skip
    with serving(output) as address:
        yield f"{address}/{found.territory.slug}/"


@pytest.mark.parametrize("path", PATHS)
def test_nothing_overflows_a_phone(visit: Visits, home: str, path: str) -> None:
    made = visit(home, viewport=PHONE)
    page = made.open(path)
    made.draw_all()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_table_that_numbers_the_map_is_never_folded(visit: Visits, home: str) -> None:
    page = visit(home).open("offre/index.html")
    assert page.locator("figure table").first.is_visible()
    assert page.locator("figure details").count() == 0


@pytest.mark.parametrize(("viewport", "columns"), [(PHONE, 1), (DESKTOP, 2)])
def test_the_four_lists_stand_in_two_columns_where_there_is_room(
    visit: Visits, home: str, viewport: dict[str, int], columns: int
) -> None:
    page = visit(home, viewport=viewport).open("thematiques/logement/index.html")
    lefts = page.evaluate(
        "[...document.querySelectorAll('.ctg-afom__case')].map(e => e.getBoundingClientRect().left)"
    )
    assert len(lefts) == 4
    assert len(set(lefts)) == columns


def test_the_timeline_reads_as_lists_without_javascript(visit: Visits, home: str) -> None:
    page = visit(home, java_script_enabled=False).open("demarche/index.html")
    assert [page.locator("ol.ctg-frise").nth(at).locator("> li").count() for at in (0, 1)] == [2, 4]
    assert page.locator("figure table").first.is_visible()
