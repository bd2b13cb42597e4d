"""What a trend says: per year for a count, and beside the same change elsewhere."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from testville import DEPARTEMENT, measure

from ctgsite.diagnostic.model import Elsewhere, Finding
from ctgsite.indicators.comparison import Verdict
from ctgsite.pages.blocks import told
from ctgsite.pages.trend_sentences import short_change, trend_sentence


def spaced(text: str) -> str:
    """Return a text with ordinary spaces, easier to read in a test."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def beside(
    finding: Finding, change: float, verdict: Verdict, yearly: float | None = None
) -> Finding:
    """Return the finding with the same change in its département."""
    assert finding.trend is not None
    elsewhere = Elsewhere(DEPARTEMENT, change, yearly, verdict)
    return replace(finding, trend=replace(finding.trend, elsewhere=elsewhere, yearly=yearly))


def end_of(finding: Finding) -> str:
    return spaced(trend_sentence(finding)).partition(", soit ")[2]


def test_a_count_is_also_told_by_year(dwellings: Finding) -> None:
    assert dwellings.trend is not None
    found = replace(dwellings, trend=replace(dwellings.trend, yearly=1.2))
    assert end_of(found) == "une hausse de 6,2 % (+1,2 % par an en moyenne)."


@pytest.mark.parametrize(
    ("change", "verdict", "text"),
    [
        (0.3, Verdict.PLUS, "contre 0,3 point de plus en Fictive."),
        (-0.5, Verdict.PLUS, "contre 0,5 point de moins en Fictive."),
        (0.0, Verdict.PLUS, "contre un chiffre inchangé en Fictive."),
        (
            1.4,
            Verdict.PROCHE,
            "une évolution proche de celle relevée en Fictive (1,4 point de plus).",
        ),
    ],
)
def test_a_share_stands_beside_the_same_change_elsewhere(
    vacancy: Finding, change: float, verdict: Verdict, text: str
) -> None:
    assert end_of(beside(vacancy, change, verdict)) == f"1,5 point de plus, {text}"


@pytest.mark.parametrize(
    ("yearly", "text"),
    [(0.2, "+0,2 % par an"), (-0.2, "-0,2 % par an"), (0.01, "0,0 % par an")],
)
def test_a_count_stands_beside_a_yearly_rate(dwellings: Finding, yearly: float, text: str) -> None:
    found = beside(dwellings, 5 * yearly, Verdict.PLUS, yearly)
    assert end_of(found).endswith(f", contre {text} en Fictive.")


def test_amounts_of_two_years_are_said_not_to_allow_for_prices(vacancy: Finding) -> None:
    """A rise that prices may explain, or hide, is not told as one of the standard of living."""
    assert vacancy.trend is not None
    median = replace(vacancy.indicator, unit="€", precision=0)
    trend = replace(
        vacancy.trend,
        first=replace(vacancy.trend.first, value=22950.0),
        last=replace(vacancy.trend.last, value=23800.0),
    )
    found = replace(vacancy, indicator=median, trend=trend)
    assert end_of(found) == "850 € de plus (hausse des prix non déduite)."
    close = replace(found, trend=replace(trend, verdict=Verdict.PROCHE))
    told_close = trend_sentence(close)
    assert told_close.startswith("Le chiffre a peu varié (hausse des prix non déduite)")


def test_what_hardly_changed_is_not_told_beside_elsewhere(vacancy: Finding) -> None:
    found = beside(vacancy, 3.0, Verdict.MOINS)
    assert found.trend is not None
    still = replace(found, trend=replace(found.trend, verdict=Verdict.PROCHE))
    assert "Fictive" not in trend_sentence(still)


def test_a_box_tells_the_change_of_a_count_with_its_sign(dwellings: Finding) -> None:
    assert dwellings.trend is not None
    assert spaced(short_change(dwellings.trend, dwellings.indicator)) == "+6,2 %"


def test_a_break_is_told_where_it_is_all_that_withholds_the_trend(vacancy: Finding) -> None:
    broken = replace(vacancy.indicator, breaks=(("2016", "le questionnaire a changé"),))
    found = replace(vacancy, indicator=broken, trend=None)
    note = "Les chiffres d’avant 2016 ne se comparent pas aux suivants : le questionnaire a changé."
    assert note in [spaced(text) for text in told(found)]
    assert len(found.series) == 2
    later = replace(found, series=(measure(broken, found.area, 8.6),))
    assert not any("avant 2016" in text for text in told(later))
