"""Tables as data: the accessible twin of each chart, and the summaries of communes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles

from ctgsite.diagnostic.model import Comparison, Finding, MemberDiagnostic, ThemeDiagnostic
from ctgsite.geography.areas import Area
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.pages.charts.composition import composition_rows
from ctgsite.pages.charts.distribution import known_members
from ctgsite.pages.charts.references import references
from ctgsite.pages.charts.slope import slope_rows
from ctgsite.pages.french import quantity, uncapitalise
from ctgsite.pages.sentences import STATUS_WORDS, figure, label, period_of

SPREAD = (
    "Commune la plus basse",
    "Un quart des communes au-dessous de",
    "Une commune sur deux au-dessous de",
    "Trois quarts des communes au-dessous de",
    "Commune la plus haute",
)
MOST_BENCHMARKS = 3  # columns of benchmarks in a commune's tables


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, which may lead somewhere; one that is marked says why in its text.

    `items` are (text, address) pairs that stand under the text, each on a line of its own;
    `benchmark` is the level of the benchmark that the row is about, where it heads one.
    """

    text: str
    href: str = ""
    number: bool = False
    marked: bool = False
    items: tuple[tuple[str, str], ...] = ()
    benchmark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of each row is the row's header.

    `benchmarks` are the levels of the benchmarks that columns are about, "" for the others.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    benchmarks: tuple[str, ...] = ()

    def benchmark_of(self, column: int) -> str:
        """Return the level of the benchmark that a column is about, "" where it is about none."""
        return self.benchmarks[column] if column < len(self.benchmarks) else ""


def finding_table(finding: Finding, members: Iterable[tuple[Area, Measure]] = ()) -> Table:
    """Return a finding's figures: the territory's years, each benchmark's, some members'."""
    indicator = finding.indicator
    own = {m.year: m for m in (*finding.series, finding.measure)}
    own |= {c.here.year: c.here for c in finding.comparisons if c.here.value is not None}
    own[finding.measure.year] = finding.measure
    rows = [_row(label(finding.area), own[year], indicator) for year in sorted(own, reverse=True)]
    for comparison in finding.comparisons:
        name, level = label(comparison.benchmark), comparison.benchmark.level.value
        rows.append(_row(name, comparison.there, indicator, level))
    told = {(c.benchmark.code, c.there.year) for c in finding.comparisons}
    for other in slope_rows(finding)[1:]:
        name, level = label(other.area), other.area.level.value
        dates = (other.last, other.first)
        rows += [
            _row(name, m, indicator, level) for m in dates if (other.area.code, m.year) not in told
        ]
    rows += [_row(label(area), measure, indicator) for area, measure in members]
    columns = ("Territoire", "Année", "Valeur", "Statut")
    return Table(indicator.label, columns, tuple(rows))


def composition_table(parts: Sequence[Finding], names: Sequence[str]) -> Table:
    """Return the parts of a whole, one row each under its name, one column for each area."""
    rows = composition_rows(parts)
    body = tuple(
        (
            Cell(names[place]),
            *(Cell(figure(measures[place], part.indicator), number=True) for _, measures in rows),
        )
        for place, part in enumerate(parts)
    )
    dated = len({measures[0].year for _, measures in rows}) == 1
    caption = f"Répartition en {period_of(parts[0].measure)}" if dated else "Répartition"
    levels = _levels(parts[0], (measures[0] for _, measures in rows))
    return Table(caption, ("Part", *(area for area, _ in rows)), body, ("", *levels))


def _levels(finding: Finding, measures: Iterable[Measure]) -> tuple[str, ...]:
    """Return the level of each benchmark among some measures, "" for the area itself."""
    known = {c.benchmark.code: c.benchmark.level.value for c in finding.comparisons}
    return tuple(known.get(measure.code, "") for measure in measures)


def members_table(
    findings: Sequence[Finding], areas: Iterable[Area], links: dict[str, str], caption: str
) -> Table:
    """Return one row for each member commune, one column for each finding.

    Args:
        findings: their `members` fill the cells.
        areas: the member communes, in the order of the rows.
        links: address of each commune's page, by code.
        caption: the table's title.
    """
    by_code = [{area.code: m for area, m in finding.members} for finding in findings]
    rows = []
    for area in areas:
        cells = [Cell(label(area), links.get(area.code, ""))]
        for finding, known in zip(findings, by_code, strict=True):
            measure = known.get(area.code)
            text = _marked(measure, finding.indicator) if measure else "donnée absente"
            cells.append(Cell(text, number=True))
        rows.append(tuple(cells))
    labels = tuple(f"{f.indicator.label} ({period_of(f.measure)})" for f in findings)
    return Table(caption, ("Commune", *labels), tuple(rows))


