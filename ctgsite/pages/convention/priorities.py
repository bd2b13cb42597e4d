"""The page of enjeux, axes and objectifs: what each rests on, and what answers it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ctgsite.config.plan import Priority, Stake
from ctgsite.diagnostic.chain import Kind
from ctgsite.diagnostic.plan import Plan
from ctgsite.pages.model import Page
from ctgsite.pages.places import Link, links_to
from ctgsite.pages.plan_words import euros, short_lateness
from ctgsite.pages.renderer import CONVENTION, Renderer
from ctgsite.pages.view import SiteView
from ctgsite.pages.words import action_state

ROOT = "../"


@dataclass(frozen=True, slots=True)
class StakeView:
    """An enjeu, and the axes and fiches that answer it."""

    stake: Stake
    answers: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AxisView:
    """An axe with the enjeux it answers, and what its fiches cost ("" where none says)."""

    axis: Priority
    stakes: tuple[Link, ...]
    cost: str


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages, in the order of the menu."""
    view = renderer.view
    territory, plan = view.diagnostic.territory, view.diagnostic.plan
    yield renderer.page(
        "priorites",
        "priorites",
        "Priorités",
        section=CONVENTION,
        stakes=tuple(_stake_view(stake, view) for stake in territory.stakes),
        axes=tuple(_axis_view(axis, view) for axis in territory.priorities),
        told=_told(plan),
    )


def _stake_view(stake: Stake, view: SiteView) -> StakeView:
    territory, plan = view.diagnostic.territory, view.diagnostic.plan
    axes = tuple(
        Link(f"Axe : {axis.title}", f"#axe-{axis.id}")
        for axis in territory.priorities
        if stake.id in axis.stakes
    )
    naming = [one.action.id for one in plan.actions if stake.id in one.action.stakes]
    return StakeView(stake, (*axes, *links_to(view, Kind.ACTION, naming, ROOT)))


def _axis_view(axis: Priority, view: SiteView) -> AxisView:
    budgets = {found.id: total for found, total in view.diagnostic.plan.budget.axes}
    found = budgets.get(axis.id)
    return AxisView(
        axis,
        links_to(view, Kind.STAKE, axis.stakes, ROOT),
        euros(found.total) if found and found.count else "",
    )


def _told(plan: Plan) -> dict[str, str]:
    """Return the state of each fiche and its retard, by id, "" where nothing says."""
    return {
        planned.action.id: ", ".join(
            filter(
                None,
                (
                    action_state(planned.action.state) if planned.action.state else "",
                    short_lateness(planned.late) if planned.late else "",
                ),
            )
        )
        for planned in plan.actions
    }
