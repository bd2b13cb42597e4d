"""Lists of places: France services, and the quartiers prioritaires of 2024."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from producers_layouts import BOM, CRLF, FRANCE_SERVICES, QPV_LIST, line, lines
from small_france import RIVER, WEST, figure, observed, read, value

from ctgsite import knowledge
from ctgsite.errors import SourceError
from ctgsite.geography.areas import Level
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.figures import Figures
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.importing import ImportReport
from ctgsite.sources.store import read_store

Write = Callable[..., Path]
Import = Callable[..., ImportReport]

SERVICES = "liste-fs-20260915.csv"
QUARTERS = "listeqp2024-cog2024.csv"


def service(unit: str, code: str, **others: str) -> str:
    cells = {"id_fs": unit, "lib_fs": f"France services {unit}", "insee_com": code, **others}
    return line(FRANCE_SERVICES, cells)


def services(*rows: str) -> str:
    return BOM + lines(FRANCE_SERVICES, *rows, end=CRLF)


THREE = (service("1", "1001"), service("2", "67001"), service("3", "67001", format_fs="Antenne"))


def quarter(code: str, commune: str, epci: str, dep: str, region: str = "44") -> str:
    cells = {"code_qp": code, "lib_qp": "Quartier", "insee_com": commune, "siren_epci": epci}
    return line(QPV_LIST.rstrip(";"), {**cells, "insee_dep": dep, "insee_reg": region}) + ";;;"


def quarters(*rows: str) -> str:
    return BOM + lines(QPV_LIST, *rows, end=CRLF)


LISTED = quarters(
    quarter("QN06701M", "67001", RIVER, "67"),
    quarter("QN06702M", "67001", RIVER, "67"),
    quarter("QN06703M", '"67002; 68001"', RIVER, '"67; 68"'),
    quarter("QN00101M", "1002", WEST, "1", "84"),
    quarter("QN00102M", '"=""01001"""', WEST, "1", "84"),
    ";" * 12,
)


def test_the_places_of_a_commune_are_counted_in_the_year_of_the_list(write: Write):
    found = read(write(SERVICES, services(*THREE)))
    assert value(found, "01001", "NB_FS", year="2026") == 1
    assert value(found, "67001", "NB_FS", year="2026") == 2
    assert set(found.frame["vintage"]) == {"liste 2026"}


def test_the_list_is_the_same_between_commas(write: Write):
    text = services(*THREE).replace(";", ",")
    found = read(write(SERVICES, text))
    assert [value(found, code, "NB_FS") for code in ("01001", "67001")] == [1, 2]


def test_opening_hours_may_hold_separators_and_line_ends(write: Write):
    hours = '"9h-12h ; 14h-17h\r\n(sur rendez-vous), sauf ""fériés"""'
    rows = (service("1", "01001", h_lundi=hours), service("2", "01001"))
    assert value(read(write(SERVICES, services(*rows))), "01001", "NB_FS") == 2


def test_a_commune_that_the_list_does_not_name_has_none(write: Write):
    found = observed(write(SERVICES, services(*THREE))).published
    assert value(found, "01003", "NB_FS") == 0


def test_the_places_of_arrondissements_are_their_commune_s(write: Write):
    rows = (service("1", "75101"), service("2", "75102"), service("3", "75102"))
    assert value(observed(write(SERVICES, services(*rows))).published, "75056", "NB_FS") == 3


def test_communes_add_up_to_the_areas_above(write: Write):
    found = observed(write(SERVICES, services(*THREE))).derived
    assert value(found, RIVER, "NB_FS", level="epci") == 2
    assert value(found, "01", "NB_FS", level="departement") == 1


