"""Weighting: margins are met, effective sizes are known by hand, and refusals say why."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctgsite.sources.surveys.weighting import Margin, Weights, effective_of, rake


def margin(title: str, groups: list[int], targets: tuple[float, ...]) -> Margin:
    labels = tuple("ABCD"[: len(targets)])
    member = np.array([np.array(groups) == at for at in range(len(targets))])
    return Margin(title, labels, member, targets)


def each(weights: Weights | str) -> np.ndarray:
    assert isinstance(weights, Weights)
    return weights.of_cell[weights.cell]


def test_one_margin_is_weighted_by_the_ratio_of_population_to_answers() -> None:
    weights = rake([margin("Âge", [0] * 30 + [1] * 10, (50.0, 50.0))], 5)
    assert each(weights)[:30] == pytest.approx(np.full(30, 20 / 30), abs=1e-3)
    assert each(weights)[30:] == pytest.approx(np.full(10, 2.0), abs=1e-3)


def test_the_effective_size_is_kish_s() -> None:
    """(20 + 20)² / (30 × (2/3)² + 10 × 2²) = 1600 / 53.3 = 30."""
    weights = rake([margin("Âge", [0] * 30 + [1] * 10, (50.0, 50.0))], 5)
    assert isinstance(weights, Weights)
    assert weights.effective == 30


@settings(max_examples=40, deadline=None)
@given(
    people=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), min_size=30, max_size=120),
    ages=st.tuples(*[st.floats(0.5, 2.0)] * 3),
    places=st.tuples(*[st.floats(0.5, 2.0)] * 2),
)
def test_both_margins_of_the_population_are_met(
    people: list[tuple[int, int]], ages: tuple[float, ...], places: tuple[float, ...]
) -> None:
    everyone = [(a, b) for a in range(3) for b in range(2)] * 5 + people
    margins = [
        margin("Âge", [a for a, _ in everyone], ages),
        margin("Commune", [b for _, b in everyone], places),
    ]
    own = each(rake(margins, 5))
    assert own.sum() == pytest.approx(len(everyone), rel=1e-3)
    assert (own > 0).all()
    for one in margins:
        wanted = np.array(one.targets) / sum(one.targets)
        assert one.member @ own / own.sum() == pytest.approx(wanted, abs=1e-3)


def test_who_misses_a_margin_keeps_a_weight_of_one() -> None:
    weights = rake([margin("Âge", [0] * 30 + [1] * 10 + [9] * 3, (50.0, 50.0))], 5)
    assert each(weights)[-3:] == pytest.approx(np.ones(3))


def test_a_group_of_too_few_answers_speaks_for_nobody() -> None:
    told = rake([margin("Âge", [0] * 30 + [1] * 4, (50.0, 50.0))], 5)
    assert isinstance(told, str)
    assert told.startswith("trop peu de réponses « B » à la question « Âge »")


def test_margins_that_contradict_one_another_are_refused() -> None:
    """Everyone of A lives in A, and everyone of B in B: the two margins cannot differ."""
    groups = [0] * 30 + [1] * 30
    told = rake([margin("Âge", groups, (80.0, 20.0)), margin("Lieu", groups, (20.0, 80.0))], 5)
    assert isinstance(told, str)
    assert told.startswith("le redressement ne converge pas")


def test_the_effective_size_does_not_tell_how_two_margins_cross() -> None:
    """Of 10 of one age and 10 of one place, how many are both changes nothing that is told."""
    told = set()
    for both in range(1, 6):
        sizes = [both, 10 - both, 10 - both, 280 + both]
        one, other = np.repeat([0, 0, 1, 1], sizes), np.repeat([0, 1, 0, 1], sizes)
        margins = [
            Margin(name, ("a", "b"), np.array([place == 0, place == 1]), targets)
            for name, place, targets in (("x", one, (30.0, 70.0)), ("y", other, (40.0, 60.0)))
        ]
        weights = rake(margins, 5)
        assert isinstance(weights, Weights)
        told.add(effective_of(margins, weights))
    assert len(told) == 1
