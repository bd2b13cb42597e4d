"""The composite views of a theme, filled with what is known of a territory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ctgsite.diagnostic.benchmarks import Coverage
from ctgsite.diagnostic.evidence import Evidence
from ctgsite.diagnostic.findings import Setting, find
from ctgsite.diagnostic.model import Finding, ThemeDiagnostic, ThemeView
from ctgsite.diagnostic.setting import setting_of_departement
from ctgsite.indicators.quarters import find_quarters
from ctgsite.indicators.views import View, ViewKind


def with_views(
    theme: ThemeDiagnostic, setting: Setting, coverage: Coverage, evidence: Evidence
) -> ThemeDiagnostic:
    """Return a theme with those of its views that have something to show."""
    known = {found.indicator.id: found for found in (*theme.findings, *theme.missing)}
    views = evidence.catalogue.views_of(theme.theme.slug)
    found = (_filled(view, setting, coverage, evidence, known) for view in views)
    return replace(theme, views=tuple(_telling(found)))


def _telling(views: Iterator[ThemeView]) -> Iterator[ThemeView]:
    """Yield the views in which something has a figure, and needs beside supply in any case."""
    for view in views:
        always = view.view.kind is ViewKind.BESOIN_OFFRE
        if always or view.quarters or any(f.measure.value is not None for f in view.findings):
            yield view


def _filled(
    view: View,
    setting: Setting,
    coverage: Coverage,
    evidence: Evidence,
    known: Mapping[str, Finding],
) -> ThemeView:
    if view.kind is ViewKind.QUARTIERS:
        sources = {slot.indicator.formulas[0].dataset for slot in view.slots}
        found = find_quarters(evidence.observed(sources), coverage.communes, view.slots)
        return ThemeView(view, setting.area, quarters=found)
    alone = replace(setting, pools=(), members=())
    filled = _entries(view, alone, evidence, known)
    if view.kind is not ViewKind.PYRAMIDE or _complete(filled):
        return filled
    around = setting_of_departement(setting, coverage, evidence)
    if around is None:
        return filled
    return replace(_entries(view, around, evidence, {}), within=setting.area)


def _entries(
    view: View, setting: Setting, evidence: Evidence, known: Mapping[str, Finding]
) -> ThemeView:
    entries = tuple(
        (slot, known.get(slot.indicator.id) or find(slot.indicator, setting, evidence))
        for slot in view.slots
    )
    return ThemeView(view, setting.area, entries=entries)


def _complete(view: ThemeView) -> bool:
    return all(finding.measure.value is not None for finding in view.findings)
