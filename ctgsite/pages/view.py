"""Where things stand on one site: addresses of charts and pages, and what tiles and lines say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ctgsite.diagnostic.chain import Chain
from ctgsite.diagnostic.chain_links import chain_of
from ctgsite.diagnostic.model import (
    Diagnostic,
    Finding,
    Highlight,
)
from ctgsite.geography.names import dans
from ctgsite.indicators.comparison import is_count
from ctgsite.pages.banners import banner
from ctgsite.pages.blocks import Workshop
from ctgsite.pages.french import rounded, uncapitalise, unit_after
from ctgsite.pages.front import standing_words
from ctgsite.pages.sentences import (
    bare_figure,
    figure,
    heading,
    period_of,
    reading_here,
    short_figure,
)
from ctgsite.pages.trend_sentences import short_change, trend_sentence


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure in a box; `link` is "" where its chart is not on the site.

    `standing` is how it compares, in words; the note then has no figure of the benchmark.
    """

    value: str
    unit: str
    name: str
    note: str
    link: str = ""
    standing: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its title, and where its chart stands."""

    title: str
    text: str
    link: str = ""


@dataclass(frozen=True)
class SiteView:
    """One diagnostic as its pages see it."""

    diagnostic: Diagnostic

    @property
    def banner(self) -> str:
        """The sentence on the site's statut that every page carries."""
        return banner(self.diagnostic.territory)

    @cached_property
    def chart_pages(self) -> dict[str, str]:
        """Theme page on which each indicator has its chart, by indicator id."""
        pages: dict[str, str] = {}
        for theme in self.diagnostic.themes:
            for finding in theme.findings:
                pages.setdefault(finding.indicator.id, theme.theme.slug)
        return pages

    @cached_property
    def chain(self) -> Chain:
        """What cites what on this site."""
        return chain_of(self.diagnostic)

    def chart_link(self, indicator: str, root: str = "") -> str:
        """Return the Markdown address of an indicator's chart, or "" where it has none."""
        slug = self.chart_pages.get(indicator)
        return f"{root}thematiques/{slug}/index.md#{indicator}" if slug else ""

    def published_chart(self, indicator: str, root: str) -> str:
        """Return the published address of an indicator's chart, for HTML; "" where it has none."""
        return self.chart_link(indicator, root).replace("index.md", "index.html")

    def workshop(self, root: str) -> Workshop:
        """Return what the blocks of a page need; `root` leads from that page to the site's root."""
        cards = {card.dataset: card for card in self.diagnostic.sources}
        return Workshop(cards, self.diagnostic.shapes, self.commune_links(root))

    def commune_links(self, root: str) -> dict[str, str]:
        """Return the published address of each member commune's page, by code."""
        members = self.diagnostic.members
        return {m.area.code: f"{root}communes/{m.area.code}/index.html" for m in members}

    def tiles(self) -> tuple[Tile, ...]:
        """Return the key figures of the territory."""
        return tuple(
            tile(finding, self.chart_link(finding.indicator.id))
            for finding in self.diagnostic.key_figures
            if finding.measure.value is not None
        )

    def key_lines(self) -> tuple[Line, ...]:
        """Return the key figures in words."""
        return tuple(
            Line(f.indicator.label, reading_here(f), self.chart_link(f.indicator.id))
            for f in self.diagnostic.key_figures
            if f.measure.value is not None
        )

    def highlight_lines(self) -> tuple[Line, ...]:
        """Return the highlights, each with the comparison that made it one."""
        return tuple(
            Line(
                heading(h.finding, h.comparison),
                " ".join(filter(None, (reading_here(h.finding, h.comparison), beside_peers(h)))),
                self.chart_link(h.finding.indicator.id),
            )
            for h in self.diagnostic.highlights
        )

    def change_lines(self) -> tuple[Line, ...]:
        """Return what changes: the population, then what changed most."""
        key = (f for f in self.diagnostic.key_figures if f.indicator.id == "population")
        found = dict.fromkeys((*key, *self.diagnostic.changes))
        return tuple(
            Line(
                f.indicator.label,
                uncapitalise(text.removeprefix("Évolution : ")),
                self.chart_link(f.indicator.id),
            )
            for f in found
            if (text := trend_sentence(f))
        )


def beside_peers(highlight: Highlight) -> str:
    """Return the figure of the comparable territories, where the highlight tells another's."""
    peers = highlight.finding.with_peers
    if peers is None or peers == highlight.comparison:
        return ""
    return (
        f"Médiane des territoires comparables : {figure(peers.there, highlight.finding.indicator)}."
    )


def tile(finding: Finding, link: str = "") -> Tile:
    """Return one known key figure as a box: value, name, year and a benchmark or a change."""
    indicator, measure = finding.indicator, finding.measure
    notes = [period_of(measure)]
    comparison = finding.main_comparison
    standing = standing_words(finding)
    if comparison is not None and comparison.here.year == measure.year and not standing:
        notes.append(f"{short_figure(comparison.there, indicator)} {dans(comparison.benchmark)}")
    elif is_count(indicator) and finding.trend is not None:
        notes.append(f"{short_change(finding.trend, indicator)} {_span(finding)}")
    shown = rounded(measure.value or 0.0, indicator.precision)
    return Tile(
        bare_figure(measure, indicator),
        unit_after(shown, indicator.unit).strip(),
        indicator.label,
        " · ".join(notes),
        link,
        standing,
    )


def _span(finding: Finding) -> str:
    """Return the years of a change: “depuis 2013” only where it goes on to the figure shown."""
    if finding.trend is None:
        return ""
    first, last = finding.trend.first.year, finding.trend.last.year
    return f"depuis {first}" if last == finding.measure.year else f"de {first} à {last}"
