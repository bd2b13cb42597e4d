"""Hard cases: files that look right and are not, and codes that were given up or shared out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from producers_layouts import CAF_2016, FILO_2018, QPV_2021, RPLS, RPLS_NAME, line, lines
from small_france import N, describe, figure, observed, panel, read, small_geography, value

from ctgsite.errors import SourceError
from ctgsite.geography.embedded import embedded_geography
from ctgsite.sources.harmonise import harmonise
from ctgsite.sources.levels import higher_levels
from ctgsite.sources.opening import read_bytes
from ctgsite.sources.quarters import _commune_codes
from ctgsite.sources.store import INDEX, read_index

Write = Callable[..., Path]


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(path)
    return caught.value


def test_a_row_cut_short_is_refused_and_not_read_as_secrets(write: Write):
    rows = ("67001,a,a,1,2,3,4,5,6,7", "67002,b,b,1,2")
    error = refusal(write(RPLS_NAME, lines(RPLS, *rows)))
    assert error.problems[0].place is not None
    assert error.problems[0].place.line == 3


def test_a_row_with_a_cell_too_many_is_refused(write: Write):
    rows = ("67001,a,a,1,2,3,4,5,6,7", "67002,Rive, Est (67),b,1,2,3,4,5,6,7")
    assert refusal(write(RPLS_NAME, lines(RPLS, *rows))).problems


def test_a_decimal_comma_in_a_comma_separated_file_shifts_no_column(write: Write):
    rows = ("67001,a,a,1,5,2,3,4,5,6,7",)  # 1,5 in nb_loues
    assert refusal(write(RPLS_NAME, lines(RPLS, *rows))).problems


def test_a_header_alone_without_its_line_end_is_refused_for_want_of_rows(write: Write):
    assert "aucune ligne" in refusal(write(RPLS_NAME, RPLS)).problems[0].message


@pytest.mark.parametrize("entry", ["5", "null", "[1]", '"x"'])
def test_a_commune_whose_entry_is_no_object_is_refused(write: Write, entry: str):
    assert refusal(write("caf-by-commune.json", f'{{"01001": {entry}}}')).problems


@pytest.mark.parametrize("number", ["Infinity", "-Infinity", "NaN", "true"])
def test_what_is_no_finite_number_is_refused_in_json(write: Write, number: str):
    text = f'{{"01001": {{"rsaShareAmongHouseholdsPercent": {number}, "vintage": 2024}}}}'
    assert refusal(write("caf-by-commune.json", text)).problems


def test_a_wrong_cell_of_an_edition_is_not_skipped_by_reading_it_as_another(write: Write):
    row = line(CAF_2016, {"CODGEO": "670010101", "A": "10", "APRES50": "1OO"})
    error = refusal(write("data_CAF_2016_IRIS.csv", lines(CAF_2016, row)))
    assert "APRES50" in error.problems[0].message


def test_an_encrypted_archive_is_refused(tmp_path: Path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.csv", "CODGEO;A\n")
    altered = bytearray(content.getvalue())
    altered[6] |= 1
    altered[altered.find(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(altered))
    with pytest.raises(SourceError):
        read_bytes(path, "a.csv")


def test_a_region_of_which_a_département_has_no_row_has_no_sum(write: Write):
    row = line(FILO_2018, {"CODGEO": "67", "NBMEN18": "470000"})
    found = observed(write("FILO2018_DISP_DEP.csv", lines(FILO_2018, row)))
    assert value(found.derived, "44", "NBMEN", level="region") == "absent"
    assert value(found.derived, "FRANCE", "NBMEN", level="france") == "absent"


@pytest.mark.parametrize(
    "text",
    [
        '{"format": 3}',
        '{"format": 3, "datasets": []}',
        '{"format": 3, "datasets": {"a": []}}',
        '{"format": 3, "datasets": {"a": {"f.csv": {"nom": "f.csv"}}}}',
        '{"format": 3, "datasets": {"a": {"f.csv": 3}}}',
    ],
)
def test_an_index_without_its_parts_is_damaged(tmp_path: Path, text: str):
    (tmp_path / INDEX).write_text(text, encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_index(tmp_path)
    assert "endommagé" in caught.value.problems[0].message


def test_a_quarter_with_two_rows_is_refused_at_the_second(write: Write):
    header = QPV_2021.rstrip(";")
    rows = [
        line(header, {"CODGEO": "QP067001", "LIB_COM": "Rive-Nord", "POP_MUN": population})
        for population in (10, 20)
    ]
    with pytest.raises(SourceError) as caught:
        observed(write("DEMO_2021.csv", lines(header, *rows)))
    assert caught.value.problems[0].place is not None
    assert caught.value.problems[0].place.line == 3


def test_a_commune_is_found_whatever_its_apostrophe_and_dash():
    import pandas as pd

    communes = embedded_geography().communes
    labels = pd.Series(["L'Haÿ-les-Roses", "L’Haÿ-les-Roses", "L'Haÿ–les–Roses"])
    quarters = pd.Series(["QP094001"] * 3)
    assert _commune_codes(quarters, labels, communes).tolist() == ["94038"] * 3


def test_a_workbook_header_without_a_row_below_is_refused(write: Write):
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Communes"
    sheet.append(["Date de référence statistique : 1er janvier 2018"])
    sheet.append(
        [
            "Code région",
            "Nom de la région",
            "Code département",
            "Code arrondissement",
            "Code canton",
            "Code commune",
            "Nom de la commune",
            "Population municipale",
            "Population comptée à part",
            "Population totale",
        ]
    )
    content = io.BytesIO()
    book.save(content)
    error = refusal(write("ensemble.xlsx", content.getvalue()))
    assert "aucune ligne" in error.problems[0].message


def test_the_whole_of_a_split_is_absent_where_a_part_of_it_has_no_row():
    # In 2017, 01006 stood beside 01002 and 01003, and it has no row.
    description = describe("2017")
    rows = panel({code: [1] for code in ("01001", "01004", "01005", "01002", "01003")})
    found = harmonise(rows, description, description.files[0], small_geography())
    assert value(found.undivided[0].row, "01002") == "absent"
    sums = higher_levels(found.panel, description, small_geography(), found.undivided)
    assert value(sums[1], "01") == "absent"


def test_a_code_shared_out_since_and_counted_with_its_territory_is_not_unknown():
    description = describe("2017")
    rows = panel({"01002": [50], "01003": [30], "01006": [5]})
    found = harmonise(rows, description, description.files[0], small_geography())
    assert found.undivided[0].row.values.tolist() == [[85]]
    assert found.unknown == ()


def test_a_commune_that_only_changed_its_code_keeps_its_figures_as_published():
    # Aurseulles, 14011 until 2024, is 14581 since 2025: same territory, another code.
    from small_france import M, N

    description = describe("2021")
    rows = panel({"14011": [1970, 21000]}, (N, M))
    found = harmonise(rows, description, description.files[0], embedded_geography()).panel
    assert figure(found, "14581", "N") == (1970, "publie", "")
    assert figure(found, "14581", "M") == (21000, "publie", "")


def test_a_code_given_up_and_taken_back_is_the_whole_commune_in_between():
    """Les Trois Lacs bore 27676 until 2021, 27058 for two years, and 27676 again."""
    dated = describe("2020")
    rows = panel({"27676": [1780]}, (N,))
    found = harmonise(rows, dated, dated.files[0], embedded_geography()).panel
    assert figure(found, "27676", "N") == (1780, "publie", "")
