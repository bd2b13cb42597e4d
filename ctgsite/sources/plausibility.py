"""Figures just read, held against what their description expects; what cannot be refuses the file.

Three checks that a file fails by itself: its rows (a file cut short would make secrets of what it
lacks), the range of each variable, and the totals between variables of one year. Each is about what
no territory can do, so that one finding is enough: a single share of 142 % means a column that is
not what it is called. What territories can do, however seldom, is left to `jumps`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ctgsite.errors import Problem, SourceError
from ctgsite.sources.cells import SHOWN, Source
from ctgsite.sources.expectations import Bounds, Total
from ctgsite.sources.findings import (
    area_told,
    areas_told,
    dataset_told,
    number_told,
    variable_told,
)
from ctgsite.sources.panel import Column, Panel, Values
from ctgsite.sources.readers import TableReader
from ctgsite.sources.tables import lines_of

Mask = npt.NDArray[np.bool_]


class ImplausibleError(SourceError):
    """A file reads well, and says what its dataset cannot."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure that cannot be: its area, its column, and the sentence about it."""

    code: str
    column: Column
    said: str


def check_figures(source: Source, panels: Sequence[Panel]) -> None:
    """Hold the figures of a file against its description.

    Raises:
        ImplausibleError: at most a handful of problems of each kind, then how many more there are.
    """
    problems = list(few_rows(source, panels))
    for panel in panels:
        for findings in (*_out_of_range(source, panel), *_not_adding_up(source, panel)):
            problems += _told(source, findings)
    if problems:
        raise ImplausibleError(problems)


def few_rows(source: Source, panels: Sequence[Panel]) -> Iterator[Problem]:
    """The problem of a file that holds fewer areas than it should."""
    for panel in panels:
        if panel.level == source.spec.level and len(panel.codes) < source.spec.rows:
            yield source.problem(
                f"{dataset_told(source, panel.columns[0])} : le fichier n’a que "
                f"{areas_told(panel.level, len(panel.codes))}, le minimum attendu est "
                f"{number_told(source.spec.rows)} ; il est incomplet"
            )


def _out_of_range(source: Source, panel: Panel) -> Iterator[list[Finding]]:
    """The values of each column that are not within its variable's range."""
    for position, column in enumerate(panel.columns):
        bounds = source.description.variables[column.variable].range
        values = panel.values[:, position]
        wrong = _outside(values, bounds)
        if wrong.any():
            yield [
                Finding(
                    code,
                    column,
                    f"{variable_told(source, column.variable)} vaut {number_told(value)} "
                    f"pour {area_told(panel.level, code)} ; {_range_told(bounds)}",
                )
                for code, value in zip(panel.codes[wrong], values[wrong], strict=True)
            ]


def _outside(values: Values, bounds: Bounds) -> Mask:
    """Beyond the bounds by more than the noise of a computed share; a gap is NaN, within any."""
    least, most = bounds
    low = -np.inf if least is None else least - 1e-6
    high = np.inf if most is None else most + 1e-6
    outside: Mask = (values < low) | (values > high)
    return outside


def _range_told(bounds: Bounds) -> str:
    match bounds:
        case (None, float(most)):
            return f"attendu au plus {number_told(most)}"
        case (float(least), None):
            return f"attendu au moins {number_told(least)}"
        case (least, most):
            return f"attendu entre {number_told(least or 0)} et {number_told(most or 0)}"


def _not_adding_up(source: Source, panel: Panel) -> Iterator[list[Finding]]:
    """The areas of each relation whose parts do not make the whole, where all terms are known."""
    places = {column.key: position for position, column in enumerate(panel.columns)}
    for relation in source.description.expectations.relations:
        for year in dict.fromkeys(column.year for column in panel.columns):
            keys = [(name, year) for name in relation.variables]
            if all(key in places for key in keys):
                yield _beside(panel, relation, [places[key] for key in keys])


def _beside(panel: Panel, relation: Total, positions: Sequence[int]) -> list[Finding]:
    """The findings of one relation in one year; its parts come first, then its whole."""
    parts = panel.values[:, positions[: len(relation.parts)]].sum(axis=1)
    constant = isinstance(relation.whole, float)
    whole = np.full(len(parts), relation.whole) if constant else panel.values[:, positions[-1]]
    gaps = parts - whole
    wrong = (gaps if relation.rest else np.abs(gaps)) > relation.tolerance
    names, most = " + ".join(relation.parts), "au plus " if relation.rest else ""
    named = "" if constant else f" ({relation.whole})"
    return [
        Finding(
            code,
            panel.columns[positions[0]],
            f"{names} vaut {number_told(part)} pour {area_told(panel.level, code)} ; "
            f"attendu {most}{number_told(total)}{named}",
        )
        for code, part, total in zip(panel.codes[wrong], parts[wrong], whole[wrong], strict=True)
    ]


def _told(source: Source, findings: Sequence[Finding]) -> Iterator[Problem]:
    """The first findings of one kind, each at its line, and how many more there are."""
    if not findings:
        return
    lines = _lines(source, findings[0].column.year)
    for item in findings[:SHOWN]:
        message = f"{dataset_told(source, item.column)} : {item.said}"
        yield source.problem(message, lines.get(item.code, 1))
    rest = len(findings) - SHOWN
    if rest > 0:
        yield source.problem("… et un autre cas" if rest == 1 else f"… et {rest} autres cas")


def _lines(source: Source, year: str) -> Mapping[str, int]:
    """The line of each code in the file, where it is a table; it is read again to be told."""
    reader = source.description.reader_of(source.spec)
    return lines_of(source, reader, year) if isinstance(reader, TableReader) else {}
