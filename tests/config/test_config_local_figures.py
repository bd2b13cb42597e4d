"""A territory's own figures: what is read, and where each thing wrong with a file stands."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from ctgsite.config.known import KnownNames
from ctgsite.config.local_figures import LocalFigures, read_local_figures
from ctgsite.knowledge import known as all_known

ABOUT = """titre: Places d’accueil
source: Service petite enfance
date: 2025-12-31
annee: 2025
variables:
  places: {colonne: Places, unite: places}
  taux: {colonne: Taux, unite: "%"}
indicateurs:
  - id: places_locales
    libelle: Places
    thematique: petite-enfance
    unite: places
    numerateur: places
    lecture: "on compte {valeur}"
"""
FIGURES = "code,nom,Places,Taux\n31541,Seilh,30,12.5\n31557,Tournefeuille,150,\n"
THEMES = ("petite-enfance", "seniors")


@pytest.fixture(scope="module")
def known() -> KnownNames:
    return all_known(None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "territories" / "seilh" / "donnees"
    own.mkdir(parents=True)
    return own


def write(folder: Path, figures: str | bytes = FIGURES, about: str = ABOUT) -> None:
    (folder / "places.yml").write_text(about, encoding="utf-8")
    raw = figures if isinstance(figures, bytes) else figures.encode()
    (folder / "places.csv").write_bytes(raw)


def problems(folder: Path, known: KnownNames) -> list[str]:
    """Return all there is to say, places told from the folder of the files."""
    _, found = read_local_figures(folder.parent, folder.parents[2], known, THEMES)
    return [str(problem).removeprefix("territories/seilh/donnees/") for problem in found]


def read(folder: Path, known: KnownNames) -> LocalFigures:
    (found,), _ = read_local_figures(folder.parent, folder.parents[2], known, THEMES)
    return found


def test_a_blank_is_unknown_and_never_zero(folder: Path, known: KnownNames) -> None:
    write(folder)
    assert problems(folder, known) == []
    rows = [(row.code, row.year, row.values) for row in read(folder, known).rows]
    assert rows == [("31541", "2025", (30.0, 12.5)), ("31557", "2025", (150.0, None))]


@pytest.mark.parametrize("cell", ["1 250", "1\u202f250", "1\xa0250", "1250", "1250,0"])
def test_numbers_are_read_as_the_french_write_them(
    folder: Path, known: KnownNames, cell: str
) -> None:
    write(folder, FIGURES.replace(",", ";").replace("150", cell))
    assert problems(folder, known) == []
    assert read(folder, known).rows[1].values[0] == 1250


def test_a_mark_of_secrecy_stays_one(folder: Path, known: KnownNames) -> None:
    write(folder, FIGURES.replace("150", "secret"))
    assert read(folder, known).rows[1].values[0] == "secret"


BAD_CELLS = {
    "a percentage written as text": (
        "12,5 %",
        "« 12,5 % » est un texte : écrivez 12,5 sans le signe %",
    ),
    "a date in letters": ("12/mai", "« 12/mai » est une date"),
    "a date of a spreadsheet in English": ("12-May", "« 12-May » est une date"),
    "a date in figures": ("12/05/2025", "« 12/05/2025 » est une date"),
    "a date as spreadsheets store it": ("2025-05-12 00:00:00", "est une date"),
    "an error of a spreadsheet": ("#REF!", "« #REF! » est une erreur de votre tableur"),
    "a shortened number": ("1,2E+05", "« 1,2E+05 » a été abrégé par un tableur"),
    "a number with two readings": ("1.250", "écrivez 1250 sans séparateur de milliers"),
    "a lost decimal mark": ("125", "un tableur a pu effacer la virgule (12,5 devient 125)"),
    "a figure below its range": ("-3", "« -3 » est trop petit : attendu au moins 0"),
    "a word": ("douze", "« douze » n’est pas un nombre"),
}


@pytest.mark.parametrize(("cell", "told"), BAD_CELLS.values(), ids=BAD_CELLS)
def test_what_a_spreadsheet_made_of_a_number_is_recognised_at_its_place(
    folder: Path, known: KnownNames, cell: str, told: str
) -> None:
    write(folder, FIGURES.replace(",", ";").replace("12.5", cell))
    (problem,) = problems(folder, known)
    assert problem.startswith("places.csv:2:16: ")
    assert told in problem
    assert "(colonne « Taux »)" in problem


ZEROS = "code,nom,Places,Taux\n1001,L’Abergement-Clémenciat,30,\n1002,L’Abergement-de-Varey,8,\n"


def test_codes_that_lost_their_zero_are_repaired_and_told(folder: Path, known: KnownNames) -> None:
    write(folder, ZEROS)
    (problem,) = problems(folder, known)
    assert problem == (
        "places.csv:2:1: attention : le code « 1001 » a perdu son zéro, il est lu « 01001 » "
        "(et 1 autre) : mettez cette colonne au format « Texte »"
    )
    assert [row.code for row in read(folder, known).rows] == ["01001", "01002"]


def test_a_code_without_its_zero_among_others_that_kept_it_is_ambiguous(
    folder: Path, known: KnownNames
) -> None:
    write(folder, ZEROS.replace("1002,", "01002,"))
    (problem,) = problems(folder, known)
    assert problem.startswith("places.csv:2:1: le code « 1001 » a quatre caractères")
    assert "est-ce « 01001 » ?" in problem


def test_an_unknown_code_is_told_with_the_nearest(folder: Path, known: KnownNames) -> None:
    write(folder, FIGURES.replace("31557", "31657"))
    (problem,) = problems(folder, known)
    assert problem.startswith("places.csv:3:1: code inconnu « 31657 »")
    assert "vouliez-vous dire" in problem


def test_a_commune_that_merged_is_told_with_the_one_that_took_over(
    folder: Path, known: KnownNames
) -> None:
    """01025 and 01144 made Bâgé-Dommartin (01025) in 2018."""
    write(folder, FIGURES.replace("31557", "01144"))
    (problem,) = problems(folder, known)
    assert "n’existe plus depuis le 01/01/2018" in problem
    assert "Bâgé-Dommartin" in problem
    write(folder, FIGURES.replace("31557", "01144"), ABOUT + "geographie: 2017\n")
    assert problems(folder, known) == []


def test_two_rows_for_one_commune_are_refused(folder: Path, known: KnownNames) -> None:
    write(folder, FIGURES + "31541,Seilh,31,\n")
    assert problems(folder, known) == [
        "places.csv:4:1: la commune 31541 (Seilh) a deux lignes, dont la ligne 2 : gardez-en une"
    ]


def test_two_rows_in_two_years_are_not_two_rows_in_one(folder: Path, known: KnownNames) -> None:
    about = ABOUT.replace("annee: 2025", "colonne_annee: an")
    text = "code,an,Places,Taux\n31541,2024,30,\n31541,2025,31,\n"
    write(folder, text, about)
    assert problems(folder, known) == []
    write(folder, text.replace("2024", "2025"), about)
    (problem,) = problems(folder, known)
    assert problem.startswith("places.csv:3:1: la commune 31541 (Seilh) a deux lignes en 2025")


def test_a_shifted_row_is_told_whether_or_not_it_has_all_its_cells(
    folder: Path, known: KnownNames
) -> None:
    write(folder, FIGURES.replace("31557,Tournefeuille", "Tournefeuille,31557"))
    (problem,) = problems(folder, known)
    assert problem == (
        "places.csv:3:1: « Tournefeuille » n’est pas un code de commune, « 31557 » en est un : "
        "les cases de cette ligne ont glissé"
    )
    write(folder, FIGURES.replace("30,12.5", "30,12,5"))
    (problem,) = problems(folder, known)
    assert problem.startswith("places.csv:2:1: cette ligne a 5 cases au lieu de 4")
    assert "une virgule y sépare peut-être des décimales" in problem


def test_a_file_of_another_year_than_its_name_says_is_refused(
    folder: Path, known: KnownNames
) -> None:
    (folder / "places-2024.yml").write_text(ABOUT, encoding="utf-8")
    (folder / "places-2024.csv").write_text(FIGURES, encoding="utf-8")
    (problem,) = problems(folder, known)
    assert problem.startswith(
        "places-2024.yml:4:8: le nom du fichier dit 2024, sa description 2025"
    )
    about = ABOUT.replace("annee: 2025", "colonne_annee: an")
    (folder / "places-2024.yml").write_text(about, encoding="utf-8")
    text = "code,an,Places,Taux\n31541,2025,30,\n"
    (folder / "places-2024.csv").write_text(text, encoding="utf-8")
    (problem,) = problems(folder, known)
    assert problem == "places-2024.csv:2:7: le nom du fichier dit 2024, ses lignes 2025"


def workbook(*members: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in members:
            archive.writestr(name, "x")
    return content.getvalue()


WORKBOOKS = {
    "xlsx": workbook("[Content_Types].xml", "xl/workbook.xml"),
    "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "ods": b"PK\x03\x04" + b"\x00" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
}


@pytest.mark.parametrize("content", WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_workbook_named_csv_is_recognised(
    folder: Path, known: KnownNames, content: bytes
) -> None:
    write(folder, content)
    (problem,) = problems(folder, known)
    assert problem.startswith("places.csv:1:1: c’est un classeur, un fichier CSV est attendu")


BAD_DESCRIPTIONS = {
    "a column that the file lacks": (
        ("colonne: Places", "colonne: Place"),
        "places.yml:6:21: colonne inconnue « Place » dans places.csv : vouliez-vous dire « Places",
    ),
    "an unknown key": (
        ("numerateur:", "numerateurs:"),
        "clé inconnue « numerateurs » : vouliez-vous dire « numerateur » ?",
    ),
    "an indicator of the catalogue": (
        ("id: places_locales", "id: taux_pauvrete"),
        "places.yml:9:9: « taux_pauvrete » est un indicateur du catalogue",
    ),
    "an unknown theme": (
        ("thematique: petite-enfance", "thematique: petite enfances"),
        "thématique inconnue « petite enfances » : vouliez-vous dire « petite-enfance » ?",
    ),
    "a reading without its figure": (("{valeur}", "des places"), "doit contenir {valeur}"),
    "two years at once": (
        ("annee: 2025", "annee: 2025\ncolonne_annee: an"),
        "dites l’année par « annee » ou par « colonne_annee », l’une des deux",
    ),
    "secrecy of rates": (
        ('{colonne: Taux, unite: "%"}', '{colonne: Taux, unite: "%", additive: false}\nseuil: 5'),
        "« taux » ne s’additionne pas",
    ),
}


@pytest.mark.parametrize(("change", "told"), BAD_DESCRIPTIONS.values(), ids=BAD_DESCRIPTIONS)
def test_what_is_wrong_with_a_description_is_told_at_its_place(
    folder: Path, known: KnownNames, change: tuple[str, str], told: str
) -> None:
    write(folder, about=ABOUT.replace(*change))
    assert any(told in found for found in problems(folder, known)), problems(folder, known)


def test_counts_that_are_protected_are_whole(folder: Path, known: KnownNames) -> None:
    write(folder, FIGURES.replace("30,12.5", "30.5,12"), ABOUT + "seuil: 5\n")
    (problem,) = problems(folder, known)
    assert "places.csv:2:13: « 30.5 » n’est pas un effectif : attendu un nombre entier" in problem


def test_the_description_of_a_table_of_counts_is_left_to_tables(
    folder: Path, known: KnownNames
) -> None:
    (folder / "loisirs.yml").write_text("titre: Enfants\nlignes: Quartier\n", encoding="utf-8")
    assert problems(folder, known) == []


def sheet(folder: Path, rows: list[list[object]], name: str = "Places") -> None:
    with xlsxwriter.Workbook(folder / "places.xlsx") as book:
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    (folder / "places.yml").write_text(ABOUT, encoding="utf-8")


HEADER: list[object] = ["code", "nom", "Places", "Taux"]


def test_a_workbook_is_read_as_a_csv_file_is(folder: Path, known: KnownNames) -> None:
    """A spreadsheet took the zero of 01001 when it made a number of it."""
    sheet(folder, [HEADER, [1001, "L’Abergement-Clémenciat", 30, 12.125], [31557, "", 150, ""]])
    (problem,) = problems(folder, known)
    assert problem.startswith("places.xlsx:2:1: attention : le code « 1001 » a perdu son zéro")
    rows = [(row.code, row.values) for row in read(folder, known).rows]
    assert rows == [("01001", (30.0, 12.125)), ("31557", (150.0, None))]


def test_what_is_wrong_in_a_sheet_is_told_at_its_row_and_column(
    folder: Path, known: KnownNames
) -> None:
    sheet(folder, [HEADER, [], ["31541", "Seilh", "trente", 12.5]])
    (problem,) = problems(folder, known)
    assert problem.startswith("places.xlsx:3:3: « trente » n’est pas un nombre")


def test_percentages_that_a_spreadsheet_keeps_as_fractions_are_refused(
    folder: Path, known: KnownNames
) -> None:
    sheet(folder, [HEADER, ["31541", "Seilh", 30, 0.125], ["31557", "", 150, 1]])
    (problem,) = problems(folder, known)
    assert problem.startswith("places.xlsx:1:4: la colonne « Taux » est en %")
    assert "multipliez-la par 100" in problem


def test_an_unknown_sheet_is_told_with_the_nearest(folder: Path, known: KnownNames) -> None:
    sheet(folder, [HEADER])
    (folder / "places.yml").write_text(ABOUT + "feuille: Place\n", encoding="utf-8")
    (problem,) = problems(folder, known)
    assert "feuille inconnue « Place » : vouliez-vous dire « Places » ?" in problem


def test_a_csv_file_and_a_workbook_of_one_name_are_one_too_many(
    folder: Path, known: KnownNames
) -> None:
    write(folder)
    sheet(folder, [HEADER])
    (problem,) = problems(folder, known)
    assert "« places.csv » et « places.xlsx » ont la même description" in problem
