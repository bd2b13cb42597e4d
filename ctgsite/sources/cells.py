"""Cells to figures: the checks every reader shares, from the columns expected to the codes found.

Nothing is guessed: a cell is a number, a known mark, a blank, or an error with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process

from ctgsite.config.spreadsheets import number_fault
from ctgsite.errors import Place, Problem, SourceError
from ctgsite.sources.descriptions import Description, FileSpec, Group, Variable
from ctgsite.sources.observations import Status
from ctgsite.sources.panel import RANK, Column, Panel, empty_panel
from ctgsite.sources.readers import Markers

SPACES = " \u00a0\u202f\u2009"  # that producers put between thousands
BLANK = np.int8(-1)  # rank of an empty cell, until the variable says what it means
_YEAR = re.compile(r"\d\d+")  # in a column's name
SHOWN = 5  # findings of one kind listed before the rest is counted


@dataclass(frozen=True, slots=True)
class Source:
    """The file being read, as what, and for which year of the file's name."""

    path: Path
    description: Description
    spec: FileSpec
    year: str

    def fill(self, pattern: str, year: str = "") -> str:
        """A pattern of the description with its year put in: `{aaaa}` 2018, `{aa}` 18 or 1318."""
        chosen = year or self.year
        short = "".join(part[-2:] for part in chosen.split("-"))
        return pattern.replace("{aaaa}", chosen).replace("{aa}", short)

    def problem(self, message: str, line: int = 1, column: int = 1) -> Problem:
        """A finding in this file."""
        return Problem(message, Place(self.path, line, column))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One column to read: where it is in the file and what it becomes."""

    source: tuple[str, ...]  # several are added up
    column: Column
    variable: Variable
    note: str
    bound: float  # half-width of what is known of a published cell

    @property
    def name(self) -> str:
        """The file's column, where there is one only."""
        return self.source[0]


def wanted_columns(source: Source, year: str = "") -> list[Wanted]:
    """What the description says a file of this kind holds; `year` is known from its contents."""
    return [
        _wanted(source, group, name, origin, year or source.year)
        for group in source.spec.groups
        for name, origin in group.columns.items()
    ]


def _wanted(
    source: Source, group: Group, name: str, origin: str | tuple[str, ...], file_year: str
) -> Wanted:
    variable = source.description.variables[name]
    year = source.fill(group.year, file_year)
    vintage = group.vintage.replace("{aaaa}", file_year or year).replace("{fichier}", source.year)
    origins = (origin,) if isinstance(origin, str) else origin
    return Wanted(
        tuple(source.fill(item, year) for item in origins),
        Column(name, year, vintage, variable.additive),
        variable,
        group.note or source.spec.note,
        _bound(source, name, year) * len(origins),
    )


def _bound(source: Source, variable: str, year: str) -> float:
    rule = source.description.imprecision_of(variable, year)
    return rule.half_width if rule else 0.0


class MissingColumnsError(SourceError):
    """The file lacks columns of its description: it may be another edition."""


def check_columns(source: Source, expected: Iterable[str], found: Sequence[str], line: int) -> None:
    """Every expected column is there.

    Raises:
        MissingColumnsError: one problem for each column that is not, with the nearest one found.
    """
    present = set(found)
    problems = []
    names = list(dict.fromkeys(expected))
    dated = {_undated(item): item for item in found if item not in names}
    for name in names:
        if name in present:
            continue
        nearest = process.extractOne(name, [item for item in found if item], scorer=fuzz.ratio)
        hint = f" ; la plus proche trouvée est « {nearest[0]} »" if nearest else ""
        if (other := dated.get(_undated(name))) and _YEAR.search(name):
            hint = f" ; « {other} » s’y trouve : ce fichier est d’un autre millésime"
        problems.append(
            source.problem(
                f"colonne « {name} » attendue ({source.description.id}), absente{hint}", line
            )
        )
    if problems:
        raise MissingColumnsError(problems)


def _undated(name: str) -> str:
    return _YEAR.sub(lambda digits: "0" * len(digits[0]), name)


