"""The priority districts (QPV) of some communes: what is published of each, as plain types.

A district is no area of the code officiel géographique: its figures stand in their view alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from ctgsite.indicators.model import Formula, Kind, Term
from ctgsite.indicators.views import Slot
from ctgsite.sources.observations import Observations, Status

LEVEL = "qpv"
_WHERE = re.compile(r"(?P<name>.+) \((?P<commune>\w{5}), (?P<label>.+)\)")
_GRAVEST = (Status.SECRET, Status.ABSENT)


@dataclass(frozen=True, slots=True)
class QuarterFigure:
    """One figure of a district, of the latest year that has one; or why there is none."""

    value: float | None
    status: Status
    dataset: str
    year: str = ""
    vintage: str = ""


@dataclass(frozen=True, slots=True)
class Quarter:
    """A district, the commune it lies in, and its figures in the order of the view's slots."""

    code: str
    name: str
    commune: str
    figures: tuple[QuarterFigure, ...]


def find_quarters(
    observations: Observations, communes: Collection[str], slots: Sequence[Slot]
) -> tuple[Quarter, ...]:
    """Return the districts that lie wholly in one of these communes, by code."""
    frame = observations.frame
    frame = frame[frame["level"] == LEVEL]
    found = [
        (code, place)
        for code, note in _named(frame)
        if (place := _WHERE.fullmatch(note)) and place["commune"] in communes
    ]
    own = frame[frame["code"].isin([code for code, _ in found])]
    return tuple(
        Quarter(
            code,
            place["name"],
            place["label"],
            tuple(_figure(own[own["code"] == code], slot.indicator.formulas[0]) for slot in slots),
        )
        for code, place in found
    )


def _named(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Return each district with the latest note that names it."""
    notes = frame[["code", "year", "note"]].astype(str)
    named = notes[notes["note"].str.fullmatch(_WHERE.pattern)]
    last = named.sort_values(["code", "year"]).drop_duplicates("code", keep="last")
    return list(zip(last["code"], last["note"], strict=True))


def _figure(rows: pd.DataFrame, formula: Formula) -> QuarterFigure:
    """Return a formula's figure in the latest year that has every term."""
    own = rows[rows["dataset"] == formula.dataset]
    candidates = [
        _of_year(own[own["year"] == year], formula, year)
        for year in sorted(map(str, own["year"].unique()), reverse=True)
    ]
    valued = (figure for figure in candidates if figure.value is not None)
    absent = QuarterFigure(None, Status.ABSENT, formula.dataset)
    return next(valued, candidates[0] if candidates else absent)


def _of_year(rows: pd.DataFrame, formula: Formula, year: str) -> QuarterFigure:
    terms = [_term(rows, term) for term in (*formula.numerator, *formula.denominator)]
    for status in _GRAVEST:
        if status in (term.status for term in terms):
            return QuarterFigure(None, status, formula.dataset, year)
    above, *below = (term.value or 0.0 for term in terms)
    vintage = terms[0].vintage
    if formula.kind is Kind.PUBLIE:
        return QuarterFigure(above, Status.PUBLIE, formula.dataset, year, vintage)
    if not below[0]:
        return QuarterFigure(None, Status.ABSENT, formula.dataset, year)
    share = formula.scale * above / below[0]
    return QuarterFigure(share, Status.CALCULE, formula.dataset, year, vintage)


def _term(rows: pd.DataFrame, term: Term) -> QuarterFigure:
    found = rows[rows["variable"] == term.variable]
    if found.empty:
        return QuarterFigure(None, Status.ABSENT, "")
    row = found.iloc[0]
    status = Status(row["status"])
    value = float(row["value"]) if status.has_value else None
    missing = status if status in _GRAVEST else Status.ABSENT
    return QuarterFigure(
        value,
        Status.PUBLIE if value is not None else missing,
        str(row["dataset"]),
        vintage=str(row["vintage"]),
    )
