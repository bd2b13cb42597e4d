"""Every text of a territory that its site publishes, each with its place: what must be checked.

The territory's file, its fiches, the descriptions of its questionnaires and tables, the names of
their rows, and `textes/*.md`. Answers to questionnaires are never published: they are not read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ctgsite.config.delimited import read_delimited
from ctgsite.config.local_files import FOLDER as TABLES
from ctgsite.config.personal_data.model import SightingKind
from ctgsite.config.positions import Document, KeyPath, read_text, read_yaml
from ctgsite.config.questionnaires import FOLDER as QUESTIONNAIRES
from ctgsite.config.scalars import place_in_scalar, place_in_text
from ctgsite.config.texts import text_files
from ctgsite.errors import ConfigError, Place

ACTIONS = "actions"
EVERYTHING: frozenset[SightingKind] = frozenset(
    ("courriel", "telephone", "nir", "adresse", "personne")
)


@dataclass(frozen=True, slots=True)
class Exemption:
    """A part of the territory's file where some personal data has its place, and why."""

    path: KeyPath  # "*" stands for every item of a list
    why: str
    kinds: frozenset[SightingKind] = EVERYTHING


EXEMPTIONS = (
    Exemption(("confidentialite",), "le lieu où l’on déclare accords et exceptions : non publié"),
    Exemption(("editeur", "adresse"), "coordonnées publiques de l’éditeur, exigées par la loi"),
    Exemption(("editeur", "contact"), "coordonnées publiques de l’éditeur, exigées par la loi"),
    Exemption(("editeur", "telephone"), "coordonnées publiques de l’éditeur, exigées par la loi"),
    Exemption(("editeur", "dpo"), "à qui écrire pour ses données, exigé par le RGPD"),
    Exemption(("editeur", "directeur_de_publication"), "son nom est exigé par la loi"),
    Exemption(("editeur", "hebergeur"), "coordonnées de l’hébergeur, exigées par la loi"),
    Exemption(("editeur", "accessibilite", "contact"), "contact exigé par le RGAA"),
    Exemption(
        ("editeur", "accessibilite", "texte"),
        "la déclaration dit où écrire en cas de difficulté",
        frozenset(("courriel", "telephone", "adresse")),
    ),
    Exemption(("offre", "*", "adresse"), "adresse d’un service ouvert au public"),
    Exemption(("signataires", "*", "autorisation_logo", "par"), "trace d’un accord : non publiée"),
    Exemption(
        ("images", "*", "credit"), "un auteur a droit à son nom", frozenset(("personne",))
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublishedText:
    """A text that a site publishes, what it may hold, and where each of its characters stands."""

    text: str
    place: Callable[[int], Place]
    allowed: frozenset[SightingKind] = frozenset()


def published_texts(document: Document, folder: Path, workspace: Path) -> Iterator[PublishedText]:
    """Yield the texts of a territory's file, then those of the files beside it.

    A file that cannot be read is left to whoever reads it for what it says.
    """
    yield from _texts_of(document, EXEMPTIONS)
    for name in (ACTIONS, QUESTIONNAIRES, TABLES):
        for path in sorted((folder / name).glob("*.yml")):
            try:
                beside = read_yaml(path, workspace)
            except ConfigError:
                continue
            yield from _texts_of(beside)
            yield from _row_names(beside, path.with_suffix(".csv"), workspace)
    for path in (path for path in text_files(folder) if path.suffix == ".md"):
        shown = path.relative_to(workspace)
        try:
            text = read_text(path, shown)
        except ConfigError:
            continue
        yield PublishedText(text, partial(place_in_text, text, file=shown))


def _texts_of(
    document: Document, exemptions: tuple[Exemption, ...] = ()
) -> Iterator[PublishedText]:
    for path, node in _scalars(document.data, document.root):
        found = (one for one in exemptions if _reaches(one.path, path))
        allowed = frozenset[SightingKind]().union(*(one.kinds for one in found))
        yield PublishedText(node.value, partial(place_in_scalar, node, file=document.path), allowed)


def _row_names(document: Document, table: Path, workspace: Path) -> Iterator[PublishedText]:
    """Yield the names that a territory's own table gives its rows: its page shows them."""
    column = document.text(("lignes",))
    if column is None or not table.is_file():
        return
    try:
        read = read_delimited(table, workspace)
    except ConfigError:
        return
    if column not in read.header.cells:
        return
    at = read.header.cells.index(column)
    for line in read.lines:
        if at < len(line.cells):
            yield PublishedText(line.cells[at], partial(_within, line.place(at)))


def _within(start: Place, offset: int) -> Place:
    return Place(start.path, start.line, start.column + offset)


def _scalars(data: Any, node: Node, path: KeyPath = ()) -> Iterator[tuple[KeyPath, ScalarNode]]:
    """Yield each text of a file: numbers and dates are none."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _scalars(data[key.value], value, (*path, key.value))
    elif isinstance(node, SequenceNode):
        for at, (item, value) in enumerate(zip(data, node.value, strict=True)):
            yield from _scalars(item, value, (*path, at))
    elif isinstance(node, ScalarNode) and isinstance(data, str):
        yield path, node


def _reaches(pattern: KeyPath, path: KeyPath) -> bool:
    """Whether a path is at or below what a pattern names."""
    return len(path) >= len(pattern) and all(
        wanted in ("*", step) for wanted, step in zip(pattern, path, strict=False)
    )
