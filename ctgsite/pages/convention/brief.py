"""The brief for élus: two printed pages, with what a meeting needs and no more."""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.diagnostic.chain import Kind
from ctgsite.diagnostic.chain_links import shortened
from ctgsite.diagnostic.model import Diagnostic, Finding
from ctgsite.pages.french import listing
from ctgsite.pages.model import Page
from ctgsite.pages.renderer import Renderer
from ctgsite.pages.sentences import heading, reading_here
from ctgsite.pages.story import advances, chosen_quotes
from ctgsite.pages.view import Line, SiteView

FOLDER = "brief"
TITLE = "L’essentiel en deux pages"
MOST_HIGHLIGHTS = 5
MOST_KEY_FIGURES = 10
MOST_STAKES = 6
MOST_AXES = 6
MOST_QUESTIONS = 5
LONGEST_STAKE = 160  # characters; a title beyond that would take the room of another one
LONGEST_AXIS = 110


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the page, out of the menu: the home page leads to it."""
    view = renderer.view
    territory = view.diagnostic.territory
    yield renderer.page(
        FOLDER,
        FOLDER,
        TITLE,
        in_nav=False,
        key_lines=view.key_lines()[:MOST_KEY_FIGURES],
        highlights=highlights(view),
        spoken=chosen_quotes(view),
        stakes=[shortened(stake.title, LONGEST_STAKE) for stake in territory.stakes[:MOST_STAKES]],
        more_stakes=len(territory.stakes[MOST_STAKES:]),
        progress=[
            Line(shortened(one.axis.title, LONGEST_AXIS), one.words)
            for one in advances(view)[:MOST_AXES]
        ],
        more_axes=len(territory.priorities[MOST_AXES:]),
        updated=view.diagnostic.plan.as_of,
        questions=questions(view),
        producers=producers(view.diagnostic),
    )


def highlights(view: SiteView) -> tuple[Line, ...]:
    """Return a few highlights, those that the key figures do not tell already first."""
    keys = view.diagnostic.key_figures[:MOST_KEY_FIGURES]
    known = {finding.indicator.id for finding in keys}
    ordered = sorted(
        view.diagnostic.highlights, key=lambda shown: shown.finding.indicator.id in known
    )
    return tuple(
        Line(heading(h.finding, h.comparison), reading_here(h.finding, h.comparison))
        for h in ordered[:MOST_HIGHLIGHTS]
    )


def questions(view: SiteView) -> tuple[Line, ...]:
    """Return the questions to ask: of what the enjeux cite, then of what stands out here."""
    diagnostic = view.diagnostic
    findings = {f.indicator.id: f for theme in diagnostic.themes for f in theme.findings}
    cited = (
        findings[link.start.id]
        for link in view.chain.links
        if link.end.kind is Kind.STAKE and link.start.id in findings
    )
    shown = (highlight.finding for highlight in diagnostic.highlights)
    asked: dict[str, Finding] = {}
    for finding in (*cited, *shown, *diagnostic.key_figures):
        if finding.indicator.question:
            asked.setdefault(finding.indicator.question, finding)
    lines = (Line(finding.indicator.label, question) for question, finding in asked.items())
    return tuple(lines)[:MOST_QUESTIONS]


def producers(diagnostic: Diagnostic) -> str:
    """Return who published the figures, each once."""
    names = (name for card in diagnostic.sources for name in card.producer.split(", "))
    return listing(dict.fromkeys(names))
