"""The Diagnostic: everything one site says, in a frozen tree of plain types, without pandas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ctgsite.config.models import Territory
from ctgsite.diagnostic.evaluation import NOT_EVALUATED, EvaluationRecord
from ctgsite.diagnostic.plan import NO_PLAN, Plan
from ctgsite.diagnostic.supply import PlacedService
from ctgsite.diagnostic.survey_model import SurveyResult
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.contributions import Contributions
from ctgsite.indicators.cumulation import Cumulation
from ctgsite.indicators.dispersion import Dispersion
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator, Theme
from ctgsite.indicators.position import Rank, Standing
from ctgsite.indicators.quarters import Quarter
from ctgsite.indicators.views import Slot, View
from ctgsite.sources.local_tables import LocalTable

BENCHMARK_ORDER = (
    Level.DEPARTEMENT,
    Level.REGION,
    Level.FRANCE,
    Level.COMPARABLES,
    Level.EPCI,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The territory's figure and a benchmark's, of the same vintage, source and series.

    Where no common vintage exists, `there` has no value and its note says why.
    """

    benchmark: Area
    here: Measure
    there: Measure
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same change in a benchmark, and how the area's own stands against it."""

    benchmark: Area
    change: float
    yearly: float | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Slope:
    """A benchmark's figures at both ends of an area's change, of the same source and series."""

    benchmark: Area
    first: Measure
    last: Measure


@dataclass(frozen=True, slots=True)
class Trend:
    """A change between two comparable vintages; `change` is in the unit, or in % for a count.

    `yearly` is a count's compound annual rate, in %, over more than a year.
    """

    first: Measure
    last: Measure
    change: float
    verdict: Verdict
    yearly: float | None = None
    elsewhere: Elsewhere | None = None
    slopes: tuple[Slope, ...] = ()  # of every benchmark that has both dates


@dataclass(frozen=True, slots=True)
class Cause:
    """Why published figures are not exact, in French, and the bound of one of them."""

    reason: str
    half_width: float
    blurred: bool = False  # by a noise added on purpose; else by rounding


@dataclass(frozen=True, slots=True)
class Precision:
    """What the sources of a figure tell of its precision.

    `caution_under` is the count under which its numerator is to be read with caution, 0 for none.
    """

    causes: tuple[Cause, ...] = ()
    caution_under: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What one indicator says of one area: its figure and all that gives it meaning."""

    indicator: Indicator
    area: Area
    measure: Measure
    comparisons: tuple[Comparison, ...] = ()
    positions: tuple[Rank, ...] = ()
    standing: Standing | None = None  # among all areas of its level in France
    trend: Trend | None = None
    series: tuple[Measure, ...] = ()
    members: tuple[tuple[Area, Measure], ...] = ()
    dispersion: Dispersion | None = None
    order: tuple[Level, ...] = BENCHMARK_ORDER
    precision: Precision = Precision()

    @property
    def main_comparison(self) -> Comparison | None:
        """The one comparison that speaks for the finding: the first in the order of levels.

        It is settled before the difference is known: no benchmark is picked because it differs.
        """
        known = [c for c in self.comparisons if c.verdict is not Verdict.INCONNU]
        for level in self.order:
            for comparison in known:
                if comparison.benchmark.level is level:
                    return comparison
        return known[0] if known else None

    @property
    def with_peers(self) -> Comparison | None:
        """The comparison with the comparable territories, where it says something."""
        return next(
            (
                comparison
                for comparison in self.comparisons
                if comparison.benchmark.level is Level.COMPARABLES
                and comparison.verdict is not Verdict.INCONNU
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class ThemeView:
    """What a composite view shows here: each slot with its finding, at least one with a figure.

    `area` is the territory, or its département where the figures are published no closer: then
    `within` is the territory.
    """

    view: View
    area: Area
    within: Area | None = None
    entries: tuple[tuple[Slot, Finding], ...] = ()
    quarters: tuple[Quarter, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of the slots, in order."""
        return tuple(finding for _, finding in self.entries)


@dataclass(frozen=True, slots=True)
class Takeaway:
    """A finding to remember of a theme, and what of it: how it differs, changed, varies, counts."""

    finding: Finding
    of: Literal["difference", "change", "gap", "count"]


