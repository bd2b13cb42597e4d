"""Comparable territories of a few areas, whose distances and medians are worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pytest
from small_figures import SHARE, figures_of, measure, values_of

from ctgsite.geography.areas import COMPARABLES_CODE, Area, Level
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.peers import Peers, comparables_measure, find_peers
from ctgsite.sources.observations import Status

NAMES = ("a", "b", "c")
FIRST = Area(Level.COMMUNE, "00000", "Testville")
STEP = math.sqrt(2 / 3) / 2  # half an interquartile range on two variables of three


def variables(**changed: Iterable[Measure]) -> list[Measure]:
    """Return five areas: `a` and `c` rise evenly (2 and 20 between quartiles), `b` is constant."""
    plain = {
        "a": values_of([0.0, 1.0, 2.0, 3.0, 4.0], indicator="a"),
        "b": values_of([7.0] * 5, indicator="b"),
        "c": values_of([0.0, 10.0, 20.0, 30.0, 40.0], indicator="c"),
    }
    return [m for found in {**plain, **changed}.values() for m in found]


def nearest(found: list[Measure], area: Area = FIRST, **options: object) -> Peers:
    return find_peers(figures_of(found), area, **{"variables": NAMES, **options})  # type: ignore[arg-type]


def test_the_distance_is_the_root_mean_square_of_standardised_differences() -> None:
    peers = nearest(variables())
    assert peers.codes == ("00001", "00002", "00003", "00004")
    assert [d for _, d in peers.nearest] == pytest.approx([STEP, 2 * STEP, 3 * STEP, 4 * STEP])
    assert peers.variables == (("a", "2018"), ("b", "2018"), ("c", "2018"))
    assert peers.pool == 4


def test_areas_as_near_come_in_the_order_of_their_codes() -> None:
    middle = Area(Level.COMMUNE, "00002", "Testville")
    assert nearest(variables(), middle).codes == ("00001", "00003", "00000", "00004")


def test_as_many_come_as_are_wanted() -> None:
    peers = nearest(variables(), k=2)
    assert peers.codes == ("00001", "00002")
    assert peers.pool == 4


def test_ten_come_by_default() -> None:
    many = [m for name in NAMES for m in values_of([float(v) for v in range(30)], indicator=name)]
    assert nearest(many).codes == tuple(f"{n:05}" for n in range(1, 11))


def test_they_come_from_the_pool_asked_for() -> None:
    peers = nearest(variables(), pool=["00002", "00004", "99999"])
    assert peers.codes == ("00002", "00004")
    assert peers.pool == 2


@pytest.mark.parametrize(
    "changes", [{"value": None}, {"dataset": "autre"}, {"year": "2013"}, {"level": Level.EPCI}]
)
def test_a_candidate_that_lacks_a_variable_is_not_considered(changes: dict[str, object]) -> None:
    a = values_of([0.0, 1.0, 2.0, 3.0, 4.0], indicator="a")
    a[1] = measure("00001", **{"value": 1.0, "indicator": "a", **changes})  # type: ignore[arg-type]
    assert nearest(variables(a=a)).codes == ("00002", "00003", "00004")


def test_a_variable_that_the_area_lacks_is_left_out() -> None:
    d = [measure("00000", indicator="d"), *values_of([5.0] * 5, indicator="d")[1:]]
    peers = nearest([*variables(), *d], variables=("d", "e", *NAMES))
    assert [name for name, _ in peers.variables] == list(NAMES)
    assert peers.codes == ("00001", "00002", "00003", "00004")


def test_the_year_of_each_variable_is_the_latest_of_the_area() -> None:
    newer = values_of([4.0, 3.0, 2.0, 1.0, 0.0], indicator="a", year="2021")
    peers = nearest(variables(c=[*variables()[10:], *newer]))
    assert dict(peers.variables) == {"a": "2021", "b": "2018", "c": "2018"}


def test_two_variables_are_too_few() -> None:
    assert nearest(variables(c=[])) == Peers((), (("a", "2018"), ("b", "2018")))
    assert Peers((), ()).pool == 0


def test_sizes_are_compared_by_their_ratios_and_an_empty_area_is_not() -> None:
    sizes = values_of([100.0, 200.0, 50.0, 0.0, 800.0], indicator="population")
    found = [*variables(), *sizes]
    peers = nearest(found, variables=("b", "b2", "population", "c", "a"))
    assert "00003" not in peers.codes
    flat = [*values_of([7.0] * 5, indicator="b2"), *sizes, *values_of([7.0] * 5, indicator="b")]
    alone = nearest(flat, variables=("b", "b2", "population"))
    distances = dict(alone.nearest)
    assert distances["00001"] == pytest.approx(distances["00002"])  # twice and half as many
    assert distances["00004"] == pytest.approx(3 * distances["00001"])


def test_a_density_below_one_is_compared_too() -> None:
    sparse = values_of([0.25, 0.5, 1.0, 2.0, 4.0], indicator="densite")
    peers = nearest([*variables(), *sparse], variables=("densite", "a", "b"))
    assert peers.codes == ("00001", "00002", "00003", "00004")


def test_a_variable_that_varies_by_less_than_one_weighs_as_any_other() -> None:
    narrow = values_of([0.0, 0.1, 0.2, 0.3, 0.4], indicator="a")
    assert [d for _, d in nearest(variables(a=narrow)).nearest] == pytest.approx(
        [STEP, 2 * STEP, 3 * STEP, 4 * STEP]
    )


def test_a_group_of_communes_is_compared_with_intercommunalites() -> None:
    epci = [
        m for n in NAMES for m in values_of([1.0, 2.0, 3.0, 4.0], indicator=n, level=Level.EPCI)
    ]
    mine = [measure("groupe", 1.9, indicator=n, level=Level.TERRITOIRE) for n in NAMES]
    peers = nearest([*epci, *mine], Area(Level.TERRITOIRE, "groupe", "Groupe"), k=2)
    assert peers.codes == ("00001", "00000")


def median_of(found: list[Measure], peers: int = 7) -> Measure:
    nearest = Peers(tuple((f"{n:05}", 0.0) for n in range(peers)), ())
    here = measure("99999", 50.0)
    return comparables_measure(SHARE, figures_of(found), nearest, Level.COMMUNE, here)


def test_the_median_of_the_peers_stands_under_their_own_name() -> None:
    values = [1.0, 2.0, 3.0, 5.0, 8.0, 13.0, 21.0]
    assert median_of(values_of(values)) == Measure(
        "part", Level.COMPARABLES, COMPARABLES_CODE, "2018", 5.0, None, None, Status.CALCULE, "rp",
        "RP 2018", note="Médiane de 7 territoires comparables.",
    )  # fmt: skip


def test_peers_of_another_source_or_year_secret_or_not_asked_for_are_left_out() -> None:
    found = [
        *values_of([1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
        measure("00006", 99.0, dataset="autre"),
        *values_of([99.0] * 7, year="2013"),
        *values_of([99.0] * 7, level=Level.EPCI),
        *values_of([99.0] * 7, indicator="autre"),
        *values_of([99.0] * 12)[8:],
        measure("00007"),
    ]
    assert median_of(found, 8).value == pytest.approx(3.5)


def test_the_median_of_five_is_not_told() -> None:
    found = median_of(values_of([1.0, 2.0, 3.0, 4.0, 5.0], bound=1.0))
    assert (found.value, found.status, found.bound) == (None, Status.ABSENT, 0.0)
    assert found.note.startswith("Trop peu de territoires comparables")


def test_a_median_is_known_as_far_as_its_own_figures_are() -> None:
    found = values_of([1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0], bound=0.25)
    assert median_of(found).bound == pytest.approx(0.25)
    uneven = [
        *values_of([1.0, 2.0, 3.0, 4.0]),
        *values_of([0.0] * 4 + [5.0, 6.0, 7.0], bound=2)[4:],
    ]
    # At their lowest the last three are 3, 4 and 5: the median falls from 4 to 3.
    assert median_of(uneven).bound == pytest.approx(1.0)
