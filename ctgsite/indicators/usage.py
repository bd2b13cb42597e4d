"""Rules of reading of the producers, held against the catalogue: who breaks one is refused.

The rules are stated once, with each dataset (`sources.usage`); an indicator that draws on a dataset
without a description, as tests do, has none to respect.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ctgsite.config.positions import Document, KeyPath
from ctgsite.errors import Problem
from ctgsite.indicators.entries import FormulaEntry, IndicatorEntry, ThemeFile
from ctgsite.indicators.model import Term
from ctgsite.indicators.terms import parse_terms
from ctgsite.sources.census import overlap
from ctgsite.sources.descriptions import Descriptions, load_descriptions
from ctgsite.sources.usage import Usage

Rule = Callable[[IndicatorEntry, FormulaEntry, Usage], Iterator[str]]

FEWEST_YEARS = 3  # of events in a rate: chance alone moves those of one year


def usage_problems(
    document: Document, found: ThemeFile, descriptions: Descriptions | None = None
) -> Iterator[Problem]:
    """Find where one theme's file breaks a rule of reading, each problem at its indicator."""
    known = load_descriptions() if descriptions is None else descriptions
    for place, entry in enumerate(found.indicators):
        path: KeyPath = ("indicateurs", place)
        told = (
            f"« {entry.id} » : {message} (règle de lecture de {formula.source})"
            for formula in entry.formulas
            if formula.source in known
            for rule in _RULES
            for message in rule(entry, formula, known[formula.source].usage)
        )
        for message in dict.fromkeys(told):
            yield document.problem(message, path)
        yield from _series_problems(document, entry, path, known)
    yield from _group_problems(document, found, known)


def _sentences(entry: IndicatorEntry) -> tuple[str, ...]:
    """Return what pages say of an indicator besides its limits."""
    heads = entry.finding
    return (entry.label, entry.reading, heads.more, heads.less, heads.close, heads.plain)


def _wording(entry: IndicatorEntry, _: FormulaEntry, usage: Usage) -> Iterator[str]:
    if usage.names.casefold() not in entry.reading.casefold():
        yield f"« lecture » doit dire « {usage.names} »"
    for word in usage.recalls:
        if word not in entry.limits:
            yield f"« limites » doit rappeler « {word} »"
    for text in _sentences(entry):
        for word, companion in usage.companions.items():
            if word in text.casefold() and companion not in text:
                yield f"« {text} » dit « {word} » sans « {companion} »"
        for word in usage.avoided:
            if word in f"{text} {entry.definition}".casefold():
                yield f"ne se lit jamais « {word} »"


def _claims(entry: IndicatorEntry, _: FormulaEntry, usage: Usage) -> Iterator[str]:
    if usage.unit and entry.unit != usage.unit:
        yield f"« unite » doit être « {usage.unit} »"
    if entry.ranked and not usage.ranked:
        yield "rien ne se classe : attendu « classement: false »"
    if entry.highlight and not usage.highlight:
        yield "attendu « point_saillant: false »"
    if entry.minimum_difference < usage.minimum_difference:
        yield f"« ecart_minimal » doit valoir {usage.minimum_difference:g} au moins"


def _formula(_: IndicatorEntry, formula: FormulaEntry, usage: Usage) -> Iterator[str]:
    for term in _terms(formula):
        if term.sign < 0 and term.variable in usage.never_subtracted:
            yield f"« {term.variable} » ne se soustrait pas"
    if usage.rolling and formula.kind == "taux_annuel":
        last, first = (_first_year(text) for text in (formula.numerator, formula.denominator))
        if first and last and overlap(first, last):
            yield f"les enquêtes des millésimes {first} et {last} se recouvrent"


def _events(entry: IndicatorEntry, formula: FormulaEntry, usage: Usage) -> Iterator[str]:
    names = {term.variable for term in _terms(formula)}
    for mention in usage.mentions:
        told = not formula.years or mention.year in formula.years
        if told and names & set(mention.variables) and mention.word not in formula.note:
            yield f"la note de la formule de {mention.year} doit dire « {mention.word} »"
    if not names & set(usage.events) or formula.period >= FEWEST_YEARS:
        return
    if formula.kind != "somme":
        yield f"un taux d’événements est une moyenne de {FEWEST_YEARS} ans au moins"
    elif entry.highlight:
        yield "les événements d’une seule année n’ont pas de « point_saillant »"


_RULES: tuple[Rule, ...] = (_wording, _claims, _formula, _events)


def _series_problems(
    document: Document, entry: IndicatorEntry, path: KeyPath, known: Descriptions
) -> Iterator[Problem]:
    """Find an indicator whose formulas draw on series that have not the same reference."""
    for source, names in _variables([entry]).items():
        if source in known and _lists_met(names, known[source].usage.apart) > 1:
            message = f"« {entry.id} » mêle des séries de références différentes ({source})"
            yield document.problem(message, path)


def _group_problems(document: Document, found: ThemeFile, known: Descriptions) -> Iterator[Problem]:
    """Find a composition that stacks a total with its parts, or the parts of two wholes."""
    groups: dict[str, list[IndicatorEntry]] = {}
    for entry in found.indicators:
        if entry.group:
            groups.setdefault(entry.group, []).append(entry)
    for group, entries in groups.items():
        for source, names in _variables(entries).items():
            wholes = known[source].usage.wholes if source in known else ()
            if wholes and not any(names <= set(parts) for parts in wholes):
                place = found.indicators.index(entries[0])
                message = f"le groupe « {group} » n’empile pas les parts d’un seul tout ({source})"
                yield document.problem(message, ("indicateurs", place))


def _variables(entries: Iterable[IndicatorEntry]) -> dict[str, set[str]]:
    """Return the variables of the numerators, by source."""
    found: dict[str, set[str]] = {}
    for entry in entries:
        for formula in entry.formulas:
            names = {term.variable for term in _readable(formula.numerator)}
            found.setdefault(formula.source, set()).update(names)
    return found


def _lists_met(names: set[str], lists: Sequence[Sequence[str]]) -> int:
    return sum(1 for parts in lists if names & set(parts))


def _terms(formula: FormulaEntry) -> tuple[Term, ...]:
    texts = (formula.numerator, formula.denominator)
    return tuple(term for text in texts for term in _readable(text))


def _readable(text: str) -> tuple[Term, ...]:
    """Return the terms of a sum; none where it cannot be read, which is told elsewhere."""
    try:
        return parse_terms(text)
    except ValueError:
        return ()


def _first_year(text: str) -> int | None:
    years = [int(term.year[-4:]) for term in _readable(text) if term.year]
    return years[0] if years else None
