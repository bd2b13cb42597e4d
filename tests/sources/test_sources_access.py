"""Access to doctors, one sheet a year of the Drees; access to fibre, the Arcep's communes."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from pydantic import ValidationError
from small_france import observed, read, value

from ctgsite.errors import SourceError
from ctgsite.sources.readers import WorkbookReader

Write = Callable[..., Path]
Row = Sequence[object]

APL = "apl_medecins_generalistes.xlsx"
TECHNO = "commune_techno.csv"
UNIT = "En nombre de consultations/visites accessibles par an par habitant standardisé"
ARCEP = (
    "code_insee;nom_com;code_dep;code_reg;nbr;type;elig_ftth;elig_coax;elig_cu;elig_thdr;"
    "elig_4gf;elig_hdr;elig_sat;date"
)


def sheet(year: int, *rows: Row, name: str = "APL aux médecins généralistes") -> list[Row]:
    """Return a sheet as the Drees lays it out: eight rows above the header, then the units."""
    header = (
        "Code commune INSEE",
        "Commune",
        f"{name} ",  # headers end with a blank
        f"{name} de 65 ans ou moins ",
        f"Population standardisée {year - 2} pour la médecine générale",
        f"Population totale {year - 2}",
    )
    above: list[Row] = [
        ("Indicateur d’accessibilité potentielle localisée (APL) aux médecins généralistes",),
        (),
        (f"Millésime : {year}",),
        ("Sources : SNIIR-AM ; Insee",),
        ("Champ : France hors Mayotte",),
        ("Lecture : …",),
        ("Note : …",),
        (),
    ]
    return [*above, header, (None, None, UNIT, UNIT, "En habitants", "En habitants"), *rows]


def workbook(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    book = Workbook()
    book.worksheets[0].title = "Paramètres"
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read(path)
    (problem,) = caught.value.problems
    return problem.message


def test_each_sheet_is_a_year_and_rows_of_totals_are_left_out(write: Write):
    content = workbook(
        {
            "APL 2023": sheet(2023, ("01001", "Alpha", 3.2, 3, 700, 771)),
            "APL 2024": sheet(
                2024,
                ("01001", "Alpha", "2.75", 2, 700, 771),
                ("01002", "Bêta", None, None, None, 12),
                ("2A004", "Ajaccio", 4, 3, 70000, 70817),
                ("Total", None, 3.1, 2.9, 1, 1),
            ),
        }
    )
    found = read(write(APL, content))
    assert value(found, "01001", "APL_MG", year="2023") == 3.2
    assert value(found, "01001", "APL_MG", year="2024") == 2.75
    assert value(found, "01002", "APL_MG", year="2024") == "absent"
    assert value(found, "01002", "APL_MG", year="2023") is None
    assert value(found, "2A004", "APL_MG", year="2024") == 4
    assert set(found.frame["code"]) == {"01001", "01002", "2A004"}
    assert set(found.frame["vintage"]) == {"2023", "2024"}


def test_access_to_doctors_is_no_sum_and_a_district_is_not_its_city(write: Write):
    rows = (
        ("01001", "Alpha", 3, 3, 1, 1),
        ("75101", "1er", 6, 6, 1, 1),
        ("75102", "2e", 5, 5, 1, 1),
    )
    found = observed(write(APL, workbook({"APL 2024": sheet(2024, *rows)})))
    assert value(found.published, "01001", "APL_MG") == 3
    assert value(found.published, "75056", "APL_MG") == "absent"
    assert value(found.derived, "01", "APL_MG", level="departement") == "non_agregeable"


def test_a_workbook_whose_sheets_bear_no_year_says_which_it_has(write: Write):
    told = refusal(write(APL, workbook({"APL_2021": sheet(2021, ("01001", "Alpha", 3, 3, 1, 1))})))
    assert "Paramètres, APL_2021" in told


def test_a_workbook_of_another_profession_is_refused(write: Write):
    rows = sheet(2024, ("01001", "Alpha", 3, 3, 1, 1), name="APL aux sages-femmes")
    told = refusal(write(APL, workbook({"APL 2024": rows})))
    assert "« APL aux médecins généralistes » attendue" in told
    assert "APL aux sages-femmes" in told


def test_a_workbook_has_one_sheet_or_one_a_year():
    with pytest.raises(ValidationError, match="feuilles_annuelles"):
        WorkbookReader.model_validate({"famille": "classeur", "code": ["Code"], "feuille": "A"})
    with pytest.raises(ValidationError, match="un seul groupe"):
        WorkbookReader.model_validate(
            {"famille": "classeur", "code": ["Code"], "feuilles_annuelles": "APL"}
        )


def test_premises_that_fibre_reaches_are_counted_at_the_end_of_a_quarter(write: Write):
    rows = (
        "01001;Alpha;01;84;400;all;360;0;400;0;400;0;400;2026-06-30",
        "01002;Bta;01;84;100;all;0;0;100;0;90;0;100;2026-06-30",
    )
    found = observed(write(TECHNO, "".join(f"{row}\n" for row in (ARCEP, *rows))))
    assert value(found.published, "01001", "LOCAUX") == 400
    assert value(found.published, "01001", "LOCAUX_FIBRE") == 360
    assert value(found.published, "01002", "LOCAUX_FIBRE") == 0
    assert set(found.published.frame["year"]) == {"2026"}
    assert value(found.derived, "200000001", "LOCAUX_FIBRE", level="epci") == 360


def test_more_premises_with_fibre_than_premises_are_refused(write: Write):
    row = "01001;Alpha;01;84;400;all;401;0;400;0;400;0;400;2026-06-30"
    with pytest.raises(SourceError) as caught:
        observed(write(TECHNO, f"{ARCEP}\n{row}\n"))
    assert "LOCAUX_FIBRE" in str(caught.value)
