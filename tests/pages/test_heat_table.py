"""The heat table tints communes by class, tells the class in words too, and never fills a gap."""

from __future__ import annotations

from dataclasses import replace

from testville import BOURG, HAMEAU, TEMPLATES, TERRITORY, TESTVILLE, VACANCY, measure

from ctgsite.diagnostic.model import Diagnostic, Finding
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.model import Kind
from ctgsite.pages.heat_table import HeatTable, heat_table
from ctgsite.pages.render import render_pages
from ctgsite.sources.observations import Status

AREAS = tuple(Area(Level.COMMUNE, f"{n:05}", f"Commune {n}") for n in range(15))


def table_of(values: list[float | None], **more: bool) -> HeatTable | None:
    members = tuple(
        (
            area,
            measure(
                VACANCY,
                area,
                value,
                status=Status.CALCULE if value is not None else Status.SECRET,
                **more,
            ),
        )
        for area, value in zip(AREAS, values, strict=False)
    )
    finding = Finding(VACANCY, TERRITORY, measure(VACANCY, TERRITORY, 8.6), members=members)
    areas = [area for area, _ in members]
    return heat_table([finding], areas, {"00001": "00001/index.html"}, "Essai")


def cells(table: HeatTable | None) -> list[tuple[int, int, bool]]:
    assert table is not None
    return [(row.cells[0].tint, row.cells[0].of, row.cells[0].below) for row in table.rows]


def test_fifteen_communes_make_five_classes_that_darken_with_the_figure() -> None:
    found = cells(table_of([float(n) for n in range(15)]))
    assert found == [(1 + n // 3, 5, False) for n in range(15)]


def test_figures_below_zero_darken_as_they_leave_it() -> None:
    found = cells(table_of([float(n) for n in range(-9, 6)]))
    below = [tint for tint, _, under in found if under]
    above = [tint for tint, _, under in found if not under]
    assert len(below) == 9
    assert below == sorted(below, reverse=True)
    assert above == sorted(above)


def test_a_secret_figure_has_its_reason_and_no_tint() -> None:
    table = table_of([1.0, 2.0, 3.0, None])
    assert table is not None
    cell = table.rows[3].cells[0]
    assert cell.missing
    assert not cell.of
    assert "secret" in cell.text


def test_a_count_is_not_tinted() -> None:
    count = replace(VACANCY, formulas=(replace(VACANCY.formulas[0], kind=Kind.SOMME),))
    members = tuple((a, measure(count, a, 10.0)) for a in (TESTVILLE, BOURG, HAMEAU))
    finding = Finding(count, TERRITORY, measure(count, TERRITORY, 30.0), members=members)
    table = heat_table([finding], (TESTVILLE, BOURG, HAMEAU), {}, "Essai")
    assert table is not None
    assert table.plain
    assert not any(cell.of for row in table.rows for cell in row.cells)


def test_no_table_under_three_figures() -> None:
    assert table_of([1.0, 2.0, None]) is None


def test_many_communes_have_fewer_columns() -> None:
    areas = tuple(Area(Level.COMMUNE, f"{n:05}", f"Commune {n}") for n in range(200))
    members = tuple((area, measure(VACANCY, area, 1.0)) for area in areas)
    finding = Finding(VACANCY, TERRITORY, measure(VACANCY, TERRITORY, 1.0), members=members)
    table = heat_table([finding] * 8, areas, {}, "Essai")
    assert table is not None
    assert len(table.columns) == 2


def test_a_page_writes_each_class_in_words(diagnostic: Diagnostic) -> None:
    pages = {str(page.path): page.markdown for page in render_pages(diagnostic, TEMPLATES)}
    text = next(text for path, text in pages.items() if path.startswith("communes/index"))
    assert 'class="ctg-teinte-3">' in text
    assert "classe 1 sur 1" in text
