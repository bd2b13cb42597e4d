"""One territory and the evidence → its Diagnostic."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from ctgsite.config.models import Territory, ThemeChoice
from ctgsite.diagnostic.assessment import assess
from ctgsite.diagnostic.benchmarks import Coverage, benchmarks_of, coverage_of
from ctgsite.diagnostic.chain_links import unplaced_indicators
from ctgsite.diagnostic.evidence import Evidence
from ctgsite.diagnostic.findings import Setting, find_all
from ctgsite.diagnostic.highlights import choose_changes, choose_highlights
from ctgsite.diagnostic.inside import cumulation, widest_gaps
from ctgsite.diagnostic.material import NOTHING, Material
from ctgsite.diagnostic.model import (
    Diagnostic,
    Finding,
    MemberDiagnostic,
    PeerVariable,
    Shape,
    ThemeDiagnostic,
)
from ctgsite.diagnostic.plan import build_plan
from ctgsite.diagnostic.setting import PEERS, peer_level, setting_of_member, setting_of_territory
from ctgsite.diagnostic.situation import situation_of
from ctgsite.diagnostic.source_cards import source_cards
from ctgsite.diagnostic.supply import place_services
from ctgsite.diagnostic.surroundings import surroundings_of
from ctgsite.diagnostic.takeaways import choose_takeaways
from ctgsite.diagnostic.views import with_views
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.contributions import Contributions, contributions
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Theme
from ctgsite.indicators.peers import PEER_VARIABLES, Peers, find_peers

KEY_INDICATORS = (
    "population",
    "variation_annuelle_population",
    "part_moins_20_ans",
    "part_65_ans_plus",
    "part_familles_monoparentales",
    "niveau_vie_median",
    "taux_pauvrete",
    "taux_chomage_recensement",
    "part_logements_vacants",
    "taux_couverture_petite_enfance",
)


def build_diagnostic(
    territory: Territory,
    evidence: Evidence,
    material: Material = NOTHING,
) -> Diagnostic:
    """Return everything that a territory's site says; `material` is its own, protected."""
    coverage = coverage_of(territory, evidence.geography)
    if coverage.area.level is Level.TERRITOIRE:
        evidence = evidence.with_group(coverage.area, coverage.communes)
    if material.local is not None:
        evidence = evidence.with_local(material.local)
    benchmarks = benchmarks_of(territory, coverage, evidence.geography)
    peers = find_peers(evidence.figures, coverage.area, PEERS)
    setting = setting_of_territory(coverage, benchmarks, peers, evidence)
    asked = (question.theme for one in material.surveys for question in one.published.questions)
    own = frozenset((*(table.theme for table in material.tables), *asked))
    themes = tuple(
        with_views(theme, setting, coverage, evidence)
        for theme in _themes(territory.themes, setting, evidence, own)
    )
    findings = [finding for theme in themes for finding in theme.findings]
    settled = territory.themes or tuple(ThemeChoice(theme=theme.theme.slug) for theme in themes)
    members = tuple(_members(settled, coverage, evidence))
    around = surroundings_of(coverage, themes, evidence)
    near = (pair for _, finding in around.findings for pair in finding.members)
    shown = _shown((*themes, *(t for member in members for t in member.themes)))
    measures = tuple(_each_once((*shown, *_benchmark_series(themes, benchmarks, evidence), *near)))
    gaps = widest_gaps(findings, evidence)
    diagnostic = Diagnostic(
        territory=territory,
        area=coverage.area,
        benchmarks=benchmarks,
        peers=tuple(_named(peers, coverage.area, evidence)),
        peer_variables=tuple(_profile(peers, coverage.area, evidence)),
        peer_lacks=_lacking(peers, evidence),
        peer_pool=peers.pool,
        key_figures=_key_figures(findings),
        highlights=choose_highlights(findings, evidence.spread),
        changes=choose_changes(findings, evidence.spread),
        themes=tuple(
            replace(theme, takeaways=choose_takeaways(theme, evidence.spread, gaps))
            for theme in themes
        ),
        members=members,
        shapes=tuple(_shapes(coverage, evidence)),
        sources=tuple(source_cards(measures, themes, evidence.descriptions)),
        measures=measures,
        population_change=_population_change(coverage.area, benchmarks, evidence),
        inner_gaps=gaps,
        cumulation=cumulation(coverage, evidence),
        local_tables=tuple(
            t for t in material.tables if t.theme in {th.theme.slug for th in themes}
        ),
        plan=build_plan(territory, evidence.catalogue.indicators),
        services=place_services(territory, coverage, evidence.geography, evidence.contours),
        unplaced=unplaced_indicators(territory, themes, evidence.catalogue.indicators),
        surroundings=around,
        surveys=material.surveys,
        situation=situation_of(coverage, evidence),
    )
    return replace(diagnostic, evaluation=assess(diagnostic, material.editions))


