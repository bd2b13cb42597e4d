"""The tables of a plan d'actions: budgets, calendars, milestones and evaluation indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from ctgsite.config.plan import Action, Budget
from ctgsite.diagnostic.evaluation import Tracked
from ctgsite.diagnostic.followed import Followed
from ctgsite.diagnostic.plan import PlannedAction
from ctgsite.diagnostic.plan_budget import BudgetSum, PlanBudget, is_unassigned
from ctgsite.pages.evaluation_tables import start_words, verdict_words
from ctgsite.pages.french import NBSP, uncapitalise
from ctgsite.pages.plan_words import (
    euros,
    measured,
    reading_told,
    short_lateness,
)
from ctgsite.pages.tables import Cell, Table
from ctgsite.pages.templates import day
from ctgsite.pages.words import FUNDINGS, INDICATORS, TO_COMPLETE, action_state

NOTHING = "–"
REMAINDER = "Reste à charge"
UNASSIGNED = "Financement à préciser"


def budget_table(budget: Budget) -> Table:
    """Return who pays for one fiche; its rows add up to the last."""
    rows = [
        (funder.name, funder.amount, FUNDINGS[funder.state] if funder.state else "non précisé")
        for funder in budget.funders
    ]
    if budget.remainder is not None:
        rows.append((REMAINDER, budget.remainder, NOTHING))
    if is_unassigned(budget):
        rows.append((UNASSIGNED, budget.total, NOTHING))
    rows.append(("Total", budget.total, NOTHING))
    return Table(
        "Budget et financeurs",
        ("Financeur", "Montant", "Financement"),
        tuple(
            (
                Cell(name),
                Cell(euros(amount), number=True),
                Cell(state),
            )
            for name, amount, state in rows
        ),
    )


def budget_by_axis(budget: PlanBudget, link: Callable[[str], str]) -> Table:
    """Return what each axe costs; its rows add up to the last. `link` is the address of an axe."""
    rows = [(axis.title, link(axis.id), found) for axis, found in budget.axes]
    rows.append(("Total", "", budget.whole))
    unassigned = budget.whole.unassigned > 0
    columns = ["Axe", "Budget total", "Financeurs", REMAINDER]
    return Table(
        "Budget par axe",
        (*columns, *([UNASSIGNED] if unassigned else ())),
        tuple(
            (Cell(title, href), *_amounts(_of_axis(found, unassigned=unassigned)))
            for title, href, found in rows
        ),
    )


def _of_axis(found: BudgetSum, *, unassigned: bool) -> tuple[Decimal, ...]:
    amounts = (found.total, found.funded, found.remainder)
    return (*amounts, found.unassigned) if unassigned else amounts


def budget_by_funder(whole: BudgetSum) -> Table:
    """Return what each funder pays; its rows, with what is left, add up to the last."""
    unstated = any(share.unstated for share in whole.shares)
    rows = [(share.name, (share.granted, share.asked, share.unstated)) for share in whole.shares]
    body = [_of_funder(name, paid, sum(paid), unstated=unstated) for name, paid in rows]
    left = [(REMAINDER, whole.remainder), (UNASSIGNED, whole.unassigned), ("Total", whole.total)]
    blank = (Cell(NOTHING, number=True),) * (3 if unstated else 2)
    body += [
        (Cell(name), *blank, Cell(euros(amount), number=True))
        for name, amount in left
        if amount or name == "Total"
    ]
    columns = ("Financeur", "Acquis", "Sollicité", *(("Non précisé",) if unstated else ()), "Total")
    return Table("Budget par financeur", columns, tuple(body))


def _of_funder(
    name: str, paid: tuple[Decimal, ...], total: Decimal | int, *, unstated: bool
) -> tuple[Cell, ...]:
    shown = paid if unstated else paid[:2]
    return (Cell(name), *_amounts((*shown, Decimal(total))))


def _amounts(amounts: Iterable[Decimal]) -> tuple[Cell, ...]:
    return tuple(Cell(euros(amount) if amount else NOTHING, number=True) for amount in amounts)


def calendar_table(actions: Sequence[PlannedAction], caption: str) -> Table:
    """Return the dates and the state of some fiches."""
    rows = tuple(
        (
            Cell(planned.action.title, f"{planned.action.id}/index.html"),
            Cell(action_state(planned.action.state)),
            Cell(day(planned.action.start) if planned.action.start else TO_COMPLETE),
            Cell(_end(planned.action)),
            Cell(short_lateness(planned.late) if planned.late else NOTHING),
        )
        for planned in actions
    )
    return Table(caption, ("Action", "Statut", "Début", "Fin", "Retard"), rows)


def _end(action: Action) -> str:
    if action.continuous:
        return "en continu"
    return day(action.end) if action.end else TO_COMPLETE


def milestones_table(action: Action) -> Table:
    """Return the milestones of a fiche, in the order of their dates."""
    rows = tuple(
        (
            Cell(step.title),
            Cell(day(step.date)),
            Cell(f"atteint le {day(step.reached_on)}" if step.reached_on else "pas encore atteint"),
        )
        for step in sorted(action.milestones, key=lambda step: step.date)
    )
    return Table("Jalons", ("Jalon", "Date prévue", "État"), rows)


def indicators_table(
    indicators: Sequence[Followed],
    judged: Sequence[Tracked],
    chart: Callable[[str], str],
    site: Callable[[str], str],
    edition: str = "",
) -> Table:
    """Return the evaluation indicators of a fiche.

    Args:
        indicators: as the fiche states them.
        judged: the same ones as the evaluation judges them.
        chart: the published address of the chart of an indicator of the site, "" for none.
        site: the site's own latest figure of an indicator, "" for none.
        edition: the title of the edition from which they may take their start.
    """
    rows = tuple(
        (
            Cell(one.label, chart(one.indicator.indicator or ""), items=((_method(one), ""),)),
            Cell(_start(one, track, edition)),
            Cell(_target(one)),
            Cell(_measures(one) or _on_site(one, track, site)),
            Cell(uncapitalise(verdict_words(track))),
        )
        for one, track in zip(indicators, judged, strict=True)
    )
    columns = ("Indicateur", "Départ (T0)", "Cible", "Mesures", "Situation")
    return _filled(Table("Indicateurs d’évaluation", columns, rows))


def _start(one: Followed, track: Tracked, edition: str) -> str:
    """Return the fiche's own start, else the one that was frozen."""
    if one.indicator.baseline:
        return reading_told(one.indicator.baseline, one.unit)
    return start_words(track, edition)


