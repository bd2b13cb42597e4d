"""The page of the démarche: aims, timeline, who took part; nothing is invented."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import orjson
import plotly.graph_objects as go
import pytest
from convention_file import said, told

from ctgsite.config.models import Territory
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.charts.calendar import Stretch, calendar_chart
from ctgsite.pages.charts.counts import counts_chart
from ctgsite.pages.convention.approach import mobilised_block, stages_of
from ctgsite.pages.render import render_pages


def page(diagnostic: Diagnostic, templates: Path) -> str:
    pages = {str(p.path): p.markdown for p in render_pages(diagnostic, templates)}
    return pages["demarche/index.md"]


def test_the_four_aims_stand_first_on_every_site(diagnostic: Diagnostic, templates: Path) -> None:
    markdown = page(diagnostic, templates)
    assert re.findall(r"^\d\. (\w+)", markdown, re.MULTILINE) == [
        *("Construire", "Structurer", "Adapter", "Fixer")
    ]
    assert markdown.index("1. Construire") < markdown.index("## Les deux phases")


def test_phases_and_steps_are_an_ordered_list_with_their_states(templates: Path) -> None:
    markdown = page(told(), templates)
    lists = re.findall(r'<ol class="ctg-frise.*?</ol>', markdown, re.DOTALL)
    assert [text.count("<li ") for text in lists] == [2, 4]
    assert "**Terminé, du 15 janvier 2025 au 30 avril 2025, validé en comité tech" in lists[0]
    assert "nique le 6 mai 2025.**" in lists[0]
    assert "**En cours, à partir du 1er février 2025.**" in lists[1]
    assert "**Le 14 octobre 2025.**" in lists[1]
    assert lists[1].count("à compléter") == 2


def test_a_step_of_which_nothing_is_said_has_no_facts() -> None:
    stages = stages_of(Territory.model_validate(said(demarche={})).approach)
    assert [stage.facts for stage in stages] == [()] * 6
    assert {stage.state for stage in stages} == {"inconnu"}


def test_the_calendar_needs_two_dated_steps(diagnostic: Diagnostic, templates: Path) -> None:
    assert "{#calendrier}" not in page(diagnostic, templates)
    one = {"phases": {"quantitative": {"debut": "2025-01-15"}}}
    assert "{#calendrier}" not in page(told(demarche=one), templates)
    assert "{#calendrier}" in page(told(), templates)


def test_the_calendar_draws_each_stretch_at_its_dates() -> None:
    stretches = [
        Stretch("Un", "Terminé", date(2025, 1, 1), date(2025, 1, 31)),
        Stretch("Deux", "À venir", date(2025, 3, 1), date(2025, 3, 1)),
    ]
    chart = calendar_chart(stretches, ("Terminé", "En cours", "À venir"))
    go.Figure(**chart)
    done, planned = chart["data"]
    assert (done["base"], done["x"], done["y"]) == (["2025-01-01"], [30 * 86_400_000], [0])
    assert (planned["base"], planned["x"], planned["y"]) == (["2025-03-01"], [86_400_000], [1])
    assert done["marker"]["pattern"]["shape"] != planned["marker"]["pattern"]["shape"]


def test_participations_add_up_and_are_no_persons() -> None:
    block = mobilised_block(Territory.model_validate(said()))
    assert block is not None
    rows = [[cell.text for cell in row] for row in block.table.rows]
    assert rows == [
        ["Habitants", "42", "5", "47"],
        ["Élus", "–", "8", "8"],
        ["Ensemble", "42", "13", "55"],
    ]
    assert any("non des personnes distinctes" in s for p in block.passages for s in p.sentences)
    chart = orjson.loads(block.chart)
    go.Figure(**chart)
    assert [(trace["name"], trace["x"]) for trace in chart["data"]] == [
        ("La parole des habitants et des acteurs", [42, 0]),
        ("Le séminaire d’enjeux partagés", [5, 8]),
    ]


def test_categories_beyond_the_palette_keep_looks_of_their_own() -> None:
    names = [f"étape {rank}" for rank in range(12)]
    chart = counts_chart(["Habitants"], names, {("Habitants", name): 1 for name in names})
    looks = [(t["marker"]["color"], t["marker"]["pattern"]["shape"]) for t in chart["data"]]
    assert len(set(looks)) == len(names)


@pytest.mark.parametrize("logo", ["images/cc.png", "cc.png"])
def test_a_logo_is_shown_only_with_a_permission(templates: Path, logo: str) -> None:
    markdown = page(told(), templates)
    assert (
        '<img src="../images/caf.svg" alt="Logo : Caf de la Fictive" width="160" height="80"'
        in markdown.replace("\u00a0", " ")
    )
    assert logo not in markdown


def test_the_former_contract_and_the_frameworks_are_named(templates: Path) -> None:
    markdown = page(told(), templates)
    assert "**Contrat enfance jeunesse, 2019-2022.**" in markdown
    for words in ("Un relais ouvert.", "Peu de places.", "Le comité technique."):
        assert f"- {words}" in markdown
    assert "**Contrat local de santé (CLS)**" in markdown
    assert markdown.count("Plan mercredi") == 1
    habitat = markdown[markdown.index("### Comité habitat") :]
    assert "Thématique\xa0: [Logement](../thematiques/logement/index.md)." in habitat
