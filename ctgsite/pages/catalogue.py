"""The catalogue in French words: one entry an indicator, the same wherever it is read.

The méthode page of a site, `ctgsite catalogue` and docs/indicateurs.md all render these entries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jinja2 import Environment

from ctgsite.geography.areas import PLURALS, Level
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.model import Direction, Form, Indicator
from ctgsite.pages.formulas import aggregation_sentences, caution_words, formula_sentences
from ctgsite.pages.french import (
    listing,
    number,
    sentence,
    typographic,
    unit_after,
    unit_of_difference,
)
from ctgsite.pages.precision import causes_in_words
from ctgsite.pages.templates import tidy

DIRECTIONS = {
    Direction.HAUT: "un chiffre élevé appelle l’attention",
    Direction.BAS: "un chiffre bas appelle l’attention",
    Direction.AUCUN: "ni un chiffre élevé ni un chiffre bas n’appelle l’attention en soi",
}
FORMS = {
    Form.COMPARAISON: "barres, le territoire à côté de ceux auxquels on le compare",
    Form.EVOLUTION: "courbe, année après année",
    Form.COMPOSITION: "parts d’un tout, avec les autres indicateurs du même ensemble",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything that the catalogue says of one indicator.

    On a site, `sources` are those of its own figures, and `years` and `link` are not empty.
    """

    id: str
    label: str
    theme: str
    definition: str
    reading: str
    unit: str
    formulas: tuple[str, ...]
    variables: tuple[tuple[str, str], ...]  # producer's name, label
    aggregation: tuple[str, ...]
    where: str
    direction: str
    sources: tuple[str, ...]
    caution: str
    small_counts: str
    precision: tuple[str, ...]
    comparability: tuple[str, ...]
    breaks: tuple[str, ...]
    chart: str
    limits: str
    question: str
    synonyms: tuple[str, ...]
    years: str = ""
    link: str = ""


ThemeEntries = tuple[str, tuple[Entry, ...]]  # the theme's title and its indicators


def entry_of(indicator: Indicator) -> Entry:
    """Return the entry of one indicator."""
    cited = [variable for source in indicator.citations for variable in source.variables]
    return Entry(
        id=indicator.id,
        label=indicator.label,
        theme=indicator.theme,
        definition=sentence(indicator.definition),
        reading=_reading(indicator),
        unit=_unit(indicator),
        formulas=formula_sentences(indicator),
        variables=tuple({one.name: (one.name, one.label) for one in cited}.values()),
        aggregation=aggregation_sentences(indicator),
        where=_where(indicator),
        direction=DIRECTIONS[indicator.direction],
        sources=tuple(map(str, indicator.citations)),
        caution=caution_words(indicator),
        small_counts=indicator.small_counts,
        precision=causes_in_words(indicator.imprecisions),
        comparability=tuple(_comparability(indicator)),
        breaks=tuple(_breaks(indicator)),
        chart=FORMS[indicator.form],
        limits=sentence(indicator.limits) if indicator.limits else "",
        question=indicator.question,
        synonyms=indicator.synonyms,
    )


def catalogue_themes(catalogue: Catalogue) -> tuple[ThemeEntries, ...]:
    """Return every indicator by theme, in display order."""
    found = (
        (theme.title, tuple(map(entry_of, catalogue.of_theme(theme.slug))))
        for theme in catalogue.themes.values()
    )
    return tuple((title, entries) for title, entries in found if entries)


def render_catalogue(themes: tuple[ThemeEntries, ...], environment: Environment) -> str:
    """Return the whole catalogue as one Markdown text."""
    template = environment.get_template("catalogue.md.j2")
    return tidy(typographic(template.render(themes=themes)))


def _reading(indicator: Indicator) -> str:
    """Return the sentence that tells the figure, with a blank in its place."""
    blank = f"…{unit_after(2, indicator.unit)}"
    return indicator.wording.reading.format(valeur=blank)


def _unit(indicator: Indicator) -> str:
    decimals = {0: "sans décimale", 1: "une décimale"}
    shown = decimals.get(indicator.precision, f"{indicator.precision} décimales")
    return f"{indicator.unit}, {shown}"


def _where(indicator: Indicator) -> str:
    """Return the levels at which the indicator exists, and what limits it among communes."""
    levels = listing(name for level, name in PLURALS.items() if level in indicator.levels)
    told = dict(indicator.absences).get(Level.COMMUNE, "")
    return f"{levels} ; où il manque, le site dit « {told.rstrip('.')} »" if told else levels


def _comparability(indicator: Indicator) -> Iterable[str]:
    """Yield the rules that limit what may be said of two figures."""
    if indicator.trend_gap > 1:
        yield f"Deux millésimes se comparent à {indicator.trend_gap} ans d’écart au moins."
    if least := indicator.minimum_difference:
        decimals = len(f"{least:g}".partition(".")[2])
        amount = number(least, decimals) + unit_after(least, unit_of_difference(indicator.unit))
        yield f"Un écart de moins de {amount} se dit « proche de »."
    if not indicator.ranked:
        yield "Les territoires n’y sont pas classés."
    if not indicator.highlight:
        yield "Il ne devient pas un point saillant."


def _breaks(indicator: Indicator) -> Iterable[str]:
    for year, why in indicator.breaks:
        yield f"{year} : {why}."
    for level, year, why in indicator.level_breaks:
        yield f"{year}, pour {PLURALS[Level(level)]} : {why}."
