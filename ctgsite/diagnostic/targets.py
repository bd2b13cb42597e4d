"""An evaluation indicator against its target: reached, on its way, or going the other way.

The rule, which the page of the evaluation states too:

- the last reading counts, and stands against the target in the direction meant: at least the target
  where a rise is meant, at most the target where a fall is, within 5 % of it where it must be held;
- short of the target, the last reading stands against the situation at the start (or, for want of
  one, the first of several readings): nearer, it is on its way; farther, it goes away; within the
  margin under which no difference may be told, it has not changed;
- the direction is the one written, else the one that leads from the start to the target;
- without a reading, or without anything to set it against, nothing is said.

A verdict tells where a figure stands. It proves no effect of an action.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ctgsite.config.plan import Direction

HELD_WITHIN = 0.05  # of the reference: what must be held may vary that much


class Progress(StrEnum):
    """Where an indicator stands against its target."""

    REACHED = "atteinte"
    ON_TRACK = "en_bonne_voie"
    UNCHANGED = "sans_changement"
    AWAY = "s_eloigne"
    UNKNOWN = "pas_encore_mesurable"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict, and in French why nothing can be said, where nothing can.

    `share` is the part of the way done, 0 at the start and 1 at the target, negative on the way
    back; None where it cannot be told.
    """

    progress: Progress
    reason: str = ""
    share: float | None = None


def outcome(
    baseline: float | None,
    target: float | None,
    direction: Direction | None,
    readings: Sequence[float],
    margin: float = 0.0,
) -> Outcome:
    """Return where an indicator stands.

    Args:
        baseline: the figure at the start, None where it is not known.
        target: the figure aimed at, None where there is none.
        direction: `hausse`, `baisse` or `maintien`; None lets the target tell.
        readings: figures measured since, oldest first.
        margin: the difference under which two figures are close, in their unit.
    """
    if not readings:
        since = "" if baseline is None else " depuis le point de départ"
        return _unknown(f"aucune mesure{since}")
    if direction is None and target is None:
        return _unknown("ni cible ni sens attendu")
    way = direction or direction_to(target, baseline)
    if way is None:
        return _unknown("ni sens attendu ni point de départ")
    start = baseline if baseline is not None else readings[0] if len(readings) > 1 else None
    if way == "maintien":
        return _held(start, target if target is not None else start, readings[-1], margin)
    sign = 1.0 if way == "hausse" else -1.0
    if target is not None and _at_least(sign * readings[-1], sign * target):
        return Outcome(Progress.REACHED)
    if start is None:
        return _unknown("pas de point de départ")
    done, whole = readings[-1] - start, (target or 0.0) - start
    share = done / whole if target is not None and whole else None
    return Outcome(_moved(sign * done, margin), share=share)


def direction_to(target: float | None, baseline: float | None) -> Direction | None:
    """Return the direction that leads from the start to the target."""
    if baseline is None or target is None:
        return None
    if baseline == target:
        return "maintien"
    return "hausse" if target > baseline else "baisse"


def _held(start: float | None, reference: float | None, last: float, margin: float) -> Outcome:
    """Return where a figure to be held stands: at its reference, coming back to it, or away."""
    if reference is None:
        return _unknown("pas de point de départ")
    limit = max(margin, HELD_WITHIN * abs(reference))
    gap = abs(last - reference)
    if _at_least(limit, gap):
        return Outcome(Progress.REACHED)
    nearer = start is not None and abs(start - reference) - gap > margin
    return Outcome(Progress.ON_TRACK if nearer else Progress.AWAY)


def _moved(towards: float, margin: float) -> Progress:
    if _at_least(margin, abs(towards)):
        return Progress.UNCHANGED
    return Progress.ON_TRACK if towards > 0 else Progress.AWAY


def _at_least(value: float, limit: float) -> bool:
    """Whether a value reaches a limit, or equals it but for its binary."""
    return value >= limit or math.isclose(value, limit, rel_tol=1e-9, abs_tol=1e-12)


def _unknown(reason: str) -> Outcome:
    return Outcome(Progress.UNKNOWN, reason)
