"""The sources of one page: each dataset once, with the editions that the page shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ctgsite.diagnostic.model import Finding, SourceCard, ThemeDiagnostic
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.quarters import QuarterFigure

Shown = Measure | QuarterFigure


def page_sources(
    figures: Iterable[Shown], cards: Mapping[str, SourceCard]
) -> tuple[SourceCard, ...]:
    """Return the cards of the datasets that figures come from, in the order of the cards."""
    vintages: dict[str, set[str]] = {}
    for figure in figures:
        if figure.value is not None and figure.dataset in cards:
            found = vintages.setdefault(figure.dataset, set())
            found.update(filter(None, figure.vintage.split(" ; ")))
    return tuple(
        replace(card, vintages=tuple(sorted(vintages[dataset])))
        for dataset, card in cards.items()
        if dataset in vintages
    )


def theme_measures(theme: ThemeDiagnostic) -> Iterator[Shown]:
    """Yield every figure that the page of a theme may show."""
    drawn = [finding for view in theme.views for finding in view.findings]
    yield from measures_of((*theme.findings, *theme.missing, *drawn))
    for view in theme.views:
        for quarter in view.quarters:
            yield from quarter.figures


def measures_of(findings: Iterable[Finding]) -> Iterator[Measure]:
    """Yield the figures of findings: their own, their past, their benchmarks', their members'."""
    for finding in findings:
        yield finding.measure
        yield from finding.series
        yield from (comparison.there for comparison in finding.comparisons)
        yield from (measure for _, measure in finding.members)
