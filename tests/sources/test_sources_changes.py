"""A file read again: what it changes is counted and told, and too much holds it back."""

from __future__ import annotations

import pytest
from small_france import Cell, panel

from ctgsite.sources.changes import change_told, compare
from ctgsite.sources.observations import Observations
from ctgsite.sources.panel import to_observations


def said(**values: Cell) -> Observations:
    """Return one variable in some communes: `_67001=12`."""
    cells = {code.removeprefix("_"): (value,) for code, value in values.items()}
    return to_observations([panel(cells)])


def hundred(**values: Cell) -> Observations:
    """Return a hundred communes at 100, but for some."""
    same: dict[str, Cell] = {f"_{code}": 100.0 for code in range(67001, 67101)}
    return said(**(same | values))


def test_the_same_figures_are_no_change():
    assert compare(hundred(), hundred()).none
    assert not compare(hundred(), hundred()).alarming


def test_figures_are_counted_as_moved_only_beyond_a_tenth():
    change = compare(hundred(), hundred(_67001=110, _67002=111, _67003=89))
    assert (change.differing, change.moved) == (3, 2)
    assert not change.none


def test_areas_that_come_and_go_are_named():
    change = compare(said(_67001=1, _67002=2), said(_67002=2, _67003=3))
    assert (change.lost, change.added) == (("67001",), ("67003",))
    assert (change.before, change.after, change.gone) == (2, 2, 1)


def test_a_figure_that_becomes_a_gap_is_gone():
    change = compare(hundred(), hundred(_67001="secret"))
    assert (change.gone, change.differing, change.lost) == (1, 0, ())


def test_a_gap_that_becomes_a_figure_is_a_change():
    change = compare(hundred(_67001="secret"), hundred())
    assert (change.before, change.after) == (99, 100)
    assert not change.none


def test_a_zero_that_becomes_anything_moves():
    assert compare(hundred(_67001=0), hundred(_67001=1)).moved == 1


@pytest.mark.parametrize(("moved", "alarming"), [(10, False), (11, True)])
def test_a_tenth_of_the_figures_may_move(moved: int, alarming: bool):
    values: dict[str, Cell] = {f"_{67001 + number}": 200.0 for number in range(moved)}
    assert compare(hundred(), hundred(**values)).alarming is alarming


@pytest.mark.parametrize(("kept", "alarming"), [(90, False), (89, True)])
def test_a_tenth_of_the_areas_may_go(kept: int, alarming: bool):
    rest: dict[str, Cell] = {f"_{67001 + number}": 100.0 for number in range(kept)}
    assert compare(hundred(), said(**rest)).alarming is alarming


def test_a_change_is_told_in_numbers():
    told = change_told(compare(said(_67001=1, _67002=2), said(_67002=3, _67003=3)))
    assert told == (
        "2 chiffres avant, 2 maintenant ; codes apparus : 1 (67003) ; codes disparus : 1 (67001) ; "
        "valeurs qui ne sont plus publiées : 1 ; valeurs différentes : 1, dont 1 de plus de 10 %"
    )
