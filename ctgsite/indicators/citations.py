"""What the descriptions of the datasets say of an indicator: sources, editions, labels, breaks.

Its formulas name variables; the descriptions of these tell the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ctgsite.indicators.model import Citation, CitedVariable, Formula, Indicator, Kind, Term
from ctgsite.sources.addresses import ANY_YEAR
from ctgsite.sources.descriptions import Breach, Description, Descriptions, Group

EVERY_YEAR = "chaque année"
OF_EVERY_YEAR = f" de {EVERY_YEAR}"


def described(indicator: Indicator, datasets: Descriptions) -> Indicator:
    """Return an indicator with what its sources' descriptions say of it."""
    formulas = tuple(one for written in indicator.formulas for one in written.reading)
    breaches = {(item.year, item.reason): item for item in _breaches(formulas, datasets)}.values()
    return replace(
        indicator,
        citations=_citations(formulas, datasets),
        imprecisions=tuple(dict.fromkeys(_imprecisions(formulas, datasets))),
        small_counts=next(_small_counts(formulas, datasets), ""),
        breaks=tuple((item.year, item.reason) for item in breaches if not item.levels),
        level_breaks=tuple(
            (level, item.year, item.reason) for item in breaches for level in item.levels
        ),
    )


def _citations(formulas: Sequence[Formula], datasets: Descriptions) -> tuple[Citation, ...]:
    """Return each dataset that formulas read, once, the one preferred first."""
    editions: dict[str, dict[str, None]] = {}
    variables: dict[str, dict[CitedVariable, None]] = {}
    for formula in formulas:
        if formula.dataset in datasets:
            editions.setdefault(formula.dataset, {})
        for term in (*formula.numerator, *formula.denominator):
            name = term.dataset or formula.dataset
            if (found := datasets.get(name)) and term.variable in found.variables:
                editions.setdefault(name, {}).update(dict.fromkeys(_editions(found, term, formula)))
                variables.setdefault(name, {})[_cited(found, term.variable)] = None
    return tuple(
        Citation(
            name,
            datasets[name].title,
            datasets[name].producer,
            _told_once(found),
            tuple(variables[name]),
        )
        for name, found in editions.items()
        if name in variables
    )


def _cited(description: Description, name: str) -> CitedVariable:
    found = description.variables[name]
    return CitedVariable(name, found.label, found.additive)


def _breaches(formulas: Sequence[Formula], datasets: Descriptions) -> Iterator[Breach]:
    """Yield the breaks of the variables that make the value."""
    for found, variable in _read(formulas, datasets):
        yield from (item for item in found.breaks if item.concerns(variable))


def _imprecisions(
    formulas: Sequence[Formula], datasets: Descriptions
) -> Iterator[tuple[str, float]]:
    """Yield why the figures that make the value are not exact, and by how much each may differ."""
    for found, variable in _read(formulas, datasets):
        for rule in found.imprecisions:
            if rule.covers(variable):
                yield rule.reason, rule.half_width


def _small_counts(formulas: Sequence[Formula], datasets: Descriptions) -> Iterator[str]:
    for found, variable in _read(formulas, datasets):
        if found.caution_under(variable) and found.small_counts:
            yield found.small_counts.reason


def _read(formulas: Sequence[Formula], datasets: Descriptions) -> Iterator[tuple[Description, str]]:
    """Yield the variables that make the value, each with the description of its dataset."""
    for formula in formulas:
        # The effectif of a published figure only serves its caution.
        below = () if formula.kind is Kind.PUBLIE else formula.denominator
        for term in (*formula.numerator, *below):
            if found := datasets.get(term.dataset or formula.dataset):
                yield found, term.variable


def _editions(description: Description, term: Term, formula: Formula) -> Iterator[str]:
    """Yield the editions that hold a term in the years that the formula asks for."""
    years = (term.year,) if term.year else formula.years
    for spec in description.holding(term.variable):
        for group in spec.groups_of(term.variable):
            yield from _editions_of(group, years)


def _told_once(editions: Collection[str]) -> tuple[str, ...]:
    """Return editions in order, without those that “de chaque année” already tells."""
    if EVERY_YEAR in editions:
        return (EVERY_YEAR,)
    series = tuple(one.removesuffix(OF_EVERY_YEAR) for one in editions if one.endswith(EVERY_YEAR))
    told = (one for one in editions if one.endswith(EVERY_YEAR) or not one.startswith(series))
    return tuple(sorted(told))


def _editions_of(group: Group, years: tuple[str, ...]) -> Iterator[str]:
    """Yield the editions of a group of columns for some years; no year named asks for all."""
    vintage = group.vintage.replace("{fichier}", "…")  # the year that the file's name carries
    if ANY_YEAR not in vintage:
        if not years or any(map(group.has_year, years)):
            yield vintage
    elif years:
        yield from (vintage.replace(ANY_YEAR, year) for year in years)
    else:
        series = vintage.replace(ANY_YEAR, "").strip().removesuffix(" de")  # “extraction de 2026”
        yield f"{series}{OF_EVERY_YEAR}" if series else EVERY_YEAR
