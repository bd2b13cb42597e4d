"""Pydantic's errors, told in French at their place in a YAML file, with the nearest spelling."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ctgsite.config.fields import SLUG_PATTERN
from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.spelling import suggestion
from ctgsite.errors import Problem

Model = TypeVar("Model", bound=BaseModel)
Part = TypeVar("Part")

_EXPECTED = {
    "string_type": "un texte (entre guillemets si c’est un nombre)",
    "int_type": "un nombre entier, sans guillemets ni espaces",
    "int_parsing": "un nombre entier, sans guillemets ni espaces",
    "int_from_float": "un nombre entier",
    "float_type": "un nombre, avec un point pour les décimales",
    "float_parsing": "un nombre, avec un point pour les décimales",
    "bool_type": "true ou false",
    "bool_parsing": "true ou false",
    "tuple_type": "une liste, un « - » par ligne",
    "list_type": "une liste, un « - » par ligne",
    "dict_type": "des clés et leurs valeurs (« clé: valeur »)",
    "model_type": "des clés et leurs valeurs (« clé: valeur »)",
    "too_short": "au moins un élément",
}


def validate(model: type[Model], document: Document) -> tuple[Model | None, tuple[Problem, ...]]:
    """Return what a document says as a model, or every problem that prevents it.

    A key without a value counts as left out, so that a skeleton can be filled in little by little.
    """
    if not isinstance(document.data, dict):
        message = "attendu des clés et leurs valeurs (« nom: Tournefeuille »)"
        return None, (document.problem(message),)
    try:
        found = model.model_validate(_without_empty(document.data), by_alias=True, by_name=False)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, tuple(
            _problem(detail, model, document)
            for detail in details
            # Pydantic finds a list too short once its faulty items, reported already, are out.
            if not (detail["type"] == "too_short" and detail["input"])
        )
    return found, ()


def valid_part(kind: type[Part], value: Any) -> Part | None:
    """Return a part of a file as its type, None where it says nothing or is wrong.

    What is wrong with it is told by `validate`, which reads the whole.
    """
    adapter = TypeAdapter(kind)
    try:
        return adapter.validate_python(_without_empty(value), by_alias=True, by_name=False)
    except ValidationError:
        return None


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_empty(item) for k, item in value.items() if item not in (None, "")}
    if isinstance(value, list):
        return [_without_empty(item) for item in value]
    return value


def _problem(detail: ErrorDetails, model: type[BaseModel], document: Document) -> Problem:
    path: KeyPath = detail["loc"]
    match detail["type"]:
        case "missing" if document.has(path):
            return document.problem(f"« {path[-1]} » est vide", path, key=True)
        case "missing":
            return document.problem(f"il manque la clé « {path[-1]} »", path[:-1], key=True)
        case "extra_forbidden":
            valid = keys_at(model, path[:-1])
            message = f"clé inconnue « {path[-1]} »{suggestion(str(path[-1]), valid)}"
            return document.problem(message, path, key=True)
        case _:
            named, fault = f"{_label(path)} : " if path else "", _fault(detail, document)
            return document.problem(f"{named}{fault}", _blamed(path, fault, document))


def _blamed(path: KeyPath, fault: str, document: Document) -> KeyPath:
    """Return where the key stands that a fault between keys begins with: “« fin » vient avant…”."""
    key = re.match(r"« (\w+) »", fault)
    inner = (*path, key[1]) if key else path
    return inner if document.has(inner) else path


def _fault(detail: ErrorDetails, document: Document) -> str:
    """Say what is wrong with a value, and what was expected."""
    kind, context = detail["type"], detail.get("ctx", {})
    written = document.text(detail["loc"])
    given = f"« {written} »" if written is not None else "cette valeur"
    if kind == "literal_error":
        valid = re.findall(r"'([^']*)'", context["expected"])
        return f"{given} n’est pas admis{suggestion(written or '', valid)}"
    if kind == "value_error":
        return str(context["error"])
    if kind == "greater_than_equal":
        return f"{given} est trop petit (au moins {context['ge']})"
    if kind == "less_than_equal":
        return f"{given} est trop grand (au plus {context['le']})"
    if kind == "string_pattern_mismatch":
        return f"{given} est mal écrit : {_pattern(context['pattern'])}"
    if kind == "string_type" and isinstance(detail["input"], int | float) and written is not None:
        return f'attendu un texte : écrivez "{written}", entre guillemets'
    return f"attendu {_EXPECTED.get(kind, 'une autre valeur')}"


def _pattern(pattern: str) -> str:
    if pattern == SLUG_PATTERN:
        return "minuscules sans accent, chiffres et tirets (« petite-enfance »)"
    if "a-fA-F" in pattern:
        return "une couleur s’écrit « #1d4e89 »"
    return f"attendu {pattern}"


def _label(path: KeyPath) -> str:
    """Name a value by its keys, counting list items from 1: « signataires (2) → nom »."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int) and words:
            words[-1] += f" ({step + 1})"
        else:
            words.append(str(step))
    return f"« {' → '.join(words)} »"


def keys_at(model: type[BaseModel], path: KeyPath) -> tuple[str, ...]:
    """Return the keys that a model accepts at a path."""
    found: type[BaseModel] | None = model
    for step in path:
        if isinstance(step, str) and found is not None:
            found = _model_of_key(found, step)
    return () if found is None else tuple(_aliases(found))


def _model_of_key(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    fields = (field for field in model.model_fields.values())
    named = (field for name, field in zip(_aliases(model), fields, strict=True) if name == key)
    field = next(named, None)
    return next(_models_in(field.annotation), None) if field else None


def _aliases(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from _models_in(inner)
