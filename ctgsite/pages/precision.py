"""What the text says of a figure's precision: blurred counts, small counts, changes not sure."""

from __future__ import annotations

import math
from collections.abc import Iterable

from ctgsite.diagnostic.model import Finding, Precision, Trend
from ctgsite.indicators.comparison import Verdict, verdict_of
from ctgsite.indicators.model import Indicator
from ctgsite.pages.french import number, quantity, sentence, unit_of_difference


def precision_sentence(finding: Finding) -> str:
    """Return how far a figure made of blurred counts may stand from the true one, or "".

    A bound that the rounding of the display hides is not told.
    """
    blurred = [cause for cause in finding.precision.causes if cause.blurred]
    bound = finding.measure.bound
    if not blurred or not _is_seen(bound, finding.indicator):
        return ""
    if math.isinf(bound):
        known = "ce chiffre n’est pas assez sûr pour être comparé"
    else:
        amount = _amount(bound, finding.indicator)
        known = f"ce chiffre est connu à {amount} près, en plus ou en moins"
    return sentence(f"{blurred[0].reason} : {known}")


def small_count(count: float, precision: Precision, *, warned: bool = False) -> str:
    """Return “ (effectif inférieur à 200, à lire avec prudence)” where the source asks for it.

    Args:
        count: the people told.
        precision: what the source says of small counts.
        warned: whether the whole figure already carries a warning.
    """
    threshold = precision.caution_under
    if count >= threshold:
        return ""
    advice = "" if warned else ", à lire avec prudence"
    return f" (effectif inférieur à {number(threshold)}{advice})"


def is_unsure(trend: Trend) -> bool:
    """Whether the bounds of two figures allow that nothing changed between them."""
    difference = (trend.last.value or 0.0) - (trend.first.value or 0.0)
    return verdict_of(difference, trend.first.bound + trend.last.bound) is Verdict.PROCHE


def causes_in_words(causes: Iterable[tuple[str, float]]) -> tuple[str, ...]:
    """Return why figures are not exact, from each reason and the half-width of one figure."""
    return tuple(
        f"{reason} (± {_plain(half_width)} pour chaque chiffre publié)"
        for reason, half_width in causes
    )


def _is_seen(bound: float, indicator: Indicator) -> bool:
    return bound > 0.5 * 10.0**-indicator.precision


def _amount(bound: float, indicator: Indicator) -> str:
    """Return a bound with its unit, rounded up: it never says more than what is known."""
    step = 10.0**-indicator.precision
    raised = math.ceil(bound / step - 1e-9) * step
    return quantity(raised, unit_of_difference(indicator.unit), indicator.precision)


def _plain(half_width: float) -> str:
    """Return a number with the decimals that it has."""
    decimals = len(f"{half_width:g}".partition(".")[2])
    return number(half_width, decimals)
