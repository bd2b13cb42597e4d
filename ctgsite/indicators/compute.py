"""Observations and the catalogue → measures: every formula, for all areas at once, counts first.

Each formula gives, for each of its years, one candidate row an area. Where several formulas speak
of one (indicator, area, year), the first that has a value wins, then the first that has a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
from ctgsite.indicators.measures import MEASURE_COLUMNS, Measures
from ctgsite.indicators.model import Formula, Indicator, Kind, Term
from ctgsite.indicators.panel import STATUSES, Panel, build_panel, labelled
from ctgsite.sources.observations import Observations

Rows = dict[str, npt.NDArray[Any]]  # one item a measure; texts as numbers

_HAS_VALUE = np.array([status.has_value for status in STATUSES])


def compute_measures(catalogue: Catalogue, observations: Observations) -> Measures:
    """Return every measure of every indicator for every area of the observations.

    Values are in the indicator's unit at full precision. An unknown or secret term makes an unknown
    or secret measure, with its reason; nothing is ever taken for zero.
    """
    indicators = tuple(catalogue.indicators.values())
    formulas = [formula for found in indicators for formula in found.formulas]
    wanted = [(formula.dataset, term) for formula in formulas for term in _terms(formula)]
    notes = [MISSING_TERM, ZERO_DENOMINATOR, *(formula.note for formula in formulas)]
    panel = build_panel(observations, wanted, notes)
    labels = _Labels(tuple(found.id for found in indicators), formulas, panel)
    parts = [part for found in indicators for part in _resolved(panel, found, labels)]
    return Measures(_joined(panel, parts, labels))


class _Labels:
    """The texts of measures, which rows hold as numbers until the last step."""

    def __init__(
        self, indicators: Sequence[str], formulas: Iterable[Formula], panel: Panel
    ) -> None:
        own = {year for formula in formulas for year in formula.years}
        self.indicator = tuple(indicators)
        self.dataset = tuple(sorted({formula.dataset for formula in formulas}))
        self.year = tuple(sorted({year for _, _, year in panel.columns} | own))
        self.vintages = Vintages()


def _terms(formula: Formula) -> Iterator[Term]:
    yield from formula.numerator
    yield from formula.denominator
    yield from formula.balance


def _resolved(panel: Panel, indicator: Indicator, labels: _Labels) -> list[Rows]:
    """Return the rows of one indicator, unique on (area, year)."""
    found = [
        _rows(
            compute_candidates(panel, indicator, formula, year, labels.vintages),
            labels.indicator.index(indicator.id),
            labels.dataset.index(formula.dataset),
            labels.year.index(year),
        )
        for formula in indicator.formulas
        for year in years_of(panel, formula)
    ]
    if len(indicator.formulas) == 1 or len(found) < 2:
        return found
    rows = _stacked(found)
    # The formulas' order is the rows'; a stable sort keeps it among those that have a value.
    order = np.argsort(~_HAS_VALUE[rows["status"]], kind="stable")
    key = rows["area"].astype(np.int64) * len(labels.year) + rows["year"]
    _, first = np.unique(key[order], return_index=True)
    return [{name: column[order[first]] for name, column in rows.items()}]


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


def _rows(found: Candidates, indicator: int, dataset: int, year: int) -> Rows:
    length = len(found.area)
    return {
        "indicator": np.full(length, indicator, dtype=np.int32),
        "area": found.area,
        "year": np.full(length, year, dtype=np.int32),
        "value": found.value,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "status": found.status,
        "dataset": np.full(length, dataset, dtype=np.int32),
        "vintage": found.vintage,
        "caution": found.caution,
        "note": found.note,
        "bound": found.bound,
    }


def _stacked(parts: Sequence[Rows]) -> Rows:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _joined(panel: Panel, parts: Sequence[Rows], labels: _Labels) -> pd.DataFrame:
    """Stack the indicators' rows and give labels back to their numbers."""
    if not parts:
        return pd.DataFrame({name: [] for name in MEASURE_COLUMNS})
    rows = _stacked(parts)
    area = rows["area"]
    columns = {
        "indicator": labelled(rows["indicator"], labels.indicator),
        "level": pd.Categorical(panel.areas["level"]).take(area),
        "code": pd.Categorical(panel.areas["code"]).take(area),
        "year": labelled(rows["year"], labels.year),
        "value": rows["value"],
        "numerator": rows["numerator"],
        "denominator": rows["denominator"],
        "status": labelled(rows["status"], [str(status) for status in STATUSES]),
        "dataset": labelled(rows["dataset"], labels.dataset),
        "vintage": labelled(rows["vintage"], labels.vintages.labels),
        "caution": rows["caution"],
        "note": labelled(rows["note"], panel.notes),
        "bound": rows["bound"],
    }
    return pd.DataFrame(columns, columns=list(MEASURE_COLUMNS))
