"""The page of what inhabitants and actors said."""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.pages.convention import surveys
from ctgsite.pages.model import Page
from ctgsite.pages.renderer import CONVENTION, Renderer


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages, in the order of the menu."""
    yield renderer.page("participation", "participation", "Participation", section=CONVENTION)
    yield from surveys.pages(renderer)
