"""When a code was no commune: before it was first given, or between two of its lives.

A file on an older geography has no row for such a code, and lacks nothing by that.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ctgsite.geography.passage import Gap

ALWAYS = datetime.date.min
COMMUNE = "COM"
RESTORED = "21"

Event = Mapping[str, Any]


def gaps_from(
    events: Iterable[Event], late: Mapping[str, datetime.date]
) -> dict[str, tuple[Gap, ...]]:
    """Return the gaps of each code.

    Args:
        events: rows of INSEE's `mouvements-communes`.
        late: codes that became communes after the last of these events, and when.
    """
    by_day: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_day[event["DATE_EFF"]].append(event)
    ended: dict[str, datetime.date | None] = {}  # None where the code is a commune
    gaps: dict[str, list[Gap]] = defaultdict(list)
    for text, rows in sorted(by_day.items()):
        day = datetime.date.fromisoformat(text)
        before, after, passing = _changes(rows)
        for code in before - after:
            ended[code] = day
        for code in (after - before) | passing:
            if (since := ended.get(code, ALWAYS)) is not None:
                gaps[code].append((since, day))
            ended[code] = day if code in passing else None
    for code, day in late.items():
        gaps[code].append((ended.get(code) or ALWAYS, day))
    return {code: tuple(found) for code, found in gaps.items()}


def _changes(events: Iterable[Event]) -> tuple[set[str], set[str], set[str]]:
    """Return the codes that are communes before a day's changes, after them, and only in between.

    A code given and given up on one day (a commune that changes département to merge there) is told
    from one that stays by having no row from itself to itself.
    """
    before, after, kept = set(), set(), set()
    for event in events:
        old, new = event["COM_AV"], event["COM_AP"]
        was, becomes = event["TYPECOM_AV"] == COMMUNE, event["TYPECOM_AP"] == COMMUNE
        if was:
            before.add(old)
        if becomes and (was or event["MOD"] == RESTORED):
            after.add(new)
        if was and becomes and old == new:
            kept.add(old)
    passing = (before & after) - kept
    return before - passing, after - passing, passing
