"""Sums at the levels above: made where every member has a value, explained where one has not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from producers_layouts import CAF_2020, COMPARATEUR, FILO_2018, line, lines
from small_france import (
    COMMUNES,
    EAST,
    ISLAND,
    LAGOON,
    PARIS,
    RIVER,
    WEST,
    Cell,
    M,
    N,
    describe,
    figure,
    observed,
    on_all_communes,
    panel,
    small_geography,
    value,
)

from ctgsite.geography.areas import Level
from ctgsite.geography.cog import Geography
from ctgsite.sources.descriptions import Description
from ctgsite.sources.harmonise import Undivided
from ctgsite.sources.levels import communes_of_iris, higher_levels, not_summed, sum_members
from ctgsite.sources.observations import Observations
from ctgsite.sources.panel import Column, Panel, to_observations

Write = Callable[..., Path]

CODES = tuple(code for code, _, _ in COMMUNES)
FRENCH = CODES[:-1]  # the last one is in no département
ONES: Mapping[str, Sequence[Cell]] = {code: [1] for code in CODES}


def summed(
    cells: Mapping[str, Sequence[Cell]],
    description: Description | None = None,
    undivided: Sequence[Undivided] = (),
) -> dict[str, Panel]:
    rows = on_all_communes(panel(cells))
    sums = higher_levels(rows, description or describe(), small_geography(), undivided)
    return {item.level: item for item in sums}


def test_a_sum_is_that_of_the_communes_at_every_level():
    sums = summed({code: [10 ** (place % 5)] for place, code in enumerate(CODES)})
    # 1, 10, 100, 1000, 10000 in the order of the codes, then again.
    assert figure(sums["epci"], WEST) == (11, "calcule", "")
    assert value(sums["epci"], EAST) == 1100
    assert value(sums["departement"], "01") == 1111
    assert value(sums["departement"], "67") == 10001
    assert value(sums["region"], "44") == 10011
    assert value(sums["france"], "FRANCE") == 22222


def test_an_epci_across_two_départements_sums_the_communes_of_both():
    sums = summed({**ONES, "67001": [100], "67002": [20], "68001": [3]})
    assert value(sums["epci"], RIVER) == 123
    assert value(sums["departement"], "67") == 120
    assert value(sums["departement"], "68") == 3


def test_a_commune_of_no_département_is_in_no_sum():
    sums = summed({**ONES, "97701": [1000]})
    assert value(sums["france"], "FRANCE") == len(FRENCH)
    assert sums["epci"].codes.tolist() == [WEST, EAST, RIVER, LAGOON, PARIS, ISLAND]


def test_one_secret_member_makes_the_sum_secret_and_says_how_many():
    sums = summed({**ONES, "68001": ["secret"]})
    gap = figure(sums["epci"], RIVER)
    assert gap is not None
    assert (gap.value, gap.status) == (None, "secret")
    assert "1 sur 3 communes" in gap.note
    assert value(sums["departement"], "67") == 2


@pytest.mark.parametrize("cell", ["absent", "non_agregeable", None])
def test_one_member_without_a_value_makes_the_sum_absent(cell: Cell):
    sums = summed({**ONES, "68001": [cell]})
    gap = figure(sums["epci"], RIVER)
    assert gap is not None
    assert (gap.value, gap.status) == (None, "absent")
    assert "1 sur 3 communes" in gap.note
    assert "1 sur 10 communes" in str(figure(sums["france"], "FRANCE"))


def test_a_sum_is_secret_where_secrecy_alone_prevents_it():
    secrets = figure(summed({**ONES, "67001": ["secret"], "68001": ["secret"]})["epci"], RIVER)
    both = figure(summed({**ONES, "67001": ["absent"], "68001": ["secret"]})["epci"], RIVER)
    assert secrets is not None
    assert both is not None
    assert (secrets.value, secrets.status) == (None, "secret")
    assert (both.value, both.status) == (None, "absent")
    assert "2 sur 3 communes" in secrets.note
    assert "2 sur 3 communes" in both.note


def test_an_area_of_one_commune_counts_it_in_the_singular():
    gap = figure(summed({**ONES, "75056": ["secret"]})["epci"], PARIS)
    assert gap is not None
    assert "1 sur 1 commune " in gap.note


def test_a_calculated_member_counts_as_any_other():
    assert value(summed({**ONES, "68001": [0]})["epci"], RIVER) == 2
    assert value(summed({**ONES, "68001": [0.25]})["epci"], RIVER) == 2.25


def test_communes_outside_the_field_are_missing_from_no_sum_and_the_field_is_told():
    field = {"phrase": "France sans l’outre-mer", "exclusions": []}
    field["exclusions"] = [{"departements": ["971", "976"], "motif": "hors champ"}]
    cells = {**ONES, "97101": ["absent"], "97601": [None]}
    sums = summed(cells, describe(champ=field))
    france = figure(sums["france"], "FRANCE")
    assert france is not None
    assert (france.value, france.status) == (8, "calcule")
    assert france.note == "champ : France sans l’outre-mer"
    assert figure(sums["departement"], "01") == (4, "calcule", "")
    nobody = figure(sums["region"], "06")
    assert nobody is not None
    assert (nobody.value, nobody.status) == (None, "absent")
    assert "hors du champ" in nobody.note


def test_an_epci_partly_outside_the_field_sums_the_other_part():
    field = {"phrase": "sans le 68", "exclusions": [{"departements": ["68"], "motif": "non"}]}
    sums = summed({**ONES, "68001": ["secret"]}, describe(champ=field))
    assert figure(sums["epci"], RIVER) == (2, "calcule", "champ : sans le 68")


def test_an_undivided_territory_counts_in_what_contains_it_whole():
    row = panel({"01002": [70]})
    whole = Undivided(("01002", "01003"), row, frozenset({"01006"}))
    sums = summed({**ONES, "01002": ["absent"], "01003": ["absent"]}, undivided=[whole])
    assert figure(sums["departement"], "01") == (72, "calcule", "")
    assert value(sums["france"], "FRANCE") == 78
    assert value(sums["epci"], WEST) == "absent"
    assert value(sums["epci"], EAST) == "absent"


def test_an_undivided_territory_is_one_member_of_its_areas():
    whole = Undivided(("67001", "67002"), panel({"67001": ["secret"]}), frozenset({"67001"}))
    cells = {**ONES, "67001": ["absent"], "67002": ["absent"]}
    gap = figure(summed(cells, undivided=[whole])["epci"], RIVER)
    assert gap is not None
    assert gap.status == "secret"
    assert "1 sur 2 communes" in gap.note


def test_a_median_is_summed_nowhere(small: Geography):
    rows = on_all_communes(panel({"01001": [10, 21000], "67001": [5, "secret"]}, (N, M)))
    for sums in higher_levels(rows, describe(), small):
        assert [column.variable for column in sums.columns] == ["N"]
    only = on_all_communes(panel({"01001": [21000]}, (M,)))
    assert higher_levels(only, describe(), small) == []


def test_a_median_is_not_summable_where_a_member_has_one(small: Geography):
    rows = on_all_communes(panel({"01001": [10, 21000], "67001": [5, "secret"]}, (N, M)))
    by_level = {item.level: item for item in not_summed(rows, small)}
    assert set(by_level) == {"epci", "departement", "region", "france"}
    for level, code in (("epci", WEST), ("departement", "01"), ("region", "44"), ("epci", RIVER)):
        gap = figure(by_level[level], code, "M")
        assert gap is not None
        assert (gap.value, gap.status) == (None, "non_agregeable")
        assert "ne s’additionne pas" in gap.note
    assert figure(by_level["epci"], EAST, "M") is None  # none of its communes has a row


def test_counts_alone_leave_nothing_unsummable(small: Geography):
    assert not_summed(on_all_communes(panel(ONES)), small) == []


def test_a_published_level_of_départements_gives_regions_and_france(small: Geography):
    rows = {code: [10] for code in ("01", "67", "68", "75", "971", "976")}
    sums = higher_levels(panel(rows, level="departement"), describe(), small)
    by_level = {item.level: item for item in sums}
    assert set(by_level) == {"region", "france"}
    assert figure(by_level["region"], "44") == (20, "calcule", "")
    assert value(by_level["france"], "FRANCE") == 60


def test_a_secret_département_makes_its_region_secret(small: Geography):
    rows = {code: [10] for code in ("01", "67", "75", "971", "976")}
    sums = higher_levels(panel({**rows, "68": ["secret"]}, level="departement"), describe(), small)
    gap = figure(sums[0], "44")
    assert gap is not None
    assert gap.status == "secret"
    assert "1 sur 2 départements" in gap.note


IRIS = ("670010101", "670010102", "670010103")


def communes_from(cells: Mapping[str, Sequence[Cell]], columns: Sequence[Column] = (N,)) -> Panel:
    return communes_of_iris(panel(cells, columns, level="iris"), small_geography().iris)


def test_a_commune_is_the_sum_of_all_its_iris():
    found = figure(communes_from({IRIS[0]: [120], IRIS[1]: [80], IRIS[2]: [0]}), "67001")
    assert found is not None
    assert (found.value, found.status) == (200, "calcule")
    assert "somme des IRIS" in found.note


def test_a_commune_with_a_masked_iris_is_secret():
    gap = figure(communes_from({IRIS[0]: [120], IRIS[1]: ["secret"], IRIS[2]: [0]}), "67001")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "secret")
    assert "1 sur 3 IRIS" in gap.note


def test_a_commune_of_which_an_iris_has_no_row_is_absent():
    gap = figure(communes_from({IRIS[0]: [120], IRIS[1]: [80]}), "67001")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "absent")
    assert "tous les IRIS" in gap.note


def test_rates_of_iris_give_nothing_of_their_commune():
    found = communes_from({code: [1, 2.5] for code in IRIS}, (N, M))
    assert [column.variable for column in found.columns] == ["N"]


def test_caf_figures_go_from_iris_to_every_level_they_can_reach(write: Write):
    cells = ({"A": "120", "AM": "30"}, {"A": "80", "AM": ""}, {"A": "10", "AM": "5"})
    rows = [line(CAF_2020, {"CODGEO": code, **c}) for code, c in zip(IRIS, cells, strict=True)]
    found = observed(write("data_CAF_2020_IRIS.csv", lines(CAF_2020, *rows)))
    assert value(found.published, IRIS[1], "A", level="iris") == 80
    assert value(found.derived, "67001", "A", level="commune") == 210
    assert value(found.derived, "67001", "AM", level="commune") == "secret"
    # The other communes are not split in IRIS: the Caf publishes nothing of them.
    gap = figure(found.derived, RIVER, "A", level="epci")
    assert gap is not None
    assert gap.status == "absent"
    assert "2 sur 3 communes" in gap.note


def test_a_published_epci_whose_communes_changed_has_no_figure_of_its_own(write: Write):
    rows = [
        line(FILO_2018, {"CODGEO": code, "NBMEN18": "900", "Q218": "21000"})
        for code in (RIVER, EAST, "200099999")
    ]
    found = observed(write("FILO2018_DISP_EPCI.csv", lines(FILO_2018, *rows)))
    assert value(found.published, RIVER, "MED") == 21000
    gap = figure(found.published, EAST, "MED")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "absent")
    assert "n’a plus les mêmes communes" in gap.note
    assert found.unknown == ("200099999",)


def populations(cells: Mapping[str, Cell], *years: str) -> Observations:
    columns = [Column("P_POP", year, "RP 2018", additive=True) for year in years or ("2018",)]
    columns.append(Column("MED", "2019", "Filosofi 2019"))
    rows = {code: [cell] * (len(columns) - 1) + [21000.0] for code, cell in cells.items()}
    return to_observations([panel(rows, columns, dataset="insee-comparateur")])


def members(found: Observations, *communes: str) -> Observations:
    return sum_members(found, communes, Level.TERRITOIRE, "seilh")


def test_any_list_of_communes_is_summed_as_the_levels_are():
    found = members(populations({"01001": 771.5, "67001": 228.5, "75056": 9}), "01001", "67001")
    assert figure(found, "seilh", "P_POP", level="territoire") == (1000, "calcule", "")


def test_each_year_of_a_variable_is_summed_apart():
    found = members(populations({"01001": 5, "67001": 6}, "2013", "2018"), "01001", "67001")
    assert value(found, "seilh", "P_POP", year="2013") == 11
    assert value(found, "seilh", "P_POP", year="2018") == 11


def test_a_list_with_a_secret_or_a_lacking_commune_has_no_sum():
    found = populations({"01001": 5, "67001": "secret", "67002": 7})
    secret = figure(members(found, "01001", "67001", "67002"), "seilh", "P_POP")
    lacking = figure(members(found, "01001", "68001"), "seilh", "P_POP")
    assert secret is not None
    assert lacking is not None
    assert (secret.value, secret.status) == (None, "secret")
    assert "1 sur 3 communes" in secret.note
    assert (lacking.value, lacking.status) == (None, "absent")
    assert "1 sur 2 communes" in lacking.note


def test_a_list_of_communes_of_which_none_has_a_row_has_a_gap_for_each_variable():
    found = members(populations({"01001": 5}), "67001", "67002")
    assert value(found, "seilh", "P_POP") == "absent"


def test_a_list_of_communes_has_no_median():
    found = members(populations({"01001": 5, "67001": 6}), "01001", "67001")
    assert set(found.frame["variable"]) == {"P_POP"}


def test_a_list_partly_outside_the_field_says_which_field_it_is_about():
    found = members(populations({"01001": 5, "97601": "absent"}), "01001", "97601")
    assert figure(found, "seilh", "P_POP") == (5, "calcule", "champ : France hors Mayotte")


def test_figures_of_other_levels_are_in_no_list_of_communes():
    above = panel({"01": [9]}, [Column("P_POP", "2018", "RP 2018", True)], level="departement")
    other = to_observations([replace(above, dataset="insee-comparateur")])
    assert members(other, "01001").frame.empty


def test_the_comparateur_gives_the_same_sum_by_level_and_by_list(write: Write):
    rows = [
        line(COMPARATEUR, {"CODGEO": code, "P18_POP": population, "MED19": "21000"})
        for code, population in (("67001", "12.5"), ("67002", "20.25"), ("68001", "7.25"))
    ]
    found = observed(write("base_cc_comparateur.csv", lines(COMPARATEUR, *rows)))
    listed = members(found.published, "67001", "67002", "68001")
    assert value(found.derived, RIVER, "P_POP", year="2018", level="epci") == 40
    assert value(listed, "seilh", "P_POP", year="2018") == 40
    assert value(found.derived, RIVER, "MED") == "non_agregeable"


COUNTS = st.integers(0, 10**6)
CELLS = st.one_of(COUNTS, COUNTS, st.sampled_from(["secret", "absent", None]))


def cells_of(strategy: st.SearchStrategy[Cell]) -> st.SearchStrategy[list[Cell]]:
    return st.lists(strategy, min_size=len(CODES), max_size=len(CODES))


@settings(max_examples=40, deadline=None)
@given(cells_of(COUNTS))
def test_the_areas_of_each_level_add_up_to_france(counts: list[int]):
    sums = summed({code: [count] for code, count in zip(CODES, counts, strict=True)})
    france = sum(counts[: len(FRENCH)])
    for level in ("epci", "departement", "region", "france"):
        assert sums[level].values.sum() == france


@settings(max_examples=60, deadline=None)
@given(cells_of(CELLS))
def test_a_sum_stands_exactly_where_all_members_have_a_value(cells: list[Cell]):
    typed = dict(zip(CODES, cells, strict=True))
    geography = small_geography()
    for level, sums in summed({code: [cell] for code, cell in typed.items()}).items():
        for area in sums.codes:
            parts = [typed[code] for code in geography.communes_of(level, area)]
            known = [part for part in parts if isinstance(part, int)]
            gap = "absent" if {"absent", None} & {*parts} else "secret"
            assert value(sums, area) == (sum(known) if len(known) == len(parts) else gap)


@settings(max_examples=40, deadline=None)
@given(cells_of(COUNTS), cells_of(st.integers(1, 10**6)))
def test_the_ratio_of_an_area_is_the_ratio_of_its_sums(above: list[int], below: list[int]):
    top = Column("T", "2018", "RP 2018", additive=True)
    rows = {code: cells for code, *cells in zip(CODES, above, below, strict=True)}
    typed = on_all_communes(panel(rows, (top, N)))
    described = describe(
        fichiers=[
            {
                "nom": "essai.csv",
                "niveau": "commune",
                "groupes": [{"millesime": "RP 2018", "colonnes": {"N": "N", "T": "T"}}],
            }
        ],
        variables={name: {"libelle": name, "additive": True} for name in ("N", "T")},
    )
    ratios = {code: cells[0] / cells[1] for code, cells in rows.items()}
    for sums in higher_levels(typed, described, small_geography()):
        for area in sums.codes:
            parts = small_geography().communes_of(sums.level, area)
            ratio = value(sums, area, "T") / value(sums, area, "N")
            weighted = sum(ratios[code] * rows[code][1] for code in parts)
            assert ratio == pytest.approx(weighted / sum(rows[code][1] for code in parts))
            around = [ratios[code] for code in parts]
            assert min(around) * (1 - 1e-9) <= ratio <= max(around) * (1 + 1e-9)


@settings(max_examples=40, deadline=None)
@given(cells_of(CELLS), st.sets(st.sampled_from(FRENCH), min_size=1, max_size=9))
def test_two_parts_of_a_list_add_up_to_it_and_a_gap_of_one_is_a_gap_of_both(
    cells: list[Cell], part: set[str]
):
    found = populations(dict(zip(CODES, cells, strict=True)))
    mainland = [code for code in FRENCH if code != "97601"]
    one = [code for code in mainland if code in part]
    other = [code for code in mainland if code not in part]
    if not one or not other:
        return
    sums = [value(members(found, *codes), "seilh", "P_POP") for codes in (one, other, mainland)]
    if isinstance(sums[2], float):
        assert sums[0] + sums[1] == sums[2]
    else:
        assert sums[2] == ("absent" if "absent" in sums[:2] else "secret")
