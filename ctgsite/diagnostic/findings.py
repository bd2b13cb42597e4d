"""What each indicator says of one area: its figure, comparisons, ranks, trend and members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ctgsite.diagnostic.evidence import Evidence
from ctgsite.diagnostic.model import (
    BENCHMARK_ORDER,
    Comparison,
    Elsewhere,
    Finding,
    Slope,
    Trend,
)
from ctgsite.diagnostic.precision import precision_of
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.absence import missing_measure
from ctgsite.indicators.comparison import compare
from ctgsite.indicators.dispersion import dispersion
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.indicators.peers import Peers, comparables_measure
from ctgsite.indicators.position import Rank, Standing, position, standing
from ctgsite.indicators.trend import Change, end_year, pace, trend
from ctgsite.sources.observations import Status

METROPOLE = "France métropolitaine"  # as the description of a source notes it


@dataclass(frozen=True, slots=True)
class Pool:
    """Areas among which one is ranked, and how a sentence names them ("communes du Loiret")."""

    level: Level
    codes: tuple[str, ...]
    among: str


@dataclass(frozen=True)
class Setting:
    """What the figures of one area are read against.

    Attributes:
        area: The area described.
        benchmarks: Areas it is compared with, nearest first.
        peers: The comparable areas, whose median is a benchmark, and their level.
        pools: Areas among which it is ranked.
        members: Its member communes; none for a commune.
        order: Levels of benchmarks, the one that speaks for a finding first.
        inhabitants: Population of each member commune, by code.
    """

    area: Area
    benchmarks: tuple[Area, ...]
    peers: tuple[Peers, Level] | None = None
    pools: tuple[Pool, ...] = ()
    members: tuple[Area, ...] = ()
    order: tuple[Level, ...] = BENCHMARK_ORDER
    inhabitants: Mapping[str, float] = field(default_factory=dict)


def find_all(
    indicators: Iterable[Indicator], setting: Setting, evidence: Evidence
) -> tuple[Finding, ...]:
    """Return one finding per indicator, with or without a figure, in the given order."""
    return tuple(find(indicator, setting, evidence) for indicator in indicators)


def find(
    indicator: Indicator, setting: Setting, evidence: Evidence, year: str | None = None
) -> Finding:
    """Return what one indicator says of an area: its latest figure, or that of a year.

    Nothing later than that year is looked at.
    """
    figures, area = evidence.figures, setting.area
    series = figures.series(indicator.id, area.level, area.code)
    if year is None:
        measure = figures.latest(indicator.id, area.level, area.code)
    else:
        series = tuple(m for m in series if end_year(m.year) <= end_year(year))
        measure = figures.at(indicator.id, area.level, area.code, year)
    if measure is None:
        measure = missing_measure(indicator, area.level, area.code, figures, year)
    if measure.value is None:
        return _without_figure(indicator, measure, series, setting, evidence)
    ranks = tuple(_ranks(indicator, measure, setting.pools, evidence))
    members = figures_of(indicator, measure.year, setting.members, evidence)
    return Finding(
        indicator,
        area,
        measure,
        comparisons=tuple(_comparisons(indicator, series, setting, evidence)),
        positions=ranks,
        standing=_standing(indicator, measure, ranks, evidence),
        trend=_trend(indicator, series, setting, evidence),
        series=series,
        members=members,
        dispersion=dispersion(indicator, measure, [m for _, m in members], setting.inhabitants),
        order=setting.order,
        precision=precision_of(indicator, measure, evidence.descriptions),
    )


def _without_figure(
    indicator: Indicator,
    measure: Measure,
    series: tuple[Measure, ...],
    setting: Setting,
    evidence: Evidence,
) -> Finding:
    """Return a finding without a figure of its own; its members may have theirs."""
    years = evidence.figures.years(indicator.id, Level.COMMUNE) if setting.members else ()
    for year in reversed(years):
        members = figures_of(indicator, year, setting.members, evidence)
        if members:
            area = setting.area
            own = evidence.figures.at(indicator.id, area.level, area.code, year)
            reason = missing_measure(indicator, area.level, area.code, evidence.figures, year)
            return Finding(
                indicator,
                area,
                own or reason,
                series=series,
                members=members,
                dispersion=dispersion(
                    indicator, own or reason, [m for _, m in members], setting.inhabitants
                ),
            )
    return Finding(indicator, setting.area, measure, series=series)


def _comparisons(
    indicator: Indicator, here: Sequence[Measure], setting: Setting, evidence: Evidence
) -> Iterator[Comparison]:
    for benchmark in setting.benchmarks:
        there = _series_there(indicator, here, benchmark, setting, evidence)
        absence = missing_measure(indicator, benchmark.level, benchmark.code, evidence.figures)
        found = compare(indicator, here, there, absence)
        if found is not None and (there or not indicator.local):
            named = _as_published(benchmark, found.there)
            yield Comparison(named, found.here, found.there, found.verdict)


def _as_published(benchmark: Area, there: Measure) -> Area:
    """Return the benchmark under the name of what its figure is about."""
    if benchmark.level is Level.FRANCE and there.note == METROPOLE:
        return replace(benchmark, name=METROPOLE)
    return benchmark


def _series_there(
    indicator: Indicator,
    here: Sequence[Measure],
    benchmark: Area,
    setting: Setting,
    evidence: Evidence,
) -> tuple[Measure, ...]:
    """Return a benchmark's series; that of the peers is their median, year by year."""
    if benchmark.level is not Level.COMPARABLES:
        return evidence.figures.series(indicator.id, benchmark.level, benchmark.code)
    if setting.peers is None:
        return ()
    return tuple(
        _median_of_peers(indicator, measure, setting.peers, evidence)
        for measure in here
        if measure.value is not None
    )


