"""The plan d'actions of a territory: each fiche in its place, how late it is, how far along.

A plan is told as of its latest `mise_a_jour`, never as of today: the same files always give the
same site, and a fiche is late on the day for which someone said so.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ctgsite.config.models import Territory
from ctgsite.config.plan import Action, Objective, OperationalObjective, Priority
from ctgsite.diagnostic.followed import Followed, followed
from ctgsite.diagnostic.plan_budget import NOTHING, PlanBudget, plan_budget
from ctgsite.indicators.model import Indicator

ENDED = ("realisee", "abandonnee")


@dataclass(frozen=True, slots=True)
class PlacedAction:
    """A fiche action, where it stands: `operational` is None where it serves the strategic one."""

    priority: Priority
    objective: Objective
    operational: OperationalObjective | None
    action: Action


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late a fiche is: the planned day that has passed, and the day as of which it is told."""

    of: Literal["debut", "fin"]
    planned: datetime.date
    as_of: datetime.date

    @property
    def days(self) -> int:
        """How many days have passed since the planned one."""
        return (self.as_of - self.planned).days


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """A fiche with what is computed of it.

    Attributes:
        place: the fiche, under its axe and its objectifs.
        late: how late it is, None where it is not, or where nothing says so.
        progress: each evaluation indicator, in order.
        linked: ids of the fiches that it names, then of those that name it.
        stakes: ids of the enjeux that it names, or else of those of its axe.
    """

    place: PlacedAction
    late: Lateness | None = None
    followed: tuple[Followed, ...] = ()
    linked: tuple[str, ...] = ()
    stakes: tuple[str, ...] = ()

    @property
    def action(self) -> Action:
        """The fiche as it is written."""
        return self.place.action

    @property
    def axis(self) -> Priority:
        """The axe that it belongs to."""
        return self.place.priority


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan d'actions: its fiches in the order of the axes, its budget, the day it is told of.

    `as_of` is the latest update of a fiche, None where none says; then nothing is called late.
    """

    actions: tuple[PlannedAction, ...] = ()
    budget: PlanBudget = NOTHING
    as_of: datetime.date | None = None

    def of_axis(self, axis: str) -> tuple[PlannedAction, ...]:
        """Return the fiches of an axe, by its id."""
        return tuple(planned for planned in self.actions if planned.axis.id == axis)

    def find(self, action: str) -> PlannedAction | None:
        """Return a fiche by its id."""
        return next((planned for planned in self.actions if planned.action.id == action), None)


NO_PLAN = Plan()


def build_plan(territory: Territory, indicators: Mapping[str, Indicator]) -> Plan:
    """Return the plan of a territory; `indicators` are those that it may cite, by id."""
    placed = place_actions(territory)
    as_of = max((p.action.updated_on for p in placed if p.action.updated_on), default=None)
    links = _both_ways(place.action for place in placed)
    actions = tuple(
        PlannedAction(
            place,
            late=lateness(place.action, as_of),
            followed=tuple(followed(one, indicators) for one in place.action.indicators),
            linked=links[place.action.id],
            stakes=place.action.stakes or place.priority.stakes,
        )
        for place in placed
    )
    budgets = ((place.priority, place.action.budget) for place in placed)
    return Plan(actions, plan_budget(territory.priorities, budgets), as_of)


def lateness(action: Action, as_of: datetime.date | None) -> Lateness | None:
    """Return how late a fiche is: its end has passed, or its start while it is still to come.

    A fiche that does not tell its state is not called late.
    """
    if as_of is None or action.state is None or action.state in ENDED:
        return None
    if action.end and action.end < as_of:
        return Lateness("fin", action.end, as_of)
    if action.state == "a_venir" and action.start and action.start < as_of:
        return Lateness("debut", action.start, as_of)
    return None


def place_actions(territory: Territory) -> tuple[PlacedAction, ...]:
    """Return every fiche of a territory, in the order of its axes and objectifs."""
    found: list[PlacedAction] = []
    for priority in territory.priorities:
        for objective in priority.objectives:
            found += (PlacedAction(priority, objective, None, a) for a in objective.actions)
            for inner in objective.operational:
                found += (PlacedAction(priority, objective, inner, a) for a in inner.actions)
    return tuple(found)


def _both_ways(actions: Iterable[Action]) -> dict[str, tuple[str, ...]]:
    """Return the links of each fiche, each told from both sides, once."""
    listed = tuple(actions)
    links: dict[str, dict[str, None]] = {
        action.id: dict.fromkeys(action.linked) for action in listed
    }
    for action in listed:
        for other in action.linked:
            if other in links:
                links[other].setdefault(action.id)
    return {name: tuple(others) for name, others in links.items()}
