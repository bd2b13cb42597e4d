"""Laws that hold whatever the figures: ratios, partitions, mergers, secrecy, ranks, lookups."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.comparison import Verdict, contrast, margin
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.distributions import distributions, national_share_below
from ctgsite.indicators.figures import Figures, valued
from ctgsite.indicators.measures import MEASURE_COLUMNS, Measure, Measures
from ctgsite.indicators.model import Formula, Kind
from ctgsite.indicators.peers import find_peers
from ctgsite.indicators.position import FEWEST, position
from ctgsite.indicators.terms import parse_terms
from ctgsite.indicators.trend import comparable, trend
from ctgsite.sources.observations import OBSERVATION_COLUMNS, Observations, Status

counts = st.integers(min_value=1, max_value=10**6).map(float)
pairs = st.lists(st.tuples(counts, counts), min_size=2, max_size=8)
GAPS = ("secret", "absent", "non_agregeable")


@pytest.fixture(scope="module")
def share(embedded_catalogue):
    """A share of A in B, of no dataset with rules of its own."""
    template = embedded_catalogue.indicators["part_logements_vacants"]
    formula = Formula("rp", Kind.RAPPORT, parse_terms("A"), parse_terms("B"))
    return replace(template, id="part", formulas=(formula,), breaks=())


def observed(areas) -> Observations:
    """Return observations of A and B from pairs by code; a text is the status of a gap."""
    rows = [
        {"variable": name, "code": code, "value": math.nan if isinstance(cell, str) else cell,
         "status": cell if isinstance(cell, str) else "publie"}
        for code, pair in areas.items()
        for name, cell in zip("AB", pair, strict=True)
    ]  # fmt: skip
    told = {
        "dataset": "rp",
        "year": "2018",
        "level": "commune",
        "vintage": "RP 2018",
        "note": "",
        "bound": 0.0,
    }
    return Observations(pd.DataFrame(rows).assign(**told)[list(OBSERVATION_COLUMNS)])


def values(indicator, areas) -> dict[str, float | None]:
    """Return the value of each area, None for a gap."""
    frame = compute_measures(Catalogue({"part": indicator}, {}), [observed(areas)]).frame
    return {
        str(code): None if math.isnan(value) else float(value)
        for code, value in zip(frame["code"], frame["value"], strict=True)
    }


def coded(members) -> dict[str, object]:
    return {f"{at:05}": pair for at, pair in enumerate(members)}


# Ratios.


@given(pairs)
def test_the_rate_of_a_whole_is_between_those_of_its_members(share, members):
    total = tuple(map(sum, zip(*members, strict=True)))
    found = values(share, {**coded(members), "tout": total})
    whole = found.pop("tout")
    assert min(found.values()) * (1 - 1e-12) <= whole <= max(found.values()) * (1 + 1e-12)


@given(pairs, st.integers(min_value=2, max_value=50))
def test_a_rate_does_not_depend_on_the_size_of_the_area(share, members, factor):
    larger = [(above * factor, below * factor) for above, below in members]
    assert values(share, coded(larger)) == pytest.approx(values(share, coded(members)))


@given(pairs, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_figure(share, members, random):
    areas = coded(members)
    shuffled = list(areas.items())
    random.shuffle(shuffled)
    assert values(share, dict(shuffled)) == values(share, areas)


@given(pairs)
def test_two_communes_that_merge_have_the_rate_of_both_and_others_keep_theirs(share, members):
    areas = coded(members)
    first, second = areas.pop("00000"), areas.pop("00001")
    merged = {**areas, "00000": (first[0] + second[0], first[1] + second[1])}
    found, before = values(share, merged), values(share, coded(members))
    weights = first[1], second[1]
    mean = np.average([before["00000"], before["00001"]], weights=weights)
    assert found.pop("00000") == pytest.approx(mean)
    assert found == {code: before[code] for code in areas}


@given(st.lists(counts, min_size=2, max_size=6))
def test_the_shares_of_a_partition_add_up_to_100(share, parts):
    found = values(share, {f"{at:05}": (part, sum(parts)) for at, part in enumerate(parts)})
    assert sum(found.values()) == pytest.approx(100)


@given(counts, counts, st.sampled_from([2.0, 5.0, 6.0, 10.0]))
def test_a_yearly_rate_compounded_gives_the_last_count_back(share, first, last, years):
    formula = replace(share.formulas[0], kind=Kind.TAUX_ANNUEL, period=years)
    (rate,) = values(replace(share, formulas=(formula,)), {"x": (last, first)}).values()
    assert first * (1 + rate / 100) ** years == pytest.approx(last)


@given(counts, counts)
def test_a_sum_takes_each_term_with_its_sign(share, one, other):
    terms = parse_terms("A - B + A")
    formula = replace(
        share.formulas[0], kind=Kind.SOMME, numerator=terms, denominator=(), scale=1.0
    )
    (found,) = values(replace(share, formulas=(formula,)), {"x": (one, other)}).values()
    assert found == pytest.approx(2 * one - other)


# Secrecy.


@given(pairs, st.data())
def test_hiding_one_more_cell_reveals_and_changes_no_other_figure(share, members, data):
    areas = coded(members)
    code = data.draw(st.sampled_from(sorted(areas)))
    place = data.draw(st.sampled_from([0, 1]))
    gap = data.draw(st.sampled_from(GAPS))
    hidden = list(areas[code])
    hidden[place] = gap
    before, after = values(share, areas), values(share, {**areas, code: tuple(hidden)})
    assert after[code] is None
    assert {**after, code: 0} == {**before, code: 0}


@given(st.tuples(*[st.one_of(counts, st.sampled_from(GAPS))] * 2))
def test_the_gravest_reason_is_told_and_no_count_beside_it(share, pair):
    frame = compute_measures(Catalogue({"part": share}, {}), [observed({"x": pair})]).frame
    row = frame.iloc[0]
    told = [gap for gap in ("secret", "non_agregeable", "absent") if gap in pair]
    assert row["status"] == (told[0] if told else "calcule")
    assert pd.isna(row["value"]) == bool(told)
    assert pd.isna(row["numerator"]) == pd.isna(row["denominator"]) == bool(told)
    assert not (told and row["caution"])


# Comparisons and trends.


def measure(value: float | None, year: str = "2018", **changes: object) -> Measure:
    status = Status.CALCULE if value is not None else Status.ABSENT
    counts = (None, None)
    plain = Measure("part", Level.COMMUNE, "x", year, value, *counts, status, "rp", "RP 2018")
    return replace(plain, **changes)  # type: ignore[arg-type]


shared = st.tuples(st.integers(0, 10**5), st.integers(1, 10**5)).map(
    lambda pair: (float(min(pair)), float(max(pair)))
)


def of_counts(pair: tuple[float, float]) -> Measure:
    above, below = pair
    return measure(100 * above / below, numerator=above, denominator=below)


@given(shared, shared)
def test_two_areas_swapped_swap_the_verdict(share, one, other):
    opposite = {Verdict.PLUS: Verdict.MOINS, Verdict.MOINS: Verdict.PLUS}
    here, there = of_counts(one), of_counts(other)
    verdict = contrast(share, here, there).verdict
    assert contrast(share, there, here).verdict is opposite.get(verdict, verdict)


@given(shared, shared)
def test_no_area_differs_from_itself_and_none_within_the_margin(share, one, other):
    here, there = of_counts(one), of_counts(other)
    assert contrast(share, here, here).verdict is Verdict.PROCHE
    close = abs(here.value - there.value) < margin(share, here, there)
    assert (contrast(share, here, there).verdict is Verdict.PROCHE) is close


@given(shared, st.integers(min_value=2, max_value=100))
def test_the_margin_narrows_as_the_counts_grow(share, pair, factor):
    one = of_counts(pair)
    larger = of_counts((pair[0] * factor, pair[1] * factor))
    assert margin(share, larger, larger) <= margin(share, one, one) + 1e-12


years = st.lists(st.integers(2005, 2030), min_size=1, max_size=8, unique=True).map(sorted)


@given(years, years, st.integers(1, 6))
def test_a_trend_is_of_one_series_far_enough_apart(share, present, breaks, gap):
    broken = tuple((str(year), "") for year in breaks)
    indicator = replace(share, breaks=broken, trend_gap=gap)
    series = [measure(float(year), str(year)) for year in present]
    found = trend(indicator, series)
    allowed = [
        (first, last)
        for first in present
        for last in present
        if last - first >= gap and not any(first < year <= last for year in breaks)
    ]
    if found is None:
        assert not allowed
        return
    latest = max(last for _, last in allowed)
    first = max(start for start, end in allowed if end == latest)
    assert (found.first.year, found.last.year) == (str(first), str(latest))
    assert comparable(indicator, found.first, found.last)
    assert found.change == pytest.approx(latest - first)


# Ranks, distributions, peers.


def figures_of(found: dict[str, float], few: frozenset[str] = frozenset()) -> Figures:
    rows = [measure(value, code=code, caution=code in few) for code, value in found.items()]
    return Figures(Measures(framed(rows)))


def framed(rows) -> pd.DataFrame:
    cells = [[getattr(row, name) for name in MEASURE_COLUMNS] for row in rows]
    numbers = dict.fromkeys(("value", "numerator", "denominator"), "float64")
    return pd.DataFrame(cells, columns=list(MEASURE_COLUMNS)).astype(numbers)


some_values = st.lists(st.integers(0, 30).map(float), min_size=FEWEST, max_size=25)


@given(some_values, st.randoms(use_true_random=False))
def test_a_rank_is_how_many_are_above_whatever_the_order(share, found, random):
    areas = {f"{at:05}": value for at, value in enumerate(found)}
    shuffled = list(areas.items())
    random.shuffle(shuffled)
    figures = figures_of(dict(shuffled))
    for code, value in areas.items():
        mine = figures.at("part", Level.COMMUNE, code, "2018")
        ranked = position(share, figures, mine, areas, "communes")
        assert ranked.rank == 1 + sum(other > value for other in found)
        assert ranked.from_bottom == 1 + sum(other < value for other in found)
        ties = sum(other == value for other in found)
        assert ranked.rank + ranked.from_bottom + ties == len(found) + 2


@given(st.lists(st.integers(0, 10**6).map(float), min_size=20, max_size=60))
def test_the_share_below_follows_the_values_and_stays_between_0_and_1(found):
    areas = {f"{at:05}": value for at, value in enumerate(found)}
    rows = [measure(value, code=code) for code, value in areas.items()]
    spread = distributions(Measures(framed(rows)))
    ordered = sorted(rows, key=lambda row: row.value)
    shares = [national_share_below(spread, row) for row in ordered]
    assert all(0 <= part <= 1 for part in shares)
    assert all(low <= high + 1e-9 for low, high in pairwise(shares))
    quartiles = np.quantile(np.float32(found), [0.25, 0.75])
    width = spread.interquartile_range(rows[0])
    assert width == pytest.approx(float(quartiles[1] - quartiles[0]), rel=1e-3, abs=1e-2)


@settings(max_examples=30)
@given(
    st.lists(st.tuples(counts, counts, counts), min_size=6, max_size=15),
    st.randoms(use_true_random=False),
)
def test_peers_do_not_depend_on_the_order_nor_on_the_units(embedded_catalogue, rows, random):
    names = ("niveau_vie_median", "part_proprietaires", "taux_activite_15_64")
    area = Area(Level.COMMUNE, "00000", "Ici")

    def nearest(cells, factor=1.0):
        found = [
            replace(measure(value * factor, code=f"{at:05}"), indicator=name)
            for at, own in cells
            for name, value in zip(names, own, strict=True)
        ]
        return find_peers(Figures(Measures(framed(found))), area, 3, variables=names)

    cells = list(enumerate(rows))
    plain, scaled = nearest(cells), nearest(cells, 8.0)
    random.shuffle(cells)
    assert nearest(cells) == plain
    assert [distance for _, distance in scaled.nearest] == pytest.approx(
        [distance for _, distance in plain.nearest]
    )
    assert area.code not in plain.codes
    assert [d for _, d in plain.nearest] == sorted(d for _, d in plain.nearest)


# Lookups.


keys = st.tuples(
    st.sampled_from(["a", "b"]), st.sampled_from([Level.COMMUNE, Level.EPCI]),
    st.sampled_from(["1", "2", "3"]), st.sampled_from(["2013", "2018", "2013-2018", "2020"]),
)  # fmt: skip
tables = st.dictionaries(keys, st.one_of(st.none(), counts), min_size=1, max_size=25)


@given(tables)
def test_lookups_find_what_a_search_of_the_rows_finds(table):
    rows = [
        measure(value, year, indicator=name, level=level, code=code)
        for (name, level, code, year), value in table.items()
    ]
    figures = Figures(Measures(framed(rows)))
    for name in ("a", "b", "c"):
        levels = []
        for level in (Level.COMMUNE, Level.EPCI):
            mine = [row for row in rows if (row.indicator, row.level) == (name, level)]
            known = {row.year for row in valued(mine)}
            assert set(figures.years(name, level)) == known
            levels += [level] if known else []
            for code in ("1", "2", "3", "4"):
                own = sorted((r for r in mine if r.code == code), key=_by_year)
                assert figures.series(name, level, code) == tuple(own)
                last = (valued(own) or tuple(own))[-1:]
                assert figures.latest(name, level, code) == (last[0] if last else None)
                for year in ("2013", "2018", "2019"):
                    at = [row for row in own if row.year == year]
                    assert figures.at(name, level, code, year) == (at[0] if at else None)
            asked = ("3", "1", "2", "1", "9")
            found = figures.of_areas(name, level, asked, "2018")
            of_year = {row.code: row for row in mine if row.year == "2018"}
            assert found == tuple(of_year[c] for c in ("3", "1", "2") if c in of_year)
            spread = figures.spread(name, level, "2018")
            assert dict(zip(spread.codes, spread.values, strict=True)) == {
                row.code: row.value for row in valued(list(of_year.values()))
            }
        assert figures.levels(name) == tuple(levels)
    for level in Level:
        assert set(figures.codes(level)) == {row.code for row in rows if row.level is level}


def _by_year(row: Measure) -> tuple[str, str]:
    return row.year[-4:], row.year


@given(tables, tables)
def test_joined_figures_hold_those_of_both_levels(one, other):
    rows = [
        [measure(value, year, indicator=name, level=level, code=code)
         for (name, _, code, year), value in table.items()]
        for table, level in ((one, Level.COMMUNE), (other, Level.TERRITOIRE))
    ]  # fmt: skip
    rows = [list({(r.indicator, r.code, r.year): r for r in part}.values()) for part in rows]
    apart = [Measures(framed(part)) for part in rows]
    joined = Figures(apart[0]).joined(apart[1])
    for row in (*rows[0], *rows[1]):
        assert joined.at(row.indicator, row.level, row.code, row.year) == row
