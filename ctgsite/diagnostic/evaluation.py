"""What is known of a convention's progress: its axes, its indicators, and the figures since T0."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from ctgsite.config.evaluation import Edition, Questions
from ctgsite.config.plan import ActionIndicator, ActionState, Direction, Priority
from ctgsite.diagnostic.baseline import Since
from ctgsite.diagnostic.editions import EditionRecord
from ctgsite.diagnostic.plan import PlacedAction
from ctgsite.diagnostic.targets import Outcome, direction_to
from ctgsite.indicators.model import Indicator


@dataclass(frozen=True, slots=True)
class Point:
    """A figure and when it was true: a day, or the year of the site's figure."""

    value: float
    moment: datetime.date | str


@dataclass(frozen=True, slots=True)
class Tracked:
    """An evaluation indicator of a fiche: where it started, where it is, how it stands.

    Attributes:
        placed: the fiche, where it stands in the plan.
        asked: the indicator as the fiche writes it.
        indicator: the site's indicator that it names, None for one of its own.
        start: the situation at the start.
        frozen: whether the start comes from the baseline edition, and not from the fiche.
        last: the latest figure since.
        outcome: how it stands against its target.
    """

    placed: PlacedAction
    asked: ActionIndicator
    indicator: Indicator | None
    start: Point | None
    frozen: bool
    last: Point | None
    outcome: Outcome

    @property
    def direction(self) -> Direction | None:
        """The direction meant: as stated, or the one that leads from the start to the target."""
        start = self.start.value if self.start else None
        return self.asked.direction or direction_to(self.asked.target, start)


@dataclass(frozen=True, slots=True)
class AxisProgress:
    """One axe: its fiches, its evaluation indicators, and what is answered to the questions."""

    priority: Priority
    actions: tuple[PlacedAction, ...]
    tracked: tuple[Tracked, ...]
    questions: Questions

    @property
    def states(self) -> tuple[ActionState | None, ...]:
        """The state of each of its fiches, None where it is not told."""
        return tuple(placed.action.state for placed in self.actions)

    def count(self, state: ActionState | None) -> int:
        """Return how many fiches have a state; None: how many do not say theirs."""
        return self.states.count(state)


@dataclass(frozen=True, slots=True)
class EvaluationRecord:
    """The evaluation of a convention; `since` tells the cited indicators, at T0 and now."""

    axes: tuple[AxisProgress, ...] = ()
    baseline: Edition | None = None
    since: tuple[Since, ...] = ()
    editions: tuple[EditionRecord, ...] = ()  # the latest first

    def tracked_of(self, action: str) -> tuple[Tracked, ...]:
        """Return the evaluation indicators of one fiche."""
        return tuple(t for axis in self.axes for t in axis.tracked if t.placed.action.id == action)


NOT_EVALUATED = EvaluationRecord()
