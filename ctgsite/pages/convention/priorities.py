"""The page of enjeux, axes and objectifs."""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.pages.model import Page
from ctgsite.pages.renderer import CONVENTION, Renderer


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages, in the order of the menu."""
    yield renderer.page("priorites", "priorites", "Priorités", section=CONVENTION)