def _median_of_peers(
    indicator: Indicator, here: Measure, peers: tuple[Peers, Level], evidence: Evidence
) -> Measure:
    """Return the peers' median; withheld where each région has its own reference."""
    median = comparables_measure(indicator, evidence.figures, *peers, here)
    reason = evidence.descriptions[here.dataset].coverage.reference
    return replace(median, value=None, status=Status.ABSENT, note=reason) if reason else median


def _ranks(
    indicator: Indicator, measure: Measure, pools: Iterable[Pool], evidence: Evidence
) -> Iterator[Rank]:
    for pool in pools:
        ranked = position(indicator, evidence.figures, measure, pool.codes, pool.among)
        if ranked is not None:
            yield ranked


def _standing(
    indicator: Indicator, measure: Measure, ranks: Sequence[Rank], evidence: Evidence
) -> Standing | None:
    """Return where an area stands in France, of a source that covers France with one reference.

    The rank of a wider area is among all those of France, and gives its exact place.
    """
    coverage = evidence.descriptions[measure.dataset].coverage
    if coverage.partial or coverage.reference:
        return None
    ranked = None if measure.level is Level.COMMUNE or not ranks else ranks[0]
    return standing(indicator, evidence.national, measure, ranked)


def _trend(
    indicator: Indicator, series: Sequence[Measure], setting: Setting, evidence: Evidence
) -> Trend | None:
    found = trend(indicator, series)
    if found is None:
        return None
    beside = _elsewhere(indicator, found, setting, evidence)
    slopes = tuple(_slopes(indicator, found, setting, evidence))
    return Trend(found.first, found.last, found.change, found.verdict, found.yearly, beside, slopes)


def _slopes(
    indicator: Indicator, here: Change, setting: Setting, evidence: Evidence
) -> Iterator[Slope]:
    """Yield the figures of both dates, of each benchmark that may be held against the change."""
    for benchmark in setting.benchmarks:
        if benchmark.level is Level.COMPARABLES:
            continue
        series = evidence.figures.series(indicator.id, benchmark.level, benchmark.code)
        if pace(indicator, here, series) is None:
            continue
        known = {measure.year: measure for measure in series}
        first, last = known[here.first.year], known[here.last.year]
        yield Slope(_as_published(benchmark, last), first, last)


def _elsewhere(
    indicator: Indicator, here: Change, setting: Setting, evidence: Evidence
) -> Elsewhere | None:
    """Return the same change in the first benchmark, in the order of levels, that has it.

    The median of the peers has none: that of other years is about other territories.
    """
    for level in setting.order:
        for benchmark in setting.benchmarks:
            if benchmark.level is not level or level is Level.COMPARABLES:
                continue
            series = evidence.figures.series(indicator.id, level, benchmark.code)
            found = pace(indicator, here, series)
            if found is not None:
                named = _as_published(benchmark, series[-1])
                return Elsewhere(named, found.change, found.yearly, found.verdict)
    return None


def figures_of(
    indicator: Indicator, year: str, members: tuple[Area, ...], evidence: Evidence
) -> tuple[tuple[Area, Measure], ...]:
    """Return every commune's figure of a year, or why it has none.

    None at all where no commune has a figure.
    """
    if not members:
        return ()
    figures = evidence.figures
    codes = [area.code for area in members]
    found = {m.code: m for m in figures.of_areas(indicator.id, Level.COMMUNE, codes, year)}
    if not any(member.value is not None for member in found.values()):
        return ()
    return tuple(
        (
            area,
            found.get(area.code)
            or missing_measure(indicator, Level.COMMUNE, area.code, figures, year),
        )
        for area in members
    )
