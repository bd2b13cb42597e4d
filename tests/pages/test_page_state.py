"""How far a page has been validated: its own state, else the one above, else that of the site."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from convention_file import said, told

from ctgsite.config.models import Territory
from ctgsite.pages.page_state import state_of
from ctgsite.pages.render import render_pages

DECLARED = {
    "toutes": {"etat": "cotech"},
    "thematiques": {"etat": "copil", "date": "2026-03-03"},
    "thematiques/logement": {"etat": "brouillon", "date": "2026-04-01"},
    "actions": {"etat": "deliberation", "date": "2026-05-01"},
}


def state(folder: str, **changes: Any) -> str:
    return state_of(Territory.model_validate(said(**changes)), folder)


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("thematiques/logement", "brouillon du 1er avril 2026"),
        ("thematiques/population", "validé en comité de pilotage le 3 mars 2026"),
        ("demarche", "validé en comité technique"),
        ("", "validé en comité technique"),
        ("actions/primes", "adopté par délibération le 1er mai 2026"),
        ("participation/parents", "validé en comité technique"),
        ("methode", ""),
        ("communes/00000", ""),
    ],
)
def test_a_page_has_its_own_state_or_the_one_above(folder: str, words: str) -> None:
    assert state(folder, validations=DECLARED) == words


@pytest.mark.parametrize(
    ("statut", "words"), [("projet", "brouillon"), ("illustration", ""), ("adopte", "")]
)
def test_without_declaration_only_a_working_document_is_a_draft(statut: str, words: str) -> None:
    assert state("demarche", statut=statut) == words


def test_the_state_stands_once_under_the_title_of_each_page(templates: Path) -> None:
    pages = {str(p.path): p.markdown for p in render_pages(told(validations=DECLARED), templates)}
    line = 'class="ctg-validation"'
    for path, markdown in pages.items():
        shown = not path.startswith(
            ("communes", "donnees", "methode", "glossaire", "accessibilite", "mentions")
        )
        assert markdown.count(line) == shown, path
        under = markdown.partition("\n# ")[2] or markdown
        assert not shown or line in under.splitlines()[2], path
