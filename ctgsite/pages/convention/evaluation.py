"""The evaluation of the convention."""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.diagnostic.plan import place_actions
from ctgsite.pages.model import Page
from ctgsite.pages.renderer import CONVENTION, Renderer


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages, in the order of the menu."""
    placed = place_actions(renderer.view.diagnostic.territory)
    yield renderer.page(
        "evaluation", "evaluation", "Évaluation", section=CONVENTION, actions=placed
    )
