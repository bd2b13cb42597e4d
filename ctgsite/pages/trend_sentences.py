"""What a finding's trend says in French, and how it stands beside the same change elsewhere."""

from __future__ import annotations

from ctgsite.diagnostic.model import Elsewhere, Finding, Trend
from ctgsite.geography.names import dans
from ctgsite.indicators.comparison import Verdict, is_count
from ctgsite.indicators.model import Indicator
from ctgsite.pages.french import difference, during, quantity, rounded, signed
from ctgsite.pages.precision import is_unsure
from ctgsite.pages.sentences import figure, is_subtracted

PRICES = " (hausse des prix non déduite)"


def trend_sentence(finding: Finding) -> str:
    """Return what changed between two comparable vintages, or ""."""
    trend, indicator = finding.trend, finding.indicator
    if trend is None or trend.verdict is Verdict.INCONNU:
        return ""
    first, last = figure(trend.first, indicator), figure(trend.last, indicator)
    moments = f"{first} {during(trend.first.year)}, {last} {during(trend.last.year)}"
    if trend.verdict is Verdict.PROCHE and is_unsure(trend):
        return f"À la précision connue, les deux chiffres sont proches : {moments}."
    prices = PRICES if indicator.unit == "€" else ""
    if trend.verdict is Verdict.PROCHE:
        return f"Le chiffre a peu varié{prices} : {moments}."
    if is_subtracted(finding):
        return f"Évolution : {moments}."
    beside = _beside(trend.elsewhere, indicator) if trend.elsewhere else ""
    return f"Évolution : {moments}, soit {change(trend, indicator)}{prices}{beside}."


def change(trend: Trend, indicator: Indicator) -> str:
    """Return a change in words: “1,2 point de plus”, “une hausse de 5,1 % (+1 % par an…)”."""
    if is_count(indicator):
        noun = "une hausse" if trend.change >= 0 else "une baisse"
        text = f"{noun} de {quantity(abs(trend.change), '%', 1)}"
        if trend.yearly is None:
            return text
        return f"{text} ({_rate(trend.yearly)} par an en moyenne)"
    return difference(_shown_change(trend, indicator), indicator.unit, indicator.precision)


def short_change(trend: Trend, indicator: Indicator) -> str:
    """Return a change for a table: “+1,2 point”, “-5,1 %”."""
    if is_count(indicator):
        return _rate(trend.change)
    return signed(_shown_change(trend, indicator), indicator.unit, indicator.precision)


def _beside(elsewhere: Elsewhere, indicator: Indicator) -> str:
    """Return “, contre 0,3 point de plus en Haute-Garonne”, or that the two changes are close."""
    where, there = dans(elsewhere.benchmark), _change_there(elsewhere, indicator)
    if elsewhere.verdict is Verdict.PROCHE:
        return f", une évolution proche de celle relevée {where} ({there})"
    return f", contre {there} {where}"


def _change_there(elsewhere: Elsewhere, indicator: Indicator) -> str:
    if is_count(indicator):
        if elsewhere.yearly is None:
            return _rate(elsewhere.change)
        return f"{_rate(elsewhere.yearly)} par an"
    if not rounded(elsewhere.change, indicator.precision):
        return "un chiffre inchangé"
    return difference(elsewhere.change, indicator.unit, indicator.precision)


def _rate(percent: float) -> str:
    """Return a rate of change with its sign: “+1,2 %”, “-0,4 %”, “0,0 %”."""
    shown = rounded(percent, 1)
    sign = "+" if shown > 0 else "-" if shown < 0 else ""
    return sign + quantity(abs(shown), "%", 1)


def _shown_change(trend: Trend, indicator: Indicator) -> float:
    """Return the difference of the two figures as they are shown, so that readers find it again."""
    last, first = trend.last.value or 0.0, trend.first.value or 0.0
    return rounded(last, indicator.precision) - rounded(first, indicator.precision)
