"""The pages of member communes: all of them compared, then the portrait of each."""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.config.models import Territory
from ctgsite.diagnostic.model import MemberDiagnostic
from ctgsite.pages.blocks import finding_block
from ctgsite.pages.decided import plan_of_commune
from ctgsite.pages.heat_table import heat_table
from ctgsite.pages.inside import gaps_table, meeting_of
from ctgsite.pages.model import Page
from ctgsite.pages.page_sources import page_sources
from ctgsite.pages.portrait import (
    fact_findings,
    facts,
    is_ranked,
    key_figures,
    lead_sentence,
    neighbours,
    told_measures,
)
from ctgsite.pages.renderer import Renderer
from ctgsite.pages.sentences import missing_sentences
from ctgsite.pages.tables import commune_table, members_table

ROOT = "../../"
TITLE = "Chiffres repères des communes membres"
MOST_MEMBER_COLUMNS = 4
MOST_CHARTS = 3


def commune_pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages, none for a territory of one commune."""
    members = renderer.view.diagnostic.members
    if not members:
        return
    yield _members_page(renderer)
    for member in members:
        yield _portrait(renderer, member)


def _members_page(renderer: Renderer) -> Page:
    diagnostic = renderer.view.diagnostic
    spread = [f for f in diagnostic.key_figures if f.members][:MOST_MEMBER_COLUMNS]
    areas = [member.area for member in diagnostic.members]
    links = {area.code: f"{area.code}/index.html" for area in areas}
    charts = {
        gap.finding.indicator.id: renderer.view.published_chart(gap.finding.indicator.id, "../")
        for gap in diagnostic.inner_gaps
    }
    return renderer.page(
        "communes",
        "communes",
        "Communes",
        table=members_table(spread, areas, links, TITLE),
        commune_heat=heat_table(diagnostic.key_figures, areas, links, TITLE),
        count=len(areas),
        gaps=gaps_table(diagnostic, charts),
        meeting=meeting_of(diagnostic.cumulation, links) if diagnostic.cumulation else None,
    )


def _portrait(renderer: Renderer, member: MemberDiagnostic) -> Page:
    view = renderer.view
    workshop = view.workshop(ROOT)
    code = member.area.code
    charted = fact_findings(view.diagnostic, member)[:MOST_CHARTS]
    missing = [finding for theme in member.themes for finding in theme.missing]
    before, after = neighbours(view.diagnostic, member)
    return renderer.page(
        "commune",
        f"communes/{code}",
        member.area.name,
        in_nav=False,
        member=member,
        lead=lead_sentence(view.diagnostic, member),
        keys=key_figures(view, member, ROOT),
        facts=facts(view, member, ROOT, {finding.indicator.id for finding in charted}),
        ranked=is_ranked(view.diagnostic, member),
        plan=plan_of_commune(view.diagnostic, code),
        blocks=[finding_block(finding, workshop) for finding in charted],
        tables=[(t.theme, commune_table(member, t)) for t in member.themes if t.findings],
        sources=page_sources(told_measures(view.diagnostic, member), workshop.cards),
        missing=missing_sentences(missing),
        before=before,
        after=after,
        address=_address(view.diagnostic.territory, code),
    )


def _address(territory: Territory, code: str) -> str:
    """Return where the page stands, for those who have it on paper."""
    path = f"communes/{code}/index.html"
    return f"{str(territory.public_url).rstrip('/')}/{path}" if territory.public_url else path
