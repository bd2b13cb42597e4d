"""The list of fiches in a browser: narrowed, counted, kept in the address, whole without script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

import pytest
from reading import ROOT, Visit, serving, violations
from sample_site import ASSETS, CARD, PAGES, SPEC

from ctgsite.pages.model import Page
from ctgsite.pages.plan_list import Filter, Row
from ctgsite.pages.templates import make_environment
from ctgsite.site.build import build_site
from ctgsite.site.resources import find_resources

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

Visits = Callable[..., Visit]

PATH = "actions/index.html"
SOURCE = '{% from "liste-actions.html.j2" import liste %}{{ liste(rows, filters) }}'
STATES = (("en_cours", "en cours"), ("a_venir", "à venir"))
FILTERS = (
    Filter("statut", "Statut", "Tous les statuts", STATES),
    Filter("commune", "Commune", "Toutes les communes", (("99001", "Bourg"), ("99002", "Hameau"))),
)


def row(title: str, state: str, communes: tuple[str, ...]) -> Row:
    values = (("statut", (state,)), ("commune", communes))
    return Row(title, "../index.html", state, state, "", (("Pilote", "la CC"),), values)


ROWS = (
    row("Partout", "en_cours", ("*",)),
    row("Au bourg", "en_cours", ("99001",)),
    row("Au hameau", "a_venir", ("99002",)),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with a list of three fiches."""
    output = tmp_path_factory.mktemp("plan") / "site"
    environment = make_environment(ROOT / "docs_templates")
    listed = environment.from_string(SOURCE).render(rows=ROWS, filters=FILTERS)
    page = Page(
        PurePosixPath("actions/index.md"), "Plan d’actions", f"# Plan d’actions\n\n{listed}"
    )
    resources = find_resources(tmp_path_factory.mktemp("atelier"))
    build_site((*PAGES, page), ASSETS, SPEC, CARD, output, resources=resources)
    with serving(output.parent) as address:
        yield f"{address}/{output.name}/val-exemple/"


def shown(made: Visit) -> list[str]:
    return made.page.locator(".ctg-fiche:visible .ctg-fiche__titre").all_text_contents()


def counted(made: Visit) -> str:
    return (made.page.locator("[role=status].ctg-filtres__compte").text_content() or "").strip()


def test_choices_narrow_the_list_and_stay_in_the_address(visit: Visits, home: str) -> None:
    made = visit(home)
    page = made.open(PATH)
    assert counted(made) == "3\u00a0fiches actions"
    page.get_by_label("Statut").select_option("en cours")
    page.get_by_label("Commune").select_option("Hameau")
    assert shown(made) == ["Partout"]  # it names no commune: it is about all of them
    assert counted(made) == "1\u00a0fiche action sur 3"
    assert page.url.endswith("?statut=en_cours&commune=99002")
    page.reload()
    assert shown(made) == ["Partout"]
    page.get_by_role("button", name="Tout afficher").click()
    page.locator(".ctg-fiche:visible").nth(2).wait_for()
    assert page.url.endswith(PATH)


def test_an_address_that_asks_for_what_is_not_there_shows_all(visit: Visits, home: str) -> None:
    made = visit(home)
    made.open(f"{PATH}?statut=perdu")
    assert len(shown(made)) == 3


def test_without_javascript_every_fiche_is_shown_and_no_form(visit: Visits, home: str) -> None:
    made = visit(home, java_script_enabled=False)
    page = made.open(PATH)
    assert len(shown(made)) == 3
    assert not page.locator(".ctg-filtres").is_visible()


def test_the_list_has_no_fault_of_accessibility(visit: Visits, home: str) -> None:
    made = visit(home, viewport={"width": 375, "height": 800})
    assert violations(made.open(PATH)) == []
