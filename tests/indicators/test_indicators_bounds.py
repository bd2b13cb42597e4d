"""How far a value may stand from the true one, and what may still be said of a difference."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ctgsite.geography.areas import Level
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.comparison import Verdict, contrast, margin, verdict_of
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Formula, Indicator, Kind
from ctgsite.indicators.peers import Peers, comparables_measure
from ctgsite.indicators.terms import parse_terms
from ctgsite.indicators.trend import trend
from ctgsite.sources.observations import OBSERVATION_COLUMNS, Observations, Status

PERIOD = {"years": ("2013-2018",), "period": 5.0}
KINDS: dict[Kind, Formula] = {
    Kind.SOMME: Formula("rp", Kind.SOMME, parse_terms("A - B"), scale=1.0, period=5.0),
    Kind.RAPPORT: Formula("rp", Kind.RAPPORT, parse_terms("A - B"), parse_terms("C + D")),
    Kind.PUBLIE: Formula("rp", Kind.PUBLIE, parse_terms("A"), parse_terms("C")),
    Kind.QUOTIENT_PUBLIE: Formula(
        "rp", Kind.QUOTIENT_PUBLIE, parse_terms("A"), parse_terms("C + D")
    ),
    Kind.TAUX_ANNUEL: Formula(
        "rp", Kind.TAUX_ANNUEL, parse_terms("C@2018"), parse_terms("D@2018"), **PERIOD
    ),
    Kind.SOLDE_ANNUEL: Formula(
        "rp", Kind.SOLDE_ANNUEL, parse_terms("A@2018 - B@2018"),
        parse_terms("C@2018 + D@2018"), **PERIOD,
    ),
    Kind.INDICATEURS: Formula("", Kind.INDICATEURS, parse_terms("croissance - solde")),
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue_of(embedded_catalogue: Catalogue) -> Callable[[Kind], Catalogue]:
    """Return a catalogue with an indicator that is computed in one way, and two that it may add."""
    template = embedded_catalogue.indicators["part_logements_vacants"]

    def build(kind: Kind) -> Catalogue:
        kinds = {"croissance": Kind.TAUX_ANNUEL, "solde": Kind.SOLDE_ANNUEL, "part": kind}
        indicators = {
            name: replace(template, id=name, formulas=(KINDS[own],)) for name, own in kinds.items()
        }
        return Catalogue(indicators, {})

    return build


def observations(cells: dict[str, float], bounds: dict[str, float]) -> Observations:
    rows = [
        ("rp", name, "2018", "commune", "00001", value, "publie", "RP 2018", "", bounds[name])
        for name, value in cells.items()
    ]
    return Observations(pd.DataFrame(rows, columns=list(OBSERVATION_COLUMNS)))


def computed(catalogue: Catalogue, cells: dict[str, float], bounds: dict[str, float]) -> Measure:
    figures = Figures(compute_measures(catalogue, [observations(cells, bounds)]))
    found = figures.latest("part", Level.COMMUNE, "00001")
    assert found is not None
    return found


sizes = st.floats(min_value=10, max_value=1e6)
widths = st.floats(min_value=0, max_value=9)
sides = st.floats(min_value=-1, max_value=1) | st.sampled_from([-1.0, 1.0])
terms = st.fixed_dictionaries({name: st.tuples(sizes, widths, sides) for name in "ABCD"})


@pytest.mark.parametrize("kind", KINDS)
@given(drawn=terms)
def test_the_true_value_stands_within_the_bound_wherever_the_true_terms_are(
    catalogue_of: Callable[[Kind], Catalogue],
    kind: Kind,
    drawn: dict[str, tuple[float, float, float]],
):
    published = {name: value for name, (value, _, _) in drawn.items()}
    bounds = {name: width for name, (_, width, _) in drawn.items()}
    true = {name: value + side * width for name, (value, width, side) in drawn.items()}
    measure = computed(catalogue_of(kind), published, bounds)
    exact = computed(catalogue_of(kind), true, dict.fromkeys("ABCD", 0.0))
    assert measure.value is not None
    assert exact.value is not None
    noise = 1e-9 * (1 + abs(measure.value) + measure.bound)
    assert abs(exact.value - measure.value) <= measure.bound + noise
    assert exact.bound == 0


@given(drawn=terms)
def test_the_bound_of_a_ratio_is_reached_by_some_true_terms(
    catalogue_of: Callable[[Kind], Catalogue], drawn: dict[str, tuple[float, float, float]]
):
    """It is the smallest that can be given: numerator at its highest, denominator at its lowest."""
    published = {name: value for name, (value, _, _) in drawn.items()}
    bounds = {name: width for name, (_, width, _) in drawn.items()}
    assume(published["A"] >= published["B"])
    worst = {
        "A": published["A"] + bounds["A"], "B": published["B"] - bounds["B"],
        "C": published["C"] - bounds["C"], "D": published["D"] - bounds["D"],
    }  # fmt: skip
    catalogue = catalogue_of(Kind.RAPPORT)
    measure = computed(catalogue, published, bounds)
    farthest = computed(catalogue, worst, dict.fromkeys("ABCD", 0.0))
    assert measure.value is not None
    assert farthest.value is not None
    assert farthest.value - measure.value == pytest.approx(measure.bound, abs=1e-6)


@pytest.mark.parametrize(
    ("kind", "bound"),
    [
        (Kind.SOMME, (2 + 2) / 5),
        # (100 - 20) / (300 + 100) = 20 %: at worst 84 / 396 = 21.2121… %
        (Kind.RAPPORT, 100 * 84 / 396 - 20),
        (Kind.PUBLIE, 100 * 2),  # its effectif only serves the caution
        # 100 / 400 = 25 %: at worst 102 / 396
        (Kind.QUOTIENT_PUBLIE, 100 * 102 / 396 - 25),
        # from 100 ± 2 to 300 ± 2 in five years
        (Kind.TAUX_ANNUEL, 100 * ((302 / 98) ** 0.2 - 3**0.2)),
        # 80 ± 4 over five years, for a mean population of 200 ± 2
        (Kind.SOLDE_ANNUEL, 100 * (84 / 198 - 80 / 200) / 5),
        (
            Kind.INDICATEURS,
            100 * ((302 / 98) ** 0.2 - 3**0.2) + 100 * (84 / 198 - 80 / 200) / 5,
        ),
    ],
)
def test_the_bound_of_each_kind_is_that_of_the_worst_case_by_hand(
    catalogue_of: Callable[[Kind], Catalogue], kind: Kind, bound: float
):
    cells = {"A": 100.0, "B": 20.0, "C": 300.0, "D": 100.0}
    found = computed(catalogue_of(kind), cells, dict.fromkeys("ABCD", 2.0))
    assert found.bound == pytest.approx(bound)


def test_nothing_is_known_where_no_term_has_a_bound(catalogue_of):
    cells = {"A": 100.0, "B": 20.0, "C": 300.0, "D": 100.0}
    assert computed(catalogue_of(Kind.RAPPORT), cells, dict.fromkeys("ABCD", 0.0)).bound == 0


def test_one_term_that_is_blurred_is_enough(catalogue_of):
    cells = {"A": 100.0, "B": 20.0, "C": 300.0, "D": 100.0}
    bounds = {"A": 2.0, "B": 0.0, "C": 0.0, "D": 0.0}
    found = computed(catalogue_of(Kind.RAPPORT), cells, bounds)
    assert found.bound == pytest.approx(0.5)


def test_a_denominator_that_may_be_zero_leaves_nothing_to_tell(catalogue_of):
    cells = {"A": 1.0, "B": 0.0, "C": 2.0, "D": 1.0}
    found = computed(catalogue_of(Kind.RAPPORT), cells, dict.fromkeys("ABCD", 2.0))
    assert found.value is not None
    assert math.isinf(found.bound)


def test_a_gap_has_no_bound(catalogue_of):
    cells = {"A": 1.0, "B": 0.0, "C": 0.0, "D": 0.0}  # a denominator of zero is no value
    found = computed(catalogue_of(Kind.RAPPORT), cells, dict.fromkeys("ABCD", 2.0))
    assert (found.value, found.bound) == (None, 0)


# What may be said of a difference


def figure(value: float, bound: float = 0.0, **changes: object) -> Measure:
    found = Measure(
        "part", Level.COMMUNE, "00001", "2020", value, None, None, Status.CALCULE, "rp", "2020",
        bound=bound,
    )  # fmt: skip
    return replace(found, **changes)


@pytest.fixture
def rate(make_indicator) -> Indicator:
    return make_indicator("A", "B")


@pytest.fixture
def count(make_indicator) -> Indicator:
    return make_indicator("A")


@given(
    here=st.floats(min_value=0, max_value=100),
    there=st.floats(min_value=0, max_value=100),
    bounds=st.tuples(widths, widths),
)
def test_a_difference_below_the_bounds_of_both_is_always_close(
    embedded_catalogue: Catalogue, here: float, there: float, bounds: tuple[float, float]
):
    indicator = embedded_catalogue.indicators["part_allocataires_monoparentaux"]
    mine, theirs = figure(here, bounds[0]), figure(there, bounds[1])
    found = contrast(indicator, mine, theirs)
    assert found.margin >= sum(bounds)
    if abs(here - there) < sum(bounds) * (1 - 1e-6):
        assert found.verdict is Verdict.PROCHE


def test_the_margin_is_the_largest_of_what_may_be_uncertain(rate: Indicator):
    assert margin(rate, figure(10), figure(12)) == 0.05  # half of the last decimal shown
    assert margin(rate, figure(10, 0.4), figure(12, 0.3)) == pytest.approx(0.7)
    least = replace(rate, minimum_difference=2.0)
    assert margin(least, figure(10, 0.4), figure(12, 0.3)) == 2.0


def test_chance_and_bounds_add_up(rate: Indicator):
    sampled = figure(50.0, numerator=50.0, denominator=100.0)
    chance = margin(rate, sampled, sampled)
    blurred = replace(sampled, bound=1.5)
    assert margin(rate, blurred, blurred) == pytest.approx(chance + 3.0)


@pytest.mark.parametrize(("here", "there"), [(7.4, 7.3), (8.4, 8.3), (8.3, 8.4)])
def test_rates_published_to_a_tenth_that_differ_by_a_tenth_do_differ(here: float, there: float):
    """The same verdict for each, whatever the binary of the difference."""
    assert verdict_of(here - there, 0.05 + 0.05) is not Verdict.PROCHE
    assert verdict_of(0.0, 0.05 + 0.05) is Verdict.PROCHE


def test_no_difference_is_told_from_a_figure_without_any_bound(rate: Indicator):
    assert contrast(rate, figure(10, math.inf), figure(90)).verdict is Verdict.PROCHE


@pytest.mark.parametrize(
    ("last", "verdict"), [(103.9, Verdict.PROCHE), (104, Verdict.PLUS), (96.1, Verdict.PROCHE)]
)
def test_a_count_changes_where_its_change_exceeds_both_bounds(
    count: Indicator, last: float, verdict: Verdict
):
    series = (figure(100, 2, year="2018"), figure(last, 2))
    found = trend(count, series)
    assert found is not None
    assert found.margin == pytest.approx(4.0)
    assert found.verdict is verdict


def test_a_rate_changes_where_its_change_exceeds_both_bounds(rate: Indicator):
    still, moved = (
        trend(rate, (figure(20, 0.5, year="2018"), figure(value, 0.5))) for value in (20.9, 21.1)
    )
    assert still is not None
    assert moved is not None
    assert (still.verdict, moved.verdict) == (Verdict.PROCHE, Verdict.PLUS)


peer_values = st.lists(st.tuples(sizes, widths, sides), min_size=6, max_size=11)


@given(peer_values)
def test_the_median_of_peers_is_known_to_what_their_own_bounds_allow(
    embedded_catalogue: Catalogue, drawn: list[tuple[float, float, float]]
):
    indicator = embedded_catalogue.indicators["part_allocataires_monoparentaux"]

    class Known(Figures):
        def __init__(self, values: list[Measure]) -> None:
            self.values = tuple(values)

        def of_areas(self, *_: object) -> tuple[Measure, ...]:
            return self.values

    def median(values: list[Measure]) -> Measure:
        peers = Peers(tuple((str(n), 0.0) for n in range(len(values))), ())
        return comparables_measure(indicator, Known(values), peers, Level.COMMUNE, figure(1))

    found = median([figure(value, width) for value, width, _ in drawn])
    true = median([figure(value + side * width) for value, width, side in drawn])
    assert found.value is not None
    assert true.value is not None
    assert true.bound == 0
    assert abs(true.value - found.value) <= found.bound + 1e-6
