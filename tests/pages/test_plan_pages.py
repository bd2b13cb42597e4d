"""The plan d'actions on its pages, in its charts and in its workbook."""

from __future__ import annotations

import datetime
import io
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import plotly.graph_objects as go
import pytest
from testville import of_territory, unanswered

from ctgsite.config.models import Territory
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.diagnostic.targets import Outcome, Progress
from ctgsite.pages.charts.readings import readings_chart
from ctgsite.pages.charts.schedule import schedule_chart
from ctgsite.pages.downloads import render_downloads
from ctgsite.pages.evaluation_tables import verdict_words
from ctgsite.pages.plan_blocks import ends_of, states_sentence
from ctgsite.pages.plan_list import plan_filters, plan_rows
from ctgsite.pages.plan_tables import budget_by_axis, budget_by_funder
from ctgsite.pages.plan_words import duration, euros, lateness_sentence, measured
from ctgsite.pages.render import render_pages

CREATED = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
PRIMES = {
    "id": "primes",
    "titre": "Des primes <b>au</b> logement",
    "theme": "logement",
    "constat": "Des logements *vides*.",
    "constats": ["part_logements_vacants", "niveau_vie_median"],
    "paroles": ["place", "logement/besoin"],
    "texte": "Une prime par logement remis en location.",
    "publics": ["propriétaires"],
    "communes": ["00000"],
    "resultats_attendus": ["Vingt logements rouverts"],
    "pilote": "=la CC",
    "referent": "Chargé de l’habitat",
    "elu_referent": "Vice-présidence à l’habitat",
    "partenaires": ["Caf", "Département"],
    "moyens": "Un mi-temps",
    "debut": "2025-02-01",
    "fin": "2026-01-31",
    "priorite": "elevee",
    "statut": "en_cours",
    "jalons": [
        {"date": "2025-06-30", "titre": "Règlement", "atteint_le": "2025-07-02"},
        {"date": "2025-12-31", "titre": "Dix primes"},
    ],
    "budget": {
        "total": 1000.5,
        "reste_a_charge": 200,
        "financeurs": [
            {"nom": "Caf", "type": "caf", "montant": 600.5, "etat": "acquis"},
            {"nom": "Département", "montant": 200, "etat": "sollicite"},
        ],
    },
    "indicateurs": [
        {"indicateur": "part_logements_vacants", "sens": "baisse"},
        {
            "intitule": "Primes versées",
            "nature": "moyens",
            "unite": "primes",
            "t0": {"date": "2025-01-01", "valeur": 0},
            "cible": 20,
            "frequence": "Annuelle",
            "source": "Service habitat",
            "mesures": [
                {"date": "2025-12-31", "valeur": 5},
                {"date": "2026-06-30", "valeur": 12.5},
            ],
        },
    ],
    "fiches_liees": ["guichet"],
    "annexes": [{"titre": "Règlement", "fichier": "annexes/reglement.pdf"}],
    "mise_a_jour": "2026-07-15",
}
GUICHET = {"id": "guichet", "titre": "Un guichet", "pilote": "CCAS", "budget": {"total": 500}}
CONTINUE = {
    "id": "ecoute",
    "titre": "Une écoute",
    "debut": "2027-01-01",
    "continue": True,
    "statut": "realisee",
}
FILE: dict[str, Any] = {
    "slug": "pays-d-essai",
    "nom": "Pays d’Essai",
    "type": "epci",
    "codes": ["000000000"],
    "periode": {"debut": 2025, "fin": 2029},
    "participation": {
        "verbatims": [{"id": "place", "texte": "On manque de place.", "acteur": "un père"}]
    },
    "enjeux": [
        {
            "id": "loger",
            "titre": "Loger chacun",
            "constats": ["part_logements_vacants"],
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
                    "id": "louer",
                    "titre": "Remettre en location",
                    "actions": [PRIMES],
                    "operationnels": [{"id": "aller", "titre": "Aller vers", "actions": [GUICHET]}],
                }
            ],
        },
        {
            "id": "ecouter",
            "titre": "Écouter",
            "objectifs": [{"titre": "Entendre", "actions": [CONTINUE]}],
        },
    ],
}


@pytest.fixture
def planned() -> Diagnostic:
    """The diagnostic of a territory with a plan of three fiches."""
    return of_territory(Territory.model_validate(FILE), unanswered("logement", "besoin"))


