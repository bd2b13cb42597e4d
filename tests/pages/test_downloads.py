"""Downloads hold every measure once, at full precision, and describe themselves."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from frictionless import Package
from testville import DWELLINGS, TERRITORY, VACANCY, dwellings_finding, measure

from ctgsite.diagnostic.model import Diagnostic, ThemeDiagnostic
from ctgsite.geography.areas import Area, Level
from ctgsite.indicators.model import Theme
from ctgsite.pages.downloads import render_downloads
from ctgsite.sources.observations import Status

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


def sheet(content: bytes, name: str) -> list[list[str]]:
    """Return the lines of one sheet of a workbook, as texts."""
    found = openpyxl.load_workbook(io.BytesIO(content))[name]
    return [["" if v is None else _plain(v) for v in row] for row in found.values]


def write(diagnostic: Diagnostic, folder: Path) -> None:
    """Write the downloads as a site has them."""
    for path, content in files(diagnostic).items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def test_the_figures_stand_whole_and_by_theme_in_three_formats_each(
    diagnostic: Diagnostic,
) -> None:
    assert sorted(files(diagnostic)) == [
        "donnees/datapackage.json",
        "donnees/indicateurs.csv",
        "donnees/indicateurs.json",
        "donnees/indicateurs.xlsx",
        "donnees/thematiques/logement.csv",
        "donnees/thematiques/logement.json",
        "donnees/thematiques/logement.xlsx",
    ]


def test_the_files_of_the_themes_hold_together_what_the_whole_holds(
    diagnostic: Diagnostic,
) -> None:
    """Each theme its own rows, in the same order; a theme without rows has no file."""
    title, slug = "Parentalité", "parentalite"
    moved = replace(DWELLINGS, theme=slug)
    finding = replace(dwellings_finding(), indicator=moved)
    themes = (
        *diagnostic.themes,
        ThemeDiagnostic(Theme(slug, title, "?"), (finding,), ()),
        ThemeDiagnostic(Theme("sante", "Santé", "?"), (), ()),
    )
    first = replace(themes[0], findings=themes[0].findings[:1])
    own = (finding, *diagnostic.key_figures[1:])
    parted = replace(diagnostic, themes=(first, *themes[1:]), key_figures=own)
    found = files(parted)
    parts = [
        list(csv.DictReader(io.StringIO(found[f"donnees/thematiques/{name}.csv"].decode())))
        for name in ("logement", slug)
    ]
    assert [{row["theme"] for row in part} for part in parts] == [{"logement"}, {slug}]
    assert [row for part in parts for row in part] == rows(parted)
    assert "donnees/thematiques/sante.csv" not in found


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
            ["" if value is None else _plain(value) for value in row.values()]
            for row in json.loads(content)
        ]
    else:
        table = [row[:14] for row in sheet(content, "indicateurs")[1:]]
    assert table == [list(row.values()) for row in rows(diagnostic)]


def _plain(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def test_codes_stay_text_in_the_workbook(diagnostic: Diagnostic) -> None:
    content = files(diagnostic)["donnees/indicateurs.xlsx"]
    page = openpyxl.load_workbook(io.BytesIO(content))["indicateurs"]
    assert page["D2"].value == "000000000"


def test_the_workbook_is_read_in_french_and_rounds_only_where_it_shows(
    diagnostic: Diagnostic,
) -> None:
    third = measure(VACANCY, TERRITORY, 100 / 3, year="2021", counts=(1.0, 3.0), caution=True)
    more = replace(diagnostic, measures=(*diagnostic.measures, (TERRITORY, third)))
    book = openpyxl.load_workbook(io.BytesIO(files(more)["donnees/thematiques/logement.xlsx"]))
    page = book["indicateurs"]
    found = next(row for row in page.iter_rows(min_row=2) if row[6].value == "2021")
    assert found[7].value == pytest.approx(100 / 3, rel=1e-15)
    assert found[7].number_format == "#,##0.0"
    assert [cell.value for cell in found[14:]] == [
        "calculé",
        "Petit effectif (seuil de prudence : 200) : à lire avec prudence.",
    ]
    secret = next(row for row in page.iter_rows(min_row=2) if row[11].value == "secret")
    assert secret[7].value is None
    assert [cell.value for cell in secret[14:]] == [
        "secret statistique",
        "Le secret statistique protège des effectifs trop petits.",
    ]
    assert (page.freeze_panes, book.active.title) == ("C2", "indicateurs")
    assert page.tables["indicateurs"].ref == f"A1:P{page.max_row}"


def test_the_first_sheet_tells_what_the_file_is_and_how_to_credit_it(
    diagnostic: Diagnostic,
) -> None:
    territory = diagnostic.territory.model_copy(update={"fictitious": True})
    found = files(replace(diagnostic, territory=territory))
    book = openpyxl.load_workbook(io.BytesIO(found["donnees/indicateurs.xlsx"]))
    assert book.sheetnames == ["À lire", "indicateurs", "définitions", "sources"]
    assert book.properties.title == "Pays d’Essai : Toutes les thématiques"
    told = sheet(found["donnees/indicateurs.xlsx"], "À lire")
    text = re.sub("[\u00a0\u202f]", " ", "\n".join(" ".join(row) for row in told))
    assert "Contenu fictif" in text
    assert all(name in text for name in HEADER.split(","))
    assert all(status.value in text for status in Status)
    assert "Données : Insee (Licence Ouverte 2.0) ; mise en forme : diagnostic de terr" in text
    assert "ce n’est jamais un zéro" in text
    assert ["Insee", "Filosofi", "2019"] in [
        row[:3] for row in sheet(found["donnees/indicateurs.xlsx"], "sources")
    ]


def test_the_same_diagnostic_gives_the_same_bytes(diagnostic: Diagnostic) -> None:
    assert files(diagnostic) == files(diagnostic)


def test_the_data_package_is_valid(diagnostic: Diagnostic, tmp_path: Path) -> None:
    write(diagnostic, tmp_path)
    package = Package(str(tmp_path / "donnees" / "datapackage.json"))
    assert [resource.path for resource in package.resources] == [
        "indicateurs.csv",
        "thematiques/logement.csv",
    ]
    report = package.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
