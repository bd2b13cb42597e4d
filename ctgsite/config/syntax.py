"""PyYAML's syntax errors, told in French with what to do."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from yaml.reader import ReaderError

from ctgsite.errors import Place, Problem

# PyYAML's own wording, and what it means to someone who writes a territory's file.
_MEANINGS = (
    (
        r"found character '\\t'",
        "tabulation interdite : en YAML, décalez les lignes avec des espaces",
    ),
    (
        r"mapping values are not allowed",
        "« : » inattendu : ligne mal décalée, ou texte à mettre entre guillemets",
    ),
    (
        r"could not find expected ':'",
        "il manque « : » après une clé, ou la ligne est mal décalée",
    ),
    (
        r"did not find expected key|expected <block end>",
        "ligne mal décalée, ou guillemet jamais fermé plus haut",
    ),
    (
        r"found unexpected end of stream",
        "un guillemet est ouvert et n’est jamais fermé",
    ),
    (r"expected ',' or '\]'", "il manque une virgule ou un crochet fermant « ] »"),
    (r"expected ',' or '\}'", "il manque une virgule ou une accolade fermante « } »"),
    (
        r"found unknown escape character",
        "« \\ » inattendu entre guillemets doubles : utilisez des guillemets simples",
    ),
    (
        r"found character '(?P<found>.)'",
        "« {found} » ne peut pas commencer une valeur : mettez le texte entre guillemets",
    ),
    (
        r"but found another document",
        "ce fichier contient « --- » plusieurs fois : un seul territoire par fichier",
    ),
    (
        r"alias refused: (?P<found>.+)",
        "les alias YAML (« *{found} ») ne sont pas admis : recopiez la valeur",
    ),
    (
        r"expected alphabetic or numeric character",
        "« * », « & » ou « ! » ne peut pas commencer une valeur : mettez le texte entre guillemets",
    ),
    (
        r"sequence entries are not allowed|block sequence entries",
        "« - » inattendu : une liste commence à la ligne, sous sa clé",
    ),
)
_UNREADABLE = "ce n’est pas du YAML lisible : vérifiez la ponctuation et le décalage de la ligne"


def syntax_problem(error: yaml.YAMLError, text: str, path: Path) -> Problem:
    """Describe a syntax error of `text` at its place in the file."""
    if isinstance(error, ReaderError):
        before = text[: error.position]
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        message = f"caractère de contrôle U+{error.character:04X} interdit : effacez-le"
        return Problem(message, Place(path, line, column))
    if not isinstance(error, yaml.MarkedYAMLError):
        return Problem(_UNREADABLE, Place(path))
    # An unclosed quote or bracket is found at the end of the file: its beginning is more useful.
    unclosed = re.search(r"end of stream|expected ',' or", error.problem or "")
    mark = (error.context_mark if unclosed else None) or error.problem_mark
    place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
    return Problem(_meaning(error.problem or ""), place)


def _meaning(problem: str) -> str:
    for pattern, meaning in _MEANINGS:
        if match := re.search(pattern, problem):
            return meaning.format(**match.groupdict()) if match.groupdict() else meaning
    return _UNREADABLE
