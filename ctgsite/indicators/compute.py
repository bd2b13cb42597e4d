"""Observations and the catalogue → measures: every formula, for all areas at once, counts first.

Each formula gives, for each of its years, one candidate row an area. Where several formulas speak
of one (indicator, area, year), the first that has a value wins, then the first that has a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctgsite.indicators.candidates import (
    MISSING_TERM,
    ZERO_DENOMINATOR,
    Candidates,
    Vintages,
    compute_candidates,
)
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.measures import MEASURE_COLUMNS, Measures, chronological
from ctgsite.indicators.model import Formula, Indicator, Kind, Term
from ctgsite.indicators.order import added_by, in_order
from ctgsite.indicators.panel import STATUSES, Ints, Panel, build_panel, labelled
from ctgsite.indicators.references import OTHER_EDITIONS, Rows, compute_reference
from ctgsite.sources.observations import Observations

_HAS_VALUE = np.array([status.has_value for status in STATUSES])


def compute_measures(catalogue: Catalogue, parts: Iterable[Observations]) -> Measures:
    """Return every measure of every indicator for every area of the observations.

    `parts` are read one after the other and not kept: a store gives its datasets so. Values are in
    the indicator's unit at full precision. An unknown or secret term makes an unknown or secret
    measure, with its reason; nothing is ever taken for zero.
    """
    indicators = tuple(catalogue.indicators.values())
    formulas = [formula for found in indicators for formula in found.formulas]
    wanted = [(formula.dataset, term) for formula in formulas for term in _terms(formula)]
    said = [
        MISSING_TERM,
        ZERO_DENOMINATOR,
        OTHER_EDITIONS,
        *(formula.note for formula in formulas),
    ]
    panel = build_panel(parts, wanted, said)
    labels = _Labels(tuple(found.id for found in indicators), formulas, panel)
    rows: dict[str, list[Rows]] = {}
    for name in in_order({found.id: added_by(found.formulas) for found in indicators}):
        rows[name] = _resolved(panel, catalogue.indicators[name], labels, rows)
    stacked = [part for found in indicators for part in rows[found.id]]
    areas, notes = panel.areas, panel.notes
    del panel, rows  # the observations, and rows that `_joined` is about to empty
    return Measures(_joined(areas, notes, stacked, labels))


class _Labels:
    """The texts of measures, which rows hold as numbers until the last step."""

    def __init__(
        self, indicators: Sequence[str], formulas: Iterable[Formula], panel: Panel
    ) -> None:
        own = {year for formula in formulas for year in formula.years}
        self.indicator = tuple(indicators)
        self.dataset = tuple(sorted({formula.dataset for formula in formulas}))
        years = {year for _, _, year in panel.cells} | own
        self.year = tuple(sorted(years, key=chronological))
        self.vintages = Vintages()


def _terms(formula: Formula) -> Iterator[Term]:
    """Yield the variables that a formula reads."""
    if formula.kind is not Kind.INDICATEURS:
        yield from formula.numerator
        yield from formula.denominator


def _resolved(
    panel: Panel, indicator: Indicator, labels: _Labels, others: Mapping[str, Sequence[Rows]]
) -> list[Rows]:
    """Return the rows of one indicator, unique on (area, year)."""
    number = labels.indicator.index(indicator.id)
    found = [
        rows
        for formula in indicator.formulas
        for rows in (
            _of_indicators(panel, formula, number, labels, others)
            if formula.kind is Kind.INDICATEURS
            else _of_variables(panel, indicator, formula, number, labels)
        )
    ]
    if len(indicator.formulas) == 1 or len(found) < 2:
        return found
    rows = _stacked(found)
    # The formulas' order is the rows'; a stable sort keeps it among those that have a value.
    order = np.argsort(~_HAS_VALUE[rows["status"]], kind="stable")
    key = rows["area"].astype(np.int64) * len(labels.year) + rows["year"]
    _, first = np.unique(key[order], return_index=True)
    return [{name: column[order[first]] for name, column in rows.items()}]


def _of_variables(
    panel: Panel, indicator: Indicator, formula: Formula, number: int, labels: _Labels
) -> Iterator[Rows]:
    dataset = labels.dataset.index(formula.dataset)
    for year in years_of(panel, formula):
        found = compute_candidates(panel, indicator, formula, year, labels.vintages)
        yield _rows(found, number, dataset, labels.year.index(year))


def _of_indicators(
    panel: Panel,
    formula: Formula,
    number: int,
    labels: _Labels,
    others: Mapping[str, Sequence[Rows]],
) -> Iterator[Rows]:
    """Yield the rows of a sum of indicators, for the years that all of them have."""
    if not all(others[term.variable] for term in formula.numerator):
        return
    terms = [_stacked(others[term.variable]) for term in formula.numerator]
    common = set.intersection(*(set(np.unique(rows["year"]).tolist()) for rows in terms))
    named = {labels.year.index(year) for year in formula.years}
    for year in sorted(common & named if named else common):
        of_year = [_where(rows, rows["year"] == year) for rows in terms]
        found, datasets = compute_reference(panel, formula, of_year, labels.vintages)
        yield _rows(found, number, datasets, year)


def _where(rows: Rows, kept: npt.NDArray[np.bool_]) -> Rows:
    return {name: column[kept] for name, column in rows.items()}


def years_of(panel: Panel, formula: Formula) -> tuple[str, ...]:
    """Return the years for which a formula's own terms exist, limited to those it names."""
    # The effectif of a published figure only serves its caution: it may lack a year.
    published = formula.kind is Kind.PUBLIE
    own = [
        set(panel.years.get((term.dataset or formula.dataset, term.variable), ()))
        for term in (formula.numerator if published else _terms(formula))
        if term.year is None
    ]
    if not own:
        return formula.years
    common = set.intersection(*own)
    return tuple(sorted(common.intersection(formula.years) if formula.years else common))


def _rows(found: Candidates, indicator: int, dataset: int | Ints, year: int) -> Rows:
    length = len(found.area)
    return {
        "indicator": np.full(length, indicator, dtype=np.int16),
        "area": found.area,
        "year": np.full(length, year, dtype=np.int16),
        "value": found.value,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "status": found.status.astype(np.int8),
        "dataset": np.full(length, dataset, dtype=np.int16),
        "vintage": found.vintage,
        "caution": found.caution,
        "note": found.note,
        "bound": found.bound,
    }


def _stacked(parts: Sequence[Rows]) -> Rows:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _joined(
    areas: pd.DataFrame, notes: Sequence[str], parts: Sequence[Rows], labels: _Labels
) -> pd.DataFrame:
    """Stack the indicators' rows area by area, and give labels back to their numbers.

    Column by column, and none is kept once it is stacked: memory holds the rows about once.
    """
    if not parts:
        return pd.DataFrame({name: [] for name in MEASURE_COLUMNS})
    area = np.concatenate([part.pop("area") for part in parts])
    order = np.argsort(area, kind="stable")
    texts: dict[str, Sequence[str]] = {
        "indicator": labels.indicator,
        "year": labels.year,
        "status": [str(status) for status in STATUSES],
        "dataset": labels.dataset,
        "vintage": labels.vintages.labels,
        "note": notes,
    }
    area = area[order]
    columns: dict[str, Any] = {}
    for name in MEASURE_COLUMNS:
        if name in areas:
            columns[name] = pd.Categorical(areas[name]).take(area)
            continue
        column = np.concatenate([part.pop(name) for part in parts])[order]
        columns[name] = labelled(column, texts[name]) if name in texts else column
    return pd.DataFrame(columns, copy=False)
