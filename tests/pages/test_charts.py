"""Charts are valid Plotly data, with scatter and bar traces only, and nothing by colour alone."""

from __future__ import annotations

import itertools
import json
import math
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from testville import (
    BOURG,
    DEPARTEMENT,
    FRANCE,
    HAMEAU,
    TERRITORY,
    TESTVILLE,
    VACANCY,
    measure,
    square,
)

from ctgsite.diagnostic.model import Comparison, Finding, Shape, Slope, Trend
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.model import Form, Indicator, Kind
from ctgsite.pages import charts
from ctgsite.pages.blocks import finding_chart
from ctgsite.pages.charts.base import PHONE_WIDTH, value_range
from ctgsite.pages.charts.composition import composition_rows
from ctgsite.pages.charts.distribution import pile_up
from ctgsite.pages.charts.evolution import evolution_points, split_at_breaks
from ctgsite.pages.charts.map import Grid, class_label, map_classes
from ctgsite.pages.charts.references import CHARACTER_WIDTH, Reference, reference_marks
from ctgsite.pages.charts.slope import spread
from ctgsite.pages.palette import BENCHMARK_LINE, CLASSES, CLEAR, classes
from ctgsite.pages.sentences import label
from ctgsite.pages.tables import finding_table, reference_rows

NAMES = ("Jeunes", "Adultes", "Âgés")
SHAPES = (square(TESTVILLE, 1.0), square(BOURG, 1.1), square(HAMEAU, 1.2))


def check(chart: charts.Chart | None) -> charts.Chart:
    """Validate a chart against Plotly's schema and the small bundle's trace types."""
    assert chart is not None
    go.Figure(**chart)
    assert {trace["type"] for trace in chart["data"]} <= {"scatter", "bar"}
    assert json.loads(charts.as_json(chart)) == chart
    return chart


def part(name: str, here: float, there: float) -> Finding:
    """Return one part of a whole, with the département's."""
    indicator: Indicator = replace(
        VACANCY, id=name, label=name.capitalize(), form=Form.COMPOSITION, group="tout"
    )
    mine = measure(indicator, TERRITORY, here)
    theirs = measure(indicator, DEPARTEMENT, there)
    comparison = Comparison(DEPARTEMENT, mine, theirs, Verdict.PLUS)
    return Finding(indicator, TERRITORY, mine, comparisons=(comparison,))


def test_comparison_puts_the_territory_first_with_all_figures_written(vacancy: Finding) -> None:
    chart = check(charts.comparison_chart(vacancy))
    (bars,) = chart["data"]
    assert bars["x"] == [8.6, 7.4, 8.4, 9.2]
    assert bars["text"][0] == "8,6\u202f%"
    labels = [note["text"] for note in chart["layout"]["annotations"]]
    assert labels[0] == "<b>CC du Pays d’Essai</b>"
    assert labels[-1] == "Territoires comparables (médiane)"
    assert chart["layout"]["showlegend"] is False


def test_comparison_without_benchmark_is_no_chart(vacancy: Finding) -> None:
    assert charts.comparison_chart(replace(vacancy, comparisons=())) is None


def test_comparison_stands_on_the_common_year(vacancy: Finding) -> None:
    old = replace(vacancy.measure, year="2013", value=7.1)
    there = measure(VACANCY, DEPARTEMENT, 6.0, year="2013")
    finding = replace(vacancy, comparisons=(Comparison(DEPARTEMENT, old, there, Verdict.PLUS),))
    assert check(charts.comparison_chart(finding))["data"][0]["x"] == [7.1, 6.0]


def test_evolution_is_cut_at_breaks(vacancy: Finding) -> None:
    points = [measure(VACANCY, TERRITORY, 5.0, year=str(year)) for year in range(2016, 2021)]
    broken = replace(VACANCY, trend_gap=1, breaks=(("2019", "La définition a changé."),))
    runs = split_at_breaks(points, broken.breaks)
    assert [[m.year for m in run] for run in runs] == [["2016", "2017", "2018"], ["2019", "2020"]]
    chart = check(charts.evolution_chart(replace(vacancy, indicator=broken, series=tuple(points))))
    assert sum("lines" in trace["mode"] for trace in chart["data"]) == 2


