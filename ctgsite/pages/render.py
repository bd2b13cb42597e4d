"""From a Diagnostic to the pages of one site: the table of contents, in the order of the menu."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ctgsite.diagnostic.model import Diagnostic, MemberDiagnostic, ThemeDiagnostic
from ctgsite.diagnostic.plan import place_actions
from ctgsite.pages.blocks import finding_block, theme_blocks
from ctgsite.pages.chain_check import check_chain
from ctgsite.pages.citing import with_citations
from ctgsite.pages.convention import (
    approach,
    brief,
    editions,
    evaluation,
    falc,
    participation,
    plan,
    priorities,
    supply,
    thread,
)
from ctgsite.pages.convention.theme_sections import theme_sections, with_voices
from ctgsite.pages.duties import duties
from ctgsite.pages.inside import gaps_table, meeting_of
from ctgsite.pages.local_tables import local_blocks
from ctgsite.pages.member_blocks import distribution_block, map_block
from ctgsite.pages.method import method_themes, method_views
from ctgsite.pages.model import Page
from ctgsite.pages.peers_table import peers_table
from ctgsite.pages.population_block import with_population_block
from ctgsite.pages.position_sentences import position_table
from ctgsite.pages.renderer import REFERENCES, THEMES, Renderer
from ctgsite.pages.sentences import missing_sentences
from ctgsite.pages.story import story
from ctgsite.pages.survey_blocks import theme_survey_blocks
from ctgsite.pages.tables import commune_table, members_table
from ctgsite.pages.templates import make_environment
from ctgsite.pages.view import SiteView, commune_findings, commune_tiles
from ctgsite.pages.view_blocks import view_blocks

MOST_MEMBER_COLUMNS = 4
MOST_IN_SUMMARY = 5


def render_pages(diagnostic: Diagnostic, templates: Path | Sequence[Path]) -> tuple[Page, ...]:
    """Return every page of a site.

    Args:
        diagnostic: all that the site says.
        templates: `docs_templates` folders; the files of later ones win.
    """
    renderer = Renderer(SiteView(diagnostic), make_environment(templates))
    pages = (
        renderer.page("synthese", "", "Synthèse", wide=True, **story(renderer.view)),
        *(_theme_page(renderer, theme) for theme in diagnostic.themes),
        *_commune_pages(renderer),
        *approach.pages(renderer),
        *participation.pages(renderer),
        *supply.pages(renderer),
        *priorities.pages(renderer),
        *plan.pages(renderer),
        *thread.pages(renderer),
        *evaluation.pages(renderer),
        *editions.pages(renderer),
        *brief.pages(renderer),
        *falc.pages(renderer),
        *_reference_pages(renderer),
    )
    check_chain(renderer.view, pages)
    return pages


def _theme_page(renderer: Renderer, theme: ThemeDiagnostic) -> Page:
    workshop = renderer.view.workshop("../../")
    territory = renderer.view.diagnostic.territory
    changes = renderer.view.diagnostic.population_change
    views = view_blocks(theme, workshop)
    blocks = theme_blocks(theme, workshop, views.told)
    blocks = with_population_block(blocks, theme, changes, workshop)
    blocks = with_citations(blocks, renderer.view, "../../")
    views = replace(
        views,
        needs=with_citations(views.needs, renderer.view, "../../"),
        composites=with_citations(views.composites, renderer.view, "../../"),
    )
    around = [b for b in (map_block(theme, workshop), distribution_block(theme, workshop)) if b]
    figures = with_voices(renderer.view, views, blocks, around)
    views, blocks = figures.views, figures.blocks
    everything = (*views.needs, *views.composites, *blocks)
    return renderer.page(
        "thematique",
        f"thematiques/{theme.theme.slug}",
        theme.theme.title,
        section=THEMES,
        theme=theme.theme,
        text=territory.theme_text(theme.theme.slug),
        views=views,
        blocks=blocks,
        summary=[block for block in everything if block.telling][:MOST_IN_SUMMARY],
        duties=duties(renderer.view.diagnostic) if theme.theme.slug == "petite-enfance" else "",
        positions=position_table(theme.findings),
        commune_blocks=figures.around,
        local_blocks=local_blocks(renderer.view.diagnostic.local_tables, theme.theme.slug),
        survey_blocks=theme_survey_blocks(renderer.view.diagnostic.surveys, theme.theme.slug),
        missing=missing_sentences(theme.missing),
        **_plan(renderer.view.diagnostic, theme.theme.slug),
        **theme_sections(renderer.view, theme.theme.slug, figures.told),
    )


def _plan(diagnostic: Diagnostic, slug: str) -> dict[str, Any]:
    """Return what was decided on a theme."""
    territory = diagnostic.territory
    return {
        "stakes": [s for s in territory.stakes if s.theme == slug],
        "actions": [p.action for p in place_actions(territory) if p.action.theme == slug],
    }


def _commune_pages(renderer: Renderer) -> Iterator[Page]:
    diagnostic = renderer.view.diagnostic
    if not diagnostic.members:
        return
    spread = [f for f in diagnostic.key_figures if f.members][:MOST_MEMBER_COLUMNS]
    areas = [member.area for member in diagnostic.members]
    links = {area.code: f"{area.code}/index.html" for area in areas}
    table = members_table(spread, areas, links, "Chiffres repères des communes membres")
    charts = {
        gap.finding.indicator.id: renderer.view.published_chart(gap.finding.indicator.id, "../")
        for gap in diagnostic.inner_gaps
    }
    yield renderer.page(
        "communes",
        "communes",
        "Communes",
        table=table,
        count=len(areas),
        gaps=gaps_table(diagnostic, charts),
        meeting=meeting_of(diagnostic.cumulation, links) if diagnostic.cumulation else None,
    )
    for member in diagnostic.members:
        yield _commune_page(renderer, member)


def _commune_page(renderer: Renderer, member: MemberDiagnostic) -> Page:
    workshop = renderer.view.workshop("../../")
    missing = [finding for theme in member.themes for finding in theme.missing]
    return renderer.page(
        "commune",
        f"communes/{member.area.code}",
        member.area.name,
        in_nav=False,
        member=member,
        tiles=commune_tiles(member, renderer.view.diagnostic.key_figures),
        blocks=[finding_block(finding, workshop) for finding in commune_findings(member)],
        tables=[(t.theme, commune_table(member, t)) for t in member.themes if t.findings],
        missing=missing_sentences(missing),
    )


def _reference_pages(renderer: Renderer) -> Iterator[Page]:
    diagnostic = renderer.view.diagnostic
    count = len(diagnostic.measures)
    yield renderer.page("donnees", "donnees", "Données", section=REFERENCES, count=count)
    yield renderer.page(
        "methode",
        "methode",
        "Méthode",
        section=REFERENCES,
        views=method_views(diagnostic),
        themes=method_themes(diagnostic),
        peers_table=peers_table(diagnostic),
    )
    yield renderer.page("glossaire", "glossaire", "Glossaire", section=REFERENCES)
    yield renderer.page("accessibilite", "accessibilite", "Accessibilité", section=REFERENCES)
    yield renderer.page(
        "mentions-legales", "mentions-legales", "Mentions légales", section=REFERENCES
    )
