"""Blocks on a theme's member communes: their map, and how they are spread."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ctgsite.diagnostic.model import Finding, ThemeDiagnostic
from ctgsite.indicators.comparison import is_count
from ctgsite.pages.blocks import Block, Passage, Workshop, method_anchor, sources_of
from ctgsite.pages.charts import as_json, distribution_chart, map_chart
from ctgsite.pages.charts.distribution import MOST_BARS, known_members
from ctgsite.pages.charts.map import is_signed
from ctgsite.pages.french import NBSP, counted, uncapitalise
from ctgsite.pages.heat_table import HeatTable, heat_table
from ctgsite.pages.sentences import figure, gap, period_of
from ctgsite.pages.spread_sentences import spread_rows, spread_sentences
from ctgsite.pages.tables import (
    distribution_table,
    members_table,
    reference_rows,
    spread_table,
)

FEWEST = 3  # communes with a figure, for a map or a spread
MOST_COLUMNS = 4
CONTOURS = "contours : IGN, simplifiés"
MANY_MEMBERS = 60  # beyond, the table of members keeps two columns: pages stay small


def map_anchor(theme: str) -> str:
    """Return the anchor of the map of communes, on the page of a theme."""
    return f"carte-{theme}"


def mapped(theme: ThemeDiagnostic) -> tuple[Finding, ...]:
    """Return the findings that the map of communes and its table show, the map's own first."""
    spread = _spread(theme)
    main = next((f for f in spread if not is_count(f.indicator)), spread[0] if spread else None)
    if main is None:
        return ()
    most = 2 if len(main.members) > MANY_MEMBERS else MOST_COLUMNS
    return (main, *(f for f in spread if f is not main))[:most]


def map_block(theme: ThemeDiagnostic, workshop: Workshop) -> Block | None:
    """Return the map of member communes for a theme's main indicator, with their table."""
    columns = mapped(theme)
    chart = map_chart(columns[0], workshop.shapes, workshop.commune_links) if columns else None
    if chart is None:
        return None
    main = columns[0]
    areas = [area for area, _ in main.members]
    label = main.indicator.label
    return Block(
        id=map_anchor(theme.theme.slug),
        heading=f"Carte des communes : {uncapitalise(label)}",
        name=f"Carte : {label}",
        chart=as_json(chart),
        passages=(Passage(map_sentences(main)),),
        table=members_table(columns, areas, workshop.commune_links, "Les communes membres"),
        sources=(*sources_of(columns, workshop), CONTOURS),
        method=method_anchor(main.indicator.id),
    )


def distribution_block(theme: ThemeDiagnostic, workshop: Workshop) -> Block | None:
    """Return how member communes are spread on a theme's main indicator."""
    spread = [finding for finding in _spread(theme) if not is_count(finding.indicator)]
    chart = distribution_chart(spread[0]) if spread else None
    if chart is None:
        return None
    main = spread[0]
    rows = reference_rows(main)
    if len(known_members(main)) <= MOST_BARS:
        table, rows = distribution_table(main, workshop.commune_links), rows[:1]
    else:  # the map's table already lists them all
        table = spread_table(main)
    table = replace(table, rows=(*rows, *table.rows, *spread_rows(main)))
    return Block(
        id=f"communes-{theme.theme.slug}",
        heading=f"D’une commune à l’autre : {uncapitalise(main.indicator.label)}",
        name=f"Communes : {main.indicator.label}",
        chart=as_json(chart),
        passages=(Passage((_spread_sentence(main), *_only_lower(main), *spread_sentences(main))),),
        table=table,
        sources=sources_of([main], workshop),
        method=method_anchor(main.indicator.id),
    )


def theme_heat(theme: ThemeDiagnostic, workshop: Workshop) -> HeatTable | None:
    """Return the member communes by the theme's indicators, rates before counts.

    None where they are so many that the table of the map is enough.
    """
    spread = sorted(_spread(theme), key=lambda finding: is_count(finding.indicator))
    areas = [area for area, _ in spread[0].members] if spread else []
    if len(spread) < 2 or len(areas) > MANY_MEMBERS:
        return None
    caption = f"{theme.theme.title} : les communes, indicateur par indicateur"
    return heat_table(spread, areas, workshop.commune_links, caption)


def _spread(theme: ThemeDiagnostic) -> list[Finding]:
    """Return what enough communes have: a theme's findings, then those that only they have."""
    found = (*theme.findings, *theme.missing)
    return [finding for finding in found if len(known_members(finding)) >= FEWEST]


def map_sentences(main: Finding) -> tuple[str, ...]:
    """Return how the map is read, and what it does not show."""
    year = period_of(main.measure)
    known = [measure for _, measure in known_members(main)]
    if is_signed(measure.value or 0.0 for measure in known):
        scale = (
            "en bleu au-dessus de zéro, en orange hachuré au-dessous ; plus la teinte est foncée, "
            "plus la valeur est loin de zéro."
        )
    else:
        scale = "plus la teinte est foncée, plus la valeur est élevée."
    small = any(measure.caution for measure in known)
    caution = " Les communes à petit effectif y sont coloriées comme les autres." if small else ""
    return (
        f"Chaque commune prend la couleur de sa classe ({year}) : {scale}",
        f"Le tableau donne le chiffre de chaque commune.{caution}",
    )


def _only_lower(main: Finding) -> tuple[str, ...]:
    """Return which communes are left out whose figure is known to be low, though not exactly."""
    gaps = Counter(gap(m) for _, m in main.members if m.value is None)
    return tuple(
        "La valeur la plus basse et les autres repères ne tiennent pas compte de "
        f"{counted(number, 'commune')} à «{NBSP}{told}{NBSP}»."
        for told, number in gaps.items()
        if told.startswith("moins de ")
    )


def _spread_sentence(main: Finding) -> str:
    few = len(known_members(main)) <= MOST_BARS
    text = f"Chaque {'barre' if few else 'point'} est une commune ({period_of(main.measure)})"
    hollow = _hollow(main, "barres vides" if few else "points vides")
    if main.measure.value is None:
        return f"{text} ; ce chiffre n’existe pas pour l’ensemble du territoire.{hollow}"
    whole = figure(main.measure, main.indicator)
    return f"{text} ; le trait plein marque l’ensemble du territoire : {whole}.{hollow}"


def _hollow(main: Finding, marks: str) -> str:
    """Return what the marks without a fill stand for, where there are some."""
    small = any(measure.caution for _, measure in known_members(main))
    return f" Les {marks} sont des communes à petit effectif." if small else ""
