"""Lists of establishments: the mean of a commune's schools, and how many of them have an index."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from producers_layouts import BOM, CRLF, IPS_SCHOOLS, line, lines
from small_france import figure, read, value

from ctgsite.errors import SourceError
from ctgsite.sources.importing import ImportReport
from ctgsite.sources.store import read_store

Write = Callable[..., Path]
Import = Callable[..., ImportReport]

NAME = "ips-ecoles-ap2022.csv"


def school(unit: str, code: str, index: str, year: str = "2024-2025") -> str:
    cells = {"rentree_scolaire": year, "code_insee_de_la_commune": code, "uai": unit}
    return line(IPS_SCHOOLS, {**cells, "secteur": "public", "effectifs": 100, "ips": index})


def export(*rows: str) -> str:
    return BOM + lines(IPS_SCHOOLS, *rows, end=CRLF)


SCHOOLS = export(
    school("0670001A", "67001", "101.5"),
    school("0670002B", "67001", "98,5"),
    school("0670003C", "67001", "NS"),
    school("0670004D", "67002", "NS"),
    school("0670001A", "67001", "99.0", "2023-2024"),
    school("0010001E", "1001", "110.2"),
)


def test_a_commune_has_the_mean_of_its_schools_and_their_number(write: Write):
    found = read(write(NAME, SCHOOLS))
    assert value(found, "67001", "IPS_MOYEN", year="2024-2025") == 100.0
    assert value(found, "67001", "IPS_ECOLES", year="2024-2025") == 2
    assert value(found, "67001", "IPS_MOYEN", year="2023-2024") == 99.0
    assert value(found, "01001", "IPS_MOYEN", year="2024-2025") == 110.2


def test_a_commune_none_of_whose_schools_has_an_index_has_neither(write: Write):
    found = read(write(NAME, SCHOOLS))
    for name in ("IPS_MOYEN", "IPS_ECOLES"):
        gap = figure(found, "67002", name)
        assert gap is not None
        assert (gap.value, gap.status) == (None, "absent")


def test_the_portal_s_list_takes_the_place_of_what_was_made_of_it(
    write: Write, importing: Import, store: Path
):
    entry = {"schoolYear": "2024-2025", "averageIps": 99.9, "schoolsWithIps": 9}
    republished = json.dumps({"67001": entry, "68001": entry})
    report = importing(write("ips-by-commune.json", republished), write(NAME, SCHOOLS))
    assert [item for item in report.problems if not item.warning] == []
    found = read_store(store)
    assert value(found, "67001", "IPS_MOYEN", year="2024-2025") == 100.0
    assert value(found, "68001", "IPS_MOYEN", year="2024-2025") == 99.9


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([school("0670001A", "67001", "101.5")] * 2, "0670001A figure deux fois"),
        ([school("0670001A", "67001", "cent")], "« cent » n’est pas un nombre"),
        ([], "aucune ligne"),
    ],
)
def test_a_list_that_is_not_as_described_is_refused(write: Write, rows: list[str], message: str):
    with pytest.raises(SourceError, match=message):
        read(write(NAME, export(*rows)))


@pytest.mark.parametrize("name", ["uai", "ips", "rentree_scolaire", "code_insee_de_la_commune"])
def test_a_list_without_a_column_is_refused(write: Write, name: str):
    text = SCHOOLS.replace(f"{name};", f"{name}_x;").replace(f";{name}{CRLF}", f";{name}_x{CRLF}")
    with pytest.raises(SourceError, match=f"colonne « {name} » attendue"):
        read(write(NAME, text))
