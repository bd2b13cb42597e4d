"""An explanation in words: plain French text, section by section."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from ctgsite.diagnostic.explanation import Contrast, Explanation, Part
from ctgsite.geography.areas import Area
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Kind
from ctgsite.pages.formulas import formula_words
from ctgsite.pages.french import NARROW, listing, number, quantity, sentence, typographic, when
from ctgsite.pages.position_sentences import band_sentence, rank_sentence, signed_distance
from ctgsite.pages.sentences import (
    STATUS_WORDS,
    caution_sentence,
    figure,
    label,
    reason,
)
from ctgsite.pages.trend_sentences import trend_sentence

DIGITS = 13  # of those that a float holds, the last ones being what its arithmetic leaves
RESIDUE = 1e-15
FEW = 1000  # members listed in words; beyond, the JSON has them
VERDICTS = {
    Verdict.PLUS: "plus élevé ici",
    Verdict.MOINS: "plus bas ici",
    Verdict.PROCHE: "proche",
    Verdict.INCONNU: "non comparé",
}
NOT_ADDED = {
    Kind.PUBLIE: (
        "Publié sans les effectifs dont il est tiré, ce chiffre ne s’additionne pas d’une commune "
        "à l’autre : celui du territoire n’existe que si le producteur le publie."
    ),
    Kind.QUOTIENT_PUBLIE: (
        "Rapport de deux parts publiées sans leurs effectifs, ce chiffre ne s’additionne pas d’une "
        "commune à l’autre."
    ),
    Kind.INDICATEURS: (
        "Somme d’indicateurs du territoire, ce chiffre ne s’additionne pas d’une commune à l’autre."
    ),
}


def explanation_text(found: Explanation) -> str:
    """Return all that stands behind a figure, ready to print."""
    indicator, area = found.finding.indicator, found.finding.area
    breaks = indicator.breaks_at(area.level)
    sections = (
        ("FORMULE", _formula(found)),
        ("CHIFFRE", _figure(found)),
        ("SOURCES", _sources(found)),
        ("PART DE CHAQUE COMMUNE", _parts(found)),
        ("COMPARAISONS", _comparisons(found)),
        ("POSITION", _positions(found)),
        ("ÉVOLUTION", _trend(found)),
        ("RUPTURES DE SÉRIE", (f"À partir de {year} : {why}" for year, why in breaks)),
        ("CE QUE CE CHIFFRE NE DIT PAS", filter(None, (indicator.limits,))),
    )
    lines = [f"{indicator.label} ({indicator.id}), {_named(area)}", indicator.definition]
    for title, body in sections:
        if told := [f"  {line}" for line in body]:
            lines += ["", title, *told]
    return typographic("\n".join(lines))


def exact(value: float | None) -> str:
    """Return a number at full precision, with a decimal comma; “–” for none."""
    return "–" if value is None else _written(_decimal(value))


def _decimal(value: float) -> Decimal:
    """Return a number as one would write it: 2.65 where arithmetic left 2.6500000000000004."""
    rounded = f"{value:.{DIGITS}g}"
    same = math.isclose(float(rounded), value, rel_tol=RESIDUE)
    return Decimal(rounded if same else repr(value))


def _written(number: Decimal) -> str:
    return f"{number.normalize() + 0:f}".replace(".", ",")


def _named(area: Area) -> str:
    return f"{label(area)} ({area.code})"


def _formula(found: Explanation) -> Iterator[str]:
    for formula in found.formulas:
        yield formula_words(formula).replace("`", "")
        if formula.note:
            yield sentence(formula.note)
    for measure in found.terms:
        yield f"{measure.indicator} : {exact(measure.value)}"
    for card in found.variables:
        year = f" ({card.year})" if card.year else ""
        unit = f", en {card.unit}" if card.unit else ""
        yield f"{card.name}{year} : {card.label}{unit} [{card.dataset}]"


def _figure(found: Explanation) -> Iterator[str]:
    finding, measure = found.finding, found.finding.measure
    unit = finding.indicator.unit
    yield f"{when(measure.year) or 'sans année'} : {figure(measure, finding.indicator)}"
    if measure.value is not None:
        yield f"valeur exacte : {exact(measure.value)} ({unit})"
    if measure.numerator is not None:
        yield f"numérateur : {exact(measure.numerator)}"
    if measure.denominator is not None:
        yield f"dénominateur : {exact(measure.denominator)}"
    yield f"statut : {_status(measure)}"
    if caution := caution_sentence(finding):
        yield caution


def _status(measure: Measure) -> str:
    words = STATUS_WORDS[measure.status]
    told = measure.note if measure.value is not None else reason(measure)
    return f"{words} ({told.rstrip('.')})" if told else words


def _sources(found: Explanation) -> Iterator[str]:
    for card in found.sources:
        editions = listing(card.vintages)
        words = (card.producer, card.title, editions, card.licence, card.page)
        yield f"{', '.join(filter(None, words))} [{card.dataset}]"


def _parts(found: Explanation) -> Iterator[str]:
    if not found.parts:
        return
    if not found.adds_up:
        kinds = dict.fromkeys(formula.kind for formula in found.formulas)
        yield from (NOT_ADDED[kind] for kind in kinds if kind in NOT_ADDED)
    if len(found.parts) > FEW:
        yield f"{number(len(found.parts))} communes : « --json » les donne toutes."
    else:
        heads = ("commune", "numérateur", "dénominateur", "valeur", "part", "statut")
        yield from _table((heads, *(_row(part, found) for part in found.parts)))
    yield from _total(found)


def _row(part: Part, found: Explanation) -> tuple[str, ...]:
    measure = part.measure
    share = "–" if part.share is None else quantity(100 * part.share, "%", 1)
    shown = figure(measure, found.finding.indicator) if measure.value is not None else "–"
    mark = " (prudence)" if measure.caution else ""
    counts = (exact(measure.numerator), exact(measure.denominator))
    return (_named(part.area), *counts, shown + mark, share, _status(measure))


def _total(found: Explanation) -> Iterator[str]:
    """Say whether the parts make the territory's figure, number by number."""
    total, measure = found.total, found.finding.measure
    if total is None:
        return
    sums = f"{exact(total.numerator)}"
    if total.denominator is not None:
        sums += f" ÷ {exact(total.denominator)}"
    of = f"{number(total.counted)} sur {number(len(found.parts))}"
    yield f"Total des communes ({of}) : {sums}"
    if total.equal:
        yield (
            "C’est le numérateur et le dénominateur du territoire."
            if (total.denominator is not None)
            else "C’est le chiffre du territoire."
        )
    elif measure.numerator is None:
        yield f"Le territoire n’a pas de chiffre : {reason(measure)}."
    else:
        own = (n for n in (measure.numerator, measure.denominator) if n is not None)
        yield f"Le territoire a {' ÷ '.join(map(exact, own))} : le total des communes en diffère."
        if total.counted < len(found.parts):
            yield "Les autres communes n’ont pas d’effectif dans les données consultées."