@pytest.fixture
def pages(planned: Diagnostic, templates: Path) -> dict[str, str]:
    """The Markdown of each page, by its path."""
    return {str(page.path): page.markdown for page in render_pages(planned, templates)}


def plain(markdown: str) -> str:
    """Return a page with ordinary spaces."""
    return re.sub("[\u00a0\u202f]", " ", markdown)


def test_a_fiche_says_every_field_in_the_order_an_elu_reads(pages: dict[str, str]) -> None:
    page = plain(pages["actions/primes/index.md"])
    headings = re.findall(r"^## (.+)$", page, re.MULTILINE)
    assert headings == [
        "Ce que l’on fait",
        "Pourquoi",
        "Avec qui",
        "Quand",
        "Pour quel budget",
        "Où en est-on ?",
        "Fiches liées",
        "Documents joints",
    ]
    for told in (
        "[Mieux habiter](../../priorites/index.md#axe-habitat)",
        "Remettre en location",
        "Une prime par logement remis en location.",
        "**Pour qui** : propriétaires",
        "**Où** : Testville",
        "- Vingt logements rouverts",
        "Des logements *vides*.",
        "[Loger chacun](../../priorites/index.md#enjeu-loger)",
        (
            "[Part des logements vacants]"
            "(../../thematiques/logement/index.md#part_logements_vacants) : En 2018, 8,6 %"
        ),
        "[« On manque de place. »](../../participation/index.md#parole-place) : Un père.",
        "(../../participation/logement/index.md#question-logement-besoin)",
        "Chargé de l’habitat",
        "Vice-présidence à l’habitat",
        "Caf et Département",
        "Un mi-temps",
        "Du 1er février 2025 au 31 janvier 2026.",
        "atteint le 2 juillet 2025",
        "pas encore atteint",
        "1 000,50 €",
        "600,50 €",
        "sollicité",
        (
            "Au 15 juillet 2026, cette action a un retard de 5 mois : la fin était prévue le "
            "31 janvier 2026."
        ),
        "0 prime (1er janv. 2025)",
        "20 primes",
        "5 primes (31 déc. 2025) ; 12,5 primes (30 juin 2026)",
        "62 % du chemin vers la cible",
        "fréquence : annuelle ; Service habitat",
        "8,6 %, 2018",
        "[Un guichet](../../actions/guichet/index.md)",
        "[Règlement](../../annexes/reglement.pdf)",
        "Fiche mise à jour le 15 juillet 2026.",
    ):
        assert told in page, told


def test_a_fiche_that_says_little_says_what_is_missing(pages: dict[str, str]) -> None:
    page = plain(pages["actions/guichet/index.md"])
    assert page.count("compléter") >= 8
    assert "[Des primes" in page  # the link is told from both sides
    assert "Financement à préciser" in page
    assert "**Où** : tout le territoire" in page


def test_what_people_wrote_cannot_act(pages: dict[str, str]) -> None:
    for path in ("actions/primes/index.md", "actions/index.md", "actions/livret/index.md"):
        assert "<b>" not in pages[path]


def test_the_booklet_holds_every_fiche_and_no_chart(pages: dict[str, str]) -> None:
    page = pages["actions/livret/index.md"]
    assert re.findall(r"\{#livret-([a-z]+)\}", page) == ["primes", "guichet", "ecoute"]
    assert page.count("### Pour quel budget") == 3
    assert "ctg-graphique" not in page


def test_without_any_fiche_there_is_neither_booklet_nor_workbook(
    diagnostic: Diagnostic, templates: Path
) -> None:
    found = {str(page.path) for page in render_pages(diagnostic, templates)}
    assert "actions/livret/index.md" not in found
    files = {asset.path.name for asset in render_downloads(diagnostic, CREATED)}
    assert "plan-actions.xlsx" not in files


def test_priorities_tell_what_rests_on_what(pages: dict[str, str]) -> None:
    page = plain(pages["priorites/index.md"])
    for told in (
        "### Loger chacun {#enjeu-loger}",
        "(../thematiques/logement/index.md#part_logements_vacants)",
        "(../participation/index.md#parole-place)",
        "[Axe : Mieux habiter](#axe-habitat)",
        "### Mieux habiter {#axe-habitat}",
        "Enjeu auquel il répond : [Loger chacun](../priorites/index.md#enjeu-loger).",
        "Budget de ses fiches actions : 1 500,50 €.",
        "#### Objectif : Remettre en location {#objectif-louer}",
        "##### Objectif opérationnel : Aller vers {#objectif-aller}",
        "(../actions/primes/index.md) : en cours, retard de 5 mois",
    ):
        assert told in page, told


