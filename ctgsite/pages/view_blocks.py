"""Blocks of a theme's composite views, and which of its findings they tell already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ctgsite.diagnostic.model import Finding, ThemeDiagnostic, ThemeView
from ctgsite.indicators.views import ViewKind
from ctgsite.pages.blocks import (
    Block,
    Passage,
    Workshop,
    distance,
    method_anchor,
    sources_of,
    told,
)
from ctgsite.pages.charts import as_json, composition_chart, pair_chart
from ctgsite.pages.charts.pairs import pair_panels
from ctgsite.pages.sentences import heading, reading, reading_here
from ctgsite.pages.tables import composition_table
from ctgsite.pages.view_profiles import deciles_block, deciles_told, pyramid_block, quarters_block
from ctgsite.pages.view_sentences import (
    limits_of,
    missing_half,
    nothing_known,
    other_dates,
    questions_of,
    read_as,
    texts,
    with_role,
    withheld,
)
from ctgsite.pages.view_tables import pair_table

WHOLE = (98.5, 101.5)  # parts that were rounded one by one still make a whole between these


@dataclass(frozen=True, slots=True)
class Drawn:
    """A view's block, if any, and the indicators that it tells; or why the view is withheld."""

    block: Block | None = None
    told: frozenset[str] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ViewBlocks:
    """The views of a theme page: needs beside supply, then the others.

    Attributes:
        needs: the views that put a need beside a supply.
        gaps: of those that have no figure at all.
        composites: the other views.
        notes: why some of these are withheld.
        told: the indicators that need no block of their own any more.
    """

    needs: tuple[Block, ...] = ()
    gaps: tuple[str, ...] = ()
    composites: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()


Maker = Callable[[ThemeView, Workshop, frozenset[str]], Drawn]


def view_blocks(theme: ThemeDiagnostic, workshop: Workshop) -> ViewBlocks:
    """Return the blocks of a theme's views, in the catalogue's order."""
    here = frozenset(finding.indicator.id for finding in theme.findings)
    drawn = [
        (view.view.kind, _MAKERS[view.view.kind](view, workshop, here)) for view in theme.views
    ]
    pairs = [one for kind, one in drawn if kind is ViewKind.BESOIN_OFFRE]
    others = [one for kind, one in drawn if kind is not ViewKind.BESOIN_OFFRE]
    return ViewBlocks(
        needs=tuple(one.block for one in pairs if one.block),
        gaps=tuple(one.note for one in pairs if one.note),
        composites=tuple(one.block for one in others if one.block),
        notes=tuple(one.note for one in others if one.note),
        told=frozenset[str]().union(*(one.told for _, one in drawn)),
    )


def _composition(view: ThemeView, workshop: Workshop, here: frozenset[str]) -> Drawn:
    """Draw the parts of a whole, or say which part is missing: the others are no whole."""
    parts = view.findings
    if not _is_whole(parts):
        return Drawn(note=withheld(view))
    names = [slot.label for slot, _ in view.entries]
    first, *others = parts
    telling = max(parts, key=distance)
    passages = [Passage(texts(reading(first), read_as(view)), first.indicator.id)]
    passages += [Passage((reading_here(part),), part.indicator.id) for part in others]
    block = Block(
        id=view.view.id,
        heading=heading(telling),
        name=view.view.title,
        chart=as_json(composition_chart(parts, names)),
        passages=tuple(passages),
        table=composition_table(parts, names),
        sources=sources_of(parts, workshop),
        method=method_anchor(view.view.id),
        telling=distance(telling) > 0,
        limits=limits_of(view, parts),
        questions=questions_of(view, parts),
    )
    return Drawn(block, here & {part.indicator.id for part in parts})


def _is_whole(parts: tuple[Finding, ...]) -> bool:
    """Whether parts come from one source and year and add up to 100, but for their rounding."""
    known = [part.measure for part in parts if part.measure.value is not None]
    origins = {(measure.dataset, measure.year) for measure in known}
    total = sum(measure.value or 0.0 for measure in known)
    return len(known) == len(parts) > 1 and len(origins) == 1 and WHOLE[0] <= total <= WHOLE[1]


def _pair(view: ThemeView, workshop: Workshop, here: frozenset[str]) -> Drawn:
    """Draw rates of needs and supply; a half that is missing is told with its reason."""
    known = [(slot, f) for slot, f in view.entries if f.measure.value is not None]
    if not known:
        return Drawn(note=nothing_known(view))
    own = here & {finding.indicator.id for _, finding in pair_panels(known)}
    chart = pair_chart(known)
    passages = []
    for slot, finding in known:
        mine = finding.indicator.id in own
        more = told(finding)[1:] if mine else ()
        anchor = finding.indicator.id if mine else ""
        passages.append(Passage((with_role(slot.role, finding), *more), anchor))
    closing = texts(missing_half(view), other_dates(view), read_as(view))
    found = [finding for _, finding in known]
    block = Block(
        id=view.view.id,
        heading=view.view.title,
        name=view.view.title,
        chart=as_json(chart) if chart else "",
        passages=(*passages, *([Passage(closing)] if closing else [])),
        table=pair_table(view.view.title, known),
        sources=sources_of(found, workshop),
        method=method_anchor(view.view.id),
        limits=limits_of(view, found),
        questions=questions_of(view, found),
    )
    return Drawn(block, own)


def _pyramid(view: ThemeView, workshop: Workshop, _: frozenset[str]) -> Drawn:
    return Drawn(pyramid_block(view, workshop))


def _deciles(view: ThemeView, workshop: Workshop, here: frozenset[str]) -> Drawn:
    own = deciles_told(view, here)
    return Drawn(deciles_block(view, workshop, own), own)


def _quarters(view: ThemeView, workshop: Workshop, _: frozenset[str]) -> Drawn:
    return Drawn(quarters_block(view, workshop))


_MAKERS: dict[ViewKind, Maker] = {
    ViewKind.BESOIN_OFFRE: _pair,
    ViewKind.COMPOSITION: _composition,
    ViewKind.PYRAMIDE: _pyramid,
    ViewKind.DECILES: _deciles,
    ViewKind.QUARTIERS: _quarters,
}
