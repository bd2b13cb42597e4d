"""What a finding says in French: its heading, its reading, its comparisons and its range.

Sentences describe and compare, and never claim a cause. They compare only what a `Comparison` found
comparable, and a difference within the uncertainty is “proche”.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ctgsite.diagnostic.model import Comparison, Finding, Precision
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.names import dans, que, typographic
from ctgsite.indicators.comparison import Verdict, is_count
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.pages.french import (
    approximate,
    capitalise,
    counted,
    during,
    listing,
    number,
    quantity,
    rounded,
    sentence,
    uncapitalise,
    unit_after,
    when,
)
from ctgsite.pages.precision import small_count
from ctgsite.sources.observations import UNDATED, Status

LONG_UNIT = 12  # characters
STATUS_WORDS = {
    Status.PUBLIE: "publié",
    Status.CALCULE: "calculé",
    Status.ESTIME: "estimé",
    Status.SECRET: "secret statistique",
    Status.ABSENT: "donnée absente",
    Status.NON_AGREGEABLE: "non calculable à cette échelle",
}
DEFAULT_REASONS = {
    Status.SECRET: "le secret statistique protège des effectifs trop petits",
    Status.ABSENT: "les sources disponibles ne couvrent pas ce territoire",
    Status.NON_AGREGEABLE: (
        "le producteur ne publie pas ce chiffre à cette échelle, et celui des communes ne suffit "
        "pas à le reconstituer"
    ),
}


def figure(measure: Measure, indicator: Indicator) -> str:
    """Return a figure with its unit, or the words that say why there is none."""
    if measure.value is None or not measure.status.has_value:
        return gap(measure)
    return quantity(measure.value, indicator.unit, indicator.precision)


def gap(measure: Measure) -> str:
    """Return what stands where there is no figure: “moins de 1 %” where the source says as much."""
    told, _, _ = measure.note.partition(" (")
    return told if told.startswith("moins de ") else STATUS_WORDS[measure.status]


def bare_figure(measure: Measure, indicator: Indicator) -> str:
    """Return a figure without its unit, for a table whose column names the unit."""
    if measure.value is None or not measure.status.has_value:
        return gap(measure)
    return quantity(measure.value, "", indicator.precision)


def short_figure(measure: Measure, indicator: Indicator) -> str:
    """Return a figure for a chart or a box, where a long unit has no room."""
    short = len(indicator.unit) <= LONG_UNIT
    return figure(measure, indicator) if short else bare_figure(measure, indicator)


def comparable(finding: Finding) -> tuple[Comparison, ...]:
    """Return the comparisons that the text may use, nearest benchmark first."""
    if is_count(finding.indicator):
        return ()
    return tuple(c for c in finding.comparisons if _has_verdict(c))


def heading(finding: Finding, comparison: Comparison | None = None) -> str:
    """Return a heading that states the finding, without a figure.

    A figure to be read with caution states no difference.
    """
    wording = finding.indicator.wording
    chosen = comparison or finding.main_comparison
    if chosen is None or chosen.here.caution or chosen.there.caution:
        return wording.plain
    clause = {
        Verdict.PLUS: wording.more,
        Verdict.MOINS: wording.less,
        Verdict.PROCHE: wording.close,
    }[chosen.verdict]
    if wording.signed and chosen.verdict is not Verdict.PROCHE:
        clause = wording.signed.clause(chosen.here.value or 0.0, chosen.there.value or 0.0)
    return capitalise(_with_reference(clause, dans(chosen.benchmark)))


def reading(finding: Finding, comparison: Comparison | None = None) -> str:
    """Return the one-sentence reading: place, year, figure, people, and the main comparison."""
    when_and_where = f"{dans(finding.area)}, {moment(finding.measure)}"
    return _reading(finding, when_and_where, comparison)


def reading_here(finding: Finding, comparison: Comparison | None = None) -> str:
    """Return the reading without its place, for a page that is about that place."""
    return _reading(finding, moment(finding.measure), comparison)


def _reading(finding: Finding, start: str, comparison: Comparison | None) -> str:
    chosen = comparison or finding.main_comparison
    measure, indicator = finding.measure, finding.indicator
    body = indicator.wording.reading.replace("{valeur}", figure(measure, indicator))
    text = f"{start}, {body}{people(measure, indicator, finding.precision)}"
    if chosen is not None and chosen.here.year == measure.year:
        return sentence(text + against(chosen, indicator))
    if chosen is not None:
        return sentence(text) + " " + on_common_year(chosen, indicator)
    return sentence(text)


def people(measure: Measure, indicator: Indicator, precision: Precision | None = None) -> str:
    """Return “, soit environ 720 actifs”, where the producer publishes the counts."""
    counts = (measure.numerator, measure.denominator)
    if not indicator.counted or None in counts or not indicator.unit.startswith("%"):
        return ""
    count = measure.numerator or 0.0
    if count < 1:
        return ""
    few = small_count(count, precision, warned=measure.caution) if precision else ""
    told = f"{approximate(count)}{unit_after(rounded(count), indicator.counted)}"
    return f", soit environ {told}{few}"


def other_comparisons(finding: Finding, told: Comparison | None = None) -> str:
    """Return one sentence on the benchmarks that the reading does not mention, or ""."""
    told = told or finding.main_comparison
    return compared(finding, [c for c in comparable(finding) if c != told])


def compared(finding: Finding, comparisons: Iterable[Comparison]) -> str:
    """Return one sentence on the benchmarks of the figure's own year, or ""."""
    if is_subtracted(finding):
        return ""
    known = [c for c in comparisons if c.here.year == finding.measure.year]
    more = [_than(c, finding.indicator) for c in known if c.verdict is Verdict.PLUS]
    less = [_than(c, finding.indicator) for c in known if c.verdict is Verdict.MOINS]
    close = [_beside(c, finding.indicator) for c in known if c.verdict is Verdict.PROCHE]
    clauses = []
    if more:
        clauses.append(f"plus {listing(more)}")
    if less:
        clauses.append(f"moins {listing(less)}")
    if close:
        clauses.append(f"proche du chiffre relevé {listing(close)}")
    return f"C’est {listing(clauses)}." if clauses else ""


