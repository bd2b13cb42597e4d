"""Composite views on a page: one figure for several, told once, and silent parts told as such."""

from __future__ import annotations

from dataclasses import replace

import plotly.graph_objects as go
import pytest
from testville import (
    DEPARTEMENT,
    FRANCE,
    HOUSING,
    INCOME,
    TERRITORY,
    VACANCY,
    full_diagnostic,
    measure,
)

from ctgsite.diagnostic.model import Comparison, Finding, ThemeDiagnostic, ThemeView
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.model import Form, Indicator
from ctgsite.indicators.quarters import Quarter, QuarterFigure
from ctgsite.indicators.views import Role, Slot, View, ViewKind
from ctgsite.pages.blocks import Workshop, theme_blocks
from ctgsite.pages.charts import deciles_chart, pair_chart, pyramid_chart
from ctgsite.pages.charts.pyramid import pyramids
from ctgsite.pages.charts.rows import common_year, shared_rows
from ctgsite.pages.view_blocks import ViewBlocks, view_blocks
from ctgsite.pages.view_tables import pyramid_table
from ctgsite.sources.observations import Status

SOURCES = {card.dataset: card for card in full_diagnostic().sources}
SECRET = "le secret statistique protège des effectifs trop petits"  # noqa: S105


def indicator(name: str, unit: str = "%", template: Indicator = VACANCY) -> Indicator:
    return replace(template, id=name, label=name.capitalize(), unit=unit)


def finding(
    what: Indicator, here: float | None, there: float | None = None, **changes: object
) -> Finding:
    """Return a figure and, where it is given, the département's of the same year."""
    mine = measure(what, TERRITORY, here, **changes)
    if there is None:
        return Finding(what, TERRITORY, mine, series=(mine,))
    theirs = measure(what, DEPARTEMENT, there, year=mine.year)
    comparison = Comparison(DEPARTEMENT, mine, theirs, Verdict.PLUS)
    return Finding(what, TERRITORY, mine, comparisons=(comparison,), series=(mine,))


def view_of(kind: ViewKind, *entries: tuple[Role, Finding], missing: str = "") -> ThemeView:
    slots = tuple(Slot(f.indicator.label, role, f.indicator) for role, f in entries)
    view = View("vue", "logement", "La vue", kind, slots, missing=missing)
    filled = zip(slots, (f for _, f in entries), strict=True)
    return ThemeView(view, TERRITORY, entries=tuple(filled))


def drawn(view: ThemeView) -> ViewBlocks:
    known = tuple(f for f in view.findings if f.measure.value is not None)
    return view_blocks(ThemeDiagnostic(HOUSING, known, (), (view,)), Workshop(SOURCES))


def whole(*values: float | None, status: Status = Status.CALCULE) -> ThemeView:
    parts = [
        replace(indicator(name), form=Form.COMPOSITION, group="tout")
        for name in ("jeunes", "adultes", "âgés")
    ]
    entries = [
        (Role.PART, finding(part, value, status=Status.CALCULE if value is not None else status))
        for part, value in zip(parts, values, strict=True)
    ]
    return view_of(ViewKind.COMPOSITION, *entries)


def test_a_whole_is_one_figure_that_tells_each_part_once() -> None:
    view = whole(30.0, 50.0, 20.0)
    found = drawn(view)
    (block,) = found.composites
    assert [passage.anchor for passage in block.passages] == ["jeunes", "adultes", "âgés"]
    assert found.told == {"jeunes", "adultes", "âgés"}
    theme = ThemeDiagnostic(HOUSING, view.findings, (), (view,))
    assert theme_blocks(theme, Workshop(SOURCES), found.told) == ()


def test_a_secret_part_withholds_the_whole_and_says_so() -> None:
    found = drawn(whole(30.0, None, 20.0, status=Status.SECRET))
    assert found.composites == ()
    assert found.told == frozenset()
    (note,) = found.notes
    assert "« adultes »" in note
    assert SECRET in note


def test_parts_that_do_not_make_a_whole_stay_apart() -> None:
    found = drawn(whole(30.0, 50.0, 40.0))
    assert (found.composites, found.notes, found.told) == ((), (), frozenset())


def test_parts_below_zero_count_as_such() -> None:
    assert drawn(whole(80.0, 40.0, -20.0)).composites


def pair(need: float | None, supply: float | None, missing: str = "") -> ThemeView:
    entries = [(Role.BESOIN, finding(indicator("enfants"), need, 9.0 if need else None))]
    if not missing:
        places = indicator("places", "places pour 100 enfants")
        entries.append((Role.OFFRE, finding(places, supply, year="2022")))
    return view_of(ViewKind.BESOIN_OFFRE, *entries, missing=missing)


