"""When codes were no commune: told in one order, whatever the order of a set."""

from __future__ import annotations

import datetime

from ctgsite.geography.existence import ALWAYS, Day, gaps_from


def test_the_gaps_are_told_in_the_order_of_codes() -> None:
    codes = frozenset(f"{number:05}" for number in range(50))
    born = datetime.date(1947, 4, 12)
    day = Day(born, before=frozenset(), after=codes, passing=frozenset(), heirs={})
    gaps = gaps_from([day], {})
    assert list(gaps) == sorted(codes)
    assert set(gaps.values()) == {((ALWAYS, born),)}
