"""Like with like inside a formula: which years and editions its terms may come from.

The rule, for sums, ratios and published figures:

- every term is of the measure's own year. One that is dated otherwise (``PMUN@2021``) is of the
  single year that the formula computes, or is described as lasting (``permanent: true``: an area's
  surface), or is told: the formula's ``note``, which every value carries, names its year;
- all terms come from one edition of one dataset. Two datasets, or two editions that bear the same
  year (a census over tax files of 2018), do not describe the same day nor the same people: the
  formula's ``note`` must say what is set against what. This also holds a quarter's population to
  the population of the same file, on the perimeter of that file.

A change (``taux_annuel``, ``solde_annuel``) compares two years by design: both ends are then one
variable of one dataset, the years are the ends of the period computed, and ``duree`` is its length.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ctgsite.indicators.model import Formula, Kind, Term
from ctgsite.sources.descriptions import Descriptions

Fault = tuple[str, str]  # the key at fault, and what is wrong with it

_EXPLOITATIONS = {"P_", "C_"}
_CHANGES = (Kind.TAUX_ANNUEL, Kind.SOLDE_ANNUEL)


def likeness_faults(formula: Formula, datasets: Descriptions | None) -> Iterator[Fault]:
    """Find what a formula mixes; `datasets`, where they are known, tell years and editions."""
    terms = (*formula.numerator, *formula.denominator)
    if {term.variable[:2] for term in terms} >= _EXPLOITATIONS:
        message = "un rapport ne mélange pas les exploitations principale (P_) et complémentaire"
        yield "numerateur", f"{message} (C_) du recensement"
    yield from _period_faults(formula)
    if datasets is None:
        return
    if formula.kind in _CHANGES:
        yield from _change_faults(formula)
    else:
        faults = tuple(_year_faults(formula, datasets))
        yield from faults or _edition_faults(formula, datasets)


def _period_faults(formula: Formula) -> Iterator[Fault]:
    """Hold `duree` to the period that `annees` names."""
    if formula.kind not in _CHANGES and formula.period == 1:
        return
    first, dash, last = "".join(formula.years).partition("-")
    if len(formula.years) != 1 or not dash:
        yield "annees", 'une évolution porte sur une période : attendu « annees: ["2013-2018"] »'
    elif int(last) - int(first) != formula.period:
        told = f"de {first} à {last}, il y a {int(last) - int(first)} ans"
        yield "duree", f"« duree » ne correspond pas à « annees » : {told}"


def _change_faults(formula: Formula) -> Iterator[Fault]:
    """Hold the two ends of a change to one variable, and to the ends of the period."""
    ends = formula.denominator
    if formula.kind is Kind.TAUX_ANNUEL:
        ends = (*formula.numerator, *formula.denominator)
    if len({(term.dataset or formula.dataset, term.variable) for term in ends}) > 1:
        yield "denominateur", "une évolution compare une seule variable d’un seul jeu de données"
    years = {term.year or "" for term in ends}
    if years != set("".join(formula.years).split("-")):
        yield "denominateur", "les années des termes ne sont pas celles de « annees »"


def _year_faults(formula: Formula, datasets: Descriptions) -> Iterator[Fault]:
    for key, term in _keyed(formula):
        year = term.year
        if year is None or formula.years == (year,) or _lasting(formula, term, datasets):
            continue
        if year not in formula.note:
            message = f"« {term.variable}@{year} » n’est pas de l’année de la mesure : dites-le"
            lasting = "ou décrivez la variable comme « permanent: true »"
            yield key, f"{message} dans « note » (avec {year}), {lasting}"


def _edition_faults(formula: Formula, datasets: Descriptions) -> Iterator[Fault]:
    """Hold the terms of each year to one edition, unless the formula's note tells."""
    if formula.note:
        return
    terms = [pair for pair in _keyed(formula) if not _lasting(formula, pair[1], datasets)]
    years = formula.years or _years_in_common(formula, [term for _, term in terms], datasets)
    if not years:
        yield "numerateur", "les termes n’ont aucune année en commun"
    for year in years:
        shared: set[tuple[str, str]] | None = None
        for key, term in terms:
            found = _editions(formula, term, year, datasets)
            if not found:
                yield key, f"« {term.variable} » n’existe pas en {term.year or year}"
                return
            if shared is not None and not shared & found:
                told = " et ".join(sorted({_told(shared), _told(found)}))
                yield key, f"les termes viennent d’éditions différentes ({told}) : « note » le dit"
                return
            shared = found if shared is None else shared & found


def _told(editions: set[tuple[str, str]]) -> str:
    return ", ".join(f"{dataset} {vintage}".strip() for dataset, vintage in sorted(editions))


def _keyed(formula: Formula) -> Iterator[tuple[str, Term]]:
    yield from (("numerateur", term) for term in formula.numerator)
    yield from (("denominateur", term) for term in formula.denominator)


def _lasting(formula: Formula, term: Term, datasets: Descriptions) -> bool:
    return datasets[term.dataset or formula.dataset].variables[term.variable].lasting


def _years_in_common(
    formula: Formula, terms: Sequence[Term], datasets: Descriptions
) -> tuple[str, ...]:
    """Return the years that descriptions give to a term and that all may have."""
    written = (
        group.year
        for term in terms
        for spec in datasets[term.dataset or formula.dataset].holding(term.variable)
        for group in spec.groups_of(term.variable)
    )
    return tuple(
        year
        for year in dict.fromkeys(written)
        if all(_editions(formula, term, year, datasets) for term in terms)
    )


def _editions(
    formula: Formula, term: Term, year: str, datasets: Descriptions
) -> set[tuple[str, str]]:
    """Return the dataset and editions that hold a variable in a year."""
    dataset, asked = term.dataset or formula.dataset, term.year or year
    return {
        (dataset, group.edition(asked))
        for spec in datasets[dataset].holding(term.variable)
        for group in spec.groups_of(term.variable)
        if group.has_year(asked)
    }
