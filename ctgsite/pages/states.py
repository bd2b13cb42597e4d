"""The progress of the plan in words, as a table and as a chart: how many fiches in each state."""

from __future__ import annotations

from collections.abc import Sequence

from ctgsite.config.plan import ActionState
from ctgsite.diagnostic.evaluation import AxisProgress
from ctgsite.pages.blocks import Block, Passage
from ctgsite.pages.charts import as_json
from ctgsite.pages.charts.states import states_chart
from ctgsite.pages.french import counted, listing, sentence
from ctgsite.pages.tables import Cell, Table

# A state, what its column is called, and what one and several fiches are said to be.
STATES: tuple[tuple[ActionState | None, str, str, str], ...] = (
    ("realisee", "Réalisées", "réalisée", "réalisées"),
    ("en_cours", "En cours", "en cours", "en cours"),
    ("a_venir", "À venir", "à venir", "à venir"),
    ("en_pause", "En pause", "en pause", "en pause"),
    ("abandonnee", "Abandonnées", "abandonnée", "abandonnées"),
    (None, "État non renseigné", "sans état renseigné", "sans état renseigné"),
)
SOURCE = "Fiches actions de la convention"


def states_block(axes: Sequence[AxisProgress]) -> Block | None:
    """Return the figure of the progress, None where no fiche tells its state."""
    shown = [axis for axis in axes if axis.actions]
    if not any(placed.action.state for axis in shown for placed in axis.actions):
        return None
    rows = [(axis.priority.title, [axis.count(state) for state, *_ in STATES]) for axis in shown]
    names = [name for _, name, _, _ in STATES]
    return Block(
        id="avancement-par-axe",
        heading=_heading(shown),
        name="État des fiches actions, par axe",
        chart=as_json(states_chart(names, rows)),
        passages=(Passage((sentence(_told(shown)),)),),
        table=_table(names, rows),
        sources=(SOURCE,),
        method="",
    )


def states_sentence(axis: AxisProgress) -> str:
    """Return “4 fiches actions : 1 réalisée et 3 en cours.”, or "" where there is none."""
    return sentence(_counts([axis])) if axis.actions else ""


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
    if len(axes) == 1:
        return f"l’axe compte {_counts(axes)}"
    return f"les {len(axes)} axes comptent {_counts(axes)}"


def _counts(axes: Sequence[AxisProgress]) -> str:
    total = sum(len(axis.actions) for axis in axes)
    found = [(sum(a.count(state) for a in axes), one, many) for state, _, one, many in STATES]
    told = listing(
        f"{number} {one if number < 2 else many}" for number, one, many in found if number
    )
    return f"{counted(total, 'fiche action', 'fiches actions')} : {told}"


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
