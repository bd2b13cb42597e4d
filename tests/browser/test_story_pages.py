"""The pages that tell the whole, in a browser: printed, on a phone, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from reading import ROOT, Visit, serving
from testville import TEMPLATES, VACANCY, vacancy_finding
from thread_world import PLAN, diagnostic

from ctgsite.diagnostic.model import Diagnostic, Highlight, ThemeDiagnostic
from ctgsite.pages.convention import falc
from ctgsite.pages.convention.brief import (
    MOST_AXES,
    MOST_HIGHLIGHTS,
    MOST_KEY_FIGURES,
    MOST_STAKES,
)
from ctgsite.pages.render import render_pages
from ctgsite.pages.story import LONGEST_QUOTE
from ctgsite.site.build import build_site
from ctgsite.site.identity import site_card, site_spec
from ctgsite.site.resources import find_resources

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

SLUGS = sorted(path.stem for path in (ROOT / "territories").glob("*.yml"))
PATHS = ("index.html", "fil-conducteur/index.html", "brief/index.html", "falc/index.html")
EASY = "La CTG est un accord.\nElle aide les familles.\n\nRelu par : un groupe fictif\n"
PHRASE = "Donner à chaque famille du territoire une réponse qui tienne compte de ses horaires, "

Visits = Callable[..., Visit]


def wordy(length: int) -> str:
    """Return a sentence of a length, as people write them at their longest."""
    return f"{(PHRASE * 9)[: length - 1].rstrip()}."


def at_its_fullest() -> Diagnostic:
    """Return a diagnostic whose brief holds as much as it may."""
    (theme,) = diagnostic().themes
    found = vacancy_finding()
    indicators = (
        replace(VACANCY, id=f"i-{at}", question=wordy(105 + at), label=f"{VACANCY.label} ({at})")
        for at in range(MOST_KEY_FIGURES + MOST_HIGHLIGHTS)
    )
    findings = tuple(replace(found, indicator=indicator) for indicator in indicators)
    slugs = ("logement", "familles", "enfance")
    quotes = [{"texte": wordy(LONGEST_QUOTE), "theme": s, "acteur": "un parent"} for s in slugs]
    states = ("realisee", "en_cours", "a_venir", "en_pause", "abandonnee")
    axes = [
        {
            "id": f"a-{at}",
            "titre": wordy(150),
            "objectifs": [
                {
                    "titre": "Agir",
                    "actions": [
                        {"id": f"f-{at}-{n}", "titre": "Fiche", "statut": state,
                         "mise_a_jour": "2026-03-12"}
                        for n, state in enumerate(states)
                    ],
                }
            ],
        }
        for at in range(MOST_AXES + 3)
    ]  # fmt: skip
    stakes = [{"id": f"e-{at}", "titre": wordy(180)} for at in range(MOST_STAKES + 3)]
    full = diagnostic(
        participation={"verbatims": quotes}, enjeux=stakes, priorites=axes, afom=[],
        thematiques=list(slugs),
    )  # fmt: skip
    named = (replace(theme.theme, slug=slug) for slug in slugs)
    return replace(
        full,
        themes=tuple(ThemeDiagnostic(one, findings, theme.missing) for one in named),
        key_figures=findings[:MOST_KEY_FIGURES],
        highlights=tuple(
            Highlight(found, found.comparisons[0], 1.0) for found in findings[MOST_KEY_FIGURES:]
        ),
    )


def build(found: Diagnostic, output: Path, workspace: Path) -> Path:
    """Build one site, and return its folder."""
    build_site(
        render_pages(found, TEMPLATES), (), site_spec(found, None), site_card(found, (), "", ""),
        output, resources=find_resources(workspace),
    )  # fmt: skip
    return output / found.territory.slug


@pytest.fixture(scope="module")
def told_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the fictive territory's site, its FALC summary included."""
    output = tmp_path_factory.mktemp("recit") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(falc, "falc_text", lambda _territory: EASY)
        site = build(diagnostic(), output, tmp_path_factory.mktemp("atelier"))
    with serving(output) as address:
        yield f"{address}/{site.name}/"


def printed_pages(chromium: Browser, page: Path) -> int:
    """Return how many pages a printer would give."""
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(page.as_uri())
    content = opened.pdf(prefer_css_page_size=True)
    context.close()
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_brief_of_each_territory_is_two_printed_pages(
    chromium: Browser, reference_sites: Path, slug: str
):
    assert printed_pages(chromium, reference_sites / slug / "brief" / "index.html") == 2


@pytest.mark.parametrize("fullest", [False, True])
def test_the_brief_is_two_printed_pages_however_full(
    chromium: Browser, tmp_path: Path, fullest: bool
):
    site = build(at_its_fullest() if fullest else diagnostic(), tmp_path / "site", tmp_path)
    assert printed_pages(chromium, site / "brief" / "index.html") == 2


@pytest.mark.parametrize("width", [375, 1440])
def test_nothing_overflows(visit: Visits, told_home: str, width: int):
    made = visit(told_home, viewport={"width": width, "height": 900})
    for path in PATHS:
        page = made.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_picture_scrolls_by_keyboard_on_a_phone_and_its_links_are_links(
    visit: Visits, told_home: str
):
    made = visit(told_home, viewport={"width": 375, "height": 800}, java_script_enabled=False)
    page = made.open("fil-conducteur/index.html")
    picture = page.locator(".ctg-fil")
    picture.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert picture.evaluate("e => e.scrollLeft") > 0
    page.locator(".ctg-fil svg a", has_text="Mieux habiter").first.click()
    assert page.url.endswith("priorites/index.html#axe-habitat")


def test_no_text_of_the_picture_leaves_its_box(visit: Visits, told_home: str):
    page = visit(told_home, viewport={"width": 1440, "height": 900}).open(
        "fil-conducteur/index.html"
    )
    outside = page.evaluate(
        """() => [...document.querySelectorAll(".ctg-fil g")].filter((g) => {
          const box = g.querySelector("rect").getBoundingClientRect();
          return [...g.querySelectorAll("text")].some((text) => {
            const own = text.getBoundingClientRect();
            return own.right > box.right || own.bottom > box.bottom;
          });
        }).map((g) => g.textContent)"""
    )
    assert outside == []


def test_the_fictive_plan_is_the_one_that_these_pages_tell(visit: Visits, told_home: str):
    page = visit(told_home).open("fil-conducteur/index.html")
    fiches = sum(
        len(part.get("actions", ()))
        for axis in PLAN["priorites"]
        for objective in axis["objectifs"]
        for part in (objective, *objective.get("operationnels", ()))
    )
    assert page.locator(".ctg-tableau--fil tbody tr").count() == fiches
