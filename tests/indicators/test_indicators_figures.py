"""Lookups in measures of a few areas: what is found, in which order, and what is not."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from small_figures import figures_of, measure, measures_of

from ctgsite.geography.areas import Level
from ctgsite.indicators.figures import NO_SPREAD, Figures, Spread, valued
from ctgsite.indicators.measures import Measure, Measures
from ctgsite.sources.observations import Status

COMMUNE, EPCI = Level.COMMUNE, Level.EPCI
FULL = Measure(
    "part", COMMUNE, "31541", "2018", 8.5, 17.0, 200.0, Status.ESTIME, "rp", "RP 2018",
    caution=True, note="pourquoi", bound=0.5,
)  # fmt: skip

# Neither areas, years, indicators nor levels in order.
SEEN = (
    measure("31557", 2.0, year="2018"),
    measure("31541", 3.0, year="2021"),
    measure("200000000", 9.0, level=EPCI),
    measure("31541", 4.0, indicator="autre"),
    measure("31541", 1.0, year="2013-2018"),
    measure("31541", 5.0, year="2008"),
    measure("31557", year="2021"),
    measure("31000", 6.0, caution=True, dataset="caf"),
)


@pytest.fixture
def figures() -> Figures:
    return figures_of(SEEN)


def told(spread: Spread) -> list[tuple[object, ...]]:
    """Return the areas of a spread, one by one."""
    columns = (spread.codes, spread.values, spread.datasets, spread.caution)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_a_measure_is_given_back_as_it_was() -> None:
    assert figures_of([FULL]).at("part", COMMUNE, "31541", "2018") == FULL
    gap = measure("31541", note="secret statistique")
    assert figures_of([gap]).at("part", COMMUNE, "31541", "2018") == gap


def test_a_series_is_told_from_the_oldest_year_to_the_latest(figures: Figures) -> None:
    series = figures.series("part", COMMUNE, "31541")
    assert [(m.year, m.value) for m in series] == [("2008", 5.0), ("2013-2018", 1.0), ("2021", 3.0)]
    assert [m.value for m in figures.series("autre", COMMUNE, "31541")] == [4.0]
    assert figures.series("part", COMMUNE, "31541") == series


@pytest.mark.parametrize(
    ("indicator", "level", "code"),
    [
        ("part", COMMUNE, "200000000"),
        ("part", EPCI, "31541"),
        ("part", Level.REGION, "76"),
        ("inconnu", COMMUNE, "31541"),
        ("autre", COMMUNE, "31557"),
        ("part", COMMUNE, "99999"),
        ("part", COMMUNE, ""),
    ],
)
def test_what_has_no_measure_has_no_series(
    figures: Figures, indicator: str, level: Level, code: str
) -> None:
    assert figures.series(indicator, level, code) == ()
    assert figures.latest(indicator, level, code) is None
    assert figures.at(indicator, level, code, "2018") is None


def test_the_latest_is_that_of_the_last_year_with_a_value(figures: Figures) -> None:
    here, there = (figures.latest("part", COMMUNE, code) for code in ("31541", "31557"))
    assert here is not None
    assert there is not None
    assert (here.year, here.value) == ("2021", 3.0)
    assert (there.year, there.value) == ("2018", 2.0)


def test_without_any_value_the_latest_reason_is_told() -> None:
    gaps = [measure("31541", year=year, note=year) for year in ("2018", "2021", "2013")]
    found = figures_of(gaps).latest("part", COMMUNE, "31541")
    assert found is not None
    assert (found.value, found.note) == (None, "2021")


def test_the_measures_of_some_areas_come_in_the_order_asked_for_and_once(figures: Figures) -> None:
    found = figures.of_areas("part", COMMUNE, ["31557", "99999", "31000", "31557"], "2018")
    assert [(m.code, m.value) for m in found] == [("31557", 2.0), ("31000", 6.0)]
    (secret,) = figures.of_areas("part", COMMUNE, ["31557"], "2021")
    assert secret.status is Status.SECRET


def test_a_spread_holds_the_areas_that_have_a_value(figures: Figures) -> None:
    of_2018 = figures.spread("part", COMMUNE, "2018")
    assert told(of_2018) == [("31000", 6.0, "caf", True), ("31557", 2.0, "rp", False)]
    assert told(figures.spread("part", COMMUNE, "2021")) == [("31541", 3.0, "rp", False)]
    assert told(figures.spread("autre", COMMUNE, "2018")) == [("31541", 4.0, "rp", False)]
    assert told(figures.spread("part", EPCI, "2018")) == [("200000000", 9.0, "rp", False)]


def test_a_spread_may_be_of_some_areas_only(figures: Figures) -> None:
    for codes, values in (
        (("31557", "99999"), [2.0]),
        (("31557", "31000"), [6.0, 2.0]),
        (("31541",), []),
        ((), []),
    ):
        for _ in range(2):
            found = figures.spread("part", COMMUNE, "2018", codes)
            assert found.values.tolist() == values
    assert figures.spread("part", COMMUNE, "2021", ("31541",)).values.tolist() == [3.0]
    assert len(figures.spread("part", COMMUNE, "2018").values) == 2


@pytest.mark.parametrize(
    ("indicator", "level", "year"),
    [("inconnu", COMMUNE, "2018"), ("part", COMMUNE, "1999"), ("part", Level.REGION, "2018"),
     ("autre", COMMUNE, "2021")],
)  # fmt: skip
def test_what_nobody_has_has_an_empty_spread(
    figures: Figures, indicator: str, level: Level, year: str
) -> None:
    found = figures.spread(indicator, level, year)
    assert told(found) == told(NO_SPREAD) == []
    assert NO_SPREAD.caution.dtype == np.bool_


def test_years_and_levels_are_those_that_have_a_value(figures: Figures) -> None:
    assert figures.years("part", COMMUNE) == ("2008", "2013-2018", "2018", "2021")
    assert figures.years("autre", COMMUNE) == ("2018",)
    assert figures.years("part", EPCI) == ("2018",)
    assert figures.years("autre", EPCI) == figures.years("part", Level.REGION) == ()
    assert figures.levels("part") == (COMMUNE, EPCI)
    assert figures.levels("autre") == (COMMUNE,)
    assert figures.levels("inconnu") == ()


def test_a_year_of_gaps_alone_is_no_year_of_an_indicator() -> None:
    found = figures_of([measure("31541", 1.0), measure("31541", year="2021")])
    assert found.years("part", COMMUNE) == ("2018",)


def test_all_years_are_those_of_every_level_in_order() -> None:
    seen = [
        measure("31541", 1.0, year="2021"),
        measure("31541", 1.0, year="2010"),
        measure("200000000", 1.0, year="2013-2018", level=EPCI),
    ]
    assert figures_of(seen).all_years("part") == ("2010", "2013-2018", "2021")


def test_the_codes_are_those_of_the_areas_with_any_measure(figures: Figures) -> None:
    assert figures.codes(COMMUNE) == ("31000", "31541", "31557")
    assert figures.codes(EPCI) == ("200000000",)
    assert figures.codes(Level.REGION) == ()


def test_joined_measures_are_those_of_both(figures: Figures) -> None:
    own = [measure("groupe", 7.0, level=Level.TERRITOIRE), measure("31", 1.0, level=EPCI)]
    both = figures.joined(measures_of(own))
    assert [m.value for m in both.series("part", Level.TERRITOIRE, "groupe")] == [7.0]
    assert both.codes(EPCI) == ("31",)
    assert both.codes(COMMUNE) == figures.codes(COMMUNE)
    assert figures.codes(Level.TERRITOIRE) == ()


def test_a_period_comes_by_the_year_that_it_ends_in() -> None:
    years = ("2013-2018", "2014", "2019", "2018")
    seen = [measure("31541", float(at), year=year) for at, year in enumerate(years)]
    expected = ("2014", "2013-2018", "2018", "2019")
    for found in (figures_of(seen), figures_of(seen[:2]), figures_of(reversed(seen))):
        own = tuple(year for year in expected if found.at("part", COMMUNE, "31541", year))
        assert tuple(m.year for m in found.series("part", COMMUNE, "31541")) == own
        assert found.years("part", COMMUNE) == found.all_years("part") == own
        latest = found.latest("part", COMMUNE, "31541")
        assert latest is not None
        assert latest.year == own[-1]


def test_a_gap_is_in_no_spread_even_where_its_area_is_asked_for(figures: Figures) -> None:
    found = figures.spread("part", COMMUNE, "2021", ("31541", "31557"))
    assert found.codes.tolist() == ["31541"]


def test_labels_are_found_in_whatever_order_they_are_numbered() -> None:
    frame = measures_of(SEEN).frame
    for name in ("indicator", "level", "code", "year", "dataset"):
        labels = sorted(frame[name].unique(), reverse=True)
        frame[name] = pd.Categorical(frame[name], categories=labels)
    found, plain = Figures(Measures(frame)), figures_of(SEEN)
    for code in plain.codes(COMMUNE):
        expected = plain.series("part", COMMUNE, code)
        assert found.series("part", COMMUNE, code) == expected
        assert found.latest("part", COMMUNE, code) == plain.latest("part", COMMUNE, code)
    assert found.codes(COMMUNE) == plain.codes(COMMUNE)
    assert found.years("part", COMMUNE) == plain.years("part", COMMUNE)
    for year in plain.years("part", COMMUNE):
        assert told(found.spread("part", COMMUNE, year)) == told(
            plain.spread("part", COMMUNE, year)
        )


@pytest.mark.parametrize("kind", ["str", "object", "category"])
def test_texts_are_found_however_they_are_kept(kind: str) -> None:
    texts = ("indicator", "level", "code", "year", "status", "dataset", "vintage", "note")
    frame = measures_of([*SEEN, FULL]).frame.astype(dict.fromkeys(texts, kind))
    found = Figures(Measures(frame))
    assert found.at("part", COMMUNE, "31541", "2018") == FULL
    assert found.codes(COMMUNE) == ("31000", "31541", "31557")
    assert found.years("part", COMMUNE) == ("2008", "2013-2018", "2018", "2021")


def test_the_many_indicators_and_years_of_one_area_are_not_confused() -> None:
    """More pairs of them than a byte can number."""
    seen = [
        measure("31541", 100.0 * i + y, indicator=f"i{i:02}", year=str(2000 + y))
        for i in range(20)
        for y in range(20)
    ]
    found = figures_of(seen)
    for i in (0, 12, 13, 19):
        assert found.years(f"i{i:02}", COMMUNE) == tuple(str(2000 + y) for y in range(20))
        for y in (0, 3, 19):
            spread = found.spread(f"i{i:02}", COMMUNE, str(2000 + y))
            assert spread.values.tolist() == [100.0 * i + y]


def test_only_measures_with_a_value_are_valued() -> None:
    zero, gap = measure("31541", 0.0), measure("31557")
    assert valued([zero, gap]) == (zero,)
