"""What was said: beside its chart, in its theme, on the page of participation; never weighed."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from pathlib import Path

import pytest
from convention_file import told

from ctgsite.config.voices import Quote
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.render import render_pages
from ctgsite.pages.voices import origin, spoken

SILENT = {"verbatims": [], "ateliers": [], "entretiens": []}


def pages(diagnostic: Diagnostic, templates: Path) -> dict[str, str]:
    return {str(page.path): page.markdown for page in render_pages(diagnostic, templates)}


def theme(diagnostic: Diagnostic, templates: Path) -> str:
    return pages(diagnostic, templates)["thematiques/logement/index.md"]


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.replace("\u00a0", " ")))


def test_a_quotation_stands_beside_the_chart_it_speaks_to(templates: Path) -> None:
    markdown = theme(told(), templates)
    figures = re.findall(r"<figure.*?</figure>", markdown, re.DOTALL)
    (figure,) = [text for text in figures if "ctg-paroles" in text]
    assert 'aria-labelledby="part_logements_vacants"' in figure
    assert "« Il y a des maisons *vides* partout. »" in text_of(figure)
    assert 'href="../../participation/index.html#parole-vides"' in figure
    assert figure.index("ctg-lecture") < figure.index("ctg-paroles") < figure.index("<details")


def test_a_figure_of_communes_alone_carries_what_was_said_of_it(templates: Path) -> None:
    heard = told()
    theme_of_it = heard.themes[0]
    finding, count = theme_of_it.findings
    nothing = replace(finding, measure=replace(finding.measure, value=None))
    split = replace(theme_of_it, findings=(count,), missing=(nothing,))
    markdown = theme(replace(heard, themes=(split,)), templates)
    figures = re.findall(r"<figure.*?</figure>", markdown, re.DOTALL)
    (figure,) = [text for text in figures if "ctg-paroles" in text]
    assert 'aria-labelledby="carte-logement"' in figure
    assert "maisons" in figure


def test_other_quotations_stand_in_the_section_of_their_theme(templates: Path) -> None:
    section = theme(told(), templates).split("{#paroles}")[1].split("\n## ")[0]
    assert "Trop cher." in section
    assert "maisons" not in section
    assert "1\u00a0parole est citée plus haut" in section
    assert (
        "[Atelier\u00a0: Habiter ici](../../participation/index.md#parole-atelier-habitat)"
        in section
    )


def test_every_voice_with_an_id_has_its_anchor(templates: Path) -> None:
    markdown = pages(told(), templates)["participation/index.md"]
    assert 'id="parole-vides"' in markdown
    assert 'id="parole-loyers"' in markdown
    assert "### Habiter ici {#parole-atelier-habitat}" in markdown
    assert "### Le bailleur\n" in markdown


def test_each_quotation_stands_once_under_its_theme(templates: Path) -> None:
    markdown = pages(told(), templates)["participation/index.md"]
    assert [markdown.count(words) for words in ("maisons", "Trop cher", "à qui demander")] == [
        1
    ] * 3
    ours, others = markdown.split("{#paroles-logement}")[1].split("{#autres-paroles}")
    assert "maisons" in ours
    assert "Trop cher" in ours
    assert "à qui demander" in others


def test_who_spoke_is_counted_once_in_all(templates: Path) -> None:
    markdown = pages(told(), templates)["participation/index.md"]
    table = markdown.split("{#qui-a-parle}")[1].split("</table>")[0]
    rows = [text_of(row).split() for row in re.findall(r"<tr>.*?</tr>", table)[1:]]
    assert rows == [
        ["Logement", "1", "1", "1", "0", "3"],
        ["Autres", "paroles", "0", "0", "0", "2", "2"],
        ["Ensemble", "1", "1", "1", "2", "5"],
    ]
    assert "connu pour 1 des 2\u00a0rencontres\u00a0: 23\u00a0participations" in markdown


@pytest.mark.parametrize(
    ("written", "told_origin"),
    [
        ({"acteur": "une habitante", "type_acteur": "habitant"}, "Une habitante"),
        ({"acteur": "une mère", "type_acteur": "parent"}, "Une mère · parent"),
        ({"type_acteur": "elu", "lieu": "marché"}, "Élu ou élue · marché"),
        ({"date": "2025-05-01"}, "1er mai 2025"),
        ({}, ""),
    ],
)
def test_the_origin_of_a_quotation_says_each_thing_once(
    written: dict[str, str], told_origin: str
) -> None:
    assert origin(Quote.model_validate({"texte": "Oui.", **written})) == told_origin


def test_quotation_marks_are_never_doubled() -> None:
    assert spoken(Quote(text="«\u00a0Oui.\u00a0»")).text == "Oui."
    for inner in ("Il dit « oui » et « non »", "« Oui » ou « non »"):
        assert spoken(Quote(text=inner)).text == inner


def test_afom_entries_name_what_they_rest_on(templates: Path) -> None:
    section = theme(told(), templates).split("{#afom}")[1]
    parts = re.split(r"\n### ", section)[1:5]
    assert [part.split(" {#")[0] for part in parts] == [
        *("Atouts", "Faiblesses", "Opportunités", "Menaces")
    ]
    assert "Un bailleur présent. *Appui à compléter.*" in parts[0]
    assert "(../../thematiques/logement/index.md#part_logements_vacants)" in parts[1]
    assert "(../../participation/index.md#parole-vides)" in parts[1]
    assert "Rien n’est relevé ici." in parts[2]


def test_a_reading_is_the_territorys_own(templates: Path) -> None:
    section = theme(told(), templates).split("{#chiffres-et-paroles}")[1].split("\n## ")[0]
    assert "2\u00a0chiffres et 3\u00a0paroles portent sur cette thématique." in section
    assert "**Chiffres et paroles se rejoignent.** Tous disent la **vacance**." in section


@pytest.mark.parametrize(
    ("participation", "reading"),
    [
        ({"verbatims": [{"texte": "Oui."}]}, "Chiffres seuls"),
        ({"verbatims": [{"texte": "Oui.", "theme": "logement"}]}, "Lecture à publier"),
    ],
)
def test_without_a_reading_only_silence_is_told(
    templates: Path, participation: dict[str, object], reading: str
) -> None:
    quiet = told(participation=participation, convergence=[], afom=[])
    markdown = pages(quiet, templates)["participation/index.md"]
    table = markdown.split("{#chiffres-et-paroles}")[1].split("</table>")[0]
    assert reading in table
    assert "Accord" not in table
    assert "Divergence" not in table


def test_a_site_where_nobody_spoke_compares_nothing(
    diagnostic: Diagnostic, templates: Path
) -> None:
    for path, markdown in pages(diagnostic, templates).items():
        assert "chiffres-et-paroles" not in markdown, path
        assert "{#afom}" not in markdown, path
    assert "compléter" in pages(diagnostic, templates)["participation/index.md"]


def test_every_link_of_these_pages_leads_somewhere(templates: Path) -> None:
    found = pages(told(), templates)
    for path, markdown in found.items():
        text = re.sub(r"<script.*?</script>", "", markdown)
        links = re.findall(r"\]\(([^)\s]+)", text) + re.findall(r'href="([^"]+)"', text)
        for target in links:
            address, _, anchor = target.partition("#")
            if address.startswith(("http", "mailto", "tel:")) or "donnees/" in address:
                continue
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
            there = there.replace("index.html", "index.md") if address else path
            if path.startswith("donnees") and there not in found:
                continue
            assert there in found, (path, target)
            ids = re.findall(r"\{#([\w-]+)[ }]", found[there])
            ids += re.findall(r'id="([\w-]+)"', found[there])
            assert not anchor or anchor in ids, (path, target)


def test_no_anchor_stands_twice_on_a_page(templates: Path) -> None:
    for path, markdown in pages(told(), templates).items():
        ids = re.findall(r"\{#([\w-]+)[ }]", markdown) + re.findall(r'\bid="([\w-]+)"', markdown)
        assert len(ids) == len(set(ids)), path


def test_what_was_said_cannot_act(templates: Path) -> None:
    evil = "<script>alert(1)</script> [x](javascript:alert(1))"
    said_so = {
        "verbatims": [{"texte": evil, "acteur": evil, "theme": "logement", "id": "evil"}],
        "ateliers": [{"titre": evil, "synthese": evil, "thematiques": ["logement"]}],
    }
    swot = [{"theme": "logement", "type": "atout", "texte": evil, "paroles": ["evil"]}]
    for path, markdown in pages(told(participation=said_so, afom=swot), templates).items():
        assert "<script>alert" not in markdown, path
        outside = re.sub(r"<blockquote.*?</blockquote>", "", markdown)
        assert not re.search(r"(?<!\\)\]\(javascript", outside), path
