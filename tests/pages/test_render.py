"""The pages of a site: all there, linked, honest about what is missing, as the golden files say.

`make golden` (CTGSITE_GOLDEN=ecrire) rewrites the golden files, to be read in `git diff`.
"""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import replace
from pathlib import Path

import orjson
import plotly.graph_objects as go
import pytest
from testville import VACANCY

from ctgsite.config.models import Territory
from ctgsite.diagnostic.assessment import assess
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.diagnostic.plan import build_plan
from ctgsite.pages.model import Page
from ctgsite.pages.render import render_pages

GOLDEN = Path(__file__).parent / "golden"
GOLDEN_PAGES = (
    "index.md",
    "thematiques/logement/index.md",
    "communes/index.md",
    "communes/00001/index.md",
    "demarche/index.md",
    "methode/index.md",
    "donnees/index.md",
)
FULL = {
    "nom": "Pays d’Essai",
    "type": "epci",
    "codes": ["000000000"],
    "statut": "projet",
    "periode": {"debut": 2025, "fin": 2029},
    "signataires": [{"nom": "Caf de la Fictive", "role": "financeur"}],
    "presentation": "# Ici\n\nUn pays *fictif* <script>alert(1)</script>.",
    "demarche": {
        "phases": {"quantitative": {"etat": "termine", "debut": "2025-03-01", "fin": "2025-06-30"}},
        "etapes": {"attentes_des_acteurs": {"texte": "Douze entretiens.", "validation": "copil"}},
        "gouvernance": {
            "comite_de_pilotage": {
                "membres": ["la Caf", "la CC"],
                "reunions": ["2025-03-01", "2025-04-12"],
            },
            "charge_de_cooperation": "Un poste à mi-temps",
        },
        "mobilisation": [{"acteurs": "habitant", "nombre": 1, "etape": "qualitative"}],
        "bilan": "Rien n’a été oublié.",
        "cadres": [{"nom": "PEDT", "lien": "https://www.exemple.fr/pedt"}],
    },
    "participation": {
        "verbatims": [
            {
                "id": "place",
                "texte": "On manque de *place*.",
                "theme": "logement",
                "acteur": "un père",
            }
        ],
        "ateliers": [{"titre": "Le logement", "date": "2025-05-02", "participants": 12}],
        "entretiens": [{"titre": "Le CCAS", "synthese": "Des demandes urgentes."}],
    },
    "competences": [{"domaine": "Habitat", "titulaire": "epci", "theme": "logement"}],
    "offre": [
        {"type": "ccas", "nom": "CCAS", "theme": "logement", "capacite": 1, "gestionnaire": "la CC"}
    ],
    "enjeux": [
        {
            "id": "loger",
            "titre": "Loger chacun",
            "theme": "logement",
            "constats": ["part_logements_vacants", "inconnu"],
            "paroles": ["place"],
        }
    ],
    "priorites": [
        {
            "id": "habitat",
            "titre": "Mieux habiter",
            "enjeux": ["loger"],
            "objectifs": [
                {
                    "titre": "Remettre en location",
                    "actions": [
                        {
                            "id": "primes",
                            "titre": "Des primes",
                            "theme": "logement",
                            "pilote": "la CC",
                            "statut": "en_cours",
                            "indicateurs": [
                                {"indicateur": "part_logements_vacants"},
                                {"intitule": "nombre de primes"},
                            ],
                        }
                    ],
                }
            ],
        }
    ],
    "editeur": {
        "collectivite": "CC du Pays d’Essai",
        "hebergeur": {"nom": "Hébergeur fictif"},
        "accessibilite": {"conformite": "partielle", "date": "2025-02-01"},
    },
    "population_reference": {"valeur": 3277, "source": "liste de référence"},
    "slug": "pays-d-essai",
}


def by_path(pages: tuple[Page, ...]) -> dict[str, Page]:
    return {str(page.path): page for page in pages}


def full(diagnostic: Diagnostic) -> Diagnostic:
    """Return the diagnostic of a territory whose file says everything."""
    territory = Territory.model_validate(FULL)
    plan = build_plan(territory, {VACANCY.id: VACANCY})
    found = replace(diagnostic, territory=territory, plan=plan)
    return replace(found, evaluation=assess(found))


@pytest.mark.parametrize("path", GOLDEN_PAGES)
def test_golden_pages(diagnostic: Diagnostic, templates: Path, path: str) -> None:
    """Each page reads as its golden file."""
    markdown = by_path(render_pages(diagnostic, templates))[path].markdown
    golden = GOLDEN / path
    if os.environ.get("CTGSITE_GOLDEN") == "ecrire":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(markdown, encoding="utf-8")
    assert markdown == golden.read_text(encoding="utf-8")