def distribution_table(finding: Finding, links: dict[str, str]) -> Table:
    """Return the member communes that have a figure, highest first."""
    indicator = finding.indicator
    rows = tuple(
        (Cell(label(area), links.get(area.code, "")), Cell(_marked(m, indicator), number=True))
        for area, m in known_members(finding)
    )
    caption = f"{indicator.label}, {period_of(finding.measure)}"
    return Table(caption, ("Commune ou repère", "Valeur"), rows)


def spread_table(finding: Finding) -> Table:
    """Return five figures that say how member communes are spread."""
    values = sorted(m.value or 0.0 for _, m in known_members(finding))
    quarters = quantiles(values, n=4, method="inclusive")
    indicator = finding.indicator
    named = zip(SPREAD, (values[0], *quarters, values[-1]), strict=True)
    rows = tuple(
        (Cell(name), Cell(quantity(value, indicator.unit, indicator.precision), number=True))
        for name, value in named
    )
    caption = f"{indicator.label}, {period_of(finding.measure)} : {len(values)} communes"
    return Table(caption, ("Repère", "Valeur"), rows)


def reference_rows(finding: Finding) -> tuple[tuple[Cell, ...], ...]:
    """Return the territory and the benchmarks that a distribution shows, as rows of two cells."""
    return tuple(
        (
            Cell(label(one.area), benchmark="" if one.own else one.area.level.value),
            Cell(_marked(one.measure, finding.indicator), number=True),
        )
        for one in references(finding)
    )


def commune_table(member: MemberDiagnostic, theme: ThemeDiagnostic) -> Table:
    """Return a commune's figures of one theme beside those of its benchmarks."""
    benchmarks: dict[str, Area] = {}
    for finding in theme.findings:
        for comparison in finding.comparisons:
            benchmarks.setdefault(comparison.benchmark.code, comparison.benchmark)
    shown = list(benchmarks.values())[:MOST_BENCHMARKS]
    rows = tuple(
        (
            Cell(finding.indicator.label),
            Cell(period_of(finding.measure), number=True),
            Cell(_marked(finding.measure, finding.indicator), number=True),
            *(Cell(_beside(finding, area), number=True) for area in shown),
        )
        for finding in theme.findings
    )
    names = tuple(label(area) for area in shown)
    levels = tuple(area.level.value for area in shown)
    columns = ("Indicateur", "Année", label(member.area), *names)
    return Table(theme.theme.title, columns, rows, ("", "", "", *levels))


def _row(
    name: str, measure: Measure, indicator: Indicator, benchmark: str = ""
) -> tuple[Cell, ...]:
    return (
        Cell(name, benchmark=benchmark),
        Cell(period_of(measure), number=True),
        Cell(_marked(measure, indicator) if measure.value is not None else "–", number=True),
        Cell(_status(measure)),
    )


def _status(measure: Measure) -> str:
    """Return what is behind a figure, or why there is none."""
    words = STATUS_WORDS[measure.status]
    if not measure.note:
        return words
    return (
        measure.note
        if measure.value is None
        else f"{words} ({uncapitalise(measure.note.rstrip('.'))})"
    )


def _marked(measure: Measure, indicator: Indicator) -> str:
    text = figure(measure, indicator)
    return f"{text} (petit effectif)" if measure.caution and measure.value is not None else text


def _beside(finding: Finding, area: Area) -> str:
    comparison = _with_benchmark(finding, area)
    if comparison is None:
        return "–"
    if comparison.there.value is not None and comparison.there.year != finding.measure.year:
        return f"{figure(comparison.there, finding.indicator)} ({period_of(comparison.there)})"
    return figure(comparison.there, finding.indicator)


def _with_benchmark(finding: Finding, area: Area) -> Comparison | None:
    return next((c for c in finding.comparisons if c.benchmark.code == area.code), None)
