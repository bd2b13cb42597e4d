"""Delimited text: each producer's quirks are read, and what is wrong is refused with its line."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from producers_layouts import (
    ASSOCIATIONS,
    BOM,
    CAF_2016,
    CAF_2020,
    CC_FILOSOFI_2021,
    COMPARATEUR,
    CRLF,
    FILO_2014,
    FILO_2016,
    FILO_2018,
    MORTALITE,
    POPULATIONS,
    RPLS,
    RPLS_NAME,
    TXCOUV,
    line,
    lines,
)
from small_france import figure, read, value

from ctgsite.errors import SourceError
from ctgsite.sources.descriptions import load_descriptions

Write = Callable[..., Path]

NORTH = "67001;Rive-Nord;412;980,5;640,5;;21576,7;;;;;;;;;;;;;;;;;;;;;;;;"
EAST = (
    "67002;Rive-Est;1204;2500;1610,2;15800;22340;29000;13200;11480,5;14000;17000;19000;24000;;;"
    "39480;3,4;4,4;0,294;74,5;65,9;3,0;5,6;28,3;10,2;5,5;2,1;2,1;1,3;-18,5"
)


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(path)
    return caught.value


def place(error: SourceError) -> tuple[int, int]:
    found = error.problems[0].place
    assert found is not None
    return found.line, found.column


@pytest.mark.parametrize("mark", [BOM, ""])
@pytest.mark.parametrize("end", [CRLF, "\n"])
def test_filosofi_is_read_with_or_without_mark_and_whatever_its_line_ends(
    write: Write, mark: str, end: str
):
    text = mark + lines(FILO_2018, NORTH, end=end)
    found = read(write("FILO2018_DISP_COM.csv", text))
    assert value(found, "67001", "NBMEN") == 412
    assert value(found, "67001", "NBPERS") == 980.5
    assert value(found, "67001", "MED") == 21576.7


def test_a_last_line_without_its_end_is_read_too(write: Write):
    text = lines(FILO_2018, NORTH, end=CRLF).rstrip()
    assert value(read(write("FILO2018_DISP_COM.csv", text)), "67001", "NBMEN") == 412


def test_decimal_commas_and_negative_shares_are_numbers(write: Write):
    found = read(write("FILO2018_DISP_COM.csv", BOM + lines(FILO_2018, EAST, end=CRLF)))
    assert value(found, "67002", "D1") == 11480.5
    assert value(found, "67002", "GI") == 0.294
    assert value(found, "67002", "PIMPOT") == -18.5


@pytest.mark.parametrize(
    ("header", "name", "year"),
    [
        (FILO_2014, "FILO2014_DISP_COM.csv", "2014"),
        (FILO_2016, "FILO2016_DISP_COM.csv", "2016"),
        (FILO_2018, "FILO2018_DISP_COM.csv", "2018"),
    ],
)
def test_columns_that_bear_the_year_are_found_by_the_year_of_the_name(
    write: Write, header: str, name: str, year: str
):
    row = {"CODGEO": "67001", "LIBGEO": "Rive-Nord", f"Q2{year[2:]}": "20150,5"}
    frame = read(write(name, lines(header, line(header, row)))).frame
    medians = frame[frame["variable"] == "MED"]
    assert medians[["year", "vintage", "value"]].to_numpy().tolist() == [
        [year, f"Filosofi {year}", 20150.5]
    ]
    assert ("PACT" in set(frame["variable"])) is (year != "2014")


def test_a_file_whose_columns_are_of_another_year_than_its_name_is_refused(write: Write):
    error = refusal(write("FILO2018_DISP_COM.csv", lines(FILO_2016, "67001;Rive-Nord" + ";" * 29)))
    assert "NBMEN18" in error.problems[0].message
    assert "NBMEN16" in error.problems[0].message


def test_gz_is_read_as_the_file_itself(write: Write):
    text = lines(FILO_2018, NORTH, end=CRLF)
    path = write("FILO2018_DISP_COM.csv.gz", gzip.compress(text.encode("utf-8-sig")))
    assert value(read(path), "67001", "MED") == 21576.7


def test_the_comparateur_is_read_out_of_its_zip_with_a_period_and_several_years(write: Write):
    cells = {"CODGEO": "67001", "P18_POP": "771.5", "P13_POP": "767", "NAIS1318": "44"}
    cells |= {"NAISD20": "10", "SUPERF": "15.95"}
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("meta_base_cc_comparateur.CSV", "COD_VAR;LIB_VAR\n")
        archive.writestr("base_cc_comparateur.CSV", lines(COMPARATEUR, line(COMPARATEUR, cells)))
    found = read(write("base_cc_comparateur_csv.zip", content.getvalue()))
    assert value(found, "67001", "P_POP", year="2018") == 771.5
    assert value(found, "67001", "P_POP", year="2013") == 767
    assert value(found, "67001", "NAIS", year="2013-2018") == 44
    assert value(found, "67001", "NAISD", year="2020") == 10
    assert value(found, "67001", "SUPERF") == 15.95


def test_the_metropole_of_filosofi_is_france_and_says_what_it_covers(write: Write):
    row = {"CODGEO": "1", "LIBGEO": "France métropolitaine", "NBMEN18": "27510608", "Q218": "21730"}
    found = read(write("FILO2018_DISP_METROPOLE.csv", lines(FILO_2018, line(FILO_2018, row))))
    median = figure(found, "FRANCE", "MED", level="france")
    assert median == (21730, "publie", "France métropolitaine")


def test_a_blank_is_a_secret_where_the_producer_means_one(write: Write):
    found = read(write("FILO2018_DISP_COM.csv", lines(FILO_2018, NORTH)))
    gap = figure(found, "67001", "D1")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "secret")
    assert "secret fiscal" in gap.note


def test_s_is_a_secret_and_nd_is_not_available(write: Write):
    header = CC_FILOSOFI_2021
    row = {"CODGEO": "67001", "NBMENFISC21": "346", "MED21": "25820", "TP6021": "s", "PIMP21": "nd"}
    found = read(write("cc_filosofi_2021_COM.csv", lines(header, line(header, row))))
    assert value(found, "67001", "NBMENFISC") == 346
    secret, unknown = figure(found, "67001", "TP60"), figure(found, "67001", "PIMP")
    assert secret is not None
    assert unknown is not None
    assert (secret.value, secret.status) == (None, "secret")
    assert (unknown.value, unknown.status) == (None, "absent")
    assert secret.note != unknown.note


def test_the_marks_of_one_file_are_no_numbers_in_another(write: Write):
    row = line(FILO_2018, {"CODGEO": "67001", "NBMEN18": "s"})
    assert place(refusal(write("FILO2018_DISP_COM.csv", lines(FILO_2018, row)))) == (2, 1)


def test_na_is_absent_in_the_shares_of_the_census(write: Write):
    names = [
        name
        for spec in load_descriptions()["insee-rp2018-epci"].files
        if spec.name == "FOR_brut.csv"
        for group in spec.groups
        for name in group.columns.values()
    ]
    rows = ("200000003," + "12.5," * (len(names) - 1) + "NA", "01001" + ",1" * len(names))
    found = read(write("FOR_brut.csv", lines(",".join(["codgeo", *map(str, names)]), *rows)))
    assert set(found.frame["code"]) == {"200000003"}  # its few communes are left out
    assert sorted(found.frame["status"]) == ["absent"] + ["publie"] * (len(names) - 1)


def test_a_blank_detail_of_social_housing_is_a_secret_and_a_zero_stays_zero(write: Write):
    text = lines(RPLS, "67001,Rive-Nord (67),Rive-Nord,,0,,0,0,0,8")
    found = read(write(RPLS_NAME, BOM + text))
    assert value(found, "67001", "NB_LS") == 8
    assert value(found, "67001", "NB_VACANTS") == 0
    assert value(found, "67001", "NB_LOUES") == "secret"


def test_a_blank_population_is_absent_and_never_zero(write: Write):
    rows = ("115658,84,01,0108,1001,Alpha,968,993,1013,1027,1056,1085,,1118,1134",)
    name = "insee-estimation-population-2024.csv"
    found = read(write(name, BOM + lines(POPULATIONS, *rows, end=CRLF)))
    assert value(found, "01001", "P_POP", year="2013") == 968
    assert value(found, "01001", "P_POP", year="2019") == "absent"
    assert value(found, "01001", "P_POP", year="2021") == 1134


def test_zeros_lost_on_the_left_of_codes_are_restored(write: Write):
    text = lines(CAF_2020, line(CAF_2020, {"CODGEO": "10010101", "A": "485"}))
    assert value(read(write("data_CAF_2020_IRIS.csv", text)), "010010101", "A") == 485


def test_spaces_between_thousands_are_no_obstacle(write: Write):
    rows = (
        line(CAF_2016, {"CODGEO": "670010101", "A": "1 079", "PERCOU": "2\u202f983"}),
        line(CAF_2016, {"CODGEO": "670010102", "A": "1\u00a0079 ", "PERCOU": " 983"}),
    )
    found = read(write("data_CAF_2016_IRIS.csv", BOM + lines(CAF_2016, *rows, end=CRLF)))
    assert value(found, "670010101", "A") == 1079
    assert value(found, "670010101", "PERCOU") == 2983
    assert value(found, "670010102", "A") == 1079
    assert value(found, "670010102", "PERCOU") == 983


def test_spaces_between_thousands_are_refused_where_the_producer_has_none(write: Write):
    text = lines(FILO_2018, NORTH, EAST.replace("1204", "1 204"))
    error = refusal(write("FILO2018_DISP_COM.csv", text))
    assert place(error) == (3, 1)
    assert "« 1 204 »" in error.problems[0].message
    assert "NBMEN18" in error.problems[0].message


def test_rows_without_a_code_and_totals_are_left_out(write: Write):
    rows = (
        line(CAF_2020, {"CODGEO": "670010101", "A": "10"}),
        line(CAF_2020, {"A": "99"}),
        line(CAF_2020, {"CODGEO": "Ensemble", "A": "1000"}),
        ";" * CAF_2020.count(";"),
    )
    found = read(write("data_CAF_2020_IRIS.csv", lines(CAF_2020, *rows)))
    assert set(found.frame["code"]) == {"670010101"}


def test_codes_of_corsica_and_overseas_keep_their_letters_and_digits(write: Write):
    rows = (
        line(CAF_2020, {"CODGEO": "2A0040101", "A": "10"}),
        line(CAF_2020, {"CODGEO": "974110101", "A": "20"}),
    )
    found = read(write("data_CAF_2020_IRIS.csv", lines(CAF_2020, *rows)))
    assert value(found, "2A0040101", "A") == 10
    assert value(found, "974110101", "A") == 20


def test_two_editions_that_share_a_name_are_told_apart_by_their_columns(write: Write):
    own = line(CAF_2016, {"CODGEO": "670010101", "A": "10", "APRES50": "4"})
    found = read(write("data_CAF_2016_IRIS.csv", lines(CAF_2016, own)))
    assert value(found, "670010101", "APRES50", year="2016") == 4


def test_a_detail_that_the_file_has_beside_its_index_column_is_read(write: Write):
    rows = ("271,67001,36.9,44.0,109.6,2022", "3866,68001,13.9,52.3,65.9,2022")
    found = read(write("txcouv_pe_com_2022_excerpt.csv", lines(TXCOUV, *rows)))
    assert value(found, "67001", "TXCOUV_TOTAL") == 109.6  # more places than children is possible
    assert value(found, "68001", "TXCOUV_INDIVIDUEL") == 52.3
    assert set(found.frame["year"]) == {"2022"}


def test_a_long_file_gives_a_column_to_each_of_its_periods(write: Write):
    rows = (
        "200000003;CC Rives;1968-1975;10,40",
        "200000003;CC Rives;1975-1982;8,30",
        "200000001;CC Ouest;1968-1975;11,20",
    )
    name = "insee_rp_evol_1968_epci_2018.csv"
    found = read(write(name, BOM + lines(MORTALITE, *rows, end=CRLF)))
    assert value(found, "200000003", "TX_MORTA", year="1968-1975") == 10.4
    assert value(found, "200000003", "TX_MORTA", year="1975-1982") == 8.3
    assert value(found, "200000001", "TX_MORTA", year="1975-1982") is None


INR_SCORES = ";".join(["80.5"] * 17 + ["112.25"])


def inr(code: str, kind: str, scores: str = INR_SCORES) -> str:
    iris = "84980000"
    return (
        f"Bêta;AIN;CC Ouest;RHONE ALPES;107.97;97.3;{scores.split(';')[0]};{iris};{code};1;"
        f"200000001;{code};1;84;{iris};Bêta;Bêta;AIN;Bêta;RHONE-ALPES;84;{kind};{scores}"
    )


def test_a_file_without_a_header_line_is_read_by_position(write: Write):
    rows = (inr("1002", "Commune non découpée en IRIS"), inr("1001", "Iris d'habitat"))
    found = read(write("inr_region_84.csv", lines(*rows, end=CRLF)))
    assert value(found, "01002", "SCORE_GLOBAL_DEP") == 107.97
    assert value(found, "01002", "COMP_NUMERIQUES_REG") == 80.5


def test_an_index_published_by_iris_has_no_value_for_the_commune(write: Write):
    rows = (
        inr("1002", "Commune non découpée en IRIS"),
        inr("1001", "Iris d'habitat"),
        inr("1001", "Iris d'activité"),
    )
    gap = figure(read(write("inr_region_84.csv", lines(*rows))), "01001", "SCORE_GLOBAL_DEP")
    assert gap is not None
    assert (gap.value, gap.status) == (None, "non_agregeable")
    assert "IRIS" in gap.note


def test_a_zero_of_the_index_is_a_missing_part_and_no_value(write: Write):
    row = inr("1002", "Commune non découpée en IRIS", INR_SCORES.replace("80.5", "0", 1))
    found = read(write("inr_region_84.csv", lines(row)))
    assert value(found, "01002", "ACCES_INFORMATION_DEP") == "absent"
    assert value(found, "01002", "ACCES_INFORMATION_EPCI") == 80.5


def test_a_headless_file_of_another_width_is_refused(write: Write):
    error = refusal(write("inr_region_84.csv", lines("Bêta;AIN;CC Ouest")))
    assert "40 colonnes" in error.problems[0].message


def test_each_missing_column_is_a_problem_with_the_nearest_name(write: Write):
    header = RPLS.replace("nb_vacants", "nb_vacant").replace("nb_ls", "nb_log_soc")
    error = refusal(write(RPLS_NAME, lines(header, "67001,Rive,Rive,1,2,3,4,5,6,7")))
    assert len(error.problems) == 2
    missing = next(item for item in error.problems if "nb_vacants" in item.message)
    assert "« nb_vacant »" in missing.message
    assert missing.place is not None
    assert missing.place.line == 1


def test_a_missing_code_column_is_refused(write: Write):
    header = RPLS.replace("DEPCOM_ARM", "CODE")
    error = refusal(write(RPLS_NAME, lines(header, "67001,Rive,Rive,1,2,3,4,5,6,7")))
    assert "DEPCOM_ARM" in error.problems[0].message


def test_another_separator_is_refused(write: Write):
    text = lines(RPLS, "67001,Rive,Rive,1,2,3,4,5,6,7").replace(",", ";")
    assert "DEPCOM_ARM" in refusal(write(RPLS_NAME, text)).problems[0].message


def test_a_file_in_windows_1252_is_refused_at_its_first_accent(write: Write):
    text = lines(FILO_2018, NORTH, "01002;Bêta" + ";" * 29)
    error = refusal(write("FILO2018_DISP_COM.csv", text, encoding="cp1252"))
    assert place(error) == (3, 8)


def test_an_empty_file_is_refused(write: Write):
    assert "vide" in refusal(write(RPLS_NAME, "")).problems[0].message


@pytest.mark.parametrize("end", ["\n", CRLF])
def test_a_header_alone_is_refused(write: Write, end: str):
    assert "aucune ligne" in refusal(write(RPLS_NAME, RPLS + end)).problems[0].message


def test_rows_that_are_all_of_another_level_are_no_rows(write: Write):
    text = lines(CAF_2020, line(CAF_2020, {"CODGEO": "Ensemble", "A": "10"}))
    assert "aucune ligne" in refusal(write("data_CAF_2020_IRIS.csv", text)).problems[0].message


def test_each_cell_that_is_no_number_is_a_problem_with_its_line_and_column(write: Write):
    rows = ("67001,a,a,1,2,3,4,5,6,7", "67002,b,b,1,2,3,4,5,6,douze", "68001,c,c,1,2,3,4,5,6,1O")
    error = refusal(write(RPLS_NAME, lines(RPLS, *rows)))
    assert [problem.place.line for problem in error.problems if problem.place] == [3, 4]
    assert "« douze »" in error.problems[0].message
    assert "« nb_ls »" in error.problems[0].message


@pytest.mark.parametrize("cell", ["inf", "nan", "NaN", "-", "1,2,3", "1e999", "=A1"])
def test_what_only_looks_like_a_number_is_refused(write: Write, cell: str):
    row = line(FILO_2018, {"CODGEO": "67001", "NBMEN18": cell})
    assert place(refusal(write("FILO2018_DISP_COM.csv", lines(FILO_2018, row)))) == (2, 1)


def test_blank_lines_do_not_shift_the_lines_of_problems(write: Write):
    rows = ("67001,a,a,1,2,3,4,5,6,7", "", "68001,c,c,1,2,3,4,5,6,x")
    assert place(refusal(write(RPLS_NAME, lines(RPLS, *rows, end=CRLF)))) == (4, 1)


def test_two_rows_for_one_code_are_refused_at_the_second(write: Write):
    rows = ("67001,a,a,1,2,3,4,5,6,7", "67002,b,b,1,2,3,4,5,6,7", "67001,a,a,1,2,3,4,5,6,8")
    error = refusal(write(RPLS_NAME, lines(RPLS, *rows)))
    assert place(error) == (4, 1)
    assert "67001" in error.problems[0].message


def test_two_spellings_of_one_code_are_two_rows_for_it(write: Write):
    rows = ("1,84,01,0108,01001,A" + ",1" * 9, "2,84,01,0108,1001,A" + ",1" * 9)
    error = refusal(write("insee-estimation-population-2024.csv", lines(POPULATIONS, *rows)))
    assert place(error) == (3, 1)


def test_many_duplicates_are_counted_rather_than_listed(write: Write):
    rows = [f"67{number:03},a,a,1,2,3,4,5,6,7" for number in range(9)]
    error = refusal(write(RPLS_NAME, lines(RPLS, *rows, *rows)))
    assert len(error.problems) == 6
    assert "4" in error.problems[-1].message  # 9 duplicates, 5 shown


def test_two_rows_for_a_code_and_a_period_are_refused(write: Write):
    rows = ("200000003;CC Rives;1968-1975;10,40", "200000003;CC Rives;1968-1975;10,50")
    path = write("insee_rp_evol_1968_epci_2018.csv", lines(MORTALITE, *rows))
    assert place(refusal(path)) == (3, 1)


def test_a_year_that_is_not_the_one_of_the_name_is_refused_at_its_line(write: Write):
    rows = ("271,67001,36.9,44.0,89.6,2022", "272,67002,13.9,52.3,68.9,2021")
    error = refusal(write("txcouv_pe_com_2022_excerpt.csv", lines(TXCOUV, *rows)))
    assert place(error) == (3, 1)
    assert "2021" in error.problems[0].message
    assert "2022" in error.problems[0].message


def test_a_quote_that_never_closes_is_refused(write: Write):
    text = lines(RPLS, '67001,"a,a,1,2,3,4,5,6,7', "67002,b,b,1,2,3,4,5,6,7")
    assert refusal(write(RPLS_NAME, text)).problems


def test_separators_within_quotes_are_text(write: Write):
    text = lines(RPLS, '67001,"Rive, Nord (67)","Rive, Nord",1,2,3,4,5,6,7')
    assert value(read(write(RPLS_NAME, text)), "67001", "NB_LS") == 7


def test_associations_are_counted_by_kind(write: Write):
    rows = ("67001,196,7,46,35,44,11,12,14854.0,13.2,0.47,3.1,2.36,2.96",)
    found = read(write("associations_communes.csv", lines(ASSOCIATIONS, *rows)))
    assert value(found, "67001", "NB_ASSOS") == 196
    assert value(found, "67001", "NB_CULTURE") == 46
    assert value(found, "67001", "NB_SOCIAL") == 35
    assert value(found, "67001", "POP") == 14854
