"""National distributions: quantiles of sure figures, and the share of areas below a value."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from small_figures import measure, measures_of, spread_of, values_of

from ctgsite.geography.areas import Level
from ctgsite.indicators.distributions import (
    FEWEST,
    Distributions,
    distributions,
    national_share_below,
    read_distributions,
    write_distributions,
)
from ctgsite.indicators.measures import Measures

EVEN = values_of([float(v) for v in range(201)])  # one area for each quantile
HERE = measure("99999", 50.0)


def test_the_median_and_the_middle_half_are_those_of_the_areas() -> None:
    found = spread_of(EVEN)
    assert found.median(HERE) == 100.0
    assert found.interquartile_range(HERE) == 100.0
    assert list(found.frame["n"]) == [201]


def test_figures_on_few_cases_secret_or_of_other_levels_are_left_out() -> None:
    others = [
        *values_of([1e6] * 300, caution=True),
        *(measure(f"2{n:04}") for n in range(300)),
        *values_of([1e6] * 300, level=Level.REGION),
    ]
    pd.testing.assert_frame_equal(spread_of([*EVEN, *others]).frame, spread_of(EVEN).frame)


def test_figures_whose_labels_are_numbered_spread_as_their_texts_do() -> None:
    texts = ["indicator", "level", "year", "dataset"]
    frame = measures_of([*EVEN, *values_of([1.0] * 19, year="2013")]).frame
    numbered = distributions(Measures(frame.astype(dict.fromkeys(texts, "category"))))
    pd.testing.assert_frame_equal(numbered.frame, spread_of(EVEN).frame)


@pytest.mark.parametrize(
    ("changes", "known"),
    [
        ({}, True),
        ({"level": Level.EPCI}, False),
        ({"year": "2013"}, False),
        ({"dataset": "autre"}, False),
        ({"indicator": "autre"}, False),
    ],
)
def test_a_figure_is_placed_among_those_of_its_own_kind(
    changes: dict[str, object], known: bool
) -> None:
    found, here = spread_of(EVEN), replace(HERE, **changes)  # type: ignore[arg-type]
    told = (found.median(here), found.interquartile_range(here), national_share_below(found, here))
    assert [value is not None for value in told] == [known] * 3


@pytest.mark.parametrize("level", [Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT])
@pytest.mark.parametrize(("size", "known"), [(FEWEST, True), (FEWEST - 1, False)])
def test_a_handful_of_areas_has_no_distribution(level: Level, size: int, known: bool) -> None:
    found = spread_of(values_of([float(v) for v in range(size)], level=level))
    assert (found.median(replace(HERE, level=level)) is not None) is known


@pytest.mark.parametrize(
    ("value", "share"),
    [(-1, 0), (0, 0), (50, 0.25), (50.5, 0.2525), (199.5, 0.9975), (200, 1), (201, 1)],
)
def test_the_share_below_is_interpolated_between_quantiles(value: float, share: float) -> None:
    found = national_share_below(spread_of(EVEN), measure("99999", value))
    assert found == pytest.approx(share)


def test_areas_that_tie_count_for_half() -> None:
    # A quarter below, half of them alike, a quarter above.
    found = spread_of(values_of([*[1.0] * 100, *[2.0] * 200, *[3.0] * 100]))
    shares = [national_share_below(found, measure("99999", value)) for value in (1.0, 2.0, 3.0)]
    assert shares == [pytest.approx(share, abs=0.005) for share in (0.125, 0.5, 0.875)]


def test_a_secret_figure_or_one_on_few_cases_has_no_share_below() -> None:
    found = spread_of(EVEN)
    assert national_share_below(found, measure("99999")) is None
    assert national_share_below(found, replace(HERE, caution=True)) is None


def test_a_distribution_is_completed_where_it_has_none() -> None:
    own = spread_of(EVEN)
    other = spread_of([*values_of([7.0] * 30), *values_of([7.0] * 30, year="2013")])
    both = own.completed(other)
    assert both.median(HERE) == 100.0
    assert both.median(replace(HERE, year="2013")) == 7.0
    assert both.frame.index.is_monotonic_increasing


def test_what_is_written_is_read_again_and_is_the_same_bytes(tmp_path: Path) -> None:
    found = spread_of(EVEN)
    path = write_distributions(found, tmp_path)
    first = path.read_bytes()
    read = read_distributions(path)
    assert isinstance(read, Distributions)
    assert read.median(HERE) == 100.0
    assert national_share_below(read, HERE) == pytest.approx(0.25)
    assert write_distributions(read, tmp_path).read_bytes() == first
