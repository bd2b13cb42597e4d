"""What differs inside a territory of several communes: widest gaps, and difficulties that meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ctgsite.diagnostic.benchmarks import Coverage
from ctgsite.diagnostic.evidence import Evidence
from ctgsite.diagnostic.model import Finding, InnerGap
from ctgsite.diagnostic.setting import inhabitants_of
from ctgsite.geography.areas import Level
from ctgsite.indicators.cumulation import ENOUGH, Cell, Cumulation, Row, is_last, latest_year
from ctgsite.indicators.model import Indicator

FEWEST_COMMUNES = 5
MOST_GAPS = 5
MOST_A_THEME = 2
# Income, single parents, unemployment, digital fragility; the first of each that communes have.
SUBJECTS = (
    ("niveau_vie_median",),
    ("part_familles_monoparentales", "part_allocataires_monoparentaux"),
    ("taux_chomage_recensement",),
    ("indice_fragilite_numerique",),
)


def widest_gaps(findings: Iterable[Finding], evidence: Evidence) -> tuple[InnerGap, ...]:
    """Return the indicators on which member communes differ most, two a theme at most.

    Their interquartile range is held against that of all communes of France with a sure figure of
    the same year and source.
    """
    gaps = [gap for finding in findings if (gap := _gap(finding, evidence)) is not None]
    gaps.sort(key=lambda gap: (-gap.ratio, gap.finding.indicator.id))
    taken: Counter[str] = Counter()
    chosen: list[InnerGap] = []
    for gap in gaps:
        taken[gap.finding.indicator.theme] += 1
        if taken[gap.finding.indicator.theme] <= MOST_A_THEME:
            chosen.append(gap)
    return tuple(chosen[:MOST_GAPS])


def _gap(finding: Finding, evidence: Evidence) -> InnerGap | None:
    spread = finding.dispersion
    if spread is None or not (finding.indicator.ranked and finding.indicator.highlight):
        return None
    sure = sum(m.value is not None and not m.caution for _, m in finding.members)
    coverage = evidence.descriptions[spread.lowest.dataset].coverage
    national = evidence.national.interquartile_range(spread.lowest)
    if sure < FEWEST_COMMUNES or coverage.partial or coverage.reference or not national:
        return None
    return InnerGap(finding, spread.width / national)


def cumulation(coverage: Coverage, evidence: Evidence) -> Cumulation | None:
    """Return the communes where several difficulties meet; None for a territory of a few.

    An indicator that can place no commune is among the missing ones.
    """
    if coverage.area.level is Level.COMMUNE or len(coverage.communes) < FEWEST_COMMUNES:
        return None
    chosen = [_chosen(names, coverage, evidence) for names in SUBJECTS]
    columns = [
        (indicator, year, _cells(indicator, year, coverage, evidence)) for indicator, year in chosen
    ]
    used = [column for column in columns if any(c.last is not None for c in column[2].values())]
    inhabitants = inhabitants_of(coverage.communes, evidence)
    rows = tuple(_rows([cells for _, _, cells in used], coverage, evidence, inhabitants))
    return Cumulation(
        indicators=tuple((indicator, year) for indicator, year, _ in used),
        missing=tuple(column[0] for column in columns if column not in used),
        rows=tuple(row for row in rows if row.marked >= ENOUGH),
        placed=sum(row.placed >= ENOUGH for row in rows),
        total=len(rows),
        inhabitants=sum(inhabitants.values()),
        unsettled=tuple(row.area for row in rows if row.unsettled),
    )


def _chosen(
    names: tuple[str, ...], coverage: Coverage, evidence: Evidence
) -> tuple[Indicator, str]:
    """Return the first of some indicators that the communes have, and its year ("" for none)."""
    indicators = [evidence.catalogue.indicators[name] for name in names]
    for indicator in indicators:
        year = latest_year(indicator, evidence.figures, coverage.communes)
        if year is not None:
            return indicator, year
    return indicators[0], ""


def _cells(
    indicator: Indicator, year: str, coverage: Coverage, evidence: Evidence
) -> dict[str, Cell]:
    """Return the cell of each member commune, placed among those of its département."""
    cells: dict[str, Cell] = {}
    for codes, own in _pools(coverage, evidence):
        pool = evidence.figures.of_areas(indicator.id, Level.COMMUNE, codes, year)
        found = {measure.code: measure for measure in pool}
        for code in own:
            measure = found.get(code)
            last = None if measure is None else is_last(indicator, measure, pool)
            cells[code] = Cell(measure, last)
    return cells


def _rows(
    columns: Sequence[Mapping[str, Cell]],
    coverage: Coverage,
    evidence: Evidence,
    inhabitants: Mapping[str, float],
) -> Iterator[Row]:
    """Yield every member commune with its cells, the most populated first."""
    for code in sorted(coverage.communes, key=lambda code: (-inhabitants.get(code, 0.0), code)):
        area = evidence.geography.area(Level.COMMUNE, code)
        cells = tuple(column[code] for column in columns)
        yield Row(area, inhabitants.get(code, 0.0), cells)


def _pools(
    coverage: Coverage, evidence: Evidence
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield the communes of each département that the territory touches, and its own there."""
    geography = evidence.geography
    by_departement: dict[str, list[str]] = {}
    for code in coverage.communes:
        parent = geography.parent(code, Level.DEPARTEMENT)
        by_departement.setdefault(parent.code if parent else "", []).append(code)
    for departement, own in by_departement.items():
        pool = geography.communes_of(Level.DEPARTEMENT, departement) if departement else own
        yield tuple(pool), tuple(own)
