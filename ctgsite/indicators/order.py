"""The order in which indicators are computed: those that a sum of indicators adds come first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from ctgsite.indicators.model import Formula, Kind

Graph = Mapping[str, tuple[str, ...]]  # the ids that each indicator adds


def added_by(formulas: Iterable[Formula]) -> tuple[str, ...]:
    """Return the ids of the indicators that some formulas add."""
    return tuple(
        term.variable
        for formula in formulas
        if formula.kind is Kind.INDICATEURS
        for term in formula.numerator
    )


def in_order(graph: Graph) -> tuple[str, ...]:
    """Return the ids, each after those that it adds.

    Raises:
        CycleError: an indicator adds itself, through others or not; see `cycles`.
    """
    return tuple(TopologicalSorter(graph).static_order())


def cycles(graph: Graph) -> Iterator[tuple[str, ...]]:
    """Yield the cycles, each as the path that leads from an id back to it."""
    left = dict(graph)
    while True:
        try:
            in_order(left)
        except CycleError as error:
            path = tuple(reversed(error.args[1]))
            yield path
            left = {name: () if name in path else added for name, added in left.items()}
        else:
            return
