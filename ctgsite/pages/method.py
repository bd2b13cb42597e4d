"""What the page of methods says of each indicator on the site: formula in words, source, limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ctgsite.diagnostic.model import Diagnostic, Finding
from ctgsite.indicators.model import Formula, Indicator, Kind, Term
from ctgsite.pages.french import listing, number, sentence, when
from ctgsite.pages.precision import causes_in_words
from ctgsite.pages.view import SiteView


@dataclass(frozen=True, slots=True)
class MethodEntry:
    """One indicator on the page of methods."""

    indicator: Indicator
    formulas: tuple[str, ...]
    sources: tuple[str, ...]
    years: str
    link: str
    precision: tuple[str, ...] = ()  # why its figures are not exact
    prudence: str = ""  # what the source asks of small counts


def method_themes(diagnostic: Diagnostic) -> tuple[tuple[str, tuple[MethodEntry, ...]], ...]:
    """Return the indicators of the site by theme, each once."""
    view = SiteView(diagnostic)
    done: set[str] = set()
    themes = []
    for theme in diagnostic.themes:
        entries = []
        for finding in (*theme.findings, *theme.missing):
            if finding.indicator.id not in done:
                done.add(finding.indicator.id)
                entries.append(_entry(finding, diagnostic, view))
        if entries:
            themes.append((theme.theme.title, tuple(entries)))
    return tuple(themes)


def formula_words(formula: Formula) -> str:
    """Return a formula with the producer's variable names, in words."""
    numerator, denominator = _sum(formula.numerator), _sum(formula.denominator)
    scale = number(formula.scale)
    period = number(formula.period)
    if formula.kind is Kind.SOMME:
        return numerator if formula.period == 1 else f"{numerator}, divisé par {period} ans"
    if formula.kind is Kind.RAPPORT:
        ratio = f"{numerator} ÷ {denominator}"
        return ratio if formula.scale == 1 else f"{scale} × {ratio}"
    if formula.kind is Kind.TAUX_ANNUEL:
        return f"taux annuel moyen sur {period} ans entre {denominator} et {numerator}"
    if formula.kind is Kind.SOLDE_ANNUEL:
        return f"{scale} × {numerator} ÷ {period} ans ÷ population moyenne ({denominator})"
    if formula.kind is Kind.SOLDE_APPARENT:
        return (
            f"taux annuel moyen de variation ({denominator} vers {numerator}), "
            f"moins le solde naturel ({_sum(formula.balance)})"
        )
    return f"{numerator}, tel que publié par le producteur"


def _entry(finding: Finding, diagnostic: Diagnostic, view: SiteView) -> MethodEntry:
    indicator = finding.indicator
    shown = [m for _, m in diagnostic.measures if m.indicator == indicator.id]
    used = {m.dataset for m in shown if m.value is not None}
    formulas = [f for f in indicator.formulas if f.dataset in used] or list(indicator.formulas)
    workshop = view.workshop("")
    years = sorted({m.year for m in shown if m.value is not None})
    credited = {workshop.credit(m): None for m in shown if m.value is not None}
    return MethodEntry(
        indicator=indicator,
        formulas=tuple(dict.fromkeys(_sentence(f) for f in formulas)),
        sources=tuple(credited),
        years=listing(when(year) for year in years),
        link=view.chart_link(indicator.id, "../"),
        precision=causes_in_words(finding.precision),
        prudence=finding.precision.caution_reason,
    )


def _sentence(formula: Formula) -> str:
    text = formula_words(formula)
    return f"{text}. {sentence(formula.note)}" if formula.note else f"{text}."


def _sum(terms: Sequence[Term]) -> str:
    text = ""
    for term in terms:
        sign = "−" if term.sign < 0 else "+"
        name = f"`{term.variable}`" + (f" ({term.year})" if term.year else "")
        text = f"{text} {sign} {name}" if text else (f"−{name}" if term.sign < 0 else name)
    return f"({text})" if len(terms) > 1 else text
