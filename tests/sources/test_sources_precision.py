"""What is known of the precision of each figure: read with it, added at worst, never made up."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from producers_layouts import CAF_2020, FILO_2018, line, lines
from pydantic import ValidationError
from small_france import (
    COMMUNES,
    RIVER,
    WEST,
    describe,
    observed,
    panel,
    small_geography,
    value,
)

from ctgsite.errors import SourceError
from ctgsite.geography.areas import Level
from ctgsite.sources.cells import Source
from ctgsite.sources.columns import read_observations, write_observations
from ctgsite.sources.descriptions import Description, load_descriptions
from ctgsite.sources.embedded import embedded_observations
from ctgsite.sources.harmonise import harmonise
from ctgsite.sources.levels import higher_levels, sum_members
from ctgsite.sources.observations import Observations
from ctgsite.sources.panel import Panel, from_frame, to_observations
from ctgsite.sources.precision import Imprecision, SmallCounts
from ctgsite.sources.reading import read_source
from ctgsite.sources.store import FORMAT, INDEX, opened, read_index

Write = Callable[..., Path]

DESCRIPTIONS = load_descriptions()
FRENCH = [code for code, _, epci in COMMUNES if epci]


def bound(found: Observations | Panel, code: str, variable: str = "N", level: str = "") -> float:
    """Return the bound of the one figure of an area."""
    frame = (found if isinstance(found, Observations) else to_observations([found])).frame
    rows = frame[(frame["code"] == code) & (frame["variable"] == variable)]
    rows = rows[rows["level"] == level] if level else rows
    assert len(rows) == 1, rows
    return float(rows["bound"].iloc[0])


def with_bounds(found: Panel, bounds: Mapping[str, Sequence[float]]) -> Panel:
    """Return a panel whose cells are known to typed bounds."""
    for area, code in enumerate(found.codes):
        found.bounds[area] = bounds[str(code)]
    return found


# What a description may say


@pytest.mark.parametrize(
    ("rule", "half_width"),
    [({"arrondi": 1}, 0.5), ({"arrondi": 0.1}, 0.05), ({"arrondi": 10}, 5.0), ({"flou": 2}, 2.0)],
)
def test_a_rounding_errs_by_half_its_step_and_a_blur_by_its_width(
    rule: dict[str, float], half_width: float
):
    assert Imprecision.model_validate({**rule, "motif": "parce que"}).half_width == half_width


@pytest.mark.parametrize(
    "rule",
    [
        {"motif": "sans cause"},
        {"arrondi": 1, "flou": 2, "motif": "deux causes"},
        {"arrondi": -1, "motif": "négatif"},
        {"flou": 2},
        {"flou": 2, "motif": ""},
    ],
)
def test_a_rule_has_one_cause_and_its_reason(rule: dict[str, object]):
    with pytest.raises(ValidationError):
        Imprecision.model_validate(rule)


def test_a_rule_about_an_unknown_variable_is_refused():
    unknown = [{"variables": ["AUTRE"], "flou": 2, "motif": "brouillé"}]
    with pytest.raises(ValidationError, match="AUTRE"):
        describe(incertitude=unknown)
    with pytest.raises(ValidationError, match="AUTRE"):
        describe(prudence={"seuil": 200, "variables": ["AUTRE"], "motif": "estimé"})


def test_the_first_rule_that_speaks_of_a_variable_and_year_stands():
    rules = [
        {"variables": ["M"], "depuis": "2018", "arrondi": 10, "motif": "à la dizaine"},
        {"variables": ["M"], "arrondi": 1, "motif": "à l’unité"},
    ]
    described = describe(incertitude=rules)

    def half_width(variable: str, year: str) -> float | None:
        rule = described.imprecision_of(variable, year)
        return rule.half_width if rule else None

    assert half_width("M", "2018") == half_width("M", "2013-2018") == 5
    assert half_width("M", "2016") == 0.5
    assert half_width("N", "2018") is None


def test_a_caution_is_about_the_variables_it_names_or_all():
    rule = {"seuil": 200, "motif": "estimé"}
    assert SmallCounts.model_validate(rule).covers("N")
    described = describe(prudence={**rule, "variables": ["N"]})
    assert (described.caution_under("N"), described.caution_under("M")) == (200, 0)
    assert describe().caution_under("N") == 0


# What the real descriptions say


@pytest.mark.parametrize(
    ("dataset", "variable", "year", "half_width"),
    [
        ("insee-caf-iris", "A", "2020", 2),
        ("insee-caf-iris", "APRES50", "2016", 2),
        ("cnaf-rsa-part", "RSA_PART", "2024", 0.5),
        ("cnaf-txcouv", "TXCOUV_TOTAL", "2022", 0.05),
        ("education-ips", "IPS_MOYEN", "2024-2025", 0.05),
        ("education-ips", "IPS_ECOLES", "2024-2025", None),
        ("insee-mortalite", "TX_MORTA", "2013-2018", 0.05),
        ("insee-filosofi", "MED", "2021", 5),
        ("insee-filosofi", "MED", "2016", 0.5),
        ("insee-filosofi", "MED", "2014", 0.05),
        ("insee-filosofi", "TP60", "2021", 0.5),
        ("insee-filosofi", "PPFAM", "2018", 0.05),
        ("insee-filosofi", "NBMEN", "2018", None),
        ("insee-filosofi-pauvrete", "TYM5TP60", "2018", 0.5),
        ("insee-comparateur", "PIMP", "2019", 0.5),
        ("insee-comparateur", "MED", "2019", 5),
        ("insee-comparateur", "P_POP", "2018", None),
        ("insee-rp2018-epci", "LOG.Houses", "2018", None),
    ],
)
def test_each_dataset_says_how_precise_its_cells_are(
    dataset: str, variable: str, year: str, half_width: float | None
):
    rule = DESCRIPTIONS[dataset].imprecision_of(variable, year)
    assert (rule.half_width if rule else None) == half_width


def test_the_census_asks_for_caution_under_200_and_counts_of_events_do_not():
    census = DESCRIPTIONS["insee-comparateur"]
    assert census.caution_under("P_CHOM1564") == census.caution_under("P_LOGVAC") == 200
    assert census.caution_under("NAISD") == census.caution_under("P_POP") == 0


def test_the_caf_says_in_its_notes_what_blurring_does_to_a_sum():
    notes = " ".join(DESCRIPTIONS["insee-caf-iris"].reading_notes)
    assert "brouille" in notes
    assert "à 20 près" in notes


ROUNDED = [
    (dataset.id, variable)
    for dataset in DESCRIPTIONS.values()
    for variable in dataset.variables
    if any(rule.rounding and rule.covers(variable) for rule in dataset.imprecisions)
]


@pytest.mark.parametrize(("dataset", "variable"), ROUNDED)
def test_published_figures_stand_on_the_step_that_their_description_says(
    dataset: str, variable: str
):
    frame = embedded_observations().frame
    own = frame[(frame["dataset"] == dataset) & (frame["variable"] == variable)]
    published = own[own["status"] == "publie"]
    for year, rows in published.groupby("year", observed=True):
        rule = DESCRIPTIONS[dataset].imprecision_of(variable, str(year))
        assert rule is not None
        steps = rows["value"].to_numpy() / rule.rounding
        assert np.abs(steps - np.round(steps)).max() < 1e-6
        assert np.allclose(rows["bound"], rule.half_width)


# What becomes of it from the file to a sum

IRIS = ("670010101", "670010102", "670010103")


def caf(write: Write, counts: Sequence[str]) -> tuple[Observations, Observations]:
    rows = [
        line(CAF_2020, {"CODGEO": code, "A": count})
        for code, count in zip(IRIS, counts, strict=True)
    ]
    found = observed(write("data_CAF_2020_IRIS.csv", lines(CAF_2020, *rows)))
    return found.published, found.derived


def test_a_blurred_count_is_known_to_two_and_a_sum_of_three_to_six(write: Write):
    published, derived = caf(write, ("120", "80", "10"))
    assert bound(published, IRIS[0], "A", "iris") == 2
    assert bound(derived, "67001", "A", "commune") == 6


def test_a_variable_that_adds_columns_of_its_file_adds_their_bounds(write: Write):
    columns = {"N": ["H", "F"], "M": "M", "Z": "H"}
    groups = [{"annee": "2018", "millesime": "RP 2018", "colonnes": columns}]
    file = {"nom": "essai.csv", "niveau": "commune", "groupes": groups}
    described = describe(fichiers=[file], incertitude=[{"flou": 2, "motif": "brouillé"}])
    path = write("essai.csv", "CODGEO;H;F;M\n01001;30;20;1\n")
    source = Source(path, described, described.files[0], "2018")
    (found,) = read_source(source, small_geography().communes)
    assert (bound(found, "01001", "N"), bound(found, "01001", "Z")) == (4, 2)


def test_a_gap_carries_no_bound(write: Write):
    published, derived = caf(write, ("120", "", "10"))
    assert bound(published, IRIS[1], "A", "iris") == 0
    assert bound(derived, "67001", "A", "commune") == 0


def test_a_rounded_median_is_known_to_half_its_step_and_its_count_exactly(write: Write):
    row = line(FILO_2018, {"CODGEO": RIVER, "NBMEN18": "900", "Q218": "21000"})
    found = observed(write("FILO2018_DISP_EPCI.csv", lines(FILO_2018, row)))
    assert bound(found.published, RIVER, "MED") == 5
    assert bound(found.published, RIVER, "NBMEN") == 0


def test_merged_communes_add_their_bounds():
    parts = with_bounds(panel({"01004": [100], "01005": [20]}), {"01004": [2], "01005": [3]})
    described = describe("2021")
    merged = harmonise(parts, described, described.files[0], small_geography()).panel
    assert bound(merged, "01004") == 5


def test_a_territory_divided_since_adds_its_bound_to_the_areas_that_contain_it():
    codes = ("01001", "01002", "01004", "01005")  # 01002 still had the territory of 01003
    cells = with_bounds(panel({code: [10] for code in codes}), {code: [2] for code in codes})
    described = describe("2019")
    found = harmonise(cells, described, described.files[0], small_geography())
    sums = higher_levels(found.panel, described, small_geography(), found.undivided)
    (departement,) = (item for item in sums if item.level == "departement")
    assert value(departement, "01") == 40
    assert bound(departement, "01") == 8


def counts_of(bounds: Sequence[float]) -> Panel:
    codes = [code for code, _, _ in COMMUNES]
    cells = panel({code: [10] for code in codes})
    return with_bounds(cells, {code: [b] for code, b in zip(codes, bounds, strict=True)})


widths = st.lists(
    st.floats(min_value=0, max_value=50), min_size=len(COMMUNES), max_size=len(COMMUNES)
)


@settings(max_examples=40, deadline=None)
@given(widths)
def test_the_bound_of_a_sum_is_the_sum_of_the_bounds_at_every_level(bounds: list[float]):
    own = dict(zip([code for code, _, _ in COMMUNES], bounds, strict=True))
    sums = {
        item.level: item for item in higher_levels(counts_of(bounds), describe(), small_geography())
    }
    west = [own[code] for code, _, epci in COMMUNES if epci == WEST]
    assert bound(sums["epci"], WEST) == pytest.approx(sum(west))
    assert bound(sums["departement"], "68") == pytest.approx(own["68001"])
    assert bound(sums["france"], "FRANCE") == pytest.approx(sum(own[code] for code in FRENCH))


def test_the_bounds_of_a_groupe_are_those_of_its_communes(monkeypatch: pytest.MonkeyPatch):
    described: Mapping[str, Description] = {"essai": describe()}
    monkeypatch.setattr("ctgsite.sources.levels.load_descriptions", lambda: described)
    observations = to_observations([counts_of([2.0] * len(COMMUNES))])
    found = sum_members(observations, ["01001", "67001", "75056"], Level.TERRITOIRE, "groupe")
    assert bound(found, "groupe") == 6


def test_a_share_that_is_a_hundred_minus_others_is_no_surer_than_they_are(write: Write):
    complement = [{"variable": "M", "autres": ["N", "Z"], "note": "100 moins les autres"}]
    groups = [{"annee": "2018", "millesime": "RP 2018", "colonnes": {"N": "N", "Z": "Z"}}]
    file = {
        "nom": "essai.csv", "niveau": "commune", "groupes": groups, "complements": complement,
    }  # fmt: skip
    rules = [{"variables": ["N", "Z"], "arrondi": 0.1, "motif": "au dixième"}]
    described = describe(fichiers=[file], incertitude=rules)
    path = write("essai.csv", "CODGEO;N;Z\n01001;30.1;20.2\n")
    source = Source(path, described, described.files[0], "2018")
    (found,) = read_source(source, small_geography().communes)
    assert bound(found, "01001", "M") == pytest.approx(0.1)


# How it is kept


def test_bounds_are_written_and_read_again(tmp_path: Path):
    path = tmp_path / "a.parquet"
    cells = panel({"01001": [1], "01002": [2], "01003": ["secret"]})
    known = to_observations([with_bounds(cells, {"01001": [2], "01002": [0.05], "01003": [2]})])
    write_observations(known, path)
    found = read_observations(path)
    assert [bound(found, code) for code in ("01001", "01002", "01003")] == [2, 0.05, 0]


def test_a_panel_made_again_of_observations_has_their_bounds():
    known = to_observations([counts_of([float(n) for n in range(len(COMMUNES))])])
    codes = pd.Index([code for code, _, _ in COMMUNES], dtype=object)
    again = from_frame(known.frame, codes, describe())
    assert again.bounds[:, 0].tolist() == [float(n) for n in range(len(COMMUNES))]


@pytest.mark.parametrize("write_in_it", [False, True])
def test_a_store_without_bounds_is_refused_and_says_to_import_again(
    tmp_path: Path, write_in_it: bool
):
    document = {"format": FORMAT - 1, "datasets": {}}
    (tmp_path / INDEX).write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        if write_in_it:
            with opened(tmp_path):
                pytest.fail("a store of another format was given to a writer")
        read_index(tmp_path)
    (problem,) = caught.value.problems
    assert "plus ancienne" in problem.message
    assert "data import" in problem.message