@dataclass(frozen=True, slots=True)
class ThemeDiagnostic:
    """One theme: findings that have a figure, those that have none and say why, and the views."""

    theme: Theme
    findings: tuple[Finding, ...]
    missing: tuple[Finding, ...]
    views: tuple[ThemeView, ...] = ()
    takeaways: tuple[Takeaway, ...] = ()  # of the territory


@dataclass(frozen=True, slots=True)
class Highlight:
    """A finding worth the home page; `score` orders them, `benchmark` is the one that shows it."""

    finding: Finding
    comparison: Comparison
    score: float


@dataclass(frozen=True, slots=True)
class MemberDiagnostic:
    """One member commune and its findings, by theme."""

    area: Area
    themes: tuple[ThemeDiagnostic, ...]
    highlights: tuple[Highlight, ...] = ()  # best first


Rings = tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """An area's contour: rings of (longitude, latitude), outer and holes alike."""

    area: Area
    rings: Rings


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a territory is, from nearest to widest; of each level, most of its communes first.

    Attributes:
        communes: how many it has.
        around: contours of its départements, in longitude and latitude.
        marked: the same as the map of France has them: those overseas stand in its insets.
        ground: the outline of France on that map.
    """

    departements: tuple[Area, ...] = ()
    regions: tuple[Area, ...] = ()
    epci: tuple[Area, ...] = ()
    communes: int = 0
    around: Rings = ()
    marked: Rings = ()
    ground: Rings = ()


NOWHERE = Situation()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A territory of one commune among its neighbours.

    `findings` has one a theme, by slug; its `members` are the commune, then its neighbours.
    """

    findings: tuple[tuple[str, Finding], ...] = ()
    shapes: tuple[Shape, ...] = ()

    def finding(self, theme: str) -> Finding | None:
        """Return the finding to map for a theme."""
        return dict(self.findings).get(theme)


NO_SURROUNDINGS = Surroundings()


@dataclass(frozen=True, slots=True)
class SourceCard:
    """What the pages say of a dataset: enough to find it again and to credit its producer."""

    dataset: str
    title: str
    producer: str
    licence: str
    page: str
    vintages: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PeerVariable:
    """A variable that chose the peers: the area's figure and theirs, in the order of the peers."""

    indicator: Indicator
    here: Measure
    there: tuple[Measure | None, ...]


@dataclass(frozen=True, slots=True)
class InnerGap:
    """An indicator on which member communes differ much.

    `ratio` is their interquartile range over that of all communes of France.
    """

    finding: Finding
    ratio: float


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One territory's diagnostic, complete: pages need nothing else."""

    territory: Territory
    area: Area
    benchmarks: tuple[Area, ...]
    peers: tuple[tuple[Area, float], ...]  # nearest first, with their distance
    peer_variables: tuple[PeerVariable, ...]
    peer_pool: int  # how many areas they were chosen from
    key_figures: tuple[Finding, ...]
    highlights: tuple[Highlight, ...]
    changes: tuple[Finding, ...]  # what changed most between two comparable vintages
    themes: tuple[ThemeDiagnostic, ...]
    members: tuple[MemberDiagnostic, ...]
    shapes: tuple[Shape, ...]
    sources: tuple[SourceCard, ...]
    measures: tuple[tuple[Area, Measure], ...]  # every measure on the site, for the downloads
    peer_lacks: tuple[str, ...] = ()  # variables that no figure of the level allows, by label
    population_change: tuple[Contributions, ...] = ()  # the area's, then its benchmarks'
    inner_gaps: tuple[InnerGap, ...] = ()  # widest first
    cumulation: Cumulation | None = None
    local_tables: tuple[LocalTable, ...] = ()  # the territory's own, small counts masked
    plan: Plan = NO_PLAN
    evaluation: EvaluationRecord = NOT_EVALUATED
    services: tuple[PlacedService, ...] = ()  # in the order of the territory's file
    unplaced: tuple[Indicator, ...] = ()  # cited, and of no theme of the site
    surroundings: Surroundings = NO_SURROUNDINGS  # of a territory of one commune
    surveys: tuple[SurveyResult, ...] = ()  # the territory's questionnaires, small counts masked
    situation: Situation = NOWHERE
