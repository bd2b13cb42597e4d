"""Everything the command line says is French, click's own texts included."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from click.testing import Result

import ctgsite.cli
from ctgsite.cli import main

Run = Callable[..., Result]

LOCALE = Path(ctgsite.cli.__file__).parent / "locale" / "fr" / "LC_MESSAGES"
CLICK = Path(click.__file__).parent
# Files of click whose texts this command line never shows: prompts, editors, shell completion.
UNUSED = {
    "_termui_impl.py", "_winconsole.py", "decorators.py", "shell_completion.py", "termui.py",
    "utils.py",
}  # fmt: skip
# Said to developers, or of types that no option here has.
NEVER_SHOWN = (
    "deprecated", "defined twice", "declaration", "cannot use the same", "Did you mean to declare",
    "the format", "UUID",
)  # fmt: skip


def texts_of_click() -> set[str]:
    found = set()
    for name, _, text, *_ in extract_from_dir(CLICK, keywords={"_": None, "ngettext": (1, 2)}):
        first = text if isinstance(text, str) else text[0]
        if name not in UNUSED and not any(words in first for words in NEVER_SHOWN):
            found.add(first)
    return found


def catalogue() -> Any:
    with (LOCALE / "messages.po").open("rb") as file:
        return read_po(file, locale="fr")


def translations(texts: Any) -> dict[str, list[str]]:
    """Return the French of each text; of a plural, its forms."""
    return {
        (entry.id if isinstance(entry.id, str) else entry.id[0]): [*entry.string]
        for entry in texts
        if entry.id
    }


def test_every_text_of_click_that_can_show_is_translated() -> None:
    assert texts_of_click() <= set(translations(catalogue()))


def test_the_compiled_texts_are_those_of_the_source() -> None:
    with (LOCALE / "messages.mo").open("rb") as file:
        compiled = read_mo(file)
    assert translations(compiled) == translations(catalogue())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["bild"], "Commande inconnue : bild. Vouliez-vous dire 'build' ?"),
        (["build", "--forc"], "Option inconnue : --forc. Vouliez-vous dire"),
        (["build", "--engine", "hugo"], "« hugo » n’est pas admis : attendu 'mkdocs'"),
        (["build", "--workers", "0"], "0 n’est pas dans l’intervalle x>=1"),
        (["build", "--workers", "deux"], "« deux » n’est pas un nombre valide"),
        (["build", "--output"], "L’option --output demande une valeur"),
        (["new"], "Il manque l’argument 'CODE...'"),
        (["new", "31541", "31557"], "nommez-le avec --nom"),
        (["serve"], "Il manque l’argument 'SLUG'"),
        (["serve", "seilh", "talant"], "Argument en trop (talant)"),
        (["data", "import", "absent.csv"], "Chemin « absent.csv » n’existe pas"),
        (["data", "status", "--store", "absent"], "Dossier « absent » n’existe pas"),
        (["catalogue", "--format", "xml"], "« xml » n’est pas admis"),
    ],
)
def test_wrong_usage_is_explained_and_exits_with_2(
    run: Run, words: list[str], expected: str
) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert expected in result.stderr
    assert "Erreur" in result.stderr
    assert result.stdout == ""


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path]
    for name, command in group.commands.items():
        inner = (*path, name)
        found += commands(command, inner) if isinstance(command, click.Group) else [inner]
    return found


@pytest.mark.parametrize("path", commands(main), ids=" ".join)
def test_every_command_has_its_help_in_french(run: Run, path: tuple[str, ...]) -> None:
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert "Usage :" in result.stdout
    assert "Affiche cette aide." in result.stdout
    for english in (" the ", "Show", "COMMAND ", "[default", "[required"):
        assert english not in result.stdout


def test_the_version_is_shown(run: Run) -> None:
    assert run("--version").stdout.startswith("ctgsite, version ")
