"""Long files: the year of each row from its date, its variable from its category."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from producers_layouts import BOM, CAF_BENEFITS, CAF_RSA, CRLF, line, lines
from pydantic import ValidationError
from small_france import read, value

from ctgsite.errors import SourceError
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.long_rows import OF
from ctgsite.sources.readers import TableReader

Write = Callable[..., Path]

RSA, BENEFITS = "rsa_s_type_com_f.csv", "s_ben_com_f.csv"


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(path)
    return caught.value


def rsa(*rows: str, end: str = "\n") -> str:
    return BOM + lines(CAF_RSA, *rows, end=end)


@pytest.mark.parametrize(
    "written", ["2024-12", "2024-12-31", "2024-12-01", "202412", "2024-12-31T00:00:00+00:00"]
)
@pytest.mark.parametrize("end", [CRLF, "\n"])
def test_the_year_of_a_row_is_that_of_its_date_however_it_is_written(
    write: Write, written: str, end: str
):
    text = lines(CAF_BENEFITS, line(CAF_BENEFITS, row(written, "01001", 120)), end=end)
    found = read(write(BENEFITS, BOM + text))
    assert value(found, "01001", "FOYERS", year="2024") == 120
    assert set(found.frame["year"]) == {"2024"}
    assert set(found.frame["vintage"]) == {"décembre 2024"}


def row(day: str, code: str, households: object) -> dict[str, object]:
    return {"dtreffre": day, "numcomdo": code, "nomcom": "A", "indfoy_ndur": households}


def benefits(*rows: dict[str, object]) -> str:
    return lines(CAF_BENEFITS, *(line(CAF_BENEFITS, cells) for cells in rows))


def test_an_area_has_a_figure_for_each_of_its_years(write: Write):
    rows = (row("2023-12", "01001", 110), row("2024-12", "01001", 120), row("2024-12", "01002", 5))
    found = read(write(BENEFITS, benefits(*rows)))
    assert value(found, "01001", "FOYERS", year="2023") == 110
    assert value(found, "01001", "FOYERS", year="2024") == 120
    assert value(found, "01002", "FOYERS", year="2023") is None
    assert value(found, "01002", "FOYERS", year="2024") == 5


def test_rows_of_other_months_are_left_out(write: Write):
    rows = (row("2024-06", "01001", 999), row("2024-12", "01001", 120))
    found = read(write(BENEFITS, benefits(*rows)))
    assert value(found, "01001", "FOYERS", year="2024") == 120


def test_a_file_without_the_month_described_is_refused(write: Write):
    error = refusal(write(BENEFITS, benefits(row("2024-06", "01001", 120))))
    assert "mois 12" in error.problems[0].message


@pytest.mark.parametrize("written", ["31/12/2024", "décembre 2024", "2024-13", "", "24-12"])
def test_what_is_no_date_is_refused_at_its_line(write: Write, written: str):
    text = benefits(row("2024-12", "01001", 120), row(written, "01002", 5))
    (problem,) = refusal(write(BENEFITS, text)).problems
    assert f"« {written} » n’est pas une date (colonne « dtreffre »)" in problem.message
    assert problem.place is not None
    assert problem.place.line == 3


def test_an_area_twice_in_one_year_is_refused(write: Write):
    text = benefits(row("2024-12-01", "01001", 120), row("2024-12-31", "01001", 125))
    assert "01001 figure deux fois" in refusal(write(BENEFITS, text)).problems[0].message


def test_rows_that_are_no_area_are_left_out_and_lost_zeros_are_restored(write: Write):
    rows = (row("2024-12", "XX", 4000), row("2024-12", "XX", 1), row("2024-12", "1001", 120))
    found = read(write(BENEFITS, benefits(*rows)))
    assert set(found.frame["code"]) == {"01001"}


def test_each_category_fills_its_own_variables(write: Write):
    text = rsa(
        "2024-12;01001;ALPHA;RSA majoré;10;30",
        "2024-12;01001;ALPHA;RSA non majoré;95;140",
        "2024-12;01002;BETA;RSA non majoré;20;25",
        end=CRLF,
    )
    found = read(write(RSA, text))
    assert value(found, "01001", "RSA_MAJORE") == 10
    assert value(found, "01001", "PERSONNES_RSA_MAJORE") == 30
    assert value(found, "01001", "RSA_SIMPLE") == 95
    assert value(found, "01002", "RSA_SIMPLE") == 20


def test_a_category_without_a_row_is_no_zero(write: Write):
    text = rsa("2024-12;01001;ALPHA;RSA majoré;10;30", "2024-12;01002;BETA;RSA non majoré;20;25")
    found = read(write(RSA, text))
    assert value(found, "01002", "RSA_MAJORE") is None


def test_a_known_category_that_no_variable_takes_is_read_over(write: Write):
    text = rsa("2024-12;01001;ALPHA;Inconnu;5;5", "2024-12;01001;ALPHA;RSA majoré;10;30")
    found = read(write(RSA, text))
    assert set(found.frame["variable"]) == {"RSA_MAJORE", "PERSONNES_RSA_MAJORE"}


def test_an_unknown_category_is_refused_with_the_nearest(write: Write):
    text = rsa("2024-12;01001;ALPHA;RSA majoré;10;30", "2024-12;01001;ALPHA;RSA majore;95;140")
    (problem,) = refusal(write(RSA, text)).problems
    assert "« RSA majore » n’est pas une valeur connue" in problem.message
    assert "« rsa_type »" in problem.message
    assert "la plus proche est « RSA majoré »" in problem.message
    assert problem.place is not None
    assert problem.place.line == 3


def test_a_category_twice_for_one_area_is_refused(write: Write):
    text = rsa("2024-12;01001;ALPHA;RSA majoré;10;30", "2024-12;01001;ALPHA;RSA majoré;15;30")
    assert "deux fois" in refusal(write(RSA, text)).problems[0].message


def test_a_cell_that_is_no_number_is_told_at_its_own_line(write: Write):
    text = rsa("2024-12;01001;ALPHA;RSA non majoré;95;140", "2024-12;01001;ALPHA;RSA majoré;n;30")
    (problem,) = refusal(write(RSA, text)).problems
    assert "« n » n’est pas un nombre (colonne « indfoy_rsa »)" in problem.message
    assert problem.place is not None
    assert problem.place.line == 3


@pytest.mark.parametrize("name", ["dtreffre", "rsa_type", "indfoy_rsa"])
def test_a_column_that_changed_its_name_is_refused(write: Write, name: str):
    header = CAF_RSA.replace(name, f"{name}s")
    error = refusal(write(RSA, lines(header, "2024-12;01001;ALPHA;RSA majoré;10;30")))
    assert f"colonne « {name} » attendue" in error.problems[0].message
    assert f"« {name}s »" in error.problems[0].message


@pytest.mark.parametrize(
    "keys",
    [
        {"colonne_annee": "an", "colonne_date": "jour"},
        {"mois": "12"},
        {"colonne_date": "jour", "mois": "13"},
        {"colonne_date": "jour", "colonne_categorie": "type"},
        {"colonne_date": "jour", "categories": {"A": "a"}},
        {"colonne_categorie": "type", "categories": {"A": "a"}},
    ],
)
def test_keys_of_long_files_that_do_not_go_together_are_refused(keys: dict[str, object]):
    with pytest.raises(ValidationError):
        TableReader.model_validate({"famille": "tableau", **keys})


def test_every_column_of_a_category_names_one_that_is_described():
    found = 0
    for description in load_descriptions().values():
        for spec in description.files:
            reader = description.reader_of(spec)
            if not isinstance(reader, TableReader) or not reader.category_column:
                continue
            names = [name for group in spec.groups for name in group.columns.values()]
            assert {str(name).partition(OF)[2] for name in names} <= {*reader.categories.values()}
            found += 1
    assert found >= 2
