"""Comparable territories: near on every variable, the same whatever the order, hardly moved."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ctgsite import knowledge
from ctgsite.config.loader import load_territories
from ctgsite.diagnostic.benchmarks import coverage_of
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import MEASURE_COLUMNS, Measures
from ctgsite.indicators.peers import PEER_VARIABLES, find_peers

KEPT = 8  # of ten
SHAKES = 5
ROOT = Path(__file__).parents[2]


def figures(table: dict[str, np.ndarray], level: str = "epci") -> Figures:
    """Return one year of some variables, for areas 0000, 0001 and so on."""
    count = len(next(iter(table.values())))
    codes = [f"{n:04}" for n in range(count)]
    parts = [
        pd.DataFrame(
            {
                "indicator": name, "level": level, "code": codes, "year": "2018", "value": values,
                "numerator": np.nan, "denominator": np.nan, "status": "calcule", "dataset": "rp",
                "vintage": "RP 2018", "caution": False, "note": "", "bound": 0.0,
            }
        )
        for name, values in table.items()
    ]  # fmt: skip
    return Figures(Measures(pd.concat(parts, ignore_index=True)[list(MEASURE_COLUMNS)]))


def synthetic(count: int, seed: int) -> dict[str, np.ndarray]:
    """Return variables spread as real ones are: sizes over decades, correlated shares."""
    random = np.random.default_rng(seed)
    common = random.normal(size=count)
    table = {
        name: 30 + 4 * random.normal(size=count) + 3 * common * random.choice([-1, 1])
        for name in PEER_VARIABLES
    }
    table["population"] = np.exp(9 + random.normal(size=count))
    table["densite"] = np.exp(4 + random.normal(size=count) + common / 2)
    return table


def shaken(table: dict[str, np.ndarray], seed: int) -> dict[str, np.ndarray]:
    """Return the variables moved by up to a hundredth of their interquartile range."""
    random = np.random.default_rng(seed)
    moved = {}
    for name, values in table.items():
        scale = np.log(values) if name in ("population", "densite") else values
        width = np.subtract(*np.percentile(scale, [75, 25]))
        scale = scale + 0.01 * width * random.uniform(-1, 1, len(scale))
        moved[name] = np.exp(scale) if name in ("population", "densite") else scale
    return moved


@pytest.mark.parametrize("seed", range(6))
def test_small_errors_of_a_synthetic_pool_keep_at_least_eight_of_ten(seed: int) -> None:
    table = synthetic(1200, seed)
    before = figures(table)
    after = figures(shaken(table, seed + 100))
    for n in range(0, 1200, 60):
        area = Area(Level.EPCI, f"{n:04}", "")
        kept = set(find_peers(before, area).codes) & set(find_peers(after, area).codes)
        assert len(kept) >= KEPT, n


@cache
def reference_areas() -> tuple[Area, ...]:
    """Return the areas of the territories that come with ctgsite."""
    territories, _ = load_territories(ROOT, (), knowledge.known(None))
    geography = knowledge.geography(None)
    real = (territory for territory in territories if not territory.fictitious)
    return tuple(coverage_of(territory, geography).area for territory in real)


@cache
def real_table(level: Level) -> tuple[tuple[str, ...], dict[str, np.ndarray]]:
    """Return the real variables of a level, for the areas that have them all."""
    area = next(area for area in reference_areas() if area.level is level)
    known = knowledge.evidence(None).figures
    columns = {}
    for name, year in find_peers(known, area).variables:
        spread = known.spread(name, level, year)
        columns[name] = dict(zip(map(str, spread.codes), spread.values, strict=True))
    codes = sorted(set.intersection(*(set(column) for column in columns.values())))
    table = {name: np.array([column[c] for c in codes]) for name, column in columns.items()}
    return tuple(codes), table


@pytest.mark.parametrize("at", range(8))
def test_small_errors_keep_eight_of_ten_peers_of_each_reference_territory(at: int) -> None:
    area = reference_areas()[at]
    codes, table = real_table(area.level)
    here = Area(area.level, f"{codes.index(area.code):04}", "")
    level = str(area.level)
    before = set(find_peers(figures(table, level), here).codes)
    for seed in range(SHAKES):
        after = set(find_peers(figures(shaken(table, seed), level), here).codes)
        assert len(before & after) >= KEPT


def test_there_are_eight_reference_territories() -> None:
    assert len(reference_areas()) == 8


def test_the_nearest_comes_first_and_an_area_is_not_its_own_peer() -> None:
    peers = find_peers(figures(synthetic(300, 1)), Area(Level.EPCI, "0007", ""))
    distances = [distance for _, distance in peers.nearest]
    assert distances == sorted(distances)
    assert "0007" not in peers.codes
    assert len(peers.codes) == 10


def test_distances_do_not_depend_on_the_unit_of_a_variable() -> None:
    table = synthetic(300, 2)
    scaled = {**table, "niveau_vie_median": table["niveau_vie_median"] * 1000}
    area = Area(Level.EPCI, "0007", "")
    first, second = (find_peers(figures(t), area) for t in (table, scaled))
    assert second.codes == first.codes
    assert [d for _, d in second.nearest] == pytest.approx([d for _, d in first.nearest])


def test_the_variables_hold_size_density_income_age_and_household_types() -> None:
    area = next(area for area in reference_areas() if area.level is Level.EPCI)
    used = {name for name, _ in find_peers(knowledge.evidence(None).figures, area).variables}
    assert used == set(PEER_VARIABLES)
    assert {
        "population", "densite", "niveau_vie_median", "part_65_ans_plus",
        "part_personnes_vivant_seules", "part_familles_monoparentales",
    } <= used  # fmt: skip


def test_communes_have_no_age_nor_household_types_in_the_files_at_hand() -> None:
    area = next(area for area in reference_areas() if area.level is Level.COMMUNE)
    used = {name for name, _ in find_peers(knowledge.evidence(None).figures, area).variables}
    assert set(PEER_VARIABLES) - used == {
        "part_65_ans_plus", "part_personnes_vivant_seules", "part_familles_monoparentales",
    }  # fmt: skip
