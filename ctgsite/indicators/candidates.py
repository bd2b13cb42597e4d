"""One formula, one year: the value, counts, status and reason that it gives for each area."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ctgsite.indicators.bounds import Uncertain, bounds_of
from ctgsite.indicators.model import Formula, Indicator, Kind, Term
from ctgsite.indicators.panel import NO_ROW, STATUSES, Column, Floats, Ints, Panel
from ctgsite.sources.observations import Status

Bools = npt.NDArray[np.bool_]

ZERO_DENOMINATOR = "Dénominateur nul : le rapport ne peut pas être calculé."
MISSING_TERM = "Une des données nécessaires au calcul n’est pas publiée pour ce territoire."

_CODE = {status: place for place, status in enumerate(STATUSES)}
_VALUED = np.array([status.has_value for status in STATUSES])
# Where several terms have no value, the gravest reason is told.
_GRAVITY = (Status.ABSENT, Status.NON_AGREGEABLE, Status.SECRET)


@dataclass(frozen=True)
class Candidates:
    """Arrays of one length, one item an area about which the formula's dataset says something."""

    area: Ints
    value: Floats
    numerator: Floats
    denominator: Floats
    status: Ints
    caution: Bools
    vintage: Ints  # number in `Vintages`
    note: Ints  # number in the panel's notes
    bound: Floats  # half-width of what is known of the value, 0 where nothing is


