"""A territory's own indicators: entries with fewer keys than the catalogue's, made its equals.

What they leave out has a default; formulas are held to the catalogue's rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ctgsite.config.local_entries import LocalIndicator
from ctgsite.config.local_figures import LocalFigures
from ctgsite.config.positions import KeyPath
from ctgsite.errors import ConfigError, Problem
from ctgsite.geography.areas import Level
from ctgsite.indicators.catalogue import indicator
from ctgsite.indicators.checks import formula_problems
from ctgsite.indicators.citations import described
from ctgsite.indicators.entries import (
    ClaimedLevel,
    EntryKind,
    FindingEntry,
    FormulaEntry,
    IndicatorEntry,
)
from ctgsite.indicators.model import Indicator, Term
from ctgsite.indicators.terms import parse_terms
from ctgsite.sources.addresses import ANY_YEAR
from ctgsite.sources.descriptions import Description, Descriptions
from ctgsite.sources.local_figures import NO_LINE, dataset_of
from ctgsite.sources.local_masks import Sum

ELSEWHERE = "Ce chiffre est propre au territoire : il n’existe pas ailleurs."
NOT_ADDED = "Ce chiffre ne s’additionne pas d’une commune à l’autre."
LIMITS = "Ce chiffre vient d’un relevé local : rien ne le compare à d’autres territoires."
UNASKED = "…"  # `IndicatorEntry` wants a question; none is made up for a territory


def local_indicators(
    figures: LocalFigures, level: Level, datasets: Descriptions
) -> tuple[Indicator, ...]:
    """Return the indicators of a file.

    Args:
        figures: the file, with its description.
        level: the level of the territory.
        datasets: the descriptions of all datasets, that of this file included.

    Raises:
        ConfigError: formulas cannot be computed, each problem at its place in the description.
    """
    problems = [
        problem
        for place, entry in enumerate(figures.about.indicators)
        for problem in _problems(figures, ("indicateurs", place), entry, datasets)
    ]
    if problems:
        raise ConfigError(problems)
    return tuple(_indicator(figures, one, level, datasets) for one in figures.about.indicators)


def published_sums(figures: LocalFigures) -> tuple[Sum, ...]:
    """Return the sums of the file's own variables that its indicators publish.

    Raises:
        ConfigError: where counts are protected, one that cannot be.
    """
    own = dataset_of(figures.name)
    found: list[Sum] = []
    problems = []
    for place, entry in enumerate(figures.about.indicators):
        for key, text in (("numerateur", entry.numerator), ("denominateur", entry.denominator)):
            terms = [term for term in parse_terms(text) if term.dataset in (None, own)]
            one = Sum(tuple((term.variable, term.sign) for term in terms))
            if len(terms) < 2:
                continue
            if figures.about.threshold is not None and not one.can_be_protected:
                message = (
                    "avec « seuil », un indicateur est une somme, ou un tout moins ses parties : "
                    f"« {text} » ne peut pas être protégé"
                )
                path: KeyPath = ("indicateurs", place, key)
                problems.append(figures.document.problem(message, path))
            found.append(one)
    if problems:
        raise ConfigError(problems)
    return tuple(dict.fromkeys(found))


def foreign_terms(indicators: tuple[Indicator, ...]) -> tuple[Term, ...]:
    """Return the open-data variables that local indicators read."""
    return tuple(
        dict.fromkeys(
            term
            for found in indicators
            for formula in found.formulas
            for term in (*formula.numerator, *formula.denominator)
            if term.dataset not in (None, formula.dataset)
        )
    )


def _problems(
    figures: LocalFigures, path: KeyPath, entry: LocalIndicator, datasets: Descriptions
) -> Iterator[Problem]:
    dated = tuple(_year_problems(figures, path, entry, datasets))
    formula = _formula(figures, entry, datasets)
    yield from dated or formula_problems(figures.document, formula, path, datasets)


def _year_problems(
    figures: LocalFigures, path: KeyPath, entry: LocalIndicator, datasets: Descriptions
) -> Iterator[Problem]:
    """Find the open-data variables that do not exist in the years asked for."""
    years = sorted({row.year for row in figures.rows})
    for key, text in (("numerateur", entry.numerator), ("denominateur", entry.denominator)):
        for term in _readable(text):
            source = datasets.get(term.dataset or "")
            if source is None or term.variable not in source.variables:
                continue
            if told := _without_year(term, source, years):
                yield figures.document.problem(told, (*path, key))


def _without_year(term: Term, source: Description, years: Sequence[str]) -> str:
    """Say why an open-data variable has no figure in the years asked for, and which it has."""
    groups = [g for spec in source.holding(term.variable) for g in spec.groups_of(term.variable)]
    asked = (term.year,) if term.year else years
    lacking = [year for year in asked if not any(group.has_year(year) for group in groups)]
    known = sorted({group.year for group in groups if ANY_YEAR not in group.year})
    if not lacking or not known or source.variables[term.variable].lasting:
        return ""
    return (
        f"« {term.variable} » de {source.id} n’existe pas en {lacking[0]} : écrivez "
        f"« {source.id}:{term.variable}@{known[-1]} »"
    )


def _formula(figures: LocalFigures, entry: LocalIndicator, datasets: Descriptions) -> FormulaEntry:
    published = not all(
        figures.about.variables[term.variable].additive
        for term in _readable(entry.numerator)
        if term.variable in figures.about.variables
    )
    kind: EntryKind = "rapport" if entry.denominator else "somme"
    return FormulaEntry(
        source=dataset_of(figures.name),
        calcul="publie" if published else kind,
        numerateur=entry.numerator,
        denominateur=entry.denominator,
        facteur=entry.scale,
        note=entry.note or _note(entry, datasets),
    )


def _note(entry: LocalIndicator, datasets: Descriptions) -> str:
    """Tell which open data, of which year, the file's counts are set against."""
    told: dict[str, None] = {}
    for term in _readable(entry.denominator):
        source = datasets.get(term.dataset or "")
        if source is not None and term.variable in source.variables:
            label = source.variables[term.variable].label
            when = term.year or "la même année"
            told[f"{label}, {when} ({source.producer}, {source.title})"] = None
    return f"rapporté à : {' ; '.join(told)}" if told else ""


