"""Reads back what a finished site says: tables, charts, passages of text and rows of files.

It knows nothing of how they were written, only HTML, CSV, JSON and XLSX.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

import orjson
from python_calamine import CalamineWorkbook

_TABLE = re.compile(r"<table\b[^>]*>(.*?)</table>", re.DOTALL)
_CAPTION = re.compile(r"<caption\b[^>]*>(.*?)</caption>", re.DOTALL)
_ROW = re.compile(r"<tr\b[^>]*>(.*?)(?=</tr>|<tr\b|\Z)", re.DOTALL)
_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)(?=</t[hd]>|<t[hd]\b|\Z)", re.DOTALL)
_FIGURE = re.compile(r"<figure\b[^>]*>(.*?)</figure>", re.DOTALL)
_CHART = re.compile(
    r'data-nom="([^"]*)"[^>]*>\s*<script type="application/json">(.*?)</script>', re.DOTALL
)
_DROPPED = re.compile(r"<(script|style|table)\b.*?</\1>", re.DOTALL)
_PASSAGE = re.compile(
    r"</?(?:p|li|h[1-6]|td|th|figcaption|blockquote|dd|dt|div|section|article|main|title)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]+>")
_ATTRIBUTE = re.compile(r'\s(?:title|alt|aria-label|content|data-[a-z-]+)="([^"]*)"')
_SPACES = re.compile(r"\s+")
_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table wherever it stands: its texts, normalised."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a page: its chart's name and content, and the table beside it."""

    name: str
    chart: dict[str, Any]
    table: Grid | None


def normal(text: str) -> str:
    """Return text as one compares it: no markup, one kind of space and apostrophe, no case."""
    plain = unescape(_TAG.sub(" ", text)).replace("’", "'")
    return _SPACES.sub(" ", _THOUSANDS.sub("", plain)).strip().casefold()


def numbers(text: str) -> list[str]:
    """Return the numbers that a normalised text writes, with a decimal point.

    “12 345” is read both ways: as one number, and as two cells side by side.
    """
    found = [*_NUMBER.findall(text), *_SPACED.findall(text)]
    return [number.replace(" ", "").replace(",", ".") for number in found]


def tables(page: str) -> Iterator[Grid]:
    """Yield the tables of a page."""
    for match in _TABLE.finditer(page):
        caption = _CAPTION.search(match[1])
        lines = [
            tuple(normal(cell) for cell in _CELL.findall(row)) for row in _ROW.findall(match[1])
        ]
        if lines:
            yield Grid(normal(caption[1]) if caption else "", lines[0], tuple(lines[1:]))


def figures(page: str) -> Iterator[Figure]:
    """Yield the figures of a page that hold a chart."""
    for match in _FIGURE.finditer(page):
        for name, text in _CHART.findall(match[1]):
            chart = orjson.loads(text)
            yield Figure(normal(name), chart, next(tables(match[1]), None))


def passages(page: str) -> Iterator[str]:
    """Yield the texts of a page outside its tables, a paragraph or an attribute at a time."""
    bare = _DROPPED.sub(" ", page)
    for part in (*_PASSAGE.split(bare), *_ATTRIBUTE.findall(bare)):
        if text := normal(part):
            yield text


def csv_rows(content: bytes) -> list[list[str]]:
    """Return the lines of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode())))


def workbook_rows(content: bytes) -> Iterator[list[list[str]]]:
    """Yield the lines of each sheet of a workbook, whole numbers as such."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        yield [[_text(cell) for cell in row] for row in rows]


def json_rows(content: Any) -> Iterator[list[list[str]]]:
    """Yield each list of objects of a JSON document as lines under a header."""
    if isinstance(content, list) and content and isinstance(content[0], dict):
        names = list(content[0])
        yield [names, *([_text(item.get(name)) for name in names] for item in content)]
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from json_rows(part)


def json_texts(content: Any) -> Iterator[str]:
    """Yield every text of a JSON document, numbers left out."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from json_texts(part)


def file_rows(path: str, content: bytes) -> Iterator[list[list[str]]]:
    """Yield the tables of a downloadable file, each as lines under a header."""
    if path.endswith(".csv"):
        yield csv_rows(content)
    elif path.endswith(".xlsx"):
        yield from workbook_rows(content)
    elif path.endswith(".json"):
        yield from json_rows(orjson.loads(content))


def as_grid(rows: list[list[str]]) -> Grid | None:
    """Return lines as a table without a caption."""
    lines = [tuple(map(normal, row)) for row in rows]
    return Grid("", lines[0], tuple(lines[1:])) if lines else None


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