def is_subtracted(finding: Finding) -> bool:
    """Whether a share counts negatively, so that “more” and “less” would mislead."""
    return finding.indicator.unit == "%" and (finding.measure.value or 0.0) < 0


def range_sentence(finding: Finding) -> str:
    """Return the lowest and highest member communes, or "" where fewer than three have a figure.

    Of a rate, those on few cases are left out, and the sentence says so; a count is what it is.
    What is never ranked names no commune at either end.
    """
    if not (finding.indicator.ranked or is_count(finding.indicator)):
        return ""
    known = [(area, m) for area, m in finding.members if m.value is not None]
    sure = known if is_count(finding.indicator) else [pair for pair in known if not pair[1].caution]
    if len(sure) < 3:
        return ""
    sure.sort(key=lambda pair: (pair[1].value or 0.0, pair[0].code))
    lowest, highest = (_end(sure, finding.indicator, at) for at in (0, -1))
    if lowest == highest:
        return ""
    among = "" if len(sure) == len(known) else ", petits effectifs mis à part"
    return f"D’une commune à l’autre{among}, le chiffre va de {lowest} à {highest}."


def _end(pairs: Sequence[tuple[Area, Measure]], indicator: Indicator, at: int) -> str:
    """Return the figure at one end of a range, and the commune, or how many share it."""
    area, measure = pairs[at]
    shown = figure(measure, indicator)
    same = sum(figure(other, indicator) == shown for _, other in pairs)
    who = label(area) if same == 1 else counted(same, "commune")
    return f"{shown} ({who})"


def caution_sentence(finding: Finding) -> str:
    """Return the warning that goes with a figure on few cases, or ""."""
    if not finding.measure.caution:
        return ""
    threshold = number(finding.indicator.caution_threshold)
    return f"À lire avec prudence : ce chiffre repose sur un petit effectif (moins de {threshold})."


def reason(measure: Measure) -> str:
    """Return why there is no figure, as a clause."""
    return uncapitalise(measure.note.rstrip(".")) or DEFAULT_REASONS.get(measure.status, "")


def missing_sentences(findings: Iterable[Finding]) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Group the indicators without figure by reason: one sentence and its findings each."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(sentence(reason(finding.measure)), []).append(finding)
    return tuple((why, tuple(found)) for why, found in groups.items())


def label(area: Area) -> str:
    """Return an area's name for a label; the peers' figure is their median, and says so."""
    name = typographic(area.name)
    return f"{name} (médiane)" if area.level is Level.COMPARABLES else name


def period_of(measure: Measure) -> str:
    """Return the year of a figure for a table or a label."""
    return "non daté" if measure.vintage.startswith(UNDATED) else when(measure.year)


def moment(measure: Measure) -> str:
    """Return when a figure was true, for a sentence."""
    if measure.vintage.startswith(UNDATED):
        return "selon une extraction non datée"
    return during(measure.year)


def _has_verdict(comparison: Comparison) -> bool:
    values = (comparison.here.value, comparison.there.value)
    return comparison.verdict is not Verdict.INCONNU and None not in values


def _with_reference(clause: str, reference: str) -> str:
    return clause.replace("que {reference}", que(reference)).replace("{reference}", reference)


def against(comparison: Comparison, indicator: Indicator) -> str:
    """Return “, contre 10,9 % en Haute-Garonne”, or that the two figures are close."""
    if comparison.verdict is Verdict.PROCHE:
        return f", un chiffre proche de celui relevé {_beside(comparison, indicator)}"
    there = figure(comparison.there, indicator)
    median = "une médiane de " if comparison.benchmark.level is Level.COMPARABLES else ""
    return f", contre {median}{there} {dans(comparison.benchmark)}"


def on_common_year(comparison: Comparison, indicator: Indicator) -> str:
    """Return the comparison of the last year that both areas have, as a sentence."""
    here = figure(comparison.here, indicator)
    text = f"{during(comparison.here.year)}, dernière année commune, le chiffre était de {here}"
    return sentence(text + against(comparison, indicator))


def _than(comparison: Comparison, indicator: Indicator) -> str:
    return f"{que(dans(comparison.benchmark))} ({_there(comparison, indicator)})"


def _beside(comparison: Comparison, indicator: Indicator) -> str:
    return f"{dans(comparison.benchmark)} ({_there(comparison, indicator)})"


def _there(comparison: Comparison, indicator: Indicator) -> str:
    there = figure(comparison.there, indicator)
    return f"médiane de {there}" if comparison.benchmark.level is Level.COMPARABLES else there