def test_benchmarks_stand_beside_a_line_in_the_year_that_compares(vacancy: Finding) -> None:
    chart = check(charts.evolution_chart(vacancy))
    points = [trace for trace in chart["data"] if trace["mode"] == "markers"]
    compared = {c.there.value: c.here.year for c in vacancy.comparisons if c.there.value}
    assert {t["y"][0]: f"{t['x'][0]:.0f}" for t in points} == compared
    assert len({trace["marker"]["symbol"] for trace in points}) == len(points) > 1
    low, high = chart["layout"]["yaxis"]["range"]
    assert all(low < value < high for value in compared)


def test_a_count_is_compared_with_nothing(dwellings: Finding) -> None:
    chart = check(charts.evolution_chart(dwellings))
    assert all("lines" in trace["mode"] for trace in chart["data"])


def test_evolution_needs_two_points(vacancy: Finding) -> None:
    assert charts.evolution_chart(replace(vacancy, series=vacancy.series[:1])) is None


def test_a_line_joins_only_vintages_that_may_be_compared(vacancy: Finding) -> None:
    years = ("2013", "2016", "2018", "2021")
    series = tuple(measure(VACANCY, TERRITORY, 5.0, year=year) for year in years)
    points = evolution_points(replace(vacancy, series=series))
    assert [point.year for point in points] == ["2016", "2021"]


def test_a_line_joins_no_vintages_of_the_census_that_share_a_survey(vacancy: Finding) -> None:
    """Between 2016 and 2021 there are five years, and the surveys of 2018 in common."""
    series = tuple(
        replace(measure(VACANCY, TERRITORY, 5.0, year=year), dataset="insee-recensement")
        for year in ("2011", "2013", "2016", "2018", "2021")
    )
    points = evolution_points(replace(vacancy, series=series))
    assert [point.year for point in points] == ["2013", "2021"]


def test_long_evolutions_keep_few_ticks(vacancy: Finding) -> None:
    series = tuple(measure(VACANCY, TERRITORY, 5.0, year=str(y)) for y in range(1990, 2022))
    yearly = replace(vacancy, indicator=replace(VACANCY, trend_gap=1), series=series)
    axis = check(charts.evolution_chart(yearly))["layout"]["xaxis"]
    assert len(axis["tickvals"]) == len(axis["ticktext"]) <= 7
    assert (axis["ticktext"][0], axis["ticktext"][-1]) == ("1990", "2021")


def test_composition_stacks_parts_and_names_them() -> None:
    parts = [part("jeunes", 30.0, 25.0), part("adultes", 50.0, 50.0), part("âgés", 20.0, 25.0)]
    chart = check(charts.composition_chart(parts, ["Jeunes", "Adultes", "Âgés"]))
    assert [trace["name"] for trace in chart["data"]] == ["Jeunes", "Adultes", "Âgés"]
    assert [sum(trace["x"][row] for trace in chart["data"]) for row in (0, 1)] == [100.0, 100.0]
    assert chart["layout"]["showlegend"] is False
    named = [note for note in chart["layout"]["annotations"] if note["text"] in NAMES]
    assert [(note["text"], note["x"]) for note in named] == list(
        zip(NAMES, (15, 55, 90), strict=True)
    )
    assert len({trace["marker"]["pattern"]["shape"] for trace in chart["data"]}) == len(parts)


def test_names_without_room_above_their_part_stand_in_a_legend() -> None:
    parts = [part("jeunes", 95.0, 90.0), part("âgés", 5.0, 10.0)]
    chart = check(charts.composition_chart(parts, ["Jeunes", "Âgés de 80 ans ou plus"]))
    assert chart["layout"]["showlegend"] is True
    assert len(chart["layout"]["annotations"]) == 2  # the names of both rows alone


def test_a_legend_longer_than_its_bars_never_scrolls() -> None:
    parts = [replace(part(f"âge {n}", 10.0, 10.0), comparisons=()) for n in range(6)]
    names = [f"Âge de la vie {n}" for n in range(6)]
    plan = check(charts.composition_chart(parts, names))["layout"]
    assert plan["legend"]["maxheight"] == 1  # of the chart's height: half of it by default
    assert plan["margin"]["b"] > plan["height"] / 2


