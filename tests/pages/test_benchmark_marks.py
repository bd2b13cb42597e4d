"""“Comparer à”: tables say which rows and columns are benchmarks, by the titles of their charts."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import orjson
from testville import DEPARTEMENT, TERRITORY, VACANCY, measure

from ctgsite.diagnostic.model import Comparison, Diagnostic, Finding
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.model import Indicator
from ctgsite.pages.blocks import Workshop, finding_block
from ctgsite.pages.render import render_pages
from ctgsite.pages.tables import composition_table, finding_table


def test_rows_of_benchmarks_bear_their_level(vacancy: Finding) -> None:
    rows = finding_table(vacancy).rows
    levels = {row[0].text: row[0].benchmark for row in rows}
    expected = {c.benchmark.level.value for c in vacancy.comparisons}
    assert set(levels.values()) == {"", *expected}
    assert levels[rows[0][0].text] == ""


def test_columns_of_benchmarks_bear_their_level() -> None:
    part = replace(VACANCY, id="autre")
    parts = [_compared(what) for what in (VACANCY, part)]
    table = composition_table(parts, ("L’un", "L’autre"))
    assert [table.benchmark_of(at) for at in range(len(table.columns))] == ["", "", "departement"]
    assert replace(table, benchmarks=()).benchmark_of(2) == ""


def test_every_benchmark_of_a_chart_is_found_by_its_title(vacancy: Finding) -> None:
    block = finding_block(vacancy, Workshop({}))
    chart = orjson.loads(block.chart)
    titles = [unescape(note["text"]) for note in chart["layout"]["annotations"]]
    marked = {row[0].text for row in block.table.rows if row[0].benchmark}
    assert set(titles[1:]) <= marked
    assert len(titles) > 1


def test_pages_that_compare_have_a_place_for_the_choice(
    diagnostic: Diagnostic, templates: Path
) -> None:
    for page in render_pages(diagnostic, templates):
        if page.path.parts[0] == "thematiques" and "data-repere" in page.markdown:
            assert page.markdown.count('<div class="ctg-comparer"') == 1, page.path
    pages = {page.path.as_posix(): page.markdown for page in render_pages(diagnostic, templates)}
    levels = set(re.findall(r'data-repere="(\w+)"', pages["thematiques/logement/index.md"]))
    assert levels <= {"epci", "departement", "region", "france", "comparables"}
    assert levels


def _compared(what: Indicator) -> Finding:
    mine, theirs = measure(what, TERRITORY, 50.0), measure(what, DEPARTEMENT, 50.0)
    comparison = Comparison(DEPARTEMENT, mine, theirs, Verdict.PROCHE)
    return Finding(what, TERRITORY, mine, comparisons=(comparison,), series=(mine,))
