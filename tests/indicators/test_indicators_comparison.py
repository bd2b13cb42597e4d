"""A figure beside a benchmark’s: what is compared, by how much, and what stands for none."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from small_figures import COUNT, SHARE, measure

from ctgsite.geography.areas import Level
from ctgsite.indicators.comparison import (
    OTHER_SOURCE,
    Contrast,
    Verdict,
    compare,
    contrast,
    is_count,
    margin,
    verdict_of,
)
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Formula, Indicator, Kind, Term
from ctgsite.sources.observations import Status

MINE = measure("31541", 10.0)
ABSENCE = measure("31", level=Level.DEPARTEMENT, status=Status.ABSENT, note="Non couvert.")


def benchmark(value: float | None, year: str = "2018", **changes: object) -> Measure:
    return measure("31", value, year=year, level=Level.DEPARTEMENT, **changes)


def compared(*there: Measure, mine: tuple[Measure, ...] = (MINE,)) -> Contrast:
    found = compare(SHARE, mine, there, ABSENCE)
    assert found is not None
    return found


def test_a_difference_is_here_minus_there() -> None:
    found = compared(benchmark(7.5))
    assert (found.here, found.there) == (MINE, benchmark(7.5))
    assert (found.difference, found.verdict) == (2.5, Verdict.PLUS)
    assert found.margin == margin(SHARE, MINE, benchmark(7.5))


def test_nothing_is_compared_where_the_area_has_no_value() -> None:
    assert compare(SHARE, [measure("31541")], [benchmark(7.5)], ABSENCE) is None
    assert compare(SHARE, [], [benchmark(7.5)], ABSENCE) is None


@pytest.mark.parametrize(
    ("indicator", "here", "there"),
    [
        (SHARE, measure("31541"), benchmark(7.5)),
        (SHARE, MINE, benchmark(None)),
        (COUNT, MINE, benchmark(7.5)),
    ],
    ids=["secret here", "secret there", "count"],
)
def test_figures_without_a_difference_are_both_shown(
    indicator: Indicator, here: Measure, there: Measure
) -> None:
    assert contrast(indicator, here, there) == Contrast(here, there, Verdict.INCONNU)


def test_a_secret_of_the_same_year_stands_as_it_is_published() -> None:
    secret = benchmark(None, note="Secret statistique.")
    assert compared(benchmark(7.5, "2013"), secret).there == secret


def test_a_benchmark_without_any_figure_stands_with_its_latest_reason_in_the_year_here() -> None:
    *old, last = (benchmark(None, year, note=f"en {year}") for year in ("2011", "2012", "2013"))
    assert compared(*old, last).there == replace(last, year="2018")


def test_a_benchmark_of_which_nothing_is_known_stands_with_the_reason_given() -> None:
    assert compared().there == replace(ABSENCE, year="2018")


def test_an_absence_stands_without_a_value_whatever_it_came_with() -> None:
    found = compare(SHARE, [MINE], [], replace(ABSENCE, value=3.0))
    assert found is not None
    assert found.there.value is None


def test_without_a_common_year_the_years_of_the_benchmark_are_told_in_order() -> None:
    found = compared(benchmark(7.5, "2009"), benchmark(8.0, "2013"))
    assert found == Contrast(
        MINE,
        Measure(
            "part", Level.DEPARTEMENT, "31", "2018", None, None, None, Status.ABSENT, "rp",
            "RP 2018", note="Pas de millésime commun : le territoire de comparaison n’est publié "
            "que pour 2009, 2013.",
        ),
        Verdict.INCONNU,
    )  # fmt: skip


def test_a_common_year_of_another_source_is_told_as_such() -> None:
    assert compared(benchmark(7.5, dataset="autre")).there.note == OTHER_SOURCE
    mine = (measure("31541", 9.0, year="2013"), MINE)
    old = benchmark(7.5, "2013", dataset="autre")
    assert compared(old, mine=mine).there.note == OTHER_SOURCE
    newer = (*mine, measure("31541", 9.0, year="2021"))
    apart = [benchmark(7.5, year, dataset="autre") for year in ("2013", "2021")]
    assert compared(*apart, mine=newer).there.note == OTHER_SOURCE


@pytest.mark.parametrize(
    ("difference", "verdict"),
    [(2.0, Verdict.PLUS), (-2.0, Verdict.MOINS), (1.99, Verdict.PROCHE), (-1.99, Verdict.PROCHE)],
)
def test_a_difference_is_told_from_its_margin_on(difference: float, verdict: Verdict) -> None:
    assert verdict_of(difference, 2.0) is verdict


def test_a_difference_that_equals_its_margin_but_for_its_binary_is_told() -> None:
    assert 0.3 - 0.2 < 0.1
    assert verdict_of(0.3 - 0.2, 0.1) is Verdict.PLUS


@pytest.mark.parametrize(("precision", "shown"), [(0, 0.5), (1, 0.05), (2, 0.005)])
def test_the_margin_is_at_least_half_a_unit_of_the_last_decimal_shown(
    precision: int, shown: float
) -> None:
    plain = replace(SHARE, precision=precision)
    assert margin(plain, MINE, benchmark(7.5)) == pytest.approx(shown)
    assert margin(replace(plain, minimum_difference=3.0), MINE, benchmark(7.5)) == 3.0


def sample(part: float, base: float, scale: float = 100) -> Measure:
    return measure("1", scale * part / base, numerator=part, denominator=base)


def test_the_margin_of_two_shares_is_that_of_two_samples_and_both_bounds() -> None:
    # Standard errors of 100 × √(.2 × .8 / 400) = 2 and 100 × √(.1 × .9 / 400) = 1.5: 2.5 together.
    here, there = sample(80, 400), sample(40, 400)
    assert margin(SHARE, here, there) == pytest.approx(1.96 * 2.5)
    blurred = (replace(here, bound=0.5), replace(there, bound=0.25))
    assert margin(SHARE, *blurred) == pytest.approx(1.96 * 2.5 + 0.75)


def test_the_standard_error_is_in_the_unit_of_the_indicator() -> None:
    found = margin(replace(SHARE, precision=3), sample(80, 400, 1), sample(40, 400, 1))
    assert found == pytest.approx(1.96 * 0.025)


def only(kind: Kind, dataset: str = "rp") -> Indicator:
    formula = Formula(dataset, kind, (Term("N"),), (Term("D"),))
    return replace(SHARE, formulas=(formula,))


@pytest.mark.parametrize(
    ("indicator", "here"),
    [
        (only(Kind.PUBLIE), sample(80, 400)),
        (only(Kind.RAPPORT, "autre"), sample(80, 400)),
        (SHARE, replace(sample(80, 400), denominator=None)),
        (SHARE, replace(sample(80, 400), numerator=None)),
        (SHARE, replace(sample(80, 400), value=None)),
        (SHARE, sample(0, 400)),
        (SHARE, sample(400, 400)),
        (SHARE, sample(600, 400)),
        (SHARE, sample(-1, 400)),
        (SHARE, replace(sample(80, 400), denominator=0.0)),
    ],
    ids=[
        "published", "other source", "no denominator", "no numerator", "secret", "nobody",
        "everybody", "no share", "negative", "of nobody",
    ],
)  # fmt: skip
def test_other_figures_have_no_standard_error(indicator: Indicator, here: Measure) -> None:
    assert margin(indicator, here, MINE) == pytest.approx(0.05)


def test_a_share_under_one_in_a_hundred_has_a_standard_error() -> None:
    found = margin(replace(SHARE, precision=3), sample(1, 400), MINE)
    assert found == pytest.approx(1.96 * 100 * math.sqrt(0.0025 * 0.9975 / 400))


def test_an_indicator_is_a_count_where_all_its_formulas_count() -> None:
    assert is_count(COUNT)
    assert not is_count(SHARE)
    assert not is_count(replace(SHARE, formulas=(*SHARE.formulas, *COUNT.formulas)))
