"""What to remember of a theme, in words: a title that states it, and one short sentence."""

from __future__ import annotations

from collections.abc import Iterable

from ctgsite.diagnostic.model import Comparison, Finding, Takeaway, ThemeDiagnostic
from ctgsite.geography.areas import Level
from ctgsite.indicators.comparison import Verdict
from ctgsite.pages.blocks import Block
from ctgsite.pages.french import ended, uncapitalise
from ctgsite.pages.sentences import (
    against,
    figure,
    heading,
    moment,
    range_sentence,
    reading_here,
)
from ctgsite.pages.trend_sentences import trend_sentence
from ctgsite.pages.view import Line


def takeaway_lines(
    theme: ThemeDiagnostic, blocks: Iterable[Block], communes: str = ""
) -> tuple[Line, ...]:
    """Return what to remember of a theme, each with the place of its chart on the page.

    Args:
        theme: the theme with its takeaways; one that the page does not show is left out.
        blocks: the figures of the page.
        communes: where the communes are compared, for what only they have.
    """
    anchors = _anchors(theme, blocks)
    lines = []
    for takeaway in theme.takeaways:
        title, text = _words(takeaway)
        link = anchors.get(takeaway.finding.indicator.id) or (takeaway.of == "gap" and communes)
        if text and link:
            lines.append(Line(title, text, link))
    return tuple(lines)


def difference_text(finding: Finding, comparison: Comparison) -> str:
    """Return “10,0 % en 2018, contre 7,3 %.”; the heading says of what, and names the benchmark."""
    here, there, indicator = comparison.here, comparison.there, finding.indicator
    latest = here.year == finding.measure.year
    year = moment(here) if latest else f"{moment(here)}, dernière année commune"
    told = f"{figure(here, indicator)} {year}"
    if heading(finding, comparison) == indicator.wording.plain:  # it names no benchmark
        return f"{told}{against(comparison, indicator)}."
    median = "une médiane de " if comparison.benchmark.level is Level.COMPARABLES else ""
    return f"{told}, contre {median}{figure(there, indicator)}."


def _words(takeaway: Takeaway) -> tuple[str, str]:
    finding = takeaway.finding
    label = finding.indicator.label
    if takeaway.of == "difference" and finding.main_comparison is not None:
        return heading(finding), difference_text(finding, finding.main_comparison)
    if takeaway.of == "change":
        rises = finding.trend is not None and finding.trend.verdict is Verdict.PLUS
        told = trend_sentence(finding).removeprefix("Évolution : ")
        return f"{label} : une {'hausse' if rises else 'baisse'}", told
    if takeaway.of == "gap":
        return label, f"{moment(finding.measure)}, {uncapitalise(range_sentence(finding))}"
    return label, ended(uncapitalise(reading_here(finding)))


def _anchors(theme: ThemeDiagnostic, blocks: Iterable[Block]) -> dict[str, str]:
    """Return where each indicator is told on the page: at its own place, else in a view."""
    places = {name for b in blocks for name in (b.id, *(p.anchor for p in b.passages)) if name}
    inside = {
        finding.indicator.id: f"#{view.view.id}"
        for view in theme.views
        for finding in view.findings
        if view.view.id in places
    }
    return inside | {name: f"#{name}" for name in places}
