"""Today's areas, what contains what, and how an unknown code is explained."""

import datetime

import pytest

from ctgsite.errors import CtgsiteError
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.cog import Geography, departement_code
from ctgsite.geography.unknown import UnknownAreaError


def test_there_are_34969_communes_1255_epci_101_departements_and_18_regions(geography: Geography):
    levels = (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION, Level.FRANCE)
    assert [len(geography.areas(level)) for level in levels] == [34_969, 1_255, 101, 18, 1]
    assert len(geography.communes) == 34_969


@pytest.mark.parametrize(
    ("level", "code", "members"),
    [
        ("epci", "200072635", 76),
        ("epci", "200069821", 33),
        ("epci", "200030526", 18),
        ("epci", "200068815", 48),
        ("departement", "41", 267),
        ("commune", "31557", 1),
        ("france", "FRANCE", 34_875),  # without the 94 of the collectivités d'outre-mer
    ],
)
def test_an_area_knows_its_communes(geography: Geography, level: str, code: str, members: int):
    assert len(geography.communes_of(level, code)) == members


def test_an_epci_may_straddle_two_departements(geography: Geography):
    found = geography.departements_of("epci", "200030526")
    assert [area.code for area in found] == ["67", "68"]
    assert [area.name for area in found] == ["Bas-Rhin", "Haut-Rhin"]


def test_a_commune_has_parents_at_every_level(geography: Geography):
    parents = [geography.parent("31557", level) for level in ("epci", "departement", "region")]
    assert [area.code for area in parents if area] == ["243100518", "31", "76"]
    assert geography.parent("31557", "france") == Area(Level.FRANCE, "FRANCE", "France", 3)
    assert geography.epci_of("31557") == parents[0]


def test_four_islands_and_the_collectivites_have_no_epci(geography: Geography):
    alone = geography.communes[geography.communes["epci"] == ""]
    islands = alone[alone["departement"] != ""]
    assert set(islands.index) == {"22016", "29083", "29155", "85113"}
    assert geography.epci_of("29155") is None
    assert len(alone) - len(islands) == 94


def test_the_table_of_communes_agrees_with_the_look_ups(geography: Geography):
    row = geography.communes.loc["67281"]
    assert row["name"] == geography.area("commune", "67281").name
    assert (row["departement"], row["region"]) == ("67", "44")
    by_epci = geography.communes.groupby("epci").size()
    assert by_epci["200030526"] == len(geography.communes_of("epci", "200030526"))


def test_arrondissements_of_paris_lyon_and_marseille_are_not_communes(geography: Geography):
    assert geography.find("commune", "75101") is None
    assert [geography.current_code(c) for c in ("75101", "69389", "13216")] == [
        "75056",
        "69123",
        "13055",
    ]


def test_a_commune_split_in_iris_knows_them_and_their_type(geography: Geography):
    iris = geography.iris["31557"]
    assert iris[0] == ("0101", "H")
    assert {kind for _, kind in iris} == {"H"}
    assert len(iris) == 9
    assert "31541" not in geography.iris


def test_reference_epci_have_the_communes_of_2020(geography: Geography):
    reference = {"200072635", "200069821", "200030526", "200068815"}
    assert not reference & geography.epci_changed
    assert 0 < len(geography.epci_changed) < 100


def test_a_former_commune_is_refused_with_its_successor_and_date(geography: Geography):
    with pytest.raises(UnknownAreaError) as caught:
        geography.area("commune", "93059")
    assert [area.code for area in caught.value.successors] == ["93066"]
    assert "Pierrefitte-sur-Seine (93059)" in str(caught.value)
    assert "1er janvier 2025" in str(caught.value)
    assert "Saint-Denis (93066)" in str(caught.value)


def test_a_mistyped_code_is_refused_with_the_nearest_ones(geography: Geography):
    with pytest.raises(UnknownAreaError) as caught:
        geography.area("commune", "315577")
    assert caught.value.nearest[0].name == "Tournefeuille"
    assert isinstance(caught.value, CtgsiteError)
    assert isinstance(caught.value, LookupError)
    assert caught.value.problems[0].message == str(caught.value)


@pytest.mark.parametrize(
    ("text", "level", "expected"),
    [
        ("Tournefeuile", "commune", "31557"),
        ("fecamp", "commune", "76259"),
        ("l'isle jourdain", "commune", "32160"),
        ("cœur de garonne", "epci", "200068815"),
        ("200068816", "epci", "200068815"),
        ("loir et cher", "departement", "41"),
    ],
)
def test_the_nearest_area_is_found_by_code_or_by_name(
    geography: Geography, text: str, level: str, expected: str
):
    assert geography.nearest(text, level)[0].code == expected


def test_successors_are_those_of_today_whatever_the_chain(geography: Geography):
    assert [a.name for a in geography.successors("14011")] == ["Aurseulles"]
    assert [a.code for a in geography.successors("27058")] == ["27676"]
    assert [a.code for a in geography.successors("08227")] == ["08203", "08454"]
    assert geography.successors("31557") == ()
    assert geography.successors("99999") == ()


def test_the_day_a_commune_ended_is_known(geography: Geography):
    former = geography.former("85030")
    assert former is not None
    assert former.ended == datetime.date(2016, 1, 1)
    assert former.name == "Boulogne"


@pytest.mark.parametrize(
    ("commune", "departement"), [("31557", "31"), ("2A004", "2A"), ("97411", "974")]
)
def test_a_code_starts_with_its_departement(commune: str, departement: str):
    assert departement_code(commune) == departement


def test_unknown_levels_and_areas_are_found_nowhere(geography: Geography):
    assert geography.find("territoire", "seilh") is None
    assert geography.find("region", "99") is None
    with pytest.raises(UnknownAreaError):
        geography.communes_of("epci", "31557")