def check_codes(source: Source, codes: pd.Series[str], lines: npt.NDArray[np.int_]) -> None:
    """There are rows, and no area has two.

    Raises:
        SourceError: no row at all, or duplicated codes, with their lines.
    """
    if codes.empty:
        raise SourceError(source.problem("aucune ligne de données dans le fichier"))
    twice = codes.duplicated(keep="first").to_numpy()
    if not twice.any():
        return
    places = [
        source.problem(
            f"le code {code} figure deux fois ; une ligne par code est attendue", int(line)
        )
        for code, line in zip(codes[twice].tolist()[:SHOWN], lines[twice][:SHOWN], strict=False)
    ]
    rest = int(twice.sum()) - len(places)
    if rest > 0:
        places.append(source.problem(f"… et {rest} autres codes en double"))
    raise SourceError(places)


def five_digits(codes: pd.Series[str]) -> pd.Series[str]:
    """Codes joined from 974 and 421 have a digit too many: the département ends the commune's."""
    joined = codes.str.fullmatch(r"97\d{4}")
    return codes.where(~joined, codes.str[:3] + codes.str[-2:])


def read_numbers(
    source: Source,
    text: pd.Series[str],
    name: str,
    lines: npt.NDArray[np.int_],
    markers: Markers,
    *,
    decimal: str = ".",
    grouped: bool = False,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    """Values of a column of text, and its ranks: PUBLIE, SECRET, ABSENT or BLANK.

    Raises:
        SourceError: a cell is neither a number nor a known mark.
    """
    cells = text.str.strip()
    ranks = np.full(len(cells), RANK[Status.PUBLIE], dtype=np.int8)
    known = cells.eq("")
    ranks[known.to_numpy()] = BLANK
    for status, marks in ((Status.SECRET, markers.secret), (Status.ABSENT, markers.absent)):
        marked = cells.isin(marks)
        ranks[marked.to_numpy()] = RANK[status]
        known |= marked
    if grouped:
        cells = cells.str.replace(f"[{SPACES}]", "", regex=True)
    if decimal == ",":
        cells = cells.str.replace(",", ".", regex=False)
    values = pd.to_numeric(cells.where(~known), errors="coerce").to_numpy(float, na_value=np.nan)
    wrong = ~np.isfinite(values) & ~known.to_numpy()
    if wrong.any():
        raise SourceError(
            source.problem(f"{_fault(cell.strip())} (colonne « {name} »)", int(line))
            for cell, line in zip(text[wrong].tolist()[:SHOWN], lines[wrong][:SHOWN], strict=False)
        )
    return values, ranks


def _fault(cell: str) -> str:
    """Say why a cell is no number here, though it may be one elsewhere."""
    fault = number_fault(cell)
    return fault or f"« {cell} » n’est pas un nombre : il n’est pas écrit comme dans ce fichier"


def build_panel(
    source: Source,
    codes: pd.Index[str],
    wanted: Sequence[Wanted],
    cells: Mapping[int, tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]],
    level: str = "",
) -> Panel:
    """A panel from columns of values and ranks; blanks take what the variable says they mean."""
    panel = empty_panel(
        source.description.id,
        level or source.spec.level,
        codes,
        tuple(item.column for item in wanted),
    )
    for position, item in enumerate(wanted):
        values, ranks = cells[position]
        panel = _fill_column(panel, position, item, values, ranks)
    return panel


def _fill_column(
    panel: Panel,
    position: int,
    item: Wanted,
    values: npt.NDArray[np.float64],
    ranks: npt.NDArray[np.int8],
) -> Panel:
    panel.values[:, position] = values
    panel.ranks[:, position] = ranks
    panel.bounds[:, position] = item.bound
    if item.note:
        panel, number = panel.note_number(item.note)
        panel.note_numbers[ranks == RANK[Status.PUBLIE], position] = number
    for where, status, reason in _gaps(item, values, ranks):
        if where.any():
            panel, number = panel.note_number(reason)
            panel.note_numbers[where, position] = number
            panel.ranks[where, position] = RANK[status]
            panel.values[where, position] = np.nan
    return panel


def _gaps(
    item: Wanted, values: npt.NDArray[np.float64], ranks: npt.NDArray[np.int8]
) -> Iterator[tuple[npt.NDArray[np.bool_], Status, str]]:
    """Where a column holds no figure, with the status and the reason of each kind of gap."""
    empty, zero = item.variable.empty, item.variable.zero
    yield ranks == BLANK, Status(empty.status), empty.reason
    yield ranks == RANK[Status.SECRET], Status.SECRET, "secret statistique"
    yield ranks == RANK[Status.ABSENT], Status.ABSENT, "non disponible chez le producteur"
    if zero is not None:
        yield values == 0, Status(zero.status), zero.reason
