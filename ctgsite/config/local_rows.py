"""The rows of a territory's own figures, read cell by cell: numbers, or what is wrong and where."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from ctgsite.config.checks import code_fault
from ctgsite.config.delimited import Delimited, Line
from ctgsite.config.known import KnownNames
from ctgsite.config.local_entries import LocalFiguresFile
from ctgsite.config.spreadsheets import (
    YEAR,
    lost_decimal,
    number_fault,
    number_of,
    restored,
)
from ctgsite.errors import Place, Problem

SECRET = ("secret", "s", "ns")  # marks of a count that whoever counted already withholds


@dataclass(frozen=True, slots=True)
class LocalRow:
    """One commune in one year: a number, None where the cell is blank, or a mark of secrecy."""

    code: str
    year: str
    values: tuple[float | str | None, ...] = field(repr=False)
    place: Place


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the columns that a description names stand in the file."""

    commune: int
    year: int | None
    variables: tuple[int, ...]


class Reading:
    """One file being read: its rows, and what there is to say of them."""

    def __init__(self, about: LocalFiguresFile, table: Delimited, known: KnownNames) -> None:
        cells = table.header.cells
        self._about = about
        self._table = table
        self._known = known
        self._columns = _Columns(
            cells.index(about.commune),
            cells.index(about.year_column) if about.year_column else None,
            tuple(cells.index(one.column) for one in about.variables.values()),
        )
        self._zeros_kept = any(
            line.cells[self._columns.commune].startswith("0")
            for line in table.lines
            if len(line.cells) == len(cells)
        )
        self._repaired: list[Line] = []

    def rows(self) -> tuple[tuple[LocalRow, ...], tuple[Problem, ...]]:
        """Return every row, none where one of them is wrong."""
        found: dict[tuple[str, str], LocalRow] = {}
        problems: list[Problem] = []
        for line in self._table.lines:
            row, faults = self._row(line)
            problems += faults
            if row is None:
                continue
            first = found.setdefault((row.code, row.year), row)
            if first is not row:
                problems.append(self._twice(line, row, first))
        problems += self._other_years({year for _, year in found})
        problems += self._fractions(found.values())
        wrong = any(not problem.warning for problem in problems)
        return () if wrong else tuple(found.values()), (*problems, *self._told_repairs())

    def _row(self, line: Line) -> tuple[LocalRow | None, list[Problem]]:
        width = len(self._table.header.cells)
        if len(line.cells) != width:
            cells = f"{len(line.cells)} case{'s' * (len(line.cells) > 1)}"
            message = f"cette ligne a {cells} au lieu de {width} : une par colonne"
            if len(line.cells) > width:
                message += " ; une virgule y sépare peut-être des décimales"
            return None, [Problem(message, line.place(0))]
        code, fault = self._code(line)
        if fault:
            return None, [Problem(fault, line.place(self._columns.commune))]
        year, told = self._year(line)
        faults = [Problem(told, line.place(self._columns.year or 0))] if told else []
        faults += self._cell_faults(line)
        values = () if faults else tuple(map(_value, self._cells(line)))
        return LocalRow(code, year, values, line.place(0)), faults

    def _cells(self, line: Line) -> Sequence[str]:
        return [line.cells[place] for place in self._columns.variables]

    def _code(self, line: Line) -> tuple[str, str]:
        """Return a row's commune, and what is wrong with it."""
        written = line.cells[self._columns.commune]
        if not written:
            return "", "cette ligne n’a pas de code de commune"
        if self._is_commune(written):
            return written, ""
        whole = restored(written)
        if whole and self._is_commune(whole):
            if self._zeros_kept:
                message = f"le code « {written} » a quatre caractères : est-ce « {whole} » ?"
                return "", f"{message} Ailleurs, ce fichier a gardé ses zéros"
            self._repaired.append(line)
            return whole, ""
        others = [cell for cell in line.cells if cell != written and self._is_commune(cell)]
        if others and not written.isdigit():
            message = f"« {written[:30]} » n’est pas un code de commune, « {others[0]} » en est un"
            return "", f"{message} : les cases de cette ligne ont glissé"
        return "", code_fault("commune", written, self._known) or ""

    def _is_commune(self, code: str) -> bool:
        if self._known.name("commune", code) is not None:
            return True
        return self._about.geography is not None and self._known.succession(code) is not None

    def _year(self, line: Line) -> tuple[str, str]:
        """Return a row's year, and what is wrong with it."""
        if self._columns.year is None:
            return str(self._about.year), ""
        written = line.cells[self._columns.year]
        if YEAR.fullmatch(written):
            return written, ""
        return "", f"« {written[:30]} » n’est pas une année : attendu 2025, par exemple"

    def _cell_faults(self, line: Line) -> Iterator[Problem]:
        variables = self._about.variables.values()
        for place, variable in zip(self._columns.variables, variables, strict=True):
            text = line.cells[place]
            if not text or text.casefold() in SECRET:
                continue
            fault = number_fault(text) or _range_fault(text, *variable.range)
            if not fault and self._about.threshold is not None and number_of(text) % 1:
                fault = f"« {text} » n’est pas un effectif : attendu un nombre entier"
            if fault:
                yield Problem(f"{fault} (colonne « {variable.column} »)", line.place(place))

    def _twice(self, line: Line, row: LocalRow, first: LocalRow) -> Problem:
        name = self._known.name("commune", row.code)
        named = f"{row.code} ({name})" if name else row.code
        dated = f" en {row.year}" if self._columns.year is not None else ""
        message = (
            f"la commune {named} a deux lignes{dated}, dont la ligne {first.place.line} : "
            "gardez-en une"
        )
        return Problem(message, line.place(self._columns.commune))

    def _other_years(self, years: Collection[str]) -> Iterator[Problem]:
        """Refuse a file whose rows are of none of the years that its name says."""
        named = YEAR.findall(self._table.path.stem)
        if self._columns.year is not None and named and years and not set(named) & set(years):
            message = f"le nom du fichier dit {named[-1]}, ses lignes {', '.join(sorted(years))}"
            yield Problem(message, self._table.lines[0].place(self._columns.year))

    def _fractions(self, rows: Collection[LocalRow]) -> Iterator[Problem]:
        """Refuse a column of percentages that are all fractions of 1, as spreadsheets keep them."""
        for at, variable in enumerate(self._about.variables.values()):
            cells = [row.values[at] for row in rows if row.values]
            numbers = [cell for cell in cells if isinstance(cell, float)]
            if variable.unit == "%" and any(n % 1 for n in numbers) and max(numbers) <= 1:
                message = (
                    f"la colonne « {variable.column} » est en %, et rien n’y dépasse 1 : un "
                    "tableur garde 12,5 % comme 0,125 ; multipliez-la par 100"
                )
                yield Problem(message, self._table.header.place(self._columns.variables[at]))

    def _told_repairs(self) -> Iterator[Problem]:
        if not self._repaired:
            return
        first = self._repaired[0]
        code = first.cells[self._columns.commune]
        count = len(self._repaired)
        more = f" (et {count - 1} autre{'s' * (count > 2)})" if count > 1 else ""
        message = (
            f"le code « {code} » a perdu son zéro, il est lu « {restored(code)} »{more} : "
            "mettez cette colonne au format « Texte »"
        )
        yield Problem(message, first.place(self._columns.commune), warning=True)


def _value(text: str) -> float | str | None:
    if not text:
        return None
    return "secret" if text.casefold() in SECRET else number_of(text)


def _range_fault(text: str, least: float | None, most: float | None) -> str:
    value = number_of(text)
    if least is not None and value < least:
        return f"« {text} » est trop petit : attendu au moins {least:g}"
    if most is None or value <= most:
        return ""
    message = f"« {text} » est trop grand : attendu au plus {most:g}"
    if lost_decimal(value, most):
        message += " ; un tableur a pu effacer la virgule (12,5 devient 125)"
    return message
