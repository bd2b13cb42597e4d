"""The plan d'actions as a spreadsheet: fiches, indicators and budget, the same bytes each time.

Amounts and values are numbers, days are dates; everything else stays text, whatever it starts with.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePosixPath

import xlsxwriter

from ctgsite.diagnostic.evaluation import EvaluationRecord, Tracked
from ctgsite.diagnostic.followed import Followed
from ctgsite.diagnostic.plan import Plan, PlannedAction
from ctgsite.diagnostic.plan_budget import is_unassigned
from ctgsite.pages.evaluation_tables import verdict_words
from ctgsite.pages.model import Asset
from ctgsite.pages.plan_tables import REMAINDER, UNASSIGNED
from ctgsite.pages.words import DIRECTIONS, FUNDINGS, IMPORTANCES, INDICATORS, action_state

PATH = PurePosixPath("donnees") / "plan-actions.xlsx"
LONGEST = 32_767  # characters that a cell can hold

Value = str | float | Decimal | datetime.date | None
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its columns, each with its width, and its rows."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]


def plan_downloads(
    plan: Plan, evaluation: EvaluationRecord, created: datetime.datetime, notice: str = ""
) -> tuple[Asset, ...]:
    """Return the workbook of a plan that has fiches; `created` is the date that it states.

    A `notice` has a sheet of its own before the others.
    """
    if not plan.actions:
        return ()
    told = (Sheet("À lire", (("À lire avant le plan", 90),), ((notice,),)),) if notice else ()
    return (Asset(PATH, _workbook((*told, *plan_sheets(plan, evaluation)), created)),)


def plan_sheets(plan: Plan, evaluation: EvaluationRecord) -> tuple[Sheet, ...]:
    """Return the three sheets of a plan; the evaluation tells how its indicators stand."""
    return (_fiches(plan), _indicators(plan, evaluation), _budget(plan))


_FICHE_COLUMNS = (
    ("Identifiant", 18), ("Intitulé", 40), ("Axe", 30), ("Objectif stratégique", 30),
    ("Objectif opérationnel", 30), ("Thématique", 16), ("Constat", 40), ("Description", 40),
    ("Publics", 24), ("Communes", 20), ("Résultats attendus", 40), ("Pilote", 24),
    ("Référent", 24), ("Élu référent", 24), ("Partenaires", 30), ("Moyens", 30), ("Début", 12),
    ("Fin", 12), ("Continue", 10), ("Priorité", 12), ("Statut", 14), ("Retard (jours)", 12),
    ("Retard au", 12), ("Enjeux", 24), ("Indicateurs cités", 30), ("Paroles citées", 30),
    ("Fiches liées", 24), ("Budget total (€)", 16), ("Reste à charge (€)", 16),
    ("Mise à jour", 12),
)  # fmt: skip


def _fiches(plan: Plan) -> Sheet:
    return Sheet("Fiches", _FICHE_COLUMNS, tuple(_fiche(planned) for planned in plan.actions))


def _fiche(planned: PlannedAction) -> Row:
    action, place, late = planned.action, planned.place, planned.late
    budget = action.budget
    return (
        action.id, action.title, place.priority.title, place.objective.title,
        place.operational.title if place.operational else "", action.theme, action.context,
        action.text, _list(action.audiences), _list(action.communes), _list(action.results),
        action.lead, action.contact, action.elected, _list(action.partners), action.means,
        action.start, action.end, "oui" if action.continuous else "non",
        IMPORTANCES[action.importance] if action.importance else None,
        action_state(action.state) if action.state else None,
        late.days if late else None, late.as_of if late else None, _list(planned.stakes),
        _list(action.findings), _list(action.voices), _list(planned.linked),
        budget.total if budget else None, budget.remainder if budget else None, action.updated_on,
    )  # fmt: skip


_INDICATOR_COLUMNS = (
    ("Fiche", 18), ("Indicateur", 40), ("Indicateur du site", 24), ("Nature", 12), ("Unité", 12),
    ("Sens", 14), ("T0 : date", 12), ("T0 : valeur", 12), ("Cible", 12), ("Où en est-on", 24),
    ("Part du chemin", 12), ("Fréquence", 16), ("Source", 24),
)  # fmt: skip


def _indicators(plan: Plan, evaluation: EvaluationRecord) -> Sheet:
    """Return one row an indicator; its measures follow, two columns each."""
    found = [
        pair
        for planned in plan.actions
        for pair in zip(planned.followed, evaluation.tracked_of(planned.action.id), strict=True)
    ]
    most = max((len(_measures(one)) for one, _ in found), default=0)
    more = tuple(
        column
        for at in range(1, most + 1)
        for column in ((f"Mesure {at} : date", 12), (f"Mesure {at} : valeur", 12))
    )
    rows = (_indicator(one, track, most) for one, track in found)
    return Sheet("Indicateurs", (*_INDICATOR_COLUMNS, *more), tuple(rows))


def _indicator(followed: Followed, track: Tracked, most: int) -> Row:
    one, start = followed.indicator, track.start
    measures = [value for reading in _measures(followed) for value in reading]
    return (
        track.placed.action.id, followed.label, one.indicator, INDICATORS[one.kind], followed.unit,
        DIRECTIONS[track.direction] if track.direction else None,
        start.moment if start else None, start.value if start else None, one.target,
        verdict_words(track), track.outcome.share, one.frequency, one.source,
        *measures, *[None] * (2 * most - len(measures)),
    )  # fmt: skip


def _measures(followed: Followed) -> list[tuple[datetime.date, float]]:
    first = 1 if followed.indicator.baseline else 0
    return [(reading.date, reading.value) for reading in followed.readings[first:]]


_BUDGET_COLUMNS = (
    ("Axe", 40), ("Fiche", 18), ("Intitulé", 40), ("Financeur", 24), ("Type", 14),
    ("Financement", 14), ("Montant (€)", 16),
)  # fmt: skip


def _budget(plan: Plan) -> Sheet:
    """Return one row for each amount: the column adds up to the cost of the plan."""
    return Sheet("Budget", _BUDGET_COLUMNS, tuple(_amounts(plan.actions)))


def _amounts(actions: Iterable[PlannedAction]) -> Iterator[Row]:
    for planned in actions:
        budget = planned.action.budget
        if budget is None:
            continue
        about = (planned.axis.title, planned.action.id, planned.action.title)
        for funder in budget.funders:
            state = FUNDINGS[funder.state] if funder.state else None
            yield (*about, funder.name, funder.kind, state, funder.amount)
        if budget.remainder is not None:
            yield (*about, REMAINDER, None, None, budget.remainder)
        if is_unassigned(budget):
            yield (*about, UNASSIGNED, None, None, budget.total)


def _list(words: Sequence[str]) -> str:
    return " ; ".join(words)


def _workbook(sheets: Iterable[Sheet], created: datetime.datetime) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": created.replace(tzinfo=None)})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    dates = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top"})
    money = book.add_format({"num_format": "#,##0.00", "valign": "top"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for at, (title, width) in enumerate(sheet.columns):
            page.write_string(0, at, title, bold)
            page.set_column(at, at, width)
        for line, row in enumerate(sheet.rows, start=1):
            for at, value in enumerate(row):
                if isinstance(value, datetime.date):
                    page.write_datetime(line, at, value, dates)
                elif isinstance(value, Decimal):
                    page.write_number(line, at, float(value), money)
                elif isinstance(value, int | float):
                    page.write_number(line, at, value)
                elif value:
                    page.write_string(line, at, value[:LONGEST], plain)
        page.freeze_panes(1, 2)
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    book.close()
    return buffer.getvalue()
