"""The JSON Schema of a territory's file, from which editors complete, explain and check it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ctgsite.config.known import KnownNames
from ctgsite.config.local_entries import LocalFiguresFile
from ctgsite.config.models import TerritoryFile
from ctgsite.config.plan import ActionFile
from ctgsite.config.questionnaires import SurveyFile

SCHEMA_NAME = "schema.json"
FIGURES_SCHEMA_NAME = "donnees.schema.json"
ACTION_SCHEMA_NAME = "fiche.schema.json"
SURVEY_SCHEMA_NAME = "questionnaire.schema.json"


def territory_schema(known: KnownNames) -> dict[str, Any]:
    """Return the schema, with the catalogue's themes and indicators offered by name."""
    schema = TerritoryFile.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    for part in (schema, *definitions.values()):
        part.pop("description", None)  # the models' own docstrings, meant for developers
        _allow_empty(part)
    _drop_titles(schema)
    choice = definitions["ThemeChoice"]
    choice["properties"]["theme"] = _one_of(known.themes)
    definitions["ThemeChoice"] = {"anyOf": [_one_of(known.themes), choice]}
    findings = definitions["Stake"]["properties"]["constats"]["anyOf"][0]
    findings["items"] = _one_of(known.indicators)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Territoire d’une Convention territoriale globale",
        **schema,
    }


def figures_schema(known: KnownNames) -> dict[str, Any]:
    """Return the schema of the description of a territory's own figures."""
    schema = LocalFiguresFile.model_json_schema(by_alias=True)
    for part in (schema, *schema["$defs"].values()):
        part.pop("description", None)
        _allow_empty(part)
    _drop_titles(schema)
    theme = schema["$defs"]["LocalIndicator"]["properties"]["thematique"]
    theme["anyOf"] = [_one_of(known.themes), {"type": theme.pop("type")}]  # or the territory's own
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Chiffres propres à un territoire, une ligne par commune",
        **schema,
    }


def action_schema(known: KnownNames) -> dict[str, Any]:
    """Return the schema of a fiche action that has a file of its own."""
    schema = ActionFile.model_json_schema(by_alias=True)
    return _explained(schema, schema, known, "Fiche action d’une Convention territoriale globale")


def survey_schema(known: KnownNames) -> dict[str, Any]:
    """Return the schema of the description of a questionnaire."""
    schema = SurveyFile.model_json_schema(by_alias=True)
    question = schema["$defs"]["Question"]
    return _explained(schema, question, known, "Questionnaire, à côté de ses réponses en CSV")


def _explained(
    schema: dict[str, Any], about: dict[str, Any], known: KnownNames, title: str
) -> dict[str, Any]:
    """Return a schema; the `theme` of its part `about` offers the catalogue's, or any other."""
    for part in (schema, *schema["$defs"].values()):
        part.pop("description", None)
        _allow_empty(part)
    _drop_titles(schema)
    theme = about["properties"]["theme"]
    theme["anyOf"] = [_one_of(known.themes), *theme["anyOf"]]  # or the territory's own
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **schema,
    }


def _allow_empty(part: dict[str, Any]) -> None:
    """Let optional keys wait for their value: a skeleton is filled in little by little."""
    for key, value in part.get("properties", {}).items():
        if key not in part.get("required", ()):
            explained = {"description": value.pop("description", "")}
            part["properties"][key] = {**explained, "anyOf": [value, {"type": "null"}]}


def _one_of(names: Mapping[str, str]) -> dict[str, Any]:
    return {"oneOf": [{"const": name, "title": title} for name, title in names.items()]}


def _drop_titles(part: Any) -> None:
    """Remove the titles that pydantic derives from names: they repeat the keys."""
    if isinstance(part, dict):
        if isinstance(part.get("title"), str):
            del part["title"]
        for value in part.values():
            _drop_titles(value)
    elif isinstance(part, list):
        for item in part:
            _drop_titles(item)
