"""A territory's own figures: each file of `donnees/` whose description has indicators, checked.

What leaves holds counts as they were collected, small ones included: only `sources.local_figures`,
which masks them, may read it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ctgsite.config.delimited import Delimited, read_delimited
from ctgsite.config.known import KnownNames
from ctgsite.config.local_entries import LocalFiguresFile
from ctgsite.config.local_files import FOLDER, describes_indicators, name_problems
from ctgsite.config.local_rows import LocalRow, Reading
from ctgsite.config.positions import Document, KeyPath, read_yaml
from ctgsite.config.spelling import suggestion
from ctgsite.config.spreadsheets import YEAR, not_csv, workbook_told
from ctgsite.config.validation import validate
from ctgsite.config.workbook_lines import read_workbook_lines, workbook_beside
from ctgsite.errors import ConfigError, Place, Problem


@dataclass(frozen=True, slots=True)
class LocalFigures:
    """A file as it was collected, with its description; values follow the description's order."""

    name: str
    document: Document = field(repr=False)
    about: LocalFiguresFile
    rows: tuple[LocalRow, ...] = field(repr=False)


def read_local_figures(
    folder: Path, workspace: Path, known: KnownNames, themes: Collection[str]
) -> tuple[tuple[LocalFigures, ...], tuple[Problem, ...]]:
    """Return the files of figures of a territory's folder, and everything to say about them.

    Args:
        folder: `territories/<slug>`.
        workspace: what the places of problems are relative to.
        known: the communes and the indicators that exist.
        themes: those that an indicator may belong to.
    """
    found: list[LocalFigures] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for path in sorted((folder / FOLDER).glob("*.yml")):
        if not describes_indicators(path):
            continue
        document = read_yaml(path, workspace)
        about, faults = validate(LocalFiguresFile, document)
        problems += [*faults, *name_problems(document, path.stem)]
        problems += _indicator_problems(document, known, themes, seen)
        if about is not None:
            rows, told = _read_rows(path, workspace, document, about, known)
            problems += told
            found.append(LocalFigures(path.stem, document, about, rows))
    if any(not problem.warning for problem in problems):
        return (), tuple(problems)
    return tuple(found), tuple(problems)


def _indicator_problems(
    document: Document, known: KnownNames, themes: Collection[str], seen: dict[str, str]
) -> Iterator[Problem]:
    """Check the names of indicators and their themes; `seen` are those of other files."""
    entries = document.data.get("indicateurs")
    for at in range(len(entries) if isinstance(entries, list) else 0):
        path: KeyPath = ("indicateurs", at)
        name, theme = document.text((*path, "id")), document.text((*path, "thematique"))
        if name in known.indicators:
            message = f"« {name} » est un indicateur du catalogue : donnez un autre identifiant"
            yield document.problem(message, (*path, "id"))
        elif name in seen:
            message = f"l’indicateur « {name} » existe déjà ({seen[name]})"
            yield document.problem(message, (*path, "id"))
        elif name:
            seen[name] = str(document.place((*path, "id")))
        if theme and theme not in themes:
            message = f"thématique inconnue « {theme} »{suggestion(theme, themes)}"
            yield document.problem(message, (*path, "thematique"))


def _read_rows(
    path: Path, workspace: Path, document: Document, about: LocalFiguresFile, known: KnownNames
) -> tuple[tuple[LocalRow, ...], tuple[Problem, ...]]:
    """Return the rows of the file beside a description, and what there is to say of them."""
    try:
        table = _table(path, workspace, document, about)
    except ConfigError as error:
        return (), error.problems
    problems = [*_header_problems(document, about, table), *_named_year(document, about, path.stem)]
    if problems:
        return (), tuple(problems)
    return Reading(about, table, known).rows()


def _table(path: Path, workspace: Path, document: Document, about: LocalFiguresFile) -> Delimited:
    """Return the cells of the CSV file, or of the workbook, beside a description."""
    data, workbook = path.with_suffix(".csv"), workbook_beside(path)
    if workbook is not None:
        if data.is_file():
            message = (
                f"« {data.name} » et « {workbook.name} » ont la même description : gardez-en un"
            )
            raise ConfigError(document.problem(message))
        return read_workbook_lines(workbook, workspace, about.sheet)
    if not data.is_file():
        message = f"ces chiffres n’existent pas : le fichier « {data.name} » est attendu à côté"
        raise ConfigError(document.problem(message))
    if what := workbook_told(data.read_bytes()):
        raise ConfigError(Problem(not_csv(what), Place(data.relative_to(workspace))))
    return read_delimited(data, workspace)


def _header_problems(
    document: Document, about: LocalFiguresFile, table: Delimited
) -> Iterator[Problem]:
    """Check the columns that a description names against those of the file."""
    cells = table.header.cells
    for place, name in enumerate(cells):
        if name and name in cells[:place]:
            yield Problem(f"la colonne « {name} » est écrite deux fois", table.header.place(place))
    named: list[tuple[KeyPath, str]] = [(("commune",), about.commune)]
    if about.year_column:
        named.append((("colonne_annee",), about.year_column))
    named += [(("variables", name, "colonne"), one.column) for name, one in about.variables.items()]
    for path, name in named:
        if name not in cells:
            message = f"colonne inconnue « {name} » dans {table.path.name}"
            yield document.problem(f"{message}{suggestion(name, cells)}", path)
    if not table.lines:
        yield Problem("ce fichier n’a aucune ligne de chiffres", table.header.place(0))


def _named_year(document: Document, about: LocalFiguresFile, name: str) -> Iterator[Problem]:
    """Hold the year that a file's name says to the one that its description does."""
    years = YEAR.findall(name)
    if about.year is not None and years and str(about.year) not in years:
        message = (
            f"le nom du fichier dit {years[-1]}, sa description {about.year} : corrigez l’un des "
            "deux"
        )
        yield document.problem(message, ("annee",))
