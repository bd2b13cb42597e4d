"""What was decided, in short: the fiches of a theme or of a commune, each with its state."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ctgsite.diagnostic.chain_links import shortened
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.diagnostic.plan import PlannedAction
from ctgsite.pages.french import counted
from ctgsite.pages.plan_words import short_lateness
from ctgsite.pages.words import action_state

MOST_OF_COMMUNE = 5
LONGEST_TITLE = 90  # characters, so that the printed page of a commune holds them all


@dataclass(frozen=True, slots=True)
class DecidedAction:
    """A fiche action: its state in words, and how late it is, "" where it is not."""

    id: str
    title: str
    state: str
    state_key: str
    late: str
    lead: str


@dataclass(frozen=True, slots=True)
class CommunePlan:
    """The fiches that name a commune, how many more do, and a sentence on those that name none."""

    named: tuple[DecidedAction, ...]
    more: int
    everywhere: str


def decided_on_theme(diagnostic: Diagnostic, theme: str) -> tuple[DecidedAction, ...]:
    """Return the fiches of a theme, in the order of the plan."""
    return tuple(_decided(one) for one in diagnostic.plan.actions if one.action.theme == theme)


def plan_of_commune(diagnostic: Diagnostic, code: str) -> CommunePlan:
    """Return the fiches that concern a commune; one that names no commune concerns them all."""
    actions = diagnostic.plan.actions
    named = [_decided(one) for one in actions if code in one.action.communes]
    shown = tuple(
        replace(one, title=shortened(one.title, LONGEST_TITLE)) for one in named[:MOST_OF_COMMUNE]
    )
    count = sum(not one.action.communes for one in actions)
    return CommunePlan(shown, len(named) - len(shown), _everywhere(count, bool(named), actions))


def _everywhere(count: int, named: bool, actions: tuple[PlannedAction, ...]) -> str:
    if not actions:
        return "Aucune fiche action n’est encore publiée pour ce territoire."
    if not count:
        return "" if named else "Aucune fiche action ne nomme cette commune."
    concern = "concerne" if count == 1 else "concernent"
    fiches = counted(count, "fiche action", "fiches actions")
    if not named:
        return f"{fiches} {concern} toutes les communes du territoire."
    joined = "S’y ajoute" if count == 1 else "S’y ajoutent"
    return f"{joined} {fiches} qui {concern} toutes les communes du territoire."


def _decided(planned: PlannedAction) -> DecidedAction:
    action = planned.action
    return DecidedAction(
        id=action.id,
        title=action.title,
        state=action_state(action.state) if action.state else "",
        state_key=action.state or "",
        late=short_lateness(planned.late) if planned.late else "",
        lead=action.lead,
    )
