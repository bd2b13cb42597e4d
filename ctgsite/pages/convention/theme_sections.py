"""What a theme page shows besides its figures: the supply, the voices, the AFOM, both together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ctgsite.config.voices import Meeting, Quote
from ctgsite.diagnostic.voices import Heard, hear
from ctgsite.pages.blocks import Block, method_anchor
from ctgsite.pages.convention.evidence import (
    counted_sentence,
    figures_and_voices_of,
    readings,
    swot_parts,
)
from ctgsite.pages.convention.supply import competences_table, services_block
from ctgsite.pages.french import capitalise, counted
from ctgsite.pages.places import Link
from ctgsite.pages.view import SiteView
from ctgsite.pages.view_blocks import ViewBlocks
from ctgsite.pages.voices import anchor_of, beside, meeting_facts, spoken
from ctgsite.pages.words import VOICES

ROOT = "../../"
METHOD_ANCHOR = method_anchor("")


@dataclass(frozen=True, slots=True)
class ThemeFigures:
    """The figures of a theme page, each with what was said of it; `told` are their indicators."""

    views: ViewBlocks
    blocks: tuple[Block, ...]
    around: tuple[Block, ...]  # of the member communes
    told: frozenset[str]


def with_voices(
    view: SiteView, views: ViewBlocks, blocks: Iterable[Block], around: Sequence[Block] = ()
) -> ThemeFigures:
    """Return the figures of a theme page, each with the quotations that name its indicators.

    What was said of an indicator that only the communes have stands at the first of their figures.
    """
    heard = hear(view.diagnostic.territory, view.diagnostic.themes)
    own = tuple(blocks)
    told = {name for block in (*views.needs, *views.composites, *own) for name in _told_by(block)}
    left = {block.method.removeprefix(METHOD_ANCHOR) for block in around[:1]} - told
    return ThemeFigures(
        replace(
            views,
            needs=tuple(_with_voices(block, _told_by(block), heard) for block in views.needs),
            composites=tuple(_with_voices(b, _told_by(b), heard) for b in views.composites),
        ),
        tuple(_with_voices(block, _told_by(block), heard) for block in own),
        (*(_with_voices(block, left, heard) for block in around[:1]), *around[1:]),
        frozenset(told | left),
    )


def _with_voices(block: Block, indicators: Iterable[str], heard: Sequence[Heard]) -> Block:
    return replace(block, voices=beside(heard, indicators, ROOT))


def _told_by(block: Block) -> tuple[str, ...]:
    """Return the indicators that a figure tells: its own, and those with an anchor in its text."""
    return (block.id, *(passage.anchor for passage in block.passages if passage.anchor))


def theme_sections(view: SiteView, theme: str, told: frozenset[str]) -> dict[str, Any]:
    """Return the sections of a theme page; `told` are the indicators with a figure on it."""
    diagnostic = view.diagnostic
    heard = [one for one in hear(diagnostic.territory, diagnostic.themes) if theme in one.themes]
    quotes = [one.voice for one in heard if isinstance(one.voice, Quote)]
    apart = [quote for quote in quotes if not told.intersection(quote.findings)]
    both = next((found for found in figures_and_voices_of(view) if found.theme == theme), None)
    return {
        "services": services_block(
            view, [s for s in diagnostic.services if s.service.theme == theme], ROOT
        ),
        "competences": competences_table(
            view, [c for c in diagnostic.territory.competences if c.theme == theme]
        ),
        "quotes": [spoken(quote, ROOT) for quote in apart],
        "beside": _beside_sentence(len(quotes) - len(apart)),
        "encounters": [
            _encounter(one, one.voice) for one in heard if isinstance(one.voice, Meeting)
        ],
        "swot": swot_parts(diagnostic.territory.swot, theme),
        "both": counted_sentence(both) if both else "",
        "readings": readings(both) if both else (),
    }


def _beside_sentence(count: int) -> str:
    if not count:
        return ""
    stand = "est citée" if count == 1 else "sont citées"
    return f"{counted(count, 'parole')} {stand} plus haut, à côté du chiffre concerné."


def _encounter(heard: Heard, meeting: Meeting) -> tuple[Link, tuple[str, ...]]:
    anchor = anchor_of(meeting)
    link = f"{ROOT}participation/index.md" + (f"#{anchor}" if anchor else "")
    return Link(f"{capitalise(VOICES[heard.kind])} : {meeting.title}", link), meeting_facts(meeting)
