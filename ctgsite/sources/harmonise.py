"""From a file's own geography to today's communes: mergers are added up, splits are left absent.

What a merged commune cannot be given (a median of its parts, a sum with a part unpublished) is
absent with its reason; nothing is shared out, nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctgsite.geography.cog import Geography
from ctgsite.sources.arrondissements import arrondissements_of, commune_of, without_doubles
from ctgsite.sources.descriptions import Description, FileSpec
from ctgsite.sources.observations import Status
from ctgsite.sources.panel import NO_ROW, RANK, Panel, empty_panel
from ctgsite.sources.tables import beside

Rows = npt.NDArray[np.intp]

MERGED = "somme des communes réunies depuis"
SUM_OF_ARRONDISSEMENTS = "somme des arrondissements"
INCOMPLETE = "une des communes réunies depuis n’a pas de valeur publiée"
NOT_ADDITIVE = (
    "le chiffre publié porte sur les communes d’avant leur réunion et ne s’additionne pas"
)
BY_ARRONDISSEMENT = "publié par arrondissement municipal, sans valeur pour la commune"
ZERO = "aucune ligne dans le fichier du producteur, lu comme zéro"


@dataclass(frozen=True, slots=True)
class Undivided:
    """A territory that several of today's communes divide among them since the file.

    None of them has a figure, but what contains them all has theirs: one row of counts.
    """

    communes: tuple[str, ...]
    row: Panel
    codes: frozenset[str]  # the file's, that the row adds up


@dataclass(frozen=True, slots=True)
class Harmonised:
    """A panel on today's communes, what had to stay undivided, and the codes left unknown."""

    panel: Panel
    undivided: tuple[Undivided, ...]
    unknown: tuple[str, ...]


def harmonise(
    panel: Panel, description: Description, spec: FileSpec, geography: Geography
) -> Harmonised:
    """A panel of communes on today's, one row each, in the order of `geography.communes`."""
    rows = panel
    if description.arrondissements == "doublons":
        rows = without_doubles(panel, geography)
    today = pd.Index(geography.communes.index, dtype=object)
    current = geography.harmonised_codes(pd.Series(rows.codes, dtype=object))
    targets = today.get_indexer(current.astype(object).fillna(commune_of(rows.codes, geography)))
    years = [geography_year(spec, column.year) for column in rows.columns]
    order: list[int] = []
    parts = []
    undivided: list[Undivided] = []
    for year in dict.fromkeys(years):
        chosen = [position for position, other in enumerate(years) if other == year]
        dated = rows.select(chosen)
        moved = _moved(dated, targets, today, year, description, geography)
        parts.append(_without_splits(moved, year, geography))
        undivided += _undivided(dated, targets, today, year, description, geography)
        order += chosen
    whole = beside(parts).select(list(np.argsort(order)))
    outside = _outside_absent(whole, description, geography)
    used = {code for item in undivided for code in item.codes}
    unknown = tuple(str(code) for code in rows.codes[targets < 0] if code not in used)
    return Harmonised(_zeros_filled(outside, description, geography), tuple(undivided), unknown)


def geography_year(spec: FileSpec, year: str) -> int | None:
    """The year of a file's communes, "2021" or "{aaaa}+2" of a column; None if unknown."""
    text, _, delay = spec.geography.replace("{aaaa}", year[-4:]).partition("+")
    return int(text) + int(delay or 0) if text else None


def _absorbed_since(year: int | None, geography: Geography) -> Mapping[str, set[str]]:
    """The communes of 1 January of `year` that are part of another today, by that other."""
    found: dict[str, set[str]] = {}
    if year is None:
        return found
    day = date(year, 1, 1)
    for former in geography.passage.former.values():
        if len(former.successors) == 1 and geography.passage.existed(former.code, day):
            found.setdefault(former.successors[0], set()).add(former.code)
    return found


