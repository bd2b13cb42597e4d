"""Where one figure comes from: its formula, variables, sources, and the part of each commune."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ctgsite.diagnostic.evidence import Evidence
from ctgsite.diagnostic.findings import Setting, find
from ctgsite.diagnostic.model import Comparison, Finding, SourceCard
from ctgsite.diagnostic.source_cards import source_card
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.absence import missing_measure
from ctgsite.indicators.comparison import margin
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Formula, Indicator, Kind
from ctgsite.sources.descriptions import Description

_WITHOUT_COUNTS = (Kind.PUBLIE, Kind.QUOTIENT_PUBLIE, Kind.INDICATEURS)


@dataclass(frozen=True, slots=True)
class VariableCard:
    """A producer's variable; `year` is "" where it is the measure's."""

    dataset: str
    name: str
    year: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class Part:
    """A member commune's figure, and its share of the whole numerator (None: no share)."""

    area: Area
    measure: Measure
    share: float | None


@dataclass(frozen=True, slots=True)
class Total:
    """What the parts add up to, over those that have counts; `equal` to the territory's own."""

    numerator: float
    denominator: float | None
    counted: int
    equal: bool


@dataclass(frozen=True, slots=True)
class Contrast:
    """A comparison and the margin under which it is “proche de” (None: not compared)."""

    comparison: Comparison
    margin: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that stands behind one figure of one area.

    Attributes:
        finding: The figure, its benchmarks, position and trend.
        formulas: Those that gave it, or all that could where there is none.
        variables: What the formulas read.
        terms: Of a sum of indicators: the figure of each.
        parts: The member communes; none for a commune.
        total: Their sum, None where the figure has no counts to add up.
        contrasts: Each comparison with its margin.
        sources: The datasets, with the editions of this figure.
    """

    finding: Finding
    formulas: tuple[Formula, ...]
    variables: tuple[VariableCard, ...]
    terms: tuple[Measure, ...]
    parts: tuple[Part, ...]
    total: Total | None
    contrasts: tuple[Contrast, ...]
    sources: tuple[SourceCard, ...]

    @property
    def adds_up(self) -> bool:
        """Whether the figure is made of counts, so that communes make their territory's."""
        return _add_up(self.formulas)


def explain(
    indicator: Indicator, setting: Setting, evidence: Evidence, year: str | None = None
) -> Explanation:
    """Return what stands behind an indicator's latest figure of an area, or that of a year."""
    finding = find(indicator, setting, evidence, year)
    measure = finding.measure
    formulas = _formulas_of(indicator, measure)
    reading = tuple(dict.fromkeys(_reading(indicator, measure, evidence)))
    members = tuple(_members(indicator, measure, setting.members, evidence))
    return Explanation(
        finding,
        formulas,
        tuple(dict.fromkeys(_variables(reading, evidence))),
        tuple(_terms(formulas, measure, evidence)),
        tuple(_parts(members, measure)),
        _total(members, measure) if _add_up(formulas) else None,
        tuple(_contrasts(finding)),
        tuple(_sources(reading, measure, evidence)),
    )


def _add_up(formulas: Sequence[Formula]) -> bool:
    return all(formula.kind not in _WITHOUT_COUNTS for formula in formulas)


def _formulas_of(indicator: Indicator, measure: Measure) -> tuple[Formula, ...]:
    fitting = (
        formula
        for formula in indicator.formulas
        if formula.dataset == measure.dataset
        and (not formula.years or measure.year in formula.years)
        and (not formula.levels or measure.level in formula.levels)
    )
    first = next(fitting, None)
    return indicator.formulas if measure.value is None or first is None else (first,)


