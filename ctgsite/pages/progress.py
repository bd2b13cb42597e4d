"""How far along the plan is: each axe's fiches by state, the latest update, the next steps.

Nothing here reads the clock: what is “next” is told against the plan's own latest update.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from ctgsite.config.models import Territory
from ctgsite.config.plan import Action, ActionState, Milestone, Priority
from ctgsite.diagnostic.plan import place_actions
from ctgsite.pages.french import accord, counted, listing

STATES: dict[ActionState, str] = {
    "realisee": "réalisée",
    "en_cours": "en cours",
    "a_venir": "à venir",
    "en_pause": "en pause",
    "abandonnee": "abandonnée",
}
AGREEING = ("réalisée", "abandonnée")  # the others never change
UNKNOWN = "à compléter"
MOST_STEPS = 3


@dataclass(frozen=True, slots=True)
class AxisProgress:
    """An axe and how many of its fiches are in each state, furthest along first."""

    axis: Priority
    states: tuple[tuple[str, int], ...]  # the state's key, "" where it is not told

    @property
    def total(self) -> int:
        """How many fiches the axe has."""
        return sum(count for _, count in self.states)

    @property
    def words(self) -> str:
        """The counts in words: “6 fiches : 1 réalisée, 3 en cours et 2 à venir”."""
        if not self.total:
            return "aucune fiche action"
        told = listing(f"{count} {_words(state, count)}" for state, count in self.states)
        return f"{counted(self.total, 'fiche')} : {told}"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A milestone still to come, and its fiche."""

    action: Action
    milestone: Milestone


def axes_progress(territory: Territory) -> tuple[AxisProgress, ...]:
    """Return the progress of every axe, in their order."""
    placed = place_actions(territory)
    found = []
    for axis in territory.priorities:
        counts = Counter[str](p.action.state or "" for p in placed if p.priority.id == axis.id)
        ordered = ((state, counts[state]) for state in (*STATES, "") if counts[state])
        found.append(AxisProgress(axis, tuple(ordered)))
    return tuple(found)


def latest_update(territory: Territory) -> date | None:
    """Return the day of the latest update of the plan."""
    return max(
        (p.action.updated_on for p in place_actions(territory) if p.action.updated_on), default=None
    )


def next_steps(territory: Territory) -> tuple[NextStep, ...]:
    """Return the first milestones after the plan's latest update that are not reached yet."""
    updated = latest_update(territory)
    if updated is None:
        return ()
    coming = [
        NextStep(placed.action, milestone)
        for placed in place_actions(territory)
        if placed.action.state not in ("realisee", "abandonnee")
        for milestone in placed.action.milestones
        if milestone.reached_on is None and milestone.date >= updated
    ]
    coming.sort(key=lambda step: (step.milestone.date, step.action.id))
    return tuple(coming[:MOST_STEPS])


def state_words(state: str | None) -> str:
    """Return a fiche's state in words."""
    return next((words for key, words in STATES.items() if key == state), UNKNOWN)


def _words(state: str, count: int) -> str:
    words = state_words(state) if state else "sans statut"
    return accord(count, words) if words in AGREEING else words
