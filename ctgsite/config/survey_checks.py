"""Checks of a questionnaire's description that need more than its shape."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from ctgsite.config.checks import code_fault
from ctgsite.config.known import KnownNames
from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.spelling import fold, suggestion
from ctgsite.errors import Problem

_CROSSING = ("choix", "echelle", "nombre")  # kinds that put each respondent in one group


def check_survey(
    document: Document,
    known: KnownNames,
    themes: Collection[str],
    indicators: Collection[str],
) -> Iterator[Problem]:
    """Find repeated identifiers, and names of questions, themes, indicators, places unknown."""
    questions = _dicts(document.data, "questions")
    kinds = {str(q.get("id")): str(q.get("type")) for _, q in questions}
    seen: set[str] = set()
    for at, question in questions:
        path: KeyPath = ("questions", at)
        name = str(question.get("id", ""))
        if name and name in seen:
            yield document.problem(f"« {name} » est écrit deux fois", (*path, "id"))
        seen.add(name)
        theme = question.get("theme")
        if isinstance(theme, str) and theme not in themes:
            message = f"thématique inconnue « {theme} »{suggestion(theme, themes)}"
            yield document.problem(message, (*path, "theme"))
        yield from _listed(document, (*path, "constats"), indicators, "indicateur inconnu")
        yield from _crossings(document, path, question, kinds)
        yield from _choices(document, path, question, known, indicators)
    yield from _weighting(document, questions)


def _crossings(
    document: Document, path: KeyPath, question: dict[str, Any], kinds: dict[str, str]
) -> Iterator[Problem]:
    for at, name in enumerate(_items(question, "croiser_par")):
        where = (*path, "croiser_par", at)
        if name not in kinds:
            hint = suggestion(str(name), [*kinds])
            yield document.problem(f"question inconnue « {name} »{hint}", where)
        elif name == question.get("id"):
            yield document.problem("une question ne se croise pas par elle-même", where)
        elif kinds[str(name)] not in _CROSSING:
            message = f"« {name} » ne peut pas croiser : attendu une question à réponse unique"
            yield document.problem(message, where)
        elif question.get("type") == "texte":
            yield document.problem("une question « texte » ne se croise pas", where)
        elif question.get("role"):
            message = "une question de profil ne se croise pas : elle croise les autres"
            yield document.problem(message, where)


def _choices(
    document: Document,
    path: KeyPath,
    question: dict[str, Any],
    known: KnownNames,
    indicators: Collection[str],
) -> Iterator[Problem]:
    """Check that each answer is written once, and that what it compares to exists."""
    seen: dict[str, int] = {}
    for at, choice in _dicts(question, "modalites"):
        where = (*path, "modalites", at)
        for key in ("code", "libelle"):
            word = choice.get(key)
            if not isinstance(word, str) or not word:
                continue
            if seen.setdefault(fold(word), at) != at:
                message = f"« {word} » désigne deux réponses de cette question"
                yield document.problem(message, (*where, key))
        compared = (*where, "recensement")
        if question.get("role") == "commune":
            for place, _ in enumerate(_items(choice, "recensement")):
                code = document.text((*compared, place)) or ""
                if fault := code_fault("commune", code, known):
                    yield document.problem(fault, (*compared, place))
        else:
            yield from _listed(document, compared, indicators, "indicateur inconnu")


def _weighting(
    document: Document, questions: list[tuple[int, dict[str, Any]]]
) -> Iterator[Problem]:
    """Check that answers can be weighted on the questions named."""
    asked = {str(q.get("id")): q for _, q in questions}
    wanted = document.data.get("ponderation") if isinstance(document.data, dict) else None
    for at, name in enumerate(_items(wanted, "sur")):
        path = ("ponderation", "sur", at)
        if name not in asked:
            hint = suggestion(str(name), [*asked])
            yield document.problem(f"question inconnue « {name} »{hint}", path)
        elif not all(choice.get("recensement") for _, choice in _dicts(asked[name], "modalites")):
            message = (
                f"« {name} » ne peut pas servir au redressement : chacune de ses réponses doit "
                "dire à quoi elle se compare (« recensement »)"
            )
            yield document.problem(message, path)
        elif asked[name].get("type") not in ("choix", "echelle"):
            message = f"« {name} » ne peut pas servir au redressement : attendu un choix unique"
            yield document.problem(message, path)


def _listed(
    document: Document, path: KeyPath, valid: Collection[str], unknown: str
) -> Iterator[Problem]:
    at = 0
    while (word := document.text((*path, at))) is not None:
        if word not in valid:
            yield document.problem(f"{unknown} « {word} »{suggestion(word, valid)}", (*path, at))
        at += 1


def _items(data: Any, key: str) -> list[Any]:
    found = data.get(key) if isinstance(data, dict) else None
    return found if isinstance(found, list) else []


def _dicts(data: Any, key: str) -> list[tuple[int, dict[str, Any]]]:
    return [(at, one) for at, one in enumerate(_items(data, key)) if isinstance(one, dict)]
