"""What the sources of a figure tell of its precision: the causes of its bound, and small counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ctgsite.diagnostic.model import Cause, Precision
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Formula, Indicator, Kind, Term
from ctgsite.sources.descriptions import Descriptions


def precision_of(indicator: Indicator, measure: Measure, descriptions: Descriptions) -> Precision:
    """Return what is known of a figure's precision, from the variables it is computed from."""
    read = (one for formula in indicator.formulas for one in formula.reading)
    used = [f for f in read if f.dataset == measure.dataset and _speaks(f, measure)]
    causes = dict.fromkeys(c for formula in used for c in _causes(formula, measure, descriptions))
    counts = [pair for formula in used for pair in _owned(formula, formula.numerator)]
    thresholds = (descriptions[dataset].caution_under(variable) for dataset, variable in counts)
    return Precision(tuple(causes), max(thresholds, default=0.0))


def _speaks(formula: Formula, measure: Measure) -> bool:
    return not formula.years or measure.year in formula.years


def _causes(formula: Formula, measure: Measure, descriptions: Descriptions) -> Iterator[Cause]:
    # The effectif of a published figure only serves its caution.
    below = () if formula.kind is Kind.PUBLIE else formula.denominator
    terms = (*formula.numerator, *below)
    for term, (dataset, variable) in zip(terms, _owned(formula, terms), strict=True):
        rule = descriptions[dataset].imprecision_of(variable, term.year or measure.year)
        if rule is not None:
            yield Cause(rule.reason, rule.half_width, blurred=rule.blur > 0)


def _owned(formula: Formula, terms: Iterable[Term]) -> list[tuple[str, str]]:
    """Return the dataset and the variable of each term."""
    return [(term.dataset or formula.dataset, term.variable) for term in terms]
