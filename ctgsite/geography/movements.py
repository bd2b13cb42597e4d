"""Build the Passage from three accounts of the same changes, each with what the others lack.

INSEE's movements have dates, names and splits, up to 2024; the passage table knows 2025; Etalab's
communes say which former codes each commune of today has taken over, all chains followed.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ctgsite.geography.existence import days_of, gaps_from
from ctgsite.geography.passage import FormerCommune, Passage, Split

SPLITS = frozenset({"20", "21", "30"})  # MOD: création, rétablissement, suppression par partition
PARTITION = "30"
COMMUNE = "COM"
CURRENT = "commune-actuelle"  # Etalab's word
ELSEWHERE = "com"  # Etalab's zone of the collectivités d’outre-mer, which have no movements

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Movements:
    """The changes of communes, as INSEE publishes them.

    Attributes:
        events: rows of `mouvements-communes`.
        passage: (former code, current code) of the passage table; a shared-out code repeats.
        passage_day: what the passage table knows is true on that day.
        last_day: the day that Etalab's communes describe.
        names: names of the communes of the last COG, for those that ended since.
    """

    events: list[Any]
    passage: tuple[tuple[str, str], ...]
    passage_day: datetime.date
    last_day: datetime.date
    names: Mapping[str, str]


def passage_from(communes: Iterable[Record], movements: Movements) -> Passage:
    """Return how former codes read today.

    Args:
        communes: Etalab's communes, all types.
        movements: INSEE's account.
    """
    communes = list(communes)
    current = frozenset(c["code"] for c in communes if c["type"] == CURRENT)
    heirs = _heirs(communes, movements, current)
    return Passage(
        communes=current,
        arrondissements={c["code"]: c["commune"] for c in communes if c.get("commune")},
        former=_former(heirs, _names(communes), movements),
        splits=_splits(heirs, current, movements),
        gaps=gaps_from(days_of(movements.events), _late(communes, movements)),
    )


def _heirs(
    communes: Iterable[Record], movements: Movements, current: frozenset[str]
) -> dict[str, set[str]]:
    """Return the communes of today on the territory of each former code.

    Etalab's word comes first: for a commune absorbed by one that was later shared out, it knows
    the one that kept it, where the passage table lists all.
    """
    heirs: dict[str, set[str]] = defaultdict(set)
    for item in communes:
        holder = item.get("chefLieu") or item["code"]
        for code in (item["code"], *item.get("anciensCodes", ())):
            if code not in current and holder in current and not item.get("commune"):
                heirs[code].add(holder)
    told = frozenset(heirs)
    for old, new in movements.passage:
        if old not in current and old not in told and new in current:
            heirs[old].add(new)
    shared: dict[str, set[str]] = defaultdict(set)
    for event in movements.events:
        if event["MOD"] == PARTITION and event["COM_AV"] in heirs:
            shared[event["COM_AV"]] |= _current_of(event["COM_AP"], heirs, current)
    return heirs | shared


def _current_of(code: str, heirs: Mapping[str, set[str]], current: frozenset[str]) -> set[str]:
    return {code} if code in current else heirs.get(code, set())


def _former(
    heirs: Mapping[str, set[str]], names: Mapping[str, str], movements: Movements
) -> dict[str, FormerCommune]:
    ends: dict[str, tuple[datetime.date, str]] = {}
    for event in movements.events:
        if event["TYPECOM_AV"] == COMMUNE and event["COM_AV"] in heirs:
            end = (datetime.date.fromisoformat(event["DATE_EFF"]), event["LIBELLE_AV"])
            ends[event["COM_AV"]] = max(end, ends.get(event["COM_AV"], end))
    by_passage = {old for old, new in movements.passage if old != new}
    former = {}
    for code, successors in sorted(heirs.items()):
        ended, name = ends.get(code, (None, names.get(code, "")))
        if code in movements.names:  # still a commune in the last COG: its end is later
            ended = movements.passage_day if code in by_passage else movements.last_day
            name = movements.names[code]
        if ended is not None:
            former[code] = FormerCommune(code, name, ended, tuple(sorted(successors)))
    return former


def _splits(
    heirs: Mapping[str, set[str]], current: frozenset[str], movements: Movements
) -> tuple[Split, ...]:
    """Return the splits that still matter: those whose parts are not one commune again."""
    parts: dict[tuple[datetime.date, str, str], set[str]] = defaultdict(set)
    for event in movements.events:
        if event["MOD"] in SPLITS and event["TYPECOM_AV"] == COMMUNE:
            day = datetime.date.fromisoformat(event["DATE_EFF"])
            key = (day, event["COM_AV"], event["LIBELLE_AV"])
            parts[key] |= _current_of(event["COM_AP"], heirs, current)
    parts |= _recent_splits(movements, {code for _, code, _ in parts})
    return tuple(
        Split(*key, tuple(sorted(communes)))
        for key, communes in sorted(parts.items())
        if len(communes) > 1
    )


def _recent_splits(
    movements: Movements, told: set[str]
) -> dict[tuple[datetime.date, str, str], set[str]]:
    """Return the splits that only the passage table knows: they came after the last movements."""
    recent: dict[tuple[datetime.date, str, str], set[str]] = defaultdict(set)
    for old, new in movements.passage:
        if old in movements.names and old not in told:
            recent[movements.passage_day, old, movements.names[old]].add(new)
    return recent


def _late(communes: Iterable[Record], movements: Movements) -> dict[str, datetime.date]:
    """Return the communes of today that are none of the last COG, and the day they began."""
    seen = {new for _, new in movements.passage}
    return {
        item["code"]: movements.passage_day if item["code"] in seen else movements.last_day
        for item in communes
        if item["type"] == CURRENT and item.get("zone") != ELSEWHERE
        if item["code"] not in movements.names
    }


def _names(communes: Iterable[Record]) -> dict[str, str]:
    return {item["code"]: item["nom"] for item in communes if item["type"] != CURRENT}