class Vintages:
    """The editions named so far, single or joined ("RP 2018 ; Filosofi 2019"), by number."""

    def __init__(self) -> None:
        self._numbers = {"": 0}

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label, in the order of the numbers."""
        return tuple(self._numbers)

    def number(self, label: str) -> int:
        """Return the number of a label, new or known."""
        return self._numbers.setdefault(label, len(self._numbers))

    def editions(self, number: int) -> frozenset[str]:
        """Return the editions that a label names."""
        return frozenset(self.labels[number].split(" ; "))

    def all_of(self, numbers: Iterable[int]) -> int:
        """Return the number of a label that joins the editions of several."""
        parts = (part for number in numbers for part in self.labels[number].split(" ; "))
        return self.number(" ; ".join(dict.fromkeys(filter(None, parts))))

    def joined(self, number: int, label: str) -> int:
        """Return the number of a label with another edition added to it."""
        parts = [part for part in self.labels[number].split(" ; ") if part]
        return self.number(" ; ".join(parts if not label or label in parts else [*parts, label]))


def compute_candidates(
    panel: Panel, indicator: Indicator, formula: Formula, year: str, vintages: Vintages
) -> Candidates:
    """Compute one formula in one year for all areas, and name its editions in `vintages`.

    An area is present where the formula's own dataset has a row for one of its terms.
    """
    terms = _Terms(panel, formula, year)
    area = np.flatnonzero(_present(panel, formula, terms)).astype(np.int32)
    numerator, denominator, value = _figures(formula, terms, area)
    status, note = _statuses(panel, formula, terms, area)
    status, note = _without_zero(panel, formula, denominator, status, note)
    known = _VALUED[status]
    base = _base(formula, numerator, denominator)
    return Candidates(
        area,
        np.where(known, value, np.nan),
        np.where(known, numerator, np.nan) if _counts_above(formula) else _blank(area),
        np.where(known, denominator, np.nan) if _counts_below(formula) else _blank(area),
        status,
        known & (base < indicator.caution_threshold),
        _vintages(panel, terms, area, vintages),
        note,
        np.where(known, _bounds(formula, terms, area), 0.0),
    )


class _Terms:
    """The columns of a formula in one year, by the sum they belong to."""

    def __init__(self, panel: Panel, formula: Formula, year: str) -> None:
        def columns(terms: Iterable[Term]) -> list[tuple[int, Column]]:
            return [(t.sign, _column(panel, formula.dataset, t, year)) for t in terms]

        self.numerator = columns(formula.numerator)
        self.denominator = columns(formula.denominator)
        # The effectif of a published figure only serves its caution: its gaps change nothing.
        needed = [] if formula.kind is Kind.PUBLIE else self.denominator
        self.needed = [column for _, column in (*self.numerator, *needed)]


def _column(panel: Panel, dataset: str, term: Term, year: str) -> Column:
    return panel.column((term.dataset or dataset, term.variable, term.year or year))


def _present(panel: Panel, formula: Formula, terms: _Terms) -> Bools:
    sums = ((formula.numerator, terms.numerator), (formula.denominator, terms.denominator))
    own = [
        column.status != NO_ROW
        for written, columns in sums
        for term, (_, column) in zip(written, columns, strict=True)
        if term.dataset in (None, formula.dataset)
    ]
    level = panel.areas["level"].to_numpy()
    # The parts of a published figure's effectif say nothing by themselves.
    told = own[: len(formula.numerator)] if formula.kind is Kind.PUBLIE else own
    present = np.logical_or.reduce(told) if told else np.zeros(len(level), dtype=bool)
    return present & np.isin(level, formula.levels) if formula.levels else present


def _sum(columns: Sequence[tuple[int, Column]], area: Ints) -> Floats:
    total = np.zeros(len(area))
    for sign, column in columns:
        total = total + sign * column.value[area]
    return total


def _figures(formula: Formula, terms: _Terms, area: Ints) -> tuple[Floats, Floats, Floats]:
    """Return numerator, denominator and value; NaN wherever a term is unknown."""
    above, below = _sum(terms.numerator, area), _sum(terms.denominator, area)
    with np.errstate(divide="ignore", invalid="ignore"):
        match formula.kind:
            case Kind.SOMME:
                above = above * formula.scale / formula.period
                return above, below, above
            case Kind.PUBLIE:
                return above, below, above * formula.scale
            case Kind.RAPPORT | Kind.QUOTIENT_PUBLIE:
                return above, below, formula.scale * above / below
            case Kind.TAUX_ANNUEL:
                return above, below, _yearly_growth(above, below, formula)
            case Kind.SOLDE_ANNUEL:
                mean = below / len(terms.denominator)
                return above, mean, formula.scale * above / formula.period / mean
            case Kind.INDICATEURS:
                raise ValueError("a sum of indicators is computed by `references`")


def _yearly_growth(last: Floats, first: Floats, formula: Formula) -> Floats:
    ratio = np.where(first > 0, last / first, np.nan)
    grown: Floats = formula.scale * (ratio ** (1 / formula.period) - 1)
    return grown


def _bounds(formula: Formula, terms: _Terms, area: Ints) -> Floats:
    """Return the bound of each value; 0 at once where nothing is known of any term."""
    if all(column.bound is None for column in terms.needed):
        return np.zeros(len(area))
    sums = (terms.numerator, terms.denominator)
    above, below = (
        Uncertain(_sum(columns, area), _sum_of_bounds(columns, area)) for columns in sums
    )
    return bounds_of(formula, above, below)


def _sum_of_bounds(columns: Sequence[tuple[int, Column]], area: Ints) -> Floats:
    known = [column.bound[area] for _, column in columns if column.bound is not None]
    return np.sum(known, axis=0) if known else np.zeros(len(area))


def _statuses(panel: Panel, formula: Formula, terms: _Terms, area: Ints) -> tuple[Ints, Ints]:
    as_published = len(terms.needed) == 1 and _is_untouched(formula)
    return combined(panel, terms.needed, area, formula.note, as_published=as_published)


def combined(
    panel: Panel,
    needed: Sequence[Column],
    area: Ints,
    told: str,
    *,
    as_published: bool = False,
) -> tuple[Ints, Ints]:
    """Combine the statuses of the columns that a figure needs, and keep the note that explains it.

    Args:
        panel: numbers the notes.
        needed: the columns.
        area: the areas that have a figure, or a reason for none.
        told: a note that goes before the columns' own.
        as_published: the figure keeps its column's status.
    """
    numbers = panel.note_number
    status = np.full(len(area), _CODE[Status.CALCULE], dtype=np.int32)
    note = np.full(len(area), numbers.get(told, 0), dtype=np.int32)
    for column in needed:
        found = column.status[area]
        note = np.where(note == 0, column.note[area], note)
        replaced = as_published | (found == _CODE[Status.ESTIME])
        status = np.where(replaced & (found != NO_ROW), found, status)
    for gravity in _GRAVITY:
        for column in reversed(needed):
            found = column.status[area]
            unsaid = (found == NO_ROW) & (gravity is Status.ABSENT)
            hit = (found == _CODE[gravity]) | unsaid
            status = np.where(hit, _CODE[gravity], status)
            reason = np.where(unsaid, numbers.get(MISSING_TERM, 0), column.note[area])
            note = np.where(hit, reason, note)
    return status, note


def _is_untouched(formula: Formula) -> bool:
    """Whether the value is the published one, as it stands."""
    published = formula.kind in (Kind.SOMME, Kind.PUBLIE)
    return (
        published and formula.period == 1 and formula.scale == 1 and formula.numerator[0].sign > 0
    )


def _without_zero(
    panel: Panel, formula: Formula, denominator: Floats, status: Ints, note: Ints
) -> tuple[Ints, Ints]:
    if formula.kind in (Kind.SOMME, Kind.PUBLIE):
        return status, note
    zero = _VALUED[status] & ~(np.abs(denominator) > 0)
    reason = panel.note_number.get(ZERO_DENOMINATOR, 0)
    return np.where(zero, _CODE[Status.ABSENT], status), np.where(zero, reason, note)


def _base(formula: Formula, numerator: Floats, denominator: Floats) -> Floats:
    """Return what the caution threshold is held against: the denominator, or the count itself.

    Of a change, the smaller end: held against the first alone, it would warn of the communes that
    grow from under the threshold and not of those that shrink under it.
    """
    match formula.kind:
        case Kind.TAUX_ANNUEL:
            return np.fmin(numerator, denominator)
        case Kind.SOMME:
            return np.abs(numerator)
        case Kind.QUOTIENT_PUBLIE:
            return np.full(len(numerator), np.inf)
        case Kind.PUBLIE if not formula.denominator:
            return np.full(len(numerator), np.inf)
        case _:
            return np.where(np.isnan(denominator), np.inf, denominator)


def _counts_above(formula: Formula) -> bool:
    return formula.kind not in (Kind.PUBLIE, Kind.QUOTIENT_PUBLIE)


def _counts_below(formula: Formula) -> bool:
    return _counts_above(formula) and formula.kind is not Kind.SOMME


def _vintages(panel: Panel, terms: _Terms, area: Ints, vintages: Vintages) -> Ints:
    """Name the edition, or editions, that the terms come from."""
    numbers = np.zeros(len(area), dtype=np.int32)
    for column in terms.needed:
        pairs = numbers.astype(np.int64) * len(panel.vintages) + column.vintage[area]
        found, back = np.unique(pairs, return_inverse=True)
        joined = [
            vintages.joined(
                int(pair) // len(panel.vintages), panel.vintages[pair % len(panel.vintages)]
            )
            for pair in found
        ]
        numbers = np.array(joined, dtype=np.int32)[back] if joined else numbers
    return numbers


def _blank(area: Ints) -> Floats:
    return np.full(len(area), np.nan)
