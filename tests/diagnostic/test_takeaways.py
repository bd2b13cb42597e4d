"""What a theme's page says first: three findings at most, chosen by a written rule."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctgsite.diagnostic.model import Comparison, Finding, InnerGap, ThemeDiagnostic, Trend
from ctgsite.diagnostic.takeaways import MOST, choose_takeaways
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import (
    Direction,
    Form,
    Formula,
    Indicator,
    Kind,
    Term,
    Theme,
    Wording,
)
from ctgsite.sources.observations import Status

HERE = Area(Level.EPCI, "000000000", "CC du Pays d’Essai")
DEPARTEMENT = Area(Level.DEPARTEMENT, "00", "Fictive", 3)
COMMUNES = tuple(Area(Level.COMMUNE, f"0000{at}", f"Commune {at}") for at in range(4))
HOUSING = Theme("logement", "Logement", "")


def measure(area: Area, value: float | None, *, caution: bool = False) -> Measure:
    status = Status.ABSENT if value is None else Status.CALCULE
    return Measure(
        "x", area.level, area.code, "2018", value, None, 5000, status, "source", "2018", caution
    )


def indicator(name: str, kind: Kind = Kind.RAPPORT, group: str = "") -> Indicator:
    return Indicator(
        id=name, label=name, theme="logement", definition="", unit="%", direction=Direction.AUCUN,
        precision=1, caution_threshold=200, form=Form.COMPARAISON, group=group,
        wording=Wording("", "", "", "", ""), formulas=(Formula("source", kind, (Term("X"),)),),
    )  # fmt: skip


def differing(name: str, here: float, *, caution: bool = False, group: str = "") -> Finding:
    """Return a finding whose benchmark is at 10."""
    mine = measure(HERE, here, caution=caution)
    verdict = Verdict.PLUS if here > 10 else Verdict.MOINS if here < 10 else Verdict.PROCHE
    comparison = Comparison(DEPARTEMENT, mine, measure(DEPARTEMENT, 10), verdict)
    return Finding(indicator(name, group=group), HERE, mine, (comparison,))


def changing(name: str, change: float) -> Finding:
    found = differing(name, 10)
    trend = Trend(measure(HERE, 10 - change), found.measure, change, Verdict.PLUS)
    return replace(found, trend=trend)


def counting(name: str, *, caution: bool = False) -> Finding:
    return Finding(indicator(name, Kind.SOMME), HERE, measure(HERE, 500, caution=caution))


def only_in_communes(name: str, *, caution: bool = False) -> Finding:
    members = tuple(
        (area, measure(area, 4.0 + at, caution=caution)) for at, area in enumerate(COMMUNES)
    )
    return Finding(indicator(name), HERE, measure(HERE, None), members=members)


def spread_of_ten(_: Finding) -> float:
    return 10.0


def chosen(
    *findings: Finding, missing: tuple[Finding, ...] = (), gaps: tuple[InnerGap, ...] = ()
) -> list[tuple[str, str]]:
    theme = ThemeDiagnostic(HOUSING, findings, missing)
    found = choose_takeaways(theme, spread_of_ten, gaps)
    return [(takeaway.finding.indicator.id, takeaway.of) for takeaway in found]


def test_the_widest_differences_and_changes_come_first() -> None:
    findings = (differing("a", 13), differing("b", 30), changing("c", 40), differing("d", 16))
    assert chosen(*findings) == [("b", "difference"), ("d", "difference"), ("c", "change")]


def test_a_weak_difference_waits_until_the_communes_have_been_told() -> None:
    weak, wide = differing("weak", 11), differing("wide", 10)
    others = (differing("a", 30), differing("b", 30))
    gap = InnerGap(wide, 2.0)
    told = chosen(weak, wide, *others, gaps=(gap,))
    assert told == [("a", "difference"), ("b", "difference"), ("wide", "gap")]


def test_what_only_the_communes_have_is_told_as_a_range() -> None:
    assert chosen(missing=(only_in_communes("places"),)) == [("places", "gap")]


@pytest.mark.parametrize(
    "finding",
    [
        differing("petit", 40, caution=True),
        differing("proche", 10),
        counting("peu", caution=True),
    ],
)
def test_nothing_is_said_of_what_is_not_sure(finding: Finding) -> None:
    assert chosen(finding) == []


def test_a_range_needs_sure_figures() -> None:
    assert chosen(missing=(only_in_communes("places", caution=True),)) == []


def test_one_count_at_most_says_how_many_and_stands_last() -> None:
    findings = (counting("menages"), counting("familles"), differing("a", 30))
    assert chosen(*findings) == [("a", "difference"), ("menages", "count")]


def test_the_parts_of_a_whole_are_told_once() -> None:
    parts = (differing("jeunes", 40, group="ages"), differing("ages", 0, group="ages"))
    assert chosen(*parts, differing("b", 14)) == [("jeunes", "difference"), ("b", "difference")]


def test_an_indicator_that_differs_and_changes_is_told_once() -> None:
    both = replace(changing("a", 20), comparisons=differing("a", 30).comparisons)
    assert len(chosen(both)) == 1


@given(st.lists(st.floats(0, 60), max_size=12))
def test_a_fourth_is_never_told_nor_an_indicator_twice(values: list[float]) -> None:
    told = chosen(*(differing(f"i{at}", value) for at, value in enumerate(values)))
    assert len(told) <= MOST
    assert len({name for name, _ in told}) == len(told)
