"""A commune's portrait on paper: one A4 page for its maire, however much it has to say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from test_render import FULL
from test_story_pages import build, wordy
from testville import BOURG, HOUSING, TERRITORY, VACANCY, measure, of_territory

from ctgsite.config.models import Territory
from ctgsite.diagnostic.model import (
    Comparison,
    Diagnostic,
    Finding,
    Highlight,
    MemberDiagnostic,
    ThemeDiagnostic,
)
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.position import Rank
from ctgsite.pages.decided import MOST_OF_COMMUNE
from ctgsite.pages.portrait import MOST_FACTS

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

A4 = (595, 842)  # points
KEYS = 10
SOURCES = 4
# The smallest and the largest commune of each.
PRINTED = {"coeur-de-garonne": ("31428", "31135"), "demonstration": ("31116", "31149")}


def printed(chromium: Browser, page: Path) -> tuple[int, set[tuple[int, int]], bool]:
    """Return how many pages a printer would give, their sizes, and whether a long table shows."""
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(page.as_uri())
    content = opened.pdf(prefer_css_page_size=True)
    opened.emulate_media(media="print")
    tables = any(table.is_visible() for table in opened.locator("table").all())
    context.close()
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", content)
    sizes = {(round(float(width)), round(float(height))) for width, height in boxes}
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", content)), sizes, tables


def finding(name: str) -> Finding:
    indicator = replace(VACANCY, id=name, label="Part des familles monoparentales logées")
    here = replace(measure(indicator, BOURG, 9.3), dataset=name)
    there = measure(indicator, TERRITORY, 8.6)
    comparison = Comparison(TERRITORY, here, there, Verdict.PLUS)
    return Finding(indicator, BOURG, here, (comparison,) * 3, (Rank(1000, 1, 1999, "communes"),))


def at_its_fullest() -> Diagnostic:
    """Return a diagnostic whose commune has all that a portrait may hold."""
    keys = tuple(finding(f"repere_{at}") for at in range(KEYS))
    others = tuple(finding(f"autre_{at}") for at in range(MOST_FACTS))
    told = tuple(Highlight(found, found.comparisons[0], 1.0) for found in others)
    commune = MemberDiagnostic(BOURG, (ThemeDiagnostic(HOUSING, keys + others, ()),), told)
    actions = [
        {"id": f"f-{at}", "titre": wordy(240), "statut": "en_cours", "communes": [BOURG.code]}
        for at in range(MOST_OF_COMMUNE + 3)
    ]
    actions += [{"id": "partout", "titre": "Partout"}]
    axes = [{"id": "axe", "titre": "Axe", "objectifs": [{"titre": "O", "actions": actions}]}]
    full = of_territory(Territory.model_validate(FULL | {"priorites": axes}))
    title = "Revenus et pauvreté des ménages (fichier localisé)"
    cards = [replace(full.sources[0], dataset=f.indicator.id, title=title) for f in keys[:SOURCES]]
    return replace(
        full,
        key_figures=keys,
        members=(commune, *full.members[:1], *full.members[2:]),
        sources=(*full.sources, *cards),
    )


def test_the_fullest_portrait_is_one_a4_page(chromium: Browser, tmp_path: Path):
    site = build(at_its_fullest(), tmp_path / "site", tmp_path)
    page = site / "communes" / BOURG.code / "index.html"
    assert printed(chromium, page) == (1, {A4}, False)


@pytest.mark.parametrize("slug", PRINTED)
def test_a_small_and_a_large_commune_print_on_one_a4_page(
    chromium: Browser, reference_sites: Path, slug: str
):
    for code in PRINTED[slug]:
        page = reference_sites / slug / "communes" / code / "index.html"
        assert printed(chromium, page) == (1, {A4}, False)
