"""Workbooks: INSEE's legal populations, and its estimates by age, one sheet a year."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from small_france import figure, observed, read, value

from ctgsite.errors import SourceError

Write = Callable[..., Path]
Row = Sequence[object]

POPULATION = (
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
)
ABOVE: tuple[Row, ...] = (
    ("Populations légales des communes en vigueur au 1er janvier 2021",),
    ("Mise à jour : décembre 2020",),
    ("en habitant",),
    ("Champ : France métropolitaine, limites territoriales en vigueur au 1er janvier 2020",),
    ("Date de référence statistique : 1er janvier 2018",),
    ("Source :", "Insee, Recensement de la population 2018"),
    (),
)


def workbook(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def populations(*rows: Row, above: Sequence[Row] = ABOVE, header: Row = POPULATION) -> bytes:
    sheets = {"Régions": [("Régions",)], "Communes": [*above, header, *rows]}
    return workbook(sheets)


ALPHA = ("84", "Auvergne-Rhône-Alpes", "01", "2", "08", "001", "Alpha", 771, 18, 789)


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(path)
    return caught.value


def line(error: SourceError) -> int:
    assert error.problems[0].place is not None
    return error.problems[0].place.line


def test_legal_populations_are_read_below_their_title(write: Write):
    found = read(write("ensemble.xlsx", populations(ALPHA)))
    assert value(found, "01001", "PMUN") == 771
    assert value(found, "01001", "PCAP") == 18
    assert value(found, "01001", "PTOT") == 789


def test_their_year_is_the_one_of_reference_not_the_one_of_force(write: Write):
    frame = read(write("ensemble.xlsx", populations(ALPHA))).frame
    assert set(frame["year"]) == {"2018"}
    assert set(frame["vintage"]) == {"RP 2018"}


def test_a_gzipped_workbook_is_the_same_workbook(write: Write):
    content = gzip.compress(populations(ALPHA))
    assert value(read(write("ensemble.xlsx.gz", content)), "01001", "PMUN") == 771


def test_codes_in_two_columns_are_joined_overseas_too(write: Write):
    rows = (
        ("01", "Guadeloupe", "971", "2", "99", "101", "Les Abymes", 53514, 578, 54092),
        ("94", "Corse", "2A", "1", "03", "004", "Ajaccio", 70817, 1211, 72028),
        ("04", "La Réunion", "974", "2", "99", "411", "Saint-Denis", 153810, 1200, 155010),
    )
    found = read(write("ensemble.xlsx", populations(*rows)))
    assert set(found.frame["code"]) == {"97101", "2A004", "97411"}


def test_footers_and_blank_rows_are_left_out(write: Write):
    content = populations(ALPHA, (), ("Source : Insee",))
    assert set(read(write("ensemble.xlsx", content)).frame["code"]) == {"01001"}


def test_a_workbook_without_the_sheet_says_which_it_has(write: Write):
    error = refusal(write("ensemble.xlsx", workbook({"Cantons": [("a",)], "Régions": [("b",)]})))
    assert "« Communes »" in error.problems[0].message
    assert "Cantons, Régions" in error.problems[0].message


def test_a_text_named_xlsx_is_no_workbook(write: Write):
    error = refusal(write("ensemble.xlsx", "COM;PMUN\n01001;771\n"))
    assert "classeur" in error.problems[0].message


def test_a_truncated_workbook_is_no_workbook(write: Write):
    content = populations(ALPHA)
    assert refusal(write("ensemble.xlsx", content[: len(content) // 2])).problems


def test_a_sheet_without_the_header_is_refused(write: Write):
    content = workbook({"Communes": [*ABOVE, ALPHA]})
    assert "Code département" in refusal(write("ensemble.xlsx", content)).problems[0].message


def test_a_sheet_without_a_date_of_reference_is_refused(write: Write):
    content = populations(ALPHA, above=ABOVE[:2])
    assert "date de référence" in refusal(write("ensemble.xlsx", content)).problems[0].message


def test_a_missing_column_is_refused_at_the_line_of_the_header(write: Write):
    header = [name.replace("comptée à part", "à part") for name in POPULATION]
    error = refusal(write("ensemble.xlsx", populations(ALPHA, header=header)))
    assert line(error) == 8
    assert "« Population comptée à part »" in error.problems[0].message
    assert "« Population à part »" in error.problems[0].message


def test_a_cell_that_is_no_number_is_refused_at_its_line(write: Write):
    error = refusal(
        write("ensemble.xlsx", populations(ALPHA, (*ALPHA[:5], "002", "B", "n.d.", 1, 2)))
    )
    assert line(error) == 10
    assert "n.d." in error.problems[0].message


def test_two_rows_for_one_commune_are_refused_at_the_second(write: Write):
    assert line(refusal(write("ensemble.xlsx", populations(ALPHA, (), ALPHA)))) == 11


CLASSES = (
    *(f"{age} à {age + 4} ans" for age in range(0, 95, 5)),
    "95 ans et plus",
    "Total",
)
MEN = [10] * 20
WOMEN = [20] * 20


# The results of the SDES: three rows of headings, one of labels, a blank one, then the names.
RPLS = (
    "REG", "DEP", "LIBDEP", "DEPCOM_ARM", "LIBCOM_DEP", "LIBCOM", "densite", "nb_ls", "nb_lgt_tot",
    "nb_loues", "nb_vacants", "nb_vides", "nb_asso", "nb_occup_finan", "nb_occup_temp",
    "nb_ls_en_qpv", "tx_vac", "nb_ls2023",
)  # fmt: skip
HEADINGS: tuple[Row, ...] = (
    ("Répertoire des logements locatifs des bailleurs sociaux", None, None, "Ensemble du parc"),
    (None, None, None, "Répartition par mode"),
    (None, None, None, None, None, None, None, None, None, "proposés à la location"),
    ("Région", "Département", None, "Commune"),
    (),
)


def social_housing(*rows: Row, sheet: str = "COMMUNES") -> bytes:
    other = [*HEADINGS, ("REG", "LIBREG", "nb_ls"), (84, "Auvergne-Rhône-Alpes", 600000)]
    return workbook({"INFORMATIONS": [("RPLS",)], "REGION": other, sheet: [*HEADINGS, RPLS, *rows]})


def dwellings(code: str, *counts: object) -> Row:
    return (84, 1, "Ain", code, "A (01)", "A", 12.5, *counts, 3, 4.25, 100)


ALPHA_2024 = dwellings("01001", 120, 900, 104, 5, 4, 3, 2, 2)


def test_social_housing_is_read_under_its_technical_names(write: Write):
    found = read(write("resultats_rpls_2024.xlsx", social_housing(ALPHA_2024)))
    names = ("LS", "LOUES", "VACANTS", "VIDES", "ASSO", "OCCUP_FINAN", "OCCUP_TEMP")
    told = [value(found, "01001", f"NB_{name}", year="2024") for name in names]
    assert told == [120, 104, 5, 4, 3, 2, 2]
    assert set(found.frame["vintage"]) == {"1er janvier 2024"}


def test_a_workbook_in_an_archive_is_the_same_workbook(write: Write):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        target.writestr("lisez-moi.txt", "RPLS")
        target.writestr("resultats_rpls_2025.xlsx", social_housing(ALPHA_2024, sheet="COMMUNE"))
    found = read(write("resultats_rpls_2025.zip", content.getvalue()))
    assert value(found, "01001", "NB_LS", year="2025") == 120


def test_an_archive_without_its_workbook_says_what_it_holds(write: Write):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as target:
        target.writestr("rpls.ods", b"...")
    error = refusal(write("resultats_rpls_2025.zip", content.getvalue()))
    assert "« *.xlsx »" in error.problems[0].message
    assert "rpls.ods" in error.problems[0].message


def test_small_stocks_keep_their_detail_secret_and_arrondissements_make_their_commune(
    write: Write,
):
    rows = (
        dwellings("01002", 8, 300, *[None] * 6),
        dwellings("75101", 20, 99, 14, 1, 2, 1, 1, 1),
        dwellings("75102", 30, 99, 20, 2, 3, 2, 2, 1),
    )
    found = observed(write("resultats_rpls_2024.xlsx", social_housing(*rows))).published
    assert value(found, "01002", "NB_LS", year="2024") == 8
    assert value(found, "01002", "NB_VACANTS", year="2024") == "secret"
    paris = figure(found, "75056", "NB_LS", year="2024")
    assert paris == (50, "calcule", "somme des arrondissements")


def ages(code: str, men: Sequence[object], women: Sequence[object], name: str = "") -> list[object]:
    """Return a row whose three blocks agree; a blank counts for nothing."""
    both = [
        None if man is None or woman is None else int(str(man)) + int(str(woman))
        for man, woman in zip(men, women, strict=True)
    ]
    blocks = (
        [*block, sum(int(str(cell)) for cell in block if cell is not None)]
        for block in (both, men, women)
    )
    return [code, name, *(cell for block in blocks for cell in block)]


def estimates(*rows: Row, year: str = "2021", headings: Sequence[str] = CLASSES * 3) -> list[Row]:
    return [
        ("Estimation de population au 1er janvier, par département, sexe et âge quinquennal",),
        (f"Année {year}",),
        (),
        ("Départements", None, "Ensemble", *[None] * 20, "Hommes", *[None] * 20, "Femmes"),
        (None, None, *headings),
        *rows,
    ]


NAME = "estim-pop-dep-sexe-aq-1975-2021.xlsx"


def sheets(**found: Sequence[Row]) -> bytes:
    return workbook(
        {"À savoir": [("note",)], **{name.removeprefix("y"): rows for name, rows in found.items()}}
    )


def test_estimates_are_read_in_three_blocks_of_ages(write: Write):
    found = read(write(NAME, sheets(y2021=estimates(ages("01", MEN, WOMEN, "Ain")))))
    assert value(found, "01", "E_0004") == 30
    assert value(found, "01", "H_95P") == 10
    assert value(found, "01", "F_2024") == 20
    assert [value(found, "01", name) for name in ("E_TOT", "H_TOT", "F_TOT")] == [600, 200, 400]
    assert len(found.frame) == 63


def test_each_sheet_that_bears_a_year_gives_it_from_1990_on(write: Write):
    content = sheets(
        y2021=estimates(ages("01", MEN, WOMEN)),
        y2020=estimates(ages("01", WOMEN, WOMEN), ages("67", MEN, MEN)),
        y1989=estimates(ages("01", MEN, MEN)),
    )
    found = read(write(NAME, content))
    assert set(found.frame["year"]) == {"2020", "2021"}
    assert value(found, "01", "E_TOT", year="2020") == 800
    assert value(found, "67", "E_TOT", year="2020") == 400
    assert value(found, "67", "E_TOT", year="2021") is None


def test_only_the_départements_and_the_whole_of_france_are_kept(write: Write):
    rows = (
        ages("01", MEN, WOMEN),
        ages("2A", MEN, WOMEN),
        ages("971", MEN, WOMEN),
        ages("France métropolitaine", MEN, WOMEN),
        ages("DOM", MEN, WOMEN),
        ages("France métropolitaine et DOM", WOMEN, WOMEN),
        ("Source : Insee - Estimations de population",),
    )
    frame = read(write(NAME, sheets(y2021=estimates(*rows)))).frame
    areas = frame[["level", "code"]].drop_duplicates().to_numpy().tolist()
    assert sorted(areas) == [
        ["departement", "01"],
        ["departement", "2A"],
        ["departement", "971"],
        ["france", "FRANCE"],
    ]


def test_the_heading_mistyped_by_the_producer_is_tolerated(write: Write):
    headings = [*CLASSES * 3]
    headings[1] = '"'
    found = read(write(NAME, sheets(y2021=estimates(ages("01", MEN, WOMEN), headings=headings))))
    assert value(found, "01", "E_0509") == 30


def test_ages_in_another_order_are_refused_with_sheet_line_and_column(write: Write):
    headings = [*CLASSES * 3]
    headings[2], headings[3] = headings[3], headings[2]
    error = refusal(write(NAME, sheets(y2020=estimates(ages("01", MEN, WOMEN), headings=headings))))
    (problem,) = error.problems
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (5, 5)
    assert "2020" in problem.message
    assert "« 10 à 14 ans »" in problem.message


def test_a_total_that_is_not_the_sum_of_its_ages_is_refused(write: Write):
    row = ages("01", MEN, WOMEN)
    row[22] = 900  # both sexes
    row[43], row[64] = 400, 500
    error = refusal(write(NAME, sheets(y2021=estimates(ages("67", MEN, MEN), row))))
    assert "01" in error.problems[0].message
    assert "2021" in error.problems[0].message


def test_rounding_within_a_total_is_the_producers_own(write: Write):
    row = ages("01", MEN, WOMEN)
    row[22], row[43] = 602, 202
    assert value(read(write(NAME, sheets(y2021=estimates(row)))), "01", "E_TOT") == 602


def test_both_sexes_are_men_and_women_where_the_cell_is_wrong(write: Write):
    row = ages("01", MEN, WOMEN)
    row[2 + 4] = 3000  # 20 to 24
    row[22] += 0
    found = read(write(NAME, sheets(y2021=estimates(row))))
    repaired = figure(found, "01", "E_2024")
    assert repaired is not None
    assert (repaired.value, repaired.status) == (30, "calcule")
    assert "hommes plus femmes" in repaired.note
    assert figure(found, "01", "E_2529") == (30, "publie", "")


def test_ages_above_ninety_are_absent_where_the_last_class_opens_earlier(write: Write):
    men, women = [*MEN[:19], None], [*WOMEN[:19], None]
    found = read(write(NAME, sheets(y1990=estimates(ages("971", men, women)))))
    for name in ("E_9094", "E_95P", "F_9094", "H_95P"):
        gap = figure(found, "971", name)
        assert gap is not None
        assert (gap.value, gap.status) == (None, "absent")
        assert "90 ans" in gap.note
    assert value(found, "971", "E_8589") == 30
    assert value(found, "971", "E_TOT") == 570


def test_provisional_estimates_say_so(write: Write):
    note = ("Source : Insee - Estimations de population (résultats provisoires, mars 2021)",)
    content = sheets(
        y2021=estimates(ages("01", MEN, WOMEN), (), note),
        y2010=estimates(ages("01", MEN, WOMEN), (), ("Source : Insee",)),
    )
    found = read(write(NAME, content))
    newest = figure(found, "01", "E_TOT", year="2021")
    assert newest is not None
    assert "provisoire" in newest.note
    assert figure(found, "01", "E_TOT", year="2010") == (600, "publie", "")


def test_a_département_with_two_rows_is_refused(write: Write):
    rows = (ages("01", MEN, WOMEN), ages("01", MEN, WOMEN))
    error = refusal(write(NAME, sheets(y2021=estimates(*rows))))
    assert line(error) == 7


def test_a_workbook_without_a_sheet_that_bears_a_year_is_refused(write: Write):
    assert "feuille" in refusal(write(NAME, workbook({"À savoir": [("a",)]}))).problems[0].message


def test_a_sheet_that_stops_above_the_headings_is_refused(write: Write):
    content = sheets(y2021=[("Estimation de population",), ("Année 2021",)])
    assert refusal(write(NAME, content)).problems


def test_regions_are_the_sums_of_their_départements_and_france_is_published(write: Write):
    rows = (
        ages("67", MEN, WOMEN),
        ages("68", WOMEN, WOMEN),
        ages("France métropolitaine et DOM", [50] * 20, [50] * 20),
    )
    found = observed(write(NAME, sheets(y2021=estimates(*rows))))
    assert figure(found.derived, "44", "E_0004", level="region") == (70, "calcule", "")
    assert value(found.published, "FRANCE", "E_0004", level="france") == 100
