"""Which levels a formula can reach, as the descriptions of its datasets tell.

A variable stands at the levels of the files that hold it, and above them by sums where it is
additive: IRIS add up to communes, communes to EPCI, départements, régions and France, départements
to régions and France. A formula reaches a level where every variable that it needs does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ctgsite.geography.areas import PLURALS, Level
from ctgsite.indicators.model import OFFICIAL_LEVELS, Formula, Kind, Term
from ctgsite.sources.descriptions import Description, Descriptions

Claims = Mapping[str, frozenset[str]]  # the levels that each indicator claims

_SUMMED = {
    "iris": frozenset(OFFICIAL_LEVELS),
    "commune": frozenset(OFFICIAL_LEVELS),
    "departement": frozenset({Level.DEPARTEMENT, Level.REGION, Level.FRANCE}),
}


def obstacle(formula: Formula, level: Level, datasets: Descriptions, claims: Claims) -> str:
    """Return what keeps a formula from a level, in French, or "" where it reaches it."""
    if formula.levels and level not in formula.levels:
        own = names_of(frozenset(map(Level, formula.levels)))
        return f"la formule de {formula.dataset} ne vaut que pour {own}"
    if formula.kind is Kind.INDICATEURS:
        lacking = (t.variable for t in formula.numerator if level not in claims[t.variable])
        return next((f"l’indicateur « {name} » ne l’annonce pas" for name in lacking), "")
    years = formula.years or (None,)
    found = [_obstacle_in(formula, level, year, datasets) for year in years]
    return "" if "" in found else found[0]


def _obstacle_in(formula: Formula, level: Level, year: str | None, datasets: Descriptions) -> str:
    for term in _needed(formula):
        dataset = term.dataset or formula.dataset
        reached = levels_of(datasets[dataset], term.variable, term.year or year)
        if level not in reached:
            return _told(dataset, datasets[dataset], term, reached, term.year or year)
    return ""


def levels_of(description: Description, variable: str, year: str | None) -> frozenset[Level]:
    """Return the levels at which a dataset can have a variable in a year (None: in any)."""
    additive = description.variables[variable].additive
    return frozenset(
        level
        for found in _published(description, variable, year)
        for level in (_SUMMED.get(found, frozenset()) if additive else ())
    ) | frozenset(map(Level, _published(description, variable, year) & set(OFFICIAL_LEVELS)))


def _published(description: Description, variable: str, year: str | None) -> set[str]:
    """Return the levels of the files that hold a variable in a year."""
    return {
        description.level_of(spec, variable)
        for spec in description.holding(variable)
        if any(year is None or group.has_year(year) for group in spec.groups_of(variable))
    }


def _needed(formula: Formula) -> Iterator[Term]:
    """Yield the terms without which there is no value; an effectif only serves the caution."""
    yield from formula.numerator
    if formula.kind is not Kind.PUBLIE:
        yield from formula.denominator


def _told(
    dataset: str, description: Description, term: Term, reached: frozenset[Level], year: str | None
) -> str:
    when = f" en {year}" if year else ""
    if not reached:
        return f"{dataset} n’a « {term.variable} »{when} à aucun niveau d’indicateur"
    alone = "" if description.variables[term.variable].additive else " et ne s’additionne pas"
    return f"« {term.variable} » de {dataset} n’existe que pour {names_of(reached)}{when}{alone}"


def names_of(levels: frozenset[Level]) -> str:
    """Return levels in words, the narrowest first: “les communes et les départements”."""
    names = [name for level, name in PLURALS.items() if level in levels]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} et {names[-1]}"
