"""The page of a theme: what to remember first, then its figures, and where they come from."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from test_render import by_path, full
from testville import HOUSING, VACANCY, dwellings_finding, secret_finding, vacancy_finding

from ctgsite.diagnostic.model import Diagnostic, Finding, Takeaway, ThemeDiagnostic
from ctgsite.pages.blocks import Workshop, theme_blocks
from ctgsite.pages.page_sources import page_sources, theme_measures
from ctgsite.pages.render import render_pages
from ctgsite.pages.takeaways import takeaway_lines
from ctgsite.pages.theme_page import apart

PATH = "thematiques/logement/index.md"
SECTIONS = [
    "À retenir", "Les constats", "La position en France", "Dans les communes",
    "L’offre et les compétences", "Ce qu’en disent les habitants et les acteurs",
    "Enjeux et actions", "Sources", "Ce que les données ne disent pas encore ici",
]  # fmt: skip


def theme(*takeaways: Takeaway) -> ThemeDiagnostic:
    findings = (vacancy_finding(), dwellings_finding())
    return ThemeDiagnostic(HOUSING, findings, (secret_finding(),), takeaways=takeaways)


def told(diagnostic: Diagnostic, *takeaways: Takeaway) -> Diagnostic:
    return replace(full(diagnostic), themes=(theme(*takeaways),))


def lines(*takeaways: Takeaway) -> list[tuple[str, str, str]]:
    shown = theme(*takeaways)
    blocks = theme_blocks(shown, Workshop({}))
    return [(line.title, line.text, line.link) for line in takeaway_lines(shown, blocks)]


@pytest.mark.parametrize(
    ("takeaway", "expected"),
    [
        (
            Takeaway(vacancy_finding(), "difference"),
            (
                "Davantage de logements vacants qu’en Fictive",
                "8,6\u202f% en 2018, contre 7,4\u202f%.",
            ),
        ),
        (
            Takeaway(vacancy_finding(), "change"),
            (
                "Part des logements vacants : une hausse",
                "7,1\u202f% en 2013, 8,6\u202f% en 2018, soit 1,5\u00a0point de plus.",
            ),
        ),
        (
            Takeaway(vacancy_finding(), "gap"),
            (
                "Part des logements vacants",
                (
                    "en 2018, d’une commune à l’autre, le chiffre va de 5,0\u202f% (Testville) à "
                    "12,5\u202f% (Hameau-d’Essai)."
                ),
            ),
        ),
    ],
)
def test_what_to_remember_is_one_sentence_that_leads_to_its_chart(
    takeaway: Takeaway, expected: tuple[str, str]
) -> None:
    ((title, text, link),) = lines(takeaway)
    assert (title, text) == expected
    assert link == f"#{VACANCY.id}"


def test_what_has_no_chart_on_the_page_is_not_said_at_its_head() -> None:
    elsewhere = replace(vacancy_finding(), indicator=replace(VACANCY, id="ailleurs"))
    assert lines(Takeaway(elsewhere, "difference")) == []


def test_the_page_reads_in_the_order_of_its_reader(diagnostic: Diagnostic, templates: Path) -> None:
    shown = told(diagnostic, Takeaway(vacancy_finding(), "difference"))
    page = by_path(render_pages(shown, templates))[PATH].markdown
    headings = re.findall(r"^## (.*?)(?: \{#.*\})?$", page, re.MULTILINE)
    assert [one for one in SECTIONS if one in headings] == [
        one for one in headings if one in SECTIONS
    ]
    assert {"À retenir", "Les constats", "Dans les communes", "Sources"} <= set(headings)


def test_the_contents_of_the_page_lead_to_its_sections(
    diagnostic: Diagnostic, templates: Path
) -> None:
    page = by_path(render_pages(told(diagnostic), templates))[PATH].markdown
    nav = page[page.index('<nav class="ctg-dans-page"') : page.index("</nav>")]
    anchors = re.findall(r"\]\(#([\w-]+)\)", nav)
    assert len(anchors) > 3
    assert all(f"{{#{anchor}}}" in page for anchor in anchors)


def test_each_fiche_of_the_theme_stands_with_its_state(
    diagnostic: Diagnostic, templates: Path
) -> None:
    page = by_path(render_pages(told(diagnostic), templates))[PATH].markdown
    assert (
        '(../../actions/primes/index.md) <span class="ctg-statut" data-statut="en_cours">en cours'
        in page
    )


def test_each_dataset_is_named_once_with_the_editions_of_the_page(diagnostic: Diagnostic) -> None:
    cards = {card.dataset: card for card in diagnostic.sources}
    (card,) = page_sources(theme_measures(theme()), cards)  # the income is secret: no source
    assert (card.dataset, card.vintages) == ("recensement", ("RP 2018",))


def alone(name: str) -> Finding:
    indicator = replace(VACANCY, id=name)
    return replace(vacancy_finding(), indicator=indicator, comparisons=(), trend=None, members=(),
                   series=())  # fmt: skip


def test_small_figures_without_benchmark_stand_together_after_the_others() -> None:
    findings = (alone("a"), vacancy_finding(), alone("b"))
    blocks = theme_blocks(ThemeDiagnostic(HOUSING, findings, ()), Workshop({}))
    large, small = apart(blocks, findings)
    assert [block.id for block in large] == [VACANCY.id]
    assert [block.id for block in small] == ["a", "b"]


def test_a_lone_small_figure_keeps_its_place() -> None:
    findings = (alone("a"), vacancy_finding())
    blocks = theme_blocks(ThemeDiagnostic(HOUSING, findings, ()), Workshop({}))
    assert apart(blocks, findings) == (blocks, ())


def test_a_number_alone_does_not_spread_its_table_out(
    diagnostic: Diagnostic, templates: Path
) -> None:
    shown = ThemeDiagnostic(HOUSING, (alone("a"), alone("b"), vacancy_finding()), ())
    page = by_path(render_pages(replace(diagnostic, themes=(shown,)), templates))[PATH].markdown
    small = page[page.index('<div class="ctg-petits">') : page.index("## Dans les communes")]
    assert small.count('<details class="ctg-donnees" data-search-exclude open>') == 2
