"""The adopted editions of the diagnostic: their list, and a page and a file for each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from ctgsite.config.evaluation import Edition
from ctgsite.config.frozen import FOLDER, frozen_text
from ctgsite.config.models import Territory
from ctgsite.diagnostic.assessment import Today
from ctgsite.diagnostic.editions import EditionRecord
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.edition_tables import shift_sentence, shift_table, theme_tables
from ctgsite.pages.model import Asset, Page
from ctgsite.pages.renderer import CONVENTION, Renderer

FILE = "indicateurs.csv"


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages, in the order of the menu; none where nothing was adopted."""
    found = renderer.view.diagnostic.evaluation
    if not found.editions:
        return
    yield renderer.page(
        "editions",
        FOLDER,
        "Éditions",
        section=CONVENTION,
        editions=found.editions,
        baseline=found.baseline,
    )
    for record in found.editions:
        yield _edition(record, found.baseline, renderer)


def edition_files(diagnostic: Diagnostic) -> tuple[Asset, ...]:
    """Return the figures of each edition as a file, without those withheld today."""
    return tuple(
        Asset(PurePosixPath(FOLDER) / one.edition.id / FILE, frozen_text(one.figures).encode())
        for one in diagnostic.evaluation.editions
    )


def _edition(record: EditionRecord, baseline: Edition | None, renderer: Renderer) -> Page:
    diagnostic = renderer.view.diagnostic
    indicators = Today(diagnostic).indicators
    titles = {theme.theme.slug: theme.theme.title for theme in diagnostic.themes}
    edition = record.edition
    return renderer.page(
        "edition",
        f"{FOLDER}/{edition.id}",
        edition.title,
        in_nav=False,
        record=record,
        edition=edition,
        is_baseline=edition == baseline,
        address=address(edition, diagnostic.territory),
        file=FILE,
        themes=theme_tables(record.figures, titles, indicators),
        to_now=(
            shift_sentence(record.to_now),
            shift_table(record.to_now, indicators, "Dans l’édition", "Aujourd’hui"),
        ),
        from_earlier=[
            (
                other,
                shift_sentence(shifts),
                shift_table(shifts, indicators, other.title, edition.title),
            )
            for other, shifts in record.from_earlier
        ],
    )


def address(edition: Edition, territory: Territory) -> str:
    """Return the public address of an edition, "" where that of the site is not known."""
    if not territory.public_url:
        return ""
    return f"{str(territory.public_url).rstrip('/')}/{FOLDER}/{edition.id}/index.html"