def test_a_need_stands_beside_its_supply_and_neither_explains_the_other() -> None:
    found = drawn(pair(12.0, 40.0))
    (block,) = found.needs
    told = " ".join(text for passage in block.passages for text in passage.sentences)
    assert "Besoin : en 2018, 12,0" in told
    assert "Offre : en 2022, 40,0" in told
    assert "Les deux ne datent pas du même moment." in told
    assert "ne disent pas que l’un explique l’autre" in told
    assert [row[0].text for row in block.table.rows] == [
        "Besoin : Enfants",
        "Offre : Places (places pour 100 enfants)",
    ]
    assert found.told == {"enfants", "places"}


def test_the_bars_of_a_need_and_of_its_supply_have_scales_of_their_own() -> None:
    chart = pair_chart(pair(12.0, 40.0).entries)
    assert chart is not None
    go.Figure(**chart)
    need, supply = chart["data"]
    assert (need["x"], supply["x"]) == ([12.0, 9.0], [40.0])
    assert (need["xaxis"], supply["xaxis"]) == ("x", "x2")
    above, below = chart["layout"]["yaxis"]["domain"], chart["layout"]["yaxis2"]["domain"]
    assert below[1] < above[0]
    texts = " ".join(note["text"] for note in chart["layout"]["annotations"])
    assert "Besoin : enfants (2018)" in texts
    assert "Offre : places (2022)" in texts


def test_a_half_that_is_missing_is_told_with_its_reason() -> None:
    (block,) = drawn(pair(12.0, None)).needs
    assert "L’offre manque ici" in block.passages[-1].sentences[0]
    (block,) = drawn(pair(12.0, None, missing="aucune source ne la recense.")).needs
    assert block.passages[-1].sentences[0] == "L’offre manque : aucune source ne la recense."


def test_a_need_and_a_supply_without_figures_are_one_sentence() -> None:
    found = drawn(pair(None, None))
    assert found.needs == ()
    assert found.gaps == (
        "La vue : les données disponibles ne donnent ici ni le besoin, ni l’offre.",
    )


AGES = {"0 à 4 ans": (30.0, 20.0), "5 à 9 ans": (10.0, 40.0)}


def pyramid(secret: bool = False) -> ThemeView:
    """Return a pyramid of 100 people: 40 men and 60 women, and a département twice as large."""
    slots, found = [], []
    for age, counts in AGES.items():
        for role, count in zip((Role.HOMMES, Role.FEMMES), counts, strict=True):
            what = indicator(f"{role}{age}", role.value)
            value = None if secret and not found else count
            status = Status.CALCULE if value is not None else Status.SECRET
            slots.append(Slot(age, role, what))
            found.append(finding(what, value, 2 * count, status=status))
    view = View("pyramide", "logement", "La pyramide des âges", ViewKind.PYRAMIDE, tuple(slots))
    return ThemeView(view, TERRITORY, entries=tuple(zip(slots, found, strict=True)))


def test_a_pyramid_has_men_on_the_left_and_women_on_the_right_of_one_whole() -> None:
    found = pyramids(pyramid())
    assert [one.total for one in found] == [100.0, 200.0]
    chart = pyramid_chart(found)
    go.Figure(**chart)
    men, women, *outline = chart["data"]
    assert (men["x"], women["x"]) == ([-30.0, -10.0], [20.0, 40.0])
    assert sum(abs(x) for trace in (men, women) for x in trace["x"]) == pytest.approx(100)
    assert sum(abs(x) for trace in outline for x in trace["x"]) == pytest.approx(100)
    assert "pattern" in women["marker"]
    assert "pattern" not in men["marker"]
    assert "-" not in " ".join(chart["layout"]["xaxis"]["ticktext"])


def test_a_pyramid_holds_the_outline_of_each_benchmark_and_shows_the_first() -> None:
    own, around = pyramids(pyramid())
    wider = replace(around, name="Pays", level="france")
    outlines = pyramid_chart((own, around, wider))["data"][2:]
    seen = [(trace["name"], trace["visible"], trace["showlegend"]) for trace in outlines]
    assert seen == [
        (around.name, True, True),
        (around.name, True, False),
        ("Pays", False, True),
        ("Pays", False, False),
    ]
    table = pyramid_table((own, around, wider), "Âges")
    assert table.columns[4:] == tuple(dict.fromkeys(trace["meta"] for trace in outlines))
    assert table.benchmarks[4:] == ("departement", "france")


def test_the_table_of_a_pyramid_ends_with_its_totals() -> None:
    (block,) = drawn(pyramid()).composites
    last = [cell.text for cell in block.table.rows[-1]]
    assert last == ["Tous les âges", "40", "60", "100 %", "100 %"]
    assert "60,0\u202f% des 100 habitants sont des femmes" in block.passages[0].sentences[0]


