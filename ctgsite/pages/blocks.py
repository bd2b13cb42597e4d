"""Chart blocks: everything that one figure of a page shows, ready for its template."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ctgsite.diagnostic.model import Comparison, Finding, Shape, SourceCard, ThemeDiagnostic
from ctgsite.geography.areas import Area
from ctgsite.indicators.comparison import Verdict, is_count
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Form
from ctgsite.pages.charts import (
    Chart,
    as_json,
    comparison_chart,
    distribution_chart,
    evolution_chart,
    slope_chart,
)
from ctgsite.pages.charts.distribution import MOST_BARS, known_members, largest_members
from ctgsite.pages.charts.evolution import evolution_points, split_at_breaks
from ctgsite.pages.french import during, sentence
from ctgsite.pages.position_sentences import band_sentence, rank_sentence
from ctgsite.pages.precision import precision_sentence
from ctgsite.pages.sentences import (
    caution_sentence,
    figure,
    heading,
    other_comparisons,
    range_sentence,
    reading,
)
from ctgsite.pages.tables import (
    Table,
    finding_table,
)
from ctgsite.pages.trend_sentences import trend_sentence
from ctgsite.pages.voices import Spoken

LARGEST = f"Le graphique montre les {MOST_BARS} communes aux chiffres les plus élevés."


@dataclass(frozen=True, slots=True)
class Passage:
    """What the text says of one indicator: the reading, then the rest.

    `anchor` is "" where the heading carries it.
    """

    sentences: tuple[str, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """What enjeux or fiches do with a finding, and the title and address of each."""

    what: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One figure of a page.

    Attributes:
        id: the anchor that highlights and permanent links aim at.
        name: the chart's short name.
        chart: the Plotly figure as JSON, "" where a figure alone needs no chart.
        sources: credits, one for each dataset and vintage.
        method: anchor of the indicator on the page of methods.
        notes: what the figure does not say, and the question to ask.
    """

    id: str
    heading: str
    name: str
    chart: str
    passages: tuple[Passage, ...]
    table: Table
    sources: tuple[str, ...]
    method: str
    shown: str = ""  # the territory's figure, for a summary
    telling: bool = False  # whether the heading states a difference
    limits: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    voices: tuple[Spoken, ...] = ()  # what was said of it
    table_open: bool = False  # the table is never folded away: the chart cannot be read without it
    cited: tuple[Citation, ...] = ()


