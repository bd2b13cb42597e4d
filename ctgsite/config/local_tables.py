"""A territory's own tables: each CSV of `donnees/` and the description beside it, checked.

What leaves holds counts as they were collected, small ones included: only `sources.local_tables`,
which masks them, may read it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field, field_validator

from ctgsite.config.delimited import Delimited, Line, read_delimited
from ctgsite.config.fields import Section, Year
from ctgsite.config.local_files import FOLDER, describes_indicators, name_problems
from ctgsite.config.positions import Document, KeyPath, read_yaml
from ctgsite.config.spelling import fold, suggestion
from ctgsite.config.spreadsheets import WORKBOOK_NAMES, not_csv, workbook_told
from ctgsite.config.validation import validate
from ctgsite.errors import ConfigError, Place, Problem

WHOLE = "Ensemble"  # the margins that ctgsite adds
MOST_ROWS, MOST_COLUMNS = 100, 12  # protecting more takes longer than building the site
_WHOLES = ("ensemble", "total", "totaux", "total general")
_COUNT = re.compile(r"\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+")


class LocalTableFile(Section):
    """What the description of a table may say."""

    title: str = Field(alias="titre", description="Titre du tableau, tel qu’il s’affiche.")
    theme: str = Field(alias="thematique", description="Thématique du site qui le montre.")
    source: str = Field(description="Qui a compté : organisme et fichier.")
    year: Year = Field(alias="annee", description="Année des chiffres.")
    unit: str = Field(alias="unite", description="Ce que l’on compte : « enfants ».")
    rows: str = Field(alias="lignes", description="Colonne du CSV qui nomme les lignes.")
    columns: tuple[str, ...] = Field(
        alias="colonnes",
        min_length=1,
        max_length=MOST_COLUMNS,
        description="Colonnes du CSV qui comptent, et qui s’additionnent.",
    )
    threshold: int = Field(
        default=5,
        alias="seuil",
        ge=2,
        le=100,
        strict=True,
        description="Tout effectif au-dessous, zéro mis à part, est masqué.",
    )
    note: str = Field(default="", description="Ce qu’il faut savoir pour lire le tableau.")

    @field_validator("columns")
    @classmethod
    def _each_once(cls, columns: tuple[str, ...]) -> tuple[str, ...]:
        twice = next((name for name in columns if columns.count(name) > 1), None)
        if twice:
            raise ValueError(f"la colonne « {twice} » est écrite deux fois")
        return columns


@dataclass(frozen=True, slots=True)
class LocalCounts:
    """A table as it was collected: one count for each row and column, margins not included."""

    name: str
    about: LocalTableFile
    rows: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...] = field(repr=False)


def read_local_tables(
    folder: Path, workspace: Path, themes: Collection[str]
) -> tuple[tuple[LocalCounts, ...], tuple[Problem, ...]]:
    """Return the tables of a territory's folder, and everything wrong with them.

    Args:
        folder: `territories/<slug>`.
        workspace: what the places of problems are relative to.
        themes: those that a table may belong to.
    """
    tables: list[LocalCounts] = []
    problems: list[Problem] = []
    files = sorted((folder / FOLDER).glob("*"))
    apart = {p.stem for p in files if p.suffix == ".yml" and describes_indicators(p)}
    for path in files:
        shown = path.relative_to(workspace)
        if path.stem in apart:  # `local_figures` reads those
            continue
        if path.suffix.lower() in WORKBOOK_NAMES:
            problems.append(Problem(not_csv("un classeur"), Place(shown)))
        elif path.suffix == ".csv" and path.with_suffix(".yml") not in files:
            message = f"il manque la description de ce tableau : écrivez « {path.stem}.yml » à côté"
            problems.append(Problem(message, Place(shown)))
        elif path.suffix == ".yml":
            table, found = _read_table(path, workspace, themes)
            problems.extend(found)
            if table and table.about.title in {other.about.title for other in tables}:
                message = f"un autre tableau a déjà le titre « {table.about.title} »"
                problems.append(Problem(message, Place(shown)))
            tables += [table] if table else []
    return tuple(tables), tuple(problems)


def _read_table(
    path: Path, workspace: Path, themes: Collection[str]
) -> tuple[LocalCounts | None, tuple[Problem, ...]]:
    """Return one table where nothing is wrong with its two files, and what is."""
    data = path.with_suffix(".csv")
    try:
        document = read_yaml(path, workspace)
        about, faults = validate(LocalTableFile, document)
        problems = [*faults, *_described(document, data, themes)]
        if about is None or not data.is_file():
            return None, tuple(problems)
        if what := workbook_told(data.read_bytes()):
            raise ConfigError(Problem(not_csv(what), Place(data.relative_to(workspace))))
        table = read_delimited(data, workspace)
    except ConfigError as error:
        return None, error.problems
    problems += _columns(document, about, table)
    if not problems:
        rows, counts = _rows(about, table, problems)
    if problems:
        return None, tuple(problems)
    return LocalCounts(path.stem, about, rows, counts), ()


def _described(document: Document, data: Path, themes: Collection[str]) -> Iterator[Problem]:
    theme = document.text(("thematique",))
    yield from name_problems(document, data.stem)
    if not data.is_file():
        yield document.problem(f"ce tableau n’existe pas : le fichier « {data.name} » est attendu")
    if theme is not None and theme not in themes:
        message = f"thématique inconnue « {theme} »{suggestion(theme, themes)}"
        yield document.problem(message, ("thematique",))


def _columns(document: Document, about: LocalTableFile, table: Delimited) -> Iterator[Problem]:
    """Check the columns that a description names against those of the CSV."""
    header = table.header
    seen: set[str] = set()
    for place, name in enumerate(header.cells):
        if name in seen:
            yield Problem(f"la colonne « {name} » est écrite deux fois", header.place(place))
        seen.add(name)
    named: list[tuple[KeyPath, str]] = [(("lignes",), about.rows)]
    named += [(("colonnes", at), name) for at, name in enumerate(about.columns)]
    for path, name in named:
        if name not in header.cells:
            hint = suggestion(name, header.cells)
            yield document.problem(
                f"colonne inconnue « {name} » dans {table.path.name}{hint}", path
            )
        elif path[0] == "colonnes" and name == about.rows:
            yield document.problem(f"« {name} » nomme déjà les lignes", path)
        elif path[0] == "colonnes" and fold(name) in _WHOLES:
            yield document.problem(_own_totals(name), path)


def _own_totals(name: str) -> str:
    return f"« {name} » : ctgsite calcule lui-même les totaux, retirez celui-ci"


def _rows(
    about: LocalTableFile, table: Delimited, problems: list[Problem]
) -> tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]:
    """Return labels and counts; what is wrong with a cell is added to the problems."""
    label = table.header.cells.index(about.rows)
    places = [table.header.cells.index(name) for name in about.columns]
    found: dict[str, tuple[int, ...]] = {}
    for line in table.lines:
        faults = list(_line_faults(line, len(table.header.cells), label, found))
        faults += [
            Problem(fault, line.place(place))
            for place in places
            if place < len(line.cells) and (fault := _count_fault(line.cells[place]))
        ]
        problems.extend(faults)
        if not faults:
            found[line.cells[label]] = tuple(_count(line.cells[place]) for place in places)
    if not table.lines:
        problems.append(Problem("ce tableau n’a aucune ligne", table.header.place(0)))
    if len(table.lines) > MOST_ROWS:
        message = f"ce tableau a plus de {MOST_ROWS} lignes : regroupez-les"
        problems.append(Problem(message, table.lines[MOST_ROWS].place(0)))
    return tuple(found), tuple(found.values())


def _line_faults(line: Line, width: int, label: int, seen: Collection[str]) -> Iterator[Problem]:
    if len(line.cells) != width:
        cells = f"{len(line.cells)} case{'s' * (len(line.cells) > 1)}"
        message = f"cette ligne a {cells} au lieu de {width} : une par colonne"
        yield Problem(message, line.place(0))
        return
    name = line.cells[label]
    if not name:
        yield Problem("cette ligne n’a pas de nom", line.place(label))
    elif fold(name) in _WHOLES:
        yield Problem(_own_totals(name), line.place(label))
    elif name in seen:
        yield Problem(f"la ligne « {name} » est écrite deux fois", line.place(label))


def _count_fault(text: str) -> str:
    """Say why a cell is no count; "" where it is one. What a cell says is not repeated in full."""
    if _COUNT.fullmatch(text):
        return "" if len(text) < 10 else "ce nombre est trop grand pour un effectif"
    if not text:
        return "case vide : écrivez 0 si personne n’est concerné, sinon retirez la ligne"
    if text[0] in "-−–" and _COUNT.fullmatch(text[1:].strip()):
        return f"« {text} » est négatif : un effectif ne l’est jamais"
    return f"« {text[:20]} » n’est pas un effectif : attendu un nombre entier"


def _count(text: str) -> int:
    return int(re.sub(r"\D", "", text))
