"""What a catalogue must satisfy beyond its keys: names that exist, ratios that make sense."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.spelling import suggestion
from ctgsite.errors import Problem
from ctgsite.indicators.entries import FormulaEntry, IndicatorEntry, ThemeFile
from ctgsite.indicators.model import Term, Theme
from ctgsite.indicators.terms import parse_terms

Known = Mapping[str, Collection[str]]
_SUMS = ("numerateur", "denominateur", "solde_naturel")
_NEEDS_DENOMINATOR = ("rapport", "taux_annuel", "solde_annuel", "solde_apparent", "quotient_publie")


def file_problems(
    document: Document,
    found: ThemeFile,
    slug: str,
    themes: Mapping[str, Theme],
    known: Known | None,
) -> Iterator[Problem]:
    """Find what is wrong with one theme's file, each problem at its place."""
    if themes and slug not in themes:
        yield document.problem(f"thématique inconnue « {slug} »{suggestion(slug, themes)}")
    for place, entry in enumerate(found.indicators):
        path: KeyPath = ("indicateurs", place)
        yield from _wording_problems(document, entry, path)
        for number, formula in enumerate(entry.formulas):
            yield from _formula_problems(document, formula, (*path, "formules", number), known)


def catalogue_problems(files: Mapping[str, tuple[Document, ThemeFile]]) -> Iterator[Problem]:
    """Find ids that are used twice, in one file or across files."""
    first: dict[str, str] = {}
    for document, found in files.values():
        for place, entry in enumerate(found.indicators):
            where = document.place(("indicateurs", place, "id"))
            if entry.id in first:
                message = f"l’indicateur « {entry.id} » existe déjà ({first[entry.id]})"
                yield Problem(message, where)
            else:
                first[entry.id] = str(where)


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
    if not (entry.question or entry.limits):
        message = f"« {entry.id} » doit avoir « limites » ou « question »"
        yield document.problem(message, path)


def _formula_problems(
    document: Document, formula: FormulaEntry, path: KeyPath, known: Known | None
) -> Iterator[Problem]:
    texts = (formula.numerator, formula.denominator, formula.balance)
    sums: dict[str, tuple[Term, ...]] = {}
    for key, text in zip(_SUMS, texts, strict=True):
        try:
            sums[key] = parse_terms(text)
        except ValueError as error:
            yield document.problem(str(error), (*path, key))
    yield from _shape_problems(document, formula, path)
    exploitations = {term.variable[:2] for terms in sums.values() for term in terms}
    if {"P_", "C_"} <= exploitations:
        message = "un rapport ne mélange pas les exploitations principale (P_) et complémentaire"
        yield document.problem(f"{message} (C_) du recensement", (*path, "numerateur"))
    if known is not None:
        yield from _name_problems(document, formula.source, sums, path, known)


def _shape_problems(document: Document, formula: FormulaEntry, path: KeyPath) -> Iterator[Problem]:
    kind = formula.kind or "rapport"
    if kind in _NEEDS_DENOMINATOR and not formula.denominator:
        message = "il manque la clé « denominateur » (ou un « calcul » qui n’en a pas besoin)"
        yield document.problem(message, path)
    if (kind == "solde_apparent") != bool(formula.balance):
        message = "« solde_naturel » va avec « calcul: solde_apparent », et avec lui seul"
        yield document.problem(message, path)


def _name_problems(
    document: Document,
    source: str,
    sums: Mapping[str, tuple[Term, ...]],
    path: KeyPath,
    known: Known,
) -> Iterator[Problem]:
    if source not in known:
        message = f"source inconnue « {source} »{suggestion(source, known)}"
        yield document.problem(message, (*path, "source"))
    for key, terms in sums.items():
        for term in terms:
            dataset = term.dataset or source
            if dataset not in known:
                if term.dataset:
                    message = f"source inconnue « {dataset} »{suggestion(dataset, known)}"
                    yield document.problem(message, (*path, key))
            elif term.variable not in known[dataset]:
                near = suggestion(term.variable, known[dataset])
                message = f"variable inconnue « {term.variable} » dans {dataset}{near}"
                yield document.problem(message, (*path, key))
