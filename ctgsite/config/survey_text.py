"""A survey tool's export → lines of cells: its encoding and its separator are recognised.

LimeSurvey, Framaforms, Google Forms and Excel write UTF-8 with or without BOM, windows-1252 or
UTF-16, and separate cells by semicolons, commas or tabs.
"""

from __future__ import annotations

import codecs
import itertools
import re
from pathlib import Path

from ctgsite.config.delimited import Delimited, Line, lines_of
from ctgsite.config.spreadsheets import not_csv, workbook_told
from ctgsite.errors import ConfigError, Place, Problem

_SEPARATORS = (";", ",", "\t")
_LOOKED_AT = 50  # lines, to tell which separator cuts them all alike
_SERIAL = "sid"  # what Framaforms calls the number of an answer
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


def read_export(path: Path, shown: Path) -> Delimited:
    """Read an export; `shown` is how messages name it.

    Raises:
        ConfigError: it is a workbook, empty, no text or no CSV.
    """
    content = path.read_bytes()
    if what := workbook_told(content):
        raise ConfigError(Problem(not_csv(what), Place(shown)))
    text = _decoded(content, shown)
    return _one_header(lines_of(text, shown, separator_of(text)))


def _one_header(table: Delimited) -> Delimited:
    """Return a table under one line of headings; Framaforms writes three.

    Its second line names each question that has a column an answer, its third the answers, and the
    questions that have one column.
    """
    if len(table.lines) < 2 or _SERIAL not in map(str.casefold, table.lines[1].cells):
        return table
    over, under = table.lines[:2]
    named, last = [], ""
    for above, name in itertools.zip_longest(over.cells, under.cells, fillvalue=""):
        last = above or last
        named.append(f"{last} [{name}]" if last and name else name)
    header = Line(tuple(named[: len(under.cells)]), under.places)
    return Delimited(table.path, header, table.lines[2:])


def separator_of(text: str) -> str:
    """Return the separator that cuts the first lines into the same number of cells."""
    lines = [_QUOTED.sub("", line) for line in itertools.islice(text.splitlines(), _LOOKED_AT)]
    lines = [line for line in lines if line.strip()]

    def fit(separator: str) -> tuple[float, int]:
        width = lines[0].count(separator) if lines else 0
        alike = sum(line.count(separator) == width for line in lines)
        return (round(alike / len(lines), 1), width) if width else (0.0, 0)

    return max(_SEPARATORS, key=fit)


def _decoded(content: bytes, shown: Path) -> str:
    """Return the text of a file in any of the encodings that survey tools and tableurs write."""
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        message = (
            f"octet 0x{content[error.start]:02X} illisible : enregistrez ce fichier avec "
            "l’encodage UTF-8"
        )
        raise ConfigError(Problem(message, Place(shown, line, column))) from None
    if "\0" in text:
        message = "ce fichier n’est pas du texte : exportez les réponses au format CSV"
        raise ConfigError(Problem(message, Place(shown)))
    return text


def _encoding(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = content[:200]
    if len(start) > 3 and start[1::2].count(0) > len(start) / 3:
        return "utf-16-le"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8-sig"
