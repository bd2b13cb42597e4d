"""The text tells how precise a figure is where readers could read too much into it."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from testville import DEPARTEMENT, DWELLINGS, TERRITORY, VACANCY, measure

from ctgsite.diagnostic.model import Cause, Comparison, Finding, Precision, Trend
from ctgsite.indicators.comparison import Verdict, contrast
from ctgsite.indicators.model import Indicator
from ctgsite.indicators.trend import trend
from ctgsite.pages import sentences
from ctgsite.pages.blocks import told
from ctgsite.pages.precision import causes_in_words, is_unsure, precision_sentence, small_count
from ctgsite.pages.trend_sentences import trend_sentence

BLURRED = Precision(
    (Cause("la Caf brouille ces effectifs avant de les diffuser", 2.0, blurred=True),)
)
ROUNDED = Precision((Cause("pourcentages publiés à l’entier", 0.5),))
CENSUS = Precision((), 200.0)


def spaced(text: str) -> str:
    """Return a text with ordinary spaces, easier to read in a test."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def known_to(bound: float, indicator: Indicator, precision: Precision = BLURRED) -> Finding:
    here = replace(measure(indicator, TERRITORY, 40.0), bound=bound)
    return Finding(indicator, TERRITORY, here, precision=precision)


@pytest.mark.parametrize(
    ("bound", "indicator", "text"),
    [
        (20.0, DWELLINGS, "ce chiffre est connu à 20 logements près, en plus ou en moins."),
        (0.62, VACANCY, "ce chiffre est connu à 0,7 point près, en plus ou en moins."),
        (2.3, VACANCY, "ce chiffre est connu à 2,3 points près, en plus ou en moins."),
        (math.inf, VACANCY, "ce chiffre n’est pas assez sûr pour être comparé."),
    ],
)
def test_a_blurred_figure_says_how_far_it_is_known_and_never_less(
    bound: float, indicator: Indicator, text: str
) -> None:
    finding = known_to(bound, indicator)
    assert spaced(precision_sentence(finding)) == (
        f"La Caf brouille ces effectifs avant de les diffuser : {text}"
    )
    assert precision_sentence(finding) in told(finding)


def test_a_bound_that_the_display_rounds_away_is_not_told() -> None:
    assert precision_sentence(known_to(0.05, VACANCY)) == ""


def test_a_rounding_is_left_to_the_page_of_methods() -> None:
    assert precision_sentence(known_to(0.5, VACANCY, ROUNDED)) == ""
    (words, blurred) = causes_in_words([("pourcentages publiés à l’entier", 0.5), ("flou", 2.0)])
    assert words == "pourcentages publiés à l’entier (± 0,5 pour chaque chiffre publié)"
    assert "± 2 pour" in blurred


@pytest.mark.parametrize(
    ("count", "precision", "warned", "text"),
    [
        (130, CENSUS, False, " (effectif inférieur à 200, à lire avec prudence)"),
        (130, CENSUS, True, " (effectif inférieur à 200)"),
        (200, CENSUS, False, ""),
        (130, Precision(), False, ""),
    ],
)
def test_a_small_count_is_told_with_the_caution_that_its_source_asks_for(
    count: float, precision: Precision, warned: bool, text: str
) -> None:
    assert small_count(count, precision, warned=warned) == text


def test_the_reading_of_few_people_says_so() -> None:
    here = measure(VACANCY, TERRITORY, 8.6, counts=(137.6, 1600.0))
    finding = Finding(VACANCY, TERRITORY, here, precision=CENSUS)
    assert spaced(sentences.reading_here(finding)) == (
        "En 2018, 8,6 % des logements sont vacants, soit environ 140 logements (effectif "
        "inférieur à 200, à lire avec prudence)."
    )


@given(
    value=st.floats(min_value=1, max_value=60),
    difference=st.floats(min_value=-1, max_value=1),
    bounds=st.tuples(st.floats(min_value=0.5, max_value=5), st.floats(min_value=0.5, max_value=5)),
)
def test_a_difference_below_the_bounds_is_told_as_close_everywhere(
    value: float, difference: float, bounds: tuple[float, float]
) -> None:
    here = replace(measure(VACANCY, TERRITORY, value), bound=bounds[0])
    beside = value + 0.99 * difference * sum(bounds)
    there = replace(measure(VACANCY, DEPARTEMENT, beside), bound=bounds[1])
    verdict = contrast(VACANCY, here, there).verdict
    comparison = Comparison(DEPARTEMENT, here, there, verdict)
    finding = Finding(VACANCY, TERRITORY, here, comparisons=(comparison,), precision=BLURRED)
    assert verdict is Verdict.PROCHE
    assert "proche de celle relevée" in sentences.heading(finding)
    assert "un chiffre proche de celui relevé" in sentences.reading(finding)
    assert "contre" not in sentences.reading(finding)


def test_a_change_within_the_bounds_is_not_called_a_change_nor_stability() -> None:
    first = replace(measure(DWELLINGS, TERRITORY, 40.0, "2013"), bound=2.0)
    last = replace(measure(DWELLINGS, TERRITORY, 43.0), bound=2.0)
    found = trend(DWELLINGS, (first, last))
    assert found is not None
    change = Trend(found.first, found.last, found.change, found.verdict)
    finding = Finding(DWELLINGS, TERRITORY, last, trend=change)
    assert spaced(trend_sentence(finding)) == (
        "À la précision connue, les deux chiffres sont proches : 40 logements en 2013, "
        "43 logements en 2018."
    )


@pytest.mark.parametrize(
    ("before", "after", "bound", "unsure"),
    [
        (1.6, 1.6, 0.05, True),
        (1.6, 1.7, 0.05, False),  # a tenth apart, whatever the binary of the difference
        (0.9, 0.8, 0.05, False),
        (1.6, 1.6, 0.0, False),  # nothing is known of their precision
        (1.0, 60.0, math.inf, True),
    ],
)
def test_a_change_is_unsure_where_the_bounds_allow_it_to_be_none(
    before: float, after: float, bound: float, unsure: bool
) -> None:
    first = replace(measure(VACANCY, TERRITORY, before, "2013"), bound=bound)
    last = replace(measure(VACANCY, TERRITORY, after), bound=bound)
    assert is_unsure(Trend(first, last, after - before, Verdict.PROCHE)) is unsure
