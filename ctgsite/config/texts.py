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
KEYS: Mapping[str, KeyPath] = {
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
    document: Document, folder: Path, workspace: Path, themes: Collection[str]
) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """Return the texts beside a territory's file, by name, and everything wrong with them.

    Args:
        document: the territory's file.
        folder: `territories/<slug>`.
        workspace: what the places of problems are relative to.
        themes: those of the site.
    """
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    valid = (*PAGES, *(f"{THEMES}/{theme}" for theme in themes))
    for path in text_files(folder):
        shown = path.relative_to(workspace)
        name = path.relative_to(folder / FOLDER).with_suffix("").as_posix()
        faults = list(_faults(document, path, name, valid))
        problems += [Problem(fault, Place(shown)) for fault in faults]
        try:
            text = read_text(path, shown).strip()
        except ConfigError as error:
            problems += error.problems
            continue
        if text and not faults:
            texts[name] = text
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


def _faults(document: Document, path: Path, name: str, valid: Collection[str]) -> Iterator[str]:
    """Say why a file is no text of this territory."""
    if path.suffix != ".md":
        yield f"« {path.name} » n’est pas un texte en Markdown : attendu un fichier « .md »"
    elif name not in valid:
        yield f"texte inconnu « {name} »{suggestion(name, valid)}"
    elif key := _written_in(document, name):
        line = document.place(key).line
        yield (
            f"« {' → '.join(map(str, key))} » dit déjà ce texte dans {document.path.name}, ligne "
            f"{line} : gardez l’un des deux"
        )


def _written_in(document: Document, name: str) -> KeyPath | None:
    """Return the key of the territory's file that says a text, None where none does."""
    key = KEYS.get(name, ())
    if name.startswith(f"{THEMES}/"):
        key = _theme_key(document, name.removeprefix(f"{THEMES}/"))
    written = (document.text(key) or "").strip() if key else ""
    return key if written else None


def _theme_key(document: Document, theme: str) -> KeyPath:
    chosen = document.data.get("thematiques") if isinstance(document.data, dict) else None
    for at, choice in enumerate(chosen if isinstance(chosen, list) else ()):
        if isinstance(choice, dict) and theme in (choice.get("theme"), choice.get("slug")):
            return ("thematiques", at, "texte")
    return ()
