"""Figures of former communes are read on today's: mergers add up, splits stay unattributed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from producers_layouts import ASSOCIATIONS, POPULATIONS, lines
from small_france import (
    COMMUNES,
    M,
    N,
    Z,
    describe,
    figure,
    observed,
    panel,
    small_geography,
    value,
)

from ctgsite.geography.embedded import embedded_geography
from ctgsite.sources.descriptions import Description
from ctgsite.sources.harmonise import Harmonised, geography_year, harmonise
from ctgsite.sources.levels import higher_levels
from ctgsite.sources.panel import Panel

Write = Callable[..., Path]

BEFORE_MERGER = "2021"  # 01005 still stands beside 01004
AFTER_MERGER = "2022"
BEFORE_SPLIT = "2019"  # 01002 has the territory of 01003
BEFORE_UNION = "2017"  # 01002, 01003 and 01006 stand apart


def today(found: Panel, description: Description | None = None) -> Harmonised:
    described = description or describe(BEFORE_MERGER)
    return harmonise(found, described, described.files[0], small_geography())


def excluding(*departements: str, reason: str = "hors champ") -> Description:
    exclusions = [{"departements": list(departements), "motif": reason}]
    return describe(champ={"phrase": "ailleurs", "exclusions": exclusions})


def test_todays_communes_are_all_there_once_in_their_order():
    found = today(panel({"68001": [1], "01001": [2]})).panel
    assert found.codes.tolist() == [code for code, _, _ in COMMUNES]


def test_a_figure_of_an_unchanged_commune_is_left_as_published():
    found = today(panel({"01001": [42.5, 21000]}, (N, M))).panel
    assert figure(found, "01001", "N") == (42.5, "publie", "")
    assert figure(found, "01001", "M") == (21000, "publie", "")


def test_a_merger_adds_counts_and_says_so():
    found = today(panel({"01004": [100], "01005": [20.5]})).panel
    merged = figure(found, "01004")
    assert merged is not None
    assert (merged.value, merged.status) == (120.5, "calcule")
    assert "réunies" in merged.note


def test_a_merger_leaves_medians_absent_with_the_reason():
    found = today(panel({"01004": [21000], "01005": [19000]}, (M,))).panel
    gap = figure(found, "01004", "M")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "absent")
    assert "ne s’additionne pas" in gap.note


@pytest.mark.parametrize("part", [None, "absent"])
def test_a_merger_with_an_unpublished_part_is_absent(part: str | None):
    found = today(panel({"01004": [100], "01005": [part]})).panel
    gap = figure(found, "01004")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "absent")
    assert "une des communes réunies" in gap.note


@pytest.mark.parametrize("code", ["01004", "01005"])
def test_a_merger_of_which_the_file_has_one_part_alone_is_absent(code: str):
    assert value(today(panel({code: [100]})).panel, "01004") == "absent"


def test_a_merger_with_a_secret_part_is_secret():
    found = today(panel({"01004": [100], "01005": ["secret"]})).panel
    assert value(found, "01004") == "secret"


def test_a_part_without_a_row_counts_for_none_where_no_row_means_zero():
    found = today(panel({"01004": [3]}, (Z,))).panel
    assert value(found, "01004", "Z") == 3
    assert value(today(panel({"01005": [2]}, (Z,))).panel, "01004", "Z") == 2


def test_a_file_later_than_the_merger_has_it_already():
    found = today(panel({"01004": [120, 20500]}, (N, M)), describe(AFTER_MERGER)).panel
    assert figure(found, "01004", "N") == (120, "publie", "")
    assert figure(found, "01004", "M") == (20500, "publie", "")


def test_a_file_of_no_date_adds_what_it_has():
    undated = describe("")
    assert value(today(panel({"01004": [100], "01005": [20]}), undated).panel, "01004") == 120
    assert value(today(panel({"01004": [100]}), undated).panel, "01004") == 100


def test_a_split_leaves_its_communes_absent_with_the_reason():
    found = today(panel({"01001": [10], "01002": [50]}), describe(BEFORE_SPLIT))
    for code in ("01002", "01003"):
        gap = figure(found.panel, code)
        assert gap is not None
        assert (gap.value, gap.status) == (None, "absent")
        assert "« Bêta » (01002)" in gap.note
        assert "1er janvier 2020" in gap.note
    assert value(found.panel, "01001") == 10


def test_a_split_keeps_the_count_of_its_whole_territory():
    found = today(panel({"01001": [10], "01002": [50]}), describe(BEFORE_SPLIT))
    (undivided,) = found.undivided
    assert undivided.communes == ("01002", "01003")
    assert undivided.row.values.tolist() == [[50]]


def test_the_whole_of_a_split_adds_up_what_was_there_before():
    rows = panel({"01002": [50], "01003": [30], "01006": [5]})
    found = today(rows, describe(BEFORE_UNION))
    assert found.undivided[0].row.values.tolist() == [[85]]


@pytest.mark.parametrize("lacking", ["01002", "01003", "01006"])
def test_the_whole_of_a_split_is_absent_where_a_commune_of_the_time_has_no_row(lacking: str):
    rows = {"01002": [50], "01003": [30], "01006": [5]}
    del rows[lacking]
    found = today(panel(rows), describe(BEFORE_UNION))
    assert value(found.undivided[0].row, str(found.undivided[0].row.codes[0])) == "absent"


def test_the_whole_of_a_split_lacks_nothing_where_a_commune_did_not_exist_yet():
    found = today(panel({"01002": [85]}), describe(BEFORE_SPLIT))  # Gamma was a part of Bêta
    assert value(found.undivided[0].row, "01002") == 85


def test_a_secret_part_makes_the_whole_of_a_split_secret():
    rows = panel({"01002": [50], "01003": ["secret"], "01006": [5]})
    found = today(rows, describe(BEFORE_UNION))
    assert value(found.undivided[0].row, "01002") == "secret"


def test_a_file_later_than_the_split_keeps_both_communes():
    found = today(panel({"01002": [50], "01003": [30]}), describe("2020"))
    assert value(found.panel, "01003") == 30
    assert found.undivided == ()


def test_codes_that_are_no_area_of_today_are_named():
    found = today(panel({"01001": [1], "01006": [5], "99999": [7]}))
    assert found.unknown == ("01006", "99999")
    assert value(found.panel, "01001") == 1


def test_paris_beside_its_arrondissements_is_counted_once():
    rows = panel({"75056": [100, 26000], "75101": [40, 30000], "75102": [60, 24000]}, (N, M))
    found = today(rows).panel
    assert figure(found, "75056", "N") == (100, "publie", "")
    assert figure(found, "75056", "M") == (26000, "publie", "")


def test_paris_beside_some_of_its_arrondissements_is_counted_once():
    assert value(today(panel({"75056": [100], "75102": [60]})).panel, "75056") == 100


def test_arrondissements_alone_are_summed():
    found = figure(today(panel({"75101": [40], "75102": [60]})).panel, "75056")
    assert found is not None
    assert (found.value, found.status) == (100, "calcule")


def test_some_arrondissements_alone_are_not_all_of_paris():
    assert value(today(panel({"75101": [40]})).panel, "75056") == "absent"
    secret = panel({"75101": [40], "75102": ["secret"]})
    assert value(today(secret).panel, "75056") == "secret"


def test_medians_of_arrondissements_give_none_of_paris():
    gap = figure(today(panel({"75101": [1.0], "75102": [2.0]}, (M,))).panel, "75056", "M")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "absent")
    assert "arrondissement" in gap.note


def test_what_a_register_has_of_paris_and_of_its_arrondissements_is_complementary():
    register = describe("", arrondissements="complements")
    rows = panel({"75056": [3], "75100": [1], "75101": [40], "75102": [60]})
    assert value(today(rows, register).panel, "75056") == 104


@pytest.mark.parametrize(
    ("commune", "parts"),
    [
        ("75056", [f"751{number:02}" for number in range(1, 21)]),
        ("69123", [f"6938{number}" for number in range(1, 10)]),
        ("13055", [f"132{number:02}" for number in range(1, 17)]),
    ],
)
def test_paris_lyon_and_marseille_are_read_alike(commune: str, parts: list[str]):
    description = describe()
    spec = description.files[0]

    def read(*codes: str) -> Panel:
        rows = panel({code: [1000 if code == commune else 2] for code in codes})
        return harmonise(rows, description, spec, embedded_geography()).panel

    assert value(read(commune, *parts), commune) == 1000
    assert value(read(*parts), commune) == 2 * len(parts)
    assert value(read(*parts[1:]), commune) == "absent"


def test_no_row_means_zero_only_where_the_description_says_so():
    found = today(panel({"01001": [5, 7]}, (N, Z))).panel
    zero = figure(found, "01002", "Z")
    assert zero is not None
    assert (zero.value, zero.status) == (0, "publie")
    assert "zéro" in zero.note
    assert figure(found, "01002", "N") is None


def test_a_gap_of_the_file_is_no_zero_even_there():
    assert value(today(panel({"01001": ["secret"]}, (Z,))).panel, "01001", "Z") == "secret"


def test_no_zero_is_made_up_where_no_département_is():
    found = today(panel({"01001": [5]}, (Z,))).panel
    assert figure(found, "97701", "Z") is None


def test_the_communes_cut_from_another_are_not_zero_for_want_of_a_row():
    found = today(panel({"01002": [5]}, (Z,)), describe(BEFORE_SPLIT)).panel
    assert value(found, "01003", "Z") == "absent"


def test_communes_outside_the_field_are_absent_with_its_reason_whatever_the_file_says():
    found = today(panel({"67001": [4]}, (Z,)), excluding("67", "68")).panel
    assert figure(found, "67001", "Z") == (None, "absent", "hors champ")
    assert figure(found, "68001", "Z") == (None, "absent", "hors champ")
    assert value(found, "01001", "Z") == 0


def test_a_variable_may_have_a_field_of_its_own():
    own = {"phrase": "sauf 01", "exclusions": [{"departements": ["01"], "motif": "sauf l’Ain"}]}
    described = describe(
        variables={
            "N": {"libelle": "N", "additive": True},
            "M": {"libelle": "M"},
            "Z": {"libelle": "Z", "additive": True, "zero_sans_ligne": True, "champ": own},
        }
    )
    found = today(panel({"01001": [1, 2]}, (N, Z)), described).panel
    assert value(found, "01001", "N") == 1
    assert figure(found, "01001", "Z") == (None, "absent", "sauf l’Ain")


def test_alsace_and_moselle_are_not_in_the_register_of_associations(write: Write):
    rows = (
        "01001,196,7,46,35,44,11,12,14854.0,13.2,0.47,3.1,2.36,2.96",
        "75056,10,1,2,3,4,0,0,2133111.0,1,1,1,1,1",
        "75101,5,1,1,1,1,1,0,16000.0,1,1,1,1,1",
        "68001,3,1,1,1,0,0,0,900.0,1,1,1,1,1",
    )
    found = observed(write("associations_communes.csv", lines(ASSOCIATIONS, *rows))).published
    assert value(found, "01001", "NB_ASSOS") == 196
    assert value(found, "01002", "NB_ASSOS") is None  # left out of the register, not without any
    assert value(found, "75056", "NB_ASSOS") == 15
    for code in ("67001", "68001"):
        gap = figure(found, code, "NB_ASSOS")
        assert gap is not None
        assert (gap.value, gap.status) == (None, "absent")
        assert "Alsace-Moselle" in gap.note


def test_each_column_is_on_the_communes_of_its_own_year(write: Write):
    # A population is published on the geography two years later: 2017's before Gamma left Bêta,
    # 2019's before Delta absorbed 01005.
    rows = (
        "1,84,01,01,01002,Bêta,900,900,900,900,900,300,300,300,300",
        "2,84,01,01,01003,Gamma,,,,,,600,600,600,600",
        "3,84,01,01,01004,Delta,100,101,102,103,104,105,106,150,151",
    )
    name = "insee-estimation-population-2024.csv"
    found = observed(write(name, lines(POPULATIONS, *rows))).published
    assert value(found, "01002", "P_POP", year="2017") == "absent"
    assert value(found, "01003", "P_POP", year="2017") == "absent"
    assert value(found, "01002", "P_POP", year="2018") == 300
    assert value(found, "01003", "P_POP", year="2018") == 600
    assert value(found, "01004", "P_POP", year="2019") == "absent"
    assert value(found, "01004", "P_POP", year="2020") == 150


@pytest.mark.parametrize(
    ("geography", "year", "expected"),
    [
        ("2021", "2018", 2021),
        ("{aaaa}", "2024", 2024),
        ("{aaaa}+2", "2013", 2015),
        ("{aaaa}+1", "2013-2018", 2019),
        ("", "2024", None),
    ],
)
def test_the_year_of_the_communes_is_a_date_or_follows_the_figures(
    geography: str, year: str, expected: int | None
):
    assert geography_year(describe(geography).files[0], year) == expected


def test_a_commune_recoded_with_its_chef_lieu_takes_the_counts_of_its_former_code():
    # 14011 Aurseulles bears 14581 since 2025, the code of a commune it had absorbed in 2017.
    description = describe("2021")
    rows = panel({"14011": [1970]})
    found = harmonise(rows, description, description.files[0], embedded_geography()).panel
    assert value(found, "14581") == 1970


FORMER = ("01001", "01002", "01003", "01004", "01005", "01006")
EVERYWHERE = (*FORMER, "67001", "67002", "68001", "75056", "97101", "97601")
COUNTS = st.integers(0, 10**6)


@settings(max_examples=40, deadline=None)
@given(st.lists(COUNTS, min_size=len(EVERYWHERE), max_size=len(EVERYWHERE)))
def test_no_count_is_lost_or_added_on_the_way_to_france(counts: list[int]):
    geography, description = small_geography(), describe(BEFORE_UNION)
    rows = panel({code: [count] for code, count in zip(EVERYWHERE, counts, strict=True)})
    found = today(rows, description)
    sums = higher_levels(found.panel, description, geography, found.undivided)
    by_level = {item.level: item for item in sums}
    assert value(by_level["departement"], "01") == sum(counts[: len(FORMER)])
    assert value(by_level["france"], "FRANCE") == sum(counts)


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(EVERYWHERE), st.one_of(COUNTS, st.sampled_from(["secret", "absent"]))
    ).filter(bool)
)
def test_harmonising_what_is_on_todays_communes_changes_nothing(cells: dict[str, int | str]):
    rows = {code: [cell] for code, cell in cells.items() if code not in ("01005", "01006")}
    found = today(panel(rows), describe("2026")).panel
    for code, (cell,) in rows.items():
        assert value(found, code) == cell
    assert {code for code in found.codes if value(found, code) is not None} == set(rows)