def test_every_page_of_the_contract_is_there(diagnostic: Diagnostic, templates: Path) -> None:
    paths = set(by_path(render_pages(diagnostic, templates)))
    assert paths == {
        "index.md",
        "thematiques/logement/index.md",
        "communes/index.md",
        *(f"communes/{code}/index.md" for code in ("00000", "00001", "00002")),
        *(
            f"{name}/index.md"
            for name in (
                *("demarche", "participation", "priorites", "actions", "evaluation"),
                *("fil-conducteur", "brief"),
                *("donnees", "methode", "glossaire", "accessibilite", "mentions-legales"),
                "donnees-personnelles",
            )
        ),
    }


def test_member_communes_stay_out_of_the_menu(diagnostic: Diagnostic, templates: Path) -> None:
    pages = by_path(render_pages(diagnostic, templates))
    assert pages["communes/index.md"].in_nav
    assert not pages["communes/00000/index.md"].in_nav


def test_a_commune_has_no_pages_of_communes(diagnostic: Diagnostic, templates: Path) -> None:
    alone = replace(diagnostic, members=())
    assert not any("communes" in path for path in by_path(render_pages(alone, templates)))


@pytest.mark.parametrize("rich", [False, True])
def test_every_link_leads_somewhere(diagnostic: Diagnostic, templates: Path, rich: bool) -> None:
    """Markdown links name pages and anchors that exist; HTML links name built pages."""
    pages = by_path(render_pages(full(diagnostic) if rich else diagnostic, templates))
    anchors = {path: _anchors(page.markdown) for path, page in pages.items()}
    for path, page in pages.items():
        for target in _links(page.markdown):
            address, _, anchor = target.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
            there = there.replace("index.html", "index.md") if address else path
            assert there in pages or there.startswith("donnees/"), (path, target)
            assert not anchor or anchor in anchors[there], (path, target)


def _links(markdown: str) -> list[str]:
    text = re.sub(r"<script.*?</script>", "", markdown)
    found = re.findall(r"\]\(([^)\s]+)", text) + re.findall(r'href="([^"]+)"', text)
    outside = ("http://", "https://", "mailto:", "tel:", "indicateurs.", "datapackage.")
    return [target for target in found if not target.startswith(outside)]


def _anchors(markdown: str) -> set[str]:
    headings = re.findall(r"\{#([\w-]+)[ }]", markdown)
    return {*headings, *re.findall(r'id="([\w-]+)"', markdown)}


def test_charts_stand_in_their_pages_as_valid_data(diagnostic: Diagnostic, templates: Path) -> None:
    charts = [
        orjson.loads(text)
        for page in render_pages(diagnostic, templates)
        for text in re.findall(r'<script type="application/json">(.*?)</script>', page.markdown)
    ]
    assert len(charts) >= 6
    for chart in charts:
        go.Figure(**chart)


def test_each_figure_has_caption_table_and_source(diagnostic: Diagnostic, templates: Path) -> None:
    markdown = by_path(render_pages(diagnostic, templates))[
        "thematiques/logement/index.md"
    ].markdown
    for figure in re.findall(r"<figure.*?</figure>", markdown, re.DOTALL):
        for element in ("<figcaption>", "<caption>", '<th scope="row">', '<p class="ctg-source">'):
            assert element in figure
        (named,) = re.findall(r'aria-labelledby="([^"]+)"', figure)
        assert f"{{#{named}}}" in markdown


def test_what_people_wrote_is_shown_and_cannot_act(diagnostic: Diagnostic, templates: Path) -> None:
    pages = by_path(render_pages(full(diagnostic), templates))
    assert "&lt;script>alert(1)" in pages["index.md"].markdown
    assert "Douze entretiens." in pages["demarche/index.md"].markdown
    assert "du 1er mars 2025 au 30 juin 2025" in pages["demarche/index.md"].markdown
    assert "1er mars 2025 et 12 avril 2025" in pages["demarche/index.md"].markdown
    assert "On manque de *place*." in pages["thematiques/logement/index.md"].markdown
    assert "actions/primes/index.md" in pages
    assert "en cours" in pages["evaluation/index.md"].markdown
    assert "partiellement conforme" in pages["accessibilite/index.md"].markdown


def test_what_is_unknown_says_so(diagnostic: Diagnostic, templates: Path) -> None:
    pages = by_path(render_pages(diagnostic, templates))
    for path in ("demarche", "participation", "priorites", "actions", "evaluation"):
        assert "compléter" in pages[f"{path}/index.md"].markdown


def test_a_workspaces_own_template_wins(
    diagnostic: Diagnostic, templates: Path, tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "glossaire.md.j2").write_text("# Les mots d’ici\n", encoding="utf-8")
    pages = by_path(render_pages(diagnostic, [templates, tmp_path]))
    assert pages["glossaire/index.md"].markdown == "# Les mots d’ici\n"


def test_pages_have_no_ordinary_space_before_high_marks(
    diagnostic: Diagnostic, templates: Path
) -> None:
    for page in render_pages(full(diagnostic), templates):
        assert not re.search(r"\w [:;?!](\s|$)", page.markdown), page.path