def test_composition_leaves_out_areas_that_miss_a_part() -> None:
    parts = [part("jeunes", 60.0, 60.0), replace(part("âgés", 40.0, 40.0), comparisons=())]
    assert [name for name, _ in composition_rows(parts)] == ["CC du Pays d’Essai"]


def test_few_members_are_bars_and_many_are_a_strip(vacancy: Finding) -> None:
    few = check(charts.distribution_chart(vacancy))
    assert few["data"][0]["type"] == "bar"
    many = tuple(
        (Area(Level.COMMUNE, f"{n:05}", f"Commune {n}"), measure(VACANCY, TESTVILLE, n / 10))
        for n in range(40)
    )
    assert check(charts.distribution_chart(replace(vacancy, members=many)))["data"][0]["mode"] == (
        "markers"
    )


def test_a_strip_names_the_territory_its_benchmarks_and_both_ends(vacancy: Finding) -> None:
    many = tuple(
        (
            Area(Level.COMMUNE, f"{n:05}", f"Commune {n}"),
            measure(VACANCY, TESTVILLE, n / 2, caution=n == 39),
        )
        for n in range(40)
    )
    finding = replace(vacancy, members=many)
    chart = check(charts.distribution_chart(finding))
    told = " ".join(note["text"] for note in chart["layout"]["annotations"])
    for name in ("CC du Pays d’Essai", "Fictive", "France", "Comparables (médiane)"):
        assert name in told
    assert "Commune 0\u00a0: 0,0" in told
    assert "Commune 39\u00a0: 19,5" in told
    assert [line["x0"] for line in chart["layout"]["shapes"][:-1]] == [9.2, 8.6, 8.4, 7.4]
    assert [row[1].text[:3] for row in reference_rows(finding)] == ["8,6", "7,4", "8,4", "9,2"]
    fills = chart["data"][0]["marker"]["color"]
    assert fills[0] == CLEAR  # the highest, whose figure is to be read with caution
    assert set(fills[1:]) == {BENCHMARK_LINE}


def test_a_strip_on_which_most_read_the_same_fits_a_screen(vacancy: Finding) -> None:
    many = tuple(
        (
            Area(Level.COMMUNE, f"{n:05}", f"Commune {n}"),
            measure(VACANCY, TESTVILLE, 20.0 * (n == 0)),
        )
        for n in range(400)
    )
    plan = check(charts.distribution_chart(replace(vacancy, members=many)))["layout"]
    assert plan["height"] < 500


@pytest.mark.parametrize("value", [0.0, 5.0, 9.9, 10.1, 20.0])
def test_the_name_of_a_reference_stays_within_a_phone(vacancy: Finding, value: float) -> None:
    own = Reference(vacancy.area, replace(vacancy.measure, value=value), own=True)
    (note,) = reference_marks([own], vacancy, [0.0, 20.0], 100).annotations
    longest = max(map(len, note["text"].replace("</b>", "").replace("<b>", "").split("<br>")))
    room = (20.0 - value if note["xanchor"] == "left" else value) / 20.0 * PHONE_WIDTH
    assert longest * CHARACTER_WIDTH <= room


def test_of_a_count_the_largest_members_are_shown_without_the_whole(vacancy: Finding) -> None:
    count = replace(VACANCY, formulas=(replace(VACANCY.formulas[0], kind=Kind.SOMME),))
    many = tuple(
        (Area(Level.COMMUNE, f"{n:05}", f"Commune {n}"), measure(VACANCY, TESTVILLE, float(n)))
        for n in range(40)
    )
    chart = check(charts.distribution_chart(replace(vacancy, indicator=count, members=many)))
    assert chart["data"][0]["x"] == [float(n) for n in range(39, 27, -1)]
    assert chart["layout"]["shapes"] == []


def test_figures_at_the_end_of_bars_have_room_on_a_phone() -> None:
    low, high = value_range([100.0], ["106,5 habitants/km²"])
    assert low == 0.0
    written = 19 * 7  # pixels, of the 320 that a chart has
    assert (high - 100.0) / high * 320 >= written


def test_equal_values_pile_up() -> None:
    assert pile_up([1.0, 1.0, 5.0, 1.0]) == [0, 1, 0, 2]


