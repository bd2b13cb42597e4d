"""What a front page says in few words: its lede, and how a key figure compares."""

from __future__ import annotations

from collections.abc import Sequence

from ctgsite.diagnostic.model import Comparison, Diagnostic, Finding, Highlight
from ctgsite.geography.areas import Level
from ctgsite.geography.names import dans, que
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.model import Indicator
from ctgsite.pages.french import during, listing, sentence, uncapitalise
from ctgsite.pages.sentences import figure, heading, short_figure

MOST_IN_LEDE = 2


def lede(diagnostic: Diagnostic) -> str:
    """Return how many live here and what sets the territory apart, as headings say it."""
    inhabitants = (f for f in diagnostic.key_figures if f.indicator.id == "population")
    population = next((f for f in inhabitants if f.measure.value is not None), None)
    told = []
    if population is not None:
        count = figure(population.measure, population.indicator)
        told.append(sentence(f"{count} {during(population.measure.year)}"))
    if apart := _apart(diagnostic.highlights[:MOST_IN_LEDE]):
        told.append(sentence(f"Ce qui distingue le territoire\N{NO-BREAK SPACE}: {apart}"))
    return " ".join(told)


def standing_words(finding: Finding) -> str:
    """Return how a figure compares with its main benchmark's, close or not; "" where it cannot.

    Where the two have no figure of the year shown, their common year is told with both. Below zero
    “more” and “less” would mislead, and a figure to be read with caution states no difference.
    """
    comparison = finding.main_comparison
    if comparison is None:
        return ""
    values = (comparison.here.value, comparison.there.value)
    careful = comparison.here.caution or comparison.there.caution
    if careful or any(value is None or value < 0 for value in values):
        return ""
    figures = _there(comparison, finding.indicator)
    when = ""
    if comparison.here.year != finding.measure.year:
        when = f"{during(comparison.here.year)}, "
        figures = f"{short_figure(comparison.here, finding.indicator)} contre {figures}"
    place = dans(comparison.benchmark)
    return {
        Verdict.PLUS: f"{when}plus {que(place)} ({figures})",
        Verdict.MOINS: f"{when}moins {que(place)} ({figures})",
        Verdict.PROCHE: f"{when}proche du chiffre relevé {place} ({figures})",
        Verdict.INCONNU: "",
    }[comparison.verdict]


def _there(comparison: Comparison, indicator: Indicator) -> str:
    there = short_figure(comparison.there, indicator)
    median = "médiane de " if comparison.benchmark.level is Level.COMPARABLES else ""
    return f"{median}{there}"


def _apart(highlights: Sequence[Highlight]) -> str:
    """Return the headings of highlights as one clause; a benchmark that they share is said once."""
    told = [uncapitalise(heading(h.finding, h.comparison)) for h in highlights]
    if not told:
        return ""
    end = " " + que(dans(highlights[0].comparison.benchmark))
    if len(told) > 1 and all(text.endswith(end) for text in told):
        return listing([text.removesuffix(end) for text in told]) + end
    return "\N{NARROW NO-BREAK SPACE}; ".join(told)