def _moved(
    panel: Panel,
    targets: Rows,
    today: pd.Index[str],
    year: int | None,
    description: Description,
    geography: Geography,
) -> Panel:
    """Rows on their commune of today; where it had several parts, they are merged."""
    known = np.flatnonzero(targets >= 0)
    result = empty_panel(panel.dataset, panel.level, today, panel.columns, panel.notes)
    result.values[targets[known]] = panel.values[known]
    result.ranks[targets[known]] = panel.ranks[known]
    result.note_numbers[targets[known]] = panel.note_numbers[known]
    result.bounds[targets[known]] = panel.bounds[known]
    absorbed = _absorbed_since(year, geography)
    merger = _Merger.between(panel, result, description)
    counts = np.bincount(targets[known], minlength=len(today))
    own = np.zeros(len(today), dtype=bool)
    own[targets[known]] = panel.codes[known] == today[targets[known]]
    touched = (counts > 1) | ((counts == 1) & ~own)
    touched |= today.isin(list(absorbed))
    by_target = pd.Series(known).groupby(targets[known]).indices
    for target in np.flatnonzero(touched & (counts > 0)):
        code = str(today[int(target)])
        rows = known[by_target[target]]
        parts = _standing((code, *absorbed.get(code, ())), year, geography)
        if parts and code not in panel.codes[rows] and arrondissements_of(code, geography):
            parts = arrondissements_of(code, geography)
        if len(rows) > 1 or parts != {str(panel.codes[rows[0]])}:  # else its code alone changed
            merger.merge(int(target), rows, parts)
    return merger.target


@dataclass(frozen=True, slots=True)
class _Merger:
    """Merges rows of `source` into a row of `target`; `zeros` are columns where no row is zero."""

    source: Panel
    target: Panel
    zeros: npt.NDArray[np.bool_]
    additive: npt.NDArray[np.bool_]
    numbers: Mapping[str, np.int32]

    @staticmethod
    def between(source: Panel, target: Panel, description: Description) -> _Merger:
        """A merger whose target knows the notes that a merger may need."""
        numbers = {}
        for note in (
            MERGED, SUM_OF_ARRONDISSEMENTS, INCOMPLETE, NOT_ADDITIVE, BY_ARRONDISSEMENT
        ):  # fmt: skip
            target, numbers[note] = target.note_number(note)
        variables = [description.variables[column.variable] for column in target.columns]
        return _Merger(
            source,
            target,
            np.array([item.zero_without_row for item in variables]),
            np.array([item.additive for item in variables]),
            numbers,
        )

    def merge(self, target: int, rows: Rows, parts: frozenset[str]) -> None:
        """Gives a commune the sum of its parts, or the reason why there is none.

        `parts` are the codes that must all have a value; none means whatever the file has.
        """
        complete = self.source.has_value[rows].all(axis=0)
        if parts:
            complete &= self.zeros | (not parts - {str(code) for code in self.source.codes[rows]})
        summed = self.additive & complete
        secret = self.additive & (self.source.ranks[rows] == RANK[Status.SECRET]).any(axis=0)
        total, reason = MERGED, NOT_ADDITIVE
        if self._are_arrondissements(target, rows):
            total, reason = SUM_OF_ARRONDISSEMENTS, BY_ARRONDISSEMENT
        gap = np.where(secret, RANK[Status.SECRET], RANK[Status.ABSENT])
        note = np.where(self.additive, self.numbers[INCOMPLETE], self.numbers[reason])
        result = self.target
        result.values[target] = np.where(summed, self.source.values[rows].sum(axis=0), np.nan)
        result.bounds[target] = self.source.bounds[rows].sum(axis=0)
        result.ranks[target] = np.where(summed, RANK[Status.CALCULE], gap)
        result.note_numbers[target] = np.where(summed, self.numbers[total], note)

    def _are_arrondissements(self, target: int, rows: Rows) -> bool:
        return str(self.target.codes[target]) in {"75056", "69123", "13055"} and len(rows) > 1


