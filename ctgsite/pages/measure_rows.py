"""Every measure of a site as one row, at full precision, with what a reader must know of it.

A row without a figure keeps its status and an empty value. The territory stands once, under the
level `territoire`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.pages.columns import Row
from ctgsite.pages.french import number, sentence
from ctgsite.pages.sentences import reason

CAUTION = "Petit effectif (seuil de prudence : {0}) : à lire avec prudence."


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One row of the files, the decimals that pages show of it, and a remark in French or ""."""

    row: Row
    precision: int
    remark: str


def measure_rows(diagnostic: Diagnostic) -> list[Row]:
    """Return one row a dated measure, in a fixed order, unique on (indicateur, code, annee)."""
    return [found.row for found in told_rows(diagnostic)]


def told_rows(diagnostic: Diagnostic) -> list[MeasureRow]:
    """Return the same rows with what is said of each."""
    indicators = site_indicators(diagnostic)
    sources = {s.dataset: f"{s.producer}, {s.title}" for s in diagnostic.sources}
    themes = {theme.theme.slug: place for place, theme in enumerate(diagnostic.themes)}
    order = {identifier: place for place, identifier in enumerate(indicators)}
    found: dict[tuple[str, str, str], MeasureRow] = {}
    for area, measure in _territory_first(diagnostic):
        indicator = indicators.get(measure.indicator)
        if indicator is not None and measure.year:  # no year: the store has no figure of it at all
            key = (measure.indicator, area.code, measure.year)
            if key not in found:
                row = _row(area, measure, indicator, diagnostic, sources)
                found[key] = MeasureRow(row, indicator.precision, _remark(measure, indicator))
    last = len(themes)
    ranked = sorted(
        found.items(),
        key=lambda item: (themes.get(str(item[1].row["theme"]), last), order[item[0][0]]),
    )
    return [row for _, row in ranked]


def site_indicators(diagnostic: Diagnostic) -> dict[str, Indicator]:
    """Return every indicator of the site, in the order of its pages."""
    findings = [f for t in diagnostic.themes for f in (*t.findings, *t.missing)]
    findings += diagnostic.key_figures
    findings += [f for t in diagnostic.themes for view in t.views for f in view.findings]
    for member in diagnostic.members:
        findings += [f for t in member.themes for f in (*t.findings, *t.missing)]
    found: dict[str, Indicator] = {}
    for finding in findings:
        found.setdefault(finding.indicator.id, finding.indicator)
    return found


def _territory_first(diagnostic: Diagnostic) -> Iterable[tuple[Area, Measure]]:
    """Put the territory's own rows first, then the others in the diagnostic's order."""
    own = diagnostic.area.code
    return sorted(diagnostic.measures, key=lambda pair: pair[0].code != own)


def _row(
    area: Area,
    measure: Measure,
    indicator: Indicator,
    diagnostic: Diagnostic,
    sources: dict[str, str],
) -> Row:
    own_levels = (diagnostic.area.level, Level.TERRITOIRE)
    own = area.code == diagnostic.area.code and area.level in own_levels
    valued = measure.status.has_value and measure.value is not None
    return {
        "indicateur": indicator.id,
        "libelle": indicator.label,
        "theme": indicator.theme,
        "code": area.code,
        "territoire": diagnostic.territory.name if own else area.name,
        "niveau": (Level.TERRITOIRE if own else area.level).value,
        "annee": measure.year,
        "valeur": measure.value if valued else None,
        "unite": indicator.unit,
        "numerateur": measure.numerator,
        "denominateur": measure.denominator,
        "statut": measure.status.value,
        "source": sources.get(measure.dataset, ""),
        "millesime": measure.vintage,
    }


def _remark(measure: Measure, indicator: Indicator) -> str:
    """Return why there is no figure, or how to read the one there is."""
    if measure.value is None or not measure.status.has_value:
        return sentence(reason(measure))
    told = [sentence(measure.note)] if measure.note else []
    if measure.caution:
        told.append(CAUTION.format(number(indicator.caution_threshold)))
    return " ".join(told)
