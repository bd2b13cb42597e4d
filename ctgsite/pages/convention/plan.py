"""The plan d'actions: its list, and a page for each fiche."""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.diagnostic.plan import place_actions
from ctgsite.pages.model import Page
from ctgsite.pages.renderer import CONVENTION, Renderer


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages, in the order of the menu."""
    placed = place_actions(renderer.view.diagnostic.territory)
    yield renderer.page("actions", "actions", "Actions", section=CONVENTION, actions=placed)
    for action in placed:
        yield renderer.page(
            "action",
            f"actions/{action.action.id}",
            action.action.title,
            in_nav=False,
            placed=action,
            action=action.action,
        )