def test_a_secret_age_leaves_no_pyramid() -> None:
    assert pyramids(pyramid(secret=True)) == ()
    assert drawn(pyramid(secret=True)).composites == ()


def test_the_pyramid_of_the_département_is_not_taken_for_the_territory_s() -> None:
    around = Area(Level.DEPARTEMENT, "00", "Fictive", 3)
    own = pyramid()
    moved = tuple((slot, replace(found, area=around)) for slot, found in own.entries)
    (block,) = drawn(replace(own, area=around, within=TERRITORY, entries=moved)).composites
    assert block.heading == "La pyramide des âges de la Fictive"
    assert "et non de la communauté de communes du Pays d’Essai" in block.passages[0].sentences[0]


def deciles(last: str = "2018") -> ThemeView:
    """Return three thresholds of 2018, in euros, and those of the département."""
    entries = []
    for name, here, there in (("d1", 9e3, 1e4), ("d5", 2e4, 2.1e4), ("d9", 4e4, 3.9e4)):
        found = finding(indicator(name, "€", INCOME), here, there)
        newer = measure(found.indicator, TERRITORY, here + 500, year=last)
        entries.append((Role.DECILE, replace(found, measure=newer)))
    return view_of(ViewKind.DECILES, *entries)


def test_thresholds_are_drawn_in_the_latest_year_shared_with_a_benchmark() -> None:
    view = deciles(last="2021")
    assert common_year(view.findings) == "2018"
    chart = deciles_chart(view, shared_rows(view.findings, "2018"))
    go.Figure(**chart)
    own, there = chart["data"]
    assert (own["y"], there["y"]) == ([9e3, 2e4, 4e4], [1e4, 2.1e4, 3.9e4])
    assert own["line"]["dash"] != there["line"]["dash"]
    assert own["marker"]["symbol"] != there["marker"]["symbol"]


def test_thresholds_of_the_findings_own_year_are_told_once() -> None:
    assert drawn(deciles()).told == {"d1", "d5", "d9"}
    found = drawn(deciles(last="2021"))
    assert found.told == frozenset()
    (block,) = found.composites
    assert "un sur deux inférieur à 20\u202f000\u00a0€" in block.passages[0].sentences[0]


def test_a_benchmark_that_lacks_a_threshold_is_left_out() -> None:
    first, *rest = deciles().findings
    parts = [replace(first, comparisons=()), *rest]
    assert [area for area, _ in shared_rows(parts, "2018")] == [TERRITORY]


def test_peers_make_no_whole() -> None:
    peers = Area(Level.COMPARABLES, "comparables", "Territoires comparables")
    found = finding(VACANCY, 8.0)
    there = Comparison(peers, found.measure, measure(VACANCY, peers, 7.0), Verdict.PLUS)
    assert len(shared_rows([replace(found, comparisons=(there,))], "2018")) == 1


def test_quarters_are_a_table_with_the_year_of_each_column() -> None:
    slots = (
        Slot("Habitants", Role.QUARTIER, indicator("habitants", "")),
        Slot("Taux de pauvreté", Role.QUARTIER, indicator("pauvrete")),
    )
    figures = (
        QuarterFigure(3219.4, Status.PUBLIE, "recensement", "2018", "RP 2018"),
        QuarterFigure(None, Status.SECRET, "filosofi", "2019"),
    )
    view = View("quartiers", "logement", "Les quartiers", ViewKind.QUARTIERS, slots)
    quarter = Quarter("QP021006", "Le Belvédère", "Talant", figures)
    (block,) = drawn(ThemeView(view, TERRITORY, quarters=(quarter,))).composites
    assert block.chart == ""
    assert block.table.columns == ("Quartier", "Commune", "Habitants (2018)", "Taux de pauvreté")
    cells = [cell.text for cell in block.table.rows[0]]
    assert cells == ["Le Belvédère", "Talant", "3\u202f219,4", "secret statistique"]
    assert block.sources == ("Insee, Recensement de la population, RP 2018",)


def test_a_benchmark_other_than_the_département_speaks_where_there_is_none() -> None:
    view = deciles(last="2021")
    moved = [
        replace(
            f,
            comparisons=tuple(
                Comparison(FRANCE, c.here, replace(c.there, level=FRANCE.level), c.verdict)
                for c in f.comparisons
            ),
        )
        for f in view.findings
    ]
    entries = tuple(zip((slot for slot, _ in view.entries), moved, strict=True))
    (block,) = drawn(replace(view, entries=entries)).composites
    assert "en France, ces seuils sont de" in block.passages[0].sentences[0]
