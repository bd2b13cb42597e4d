"""Quarters (QPV): their own figures, and those of communes known by their label only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from producers_layouts import BOM, CRLF, QPV_2021, line, lines
from small_france import figure, observed, read, value

from ctgsite.errors import SourceError

Write = Callable[..., Path]
NAME = "DEMO_2021.csv"


def quarter(code: str, label: str, population: str, in_quarters: str = "", whole: str = "") -> str:
    named = {"CODGEO": code, "LIBGEO": "Quartier", "LIB_COM": label, "POP_MUN": population}
    return line(QPV_2021.rstrip(";"), {**named, "POP_COM_QP": in_quarters, "POP_COM": whole}) + (
        ";" * 120
    )


def demo(*rows: str) -> str:
    return BOM + lines(QPV_2021, *rows, end=CRLF)


def test_quarters_are_read_in_spite_of_their_empty_columns(write: Write):
    found = read(write(NAME, demo(quarter("QP067001", "Rive-Nord", "6\u202f490"))))
    assert value(found, "QP067001", "POP_MUN", level="qpv") == 6490


def test_a_quarter_carries_its_name_and_that_of_its_only_commune(write: Write):
    rows = (
        quarter("QP067001", "Rive-Nord", "10", "10", "90"),
        quarter("QP067002", "Rive-Nord, Rive-Est", "20", "20", "90"),
    )
    found = read(write(NAME, demo(*rows)))
    one = figure(found, "QP067001", "POP_MUN", level="qpv")
    several = figure(found, "QP067002", "POP_MUN", level="qpv")
    assert one == (10, "publie", "Quartier (67001, Rive-Nord)")
    assert several == (20, "publie", "")


def test_the_population_of_its_commune_stands_beside_a_quarter_s_own(write: Write):
    found = read(write(NAME, demo(quarter("QP067001", "Rive-Nord", "10", "10", "90"))))
    assert value(found, "QP067001", "POP_COM", level="qpv") == 90


def test_a_quarter_in_several_communes_has_the_population_of_none(write: Write):
    found = read(write(NAME, demo(quarter("QP067002", "Rive-Nord, Rive-Est", "20", "200", "90"))))
    assert value(found, "QP067002", "POP_MUN", level="qpv") == 20
    for name in ("POP_COM", "POP_COM_QP"):
        assert value(found, "QP067002", name, level="qpv") == "absent"


def test_the_year_is_that_of_the_census_the_file_takes_its_populations_from(write: Write):
    frame = read(write(NAME, demo(quarter("QP067001", "Rive-Nord", "6490")))).frame
    assert set(frame["year"]) == {"2018"}
    assert set(frame["vintage"]) == {"RP 2018 (fichier 2021)"}


@pytest.mark.parametrize("population", ["6\u202f490", "6 490", "6\u00a0490", "6490"])
def test_thousands_are_read_whatever_space_stands_between(write: Write, population: str):
    found = read(write(NAME, demo(quarter("QP067001", "Rive-Nord", population))))
    assert value(found, "QP067001", "POP_MUN") == 6490


def test_the_figures_of_a_commune_are_given_once_to_it(write: Write):
    rows = (
        quarter("QP067001", "Rive-Nord", "1 000", "3 500", "41 248"),
        quarter("QP067002", "Rive-Nord", "2 500", "3 500", "41 248"),
    )
    found = read(write(NAME, demo(*rows)))
    assert value(found, "67001", "POP_COM_QP", level="commune") == 3500
    assert value(found, "67001", "POP_COM", level="commune") == 41248
    assert value(found, "67001", "POP_MUN") is None  # a quarter's, not the commune's


@pytest.mark.parametrize("label", ["RIVE NORD", "rive-nord", "Rivé nord"])
def test_a_commune_is_found_whatever_its_accents_and_hyphens(write: Write, label: str):
    found = read(write(NAME, demo(quarter("QP067001", label, "10", "10", "90"))))
    assert value(found, "67001", "POP_COM") == 90


def test_a_commune_is_looked_for_in_the_département_of_the_quarter(write: Write):
    rows = (
        quarter("QP068001", "Rive-Nord", "10", "10", "90"),
        quarter("QP971001", "Les Abymes", "10", "10", "70"),
        quarter("QP001001", "Bêta", "10", "10", "80"),
    )
    found = read(write(NAME, demo(*rows)))
    assert value(found, "67001", "POP_COM") is None
    assert value(found, "97101", "POP_COM") == 70
    assert value(found, "01002", "POP_COM") == 80


def test_a_quarter_of_several_communes_is_of_none(write: Write):
    found = read(write(NAME, demo(quarter("QP067001", "Rive-Nord, Rive-Est", "10", "10", "90"))))
    assert set(found.frame["level"]) == {"qpv"}


def test_quarters_that_contradict_each_other_leave_their_commune_absent(write: Write):
    rows = (
        quarter("QP067001", "Rive-Nord", "10", "3 500", "41 248"),
        quarter("QP067002", "Rive-Nord", "20", "3 600", "41 248"),
    )
    gap = figure(read(write(NAME, demo(*rows))), "67001", "POP_COM_QP")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "absent")
    assert "contradictoires" in gap.note


def test_the_total_of_all_quarters_is_no_quarter(write: Write):
    rows = (quarter("Ensemble", "", "5\u202f019\u202f573"), quarter("QP067001", "Rive-Nord", "10"))
    frame = read(write(NAME, demo(*rows))).frame
    assert set(frame[frame["level"] == "qpv"]["code"]) == {"QP067001"}


def test_a_population_that_is_no_number_is_refused_at_its_line(write: Write):
    rows = (quarter("QP067001", "Rive-Nord", "10"), quarter("QP067002", "Rive-Nord", "env. 20"))
    with pytest.raises(SourceError) as caught:
        read(write(NAME, demo(*rows)))
    assert caught.value.problems[0].place is not None
    assert caught.value.problems[0].place.line == 3


def test_figures_of_communes_in_quarters_are_not_added_up(write: Write):
    found = observed(write(NAME, demo(quarter("QP067001", "Rive-Nord", "10", "10", "90"))))
    above = figure(found.derived, "67", "POP_COM", level="departement")
    assert above is not None
    assert (above.value, above.status) == (None, "non_agregeable")