def _reading(indicator: Indicator, measure: Measure, evidence: Evidence) -> Iterator[Formula]:
    """Yield the formulas that read the variables behind a figure, those of its terms for a sum."""
    for formula in _formulas_of(indicator, measure):
        if formula.kind is not Kind.INDICATEURS:
            yield formula
            continue
        for term in formula.numerator:
            other = evidence.catalogue.indicators[term.variable]
            found = evidence.figures.at(other.id, measure.level, measure.code, measure.year)
            yield from other.formulas if found is None else _reading(other, found, evidence)


def _variables(formulas: Sequence[Formula], evidence: Evidence) -> Iterator[VariableCard]:
    for formula in formulas:
        for term in (*formula.numerator, *formula.denominator):
            dataset = term.dataset or formula.dataset
            found = evidence.descriptions[dataset].variables[term.variable]
            yield VariableCard(dataset, term.variable, term.year or "", found.label, found.unit)


def _terms(formulas: Sequence[Formula], measure: Measure, evidence: Evidence) -> Iterator[Measure]:
    figures = evidence.figures
    for formula in formulas:
        for term in formula.numerator if formula.kind is Kind.INDICATEURS else ():
            found = figures.at(term.variable, measure.level, measure.code, measure.year)
            if found is not None:
                yield found


def _members(
    indicator: Indicator, measure: Measure, members: Sequence[Area], evidence: Evidence
) -> Iterator[tuple[Area, Measure]]:
    figures, year = evidence.figures, measure.year
    codes = [area.code for area in members]
    found = {m.code: m for m in figures.of_areas(indicator.id, Level.COMMUNE, codes, year)}
    for area in members:
        gap = missing_measure(indicator, Level.COMMUNE, area.code, figures, year)
        yield area, found.get(area.code, gap)


def _counted(members: Sequence[tuple[Area, Measure]], measure: Measure) -> list[Measure]:
    """Return the members' measures whose counts make the territory's."""
    return [m for _, m in members if m.numerator is not None and m.dataset == measure.dataset]


def _parts(members: Sequence[tuple[Area, Measure]], measure: Measure) -> Iterator[Part]:
    """Yield each member; shares are told where every count is a part, and none is negative."""
    counts = [m.numerator or 0.0 for m in _counted(members, measure)]
    whole = math.fsum(counts) if min(counts, default=-1.0) >= 0 else 0.0
    for area, own in members:
        known = own.numerator is not None and own.dataset == measure.dataset and whole > 0
        yield Part(area, own, (own.numerator or 0.0) / whole if known else None)


def _total(members: Sequence[tuple[Area, Measure]], measure: Measure) -> Total | None:
    counted = _counted(members, measure)
    if not counted:
        return None
    above = math.fsum(m.numerator or 0.0 for m in counted)
    below = [m.denominator for m in counted if m.denominator is not None]
    under = math.fsum(below) if below else None
    equal = _same(above, measure.numerator) and _same(under, measure.denominator)
    return Total(above, under, len(counted), equal)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-6)


def _contrasts(finding: Finding) -> Iterator[Contrast]:
    for comparison in finding.comparisons:
        known = None not in (comparison.here.value, comparison.there.value)
        limit = margin(finding.indicator, comparison.here, comparison.there) if known else None
        yield Contrast(comparison, limit)


def _sources(
    formulas: Sequence[Formula], measure: Measure, evidence: Evidence
) -> Iterator[SourceCard]:
    """Yield the datasets that the formulas read, each with those of the figure's editions."""
    datasets = dict.fromkeys(
        term.dataset or formula.dataset
        for formula in formulas
        for term in (*formula.numerator, *formula.denominator)
    )
    for dataset in datasets:
        description = evidence.descriptions[dataset]
        editions = measure.vintage.split(" ; ")
        yield source_card(description, (v for v in editions if _has_edition(description, v)))


def _has_edition(description: Description, vintage: str) -> bool:
    templates = {group.vintage for spec in description.files for group in spec.groups}
    patterns = (re.sub(r"\\\{.*?\\\}", ".+", re.escape(template)) for template in templates)
    return any(re.fullmatch(pattern, vintage) for pattern in patterns)
