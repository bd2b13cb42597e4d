"""Blocks of the views that draw a published profile: ages, deciles, priority districts."""

from __future__ import annotations

from ctgsite.diagnostic.model import ThemeView
from ctgsite.pages.blocks import Block, Passage, Workshop, method_anchor, told
from ctgsite.pages.charts import as_json, deciles_chart, pyramid_chart
from ctgsite.pages.charts.pyramid import pyramids
from ctgsite.pages.charts.rows import Rows, common_year, shared_rows
from ctgsite.pages.french import when
from ctgsite.pages.view_sentences import (
    deciles_sentence,
    limits_of,
    pyramid_heading,
    pyramid_sentences,
    quarters_sentences,
    questions_of,
    read_as,
    texts,
)
from ctgsite.pages.view_tables import deciles_table, pyramid_table, quarters_table


def pyramid_block(view: ThemeView, workshop: Workshop) -> Block | None:
    """Return the age pyramid, or None where an age is not published."""
    found = pyramids(view)
    if not found:
        return None
    measures = [measure for pyramid in found for measure in pyramid.measures]
    title = pyramid_heading(view)
    return Block(
        id=view.view.id,
        heading=title,
        name=title,
        chart=as_json(pyramid_chart(found)),
        passages=(Passage(texts(*pyramid_sentences(view, found), read_as(view))),),
        table=pyramid_table(found, f"{title}, {when(measures[0].year)}"),
        sources=workshop.credits(measures),
        method=method_anchor(view.view.id),
        limits=limits_of(view, ()),
        questions=questions_of(view, ()),
    )


def deciles_block(view: ThemeView, workshop: Workshop, own: frozenset[str]) -> Block | None:
    """Return the thresholds of an area and its benchmarks, or None where one is not published.

    `own` are the indicators that this block tells in full.
    """
    rows = _thresholds(view)
    if not rows:
        return None
    year = rows[0][1][0].year
    passages = [
        Passage(tuple(told(finding)), finding.indicator.id)
        for finding in view.findings
        if finding.indicator.id in own
    ]
    opening = texts("" if own else deciles_sentence(view, rows), read_as(view))
    return Block(
        id=view.view.id,
        heading=view.view.title,
        name=view.view.title,
        chart=as_json(deciles_chart(view, rows)),
        passages=(Passage(opening), *passages),
        table=deciles_table(view, rows, f"{view.view.title}, {when(year)}"),
        sources=workshop.credits(m for _, measures in rows for m in measures),
        method=method_anchor(view.view.id),
        limits=limits_of(view, ()),
        questions=questions_of(view, ()),
    )


def deciles_told(view: ThemeView, here: frozenset[str]) -> frozenset[str]:
    """Return the theme's indicators whose figures are those of the view, year for year."""
    rows = _thresholds(view)
    shared = [f for f in view.findings if f.indicator.id in here]
    same = rows and all(f.measure.year == rows[0][1][0].year for f in shared)
    return frozenset(f.indicator.id for f in shared) if same else frozenset()


def _thresholds(view: ThemeView) -> Rows:
    """Return the areas that have every threshold, the view's own first, or none without it."""
    year = common_year(view.findings)
    rows = shared_rows(view.findings, year) if year else []
    return rows if rows and rows[0][0] == view.area else []


def quarters_block(view: ThemeView, workshop: Workshop) -> Block | None:
    """Return the priority districts of the territory, one row each."""
    if not view.quarters:
        return None
    return Block(
        id=view.view.id,
        heading=view.view.title,
        name=view.view.title,
        chart="",
        passages=(Passage(texts(*quarters_sentences(view), read_as(view))),),
        table=quarters_table(view, view.view.title),
        sources=workshop.named(
            (found.dataset, found.vintage)
            for quarter in view.quarters
            for found in quarter.figures
            if found.value is not None
        ),
        method=method_anchor(view.view.id),
        limits=limits_of(view, ()),
        questions=questions_of(view, ()),
    )