def test_map_has_true_proportions_and_classes_in_words(vacancy: Finding) -> None:
    chart = check(charts.map_chart(vacancy, SHAPES, {"00000": "../00000/index.html"}))
    assert math.isclose(
        chart["layout"]["yaxis"]["scaleratio"], 1 / math.cos(math.radians(47.05)), rel_tol=1e-3
    )
    assert chart["data"][0]["name"] == "5,0 à 12,5\u202f%"
    assert chart["data"][-1]["hovertext"][0] == "Testville : 5,0\u202f%"
    assert chart["data"][-1]["customdata"] == ["../00000/index.html", "", ""]


def test_map_shows_communes_without_figure(vacancy: Finding) -> None:
    ghost = Area(Level.COMMUNE, "00003", "Sans-Chiffre")
    members = (*vacancy.members, (ghost, measure(VACANCY, ghost, None)))
    shapes = (*SHAPES, square(ghost, 1.3))
    chart = check(charts.map_chart(replace(vacancy, members=members), shapes))
    assert "pas de chiffre" in [trace.get("name") for trace in chart["data"]]


def test_no_map_under_three_communes(vacancy: Finding) -> None:
    assert charts.map_chart(vacancy, SHAPES[:2]) is None


def test_no_map_class_spans_zero() -> None:
    parts = map_classes([-3.0, -2.0, -1.0, *(float(n) for n in range(12))], 1)
    assert [part.low < 0 for part in parts] == sorted(
        (part.low < 0 for part in parts), reverse=True
    )
    assert all((part.low < 0) == (part.high < 0) for part in parts)
    assert 2 <= len(parts) <= 5


def test_map_classes_hold_about_as_many_communes() -> None:
    values = [n / 10 for n in range(50)]
    sizes = [sum(part.holds(v) for v in values) for part in map_classes(values, 1)]
    assert sizes == [10] * 5


def test_equal_figures_share_a_class() -> None:
    parts = map_classes([0.0] * 10 + [1.0, 2.0, 3.0, 4.0, 5.0], 1)
    assert sum(part.holds(0.0) for part in parts) == 1
    assert all(low.high < high.low for low, high in itertools.pairwise(parts))
    assert class_label(parts[0], VACANCY) == "0,0\u202f%"


@pytest.mark.parametrize("count", range(1, 6))
def test_class_colours_are_distinct_and_darken(count: int) -> None:
    chosen = classes(count)
    assert len(set(chosen)) == count
    assert list(chosen) == sorted(chosen, key=CLASSES.index)


def test_json_cannot_close_its_script() -> None:
    text = charts.as_json({"data": [], "layout": {"title": "</script><!-- x"}})
    assert "</" not in text
    assert "<!--" not in text
    assert json.loads(text)["layout"]["title"] == "</script><!-- x"


def sloped(finding: Finding) -> Finding:
    """Return a finding of two comparable dates, with the département's and France's."""
    first = measure(VACANCY, TERRITORY, 7.1, year="2013")
    last = measure(VACANCY, TERRITORY, 8.6)
    others = ((DEPARTEMENT, 6.9, 7.4), (FRANCE, 8.0, 8.4))
    slopes = tuple(
        Slope(area, measure(VACANCY, area, start, year="2013"), measure(VACANCY, area, end))
        for area, start, end in others
    )
    trend = Trend(first, last, 1.5, Verdict.PLUS, slopes=slopes)
    indicator = replace(VACANCY, form=Form.EVOLUTION)
    return replace(finding, indicator=indicator, trend=trend, series=(first, last))


def test_two_dates_are_slopes_named_and_told_at_both_ends(vacancy: Finding) -> None:
    finding = sloped(vacancy)
    chart = check(finding_chart(finding))
    assert [trace["name"] for trace in chart["data"]] == ["France", "Fictive", label(TERRITORY)]
    assert [trace["y"] for trace in chart["data"]] == [[8.0, 8.4], [6.9, 7.4], [7.1, 8.6]]
    ends = " ".join(note["text"] for note in chart["layout"]["annotations"])
    for told in ("8,6", "7,1", "7,4", "6,9", "8,4", "8,0", "Fictive", "France"):
        assert told in ends
    rows = {(row[0].text, row[1].text, row[2].text[:3]) for row in finding_table(finding).rows}
    assert {("Fictive", "2013", "6,9"), ("France", "2013", "8,0")} <= rows


