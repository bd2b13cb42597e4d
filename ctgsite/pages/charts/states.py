"""States: how many fiches of each axe are to come, under way, done; one stacked bar an axe."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from ctgsite.config.plan import ActionState
from ctgsite.pages.charts.action_states import ink, marker
from ctgsite.pages.charts.base import Chart
from ctgsite.pages.charts.stacked import Look, Part, stacked_chart

LONGEST_LABEL = 40  # characters, of what a phone has room for

Counts = Sequence[tuple[str, Sequence[int]]]  # an axe, and its fiches in each state


def states_chart(states: Sequence[ActionState | None], names: Sequence[str], rows: Counts) -> Chart:
    """Return the stacked bars of axes; a state that no fiche has is left out.

    Args:
        states: in the order of the bars.
        names: what each is called.
        rows: each axe with its number of fiches in each state.
    """
    parts = []
    for at, (state, name) in enumerate(zip(states, names, strict=True)):
        numbers = [counts[at] for _, counts in rows]
        look = Look(marker(*(state for _ in rows)), ink(state))
        if any(numbers):
            told = [str(number) for number in numbers]
            parts.append(Part(name, numbers, told, [n if n != "0" else "" for n in told], look))
    axes = [name for name, _ in rows]
    short = [shorten(name, LONGEST_LABEL, placeholder="…") for name in axes]
    return stacked_chart(short, parts, rows=axes)
