"""Highlights: distance relative to the spread, reliability, variety of themes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ctgsite.diagnostic.highlights import (
    FEWEST,
    FULLY_RELIABLE_COUNT,
    MOST,
    MOST_A_THEME,
    UNCONFIRMED,
    candidate,
    choose_changes,
    choose_highlights,
    reliability,
)
from ctgsite.diagnostic.model import Comparison, Finding, Trend
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Direction, Form, Indicator, Wording
from ctgsite.sources.observations import Status

HERE = Area(Level.COMMUNE, "00001", "Testville")
DEPARTEMENT = Area(Level.DEPARTEMENT, "00", "Testmarche", 3)
FRANCE = Area(Level.FRANCE, "FRANCE", "France", 3)


def indicator(name: str, theme: str, *, highlight: bool = True) -> Indicator:
    return Indicator(
        id=name, label=name, theme=theme, definition="", unit="%", direction=Direction.AUCUN,
        precision=1, caution_threshold=200, form=Form.COMPARAISON,
        wording=Wording("", "", "", "", ""), formulas=(), highlight=highlight,
    )  # fmt: skip


def measure(area: Area, value: float, base: float | None = 5000) -> Measure:
    return Measure(
        "x", area.level, area.code, "2018", value, None, base, Status.CALCULE, "source", "2018"
    )


def finding(
    name: str,
    theme: str,
    here: float,
    there: float,
    base: float | None = 5000,
    **of_indicator: bool,
) -> Finding:
    mine = measure(HERE, here, base)
    verdict = Verdict.PLUS if here > there else Verdict.MOINS if here < there else Verdict.PROCHE
    comparison = Comparison(DEPARTEMENT, mine, measure(DEPARTEMENT, there), verdict)
    return Finding(indicator(name, theme, **of_indicator), HERE, mine, (comparison,))


def spread_of_ten(_: Finding) -> float:
    return 10.0


def names(findings: list[Finding]) -> list[str]:
    return [h.finding.indicator.id for h in choose_highlights(findings, spread_of_ten)]


def test_the_farther_from_the_benchmark_relative_to_the_spread_the_higher() -> None:
    findings = [finding("a", "t1", 12, 10), finding("b", "t2", 20, 10), finding("c", "t3", 5, 10)]
    assert names(findings) == ["b", "c", "a"]


def test_a_wide_spread_makes_the_same_difference_less_telling() -> None:
    wide = {"a": 40.0, "b": 4.0}
    chosen = choose_highlights(
        [finding("a", "t1", 20, 10), finding("b", "t2", 12, 10)], lambda f: wide[f.indicator.id]
    )
    assert [h.finding.indicator.id for h in chosen] == ["b", "a"]


def test_one_theme_never_takes_more_than_its_share() -> None:
    crowded = [finding(f"a{i}", "logement", 40 - i, 10) for i in range(8)]
    others = [finding(f"b{i}", f"t{i}", 14, 10) for i in range(5)]
    chosen = choose_highlights(crowded + others, spread_of_ten)
    themes = [h.finding.indicator.theme for h in chosen]
    assert themes.count("logement") == MOST_A_THEME
    assert len(chosen) == MOST_A_THEME + 5


def test_a_lone_theme_may_exceed_its_share_to_reach_the_fewest() -> None:
    crowded = [finding(f"a{i}", "logement", 40 - i, 10) for i in range(8)]
    assert len(choose_highlights(crowded, spread_of_ten)) == FEWEST


def with_peers(found: Finding, there: float, verdict: Verdict) -> Finding:
    peers = Area(Level.COMPARABLES, "comparables", "Territoires comparables")
    comparison = Comparison(peers, found.measure, measure(peers, there), verdict)
    return replace(found, comparisons=(*found.comparisons, comparison))


def test_what_differs_from_comparable_territories_the_other_way_is_no_highlight() -> None:
    reversed_there = with_peers(finding("a", "t", 20, 10), 30, Verdict.MOINS)
    assert candidate(reversed_there, spread_of_ten) is None


def test_a_difference_that_comparable_territories_do_not_show_weighs_a_quarter() -> None:
    plain = candidate(finding("a", "t", 20, 10), spread_of_ten)
    close = candidate(with_peers(finding("a", "t", 20, 10), 20, Verdict.PROCHE), spread_of_ten)
    assert plain is not None
    assert close is not None
    assert close.score == pytest.approx(plain.score * UNCONFIRMED)


def changed(name: str, theme: str, first: float, last: float) -> Finding:
    found = finding(name, theme, last, last)
    verdict = Verdict.PLUS if last > first else Verdict.MOINS
    trend = Trend(measure(HERE, first), found.measure, last - first, verdict)
    return replace(found, trend=trend)


def test_changes_are_the_largest_relative_to_the_spread_one_a_theme() -> None:
    findings = [
        changed("a", "logement", 10, 12),
        changed("b", "logement", 10, 20),
        changed("c", "seniors", 10, 5),
        finding("d", "jeunesse", 20, 10),
    ]
    chosen = choose_changes(findings, spread_of_ten)
    assert [found.indicator.id for found in chosen] == ["b", "c"]


def test_there_are_never_more_than_the_home_page_can_hold() -> None:
    many = [finding(f"a{i}", f"t{i}", 40, 10) for i in range(30)]
    assert len(choose_highlights(many, spread_of_ten)) == MOST


def test_small_differences_only_fill_up_to_the_fewest() -> None:
    faint = [finding(f"a{i}", f"t{i}", 10.5, 10) for i in range(20)]
    assert len(choose_highlights(faint, spread_of_ten)) == 6


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (finding("a", "t", 20, 10, highlight=False), "the catalogue forbids it"),
        (finding("a", "t", 10, 10), "the difference is within the uncertainty"),
        (
            replace(f := finding("a", "t", 20, 10), measure=replace(f.measure, caution=True)),
            "the figure stands on too few cases",
        ),
        (replace(finding("a", "t", 20, 10), comparisons=()), "nothing to compare with"),
    ],
)
def test_what_can_never_be_a_highlight(case: Finding, why: str) -> None:
    assert candidate(case, spread_of_ten) is None, why


def test_an_unknown_spread_cannot_tell_large_from_small() -> None:
    assert candidate(finding("a", "t", 20, 10), lambda _: None) is None


def test_reliability_grows_with_the_cases_up_to_a_thousand() -> None:
    few, some, many = (reliability(finding("a", "t", 20, 10, base)) for base in (250, 810, 9000))
    assert few == pytest.approx(0.5)
    assert some == pytest.approx(0.9)
    assert many == 1.0
    assert reliability(finding("a", "t", 20, 10, FULLY_RELIABLE_COUNT)) == 1.0


def test_the_departement_shows_a_difference_before_france_does() -> None:
    base = finding("a", "t", 20, 10)
    france = Comparison(FRANCE, base.measure, measure(FRANCE, 5), Verdict.PLUS)
    chosen = candidate(replace(base, comparisons=(france, *base.comparisons)), spread_of_ten)
    assert chosen is not None
    assert chosen.comparison.benchmark == DEPARTEMENT


def test_the_order_of_the_findings_does_not_change_the_choice() -> None:
    findings = [finding(f"a{i}", f"t{i % 4}", 10 + i, 10) for i in range(1, 12)]
    assert names(findings) == names(findings[::-1])
