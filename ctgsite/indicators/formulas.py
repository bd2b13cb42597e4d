"""From a formula as the catalogue writes it to a `Formula`, with what stands behind a reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ctgsite.indicators.entries import FormulaEntry
from ctgsite.indicators.model import Formula, Indicator, Kind
from ctgsite.indicators.terms import parse_terms

# Sums, references and published figures stand as they are; the rest is a percentage unless stated.
_UNSCALED = (Kind.SOMME, Kind.PUBLIE, Kind.INDICATEURS)


def read_formula(entry: FormulaEntry) -> Formula:
    """Return the formula that an entry writes.

    Raises:
        ValueError: in French, a sum cannot be read.
    """
    kind = Kind(entry.kind) if entry.kind else Kind.RAPPORT
    default_scale = 1.0 if kind in _UNSCALED else 100.0
    return Formula(
        dataset=entry.source,
        kind=kind,
        numerator=parse_terms(entry.numerator),
        denominator=parse_terms(entry.denominator),
        scale=default_scale if entry.scale is None else entry.scale,
        years=entry.years,
        period=entry.period,
        levels=entry.levels,
        note=entry.note,
    )


def resolved(formula: Formula, indicators: Mapping[str, Indicator]) -> Formula:
    """Return a formula with those behind it, where it adds the indicators given."""
    if formula.kind is not Kind.INDICATEURS:
        return formula
    added = [indicators[term.variable].formulas for term in formula.numerator]
    behind = tuple(
        dict.fromkeys(one for found in meeting(formula.years, added) for one in found.reading)
    )
    return replace(formula, dataset=behind[0].dataset, behind=behind)


def meeting(years: Sequence[str], added: Sequence[Sequence[Formula]]) -> Iterator[Formula]:
    """Yield the formulas of each term that may share a year with every other term."""
    for formulas in added:
        for one in formulas:
            fits = (any(_meet(one, other) for other in others) for others in added)
            if (not years or not one.years or set(years) & set(one.years)) and all(fits):
                yield one


def _meet(one: Formula, other: Formula) -> bool:
    return not one.years or not other.years or bool(set(one.years) & set(other.years))
