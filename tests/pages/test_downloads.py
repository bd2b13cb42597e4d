"""Downloads hold every measure once, at full precision, and describe themselves."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from frictionless import Package, system
from testville import TERRITORY, VACANCY, measure

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.geography.areas import Area, Level
from ctgsite.pages.downloads import render_downloads

HEADER = (
    "indicateur,libelle,theme,code,territoire,niveau,annee,valeur,unite,numerateur,denominateur,"
    "statut,source,millesime"
)
CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a workbook states a date without zone


def files(diagnostic: Diagnostic) -> dict[str, bytes]:
    """Return the content of each download by its path."""
    return {str(a.path): a.content for a in render_downloads(diagnostic, CREATED)}


def rows(diagnostic: Diagnostic) -> list[dict[str, str]]:
    """Return the rows of the CSV file."""
    text = files(diagnostic)["donnees/indicateurs.csv"].decode("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def test_there_are_four_files(diagnostic: Diagnostic) -> None:
    assert sorted(files(diagnostic)) == [
        "donnees/datapackage.json",
        "donnees/indicateurs.csv",
        "donnees/indicateurs.json",
        "donnees/indicateurs.xlsx",
    ]


def test_the_columns_are_those_of_the_contract(diagnostic: Diagnostic) -> None:
    content = files(diagnostic)["donnees/indicateurs.csv"]
    assert content.decode("utf-8").splitlines()[0] == HEADER


def test_values_keep_their_precision(diagnostic: Diagnostic) -> None:
    third = measure(VACANCY, TERRITORY, 100 / 3, year="2021", counts=(1.0, 3.0))
    more = replace(diagnostic, measures=(*diagnostic.measures, (TERRITORY, third)))
    found = next(row for row in rows(more) if row["annee"] == "2021")
    assert float(found["valeur"]) == 100 / 3
    assert (found["numerateur"], found["denominateur"]) == ("1", "3")


def test_a_secret_has_a_status_and_no_value(diagnostic: Diagnostic) -> None:
    found = next(row for row in rows(diagnostic) if row["indicateur"] == "niveau_vie_median")
    assert (found["valeur"], found["statut"], found["annee"]) == ("", "secret", "2019")


def test_the_territory_stands_once_under_its_own_level(diagnostic: Diagnostic) -> None:
    own = {row["niveau"] for row in rows(diagnostic) if row["code"] == TERRITORY.code}
    assert own == {"territoire"}


def test_a_measure_given_twice_is_written_once(diagnostic: Diagnostic) -> None:
    again = Area(Level.TERRITOIRE, TERRITORY.code, TERRITORY.name)
    twice = replace(
        diagnostic,
        measures=(*diagnostic.measures, *((again, m) for _, m in diagnostic.measures[:2])),
    )
    keys = [(row["indicateur"], row["code"], row["annee"]) for row in rows(twice)]
    assert len(keys) == len(set(keys))
    assert rows(twice) == rows(diagnostic)


@pytest.mark.parametrize("path", ["donnees/indicateurs.xlsx", "donnees/indicateurs.json"])
def test_other_formats_say_the_same(diagnostic: Diagnostic, path: str) -> None:
    content = files(diagnostic)[path]
    if path.endswith(".json"):
        table = [
            ["" if value is None else value for value in row.values()]
            for row in json.loads(content)
        ]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        assert sheet is not None
        table = [["" if v is None else v for v in row] for row in sheet.values][1:]
    own = [[str(v) for v in row.values()] for row in rows(diagnostic)]
    assert [[_plain(value) for value in row] for row in table] == own


def _plain(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def test_codes_stay_text_in_the_workbook(diagnostic: Diagnostic) -> None:
    content = files(diagnostic)["donnees/indicateurs.xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert sheet["D2"].value == "000000000"


def test_the_same_diagnostic_gives_the_same_bytes(diagnostic: Diagnostic) -> None:
    assert files(diagnostic) == files(diagnostic)


def test_the_data_package_is_valid(diagnostic: Diagnostic, tmp_path: Path) -> None:
    for path, content in files(diagnostic).items():
        (tmp_path / Path(path).name).write_bytes(content)
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