def test_every_fiche_stands_in_the_list_with_what_filters_compare(pages: dict[str, str]) -> None:
    page = pages["actions/index.md"]
    rows = re.findall(r'<li class="ctg-fiche"([^>]*)>', page)
    assert len(rows) == 3
    assert 'data-axe="habitat"' in rows[0]
    assert 'data-commune="00000"' in rows[0]
    assert 'data-commune="*"' in rows[1]
    assert 'data-annee="2025|2026"' in rows[0]
    assert 'data-annee="2027|2028|2029"' in rows[2]
    assert re.search(r'<form class="ctg-filtres"[^>]* hidden>', page)
    labels = re.findall(r'<label for="([^"]+)">', page)
    assert labels == re.findall(r'<select id="([^"]+)"', page)


def test_a_filter_without_a_choice_is_not_offered(planned: Diagnostic) -> None:
    names = {one.name: [value for value, _ in one.options] for one in plan_filters(planned)}
    assert names == {
        "axe": ["habitat", "ecouter"],
        "pilote": ["=la CC", "CCAS"],
        "statut": ["realisee", "en_cours"],
        "annee": ["2025", "2026", "2027", "2028", "2029"],
    }
    for name, options in names.items():
        offered = {value for row in plan_rows(planned) for value in dict(row.values)[name]}
        assert set(options) <= offered


def test_the_states_are_summed_up(planned: Diagnostic) -> None:
    text = plain(states_sentence(planned.plan.actions, planned.plan.as_of))
    assert text == (
        "3 fiches actions : 1 réalisée, 1 en cours et 1 sans statut ; 1 est en retard au "
        "15 juillet 2026."
    )


def cells(table: Any) -> list[list[str]]:
    return [[plain(cell.text) for cell in row] for row in table.rows]


def test_budgets_add_up_to_what_is_shown(planned: Diagnostic) -> None:
    budget = planned.plan.budget
    assert cells(budget_by_axis(budget, lambda axis: axis)) == [
        ["Mieux habiter", "1 500,50 €", "800,50 €", "200 €", "500 €"],
        ["Écouter", "–", "–", "–", "–"],
        ["Total", "1 500,50 €", "800,50 €", "200 €", "500 €"],
    ]
    assert cells(budget_by_funder(budget.whole)) == [
        ["Caf", "600,50 €", "–", "600,50 €"],
        ["Département", "–", "200 €", "200 €"],
        ["Reste à charge", "–", "–", "200 €"],
        ["Financement à préciser", "–", "–", "500 €"],
        ["Total", "–", "–", "1 500,50 €"],
    ]


def test_the_calendar_is_a_figure_that_plotly_accepts(planned: Diagnostic) -> None:
    ends = ends_of(planned.plan, planned.territory)
    assert ends == (datetime.date(2025, 1, 1), datetime.date(2029, 12, 31))
    actions = [one.action for one in planned.plan.actions]
    chart = schedule_chart(actions, ends, planned.plan.as_of)
    assert chart is not None
    go.Figure(**chart)
    bars, milestones, arrows = chart["data"]
    assert bars["base"] == ["2025-02-01", "2027-01-01"]
    assert bars["x"] == [365 * 86_400_000, 1096 * 86_400_000]  # the last days count
    assert milestones["marker"]["symbol"] == ["diamond", "diamond-open"]
    assert arrows["y"] == [1]
    assert "&lt;b&gt;" in chart["layout"]["annotations"][0]["text"]
    assert "en cours" in chart["layout"]["annotations"][0]["text"]


def test_without_dates_there_is_a_table_and_no_chart(planned: Diagnostic) -> None:
    guichet = planned.plan.actions[1].action
    assert schedule_chart([guichet], (datetime.date(2025, 1, 1), datetime.date(2025, 2, 1))) is None


