"""The figures of a plan d'actions: the calendar of each axe, and the measures of an indicator."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from ctgsite.config.models import Territory
from ctgsite.diagnostic.plan import Plan, PlannedAction
from ctgsite.diagnostic.progress import Progress
from ctgsite.pages.blocks import Block, Passage
from ctgsite.pages.charts.base import as_json
from ctgsite.pages.charts.readings import readings_chart
from ctgsite.pages.charts.schedule import Ends, dated, schedule_chart
from ctgsite.pages.french import NBSP, accord, counted, listing, sentence
from ctgsite.pages.plan_tables import calendar_table, readings_table
from ctgsite.pages.plan_words import STATES, measured, progress_words, reading_told
from ctgsite.pages.templates import day

PLURALS = {"realisee": "réalisées", "abandonnee": "abandonnées"}


def schedule_blocks(plan: Plan, territory: Territory) -> tuple[Block, ...]:
    """Return the calendar of each axe that has fiches, all over the same years."""
    ends = ends_of(plan, territory)
    axes = ((axis, plan.of_axis(axis.id)) for axis in territory.priorities)
    return tuple(
        _schedule_block(axis.id, axis.title, found, ends, plan.as_of)
        for axis, found in axes
        if found
    )


def ends_of(plan: Plan, territory: Territory) -> Ends | None:
    """Return the days between which calendars are drawn: the convention's years, or the fiches'."""
    actions = [planned.action for planned in plan.actions]
    days = [found for one in actions for found in (one.start, one.end) if found]
    years = [found.year for found in days]
    if territory.period:
        years += [territory.period.start, territory.period.end]
    if not years:
        return None
    return datetime.date(min(years), 1, 1), datetime.date(max(years), 12, 31)


def _schedule_block(
    name: str,
    title: str,
    planned: Sequence[PlannedAction],
    ends: Ends | None,
    as_of: datetime.date | None,
) -> Block:
    actions = [one.action for one in planned]
    chart = schedule_chart(actions, ends, as_of) if ends else None
    drawn = [action for action, _ in dated(actions, ends)] if ends else []
    sentences = [states_sentence(planned, as_of)]
    if chart and len(drawn) < len(actions):
        missing = len(actions) - len(drawn)
        sentences.append(
            f"{counted(missing, 'action')} sans dates complètes "
            f"{'manquent' if missing > 1 else 'manque'} au graphique."
        )
    return Block(
        id=f"calendrier-{name}",
        heading=title,
        name=f"calendrier de l’axe «{NBSP}{title}{NBSP}»",
        chart=as_json(chart) if chart else "",
        passages=(Passage(tuple(sentences)),),
        table=calendar_table(planned, f"Calendrier{NBSP}: {title}"),
        sources=(_source(as_of),),
        method="",
    )


def states_sentence(planned: Sequence[PlannedAction], as_of: datetime.date | None) -> str:
    """Return how many fiches are in each state, and how many are late."""
    counts = Counter(one.action.state for one in planned)
    told = []
    for state, word in STATES.items():
        count = counts[state]  # type: ignore[index]
        if count:
            told.append(f"{count} {PLURALS.get(state, word) if count > 1 else word}")
    if counts[None]:
        told.append(f"{counts[None]} sans statut")
    text = f"{counted(len(planned), 'action')}{NBSP}: {listing(told)}"
    late = sum(one.late is not None for one in planned)
    if late and as_of:
        text += f" ; {late} {accord(late, 'est', 'sont')} en retard au {day(as_of)}"
    return sentence(text)


def readings_block(action: str, place: int, progress: Progress, as_of: str) -> Block | None:
    """Return the figure of one indicator of a fiche, None where it has fewer than two measures."""
    chart = readings_chart(progress)
    if chart is None:
        return None
    first, last = progress.readings[0], progress.readings[-1]
    text = f"de {reading_told(first, progress.unit)} à {reading_told(last, progress.unit)}"
    if progress.indicator.target is not None:
        text += f", pour une cible de {measured(progress.indicator.target, progress.unit)}"
        if progress.last is not None:
            text += f"{NBSP}: {progress_words(progress)}"
    return Block(
        id=f"mesures-{action}-{place}",
        heading=progress.label,
        name=progress.label,
        chart=as_json(chart),
        passages=(Passage((sentence(text),)),),
        table=readings_table(progress),
        sources=(progress.indicator.source or as_of,),
        method="",
    )


def _source(as_of: datetime.date | None) -> str:
    return "Plan d’actions de la convention" + (f", au {day(as_of)}" if as_of else "")
