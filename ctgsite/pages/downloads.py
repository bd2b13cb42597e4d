"""The figures of a site as files, whole and by theme: CSV, XLSX, JSON, and their Data Package.

What the territory itself counted, asked and planned stands beside them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

import orjson

from ctgsite.diagnostic.model import Diagnostic, SourceCard
from ctgsite.pages.banners import FICTITIOUS
from ctgsite.pages.columns import NAMES, Row, cell_text
from ctgsite.pages.data_notes import (
    WHOLE,
    Subject,
    definitions_grid,
    read_me,
    sources_grid,
)
from ctgsite.pages.data_package import package
from ctgsite.pages.local_tables import local_files
from ctgsite.pages.measure_rows import MeasureRow, site_indicators, told_rows
from ctgsite.pages.model import Asset
from ctgsite.pages.plan_workbook import plan_downloads
from ctgsite.pages.survey_files import survey_files
from ctgsite.pages.workbook import workbook

FOLDER = PurePosixPath("donnees")
THEMES = FOLDER / "thematiques"
WHOLE_NAME = "indicateurs"


def render_downloads(diagnostic: Diagnostic, created: datetime) -> tuple[Asset, ...]:
    """Return every file of `donnees/`.

    Args:
        diagnostic: its `measures` are the rows.
        created: the date that workbooks state, since their format requires one.
    """
    rows = told_rows(diagnostic)
    parts = [(s, [r for r in rows if r.row["theme"] == s.theme]) for s in data_subjects(diagnostic)]
    notice = FICTITIOUS if diagnostic.territory.fictitious else ""
    described = package(diagnostic, [subject for subject, _ in parts])
    return (
        *_files(diagnostic, WHOLE, rows, created),
        Asset(FOLDER / "datapackage.json", _json(described)),
        *(file for part in parts for file in _files(diagnostic, *part, created)),
        *local_files(diagnostic),
        *survey_files(diagnostic),
        *plan_downloads(diagnostic.plan, diagnostic.evaluation, created, notice),
    )


def stem_of(subject: Subject) -> PurePosixPath:
    """Return where the files of a subject stand, without their suffix."""
    return THEMES / subject.theme if subject.theme else FOLDER / WHOLE_NAME


def data_subjects(diagnostic: Diagnostic) -> dict[Subject, tuple[str, ...]]:
    """Return the themes that have rows, in order, each with the indicators that it has them of."""
    dated = {measure.indicator for _, measure in diagnostic.measures if measure.year}
    shown = [one for one in site_indicators(diagnostic).values() if one.id in dated]
    found = {
        Subject(theme.theme.slug, theme.theme.title): tuple(
            one.id for one in shown if one.theme == theme.theme.slug
        )
        for theme in diagnostic.themes
    }
    return {subject: names for subject, names in found.items() if names}


def _files(
    diagnostic: Diagnostic, subject: Subject, rows: list[MeasureRow], created: datetime
) -> Iterator[Asset]:
    stem = stem_of(subject)
    plain = [row.row for row in rows]
    yield Asset(stem.with_suffix(".csv"), _csv(plain))
    yield Asset(stem.with_suffix(".xlsx"), _workbook(diagnostic, subject, rows, created))
    yield Asset(stem.with_suffix(".json"), _rows_json(plain))


def _workbook(
    diagnostic: Diagnostic, subject: Subject, rows: list[MeasureRow], created: datetime
) -> bytes:
    shown = {str(row.row["indicateur"]) for row in rows}
    indicators = [one for one in site_indicators(diagnostic).values() if one.id in shown]
    cards = sources_of(diagnostic, rows)
    return workbook(
        rows,
        read_me(diagnostic, subject, len(rows), cards),
        (definitions_grid(indicators), sources_grid(cards)),
        f"{diagnostic.territory.name} : {subject.title}",
        created,
    )


def sources_of(diagnostic: Diagnostic, rows: Iterable[MeasureRow]) -> tuple[SourceCard, ...]:
    """Return the sources that rows name."""
    named = {row.row["source"] for row in rows}
    return tuple(c for c in diagnostic.sources if f"{c.producer}, {c.title}" in named)


def _csv(rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(NAMES)
    writer.writerows([cell_text(row[name]) for name in NAMES] for row in rows)
    return text.getvalue().encode()


def _rows_json(rows: Iterable[Row]) -> bytes:
    """Return a list of objects, one a line: half as long as one key a line, and still readable."""
    lines = b",\n".join(orjson.dumps(row) for row in rows)
    return b"[\n" + lines + b"\n]\n"


def _json(content: Any) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
