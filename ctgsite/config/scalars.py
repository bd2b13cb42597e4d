"""Where a passage of a YAML value stands in its file, whatever the style it is written in.

YAML joins lines, drops indentation and reads escapes: a place in a value is not one in the file.
What it never does is add or drop anything but blanks: the nth other character of the one is the
nth of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from yaml.nodes import ScalarNode

from ctgsite.errors import Place

_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|\r?(.))", re.DOTALL
)
_PROPERTIES = re.compile(r"(?:[!&]\S*\s+)+")  # « !!str », « &nom » : before the value itself
_BLANK_ESCAPES = "\n\t nrtvfNLP_ "  # what these escape is a blank


def place_in_scalar(node: ScalarNode, offset: int, file: Path) -> Place:
    """Return the line and the column of a character of a value; `offset` counts in the value."""
    text = node.start_mark.buffer
    if text is None:
        return Place(file, node.start_mark.line + 1, node.start_mark.column + 1)
    rank = sum(not character.isspace() for character in node.value[:offset])
    at = next(
        (place for nth, place in enumerate(_written(node, text)) if nth == rank),
        node.start_mark.pointer,
    )
    return place_in_text(text, at, file)


def place_in_text(text: str, offset: int, file: Path) -> Place:
    """Return the line and the column of a character of a text file."""
    before = text[:offset]
    return Place(file, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)


def _written(node: ScalarNode, text: str) -> Iterator[int]:
    """Yield where each character of a value that is no blank is written."""
    start, end = node.start_mark.pointer, node.end_mark.pointer
    if properties := _PROPERTIES.match(text, start):
        start = properties.end()
    if node.style in ("|", ">"):
        start = text.index("\n", start) + 1  # after the header, « | » or « >- # note »
    elif node.style:
        start, end = start + 1, end - 1
    at = start
    while at < end:
        width, blank = 1, text[at].isspace()
        if node.style == "'" and text[at] == "'":
            width = 2  # a quote is doubled
        elif node.style == '"' and text[at] == "\\" and (found := _ESCAPE.match(text, at)):
            width, blank = len(found[0]), _is_blank(found)
        if not blank:
            yield at
        at += width


def _is_blank(escape: re.Match[str]) -> bool:
    code = escape[1] or escape[2] or escape[3]
    return chr(int(code, 16)).isspace() if code else escape[4] in _BLANK_ESCAPES
