"""What is masked in a table of counts, why, and how little of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ctgsite.sources.audit import Attacker, ContradictionError, exposed
from ctgsite.sources.observations import Status
from ctgsite.sources.sums import Sums, flat, sums_of_table, with_margins
from ctgsite.sources.suppression import Protected, Reason, suppress


def masked(counts: list[list[int]], threshold: int = 5) -> list[list[str]]:
    """Return a table and its margins as published: a number, p for primary, c for complementary."""
    grid = with_margins(counts)
    found = suppress(flat(grid), sums_of_table(len(counts), len(counts[0])), threshold)
    letters = {Reason.PRIMARY: "p", Reason.COMPLEMENTARY: "c"}
    cells = iter(
        letters[why] if why else str(value)
        for value, why in zip(found.published, found.reasons, strict=True)
    )
    return [[next(cells) for _ in row] for row in grid]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        # One column: the smallest of the others goes with the small one.
        ([[3], [60], [20]], [["p"], ["60"], ["c"], ["83"]]),
        # Nothing small, nothing masked; a zero is no secret.
        ([[0], [60], [20]], [["0"], ["60"], ["20"], ["80"]]),
        # Two ones that add up to two would both be known: a third cell goes.
        ([[1], [1], [50]], [["p"], ["p"], ["c"], ["52"]]),
        # Two small ones protect each other where their total leaves them free.
        ([[2], [3], [50]], [["p"], ["p"], ["50"], ["55"]]),
        # The only figure of its column takes the total with it.
        ([[3], [0], [0]], [["p"], ["0"], ["0"], ["p"]]),
        # The total is large, but it is the small one plus the other: the other goes.
        ([[4], [9]], [["p"], ["c"], ["13"]]),
        # A single row has no totals below.
        ([[3, 30, 40]], [["p", "c", "40", "73"]]),
        # A row of zeros stays as it is.
        ([[0, 0], [3, 20], [9, 40]], [["0", "0", "0"], ["p", "c", "23"], ["c", "c", "49"],
                                      ["12", "60", "72"]]),
        # A row with one figure: its total would give it away.
        ([[3, 0], [20, 30], [8, 9]], [["p", "0", "p"], ["20", "30", "50"], ["c", "9", "c"],
                                      ["31", "39", "70"]]),
    ],
)  # fmt: skip
def test_these_cells_and_no_others_are_masked(counts: list[list[int]], expected: list[list[str]]):
    assert masked(counts) == expected


def test_another_threshold_masks_other_counts():
    assert masked([[10], [60], [20]], 11) == [["p"], ["60"], ["c"], ["90"]]


def test_a_table_of_small_counts_only_is_secret_whole():
    assert masked([[1, 1], [1, 0]]) == [["p", "p", "p"], ["p", "0", "p"], ["p", "p", "p"]]


def test_zeros_are_masked_where_they_tell_something():
    found = suppress((0, 60, 20, 80), sums_of_table(3, 1), sensitive_zeros=True)
    assert found.published == (None, 60, None, 80)


def test_each_cell_has_a_status_and_a_masked_one_no_value():
    found = suppress((3, 60, 20, 83), sums_of_table(3, 1))
    assert found.statuses == (Status.SECRET, Status.PUBLIE, Status.SECRET, Status.PUBLIE)
    assert found.published == (None, 60, None, 83)
    assert found.reasons[0] == "effectif trop petit"
    assert found.reasons[2] == "masqué pour protéger un autre chiffre"


def test_totals_of_nested_groups_are_protected_together():
    # Two communes in the north, two in the south, both halves and the whole published.
    sums = Sums(7, ((4, (0, 1)), (5, (2, 3)), (6, (4, 5))))
    found = suppress((3, 40, 12, 30, 43, 42, 85), sums)
    assert found.published == (None, None, 12, 30, 43, 42, 85)
    lone = suppress((3, 0, 12, 30, 3, 42, 45), sums)
    assert lone.published[0] is None and lone.published[4] is None
    assert exposed(lone.published, (3, 0, 12, 30, 3, 42, 45), sums) == ()


def test_two_publications_of_the_same_people_are_protected_together():
    # By age (cells 0-2) and by place (cells 3-5); cell 6 is everybody, and both add up to it.
    # Cell 7, the children (0 and 1), is given by another table still.
    sums = Sums(8, ((6, (0, 1, 2)), (6, (3, 4, 5)), (7, (0, 1))))
    counts = (3, 20, 9, 10, 12, 10, 32, 23)
    alone = suppress((3, 20, 9, 32), sums_of_table(3, 1)).published
    assert alone == (None, 20, None, 32)  # a table at a time: the children give the 9, then the 3
    together = suppress(counts, sums).published
    assert exposed(together, counts, sums) == ()
    assert together[1] is None or together[7] is None


def may_be(attacker: Attacker, least: float, most: float) -> bool:
    """Whether the first cell may be both that low and that high."""
    return attacker.may_reach(0, least, most)


def test_what_an_audit_finds():
    sums = sums_of_table(3, 1)
    assert may_be(Attacker(sums, (None, 60, None, 83), 1), 1, 22)
    assert not may_be(Attacker(sums, (None, 60, None, 83), 1), 1, 23)
    assert may_be(Attacker(sums, (None, 60, 20, 83), 1), 3, 3)
    assert not may_be(Attacker(sums, (None, 60, 20, 83), 1), 3, 4)
    assert not may_be(Attacker(sums, (None, 60, 20, 83), 1), 2, 3)
    assert may_be(Attacker(sums, (None, None, None, None), 1), 1, 10**9)
    with pytest.raises(ContradictionError):
        Attacker(sums, (3, 60, 20, 84), 1)
    with pytest.raises(ContradictionError):
        Attacker(sums, (None, 60, 20, 80), 1).may_reach(0, 1, 9)


def test_an_audit_names_what_is_shown_and_what_can_be_subtracted():
    sums = sums_of_table(3, 1)
    counts = (3, 60, 20, 83)
    assert exposed(counts, counts, sums) == (0,)
    assert exposed((None, 60, 20, 83), counts, sums) == (0,)
    assert exposed((None, 60, None, 83), counts, sums) == ()


tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 30), min_size=width, max_size=width), min_size=1, max_size=6
    )
)


def protected(counts: list[list[int]]) -> tuple[tuple[int, ...], Sums, Protected]:
    cells, sums = flat(with_margins(counts)), sums_of_table(len(counts), len(counts[0]))
    return cells, sums, suppress(cells, sums)


@given(tables)
def test_the_same_table_is_always_masked_alike(counts: list[list[int]]):
    assert protected(counts) == protected(counts)


@given(tables)
def test_what_is_protected_needs_no_more_protection(counts: list[list[int]]):
    cells, sums, found = protected(counts)
    assert exposed(found.published, cells, sums) == ()


@given(tables)
def test_what_is_published_is_true_and_still_adds_up(counts: list[list[int]]):
    cells, sums, found = protected(counts)
    for shown, true in zip(found.published, cells, strict=True):
        assert shown in (None, true)
    for total, parts in sums.relations:
        if all(found.published[at] is not None for at in (total, *parts)):
            assert found.published[total] == sum(found.published[at] or 0 for at in parts)


@given(tables)
def test_nothing_is_masked_without_need(counts: list[list[int]]):
    cells, sums, found = protected(counts)
    for at, why in enumerate(found.reasons):
        assert (why is Reason.PRIMARY) == (1 <= cells[at] < 5)
        if why is Reason.COMPLEMENTARY:
            given = list(found.published)
            given[at] = cells[at]
            assert exposed(given, cells, sums), "this cell could have been published"
