"""The catalogue's entries of one site's indicators, with the sources of its own figures."""

from __future__ import annotations

from dataclasses import replace

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.indicators.model import Indicator
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