@dataclass(frozen=True)
class Workshop:
    """What blocks need besides findings: who published what, contours, and where communes live."""

    cards: Mapping[str, SourceCard]
    shapes: tuple[Shape, ...] = ()
    commune_links: dict[str, str] = field(default_factory=dict)

    def credits(self, measures: Iterable[Measure]) -> tuple[str, ...]:
        """Return the sources of several figures: each dataset once, with its vintages."""
        return self.named((measure.dataset, measure.vintage) for measure in measures)

    def named(self, origins: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """Return the sources of (dataset, vintages): each dataset once."""
        vintages: dict[str, dict[str, None]] = {}
        for dataset, vintage in origins:
            found = vintages.setdefault(dataset, {})
            found.update(dict.fromkeys(filter(None, vintage.split(" ; "))))
        return tuple(self._named(dataset, tuple(found)) for dataset, found in vintages.items())

    def credit(self, measure: Measure) -> str:
        """Return the source of a figure: producer, title, vintage."""
        return self.credits([measure])[0]

    def _named(self, dataset: str, vintages: Sequence[str]) -> str:
        card = self.cards.get(dataset)
        if card is None:
            return ", ".join(vintages)
        told = [vintage for vintage in vintages if vintage not in card.title]
        return ", ".join((card.producer, card.title, *told))


def theme_blocks(
    theme: ThemeDiagnostic, workshop: Workshop, told: Container[str] = ()
) -> tuple[Block, ...]:
    """Return a theme's figures in order, but for those that a composite view tells already."""
    return tuple(
        finding_block(finding, workshop)
        for finding in theme.findings
        if finding.indicator.id not in told
    )


def finding_block(finding: Finding, workshop: Workshop) -> Block:
    """Return one indicator's figure, in the form that suits it best here."""
    indicator = finding.indicator
    chart = finding_chart(finding)
    return Block(
        id=indicator.id,
        heading=heading(finding),
        name=indicator.label,
        chart=as_json(chart) if chart else "",
        passages=(Passage(tuple(told(finding))),),
        table=finding_table(finding, _plotted(finding)),
        sources=sources_of([finding], workshop),
        method=method_anchor(indicator.id),
        shown=_summed_up(finding),
        telling=distance(finding) > 0,
        limits=(sentence(indicator.limits),) if indicator.limits else (),
        questions=(indicator.question,) if indicator.question else (),
    )


def _summed_up(finding: Finding) -> str:
    """Return the figure that the heading is about, with its year where a later one is known."""
    told = finding.main_comparison
    if told is None or told.here.year == finding.measure.year:
        return figure(finding.measure, finding.indicator)
    return f"{figure(told.here, finding.indicator)} {during(told.here.year)}"


def finding_chart(finding: Finding) -> Chart | None:
    """Return the catalogue's form where the figures allow it, else the next best."""
    makers = [comparison_chart, evolution_chart, distribution_chart]
    if finding.indicator.form is Form.EVOLUTION or is_count(finding.indicator):
        makers = [slope_chart, evolution_chart, comparison_chart, distribution_chart]
    return next((chart for make in makers if (chart := make(finding))), None)


def _plotted(finding: Finding) -> Sequence[tuple[Area, Measure]]:
    """Return the member communes that the finding's own chart shows: of a count without a line."""
    return () if len(evolution_points(finding)) > 1 else largest_members(finding)


def told(finding: Finding, comparison: Comparison | None = None) -> list[str]:
    """Return what the text says of a finding, in reading order."""
    largest = len(known_members(finding)) > len(_plotted(finding)) > 0
    sentences = [
        reading(finding, comparison),
        caution_sentence(finding),
        precision_sentence(finding),
        other_comparisons(finding, comparison),
        trend_sentence(finding),
        *(rank_sentence(position) for position in finding.positions[:1]),
        band_sentence(finding),
        range_sentence(finding),
        *_breaks(finding),
        LARGEST if largest else "",
        sentence(finding.measure.note) if finding.measure.note else "",
    ]
    return [text for text in sentences if text]


def distance(part: Finding) -> float:
    """Return how far a part is from its benchmark, 0 where nothing may be said of it."""
    told = part.main_comparison
    if told is None or told.verdict is Verdict.PROCHE or told.here.caution or told.there.caution:
        return 0.0
    return abs((told.here.value or 0.0) - (told.there.value or 0.0))


def sources_of(findings: Sequence[Finding], workshop: Workshop) -> tuple[str, ...]:
    """Return the distinct sources of the figures shown."""
    shown = [_credited(finding) for finding in findings]
    shown += [c.there for f in findings for c in f.comparisons if c.there.value is not None]
    return workshop.credits(shown)


def _credited(finding: Finding) -> Measure:
    """Return the figure whose source is named: the territory's, or else a member's."""
    if finding.measure.value is not None:
        return finding.measure
    return next((m for _, m in known_members(finding)), finding.measure)


def method_anchor(indicator: str) -> str:
    """Return the anchor of an indicator on the page of methods."""
    return f"methode-{indicator}"


def _breaks(finding: Finding) -> list[str]:
    """Return why a line is interrupted, where it is."""
    points = [m for m in finding.series if m.value is not None]
    breaks = finding.indicator.breaks_at(finding.area.level)
    if len(split_at_breaks(points, breaks)) < 2:
        return []
    return [
        f"Les chiffres d’avant {year} ne se comparent pas aux suivants : {why}."
        for year, why in breaks
        if points[0].year < year <= points[-1].year
    ]
