"""YAML files as plain data plus the place of every key and value, for messages that point.

A `Document` is what a file says; whoever finds a fault in it asks it for the `Place`. Keys are
always text, aliases and duplicate keys are refused, and everything wrong is told in French.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from ctgsite.config.syntax import syntax_problem
from ctgsite.errors import ConfigError, Place, Problem

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its plain data, and where each part of it stands."""

    path: Path  # relative to the workspace, as messages show it
    data: Any
    root: Node

    def place(self, path: KeyPath, *, key: bool = False) -> Place:
        """Return where a value stands, or its key; the root is 1:1.

        A path that the file does not hold gives the place of its nearest ancestor's key. An item
        of a list has no key: its value stands for it.
        """
        node, key_node = self.root, None
        found: KeyPath = ()
        for step in path:
            entry = _child(node, step)
            if entry is None:
                key = True
                break
            key_node, node = entry
            found = (*found, step)
        if not found:
            return Place(self.path)
        mark = (key_node if key and key_node is not None else node).start_mark
        return Place(self.path, mark.line + 1, mark.column + 1)

    def has(self, path: KeyPath) -> bool:
        """Whether the file holds this key or item, even without a value."""
        return self._node(path) is not None

    def text(self, path: KeyPath) -> str | None:
        """Return a scalar as it is written ("01004", where YAML reads a number), or nothing."""
        node = self._node(path)
        return node.value if isinstance(node, ScalarNode) else None

    def problem(
        self, message: str, path: KeyPath = (), *, key: bool = False, warning: bool = False
    ) -> Problem:
        """Describe a fault found at this path."""
        return Problem(message, self.place(path, key=key), warning=warning)

    def _node(self, path: KeyPath) -> Node | None:
        node: Node = self.root
        for step in path:
            entry = _child(node, step)
            if entry is None:
                return None
            node = entry[1]
        return node


def read_yaml(path: Path, root: Path | None = None) -> Document:
    """Read a YAML file; its places are relative to `root`, where it is given and holds the file.

    Raises:
        ConfigError: the file is unreadable, empty, not UTF-8, not YAML, or repeats a key.
    """
    shown = path.relative_to(root) if root and path.is_relative_to(root) else path
    text = read_text(path, shown)
    node, loader = _compose(text, shown)
    problems = list(_structure_problems(node, shown))
    if problems:
        raise ConfigError(problems)
    return Document(shown, _plain(node, loader), node)


def read_text(path: Path, shown: Path) -> str:
    """Read a text file in UTF-8, with or without BOM; `shown` is how messages name it.

    Raises:
        ConfigError: the file is unreadable or not UTF-8.
    """
    return _decode(_read(path, shown), shown)


def _read(path: Path, shown: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(Problem("ce fichier n’existe pas", Place(shown))) from None
    except PermissionError:
        message = "ce fichier ne peut pas être lu : vérifiez vos droits d’accès"
        raise ConfigError(Problem(message, Place(shown))) from None
    except OSError as error:
        message = f"ce fichier ne peut pas être lu ({error.strerror})"
        raise ConfigError(Problem(message, Place(shown))) from None


def _decode(raw: bytes, shown: Path) -> str:
    """Decode UTF-8, with or without BOM; each line that is not UTF-8 is a problem of its own."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    problems = []
    for number, line in enumerate(raw.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            column = len(line[: error.start].decode()) + 1
            message = (
                f"octet 0x{line[error.start]:02X} illisible en UTF-8 : enregistrez ce fichier "
                "avec l’encodage UTF-8"
            )
            problems.append(Problem(message, Place(shown, number, column)))
    raise ConfigError(problems)


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, without aliases: they would let a small file stand for a huge one."""

    def compose_node(self, parent: Node | None, index: Any) -> Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.current_event  # check_event has just set it
            raise yaml.composer.ComposerError(
                None, None, f"alias refused: {event.anchor}", event.start_mark
            )
        return super().compose_node(parent, index)


def _compose(text: str, shown: Path) -> tuple[Node, _Loader]:
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        raise ConfigError(syntax_problem(error, text, shown)) from None
    except RecursionError:
        message = "les listes et les clés sont imbriquées trop profondément"
        raise ConfigError(Problem(message, Place(shown))) from None
    if node is None:
        raise ConfigError(Problem("ce fichier est vide", Place(shown)))
    return node, loader


def _structure_problems(node: Node, shown: Path) -> Iterator[Problem]:
    """Find repeated keys and keys that are not plain text, at any depth."""
    if isinstance(node, SequenceNode):
        for item in node.value:
            yield from _structure_problems(item, shown)
    if not isinstance(node, MappingNode):
        return
    first_lines: dict[str, int] = {}
    for key, value in node.value:
        place = Place(shown, key.start_mark.line + 1, key.start_mark.column + 1)
        if not isinstance(key, ScalarNode):
            yield Problem("une clé doit être un simple texte", place)
        elif key.value in first_lines:
            yield Problem(
                f"la clé « {key.value} » est écrite deux fois "
                f"(déjà à la ligne {first_lines[key.value]})",
                place,
            )
        else:
            first_lines[key.value] = place.line
        yield from _structure_problems(value, shown)


def _plain(node: Node, loader: _Loader) -> Any:
    """Turn nodes into dicts with text keys, lists and scalars."""
    if isinstance(node, MappingNode):
        return {key.value: _plain(value, loader) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [_plain(item, loader) for item in node.value]
    try:
        return loader.construct_object(node)
    except (ValueError, yaml.YAMLError):
        # A 30 February, or a tag we do not know: kept as text, so that whoever expects a date
        # reports it at its place.
        return node.value


def _child(node: Node, step: str | int) -> tuple[Node | None, Node] | None:
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None
