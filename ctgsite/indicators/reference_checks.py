"""What a sum of indicators must satisfy: terms that exist, one unit, a common year, no cycle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.spelling import suggestion
from ctgsite.errors import Problem
from ctgsite.indicators.entries import IndicatorEntry
from ctgsite.indicators.formulas import meeting
from ctgsite.indicators.model import Formula, Kind
from ctgsite.indicators.order import added_by, cycles


@dataclass(frozen=True, slots=True)
class Written:
    """An entry, where it stands, and its formulas (None where one cannot be read)."""

    document: Document
    path: KeyPath
    entry: IndicatorEntry
    formulas: tuple[Formula | None, ...]

    @property
    def readable(self) -> tuple[Formula, ...]:
        """The formulas that can be read."""
        return tuple(formula for formula in self.formulas if formula is not None)

    def numerator(self, number: int) -> KeyPath:
        """Return the path of what a formula adds."""
        return (*self.path, "formules", number, "numerateur")


def reference_problems(written: Mapping[str, Written]) -> Iterator[Problem]:
    """Find what is wrong with the sums of indicators of the whole catalogue."""
    for found in written.values():
        for number, formula in enumerate(found.formulas):
            if formula is not None and formula.kind is Kind.INDICATEURS:
                for message in _faults(found, formula, written):
                    yield found.document.problem(message, found.numerator(number))
    graph = {
        name: tuple(other for other in added_by(found.readable) if other in written)
        for name, found in written.items()
    }
    for path in cycles(graph):
        yield _cycle_problem(path, written)


def _faults(found: Written, formula: Formula, written: Mapping[str, Written]) -> Iterator[str]:
    for term in formula.numerator:
        if term.year or term.dataset:
            yield f"« {term.variable} » est un indicateur : ni source, ni année dans ce calcul"
        if term.variable not in written:
            near = suggestion(term.variable, written)
            yield f"indicateur inconnu « {term.variable} »{near}"
        elif (unit := written[term.variable].entry.unit) != found.entry.unit:
            yield f"« {term.variable} » est en « {unit} », et non en « {found.entry.unit} »"
    added = [written[t.variable].readable for t in formula.numerator if t.variable in written]
    if all(added) and not any(meeting(formula.years, added)):
        yield "ces indicateurs n’ont aucune année en commun"


def _cycle_problem(path: tuple[str, ...], written: Mapping[str, Written]) -> Problem:
    found = written[path[0]]
    numbers = (
        number
        for number, formula in enumerate(found.formulas)
        if formula is not None and path[1] in added_by((formula,))
    )
    message = f"cycle entre indicateurs : {' → '.join(path)}"
    return found.document.problem(message, found.numerator(next(numbers)))
