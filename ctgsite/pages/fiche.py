"""A fiche action as its page and the booklet show it: every field in words, tables and links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ctgsite.config.plan import Action
from ctgsite.diagnostic.chain import Kind
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.diagnostic.plan import PlacedAction, PlannedAction
from ctgsite.pages.blocks import Block
from ctgsite.pages.citations import figure_on_site
from ctgsite.pages.places import Link, links_to
from ctgsite.pages.plan_blocks import readings_block
from ctgsite.pages.plan_tables import budget_table, indicators_table, milestones_table
from ctgsite.pages.plan_words import calendar, euros, lateness_sentence
from ctgsite.pages.tables import Table
from ctgsite.pages.templates import day
from ctgsite.pages.view import SiteView
from ctgsite.pages.words import IMPORTANCES, action_state

ROOT = "../../"


@dataclass(frozen=True, slots=True)
class FicheView:
    """What a page shows of a fiche; a text or a table that nothing fills is "" or None."""

    place: PlacedAction
    action: Action
    state: str
    importance: str
    late: str
    calendar: str
    cost: str
    theme: str
    communes: tuple[str, ...]
    stakes: tuple[Link, ...]
    budget: Table | None
    milestones: Table | None
    indicators: Table | None
    blocks: tuple[Block, ...]
    linked: tuple[Link, ...]
    annexes: tuple[Link, ...]


def fiche_view(planned: PlannedAction, view: SiteView) -> FicheView:
    """Return a fiche as its page shows it, two folders below the site's root."""
    action, diagnostic = planned.action, view.diagnostic
    budget = action.budget
    return FicheView(
        place=planned.place,
        action=action,
        state=action_state(action.state),
        importance=IMPORTANCES[action.importance] if action.importance else "",
        late=lateness_sentence(planned.late) if planned.late else "",
        calendar=calendar(action),
        cost=euros(budget.total) if budget else "",
        theme=theme_title(diagnostic, action.theme),
        communes=tuple(commune_names(diagnostic, action.communes)),
        stakes=links_to(view, Kind.STAKE, planned.stakes, ROOT),
        budget=budget_table(budget) if budget else None,
        milestones=milestones_table(action) if action.milestones else None,
        indicators=_indicators(planned, view) if planned.followed else None,
        blocks=tuple(_readings(planned, view)),
        linked=links_to(view, Kind.ACTION, planned.linked, ROOT),
        annexes=tuple(Link(annex.title, f"{ROOT}{annex.file}") for annex in action.annexes),
    )


def theme_title(diagnostic: Diagnostic, slug: str | None) -> str:
    """Return the title of a theme on this site, or its slug where it has no page."""
    titles = {choice.slug: choice.title for choice in diagnostic.territory.themes if choice.title}
    titles |= {theme.theme.slug: theme.theme.title for theme in diagnostic.themes}
    return titles.get(slug, slug) if slug else ""


def commune_names(diagnostic: Diagnostic, codes: Iterable[str]) -> Iterable[str]:
    """Yield the names of some communes, in the order of their codes' list."""
    areas = (diagnostic.area, *(member.area for member in diagnostic.members))
    names = {area.code: area.name for area in areas}
    yield from (names.get(code, code) for code in codes)


def _indicators(planned: PlannedAction, view: SiteView) -> Table:
    baseline = view.diagnostic.evaluation.baseline
    return indicators_table(
        planned.followed,
        view.diagnostic.evaluation.tracked_of(planned.action.id),
        lambda name: view.published_chart(name, ROOT) if name else "",
        lambda name: figure_on_site(view.diagnostic, name),
        baseline.title if baseline else "",
    )


def _readings(planned: PlannedAction, view: SiteView) -> Iterable[Block]:
    updated = planned.action.updated_on
    as_of = "Fiche action" + (f", mise à jour le {day(updated)}" if updated else "")
    judged = view.diagnostic.evaluation.tracked_of(planned.action.id)
    for place, (one, track) in enumerate(zip(planned.followed, judged, strict=True), start=1):
        block = readings_block(place, one, track, as_of)
        if block is not None:
            yield block
