"""Citations both ways: under each chart, and as evidence in words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from testville import INCOME, TEMPLATES, TESTVILLE, VACANCY, measure
from thread_world import diagnostic

from ctgsite.diagnostic.chain import Kind, Ref
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.errors import PublicationError
from ctgsite.pages.chain_check import check_chain
from ctgsite.pages.citations import address, evidence_lines, grounds_of
from ctgsite.pages.render import render_pages
from ctgsite.pages.view import SiteView

DWELLINGS = "../thematiques/logement/index.md#logements"
SAID = "../participation/index.md#parole-"
LOYER = "«\u00a0Les loyers sont trop hauts pour un premier emploi.\u00a0»"
LOGER = "../priorites/index.md#enjeu-loger"
READ = "En 2018, on compte 1\u202f600\u00a0logements."


@pytest.fixture
def cited() -> Diagnostic:
    return diagnostic()


def test_a_chart_tells_who_cites_it_and_the_links_are_published_ones(cited: Diagnostic) -> None:
    pages = {str(page.path): page.markdown for page in render_pages(cited, TEMPLATES)}
    theme = pages["thematiques/logement/index.md"]
    figure = theme[theme.index("{#part_logements_vacants}") :].partition("</figure>")[0]
    assert (
        'Cité par l’enjeu\u00a0: <a href="../../priorites/index.html#enjeu-loger">'
        "Loger les jeunes actifs</a>" in figure
    )
    assert 'Fiche qui y répond\u00a0: <a href="../../actions/primes/index.html">' in figure
    assert 'Suivi par la fiche\u00a0: <a href="../../actions/primes/index.html">' in figure
    assert "Cité par la fiche" not in figure


def test_a_site_without_citations_shows_none(cited: Diagnostic) -> None:
    bare = diagnostic(enjeux=[], priorites=[], afom=[], participation={})
    assert not any("ctg-citations" in page.markdown for page in render_pages(bare, TEMPLATES))


def test_a_figure_is_told_with_its_year_and_its_comparison(cited: Diagnostic) -> None:
    (line,) = evidence_lines(SiteView(cited), ["part_logements_vacants"], root="../")
    assert line.title == "Part des logements vacants"
    assert line.text.startswith("En 2018, 8,6\u202f% des logements sont vacants")
    assert "contre 7,4\u202f%" in line.text
    assert line.link == "../thematiques/logement/index.md#part_logements_vacants"


def test_an_indicator_without_figure_is_told_in_words_and_leads_nowhere(cited: Diagnostic) -> None:
    (missing,) = evidence_lines(SiteView(cited), ["niveau_vie_median"])
    assert missing.link == ""
    assert missing.text.startswith("Aucun chiffre ici")
    elsewhere = replace(cited, themes=(), unplaced=(VACANCY,))
    (unplaced,) = evidence_lines(SiteView(elsewhere), ["part_logements_vacants"])
    assert unplaced.link == ""
    assert "aucune thématique de ce site" in unplaced.text


def test_an_indicator_that_only_communes_have_leads_to_them(cited: Diagnostic) -> None:
    (theme,) = cited.themes
    (secret,) = theme.missing
    held = replace(secret, members=((TESTVILLE, measure(INCOME, TESTVILLE, 21_000.0, "2019")),))
    found = replace(cited, themes=(replace(theme, missing=(held,)),))
    (line,) = evidence_lines(SiteView(found), ["niveau_vie_median"], root="../")
    assert line.link == "../communes/index.md"
    assert line.text.endswith("Les communes qui en ont un le montrent sur leur page.")
    alone = replace(found, members=())
    assert evidence_lines(SiteView(alone), ["niveau_vie_median"])[0].link == ""


def test_a_voice_is_told_with_who_where_and_when() -> None:
    view = SiteView(diagnostic(asked=True))
    lines = evidence_lines(view, [], ["loyer", "cafe", "familles/voisins"], root="../")
    quote, meeting, question = lines
    assert quote.text == "Un père · 2 mai 2025 · Testville."
    assert quote.link == "../participation/index.md#parole-loyer"
    assert meeting.text == "Atelier, 14\u00a0participants."
    assert question.text.startswith("Question du questionnaire")
    assert question.link == "../participation/familles/index.md#question-familles-voisins"


def test_an_objectif_without_id_is_found_under_its_axe(cited: Diagnostic) -> None:
    view = SiteView(cited)
    assert address(view, Ref(Kind.OBJECTIVE, "louer")).endswith("#objectif-louer")
    assert address(view, Ref(Kind.OBJECTIVE, "habitat/1.1")).endswith("#axe-habitat")


def glossary(found: Diagnostic, template: str, folder: Path) -> list[str]:
    """Return the lines of a page written by a workspace's own template."""
    (folder / "pages").mkdir()
    (folder / "pages" / "glossaire.md.j2").write_text(
        '{% import "preuves.md.j2" as p %}\n' + template, encoding="utf-8"
    )
    pages = {str(page.path): page for page in render_pages(found, [TEMPLATES, folder])}
    return pages["glossaire/index.md"].markdown.splitlines()


