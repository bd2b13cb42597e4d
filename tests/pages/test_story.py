"""The pages that tell the whole: the home page, the fil conducteur, the brief, the FALC summary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from testville import TEMPLATES, full_diagnostic
from thread_world import PLAN, diagnostic

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.charts.action_states import marker
from ctgsite.pages.convention import falc
from ctgsite.pages.convention.brief import MOST_HIGHLIGHTS, MOST_KEY_FIGURES, MOST_QUESTIONS
from ctgsite.pages.render import render_pages
from ctgsite.pages.story import LONGEST_QUOTE, advances, chosen_quotes, next_steps
from ctgsite.pages.view import SiteView
from ctgsite.pages.words import ACTION_STATES
from ctgsite.site.identity import site_spec

EASY = """# Notre territoire

La CTG est un accord.
Cet accord aide les familles.

- une place en crèche
- un logement

Relu par : un groupe fictif d’habitants
"""


def pages(found: Diagnostic) -> dict[str, str]:
    """Return the Markdown of each page."""
    rendered = render_pages(found, TEMPLATES)
    return {str(page.path): page.markdown.replace("\u00a0", " ") for page in rendered}


# --- the home page


def test_the_home_page_tells_the_story_and_links_to_each_part() -> None:
    home = pages(diagnostic())["index.md"]
    aims = re.findall(r"\[\*\*(\w+)\*\*\]", home)
    assert aims == ["Partager", "Structurer", "Adapter", "Agir"]
    assert (
        "« Les loyers sont trop hauts pour un premier emploi. » "
        '<span class="ctg-voix__qui">Un père · [Logement](participation/index.md#parole-loyer)'
        in home
    )
    assert "[Mieux habiter](priorites/index.md#axe-habitat)" in home
    assert "2 fiches actions : 1 réalisée et 1 en cours" in home
    assert "2 fiches actions : 1 à venir et 1 sans statut" in home
    assert "Plan d’actions mis à jour le 12 mars 2026." in home
    assert "1er juin 2026</span> : Premières primes" in home
    assert "[Un enjeu sans réponse](priorites/index.md#enjeu-seul)" in home
    assert "à compléter" not in home
    assert "(fil-conducteur/index.md)" in home
    assert "(brief/index.md)" in home
    assert "falc/" not in home


def test_a_site_with_figures_only_keeps_a_home_page_of_figures() -> None:
    home = pages(full_diagnostic())["index.md"]
    for absent in ("Ce que l’on en dit", "Les enjeux", "Les priorités et leur avancement"):
        assert absent not in home
    assert home.lower().count("à compléter") == 1


def test_quotations_are_the_first_of_each_theme_that_speaks_to_a_finding() -> None:
    (only,) = chosen_quotes(SiteView(diagnostic()))
    assert only.text.startswith("Les loyers")  # and not the first of the theme


def test_a_quotation_that_is_too_long_is_left_to_its_own_page() -> None:
    long = {"texte": "mot " * LONGEST_QUOTE, "theme": "logement", "constats": ["logements"]}
    brief = {"texte": "Court.", "theme": "logement"}
    found = chosen_quotes(SiteView(diagnostic(participation={"verbatims": [long, brief]},
                                              enjeux=[], priorites=[], afom=[])))  # fmt: skip
    assert [quote.text for quote in found] == ["Court."]


# --- progress


def test_progress_counts_every_fiche_of_an_axe_once() -> None:
    first, second = advances(SiteView(diagnostic()))
    assert dict(first.states) == {"realisee": 1, "en_cours": 1}
    assert dict(second.states) == {"a_venir": 1, None: 1}


def test_next_steps_are_those_after_the_plans_own_update_not_reached_yet() -> None:
    plan = diagnostic().plan
    assert str(plan.as_of) == "2026-03-12"
    assert [step.milestone.title for step in next_steps(plan)] == ["Premières primes"]


def test_without_an_update_nothing_is_said_to_be_next() -> None:
    assert next_steps(diagnostic(priorites=[]).plan) == ()


def test_every_state_has_one_look_for_charts_lists_and_bars() -> None:
    styles = [TEMPLATES / "styles" / name for name in ("00-jetons.css", "75-fil.css")]
    colours, rules = (style.read_text(encoding="utf-8") for style in styles)
    for state in ACTION_STATES:
        name = state or "inconnu"
        assert marker(state)["color"] == [f"var(--ctg-etat-{name})"]
        assert f"--ctg-etat-{name}: " in colours
        assert f".ctg-barre__{name} {{" in rules


def test_a_voice_leads_to_what_it_supports_and_one_that_nobody_cites_to_nothing() -> None:
    page = pages(diagnostic())["participation/index.md"]
    quote = page[page.index('id="parole-loyer"') : page.index('id="parole-oubli"')]
    link = "[enjeu « Loger les jeunes actifs »](../priorites/index.md#enjeu-loger)"
    assert link in re.sub("[\u00a0\u202f]", " ", quote)
    assert "À l’appui de" not in page[page.index('id="parole-oubli"') :]


def test_the_key_figures_come_before_all_else_on_the_home_page() -> None:
    page = pages(diagnostic(presentation="Un pays d’essai."))["index.md"]
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)
    assert headings[0] == "Qui vit ici"
    assert headings.index("Le territoire en quelques mots") > headings.index(
        "Les priorités et leur avancement"
    )


# --- the fil conducteur


def test_the_fil_conducteur_is_a_picture_of_links_and_a_table_of_fiches() -> None:
    page = pages(diagnostic())["fil-conducteur/index.md"]
    picture = page[page.index("<svg") : page.index("</svg>")]
    assert 'aria-hidden="true"' in picture
    assert '<a href="../actions/primes/index.html" tabindex="-1">' in picture
    assert "\u202f" not in "".join(re.findall(r'(?:d|viewBox)="([^"]*)"', picture))
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", page[page.index("<tbody") :], re.DOTALL)
    assert len(rows) == 4
    assert all(row.count("<td ") == 4 for row in rows)
    assert "Niveau de vie médian (sans chiffre ici) *" in re.sub(r"<[^>]+>", "", rows[0])
    assert "la CC du Pays d’Essai" in rows[0]
    assert "en cours" in rows[0]


@pytest.mark.parametrize("changes", [{}, {"priorites": PLAN["priorites"][:1]}])
def test_every_link_of_the_picture_is_in_the_page_beside_it(changes: dict[str, object]) -> None:
    """Whoever cannot see the picture loses nothing: its links are in the table or in the notes."""
    page = pages(diagnostic(**changes))["fil-conducteur/index.md"]
    picture = page[page.index("<svg") : page.index("</svg>")]
    rest = page[page.index("</svg>") :].replace("index.md", "index.html")
    links = set(re.findall(r'href="([^"]+)"', picture))
    assert len(links) > 10
    assert {link for link in links if link not in rest} == set()


def test_the_fil_conducteur_tells_its_loose_ends() -> None:
    page = pages(diagnostic())["fil-conducteur/index.md"]
    assert "ne répond à l’enjeu [Un enjeu sans réponse](../priorites/index.md#enjeu-seul)" in page
    assert "La fiche [Une fête des voisins](../actions/fete/index.md) ne répond à aucun" in page
    assert "1 parole n’est encore reprise nulle part" in page


@pytest.mark.parametrize("path", ["fil-conducteur/index.md", "brief/index.md"])
def test_without_a_convention_the_pages_say_what_is_to_come(path: str) -> None:
    assert "compléter" in pages(full_diagnostic())[path]


# --- the brief


def test_the_brief_holds_what_a_meeting_needs() -> None:
    page = pages(diagnostic())["brief/index.md"]
    titles = re.findall(r"^## (.*?) \{#", page, re.MULTILINE)
    assert titles == [
        "Les chiffres repères",
        "Ce qui distingue le territoire",
        "Ce qui est dit",
        "Les enjeux partagés",
        "Les axes et leur avancement",
        "Les questions à poser",
    ]
    assert page.count('class="ctg-brief__page"') == 2
    assert "En 2018, 8,6\u202f% des logements sont vacants" in page
    assert "Quels logements pourraient être remis en location" in page
    assert "Sources : Insee" in page
    assert not re.search(r"\]\((?!\.\./(index|methode/index)\.md)", page)


def test_the_brief_is_bounded_whatever_the_plan_holds() -> None:
    stakes = [{"id": f"e-{at}", "titre": f"Enjeu {at}"} for at in range(20)]
    axes = [{"id": f"a-{at}", "titre": f"Axe {at}"} for at in range(20)]
    page = pages(diagnostic(enjeux=stakes, priorites=axes))["brief/index.md"]
    assert "- et 14 autres enjeux" in page
    assert "- et 14 autres axes" in page
    most = MOST_KEY_FIGURES + MOST_HIGHLIGHTS + MOST_QUESTIONS + 3 + 7 + 7
    assert len(re.findall(r"^- ", page, re.MULTILINE)) <= most


# --- FALC


@pytest.fixture
def easy(monkeypatch: pytest.MonkeyPatch) -> Diagnostic:
    monkeypatch.setattr(falc, "falc_text", lambda _territory: EASY)
    return diagnostic()


def test_the_easy_page_keeps_the_authors_lines_and_tells_who_reviewed_it(easy: Diagnostic) -> None:
    page = pages(easy)["falc/index.md"]
    assert page.startswith("# En facile à lire et à comprendre\n")
    assert "La CTG est un accord.  \nCet accord aide les familles.\n" in page
    assert "- une place en crèche\n- un logement" in page
    body, _, authors = page.partition("</div>")
    assert "Relu par" not in body
    assert "- Relu par : un groupe fictif d’habitants" in authors


def test_the_easy_page_is_one_step_from_the_home_page_and_from_every_foot(easy: Diagnostic) -> None:
    assert "(falc/index.md)" in pages(easy)["index.md"]
    first = site_spec(easy, None).footer_links[0]
    assert (first.label, str(first.path)) == (falc.TITLE, "falc/index.html")


def test_without_its_text_there_is_no_easy_page() -> None:
    assert "falc/index.md" not in pages(diagnostic())
    assert all("falc" not in str(link.path) for link in site_spec(diagnostic(), None).footer_links)


def test_what_an_easy_text_holds_cannot_act(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(falc, "falc_text", lambda _territory: "<script>alert(1)</script>")
    assert "<script>alert" not in pages(diagnostic())["falc/index.md"]