def _readable(text: str) -> tuple[Term, ...]:
    try:
        return parse_terms(text)
    except ValueError:  # told at its place by `formula_problems`
        return ()


def _indicator(
    figures: LocalFigures, entry: LocalIndicator, level: Level, datasets: Descriptions
) -> Indicator:
    formula = _formula(figures, entry, datasets)
    found = indicator(_entry(figures, entry, formula, _levels(level, formula)), entry.theme)
    return replace(
        described(found, datasets),
        local=True,
        question=entry.question,
        small_counts=_small_counts(figures.about.threshold),
        absences=tuple(_absences(level)),
    )


def _levels(territory: Level, formula: FormulaEntry) -> tuple[ClaimedLevel, ...]:
    """Return where an indicator has figures, a groupe's own level not counted."""
    if formula.kind == "publie":
        return ("commune",)
    if territory is Level.EPCI:
        return ("commune", "epci")
    return ("commune", "departement") if territory is Level.DEPARTEMENT else ("commune",)


def _entry(
    figures: LocalFigures,
    entry: LocalIndicator,
    formula: FormulaEntry,
    levels: tuple[ClaimedLevel, ...],
) -> IndicatorEntry:
    """Return the entry as the catalogue would write it, in full."""
    label = entry.label
    headings = entry.finding
    finding = FindingEntry(
        plus=headings.more if headings else f"{label} : davantage que {{reference}}",
        moins=headings.less if headings else f"{label} : moins que {{reference}}",
        proche=headings.close if headings else f"{label} : autant que {{reference}}",
        neutre=headings.plain if headings else label,
    )
    count = formula.kind == "somme"
    return IndicatorEntry(
        id=entry.id,
        libelle=label,
        definition=entry.definition or f"{label}, d’après « {figures.about.title} ».",
        unite=entry.unit,
        niveaux=levels,
        sens=entry.direction,
        precision=(0 if count else 1) if entry.precision is None else entry.precision,
        seuil_prudence=entry.caution_threshold,
        graphique=entry.form,
        lecture=entry.reading,
        constat=finding,
        compte=entry.counted,
        formules=(formula,),
        limites=entry.limits or LIMITS,
        question=entry.question or UNASKED,
        synonymes=(*entry.synonyms, label, figures.about.title),
    )


def _small_counts(threshold: int | None) -> str:
    if threshold is None:
        return ""
    return (
        f"tout effectif inférieur à {threshold}, zéro mis à part, est secret, et d’autres avec lui "
        "pour que nul ne le retrouve par soustraction"
    )


def _absences(territory: Level) -> Iterator[tuple[str, str]]:
    """Yield why there is no figure, level by level."""
    for level in Level:
        if level is Level.COMMUNE:
            yield level, f"{NO_LINE[0].upper()}{NO_LINE[1:]}."
        elif level is territory:
            yield level, NOT_ADDED
        else:
            yield level, ELSEWHERE
