"""Observations and the catalogue → measures: every formula, for all areas at once, counts first.

Each formula gives, for each of its years, one candidate row an area. Where several formulas speak
of one (indicator, area, year), the first that has a value wins, then the first that has a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from ctgsite.indicators.candidates import (
    MISSING_TERM,
    ZERO_DENOMINATOR,
    Candidates,
    compute_candidates,
)
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.measures import MEASURE_COLUMNS, Measures
from ctgsite.indicators.model import Formula, Indicator, Kind, Term
from ctgsite.indicators.panel import STATUSES, Panel, build_panel, labelled
from ctgsite.sources.observations import Observations

_HAS_VALUE = np.array([status.has_value for status in STATUSES])


def compute_measures(catalogue: Catalogue, observations: Observations) -> Measures:
    """Return every measure of every indicator for every area of the observations.

    Values are in the indicator's unit at full precision. An unknown or secret term makes an unknown
    or secret measure, with its reason; nothing is ever taken for zero.
    """
    formulas = [f for found in catalogue.indicators.values() for f in found.formulas]
    wanted = [(formula.dataset, term) for formula in formulas for term in _terms(formula)]
    notes = [MISSING_TERM, ZERO_DENOMINATOR, *(formula.note for formula in formulas)]
    panel = build_panel(observations, wanted, notes)
    rows = [_resolved(panel, found) for found in catalogue.indicators.values()]
    return Measures(_joined(panel, [found for found in rows if found is not None]))


def _terms(formula: Formula) -> Iterator[Term]:
    yield from formula.numerator
    yield from formula.denominator
    yield from formula.balance


def _resolved(panel: Panel, indicator: Indicator) -> pd.DataFrame | None:
    """Return the rows of one indicator, unique on (area, year)."""
    found = [
        _rows(compute_candidates(panel, indicator, formula, year), indicator, formula, year, order)
        for order, formula in enumerate(indicator.formulas)
        for year in years_of(panel, formula)
    ]
    if not found:
        return None
    rows = pd.concat(found, ignore_index=True)
    if len(indicator.formulas) > 1:
        empty = ~_HAS_VALUE[rows["status"].to_numpy()]
        best = rows.assign(empty=empty).sort_values(["empty", "order"], kind="stable")
        rows = best.drop_duplicates(["area", "year"]).drop(columns="empty")
    return rows.drop(columns="order")


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


def _rows(
    found: Candidates, indicator: Indicator, formula: Formula, year: str, order: int
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "indicator": indicator.id,
            "area": found.area,
            "year": year,
            "value": found.value,
            "numerator": found.numerator,
            "denominator": found.denominator,
            "status": found.status,
            "dataset": formula.dataset,
            "vintage": found.vintage,
            "caution": found.caution,
            "note": found.note,
            "order": order,
        }
    ).astype({"indicator": "category", "year": "category", "dataset": "category"})


def _joined(panel: Panel, parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Stack the indicators' rows and give labels back to their numbers."""
    parts = list(parts)
    if not parts:
        return pd.DataFrame({name: [] for name in MEASURE_COLUMNS})
    columns = {name: _stacked(parts, name) for name in parts[0].columns}
    area = columns.pop("area").to_numpy()
    frame = pd.DataFrame(columns)
    frame["level"] = pd.Categorical(panel.areas["level"]).take(area)
    frame["code"] = pd.Categorical(panel.areas["code"]).take(area)
    frame["status"] = labelled(frame["status"].to_numpy(), [str(status) for status in STATUSES])
    frame["note"] = labelled(frame["note"].to_numpy(), panel.notes)
    return frame[list(MEASURE_COLUMNS)]


def _stacked(parts: list[pd.DataFrame], name: str) -> pd.Series:
    columns = [part[name] for part in parts]
    if isinstance(columns[0].dtype, pd.CategoricalDtype):
        return pd.Series(pd.api.types.union_categoricals([c.array for c in columns]))
    return pd.concat(columns, ignore_index=True)