def _method(followed: Followed) -> str:
    """Return what kind of indicator it is, how often it is measured, and by whom."""
    asked = followed.indicator
    frequency = f"fréquence{NBSP}: {uncapitalise(asked.frequency)}" if asked.frequency else ""
    told = (f"indicateur de {INDICATORS[asked.kind]}", frequency, asked.source)
    return " ; ".join(filter(None, told))


def _target(followed: Followed) -> str:
    target = followed.indicator.target
    return "" if target is None else measured(target, followed.unit)


def _measures(followed: Followed) -> str:
    later = followed.readings[1:] if followed.indicator.baseline else followed.readings
    return " ; ".join(reading_told(reading, followed.unit) for reading in later)


def _on_site(followed: Followed, track: Tracked, site: Callable[[str], str]) -> str:
    """Return the site's own figure of what a fiche follows in the same unit, else ""."""
    known = track.indicator
    return site(known.id) if known and followed.unit == known.unit else ""


def _filled(table: Table) -> Table:
    """Return a table whose empty cells say that they are."""
    rows = tuple(
        tuple(replace(cell, text=cell.text or NOTHING) for cell in row) for row in table.rows
    )
    return Table(table.caption, table.columns, rows)


def readings_table(followed: Followed) -> Table:
    """Return the measures of an indicator, oldest first, then its target."""
    rows = [
        (Cell(day(reading.date)), Cell(measured(reading.value, followed.unit), number=True))
        for reading in followed.readings
    ]
    if followed.indicator.target is not None:
        rows.append((Cell("Cible"), Cell(_target(followed), number=True)))
    return Table(followed.label, ("Date", "Valeur"), tuple(rows))
