"""Everything that keeps a territory's own material from being published: texts, images, answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

from ctgsite.config.dated_checks import check_dates
from ctgsite.config.image_checks import check_images
from ctgsite.config.positions import Document
from ctgsite.config.privacy_checks import check_privacy
from ctgsite.errors import Problem


def check_publication(
    document: Document, folder: Path, workspace: Path, today: datetime.date | None
) -> Iterator[Problem]:
    """Find what a territory may not publish.

    Args:
        document: the territory's file.
        folder: `territories/<slug>`.
        workspace: what the places of problems are relative to.
        today: the day on which permissions must hold; None leaves their dates unchecked.
    """
    yield from check_privacy(document, folder, workspace)
    yield from check_images(document, folder, workspace)
    if today:
        yield from check_dates(document, folder, workspace, today)