def test_any_template_tells_figures_then_voices(cited: Diagnostic, tmp_path: Path) -> None:
    template = '{{ p.preuves(evidence_lines(["logements"], ["cafe", "loyer"])) }}\n'
    assert glossary(cited, template, tmp_path) == [
        "**Ce que disent les chiffres**",
        "",
        f"- [Nombre de logements]({DWELLINGS})\u00a0: {READ}",
        "",
        "**Ce que disent les habitants et les acteurs**",
        "",
        f"- [Café des parents]({SAID}cafe)\u00a0: Atelier, 14\u00a0participants.",
        f"- [{LOYER}]({SAID}loyer)\u00a0: Un père · 2 mai 2025 · Testville.",
    ]


def test_a_fiche_tells_its_own_evidence_then_what_each_enjeu_brings(
    cited: Diagnostic, tmp_path: Path
) -> None:
    template = '{{ p.fondements(grounds_of("primes")) }}\n'
    told = [line for line in glossary(cited, template, tmp_path) if line]
    assert told[:2] == [
        "**Ce que disent les chiffres**",
        f"- [Nombre de logements]({DWELLINGS})\u00a0: {READ}",
    ]
    assert told[2] == (f"Par l’enjeu «\u00a0[Loger les jeunes actifs]({LOGER})\u00a0»\u00a0:")
    assert [line[:12] for line in told[3:]] == ["- [Part des ", "- Niveau de ", "- [«\u00a0Les loy"]


def test_a_fiche_that_names_no_enjeu_rests_on_those_of_its_axe(cited: Diagnostic) -> None:
    (part,) = grounds_of(SiteView(cited), "visites")
    assert (part.by, part.stake) == ("Par un enjeu de son axe,", "Loger les jeunes actifs")


def test_every_end_of_the_chain_can_be_read_where_it_says() -> None:
    found = diagnostic()
    check_chain(SiteView(found), render_pages(found, TEMPLATES))


def test_a_place_that_is_gone_stops_the_build_and_is_named() -> None:
    found = diagnostic()
    pages = render_pages(found, TEMPLATES)
    moved = [
        replace(page, markdown=page.markdown.replace("parole-loyer", "autre")) for page in pages
    ]
    gone = [page for page in moved if str(page.path) != "actions/primes/index.md"]
    with pytest.raises(PublicationError) as caught:
        check_chain(SiteView(found), gone)
    told = [problem.message for problem in caught.value.problems]
    assert len(told) == 2
    assert any("participation/index.md#parole-loyer" in message for message in told)
    assert any("actions/primes/index.md" in message for message in told)


def test_a_question_cited_without_its_page_stops_the_build() -> None:
    with pytest.raises(PublicationError, match="question-familles-voisins"):
        render_pages(diagnostic(asked=True), TEMPLATES)


def test_what_several_enjeux_bring_is_told_once() -> None:
    parts = grounds_of(SiteView(diagnostic()), "primes")
    told = [line.title for part in parts for line in part.lines]
    assert len(told) == len(set(told))


def test_what_only_readings_and_the_evaluation_cite_is_told_too() -> None:
    answer = {"texte": "Oui.", "paroles": ["familles/voisins"], "actions": ["primes"]}
    found = diagnostic(evaluation={"axes": [{"axe": "habitat", "questions": {"moyens": answer}}]})
    view = SiteView(found)
    question, fiche = evidence_lines(view, [], answer["paroles"], answer["actions"])
    assert question.short == "question du questionnaire «\u00a0familles\u00a0»"
    assert fiche.link == "actions/primes/index.md"
    assert question.title not in {node.title for node in view.chain.orphans().voices}
