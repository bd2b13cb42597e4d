"""The evaluation of the convention: its page, and one for each bilan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ctgsite.config.evaluation import Bilan
from ctgsite.config.plan import IndicatorKind
from ctgsite.diagnostic.evaluation import AxisProgress
from ctgsite.pages.answers import QuestionView, question_views
from ctgsite.pages.evaluation_tables import since_table, tracked_table
from ctgsite.pages.french import sentence
from ctgsite.pages.model import Page
from ctgsite.pages.renderer import CONVENTION, Renderer
from ctgsite.pages.states import states_block
from ctgsite.pages.tables import Table
from ctgsite.pages.words import BILANS, told_states


@dataclass(frozen=True, slots=True)
class AxisView:
    """One axe as the page shows it."""

    id: str
    title: str
    progress: str
    results: Table | None
    means: Table | None
    questions: tuple[QuestionView, ...]


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages, in the order of the menu."""
    found = renderer.view.diagnostic.evaluation
    territory = renderer.view.diagnostic.territory
    bilans = sorted(territory.evaluation.bilans, key=lambda bilan: bilan.date)
    yield renderer.page(
        "evaluation",
        "evaluation",
        "Évaluation",
        section=CONVENTION,
        introduction=territory.evaluation.introduction,
        states=states_block(found.axes),
        axes=[_axis(axis, renderer) for axis in found.axes],
        baseline=found.baseline,
        since=since_table(found.since, renderer.view, "../") if found.since else None,
        bilans=bilans,
        kinds=BILANS,
        editions=found.editions,
    )
    for bilan in bilans:
        yield _bilan(bilan, renderer)


def _axis(axis: AxisProgress, renderer: Renderer) -> AxisView:
    return AxisView(
        axis.priority.id,
        axis.priority.title,
        sentence(told_states(axis.states)) if axis.actions else "",
        _indicators(axis, "resultat", "Indicateurs de résultat", renderer),
        _indicators(axis, "moyens", "Indicateurs de moyens", renderer),
        question_views(axis.questions),
    )


def _indicators(
    axis: AxisProgress, kind: IndicatorKind, caption: str, renderer: Renderer
) -> Table | None:
    tracked = [one for one in axis.tracked if one.asked.kind == kind]
    return tracked_table(tracked, caption, renderer.view, "../") if tracked else None


def _bilan(bilan: Bilan, renderer: Renderer) -> Page:
    titles = {one.id: one.title for one in renderer.view.diagnostic.territory.priorities}
    return renderer.page(
        "bilan",
        f"evaluation/{bilan.id}",
        bilan.title,
        in_nav=False,
        bilan=bilan,
        kind=BILANS[bilan.kind],
        axes=[
            (
                found.axis,
                titles.get(found.axis, found.axis),
                question_views(found.questions),
            )
            for found in bilan.axes
        ],
    )
