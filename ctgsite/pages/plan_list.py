"""The list of fiches and the filters over it: all rows stand in the page, a script hides some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.diagnostic.plan import PlannedAction
from ctgsite.pages.fiche import commune_names, theme_title
from ctgsite.pages.plan_blocks import ends_of
from ctgsite.pages.plan_words import calendar, euros, short_lateness
from ctgsite.pages.words import ACTION_STATES, TO_COMPLETE, action_state

NO_STATE = f"statut {TO_COMPLETE}"
EVERYWHERE = "*"  # a fiche that names no commune is about all of them


@dataclass(frozen=True, slots=True)
class Row:
    """A fiche in the list; `values` are what each filter compares, by the filter's name."""

    title: str
    href: str
    state: str
    state_key: str
    late: str
    facts: tuple[tuple[str, str], ...]
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that narrows the list: its options are (value, label)."""

    name: str
    label: str
    every: str
    options: tuple[tuple[str, str], ...]


def plan_rows(diagnostic: Diagnostic) -> tuple[Row, ...]:
    """Return the fiches in the order of the axes."""
    return tuple(_row(planned, diagnostic) for planned in diagnostic.plan.actions)


def _row(planned: PlannedAction, diagnostic: Diagnostic) -> Row:
    action = planned.action
    facts = (
        ("Axe", planned.axis.title),
        ("Pilote", action.lead or TO_COMPLETE),
        ("Calendrier", calendar(action) or TO_COMPLETE),
        ("Thématique", theme_title(diagnostic, action.theme)),
        ("Communes", ", ".join(commune_names(diagnostic, action.communes))),
        ("Budget", euros(action.budget.total) if action.budget else ""),
    )
    return Row(
        title=action.title,
        href=f"{action.id}/index.html",
        state=action_state(action.state) if action.state else NO_STATE,
        state_key=action.state or "",
        late=short_lateness(planned.late) if planned.late else "",
        facts=tuple(fact for fact in facts if fact[1]),
        values=(
            ("axe", (planned.axis.id,)),
            ("theme", (action.theme or "",)),
            ("pilote", (action.lead,)),
            ("statut", (action.state or "",)),
            ("commune", action.communes or (EVERYWHERE,)),
            ("annee", years_of(planned, diagnostic)),
        ),
    )


def years_of(planned: PlannedAction, diagnostic: Diagnostic) -> tuple[str, ...]:
    """Return the years that a fiche goes over; a continuous one goes on to the last of the plan."""
    action, ends = planned.action, ends_of(diagnostic.plan, diagnostic.territory)
    start = action.start or action.end
    end = ends[1] if action.continuous and ends else action.end or action.start
    if start is None or end is None:
        return ()
    return tuple(str(year) for year in range(start.year, end.year + 1))


def plan_filters(diagnostic: Diagnostic) -> tuple[Filter, ...]:
    """Return the filters that have a choice to offer: two options at least."""
    actions = [planned.action for planned in diagnostic.plan.actions]
    axes = {planned.axis.id: planned.axis.title for planned in diagnostic.plan.actions}
    themes = {one.theme: theme_title(diagnostic, one.theme) for one in actions if one.theme}
    leads = sorted({one.lead for one in actions if one.lead})
    states = {one.state for one in actions}
    codes = tuple(dict.fromkeys(code for one in actions for code in one.communes))
    communes = sorted(zip(commune_names(diagnostic, codes), codes, strict=True))
    years = {year for one in diagnostic.plan.actions for year in years_of(one, diagnostic)}
    found = (
        Filter("axe", "Axe", "Tous les axes", tuple(axes.items())),
        Filter("theme", "Thématique", "Toutes les thématiques", tuple(themes.items())),
        Filter("pilote", "Pilote", "Tous les pilotes", _same(leads)),
        Filter(
            "statut", "Statut", "Tous les statuts",
            tuple((one, action_state(one)) for one in ACTION_STATES if one and one in states),
        ),
        Filter(
            "commune", "Commune", "Toutes les communes",
            tuple((code, name) for name, code in communes),
        ),
        Filter("annee", "Année", "Toutes les années", _same(sorted(years))),
    )  # fmt: skip
    return tuple(one for one in found if len(one.options) > 1)


def _same(words: Sequence[str] | Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((word, word) for word in words)
