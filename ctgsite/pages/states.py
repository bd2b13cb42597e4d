"""The progress of the plan in words, as a table and as a chart: how many fiches in each state."""

from __future__ import annotations

from collections.abc import Sequence

from ctgsite.diagnostic.evaluation import AxisProgress
from ctgsite.pages.blocks import Block, Passage
from ctgsite.pages.charts import as_json
from ctgsite.pages.charts.states import states_chart
from ctgsite.pages.french import capitalise, sentence
from ctgsite.pages.tables import Cell, Table
from ctgsite.pages.words import ACTION_STATES, told_states

SOURCE = "Fiches actions de la convention"


def states_block(axes: Sequence[AxisProgress]) -> Block | None:
    """Return the figure of the progress, None where no fiche tells its state."""
    shown = [axis for axis in axes if axis.actions]
    if not any(placed.action.state for axis in shown for placed in axis.actions):
        return None
    rows = [(axis.priority.title, [axis.count(state) for state in ACTION_STATES]) for axis in shown]
    names = [capitalise(several) for _, several in ACTION_STATES.values()]
    return Block(
        id="avancement-par-axe",
        heading=_heading(shown),
        name="État des fiches actions, par axe",
        chart=as_json(states_chart(list(ACTION_STATES), names, rows)),
        passages=(Passage((sentence(_told(shown)),)),),
        table=_table(names, rows),
        sources=(SOURCE,),
        method="",
    )


def _heading(axes: Sequence[AxisProgress]) -> str:
    total = sum(len(axis.actions) for axis in axes)
    done = sum(axis.count("realisee") for axis in axes)
    current = sum(axis.count("en_cours") for axis in axes)
    under_way = f"{current} {'est' if current < 2 else 'sont'} en cours"
    if not done:
        return f"Aucune fiche n’est encore réalisée, {under_way}"
    noun, verb = ("fiche", "est réalisée") if done < 2 else ("fiches", "sont réalisées")
    return f"{done} {noun} sur {total} {verb}, {under_way}"


def _told(axes: Sequence[AxisProgress]) -> str:
    states = told_states(state for axis in axes for state in axis.states)
    if len(axes) == 1:
        return f"l’axe compte {states}"
    return f"les {len(axes)} axes comptent {states}"


def _table(names: Sequence[str], rows: Sequence[tuple[str, Sequence[int]]]) -> Table:
    body = [
        (Cell(name), *(Cell(str(n), number=True) for n in (*counts, sum(counts))))
        for name, counts in rows
    ]
    if len(rows) > 1:
        sums = [sum(column) for column in zip(*(counts for _, counts in rows), strict=True)]
        whole = (*sums, sum(sums))
        body.append((Cell("Ensemble"), *(Cell(str(number), number=True) for number in whole)))
    return Table("Nombre de fiches actions", ("Axe", *names, "Total"), tuple(body))
