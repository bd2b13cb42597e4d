"""A population's change is the sum of its two parts, of one period and source, or is not told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_figures import figures_of, measure

from ctgsite import knowledge
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.contributions import APPARENT, CHANGE, NATURAL, contributions
from ctgsite.indicators.measures import Measure

HERE = Area(Level.COMMUNE, "00001", "Testville")


def parts(change: float, natural: float, apparent: float, **changes: object) -> list[Measure]:
    values = {CHANGE: change, NATURAL: natural, APPARENT: apparent}
    changes = {"year": "2013-2018", **changes}
    return [measure("00001", v, indicator=name, **changes) for name, v in values.items()]


@pytest.mark.parametrize(
    "numbers", [(1.2, 0.5, 0.7), (-0.6, -0.1, -0.5), (0.1, -0.3, 0.4), (0.0, 0.2, -0.2)]
)
def test_parts_that_add_up_are_told(numbers: tuple[float, float, float]) -> None:
    found = contributions(figures_of(parts(*numbers)), HERE)
    assert found is not None
    assert found.area == HERE
    assert (found.change.value, found.natural.value, found.apparent.value) == numbers


def test_parts_that_do_not_add_up_are_not() -> None:
    assert contributions(figures_of(parts(1.2, 0.5, 0.5)), HERE) is None


def test_parts_of_two_sources_are_not() -> None:
    change, *rest = parts(1.2, 0.5, 0.7)
    assert contributions(figures_of([replace(change, dataset="autre"), *rest]), HERE) is None


@pytest.mark.parametrize("at", range(3))
def test_a_figure_that_is_missing_is_not_zero(at: int) -> None:
    found = parts(0.0, 0.0, 0.0)
    hidden = [replace(m, value=None) if n == at else m for n, m in enumerate(found)]
    assert contributions(figures_of(hidden), HERE) is None
    assert contributions(figures_of([*found[:at], *found[at + 1 :]]), HERE) is None


def test_the_latest_period_that_has_all_three_is_told() -> None:
    newer = parts(0.2, 0.1, 0.1, year="2016-2021")[:1]
    found = contributions(figures_of([*parts(1.2, 0.5, 0.7), *newer]), HERE)
    assert found is not None
    assert found.change.year == "2013-2018"
    assert contributions(figures_of(parts(1.2, 0.5, 0.7)), HERE, "2016-2021") is None


@pytest.mark.parametrize(
    ("level", "code"),
    [
        (Level.COMMUNE, "31541"),
        (Level.EPCI, "200068815"),
        (Level.DEPARTEMENT, "41"),
        (Level.REGION, "76"),
        (Level.FRANCE, "FRANCE"),
    ],
)
def test_published_populations_change_by_the_sum_of_their_parts(level: Level, code: str) -> None:
    evidence = knowledge.evidence(None)
    found = contributions(evidence.figures, evidence.geography.area(level, code))
    assert found is not None
    total = (found.natural.value or 0.0) + (found.apparent.value or 0.0)
    assert found.change.value == pytest.approx(total)
