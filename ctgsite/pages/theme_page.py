"""The page of a theme, in the order of its reader: what to remember, figures, communes, voices.

Then what was decided, where the figures come from, and what they do not say yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ctgsite.diagnostic.model import Finding, ThemeDiagnostic
from ctgsite.pages.blocks import Block, Workshop, theme_blocks
from ctgsite.pages.charts.base import height_of
from ctgsite.pages.citing import with_citations
from ctgsite.pages.convention.theme_sections import ThemeFigures, theme_sections, with_voices
from ctgsite.pages.decided import decided_on_theme
from ctgsite.pages.duties import duties
from ctgsite.pages.local_tables import local_blocks
from ctgsite.pages.member_blocks import distribution_block, map_block, theme_heat
from ctgsite.pages.model import Page
from ctgsite.pages.page_sources import page_sources, theme_measures
from ctgsite.pages.population_block import with_population_block
from ctgsite.pages.position_sentences import position_table
from ctgsite.pages.renderer import THEMES, Renderer
from ctgsite.pages.search_words import search_words
from ctgsite.pages.sentences import missing_sentences
from ctgsite.pages.surroundings_block import surroundings_block
from ctgsite.pages.survey_blocks import theme_survey_blocks
from ctgsite.pages.takeaways import takeaway_lines
from ctgsite.pages.view_blocks import view_blocks

ROOT = "../../"
COMMUNES = "#dans-les-communes"
SMALL_CHART = 320  # pixels: a higher chart needs the width of the page
FEWEST_SMALL = 2  # a lone small figure stays among the others


def theme_page(renderer: Renderer, theme: ThemeDiagnostic) -> Page:
    """Render the page of one theme."""
    diagnostic = renderer.view.diagnostic
    workshop = renderer.view.workshop(ROOT)
    slug = theme.theme.slug
    figures = _figures(renderer, theme, workshop)
    blocks, small = apart(figures.blocks, theme.findings)
    everything = (*figures.views.needs, *figures.views.composites, *figures.blocks)
    return renderer.page(
        "thematique",
        f"thematiques/{slug}",
        theme.theme.title,
        section=THEMES,
        theme=theme.theme,
        takeaways=takeaway_lines(theme, everything, COMMUNES if figures.around else ""),
        text=diagnostic.territory.theme_text(slug),
        duties=duties(diagnostic) if slug == "petite-enfance" else "",
        views=figures.views,
        blocks=blocks,
        small_blocks=small,
        positions=position_table(theme.findings),
        commune_blocks=figures.around,
        commune_heat=theme_heat(theme, workshop),
        local_blocks=local_blocks(diagnostic.local_tables, slug),
        survey_blocks=theme_survey_blocks(diagnostic.surveys, slug),
        stakes=[stake for stake in diagnostic.territory.stakes if stake.theme == slug],
        actions=decided_on_theme(diagnostic, slug),
        sources=page_sources(theme_measures(theme), workshop.cards),
        missing=missing_sentences(theme.missing),
        words=search_words(theme),
        **theme_sections(renderer.view, slug, figures.told),
    )


def apart(
    blocks: Sequence[Block], findings: Iterable[Finding]
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Part the figures that are read against a benchmark from small ones that have none."""
    alone = {f.indicator.id for f in findings if f.main_comparison is None}
    small = tuple(b for b in blocks if b.id in alone and _is_small(b))
    if len(small) < FEWEST_SMALL:
        return tuple(blocks), ()
    return tuple(block for block in blocks if block not in small), small


def _figures(renderer: Renderer, theme: ThemeDiagnostic, workshop: Workshop) -> ThemeFigures:
    """Return the figures of a theme, with who cites them and what was said of them."""
    view = renderer.view
    views = view_blocks(theme, workshop)
    blocks = theme_blocks(theme, workshop, views.told)
    blocks = with_population_block(blocks, theme, view.diagnostic.population_change, workshop)
    blocks = with_citations(blocks, view, ROOT)
    views = replace(
        views,
        needs=with_citations(views.needs, view, ROOT),
        composites=with_citations(views.composites, view, ROOT),
    )
    around = (
        surroundings_block(theme, view.diagnostic.surroundings, workshop),
        map_block(theme, workshop),
        distribution_block(theme, workshop),
    )
    return with_voices(view, views, blocks, [block for block in around if block])


def _is_small(block: Block) -> bool:
    """Whether a figure has room in half a page: a number, a short chart, few words around."""
    if block.voices or block.cited:
        return False
    return not block.chart or height_of(block.chart) <= SMALL_CHART
