"""Figures just read, held against the vintage before: a few jumps are told, many refuse the file.

Territories do jump: a new district doubles a commune in five years, a prison closes, a dividend
makes a year's income. So one jump proves nothing; it is a warning, for somebody to look at. But
territories do not jump together: where more than a few hundredths of them do, or where most have
lost their figure, a column has shifted or the file is of another year, and nothing of it is kept.

A figure is held against the nearest year of its variable, in another file of the store or earlier
in its own, at the same level and on today's areas, never across a break of series. What the same
file said when it was imported before does not count: else a wrong one could never be put right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ctgsite.errors import Place, Problem
from ctgsite.sources.cells import SHOWN, Source
from ctgsite.sources.descriptions import Description
from ctgsite.sources.expectations import Jump
from ctgsite.sources.findings import areas_told, dataset_told, number_told, variable_told
from ctgsite.sources.observations import Observations, Status
from ctgsite.sources.panel import Column
from ctgsite.sources.plausibility import ImplausibleError

Key = tuple[str, str, str]  # level, variable, year
Known = Mapping[Key, "pd.Series[float]"]  # figures by code
VALUED = [str(status) for status in Status if status.has_value]
REFUSED = "une colonne a glissé, ou le fichier est d’un autre millésime : rien n’en est gardé"


@dataclass(frozen=True)
class Comparison:
    """A variable in two years, the earlier first, on the areas that were known and large enough."""

    level: str
    column: Column  # of the file
    years: tuple[str, str]
    known: pd.Series[float]
    figures: pd.Series[float]  # the file's; NaN where there is none any more

    @property
    def pair(self) -> tuple[pd.Series[float], pd.Series[float]]:
        """The figures of both years, in their order."""
        if self.years[1] == self.column.year:
            return self.known, self.figures
        return self.figures, self.known

    @property
    def gap(self) -> pd.Series[float]:
        """How far each area moved, either way."""
        return (self.figures - self.known).abs()

    def moved(self, jump: Jump) -> pd.Series[bool]:
        """Whether each area moved too far."""
        if jump.points is not None:
            return self.gap > jump.points
        return self.gap > (jump.relative or 0) * self.pair[0].abs()


def jumping_variables(description: Description) -> frozenset[str]:
    """The variables whose moves are looked at."""
    return frozenset(name for name, item in description.variables.items() if item.jump)


def check_jumps(
    source: Source, published: Observations, former: Sequence[Observations]
) -> list[Problem]:
    """Hold the figures of a file against those of `former` ones, and return warnings about a few.

    Raises:
        ImplausibleError: too many jump, or most are no more.
    """
    description = source.description
    warnings: list[Problem] = []
    refusals: list[Problem] = []
    for item in _comparisons(description, published, former):
        jump = description.variables[item.column.variable].jump
        if jump is not None:
            told, refused = _judged(source, item, jump)
            (refusals if refused else warnings).extend(told)
    if refusals:
        raise ImplausibleError(refusals)
    return warnings


def _judged(source: Source, item: Comparison, jump: Jump) -> tuple[list[Problem], bool]:
    """What there is to say of one comparison, and whether the file is refused for it."""
    lost, compared = int(item.figures.isna().sum()), len(item.known)
    if lost > jump.lost * compared:
        return [source.problem(_lost_told(source, item, lost))], True
    moved = item.moved(jump)
    if not moved.any():
        return [], False
    message = _moved_told(source, item, jump, moved)
    if moved.sum() > jump.refused * (compared - lost):
        return [source.problem(f"{message} ; {REFUSED}")], True
    return [Problem(message, Place(source.path), warning=True)], False


def _comparisons(
    description: Description, published: Observations, former: Sequence[Observations]
) -> Iterator[Comparison]:
    """Each variable and year of a file beside the nearest year known before it."""
    variables = jumping_variables(description)
    if not variables:
        return
    own, vintages = _by_column(published, variables)
    stored: dict[Key, pd.Series[float]] = {}
    for file in former:
        for key, figures in _by_column(file, variables)[0].items():
            stored[key] = figures.combine_first(stored[key]) if key in stored else figures
    for (level, variable, year), figures in own.items():
        other = _nearest(description, (level, variable, year), own, stored)
        jump = description.variables[variable].jump
        if other is None or jump is None:
            continue
        known = (stored if other in stored else own)[other]
        large = known[known >= jump.floor]
        if len(large):
            column = Column(variable, year, vintages[level, variable, year])
            first, last = sorted((other[2], year), key=_end)
            yield Comparison(level, column, (first, last), large, figures.reindex(large.index))


def _by_column(
    observations: Observations, variables: frozenset[str]
) -> tuple[dict[Key, pd.Series[float]], dict[Key, str]]:
    """The figures of each level, variable and year, by code; and their vintage."""
    frame = observations.frame
    frame = frame[frame["variable"].isin(variables) & frame["status"].isin(VALUED)]
    figures: dict[Key, pd.Series[float]] = {}
    vintages: dict[Key, str] = {}
    for names, rows in frame.groupby(["level", "variable", "year"], observed=True, sort=True):
        level, variable, year = map(str, names)
        codes = rows["code"].to_numpy()
        figures[level, variable, year] = pd.Series(rows["value"].to_numpy(), index=codes)
        vintages[level, variable, year] = str(rows["vintage"].iloc[0])
    return figures, vintages


def _nearest(description: Description, key: Key, own: Known, stored: Known) -> Key | None:
    """The figures to compare with: the same year's former edition, or the nearest year."""
    level, variable, year = key
    found = {
        other
        for other in (*(k for k in own if _end(k[2]) < _end(year)), *stored)
        if other[:2] == (level, variable) and not _broken(description, variable, year, other[2])
    }
    return min(found, key=lambda other: (abs(_end(other[2]) - _end(year)), other), default=None)


def _end(year: str) -> int:
    """The last year of a period, or the year."""
    return int(year[-4:])


def _broken(description: Description, variable: str, *years: str) -> bool:
    """Whether a break of the variable's series lies between two years."""
    first, last = sorted(map(_end, years))
    return any(
        variable in item.variables and first < _end(item.year) <= last
        for item in description.breaks
    )


def _moved_told(source: Source, item: Comparison, jump: Jump, moved: pd.Series[bool]) -> str:
    """How many areas jump, the first of them with both figures."""
    limit = f"{number_told(jump.points)} points" if jump.points else _percent(jump.relative or 0)
    codes = item.gap[moved].sort_values(ascending=False).index
    former, latter = item.pair
    shown = ", ".join(
        f"{code} ({number_told(former[code], 1)} → {number_told(latter[code], 1)})"
        for code in codes[:SHOWN]
    )
    more = "…" if len(codes) > SHOWN else ""
    return (
        f"{_told(source, item)} bouge de plus de {limit} entre {item.years[0]} et "
        f"{item.years[1]} dans {number_told(len(codes))} cas sur "
        f"{areas_told(item.level, len(item.known))} : {shown}{more}"
    )


def _lost_told(source: Source, item: Comparison, lost: int) -> str:
    return (
        f"{_told(source, item)} n’a plus de valeur dans {number_told(lost)} cas sur "
        f"{areas_told(item.level, len(item.known))} qui en avaient une "
        f"({' et '.join(item.years)}), dont "
        f"{', '.join(item.figures.index[item.figures.isna()][:SHOWN])} ; {REFUSED}"
    )


def _told(source: Source, item: Comparison) -> str:
    return f"{dataset_told(source, item.column)} : {variable_told(source, item.column.variable)}"


def _percent(share: float) -> str:
    return f"{number_told(share * 100, 1)} %"
