"""The tables of a plan d'actions: budgets, calendars, milestones and evaluation indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from ctgsite.config.plan import Action, Budget
from ctgsite.diagnostic.evaluation import Tracked
from ctgsite.diagnostic.plan import PlannedAction
from ctgsite.diagnostic.plan_budget import BudgetSum, PlanBudget, is_unassigned
from ctgsite.diagnostic.progress import Progress
from ctgsite.diagnostic.targets import Progress as Verdict
from ctgsite.pages.evaluation_tables import start_words, verdict_words
from ctgsite.pages.french import NBSP, uncapitalise
from ctgsite.pages.plan_words import (
    FUNDINGS,
    KINDS,
    STATES,
    euros,
    measured,
    progress_words,
    reading_told,
    short_lateness,
)
from ctgsite.pages.tables import Cell, Table
from ctgsite.pages.templates import day

NOTHING = "–"
UNKNOWN = "à compléter"
REMAINDER = "Reste à charge"
UNASSIGNED = "Financement à préciser"


def budget_table(budget: Budget) -> Table:
    """Return who pays for one fiche; its rows add up to the last."""
    rows = [
        (funder.name, funder.amount, FUNDINGS.get(funder.state or "", "non précisé"))
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
            Cell(STATES.get(planned.action.state or "", UNKNOWN)),
            Cell(day(planned.action.start) if planned.action.start else UNKNOWN),
            Cell(_end(planned.action)),
            Cell(short_lateness(planned.late) if planned.late else NOTHING),
        )
        for planned in actions
    )
    return Table(caption, ("Action", "Statut", "Début", "Fin", "Retard"), rows)


def _end(action: Action) -> str:
    if action.continuous:
        return "en continu"
    return day(action.end) if action.end else UNKNOWN


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
    progress: Sequence[Progress],
    chart: Callable[[str], str],
    site: Callable[[str], str],
    tracked: Sequence[Tracked] = (),
    edition: str = "",
) -> Table:
    """Return the evaluation indicators of a fiche.

    Args:
        progress: the indicators, and where they stand.
        chart: the published address of the chart of an indicator of the site, "" for none.
        site: the site's own latest figure of an indicator, "" for none.
        tracked: the same indicators as the evaluation judges them; none without an evaluation.
        edition: the title of the edition from which they may take their start.
    """
    judged = tracked or (None,) * len(progress)
    rows = tuple(
        (
            Cell(one.label, chart(one.indicator.indicator or ""), items=((_method(one), ""),)),
            Cell(_start(one, track, edition)),
            Cell(_target(one)),
            Cell(_measures(one) or site(one.indicator.indicator or "")),
            Cell(_standing(one, track)),
        )
        for one, track in zip(progress, judged, strict=True)
    )
    columns = ("Indicateur", "Départ (T0)", "Cible", "Mesures", "Situation")
    return _filled(Table("Indicateurs d’évaluation", columns, rows))


def _start(progress: Progress, tracked: Tracked | None, edition: str) -> str:
    """Return the fiche's own start, else the one that was frozen."""
    if progress.indicator.baseline:
        return reading_told(progress.indicator.baseline, progress.unit)
    return start_words(tracked, edition) if tracked else ""


def _standing(progress: Progress, tracked: Tracked | None) -> str:
    """Return what the evaluation says, and how much of the way is done; else the latter alone."""
    words = progress_words(progress)
    if tracked is None:
        return words
    told = uncapitalise(verdict_words(tracked))
    on_its_way = tracked.outcome.progress is Verdict.ON_TRACK and progress.share is not None
    return f"{told} ({words})" if on_its_way else told


def _method(progress: Progress) -> str:
    """Return what kind of indicator it is, how often it is measured, and by whom."""
    one = progress.indicator
    frequency = f"fréquence{NBSP}: {uncapitalise(one.frequency)}" if one.frequency else ""
    told = (f"indicateur de {KINDS[one.kind]}", frequency, one.source)
    return " ; ".join(filter(None, told))


def _target(progress: Progress) -> str:
    target = progress.indicator.target
    return "" if target is None else measured(target, progress.unit)


def _measures(progress: Progress) -> str:
    later = progress.readings[1:] if progress.indicator.baseline else progress.readings
    return " ; ".join(reading_told(reading, progress.unit) for reading in later)


def _filled(table: Table) -> Table:
    """Return a table whose empty cells say that they are."""
    rows = tuple(
        tuple(replace(cell, text=cell.text or NOTHING) for cell in row) for row in table.rows
    )
    return Table(table.caption, table.columns, rows)


def readings_table(progress: Progress) -> Table:
    """Return the measures of an indicator, oldest first, then its target."""
    rows = [
        (Cell(day(reading.date)), Cell(measured(reading.value, progress.unit), number=True))
        for reading in progress.readings
    ]
    if progress.indicator.target is not None:
        rows.append((Cell("Cible"), Cell(_target(progress), number=True)))
    return Table(progress.label, ("Date", "Valeur"), tuple(rows))