def test_no_slope_without_a_benchmark_nor_with_three_dates_nor_of_a_count(
    vacancy: Finding,
) -> None:
    finding = sloped(vacancy)
    assert finding.trend is not None
    alone = replace(finding, trend=replace(finding.trend, slopes=()))
    assert charts.slope_chart(alone) is None
    third = measure(VACANCY, TERRITORY, 7.0, year="2008")
    assert charts.slope_chart(replace(finding, series=(third, *finding.series))) is None
    count = replace(VACANCY, formulas=(replace(VACANCY.formulas[0], kind=Kind.SOMME),))
    assert charts.slope_chart(replace(finding, indicator=count)) is None


@given(st.lists(st.tuples(st.floats(0, 240), st.integers(18, 50)), min_size=1, max_size=5))
def test_labels_of_slopes_never_cover_each_other_nor_leave_the_chart(
    labels: list[tuple[float, int]],
) -> None:
    places, heights = [place for place, _ in labels], [height for _, height in labels]
    found = sorted(zip(spread(places, heights, (-10, 256)), heights, strict=True))
    assert found[0][0] - found[0][1] / 2 >= -10 - 1e-6
    assert found[-1][0] + found[-1][1] / 2 <= 256 + 1e-6
    for (one, tall), (other, taller) in itertools.pairwise(found):
        assert other - one >= (tall + taller) / 2 - 1e-6


def test_a_scale_bar_is_as_long_as_it_says(vacancy: Finding) -> None:
    chart = check(charts.map_chart(vacancy, SHAPES))
    bar = next(trace for trace in chart["data"] if trace.get("text"))
    grid = Grid.around(ring for shape in SHAPES for ring in shape.rings)
    degrees = (bar["x"][2] - bar["x"][0]) * grid.step
    metres = degrees * 111_320 * math.cos(math.radians(47.05))
    assert bar["text"][1] == "5\u00a0km"
    assert metres == pytest.approx(5_000, rel=0.01)


def test_one_commune_stands_out_among_its_neighbours(vacancy: Finding) -> None:
    chart = check(charts.map_chart(vacancy, SHAPES, strong=TESTVILLE))
    (note,) = chart["layout"]["annotations"]
    assert note["text"] == "<b>Testville</b>"
    thick = [trace for trace in chart["data"] if trace.get("line", {}).get("width", 0) > 3]
    assert [trace["line"]["color"] for trace in thick] == ["#ffffff", "#1b2a38"]
    assert not any(trace["showlegend"] for trace in thick)


@pytest.mark.parametrize(("west", "south"), [(55.45, -20.9), (-61.5, 16.2)])
def test_overseas_maps_have_true_proportions_and_scale(
    vacancy: Finding, west: float, south: float
) -> None:
    """Near Saint-Denis in La Réunion and Pointe-à-Pitre in Guadeloupe, south and north."""
    corners = ((0, 0), (0.1, 0), (0, 0.1), (0, 0))
    shapes = tuple(
        Shape(area, (tuple((west + 0.1 * at + x, south + y) for x, y in corners),))
        for at, area in enumerate((TESTVILLE, BOURG, HAMEAU))
    )
    chart = check(charts.map_chart(vacancy, shapes))
    shrink = math.cos(math.radians(south + 0.05))
    assert chart["layout"]["yaxis"]["scaleratio"] == pytest.approx(1 / shrink, rel=1e-3)
    bar = next(trace for trace in chart["data"] if trace.get("text"))
    step = 0.3 / 500
    assert (bar["x"][2] - bar["x"][0]) * step * 111.32 * shrink == pytest.approx(5, rel=0.01)


def test_figures_and_years_of_a_line_never_cover_each_other_on_a_phone(vacancy: Finding) -> None:
    years = (2014, 2016, 2018, 2019, 2021)
    euros = replace(VACANCY, unit="€", precision=0, trend_gap=1)
    series = tuple(measure(VACANCY, TERRITORY, 28_800.0, year=str(year)) for year in years)
    chart = check(charts.evolution_chart(replace(vacancy, indicator=euros, series=series)))
    assert [bool(text) for text in chart["data"][0]["text"]] == [True, False, False, False, True]
    assert chart["layout"]["xaxis"]["tickvals"] == [2014, 2016, 2018, 2021]
