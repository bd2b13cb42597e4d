"""What INSEE's movements of communes say of each code: when it was no commune, and who has it now.

A file on an older geography has no row for a code not given yet, and lacks nothing by that.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

from ctgsite.geography.passage import Gap

ALWAYS = datetime.date.min
COMMUNE = "COM"
RESTORED = "21"
WITHIN = frozenset({"70", "71"})  # a commune associée becomes déléguée, or is abolished

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Day:
    """The changes of one day.

    Attributes:
        date: when they took effect.
        before: codes that are communes until then.
        after: codes that are communes from then on.
        passing: codes given and given up on that day, by communes that change département to merge.
        heirs: the codes that have the territory of each of `before` and `passing`.
    """

    date: datetime.date
    before: frozenset[str]
    after: frozenset[str]
    passing: frozenset[str]
    heirs: Mapping[str, Set[str]]


def days_of(events: Iterable[Event]) -> list[Day]:
    """Return the days of change, oldest first, from the rows of `mouvements-communes`."""
    by_day: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event["MOD"] not in WITHIN:
            by_day[event["DATE_EFF"]].append(event)
    return [_day(text, rows) for text, rows in sorted(by_day.items())]


def gaps_from(days: Iterable[Day], late: Mapping[str, datetime.date]) -> dict[str, tuple[Gap, ...]]:
    """Return the gaps of each code.

    Args:
        days: the changes, oldest first.
        late: codes that became communes after the last of them, and when.
    """
    ended: dict[str, datetime.date | None] = {}  # None where the code is a commune
    gaps: dict[str, list[Gap]] = defaultdict(list)
    for day in days:
        for code in day.before - day.after:
            ended[code] = day.date
        for code in (day.after - day.before) | day.passing:
            if (since := ended.get(code, ALWAYS)) is not None:
                gaps[code].append((since, day.date))
            ended[code] = day.date if code in day.passing else None
    for code, began in late.items():
        gaps[code].append((ended.get(code) or ALWAYS, began))
    return {code: tuple(gaps[code]) for code in sorted(gaps)}


def heirs_from(days: Iterable[Day], current: Set[str]) -> dict[str, frozenset[str]]:
    """Return today's communes on the territory of each former code, all chains followed.

    A commune that is split and keeps its code keeps what it had absorbed: INSEE does not say which
    part went with whom.
    """
    fates = {code: frozenset({code}) for code in current}
    found: dict[str, frozenset[str]] = {}
    for day in reversed(list(days)):
        then = {code: frozenset(_fates(code, day, fates)) for code in day.before}
        for code in (day.before - day.after) | day.passing:
            if code not in current:
                found.setdefault(code, frozenset(_fates(code, day, fates)))
        fates = {code: fate for code, fate in fates.items() if code not in day.after} | then
    return {code: fate for code, fate in found.items() if fate}


def _fates(code: str, day: Day, later: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield today's communes on the territory of a commune before a day of change."""
    if code in day.heirs[code]:
        yield from later.get(code, ())
        return
    for heir in day.heirs[code]:
        yield from _fates(heir, day, later) if heir in day.passing else later.get(heir, ())


def _day(text: str, events: Iterable[Event]) -> Day:
    """Return the changes of a day.

    A code that stays is told from one that passes by a row from itself to itself.
    """
    before, after = set(), set()
    heirs: dict[str, set[str]] = defaultdict(set)
    for event in events:
        was, becomes = event["TYPECOM_AV"] == COMMUNE, event["TYPECOM_AP"] == COMMUNE
        if was:
            before.add(event["COM_AV"])
            heirs[event["COM_AV"]] |= {event["COM_AP"]} if becomes else set()
        if becomes and (was or event["MOD"] == RESTORED):
            after.add(event["COM_AP"])
    passing = frozenset(code for code in before & after if code not in heirs[code])
    date = datetime.date.fromisoformat(text)
    return Day(date, frozenset(before) - passing, frozenset(after) - passing, passing, heirs)
