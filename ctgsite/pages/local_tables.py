"""A territory's own tables: on the page of their theme, and as files of their own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.blocks import Block, Passage
from ctgsite.pages.french import NBSP, number, sentence
from ctgsite.pages.model import Asset
from ctgsite.pages.tables import Cell, Table
from ctgsite.sources.local_tables import LocalTable

FOLDER = PurePosixPath("donnees")
SECRET = "secret"  # noqa: S105 (statistical secrecy, no password)
METHOD = "donnees-locales"  # anchor on the page of methods


def local_blocks(tables: Iterable[LocalTable], theme: str) -> tuple[Block, ...]:
    """Return the tables of one theme as figures without a chart."""
    return tuple(_block(table) for table in tables if table.theme == theme)


def local_files(diagnostic: Diagnostic) -> tuple[Asset, ...]:
    """Return the CSV file of each table shown on the site."""
    return tuple(Asset(path_of(t), _csv(t)) for t in diagnostic.local_tables)


def local_resource(table: LocalTable) -> dict[str, Any]:
    """Return the description of a table's file in the Data Package."""
    named = {"name": table.label, "type": "string", "constraints": {"required": True}}
    counted = [
        {"name": column, "type": "integer", "description": f"{table.unit}, {table.year}"}
        for column in table.columns
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "description": " ".join(_told(table)),
        "path": path_of(table).name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "header": True},
        "sources": [{"title": f"{table.source}, {table.year}"}],
        "licenses": [{"name": "notspecified", "title": "À demander à la source citée"}],
        "schema": {
            "fields": [named, *counted],
            "primaryKey": [table.label],
            "missingValues": ["", SECRET],
        },
    }


def path_of(table: LocalTable) -> PurePosixPath:
    """Return where a table's file stands on the site."""
    return FOLDER / f"{table.name}.csv"


def _block(table: LocalTable) -> Block:
    rows = tuple(
        (Cell(name), *(Cell(_shown(value), number=True) for value in line))
        for name, line in zip(table.rows, table.cells, strict=True)
    )
    return Block(
        id=f"donnees-{table.name}",
        heading=table.title,
        name=table.title,
        chart="",
        passages=(Passage(tuple(_told(table))),),
        table=Table(table.title, (table.label, *table.columns), rows),
        sources=(f"{table.source}, {table.year}",),
        method=METHOD,
    )


def _told(table: LocalTable) -> Iterable[str]:
    """Yield what is counted, why some cells are masked, and how to read the rest."""
    yield f"Ce tableau compte des effectifs en {table.year} (unité{NBSP}: {table.unit})."
    if table.is_masked:
        yield _why_masked(table.threshold)
    if table.note:
        yield sentence(table.note)


def _why_masked(threshold: int) -> str:
    """Say why cells are masked; never which ones are small."""
    least = threshold - 1
    small = (
        "Un effectif de 1 est masqué"
        if least == 1
        else f"Les effectifs de 1 à {least} sont masqués"
    )
    return (
        f"{small} («{NBSP}{SECRET}{NBSP}») pour que personne ne soit reconnu, et d’autres avec eux "
        "pour qu’aucun ne se retrouve par soustraction. Un zéro est un vrai zéro."
    )


def _shown(value: int | None) -> str:
    return SECRET if value is None else number(value)


def _csv(table: LocalTable) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([table.label, *table.columns])
    for name, line in zip(table.rows, table.cells, strict=True):
        writer.writerow([name, *(SECRET if value is None else value for value in line)])
    return text.getvalue().encode()
