"""The figures of all sites together: whose each row is, and that the files follow the sites."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from frictionless import Package
from sample_site import CARD
from testville import full_diagnostic

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.errors import PublicationError
from ctgsite.pages.banners import FICTITIOUS
from ctgsite.pages.downloads import render_downloads
from ctgsite.site import batch, portal_copies, portal_data
from ctgsite.site.manifest import is_whole, write_manifest
from ctgsite.site.portal import published_sites, write_portal
from ctgsite.site.publication import claim_output
from ctgsite.site.resources import Resources

CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def add(output: Path, slug: str, *, fictitious: bool = False, **changes: object) -> None:
    """Publish a site with the downloads of the Pays d’Essai, or of a changed one."""
    claim_output(output)
    folder = output / slug
    shutil.rmtree(folder, ignore_errors=True)
    diagnostic: Diagnostic = replace(full_diagnostic(), **changes)
    territory = diagnostic.territory.model_copy(update={"slug": slug})
    for asset in render_downloads(replace(diagnostic, territory=territory), CREATED):
        target = folder / asset.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(asset.content)
    card = replace(CARD, slug=slug, name=slug.capitalize(), fictitious=fictitious)
    write_manifest(folder, card)


def rows(output: Path, name: str = "indicateurs.csv") -> list[dict[str, str]]:
    """Return the rows of one of the portal's CSV files."""
    text = (output / "donnees" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def write(output: Path, resources: Resources) -> None:
    write_portal(output, resources, created=CREATED, precisions={"part_logements_vacants": 1})


@pytest.fixture
def two(output: Path, resources: Resources) -> Path:
    add(output, "essai")
    add(output, "invente", fictitious=True)
    write(output, resources)
    return output


def test_each_row_of_each_site_says_of_which_diagnostic_it_is(two: Path) -> None:
    own = list(csv.DictReader((two / "essai/donnees/indicateurs.csv").open(encoding="utf-8")))
    found = rows(two)
    keys = {tuple(row[name] for name in ("site", "indicateur", "code", "annee")) for row in found}
    assert len(keys) == len(found) == 2 * len(own)
    notices = {(row["site"], row["avertissement"]) for row in found}
    assert notices == {("essai", ""), ("invente", FICTITIOUS)}
    bare = [{name: row[name] for name in own[0]} for row in found if row["site"] == "essai"]
    assert bare == own


def test_the_list_of_the_diagnostics_counts_their_rows(two: Path) -> None:
    listed = {row["site"]: row for row in rows(two, "territoires.csv")}
    assert {slug: row["fictif"] for slug, row in listed.items()} == {
        "essai": "false",
        "invente": "true",
    }
    assert sum(int(row["lignes"]) for row in listed.values()) == len(rows(two))


@pytest.mark.parametrize(
    ("name", "extent"),
    [
        ("indicateurs", "une feuille par thématique"),
        ("thematiques/logement", "thématique «\xa0Logement\xa0»"),
    ],
)
def test_every_format_says_the_same_as_the_csv(two: Path, name: str, extent: str) -> None:
    expected = [list(row.values()) for row in rows(two, f"{name}.csv")]
    objects = json.loads((two / "donnees" / f"{name}.json").read_bytes())
    assert [[_text(value) for value in row.values()] for row in objects] == expected
    book = openpyxl.load_workbook(two / "donnees" / f"{name}.xlsx")
    assert book.sheetnames == ["À lire", "logement"]
    assert extent in str(book["À lire"]["A2"].value)
    page = book["logement"]
    assert [[_text(value) for value in row[:16]] for row in page.values][1:] == expected
    assert {cell.number_format for cell in page["I"][1:] if cell.value is not None} == {
        "#,##0.0",  # of an indicator that the catalogue has
        "#,##0.00",
    }
    assert expected == [list(row.values()) for row in rows(two)]  # all speak of this theme


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def test_the_data_package_of_the_portal_is_valid(two: Path) -> None:
    package = Package(str(two / "donnees" / "datapackage.json"))
    assert [resource.name for resource in package.resources] == [
        "territoires",
        "indicateurs",
        "thematiques.logement",
    ]
    report = package.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_a_site_that_is_gone_leaves_the_files(two: Path, resources: Resources) -> None:
    shutil.rmtree(two / "invente")
    write(two, resources)
    assert {row["site"] for row in rows(two)} == {"essai"}
    assert Package(str(two / "donnees" / "datapackage.json")).validate().valid


def test_a_site_that_is_not_whole_is_not_in_them(two: Path, resources: Resources) -> None:
    (two / "invente/donnees/indicateurs.csv").write_text("abîmé", encoding="utf-8")
    write(two, resources)
    assert {row["site"] for row in rows(two)} == {"essai"}


def test_nothing_is_written_again_until_a_site_has_other_figures(
    two: Path, resources: Resources
) -> None:
    stamp = (two / "donnees").stat().st_ino
    write(two, resources)
    assert (two / "donnees").stat().st_ino == stamp
    add(two, "essai", measures=full_diagnostic().measures[:1])
    write(two, resources)
    assert sum(row["site"] == "essai" for row in rows(two)) == 1


def test_a_damaged_file_is_made_again(two: Path, resources: Resources) -> None:
    whole = (two / "donnees/indicateurs.json").read_bytes()
    (two / "donnees/indicateurs.json").write_bytes(whole[:100])
    write(two, resources)
    assert (two / "donnees/indicateurs.json").read_bytes() == whole


def test_the_same_sites_give_the_same_bytes(
    two: Path, resources: Resources, tmp_path: Path
) -> None:
    again = tmp_path / "autre"
    add(again, "invente", fictitious=True)
    add(again, "essai")
    write(again, resources)
    contents = [
        {p.name: p.read_bytes() for p in (one / "donnees").rglob("*") if p.is_file()}
        for one in (two, again)
    ]
    assert contents[0] == contents[1]


def test_the_folder_is_ours_and_no_site(two: Path) -> None:
    assert is_whole(two / "donnees")
    assert [card.slug for card in published_sites(two)] == ["essai", "invente"]
    assert not list(two.parent.glob(f".{two.name}.*"))  # nothing half-made stays


def test_somebody_elses_folder_is_left_alone(output: Path, resources: Resources) -> None:
    add(output, "essai")
    (output / "donnees").mkdir()
    (output / "donnees" / "notes.txt").write_text("à moi")
    with pytest.raises(PublicationError, match="n’a pas écrits"):
        write(output, resources)
    assert [path.name for path in (output / "donnees").iterdir()] == ["notes.txt"]


def test_a_full_sheet_goes_on_on_another(
    output: Path, resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal_copies, "MOST_ROWS", 4)
    add(output, "essai")
    write(output, resources)
    book = openpyxl.load_workbook(output / "donnees/indicateurs.xlsx")
    sheets = book.sheetnames[1:]
    assert sheets[:2] == ["logement", "logement (2)"]
    assert sum(book[name].max_row - 1 for name in sheets) == len(rows(output))


def test_the_page_links_to_each_file_with_its_size_and_asks_for_nothing(two: Path) -> None:
    page = (two / "donnees/index.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"#]+)"', page)
    local = [link for link in links if not link.startswith("http")]
    sites = [link for link in local if "/donnees/index.html" in link]
    assert sites == ["../essai/donnees/index.html", "../invente/donnees/index.html"]
    assert "Accessibilité&nbsp;: non conforme" in page
    assert all((two / "donnees" / link).exists() for link in set(local) - set(sites))
    plain = re.sub("<[^>]+>|[\u00a0\u202f]", " ", page)
    assert "Logement" in plain  # as the sites call the theme
    for subject in ("Toutes les thématiques", "Logement"):
        for suffix in ("XLSX", "CSV", "JSON"):
            assert re.search(rf"{subject} \( {suffix}, \d+ Ko \)", plain)
    assert "Contenu fictif" in plain
    assert not re.search(r'<(?:script|link|img)[^>]+(?:src|href)="http', page)
    portal = (two / "index.html").read_text(encoding="utf-8")
    assert 'href="donnees/index.html"' in portal


def test_a_portal_without_sites_has_files_without_rows(output: Path, resources: Resources) -> None:
    claim_output(output)
    write(output, resources)
    assert rows(output) == []
    assert json.loads((output / "donnees/indicateurs.json").read_bytes()) == []


def test_a_process_that_dies_is_told(
    two: Path, resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise BrokenProcessPool

    monkeypatch.setattr(portal_data, "write_copies", die)
    monkeypatch.setattr(batch, "ProcessPoolExecutor", lambda *_, **__: ThreadPoolExecutor(2))
    add(two, "essai", measures=full_diagnostic().measures[:1])
    before = (two / "donnees/indicateurs.csv").read_bytes()
    with pytest.raises(PublicationError, match="--workers 1"):
        write_portal(two, resources, created=CREATED, workers=2)
    assert (two / "donnees/indicateurs.csv").read_bytes() == before
