"""An indicator against its target: the rule of the verdicts, by examples and as laws."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ctgsite.config.plan import Direction
from ctgsite.diagnostic.targets import Progress, outcome

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))


@pytest.mark.parametrize(
    ("baseline", "target", "direction", "readings", "expected"),
    [
        (40, 55, None, [55], Progress.REACHED),
        (40, 55, None, [60], Progress.REACHED),
        (40, 55, None, [45], Progress.ON_TRACK),
        (40, 55, None, [50, 36], Progress.AWAY),
        (40, 55, None, [40], Progress.UNCHANGED),
        (8.6, 5, "baisse", [4.9], Progress.REACHED),
        (8.6, 5, "baisse", [7], Progress.ON_TRACK),
        (8.6, 5, "baisse", [9], Progress.AWAY),
        (None, 200, "hausse", [220], Progress.REACHED),
        (None, 200, "hausse", [120, 150], Progress.ON_TRACK),
        (None, 200, "hausse", [120], Progress.UNKNOWN),
        (None, 200, None, [220], Progress.UNKNOWN),
        (40, None, "hausse", [45], Progress.ON_TRACK),
        (40, None, None, [45], Progress.UNKNOWN),
        (40, 55, None, [], Progress.UNKNOWN),
        (100, None, "maintien", [96], Progress.REACHED),
        (100, None, "maintien", [94], Progress.AWAY),
        (100, 100, None, [103], Progress.REACHED),
        (60, 100, "maintien", [80], Progress.ON_TRACK),
        (None, None, "maintien", [80], Progress.UNKNOWN),
    ],
)
def test_a_verdict_follows_the_documented_rule(
    baseline: float | None,
    target: float | None,
    direction: str | None,
    readings: list[float],
    expected: Progress,
) -> None:
    found = outcome(baseline, target, direction, readings)
    assert found.progress is expected
    assert bool(found.reason) == (expected is Progress.UNKNOWN)


def test_a_change_within_the_margin_is_none() -> None:
    assert outcome(10.0, 20.0, None, [10.4], margin=0.5).progress is Progress.UNCHANGED
    assert outcome(10.0, 20.0, None, [10.6], margin=0.5).progress is Progress.ON_TRACK


@given(start=NUMBERS, target=NUMBERS, last=NUMBERS)
def test_a_fall_is_judged_as_the_rise_that_mirrors_it(
    start: float, target: float, last: float
) -> None:
    rise = outcome(start, target, "hausse", [last])
    fall = outcome(-start, -target, "baisse", [-last])
    assert rise == fall


@given(start=NUMBERS, target=NUMBERS, last=NUMBERS)
def test_what_reaches_its_target_never_goes_away(start: float, target: float, last: float) -> None:
    assume(last >= target)
    assert outcome(start, target, "hausse", [last]).progress is Progress.REACHED


@given(start=NUMBERS, target=NUMBERS, last=NUMBERS)
def test_the_direction_that_is_not_written_is_the_one_that_leads_to_the_target(
    start: float, target: float, last: float
) -> None:
    assume(start != target)
    written = "hausse" if target > start else "baisse"
    assert outcome(start, target, None, [last]) == outcome(start, target, written, [last])


@pytest.mark.parametrize(
    ("start", "target", "direction", "last", "share"),
    [
        (40, 60, None, 45, 0.25),
        (40, 60, None, 35, -0.25),
        (20, 10, None, 15, 0.5),
        (20, 10, None, 8, None),  # reached: nothing is left to do
        (20, 20, None, 18, None),
        (20, None, "hausse", 25, None),
        (None, 10, "hausse", 9, None),
    ],
)
def test_the_part_of_the_way_done_is_told_towards_a_target(
    start: float | None,
    target: float | None,
    direction: Direction | None,
    last: float,
    share: float | None,
) -> None:
    assert outcome(start, target, direction, [last]).share == share