@pytest.mark.parametrize(
    ("rows", "message", "at"),
    [
        ((THREE[0], THREE[0]), "1 figure deux fois", 3),
        ((THREE[0], service("2", "")), "«  » n’est pas un code", 3),
        ((THREE[0], service("2", "Rive-Nord")), "« Rive-Nord » n’est pas un code", 3),
        ((THREE[0], service("2", "670011")), "« 670011 » n’est pas un code", 3),
        ((service("", "67001"),), "aucune ligne", 1),
    ],
)
def test_a_place_twice_or_nowhere_is_refused_at_its_line(
    write: Write, rows: tuple[str, ...], message: str, at: int
):
    with pytest.raises(SourceError) as caught:
        read(write(SERVICES, services(*rows)))
    (problem,) = caught.value.problems
    assert message in problem.message
    assert problem.place is not None
    assert problem.place.line == at


@pytest.mark.parametrize("name", ["id_fs", "insee_com"])
def test_a_list_without_a_column_is_refused(write: Write, name: str):
    with pytest.raises(SourceError, match=f"colonne « {name} » attendue"):
        read(write(SERVICES, services(*THREE).replace(name, f"{name}_x")))


def test_quarters_are_counted_whatever_a_spreadsheet_made_of_the_codes(write: Write):
    found = read(write(QUARTERS, LISTED))
    told = {code: value(found, code, "NB_QPV") for code in ("67001", "01001", "01002")}
    assert told == {"67001": 2, "01001": 1, "01002": 1}
    assert set(found.frame["year"]) == {"2024"}


@pytest.mark.parametrize("code", ["67002", "68001"])
def test_a_commune_that_shares_a_quarter_has_no_count_and_is_told_why(write: Write, code: str):
    gap = figure(read(write(QUARTERS, LISTED)), code, "NB_QPV")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "absent")
    assert "s’étend aussi sur une autre commune" in gap.note


def test_a_shared_quarter_is_counted_once_in_each_area_above(write: Write):
    found = observed(write(QUARTERS, LISTED)).published
    told = {
        (level, code): value(found, code, "NB_QPV", level=level)
        for level, code in [
            ("epci", RIVER), ("epci", WEST), ("departement", "67"), ("departement", "68"),
            ("departement", "01"), ("region", "44"), ("region", "84"),
        ]
    }  # fmt: skip
    assert list(told.values()) == [3, 2, 3, 1, 2, 3, 2]


def test_a_list_that_does_not_name_an_overseas_commune_says_nothing_of_it(write: Write):
    gap = figure(observed(write(QUARTERS, LISTED)).published, "97101", "NB_QPV")
    assert gap is None or gap.value is None


def test_two_codes_run_together_are_refused(write: Write):
    text = quarters(quarter("QN06701M", "6700168001", RIVER, "67"))
    with pytest.raises(SourceError, match="« 6700168001 » n’est pas un code"):
        read(write(QUARTERS, text))


def test_the_quarters_of_an_intercommunality_are_told_even_where_communes_share_one(
    write: Write, importing: Import, store: Path
):
    report = importing(write(QUARTERS, LISTED))
    assert report.imported
    figures = Figures(compute_measures(knowledge.catalogue(), [read_store(store)]))

    def told(level: Level, code: str) -> float | None:
        measure = figures.latest("nombre_quartiers_prioritaires", level, code)
        return measure.value if measure else None

    assert told(Level.COMMUNE, "67001") == 2
    assert told(Level.COMMUNE, "67002") is None
    assert told(Level.COMMUNE, "01003") == 0
    assert told(Level.EPCI, RIVER) == 3
    assert told(Level.DEPARTEMENT, "68") == 1


@pytest.mark.parametrize(
    ("dataset", "answer"),
    [
        (
            "anct-qpv",
            '{"resources": [{"url": "https://static.data.gouv.fr/x/listeqp2024-cog2024.csv"}]}',
        ),
        ("france-services", '{"created_at": "2021-05-01", "last_update": "2024-09-10T08:00:00"}'),
    ],
)
def test_the_portal_tells_the_year_of_a_list(dataset: str, answer: str):
    watch = load_descriptions()[dataset].watch
    assert watch is not None
    assert watch.newest(answer) == "2024"
