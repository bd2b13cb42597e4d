"""Checks of the evaluation: what it names must exist, its dates stand in the convention's period.

They read the document itself, so that a fault elsewhere in the file hides none of theirs.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from ctgsite.config.frozen import FOLDER, FrozenEdition, read_frozen
from ctgsite.config.known import KnownNames
from ctgsite.config.patterns import texts, values
from ctgsite.config.positions import Document, KeyPath, read_yaml
from ctgsite.config.questionnaires import FOLDER as QUESTIONNAIRES
from ctgsite.config.spelling import suggestion
from ctgsite.errors import ConfigError, Place, Problem

_EDITIONS = ("evaluation", "editions", "*")
_BILANS = ("evaluation", "bilans", "*")
_AXES = (("evaluation", "axes", "*"), (*_BILANS, "axes", "*"))
_QUESTIONS = ("coherence", "atteinte", "moyens", "durabilite")
_KINDS = {"constats": "indicateur inconnu", "actions": "fiche action inconnue"}
_OBJECTIVES = ("priorites", "*", "objectifs", "*")
_PLACES_OF_ACTIONS = ((*_OBJECTIVES, "actions"), (*_OBJECTIVES, "operationnels", "*", "actions"))


def evaluation_problems(
    document: Document, known: KnownNames, folder: Path, own: Collection[str] = ()
) -> Iterator[Problem]:
    """Find what is wrong with `evaluation`, besides its frozen files.

    `own` are the indicators that the territory's own files add to the catalogue's.
    """
    yield from _repeated(document)
    axes = [str(value) for _, value in values(document.data, ("priorites", "*", "id"))]
    for pattern in _AXES:
        for path, axis in texts(document.data, (*pattern, "axe")):
            if axis not in axes:
                yield document.problem(f"axe inconnu « {axis} »{suggestion(axis, axes)}", path)
    yield from _citations(document, (*known.indicators, *own), folder)
    yield from _dates(document)
    yield from _baseline(document)


def edition_problems(
    document: Document, folder: Path, workspace: Path, *, freezing: bool = False
) -> Iterator[Problem]:
    """Find what is wrong between the editions declared and the frozen files.

    While one is being frozen, a file may be missing.
    """
    files = {path.stem: path for path in sorted((folder / FOLDER).glob("*.csv"))}
    declared = {edition: path for path, edition in texts(document.data, (*_EDITIONS, "id"))}
    for edition, path in declared.items():
        if edition not in files and not freezing:
            yield document.problem(_without_file(edition, folder, files, declared), path)
    for edition, file in files.items():
        if edition not in declared:
            message = (
                f'aucune édition ne déclare ce fichier : ajoutez « - id: "{edition}" » à '
                "« evaluation: editions: »"
            )
            yield Problem(message, Place(file.relative_to(workspace)), warning=True)
        try:
            read_frozen(file, workspace)
        except ConfigError as error:
            yield from error.problems


def read_editions(folder: Path, workspace: Path) -> tuple[FrozenEdition, ...]:
    """Return the frozen figures of a territory's folder, by edition.

    Raises:
        ConfigError: a file is not as `ctgsite freeze` writes them.
    """
    files = sorted((folder / FOLDER).glob("*.csv"))
    return tuple(read_frozen(path, workspace) for path in files)


def _without_file(
    edition: str, folder: Path, files: Collection[str], declared: Collection[str]
) -> str:
    """Say that a declared edition has no file, and which file it may mean."""
    spare = [stem for stem in files if stem not in declared]
    near = suggestion(edition, spare) if spare else ""
    command = f" : « ctgsite freeze {folder.name} --edition {edition} » l’écrit"
    where = f"territories/{folder.name}/{FOLDER}/{edition}.csv"
    return f"l’édition « {edition} » n’a pas de chiffres ({where}){near or command}"


def _repeated(document: Document) -> Iterator[Problem]:
    patterns: tuple[KeyPath, ...] = ((*_EDITIONS, "id"), (*_BILANS, "id"))
    for pattern in (*patterns, ("evaluation", "axes", "*", "axe")):
        seen: dict[str, int] = {}
        for path, word in texts(document.data, pattern):
            line = document.place(path).line
            if seen.setdefault(word, line) != line:
                message = f"« {word} » est écrit deux fois (déjà à la ligne {seen[word]})"
                yield document.problem(message, path)


def _citations(document: Document, indicators: Collection[str], folder: Path) -> Iterator[Problem]:
    """Check the evidence of each answer."""
    valid = {"constats": indicators, "actions": _actions(document, folder)}
    voices = _voices(document)
    for pattern in _AXES:
        for question in _QUESTIONS:
            answer = (*pattern, "questions", question)
            for key, kind in _KINDS.items():
                for path, word in texts(document.data, (*answer, key, "*")):
                    if word not in valid[key]:
                        hint = suggestion(word, valid[key])
                        yield document.problem(f"{kind} « {word} »{hint}", path)
            for path, word in texts(document.data, (*answer, "paroles", "*")):
                if fault := _voice_fault(word, voices, folder):
                    yield document.problem(fault, path)


def _actions(document: Document, folder: Path) -> list[str]:
    """Return the ids of all fiches, those in files of their own too."""
    found = [
        str(value)
        for pattern in _PLACES_OF_ACTIONS
        for _, value in values(document.data, (*pattern, "*", "id"))
    ]
    return [*found, *(path.stem for path in sorted((folder / "actions").glob("*.yml")))]


def _voices(document: Document) -> list[str]:
    kinds = ("verbatims", "ateliers", "entretiens")
    patterns = [("participation", kind, "*", "id") for kind in kinds]
    return [str(value) for one in patterns for _, value in values(document.data, one)]


def _voice_fault(word: str, voices: Collection[str], folder: Path) -> str:
    """Say why a voice cannot be cited, "" where it can."""
    survey, slash, question = word.partition("/")
    if not slash:
        return "" if word in voices else f"parole inconnue « {word} »{suggestion(word, voices)}"
    surveys = {path.stem: path for path in sorted((folder / QUESTIONNAIRES).glob("*.yml"))}
    if survey not in surveys:
        return f"questionnaire inconnu « {survey} »{suggestion(survey, surveys)}"
    try:
        data = read_yaml(surveys[survey]).data
    except ConfigError:  # told where the file itself is read
        return ""
    questions = [str(value) for _, value in values(data, ("questions", "*", "id"))]
    if question in questions:
        return ""
    return f"question inconnue « {question} » dans « {survey} »{suggestion(question, questions)}"


def _dates(document: Document) -> Iterator[Problem]:
    """Hold the bilans to the years of the convention."""
    years = [_at(document.data, ("periode", key)) for key in ("debut", "fin")]
    first, last = (year if isinstance(year, int) else None for year in years)
    for path, written in values(document.data, (*_BILANS, "date")):
        date = _date(written)
        if date is None or first is None or last is None or first <= date.year <= last:
            continue
        message = f"le bilan est daté de {date.year}, hors de la convention ({first} à {last})"
        yield document.problem(message, path)


def _baseline(document: Document) -> Iterator[Problem]:
    editions = [str(value) for _, value in values(document.data, (*_EDITIONS, "id"))]
    named = _at(document.data, ("evaluation", "t0"))
    if isinstance(named, str) and named not in editions:
        hint = suggestion(named, editions)
        yield document.problem(f"édition inconnue « {named} »{hint}", ("evaluation", "t0"))
    if named in (None, "") and len(editions) > 1:
        message = f'laquelle est le point de départ ? Écrivez « t0: "{editions[0]}" », par exemple'
        yield document.problem(message, ("evaluation", "editions"), key=True, warning=True)


def _date(value: Any) -> datetime.date | None:
    if isinstance(value, datetime.date):
        return value
    try:
        return datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _at(data: Any, path: KeyPath) -> Any:
    return next((value for _, value in values(data, path)), None)
