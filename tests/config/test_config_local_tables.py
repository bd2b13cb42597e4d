"""A territory's own tables: what is read, and where each thing wrong with them stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgsite.config.known import KnownNames
from ctgsite.config.loader import load_territories
from ctgsite.config.local_tables import LocalCounts, read_local_tables

ABOUT = """titre: Enfants inscrits
thematique: logement
source: Centre de loisirs
annee: 2025
unite: enfants
lignes: Quartier
colonnes: [Filles, Garçons]
"""
COUNTS = "Quartier,Filles,Garçons\nBourg,3,61\nHameau,27,37\n"
THEMES = ("logement", "seniors")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "territories" / "seilh" / "donnees"
    own.mkdir(parents=True)
    return own


def write(folder: Path, about: str | None = ABOUT, counts: str | bytes | None = COUNTS) -> None:
    if about is not None:
        (folder / "loisirs.yml").write_text(about, encoding="utf-8")
    if counts is not None:
        raw = counts if isinstance(counts, bytes) else counts.encode()
        (folder / "loisirs.csv").write_bytes(raw)


def problems(folder: Path) -> list[str]:
    """Return what is wrong, places told from the folder of the tables."""
    _, found = read_local_tables(folder.parent, folder.parents[2], THEMES)
    return [str(problem).removeprefix("territories/seilh/donnees/") for problem in found]


def table(folder: Path) -> LocalCounts:
    (found,), faults = read_local_tables(folder.parent, folder.parents[2], THEMES)
    assert faults == ()
    return found


def test_a_folder_without_tables_is_fine(tmp_path: Path) -> None:
    assert read_local_tables(tmp_path / "territories" / "seilh", tmp_path, THEMES) == ((), ())


@pytest.mark.parametrize(
    "counts",
    [
        COUNTS,
        COUNTS.replace(",", ";"),
        "\ufeff" + COUNTS,
        COUNTS.replace("\n", "\r\n"),
        COUNTS.replace("Bourg", '"Bourg"'),
        COUNTS.replace("Bourg,3", " Bourg , 3 "),
        "Garçons,Remarque,Quartier,Filles\n61,vu,Bourg,3\n\n37,,Hameau,27\n",
    ],
)
def test_commas_or_semicolons_whatever_the_spreadsheet_adds(folder: Path, counts: str) -> None:
    write(folder, counts=counts)
    found = table(folder)
    assert (found.rows, found.counts) == (("Bourg", "Hameau"), ((3, 61), (27, 37)))
    assert found.about.threshold == 5


def test_thousands_may_be_spaced(folder: Path) -> None:
    write(folder, counts=COUNTS.replace("61", "1 061").replace("37", "12\u202f037"))
    assert table(folder).counts == ((3, 1061), (27, 12037))


def test_counts_are_in_no_trace_of_an_error(folder: Path) -> None:
    write(folder)
    assert "61" not in repr(table(folder))


WRONG_CELLS = {
    "61,5": ("loisirs.csv:2:9: « 61.5 » n’est pas un effectif : attendu un nombre entier", "61.5"),
    "text": ("loisirs.csv:2:9: « beaucoup » n’est pas un effectif : attendu un nombre entier",
             "beaucoup"),
    "negative": ("loisirs.csv:2:9: « -4 » est négatif : un effectif ne l’est jamais", "-4"),
    "empty": (("loisirs.csv:2:9: case vide : écrivez 0 si personne n’est concerné, sinon retirez "
               "la ligne"), ""),
    "huge": ("loisirs.csv:2:9: ce nombre est trop grand pour un effectif", "9999999999999"),
}  # fmt: skip


@pytest.mark.parametrize(("message", "cell"), WRONG_CELLS.values(), ids=WRONG_CELLS)
def test_a_cell_that_is_no_count_is_told_at_its_place(
    folder: Path, message: str, cell: str
) -> None:
    write(folder, counts=COUNTS.replace("61", cell))
    assert problems(folder) == [message]


WRONG_FILES = {
    "a row twice": (ABOUT, COUNTS.replace("Hameau", "Bourg"),
                    "loisirs.csv:3:1: la ligne « Bourg » est écrite deux fois"),
    "a row without a name": (ABOUT, COUNTS.replace("Hameau", ""),
                             "loisirs.csv:3:1: cette ligne n’a pas de nom"),
    "a row cut short": (ABOUT, COUNTS.replace(",37", ""),
                        "loisirs.csv:3:1: cette ligne a 2 cases au lieu de 3 : une par colonne"),
    "its own total": (ABOUT, COUNTS + "Total,30,98\n", "loisirs.csv:4:1: « Total » : "),
    "no rows": (ABOUT, "Quartier,Filles,Garçons\n",
                "loisirs.csv:1:1: ce tableau n’a aucune ligne"),
    "an empty file": (ABOUT, "", "loisirs.csv:1:1: ce fichier est vide"),
    "a quote never closed": (ABOUT, COUNTS.replace("Hameau", '"Hameau'),
                             "loisirs.csv:3:1: un guillemet est mal placé ou n’est jamais fermé"),
    "an unknown column": (ABOUT.replace("Garçons", "Garcons"), COUNTS,
                          "loisirs.yml:7:20: colonne inconnue « Garcons » dans loisirs.csv"),
    "an unknown column of labels": (ABOUT.replace("Quartier", "Cartier"), COUNTS,
                                    "loisirs.yml:6:9: colonne inconnue « Cartier » dans"),
    "labels among the counts": (ABOUT.replace("[Filles", "[Quartier"), COUNTS,
                                "loisirs.yml:7:12: « Quartier » nomme déjà les lignes"),
    "an unknown theme": (ABOUT.replace("logement", "logemant"), COUNTS,
                         "loisirs.yml:2:13: thématique inconnue « logemant »"),
    "an unknown key": (ABOUT + "anee: 2024\n", COUNTS, "loisirs.yml:8:1: "),
    "a threshold of one": (ABOUT + "seuil: 1\n", COUNTS, "loisirs.yml:8:8: "),
    "no title": (ABOUT.replace("titre: Enfants inscrits\n", ""), COUNTS, "loisirs.yml"),
}  # fmt: skip


@pytest.mark.parametrize(("about", "counts", "message"), WRONG_FILES.values(), ids=WRONG_FILES)
def test_what_is_wrong_is_told_at_its_place(
    folder: Path, about: str, counts: str, message: str
) -> None:
    write(folder, about, counts)
    (found,) = problems(folder)
    assert found.startswith(message)


@pytest.mark.parametrize(("written", "meant"), [("Garcons", "Garçons"), ("Files", "Filles")])
def test_the_nearest_column_is_suggested(folder: Path, written: str, meant: str) -> None:
    write(folder, ABOUT.replace(meant, written))
    assert f"« {meant} »" in problems(folder)[0].partition("loisirs.csv")[2]


def test_every_problem_is_told_at_once(folder: Path) -> None:
    write(folder, counts=COUNTS.replace("61", "x").replace("27", "-1"))
    assert [found.partition(": ")[0] for found in problems(folder)] == [
        "loisirs.csv:2:9",
        "loisirs.csv:3:8",
    ]


def test_a_table_without_its_description_and_conversely(folder: Path) -> None:
    write(folder, about=None)
    assert problems(folder) == [
        "loisirs.csv:1:1: il manque la description de ce tableau : écrivez « loisirs.yml » à côté"
    ]
    (folder / "loisirs.csv").rename(folder / "autre.csv")
    write(folder, counts=None)
    assert "loisirs.yml:1:1: ce tableau n’existe pas : le fichier « loisirs.csv » est attendu" in (
        problems(folder)
    )


@pytest.mark.parametrize("name", ["loisirs.xlsx", "loisirs.ODS", "loisirs.csv"])
def test_a_workbook_is_no_csv_whatever_its_name(folder: Path, name: str) -> None:
    write(folder, counts=None)
    (folder / name).write_bytes(b"PK\x03\x04\x14\x00")
    assert any(
        found.startswith(f"{name}:1:1: c’est un classeur, un fichier CSV est attendu")
        for found in problems(folder)
    )


def test_text_that_is_not_utf_8_is_said_to_be_so(folder: Path) -> None:
    write(folder, counts=COUNTS.encode("cp1252"))
    (found,) = problems(folder)
    assert "UTF-8" in found


@pytest.mark.parametrize("name", ["Centre de loisirs", "indicateurs"])
def test_the_name_of_a_file_is_an_address_of_the_site(folder: Path, name: str) -> None:
    (folder / f"{name}.yml").write_text(ABOUT, encoding="utf-8")
    (folder / f"{name}.csv").write_text(COUNTS, encoding="utf-8")
    (found,) = problems(folder)
    assert f"« {name} »" in found
    assert "renommez" in found


def test_two_tables_may_not_have_one_title(folder: Path) -> None:
    """Neither a reader nor the search for masked counts could tell them apart."""
    write(folder)
    (folder / "sports.yml").write_text(ABOUT, encoding="utf-8")
    (folder / "sports.csv").write_text(COUNTS, encoding="utf-8")
    assert problems(folder) == [
        "sports.yml:1:1: un autre tableau a déjà le titre « Enfants inscrits »"
    ]


def test_a_table_of_a_theme_that_is_not_on_the_site_is_a_warning(
    folder: Path, known: KnownNames
) -> None:
    write(folder)
    text = 'nom: Seilh\ntype: commune\ncodes: ["31541"]\nthematiques: [seniors]\n'
    (folder.parents[1] / "seilh.yml").write_text(text, encoding="utf-8")
    territories, found = load_territories(folder.parents[2], (), known)
    assert len(territories) == 1
    (warning,) = found
    assert warning.warning
    assert "la thématique « logement » n’est pas sur le site" in str(warning)


def test_a_table_too_large_to_be_protected_quickly_is_refused(folder: Path) -> None:
    rows = "".join(f"Rue {number},1,2\n" for number in range(101))
    write(folder, counts="Quartier,Filles,Garçons\n" + rows)
    assert problems(folder) == [
        "loisirs.csv:102:1: ce tableau a plus de 100 lignes : regroupez-les"
    ]
