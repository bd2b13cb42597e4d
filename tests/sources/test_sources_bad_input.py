"""What spreadsheets do to producers' files: recognised and told, repaired only where it is sure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from producers_layouts import COMPARATEUR, RPLS, RPLS_NAME, line, lines
from small_france import small_geography, value

from ctgsite.sources.importing import ImportReport, import_files
from ctgsite.sources.store import read_store

Write = Callable[..., Path]
Import = Callable[..., ImportReport]

BASE = "base_cc_comparateur.csv"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "entrepot"


@pytest.fixture
def importing(store: Path) -> Import:
    def run(*paths: Path) -> ImportReport:
        day = date(2026, 2, 1)
        return import_files(paths, store, small_geography(), day=day, progress=lambda _: None)

    return run


def rpls(*cells: tuple[str, object]) -> str:
    return lines(RPLS, *(f"{code},a,a,{total},0,0,0,0,0,{total}" for code, total in cells))


def told(report: ImportReport) -> list[str]:
    return [f"{p.place.line if p.place else 0}: {p.message}" for p in report.problems]


def test_codes_that_lost_their_zero_are_repaired_and_told(
    write: Write, importing: Import, store: Path
):
    """01005, of before a merger, is one as those of today are."""
    path = write(RPLS_NAME, rpls(("1001", 7), ("1005", 2), ("67001", 3)))
    report = importing(path)
    (problem,) = report.problems
    assert problem.warning
    assert problem.message == (
        "le code « 1001 » a perdu son zéro, il est lu « 01001 » (et 1 autre)"
    )
    assert value(read_store(store), "01001", "NB_LS") == 7


def test_a_lost_zero_is_ambiguous_where_other_codes_kept_theirs(write: Write, importing: Import):
    report = importing(write(RPLS_NAME, rpls(("01002", 7), ("1001", 2))))
    assert report.imported == ()
    (problem,) = told(report)
    assert problem.startswith("3: le code « 1001 » a quatre caractères : est-ce « 01001 » ?")


def test_four_digits_that_are_no_commune_with_a_zero_are_left_unknown(
    write: Write, importing: Import
):
    report = importing(write(RPLS_NAME, rpls(("67001", 7), ("9876", 2))))
    (problem,) = report.problems
    assert problem.warning
    assert "codes sans territoire actuel, laissés de côté : 9876" in problem.message


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("12/mai", "« 12/mai » est une date"),
        ("5 %", "« 5 % » est un texte : écrivez 5 sans le signe %"),
        ("#N/A", "« #N/A » est une erreur de votre tableur"),
        ("12.5E+07x", "n’est pas un nombre"),
    ],
)
def test_a_cell_that_a_spreadsheet_spoilt_is_told_at_its_line(
    write: Write, importing: Import, cell: str, reason: str
):
    report = importing(write(RPLS_NAME, rpls(("67001", 7), ("67002", cell))))
    assert report.imported == ()
    assert told(report)[0].startswith("3: ")
    assert reason in told(report)[0]
    assert "(colonne « nb_" in told(report)[0]


def test_a_shifted_column_of_codes_refuses_the_file(write: Write, importing: Import):
    text = lines(RPLS, *(f"Rive-{n},a,a,7,0,0,0,0,0,7" for n in ("Nord", "Est", "Sud")))
    report = importing(write(RPLS_NAME, text))
    assert report.imported == ()
    (problem,) = told(report)
    assert problem.startswith("2: « Rive-Nord » n’est pas un code de commune")
    assert "les colonnes ont glissé" in problem


def test_a_file_of_another_vintage_than_its_name_says_is_told_as_one(
    write: Write, importing: Import
):
    header = COMPARATEUR.replace("P18_", "P20_")
    report = importing(write(BASE, lines(header, line(header, {"CODGEO": "67001"}))))
    assert report.imported == ()
    assert any(
        "colonne « P18_POP » attendue" in one
        and "« P20_POP » s’y trouve : ce fichier est d’un autre millésime" in one
        for one in told(report)
    )


def test_a_workbook_named_as_the_producers_csv_is_told(write: Write, importing: Import):
    report = importing(write(RPLS_NAME, b"PK\x03\x04\x14\x00xl/workbook.xml"))
    (problem,) = told(report)
    assert problem.startswith("1: c’est un classeur : le fichier texte (CSV)")


def test_a_workbook_instead_of_the_producers_csv_is_told_with_the_nearest_name(
    write: Write, importing: Import
):
    report = importing(write("export_parc_logements_sociaux_jan_2024.xlsx", b"PK\x03\x04"))
    (problem,) = told(report)
    assert "export_parc_logements_sociaux_jan_AAAA.csv », et celui-ci est un classeur" in problem
