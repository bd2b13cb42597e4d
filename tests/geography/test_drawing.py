"""Contours drawn as SVG paths."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from ctgsite.geography.drawing import flatten, frame_of, path_of

POINTS = st.tuples(st.integers(-90, 90), st.integers(-90, 90))
RINGS = st.lists(POINTS, min_size=3, max_size=30)


def corners(path: str) -> set[tuple[int, int]]:
    """Return the points that a path turns at."""
    numbers = [int(number) for number in re.findall(r"-?\d+", path)]
    x, y = numbers[:2]
    found = {(x, y)}
    for across, down in zip(numbers[2::2], numbers[3::2], strict=True):
        x, y = x + across, y + down
        found.add((x, y))
    return found


@given(RINGS)
def test_a_path_goes_through_points_of_its_ring_only(ring: list[tuple[int, int]]):
    path = path_of([ring])
    assert not path or corners(path) <= set(ring)


def test_points_that_add_nothing_to_a_straight_line_go():
    ring = [(0, 0), (1, 0), (2, 0), (9, 0), (9, 4), (9, 9), (0, 9), (0, 0)]
    assert path_of([ring]) == "M0,0l9,0,0,9,-9,0,0,-9z"


def test_a_line_that_turns_back_keeps_its_end():
    assert path_of([[(0, 0), (9, 0), (4, 0), (4, 4)]]) == "M0,0l9,0,-5,0,0,4z"


def test_a_ring_too_small_to_be_seen_is_not_drawn():
    assert path_of([[(0.1, 0.1), (0.2, 0.1), (0.2, 0.3), (0.1, 0.1)]]) == ""


def test_a_frame_keeps_proportions_north_up_and_its_height():
    square = [flatten(((2, 44), (3, 44), (3, 45), (2, 45)), 44.5)]
    frame = frame_of(square, 240, 240)
    assert frame.height == 240
    assert 165 <= frame.width <= 175  # a degree of longitude is shorter there
    assert frame.placed([square[0][2]])[0][1] == 0  # the north is at the top
