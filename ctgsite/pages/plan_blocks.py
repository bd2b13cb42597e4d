"""The figures of a plan d'actions: the calendar of each axe, and the measures of an indicator."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from ctgsite.config.models import Territory
from ctgsite.diagnostic.evaluation import Tracked
from ctgsite.diagnostic.followed import Followed
from ctgsite.diagnostic.plan import Plan, PlannedAction
from ctgsite.pages.blocks import Block, Passage
from ctgsite.pages.charts.base import as_json
from ctgsite.pages.charts.readings import readings_chart
from ctgsite.pages.charts.schedule import Ends, dated, schedule_chart
from ctgsite.pages.evaluation_tables import verdict_words
from ctgsite.pages.french import NBSP, accord, counted, sentence, uncapitalise
from ctgsite.pages.plan_tables import calendar_table, readings_table
from ctgsite.pages.plan_words import measured, reading_told
from ctgsite.pages.templates import day
from ctgsite.pages.words import told_states


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
    text = told_states(one.action.state for one in planned)
    late = sum(one.late is not None for one in planned)
    if late and as_of:
        text += f" ; {late} {accord(late, 'est', 'sont')} en retard au {day(as_of)}"
    return sentence(text)


def readings_block(place: int, one: Followed, track: Tracked, as_of: str) -> Block | None:
    """Return the figure of one indicator of a fiche, None where it has fewer than two measures."""
    chart = readings_chart(one)
    if chart is None:
        return None
    first, last = one.readings[0], one.readings[-1]
    text = f"de {reading_told(first, one.unit)} à {reading_told(last, one.unit)}"
    if one.indicator.target is not None:
        text += f", pour une cible de {measured(one.indicator.target, one.unit)}"
        text += f" ; {uncapitalise(verdict_words(track))}"
    return Block(
        id=f"mesures-{track.placed.action.id}-{place}",
        heading=one.label,
        name=one.label,
        chart=as_json(chart),
        passages=(Passage((sentence(text),)),),
        table=readings_table(one),
        sources=(one.indicator.source or as_of,),
        method="",
    )


def _source(as_of: datetime.date | None) -> str:
    return "Plan d’actions de la convention" + (f", au {day(as_of)}" if as_of else "")
