"""The fiches actions as they are written: in the territory's file, or in files of their own.

`actions/<id>.yml` holds one fiche, which names the objectif it serves. Read, all of them stand in
one tree; their faults are told in the file that holds them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ctgsite.config.models import TerritoryFile
from ctgsite.config.patterns import texts, values
from ctgsite.config.plan import Action, ActionFile, Objective, OperationalObjective, Priority
from ctgsite.config.positions import Document, KeyPath, read_yaml
from ctgsite.config.validation import validate
from ctgsite.errors import ConfigError, Problem

FOLDER = "actions"
OBJECTIVES: tuple[KeyPath, ...] = (
    ("priorites", "*", "objectifs", "*"),
    ("priorites", "*", "objectifs", "*", "operationnels", "*"),
)
_SUFFIXES = (".yml", ".yaml")


@dataclass(frozen=True, slots=True)
class ActionDocument:
    """The file of one fiche; `action` is None where its shape is wrong."""

    document: Document
    action: ActionFile | None


@dataclass(frozen=True, slots=True)
class Fiche:
    """A fiche as it is written: where it stands, and the axe it belongs to, by its place."""

    document: Document
    path: KeyPath
    data: dict[str, Any]
    axis: int | None

    @property
    def id(self) -> str:
        """What it is called, "" where it does not say."""
        found = self.data.get("id")
        return found if isinstance(found, str) else ""

    def values(self, *pattern: str | int) -> Iterator[tuple[KeyPath, Any]]:
        """Yield what a pattern reaches from the fiche, with its path in the document."""
        for path, value in values(self.data, pattern):
            yield (*self.path, *path), value

    def texts(self, *pattern: str | int) -> Iterator[tuple[KeyPath, str]]:
        """Yield the texts that a pattern reaches, with their path in the document."""
        for path, text in texts(self.data, pattern):
            yield (*self.path, *path), text

    def problem(self, message: str, path: KeyPath, *, warning: bool = False) -> Problem:
        """Describe a fault found at a path of the document."""
        return self.document.problem(message, path, warning=warning)


def read_action_files(
    folder: Path, workspace: Path
) -> tuple[tuple[ActionDocument, ...], tuple[Problem, ...]]:
    """Return the fiches of a territory's folder in the order of their numbers, and their faults."""
    found: list[ActionDocument] = []
    problems: list[Problem] = []
    files = (path for path in (folder / FOLDER).glob("*") if path.suffix in _SUFFIXES)
    for path in sorted(files, key=_in_numbers):
        try:
            document = read_yaml(path, workspace)
        except ConfigError as error:
            problems += error.problems
            continue
        action, faults = validate(ActionFile, document)
        problems += [*faults, *_misnamed(document, path)]
        found.append(ActionDocument(document, action))
    return tuple(found), tuple(problems)


def all_fiches(document: Document, files: Iterable[ActionDocument]) -> tuple[Fiche, ...]:
    """Return every fiche of a territory as it is written, those of its own file first."""
    found = [
        Fiche(document, path, data, _axis_of(path))
        for pattern in OBJECTIVES
        for path, data in values(document.data, (*pattern, "actions", "*"))
        if isinstance(data, dict)
    ]
    axes = {name: _axis_of(path) for path, name in objective_ids(document)}
    for file in files:
        data = file.document.data
        if isinstance(data, dict):
            axis = axes.get(str(data.get("objectif")))
            found.append(Fiche(file.document, (), data, axis))
    return tuple(found)


def _axis_of(path: KeyPath) -> int | None:
    """Return the place of the axe that a path goes through: it is the first list."""
    return next((step for step in path if isinstance(step, int)), None)


def objective_ids(document: Document) -> Iterator[tuple[KeyPath, str]]:
    """Yield the id of every objectif, strategic ones first, with its path."""
    for pattern in OBJECTIVES:
        yield from texts(document.data, (*pattern, "id"))


def with_action_files(file: TerritoryFile, found: Sequence[ActionDocument]) -> TerritoryFile:
    """Return a territory's file with each fiche under the objectif that it names."""
    actions = [one.action for one in found if one.action is not None]
    if not actions:
        return file
    axes = tuple(_filled(axis, actions) for axis in file.priorities)
    return file.model_copy(update={"priorities": axes})


def _filled(axis: Priority, actions: Sequence[ActionFile]) -> Priority:
    objectives = tuple(
        objective.model_copy(
            update={
                "actions": _serving(objective, actions),
                "operational": tuple(
                    inner.model_copy(update={"actions": _serving(inner, actions)})
                    for inner in objective.operational
                ),
            }
        )
        for objective in axis.objectives
    )
    return axis.model_copy(update={"objectives": objectives})


def _serving(
    objective: Objective | OperationalObjective, actions: Iterable[ActionFile]
) -> tuple[Action, ...]:
    named = (action for action in actions if action.objective == objective.id)
    return (*objective.actions, *named)


def _misnamed(document: Document, path: Path) -> Iterator[Problem]:
    name = document.text(("id",))
    if name and name != path.stem:
        message = (
            f"l’identifiant « {name} » et le nom du fichier, « {path.stem} », doivent être égaux"
        )
        yield document.problem(message, ("id",))


def _in_numbers(path: Path) -> tuple[tuple[str | int, ...], str]:
    """Order names as people count: fiche-2 comes before fiche-10."""
    parts = re.split(r"(\d+)", path.stem)
    return tuple(int(part) if part.isdecimal() else part for part in parts), path.suffix