def _without_splits(panel: Panel, year: int | None, geography: Geography) -> Panel:
    """The communes cut out of another since the file's geography have no figure, and why."""
    for code, reason in (geography.passage.split_reasons(year) if year else {}).items():
        position = panel.codes.get_indexer(pd.Index([code], dtype=object))[0]
        if position >= 0:
            panel, number = panel.note_number(reason)
            panel.values[position] = np.nan
            panel.ranks[position] = RANK[Status.ABSENT]
            panel.note_numbers[position] = number
    return panel


def _undivided(
    panel: Panel,
    targets: Rows,
    today: pd.Index[str],
    year: int | None,
    description: Description,
    geography: Geography,
) -> list[Undivided]:
    """The counts of the territories divided since the file, each as one row."""
    zeros = np.array([description.variables[c.variable].zero_without_row for c in panel.columns])
    absorbed = _absorbed_since(year, geography)
    found = []
    for communes in _divided_since(year, geography):
        places = today.get_indexer(pd.Index(communes, dtype=object))
        shared = _shared_out(communes, geography)
        rows = np.flatnonzero(np.isin(targets, places) | panel.codes.isin(list(shared)))
        if not len(rows):
            continue
        codes = frozenset(map(str, panel.codes[rows]))
        needed = _standing((*communes, *shared), year, geography)
        needed = needed.union(*(absorbed.get(commune, ()) for commune in communes))
        complete = panel.has_value[rows].all(axis=0) & (zeros | (needed <= codes))
        row = panel.rows(rows[:1])
        row.values[0] = np.where(complete, panel.values[rows].sum(axis=0), np.nan)
        row.bounds[0] = panel.bounds[rows].sum(axis=0)
        secret = (panel.ranks[rows] == RANK[Status.SECRET]).any(axis=0)
        gap = np.where(secret, RANK[Status.SECRET], RANK[Status.ABSENT])
        row.ranks[0] = np.where(complete, RANK[Status.CALCULE], gap)
        found.append(Undivided(communes, row, codes))
    return found


def _shared_out(communes: Sequence[str], geography: Geography) -> frozenset[str]:
    """The former communes whose territory some of today's divide among them."""
    return frozenset(
        code
        for code, former in geography.passage.former.items()
        if len(former.successors) > 1 and set(former.successors) <= set(communes)
    )


def _standing(codes: Iterable[str], year: int | None, geography: Geography) -> frozenset[str]:
    """Those of some codes that were communes on 1 January of `year`; none without a year."""
    if year is None:
        return frozenset()
    day = date(year, 1, 1)
    return frozenset(code for code in codes if geography.passage.existed(code, day))


def _divided_since(year: int | None, geography: Geography) -> list[tuple[str, ...]]:
    """Groups of today's communes cut from one another since `year`, each commune in one group."""
    groups: list[set[str]] = []
    for split in geography.passage.splits_since(year) if year else ():
        together = set(split.communes)
        for group in [group for group in groups if group & together]:
            together |= group
            groups.remove(group)
        groups.append(together)
    return [tuple(sorted(group)) for group in groups]


def _outside_absent(panel: Panel, description: Description, geography: Geography) -> Panel:
    """The communes that a variable is not about have no figure, and the reason why."""
    departements = geography.communes["departement"]
    for position, column in enumerate(panel.columns):
        for item in description.coverage_of(column.variable).exclusions:
            where = departements.isin(item.departements).to_numpy()
            panel, number = panel.note_number(item.reason)
            panel.values[where, position] = np.nan
            panel.ranks[where, position] = RANK[Status.ABSENT]
            panel.note_numbers[where, position] = number
    return panel


def _zeros_filled(panel: Panel, description: Description, geography: Geography) -> Panel:
    """Where no row means none, the communes of France without a row have 0."""
    in_france = geography.communes["departement"].ne("").to_numpy()
    for position, column in enumerate(panel.columns):
        if description.variables[column.variable].zero_without_row:
            where = (panel.ranks[:, position] == NO_ROW) & in_france
            panel, number = panel.note_number(ZERO)
            panel.values[where, position] = 0.0
            panel.ranks[where, position] = RANK[Status.PUBLIE]
            panel.note_numbers[where, position] = number
    return panel
