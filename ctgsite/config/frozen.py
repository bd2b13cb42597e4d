"""The frozen figures of an edition, `editions/<id>.csv`: what `ctgsite freeze` writes, read back.

Every row is a figure as it stood that day, at full precision. What is read is what was written: a
file whose header or rows were changed by hand or by a spreadsheet is refused at its line.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ctgsite.config.positions import read_text
from ctgsite.errors import ConfigError, Place, Problem

FOLDER = "editions"
COLUMNS = (
    "indicateur", "libelle", "theme", "code", "territoire", "niveau", "annee", "valeur", "unite",
    "numerateur", "denominateur", "statut", "source", "millesime", "cite",
)  # fmt: skip
OWN = "territoire"  # the level of the territory's own figures
LEVELS = (OWN, "epci", "departement", "region", "france", "comparables")  # no member commune
VALUED = ("publie", "calcule", "estime")
STATUSES = (*VALUED, "secret", "absent", "non_agregeable")
CITED = {"oui": True, "non": False}
_NUMBERS = ("valeur", "numerateur", "denominateur")
_NEEDED = ("indicateur", "libelle", "code", "territoire", "annee")


@dataclass(frozen=True, slots=True)
class FrozenFigure:
    """One row; `cited`: the priorities rested on this indicator that day."""

    indicator: str
    label: str
    theme: str
    code: str
    name: str
    level: str
    year: str
    value: float | None
    unit: str
    numerator: float | None
    denominator: float | None
    status: str
    source: str
    vintage: str
    cited: bool


@dataclass(frozen=True, slots=True)
class FrozenEdition:
    """The figures of one edition, in the order of its file."""

    id: str
    figures: tuple[FrozenFigure, ...]


def read_frozen(path: Path, workspace: Path) -> FrozenEdition:
    """Read one frozen file; places are relative to the workspace.

    Raises:
        ConfigError: with every row that is not as `ctgsite freeze` writes them.
    """
    shown = path.relative_to(workspace) if path.is_relative_to(workspace) else path
    records = _records(read_text(path, shown), shown)
    header = next(records, None)
    if header is None:
        raise ConfigError(Problem("ce fichier est vide", Place(shown)))
    if fault := _header_fault(header[1]):
        raise ConfigError(Problem(fault, Place(shown, header[0])))
    figures: dict[tuple[str, str, str], FrozenFigure] = {}
    problems: list[Problem] = []
    for line, cells in records:
        faults = list(_row_faults(cells))
        problems += (Problem(fault, Place(shown, line)) for fault in faults)
        if faults:
            continue
        found = _figure(dict(zip(COLUMNS, cells, strict=True)))
        key = (found.indicator, found.code, found.year)
        if figures.setdefault(key, found) is not found:
            message = f"« {' ; '.join(key)} » est déjà plus haut : une ligne par chiffre"
            problems.append(Problem(message, Place(shown, line)))
    if not figures and not problems:
        problems.append(Problem("ce fichier n’a aucun chiffre", Place(shown)))
    if problems:
        raise ConfigError(problems)
    return FrozenEdition(path.stem, tuple(figures.values()))


def frozen_text(figures: Iterable[FrozenFigure]) -> str:
    """Return the text of a frozen file: the same figures give the same bytes."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(figure) for figure in figures)
    return text.getvalue()


def _cells(figure: FrozenFigure) -> Iterator[str]:
    yield from (figure.indicator, figure.label, figure.theme, figure.code, figure.name)
    yield from (figure.level, figure.year, _written(figure.value), figure.unit)
    yield from (_written(figure.numerator), _written(figure.denominator))
    yield from (figure.status, figure.source, figure.vintage, "oui" if figure.cited else "non")


def _written(value: float | None) -> str:
    """Return a number with every digit; a whole one without a useless “.0”."""
    if value is None:
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)


def _records(text: str, shown: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is not empty, with its line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for record in reader:
            if record:
                yield line, record
            line = reader.line_num + 1
    except csv.Error:
        message = "un guillemet est mal placé ou n’est jamais fermé"
        raise ConfigError(Problem(message, Place(shown, line))) from None


def _header_fault(cells: list[str]) -> str:
    """Say how a header differs from the one written, "" where it does not."""
    if tuple(cells) == COLUMNS:
        return ""
    if len(cells) == 1 and ";" in cells[0]:
        return (
            "un tableur a réenregistré ce fichier avec des points-virgules : reprenez celui que "
            "« ctgsite freeze » a écrit"
        )
    lacking = [f"« {name} »" for name in COLUMNS if name not in cells]
    added = [f"« {name} »" for name in cells if name not in COLUMNS]
    told = [f"manque {', '.join(lacking)}"] if lacking else []
    told += [f"en trop {', '.join(added)}"] if added else []
    what = " ; ".join(told) or "les colonnes ne sont pas dans l’ordre"
    return f"l’en-tête a changé depuis « ctgsite freeze » : {what}"


def _row_faults(cells: list[str]) -> Iterator[str]:
    if len(cells) != len(COLUMNS):
        count = f"{len(cells)} case{'s' * (len(cells) > 1)}"
        yield f"cette ligne a {count} au lieu de {len(COLUMNS)} : une par colonne"
        return
    row = dict(zip(COLUMNS, cells, strict=True))
    yield from (f"« {name} » est vide" for name in _NEEDED if not row[name])
    for name, valid in (("niveau", LEVELS), ("statut", STATUSES), ("cite", tuple(CITED))):
        if row[name] not in valid:
            yield f"« {name} » vaut « {row[name][:30]} » (attendu : {', '.join(valid)})"
    if not row["annee"][-4:].isdecimal():
        yield f"« {row['annee'][:30]} » n’est pas une année (2018) ni une période (2013-2018)"
    for name in _NUMBERS:
        if row[name] and _number(row[name]) is None:
            yield f"« {name} » vaut « {row[name][:30]} » : attendu un nombre à point décimal"
    if row["statut"] in VALUED and not row["valeur"]:
        yield f"un chiffre « {row['statut']} » a une valeur"
    if row["statut"] not in VALUED and any(row[name] for name in _NUMBERS):
        yield f"un chiffre « {row['statut']} » n’a ni valeur ni effectifs"


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and "_" not in text else None


def _figure(row: dict[str, str]) -> FrozenFigure:
    return FrozenFigure(
        row["indicateur"], row["libelle"], row["theme"], row["code"], row["territoire"],
        row["niveau"], row["annee"], _number(row["valeur"]), row["unite"],
        _number(row["numerateur"]), _number(row["denominateur"]), row["statut"], row["source"],
        row["millesime"], CITED[row["cite"]],
    )  # fmt: skip
