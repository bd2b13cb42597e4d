"""The plan d'actions of a territory: each fiche with the axe and the objectifs that it serves."""

from __future__ import annotations

from dataclasses import dataclass

from ctgsite.config.models import Territory
from ctgsite.config.plan import Action, Objective, OperationalObjective, Priority


@dataclass(frozen=True, slots=True)
class PlacedAction:
    """A fiche action, where it stands: `operational` is None where it serves the strategic one."""

    priority: Priority
    objective: Objective
    operational: OperationalObjective | None
    action: Action


def place_actions(territory: Territory) -> tuple[PlacedAction, ...]:
    """Return every fiche of a territory, in the order of its axes and objectifs."""
    found: list[PlacedAction] = []
    for priority in territory.priorities:
        for objective in priority.objectives:
            found += (PlacedAction(priority, objective, None, a) for a in objective.actions)
            for inner in objective.operational:
                found += (PlacedAction(priority, objective, inner, a) for a in inner.actions)
    return tuple(found)