def _profile(peers: Peers, area: Area, evidence: Evidence) -> Iterator[PeerVariable]:
    """Yield what each variable says of the area and of each of its peers."""
    for name, year in peers.variables:
        here = evidence.figures.at(name, area.level, area.code, year)
        level, codes = peer_level(area), peers.codes
        found = {m.code: m for m in evidence.figures.of_areas(name, level, codes, year)}
        if here is not None:
            indicator = evidence.catalogue.indicators[name]
            yield PeerVariable(indicator, here, tuple(found.get(code) for code in codes))


def _lacking(peers: Peers, evidence: Evidence) -> tuple[str, ...]:
    """Return the labels of the variables that the area has no figure of."""
    used = {name for name, _ in peers.variables}
    lacking = (name for name in PEER_VARIABLES if name not in used)
    return tuple(evidence.catalogue.indicators[name].label for name in lacking)


def _population_change(
    area: Area, benchmarks: Iterable[Area], evidence: Evidence
) -> tuple[Contributions, ...]:
    """Return the contributions of the area, then of its benchmarks over the same period."""
    own = contributions(evidence.figures, area)
    if own is None:
        return ()
    period = own.change.year
    found = (contributions(evidence.figures, there, period) for there in benchmarks)
    return (own, *(other for other in found if other is not None))


def _named(peers: Peers, area: Area, evidence: Evidence) -> Iterator[tuple[Area, float]]:
    for code, distance in peers.nearest:
        yield evidence.geography.area(peer_level(area), code), distance


def _themes(
    choices: tuple[ThemeChoice, ...],
    setting: Setting,
    evidence: Evidence,
    kept: Collection[str] = (),
) -> Iterator[ThemeDiagnostic]:
    """Diagnose the chosen themes, in the territory's order and under its own titles.

    Without a choice, those without any figure are left out, unless they are to be kept.
    """
    catalogue = evidence.catalogue
    chosen = choices or tuple(ThemeChoice(theme=slug) for slug in catalogue.themes)
    for choice in chosen:
        theme = catalogue.themes.get(choice.slug) or Theme(choice.slug, choice.title, "")
        if choice.title:
            theme = replace(theme, title=choice.title)
        found = find_all(catalogue.of_theme(choice.slug), setting, evidence)
        diagnosed = ThemeDiagnostic(
            theme,
            findings=tuple(f for f in found if f.measure.value is not None),
            missing=tuple(f for f in found if f.measure.value is None),
        )
        if choices or diagnosed.findings or choice.slug in kept:
            yield diagnosed


def _key_figures(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    by_id = {finding.indicator.id: finding for finding in findings}
    return tuple(by_id[name] for name in KEY_INDICATORS if name in by_id)


def _members(
    choices: tuple[ThemeChoice, ...], coverage: Coverage, evidence: Evidence
) -> Iterator[MemberDiagnostic]:
    """Diagnose each member commune; a commune has none but itself."""
    if coverage.area.level is Level.COMMUNE:
        return
    for code in coverage.communes:
        area = evidence.geography.area(Level.COMMUNE, code)
        setting = setting_of_member(area, coverage, evidence)
        themes = tuple(_themes(choices, setting, evidence))
        findings = [finding for theme in themes for finding in theme.findings]
        yield MemberDiagnostic(area, themes, choose_highlights(findings, evidence.spread))


def _shapes(coverage: Coverage, evidence: Evidence) -> Iterator[Shape]:
    """Return the contours of the territory and of its communes, where they are known."""
    areas = dict.fromkeys(
        (coverage.area, *(evidence.geography.area(Level.COMMUNE, c) for c in coverage.communes))
    )
    for area in areas:
        if rings := evidence.contours.rings(area.level, area.code):
            yield Shape(area, rings)


def _shown(themes: Iterable[ThemeDiagnostic]) -> Iterator[tuple[Area, Measure]]:
    """Yield every measure of the findings and views, with or without a value."""
    for theme in themes:
        drawn = (finding for view in theme.views for finding in view.findings)
        for finding in (*theme.findings, *theme.missing, *drawn):
            yield finding.area, finding.measure
            for measure in finding.series:
                yield finding.area, measure
            for comparison in finding.comparisons:
                yield comparison.benchmark, comparison.there
            for slope in finding.trend.slopes if finding.trend else ():
                yield slope.benchmark, slope.first
                yield slope.benchmark, slope.last
            yield from finding.members


def _benchmark_series(
    themes: Iterable[ThemeDiagnostic], benchmarks: Iterable[Area], evidence: Evidence
) -> Iterator[tuple[Area, Measure]]:
    """Yield all years of the benchmarks, beside those that are compared."""
    found = (finding for theme in themes for finding in theme.findings)
    names = tuple(dict.fromkeys(finding.indicator.id for finding in found))
    for area in benchmarks:
        for name in names:
            for measure in evidence.figures.series(name, area.level, area.code):
                yield area, measure


def _each_once(measures: Iterable[tuple[Area, Measure]]) -> Iterator[tuple[Area, Measure]]:
    """Yield the first measure of each (area, indicator, year)."""
    seen: set[tuple[Level, str, str, str]] = set()
    for area, measure in measures:
        key = (area.level, area.code, measure.indicator, measure.year)
        if key not in seen:
            seen.add(key)
            yield area, measure
