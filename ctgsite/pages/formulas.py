"""Formulas in words: how a figure is computed, how it adds up, what its caution rests on."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ctgsite.indicators.model import Formula, Indicator, Kind, Term
from ctgsite.pages.french import NBSP, listing, number, sentence

PUBLISHED_ONLY = "publié seulement : ne s’additionne pas"
UNVERIFIED = "il ne peut pas être vérifié où le producteur ne publie pas l’effectif"

_SUMS = {
    Kind.SOMME: "somme",
    Kind.RAPPORT: "ratio des sommes : les effectifs sont additionnés, puis divisés",
    Kind.TAUX_ANNUEL: "taux annuel moyen entre deux sommes",
    Kind.SOLDE_ANNUEL: "ratio des sommes, en moyenne annuelle",
    Kind.INDICATEURS: "calculé à partir d’indicateurs qui reposent eux-mêmes sur des sommes",
}


def formula_sentences(indicator: Indicator) -> tuple[str, ...]:
    """Return how an indicator is computed, with the producers' names; each way once."""
    told: dict[str, None] = {}
    for formula in indicator.formulas:
        note = f" {sentence(formula.note)}" if formula.note else ""
        told[f"{formula_words(formula)}{_source(indicator, formula)}.{note}"] = None
    return tuple(told)


def formula_words(formula: Formula) -> str:
    """Return a formula with the producer's variable names, in words."""
    numerator, denominator = _sum(formula.numerator), _sum(formula.denominator)
    scale, period = number(formula.scale), f"{number(formula.period)}{NBSP}ans"
    match formula.kind:
        case Kind.SOMME:
            return numerator if formula.period == 1 else f"{numerator} ÷ {period}"
        case Kind.RAPPORT | Kind.QUOTIENT_PUBLIE:
            ratio = f"{numerator} ÷ {denominator}"
            return ratio if formula.scale == 1 else f"{scale} × {ratio}"
        case Kind.TAUX_ANNUEL:
            return f"taux annuel moyen sur {period}, de {denominator} à {numerator}"
        case Kind.SOLDE_ANNUEL:
            return f"{scale} × {numerator} ÷ {period} ÷ moyenne de {denominator}"
        case Kind.INDICATEURS:
            return f"{numerator}, de la même période"
        case Kind.PUBLIE:
            return f"{numerator}, tel que publié par le producteur"


def aggregation_sentences(indicator: Indicator) -> tuple[str, ...]:
    """Return how the figures of communes make that of a wider area, by source if it depends."""
    cited = {one.name: one.additive for source in indicator.citations for one in source.variables}
    fixed = {name for name, additive in cited.items() if not additive}
    words = {aggregation_words(formula, fixed) for formula in indicator.formulas}
    if len(words) == 1:
        return tuple(words)
    return tuple(
        dict.fromkeys(
            f"{aggregation_words(formula, fixed)}{_source(indicator, formula)}"
            for formula in indicator.formulas
        )
    )


def aggregation_words(formula: Formula, fixed: Collection[str]) -> str:
    """Return how a formula aggregates; `fixed` are the variables that do not add up."""
    terms = (*formula.numerator, *formula.denominator)
    published = formula.kind in (Kind.PUBLIE, Kind.QUOTIENT_PUBLIE)
    if published or any(term.variable in fixed for term in terms):
        return PUBLISHED_ONLY
    if formula.kind is Kind.SOMME and formula.period != 1:
        return "somme, en moyenne annuelle"
    return _SUMS[formula.kind]


def caution_words(indicator: Indicator) -> str:
    """Return the caution threshold and what it is held against."""
    if not indicator.caution_threshold:
        return "aucun seuil"
    threshold = f"sous {number(indicator.caution_threshold)}"
    found = [_held_against(formula) for formula in indicator.formulas]
    bases = [base for base in dict.fromkeys(found) if base]
    if not bases:
        return f"{threshold} ; sans effet, car le producteur ne publie pas l’effectif"
    names = dict.fromkeys(map(_effectif, indicator.formulas))
    effectifs = listing((name for name in names if name), "ou")
    text = f"{threshold} ; le seuil porte sur {listing(bases, 'ou')}"
    text = f"{text} ({effectifs})" if effectifs else text
    return text if all(found) else f"{text} ; {UNVERIFIED}"


def _held_against(formula: Formula) -> str:
    """Return what the threshold is held against, "" where no effectif is published."""
    match formula.kind:
        case Kind.SOMME:
            return "le nombre lui-même"
        case Kind.INDICATEURS:
            return "les effectifs des indicateurs dont il est tiré"
        case Kind.SOLDE_ANNUEL:
            return "la population moyenne"
        case Kind.PUBLIE if formula.denominator:
            return "l’effectif publié avec lui"
        case Kind.PUBLIE | Kind.QUOTIENT_PUBLIE:
            return ""
        case _:
            return "le dénominateur"


def _effectif(formula: Formula) -> str:
    """Return the effectif of a published figure, which its formula does not show."""
    return _sum(formula.denominator) if formula.kind is Kind.PUBLIE else ""


def _source(indicator: Indicator, formula: Formula) -> str:
    """Return the source in brackets, where an indicator has several."""
    if len({one.dataset for one in indicator.formulas}) == 1:
        return ""
    titles = {source.dataset: source.title for source in indicator.citations}
    title = titles.get(formula.dataset)
    return f" (source : {title})" if title else ""


def _sum(terms: Sequence[Term]) -> str:
    text = ""
    for term in terms:
        sign = "−" if term.sign < 0 else "+"
        name = f"`{term.variable}`" + (f" ({term.year})" if term.year else "")
        text = f"{text} {sign} {name}" if text else (f"−{name}" if term.sign < 0 else name)
    return f"({text})" if len(terms) > 1 else text
