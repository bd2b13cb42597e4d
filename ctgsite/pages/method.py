"""The catalogue's entries of one site's indicators, with the sources of its own figures."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ctgsite.diagnostic.model import Diagnostic, ThemeView
from ctgsite.indicators.model import Indicator
from ctgsite.indicators.views import View, ViewKind
from ctgsite.pages.blocks import Workshop
from ctgsite.pages.catalogue import Entry, ThemeEntries, entry_of
from ctgsite.pages.french import listing, when
from ctgsite.pages.view import SiteView


def method_themes(diagnostic: Diagnostic) -> tuple[ThemeEntries, ...]:
    """Return the indicators of the site by theme, each once."""
    view = SiteView(diagnostic)
    done: set[str] = set()
    themes = []
    for theme in diagnostic.themes:
        entries = []
        for finding in (*theme.findings, *theme.missing):
            if finding.indicator.id not in done:
                done.add(finding.indicator.id)
                entries.append(_entry(finding.indicator, diagnostic, view))
        if entries:
            themes.append((theme.theme.title, tuple(entries)))
    return tuple(themes)


@dataclass(frozen=True, slots=True)
class MethodView:
    """One composite view on the page of methods; `parts` are the indicators that it draws."""

    view: View
    parts: tuple[str, ...]
    sources: tuple[str, ...]


def method_views(diagnostic: Diagnostic) -> tuple[MethodView, ...]:
    """Return the composite views of the site."""
    workshop = SiteView(diagnostic).workshop("")
    return tuple(
        MethodView(view.view, _parts(view), _sources(view, workshop))
        for theme in diagnostic.themes
        for view in theme.views
    )


def _parts(view: ThemeView) -> tuple[str, ...]:
    """Return the names of what a view draws, but for the many ages of a pyramid."""
    if view.view.kind is ViewKind.PYRAMIDE:
        return ()
    return tuple(dict.fromkeys(slot.label for slot in view.view.slots))


def _sources(view: ThemeView, workshop: Workshop) -> tuple[str, ...]:
    found = [f.measure for f in view.findings if f.measure.value is not None]
    figures = (figure for quarter in view.quarters for figure in quarter.figures)
    told = ((f.dataset, f.vintage) for f in figures if f.value is not None)
    return (*workshop.credits(found), *workshop.named(told))


def _entry(indicator: Indicator, diagnostic: Diagnostic, view: SiteView) -> Entry:
    """Return an entry with the editions and the years that the site shows, where it shows any."""
    entry = entry_of(indicator)
    found = [measure for _, measure in diagnostic.measures if measure.indicator == indicator.id]
    valued = (measure for measure in found if measure.value is not None)
    shown = sorted(valued, key=lambda measure: measure.year)
    return replace(
        entry,
        sources=view.workshop("").credits(shown) or entry.sources,
        years=listing(dict.fromkeys(when(measure.year) for measure in shown)),
        link=view.chart_link(indicator.id, "../"),
    )