def _comparisons(found: Explanation) -> Iterator[str]:
    for contrast in found.contrasts:
        yield _contrast(contrast, found)


def _contrast(contrast: Contrast, found: Explanation) -> str:
    comparison, indicator = contrast.comparison, found.finding.indicator
    there = comparison.there
    name = label(comparison.benchmark)
    if there.value is None:
        return f"{name} : {_status(there)}"
    here = comparison.here
    beside = "" if here.year == found.finding.measure.year else f" ; ici {figure(here, indicator)}"
    shown = f"{figure(there, indicator)}, exactement {exact(there.value)}{beside}"
    text = f"{name}, {when(there.year)} : {shown}"
    verdict = VERDICTS[comparison.verdict]
    if comparison.verdict is Verdict.INCONNU or contrast.margin is None:
        return f"{text} ; {verdict}"
    gap = _decimal(here.value or 0.0) - _decimal(there.value)  # of the numbers as they are told
    return f"{text} ; écart {_written(gap)}, marge {exact(contrast.margin)} : {verdict}"


def _positions(found: Explanation) -> Iterator[str]:
    for position in found.finding.positions:
        place = f"{number(position.rank)} sur {number(position.size)}"
        yield f"{place} (1 : le plus élevé), {position.among}"
        if told := rank_sentence(position):
            yield told
    if standing := found.finding.standing:
        if told := band_sentence(found.finding):
            yield told
        distance = signed_distance(standing.distance)
        yield f"écart normalisé à la médiane de son niveau en France : {distance}"


def _trend(found: Explanation) -> Iterator[str]:
    if told := trend_sentence(found.finding):
        yield told


def _table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield rows in aligned columns: names to the left, numbers to the right."""
    cells = [tuple(cell.replace(NARROW, " ") for cell in row) for row in rows]
    widths = [max(len(row[at]) for row in cells) for at in range(len(cells[0]))]
    last = len(widths) - 1
    for row in cells:
        yield "  ".join(
            cell if at == last else cell.ljust(widths[0]) if at == 0 else cell.rjust(widths[at])
            for at, cell in enumerate(row)
        )
