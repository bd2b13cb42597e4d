"""The plan d'actions: its list, a page for each fiche, and all of them as a booklet to print."""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.pages.fiche import fiche_view
from ctgsite.pages.model import Page
from ctgsite.pages.plan_blocks import schedule_blocks, states_sentence
from ctgsite.pages.plan_list import plan_filters, plan_rows
from ctgsite.pages.plan_tables import budget_by_axis, budget_by_funder
from ctgsite.pages.renderer import CONVENTION, Renderer


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages, in the order of the menu."""
    diagnostic = renderer.view.diagnostic
    plan = diagnostic.plan
    priced = plan.budget.whole.count > 0
    yield renderer.page(
        "actions",
        "actions",
        "Plan d’actions",
        section=CONVENTION,
        plan=plan,
        summary=states_sentence(plan.actions, plan.as_of) if plan.actions else "",
        rows=plan_rows(diagnostic),
        filters=plan_filters(diagnostic),
        blocks=schedule_blocks(plan, diagnostic.territory),
        by_axis=budget_by_axis(plan.budget, _axis_address) if priced else None,
        by_funder=budget_by_funder(plan.budget.whole) if priced else None,
    )
    fiches = [fiche_view(planned, renderer.view) for planned in plan.actions]
    for fiche in fiches:
        yield renderer.page(
            "action",
            f"actions/{fiche.action.id}",
            fiche.action.title,
            in_nav=False,
            fiche=fiche,
        )
    if fiches:
        yield renderer.page(
            "livret",
            "actions/livret",
            "Livret des fiches actions",
            in_nav=False,
            fiches=fiches,
            plan=plan,
        )


def _axis_address(axis: str) -> str:
    return f"../priorites/index.html#axe-{axis}"
