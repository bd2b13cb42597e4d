"""What a catalogue must satisfy beyond its keys: names that exist, formulas that make sense.

Everything is told at its place in the catalogue's files, before any figure is read. What a formula
may mix stands in `likeness`, the levels that it can reach in `reach`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.spelling import suggestion
from ctgsite.errors import Problem
from ctgsite.geography.areas import Level
from ctgsite.indicators.entries import FormulaEntry, IndicatorEntry, ThemeFile
from ctgsite.indicators.formulas import read_formula
from ctgsite.indicators.likeness import likeness_faults
from ctgsite.indicators.model import Term, Theme
from ctgsite.indicators.reach import Claims, obstacle
from ctgsite.indicators.reference_checks import Written, reference_problems
from ctgsite.indicators.terms import parse_terms
from ctgsite.sources.descriptions import Descriptions

_NEEDS_DENOMINATOR = ("rapport", "taux_annuel", "solde_annuel", "quotient_publie")
_UNUSED_BY_REFERENCES = ("source", "denominateur", "facteur", "duree")


def catalogue_problems(
    files: Mapping[str, tuple[Document, ThemeFile]],
    themes: Mapping[str, Theme],
    datasets: Descriptions | None,
) -> Iterator[Problem]:
    """Find what is wrong with the files of a catalogue, each problem at its place.

    Args:
        files: what each theme's file says, by slug.
        themes: the themes that exist.
        datasets: the descriptions; without them, names of sources are taken on trust.
    """
    written: dict[str, Written] = {}
    for slug, (document, found) in files.items():
        if themes and slug not in themes:
            yield document.problem(f"thématique inconnue « {slug} »{suggestion(slug, themes)}")
        for place, entry in enumerate(found.indicators):
            path: KeyPath = ("indicateurs", place)
            if entry.id in written:
                first = written[entry.id]
                where = first.document.place((*first.path, "id"))
                message = f"l’indicateur « {entry.id} » existe déjà ({where})"
                yield document.problem(message, (*path, "id"))
                continue
            yield from _wording_problems(document, entry, path)
            formulas = []
            for number, formula in enumerate(entry.formulas):
                problems = tuple(
                    formula_problems(document, formula, (*path, "formules", number), datasets)
                )
                yield from problems
                formulas.append(None if problems else read_formula(formula))
            written[entry.id] = Written(document, path, entry, tuple(formulas))
    references = tuple(reference_problems(written))
    yield from references
    if datasets is not None and not references:
        claims = {name: frozenset(found.entry.levels) for name, found in written.items()}
        for found_entry in written.values():
            yield from _claim_problems(found_entry, datasets, claims)


def _wording_problems(
    document: Document, entry: IndicatorEntry, path: KeyPath
) -> Iterator[Problem]:
    if "{valeur}" not in entry.reading:
        yield document.problem("« lecture » doit contenir {valeur}", (*path, "lecture"))
    heads = {"plus": entry.finding.more, "moins": entry.finding.less, "proche": entry.finding.close}
    for key, text in heads.items():
        if "{reference}" not in text:
            message = f"« constat → {key} » doit contenir {{reference}}"
            yield document.problem(message, (*path, "constat", key))


def formula_problems(
    document: Document, formula: FormulaEntry, path: KeyPath, datasets: Descriptions | None
) -> Iterator[Problem]:
    """Find what is wrong with a formula taken alone."""
    shape = tuple(_shape_problems(document, formula, path))
    yield from shape
    unread = False
    for key, text in _sums(formula):
        try:
            parse_terms(text)
        except ValueError as error:
            unread = True
            yield document.problem(str(error), (*path, key))
    if shape or unread or formula.kind == "indicateurs":
        return
    names = () if datasets is None else tuple(_name_problems(document, formula, path, datasets))
    yield from names
    known = None if names else datasets
    for key, message in likeness_faults(read_formula(formula), known):
        place = (*path, key) if document.has((*path, key)) else path
        yield document.problem(message, place)


def _sums(formula: FormulaEntry) -> Iterator[tuple[str, str]]:
    yield "numerateur", formula.numerator
    yield "denominateur", formula.denominator


def _shape_problems(document: Document, formula: FormulaEntry, path: KeyPath) -> Iterator[Problem]:
    kind = formula.kind or "rapport"
    if kind in _NEEDS_DENOMINATOR and not formula.denominator:
        message = "il manque la clé « denominateur » (ou un « calcul » qui n’en a pas besoin)"
        yield document.problem(message, path)
    if kind != "indicateurs":
        if not formula.source:
            yield document.problem("il manque la clé « source »", path, key=True)
        return
    for key in _UNUSED_BY_REFERENCES:
        if document.has((*path, key)):
            message = f"« {key} » n’a pas de sens avec « calcul: indicateurs »"
            yield document.problem(message, (*path, key), key=True)


def _name_problems(
    document: Document, formula: FormulaEntry, path: KeyPath, datasets: Descriptions
) -> Iterator[Problem]:
    source = formula.source
    if source not in datasets:
        message = f"source inconnue « {source} »{suggestion(source, datasets)}"
        yield document.problem(message, (*path, "source"))
    for key, text in _sums(formula):
        for term in parse_terms(text):
            if told := _unknown_name(term, source, datasets):
                yield document.problem(told, (*path, key))


def _unknown_name(term: Term, source: str, datasets: Descriptions) -> str:
    dataset = term.dataset or source
    if dataset not in datasets:
        near = suggestion(dataset, datasets)
        return f"source inconnue « {dataset} »{near}" if term.dataset else ""
    variables = datasets[dataset].variables
    if term.variable in variables:
        return ""
    near = suggestion(term.variable, variables)
    return f"variable inconnue « {term.variable} » dans {dataset}{near}"


def _claim_problems(written: Written, datasets: Descriptions, claims: Claims) -> Iterator[Problem]:
    """Find the levels that an entry claims and that none of its formulas can reach."""
    if len(written.readable) < len(written.formulas):
        return
    for place, level in enumerate(written.entry.levels):
        found = [obstacle(formula, Level(level), datasets, claims) for formula in written.readable]
        if all(found):
            why = " ; ".join(dict.fromkeys(found))
            message = f"aucune source ne sert le niveau « {level} » : {why}"
            yield written.document.problem(message, (*written.path, "niveaux", place))
