"""Longer texts beside a territory's file say what its keys would."""

from __future__ import annotations

from pathlib import Path

import pytest
from whole_territory import load_territory

from ctgsite.config.known import KnownNames
from ctgsite.config.models import Territory

HEAD = 'nom: Tournefeuille\ntype: commune\ncodes: ["31557"]\n'


@pytest.fixture
def read(workspace: Path, known: KnownNames):
    """Return a function that reads a territory with one text beside it."""

    def reading(name: str, text: str, written: str = "") -> Territory:
        path = workspace / "territories" / "t.yml"
        path.write_text(HEAD + written, encoding="utf-8")
        file = workspace / "territories" / "t" / "textes" / name
        file.parent.mkdir(parents=True)
        file.write_bytes(text.encode())
        return load_territory(path, workspace, known)

    return reading


def test_a_file_fills_the_key_that_says_the_same(read) -> None:
    assert read("presentation.md", "\ufeffBienvenue.\r\n").presentation == "Bienvenue."


def test_an_introduction_leaves_the_rest_of_its_part(read) -> None:
    territory = read("demarche.md", "Nos étapes.", "demarche: {bilan: Rien n’est oublié.}\n")
    assert territory.approach.introduction == "Nos étapes."
    assert territory.approach.former.text == "Rien n’est oublié."


def test_participation_and_evaluation_are_introduced_too(read) -> None:
    assert read("evaluation.md", "Trois bilans.").evaluation.introduction == "Trois bilans."


def test_a_theme_is_told_whether_the_file_lists_it_or_shows_all(read) -> None:
    assert read("thematiques/logement.md", "Ici.").theme_text("logement") == "Ici."


def test_a_chosen_theme_is_told_by_its_key_or_by_its_file(read) -> None:
    chosen = "thematiques: [{theme: logement}, {theme: seniors, texte: Les aînés.}]\n"
    territory = read("thematiques/logement.md", "Ici.", chosen)
    assert territory.theme_text("logement") == "Ici."
    assert territory.theme_text("seniors") == "Les aînés."
    assert territory.theme_text("population") == ""


def test_texts_without_key_are_kept_by_name(read) -> None:
    assert read("falc.md", "C’est simple.").texts == {"falc": "C’est simple."}


def test_an_empty_file_counts_as_left_out(read) -> None:
    assert read("presentation.md", " \n", "presentation: Bienvenue.\n").presentation == "Bienvenue."
