"""`catalogue` shows every indicator with its definition, its sources and their vintages."""

from __future__ import annotations

import json
from collections.abc import Callable

from click.testing import Result

from ctgsite import knowledge

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


def test_markdown_groups_indicators_by_theme(run: Run) -> None:
    text = run("catalogue", "--format", "md").stdout
    assert "## Petite enfance" in text
    assert "| `population` | Population |" in text
