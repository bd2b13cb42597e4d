"""Longer texts beside a territory's file: `textes/<page>.md`, and `textes/thematiques/<theme>.md`.

Where the file has a key for a text, the file of texts fills it; a text written twice is an error.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from ctgsite.config.models import TerritoryFile
from ctgsite.config.positions import Document, KeyPath, read_text
from ctgsite.config.spelling import suggestion
from ctgsite.errors import ConfigError, Place, Problem

FOLDER = "textes"
THEMES = "thematiques"
# The texts that a file may hold, and the key of the territory's file that says the same.
KEYS: Mapping[str, tuple[str, ...]] = {
    "presentation": ("presentation",),
    "demarche": ("demarche", "introduction"),
    "participation": ("participation", "introduction"),
    "evaluation": ("evaluation", "introduction"),
}
_INTRODUCED = {
    "demarche": "approach",
    "participation": "participation",
    "evaluation": "evaluation",
}  # the fields whose introduction they are
PAGES = (*KEYS, "priorites", "actions", "falc")


def text_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of texts of a territory's folder; hidden ones are the system's."""
    found = (folder / FOLDER).rglob("*")
    return tuple(sorted(path for path in found if path.is_file() and not path.name.startswith(".")))


def read_texts(
    document: Document,
    folder: Path,
    workspace: Path,
    shown: Collection[str],
    themes: Collection[str],
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Return the texts beside a territory's file, by name, and everything wrong with them.

    Args:
        document: the territory's file.
        folder: `territories/<slug>`.
        workspace: what the places of problems are relative to.
        shown: the themes of the site.
        themes: all themes that it could show.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    valid = (*PAGES, *(f"{THEMES}/{theme}" for theme in themes))
    for path in text_files(folder):
        place = Place(path.relative_to(workspace))
        name = path.relative_to(folder / FOLDER).with_suffix("").as_posix()
        if fault := _name_fault(path, name, valid):
            problems.append(Problem(fault, place))
            continue
        try:
            text = read_text(path, place.path).strip()
        except ConfigError as error:
            problems += error.problems
            continue
        if text:
            texts[name] = text
            problems += _contradictions(document, name, place, shown)
    return texts, tuple(problems)


def with_texts(territory: TerritoryFile, texts: Mapping[str, str]) -> TerritoryFile:
    """Return a territory whose keys say what the files beside it say for them."""
    update: dict[str, Any] = {}
    if "presentation" in texts:
        update["presentation"] = texts["presentation"]
    for name, field in _INTRODUCED.items():
        if name in texts:
            section = getattr(territory, field)
            update[field] = section.model_copy(update={"introduction": texts[name]})
    return territory.model_copy(update=update)


def _name_fault(path: Path, name: str, valid: Collection[str]) -> str:
    """Say why a file is no text of this territory; "" where it is one."""
    if path.suffix != ".md":
        return f"« {path.name} » n’est pas un texte en Markdown : attendu un fichier « .md »"
    return "" if name in valid else f"texte inconnu « {name} »{suggestion(name, valid)}"


def _contradictions(
    document: Document, name: str, place: Place, shown: Collection[str]
) -> Iterator[Problem]:
    """Find a text that the territory's file has already, or that no page shows."""
    theme = _theme(name)
    if key := _written_in(document, name):
        where = f"la thématique « {theme} »" if theme else f"« {' → '.join(KEYS[name])} »"
        line = document.place(key).line
        message = (
            f"{where} a déjà ce texte dans {document.path.name}, ligne {line} : gardez l’un des "
            "deux"
        )
        yield Problem(message, place)
    if theme and theme not in shown:
        message = f"la thématique « {theme} » n’est pas sur le site : ce texte n’y sera pas montré"
        yield Problem(message, place, warning=True)


def _theme(name: str) -> str:
    """Return the theme that a text is about, "" for a page's text."""
    return name.removeprefix(f"{THEMES}/") if name.startswith(f"{THEMES}/") else ""


def _written_in(document: Document, name: str) -> KeyPath | None:
    """Return the key of the territory's file that says a text, None where none does."""
    theme = _theme(name)
    key = _theme_key(document, theme) if theme else KEYS.get(name, ())
    written = (document.text(key) or "").strip() if key else ""
    return key if written else None


def _theme_key(document: Document, theme: str) -> KeyPath:
    chosen = document.data.get("thematiques") if isinstance(document.data, dict) else None
    for at, choice in enumerate(chosen if isinstance(chosen, list) else ()):
        if isinstance(choice, dict) and theme in (choice.get("theme"), choice.get("slug")):
            return ("thematiques", at, "texte")
    return ()
