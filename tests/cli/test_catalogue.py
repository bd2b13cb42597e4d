"""`catalogue` shows every indicator with its definition, its sources and their vintages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from ctgsite import knowledge

ROOT = Path(__file__).parents[2]
Run = Callable[..., Result]


def test_json_holds_every_indicator_with_sources_and_vintages(run: Run) -> None:
    entries = json.loads(run("catalogue", "--format", "json").stdout)["indicators"]
    assert [entry["id"] for entry in entries] == list(knowledge.catalogue().indicators)
    for entry in entries:
        assert entry["label"], entry["id"]
        assert entry["definition"], entry["id"]
        assert entry["sources"], entry["id"]
        assert all(source["vintages"] for source in entry["sources"]), entry["id"]


def test_the_table_is_tab_separated_lines_without_a_terminal(run: Run) -> None:
    lines = run("catalogue").stdout.splitlines()
    assert len(lines) == 1 + len(knowledge.catalogue().indicators)
    assert {line.count("\t") for line in lines} == {4}


def test_json_holds_the_fields_of_the_entries(run: Run) -> None:
    entries = json.loads(run("catalogue", "--format", "json").stdout)["indicators"]
    found = {entry["id"]: entry for entry in entries}["part_logements_vacants"]
    told = "100 × `P_LOGVAC` ÷ `P_LOG` (source : {})."
    assert found["formulas"] == [
        told.format("Recensement de la population (dossier complet, bases communales)"),
        told.format("Comparateur de territoires"),
    ]
    assert found["variables"] == [["P_LOGVAC", "Logements vacants"], ["P_LOG", "Logements"]]
    assert found["levels"] == ["commune", "epci", "departement", "region", "france"]
    assert found["unit"] == "%"
    assert found["caution_threshold"] == 200
    for field in ("reading", "aggregation", "direction", "caution", "chart", "limits", "question"):
        assert found[field], field


def test_markdown_groups_indicators_by_theme(run: Run) -> None:
    text = run("catalogue", "--format", "md").stdout
    before, _, after = text.partition("### Petite enfance")
    assert "#### Foyers allocataires de la Caf" in before
    assert "#### Taux de couverture de la petite enfance" in after


def test_the_documentation_is_what_the_command_prints(run: Run) -> None:
    """`make docs` writes it again."""
    text = run("catalogue", "--format", "md").stdout
    assert text == (ROOT / "docs" / "indicateurs.md").read_text(encoding="utf-8")
