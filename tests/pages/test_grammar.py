"""Every chart has a place in the grammar, and the architecture shows the grammar as it is."""

from __future__ import annotations

from pathlib import Path

from ctgsite.pages import charts
from ctgsite.pages.charts.grammar import GRAMMAR

ROOT = Path(__file__).parents[2]
PACKAGE = Path(charts.__file__).parent


def test_every_module_that_draws_a_chart_is_in_the_grammar() -> None:
    drawn = {
        path.stem
        for path in PACKAGE.glob("*.py")
        if "_chart(" in path.read_text(encoding="utf-8") and path.stem != "stacked"
    }
    named = {module for form in GRAMMAR for module in form.modules}
    assert drawn | {"heat_table"} == named


def test_each_form_answers_a_question_of_its_own() -> None:
    assert len({form.question for form in GRAMMAR}) == len(GRAMMAR)


def test_the_architecture_has_the_same_table() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for form in GRAMMAR:
        modules = ", ".join(f"`{name}`" for name in form.modules)
        assert f"| {form.name} | {form.question} | {modules} |" in text