def test_measures_are_a_line_towards_the_target(planned: Diagnostic) -> None:
    _, primes = planned.plan.actions[0].followed
    chart = readings_chart(primes)
    assert chart is not None
    go.Figure(**chart)
    target, line = chart["data"]
    assert line["y"] == [0, 5, 12.5]
    assert target["y"] == [20, 20]
    assert "20" in target["text"][0]
    assert readings_chart(planned.plan.actions[0].followed[0]) is None


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("2026-01-02", "1 jour"),
        ("2026-02-28", "58 jours"),
        ("2026-03-02", "2 mois"),
        ("2026-12-31", "11 mois"),
        ("2027-01-01", "1 an"),
        ("2028-04-15", "2 ans et 3 mois"),
    ],
)
def test_durations_are_told_in_the_unit_that_suits_them(end: str, told: str) -> None:
    start = datetime.date(2026, 1, 1)
    assert plain(duration(start, datetime.date.fromisoformat(end))) == told


@pytest.mark.parametrize(
    ("amount", "told"),
    [("1250.50", "1 250,50 €"), ("480000", "480 000 €"), ("0", "0 €"), ("10.00", "10 €")],
)
def test_amounts_have_cents_where_there_are_some(amount: str, told: str) -> None:
    assert plain(euros(Decimal(amount))) == told


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (12.0, "places", "12 places"),
        (1.0, "places", "1 place"),
        (12.5, "%", "12,5 %"),
        (0.125, "", "0,13"),
    ],
)
def test_values_are_told_as_they_were_stated(value: float, unit: str, told: str) -> None:
    assert plain(measured(value, unit)) == told


def test_a_start_that_has_passed_is_told(planned: Diagnostic) -> None:
    late = planned.plan.actions[0].late
    assert late is not None
    text = plain(lateness_sentence(replace(late, of="debut")))
    assert text.endswith("le début était prévu le 31 janvier 2026.")


@pytest.mark.parametrize(
    ("verdict", "share", "told"),
    [
        (Progress.ON_TRACK, 0.999, "En bonne voie (99 % du chemin vers la cible)"),
        (Progress.AWAY, -0.2, "S’éloigne"),
        (Progress.REACHED, None, "Cible atteinte"),
    ],
)
def test_a_target_is_never_told_as_reached_before_it_is(
    planned: Diagnostic, verdict: Progress, share: float | None, told: str
) -> None:
    _, primes = planned.evaluation.tracked_of("primes")
    found = replace(primes, outcome=Outcome(verdict, share=share))
    assert plain(verdict_words(found)) == told


def workbook(diagnostic: Diagnostic) -> bytes:
    files = {asset.path.name: asset.content for asset in render_downloads(diagnostic, CREATED)}
    return files["plan-actions.xlsx"]


def test_the_workbook_reads_back_with_real_numbers_and_dates(planned: Diagnostic) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(planned)))
    assert book.sheetnames == ["Fiches", "Indicateurs", "Budget"]
    read = {
        name: [dict(zip(header, row, strict=True)) for row in rows]
        for name in book.sheetnames
        for header, *rows in [list(book[name].iter_rows(values_only=True))]
    }
    fiche = read["Fiches"][0]
    assert [row["Identifiant"] for row in read["Fiches"]] == ["primes", "guichet", "ecoute"]
    assert fiche["Début"] == datetime.datetime(2025, 2, 1)  # noqa: DTZ001 - a cell has no zone
    assert fiche["Budget total (€)"] == 1000.5
    assert fiche["Retard (jours)"] == 165
    assert fiche["Pilote"] == "=la CC"
    assert book["Fiches"]["L2"].data_type == "s"  # text, never a formula
    assert fiche["Fiches liées"] == "guichet"
    site, primes = read["Indicateurs"]
    assert site["Indicateur du site"] == "part_logements_vacants"
    assert (primes["T0 : valeur"], primes["Cible"]) == (0, 20)
    assert (primes["Mesure 2 : valeur"], primes["Part du chemin"]) == (12.5, 0.625)
    total = sum(row["Montant (€)"] for row in read["Budget"])
    assert total == float(planned.plan.budget.whole.total) == 1500.5


def test_the_workbook_has_the_same_bytes_each_time(planned: Diagnostic) -> None:
    assert workbook(planned) == workbook(planned)


def test_the_page_of_downloads_lists_the_plan(
    planned: Diagnostic, diagnostic: Diagnostic, pages: dict[str, str], templates: Path
) -> None:
    assert 'href="plan-actions.xlsx"' in pages["donnees/index.md"]
    without = {str(page.path): page.markdown for page in render_pages(diagnostic, templates)}
    assert "plan-actions" not in without["donnees/index.md"]
