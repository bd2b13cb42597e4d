"""The last gate: leaks planted in each kind of file are found, honest files pass."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
import xlsxwriter
from sample_site import ASSETS, CARD, PAGES, SPEC, figure

from ctgsite.errors import PublicationError
from ctgsite.pages.model import Asset, Page
from ctgsite.site.build import build_site
from ctgsite.site.disclosure import Secrets, check_disclosure
from ctgsite.site.model import BuiltSite
from ctgsite.site.resources import Resources
from ctgsite.site.transforms import Files, read_files
from ctgsite.site.withheld import Withheld

HEADER = ["indicateur", "code", "annee", "valeur", "numerateur", "denominateur", "statut"]
# 7 poor households among 58, which the producer keeps secret; 2013 is published.
POVERTY = Withheld(
    ("taux_pauvrete", "31541", "2018"),
    "« Taux de pauvreté », Seilh, 2018",
    (("taux de pauvreté", "seilh", "2018"),),
    "secret statistique",
    (7.0, 58.0),
)
SECRETS = Secrets((POVERTY,))


def page(body: str) -> Files:
    return {"index.html": f"<html><body>{body}</body></html>".encode()}


def table(rows: list[list[str]], caption: str = "") -> str:
    lines = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    return f"<table><caption>{caption}</caption>{lines}</table>"


def text_file(rows: list[list[str]]) -> bytes:
    return "\n".join(",".join(row) for row in rows).encode()


def workbook(rows: list[list[object]]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("Lisez-moi")
        sheet = book.add_worksheet("Données")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def objects(rows: list[list[str]]) -> bytes:
    return json.dumps([dict(zip(rows[0], row, strict=True)) for row in rows[1:]]).encode()


KEY = ["taux_pauvrete", "31541", "2018"]
FILES = {"csv": text_file, "xlsx": workbook, "json": objects}
ROWS = {
    "a value": [*KEY, "12.1", "", "", "secret"],
    "a numerator": [*KEY, "", "7", "", "secret"],
    "a denominator": [*KEY, "", "", "58", "secret"],
    "a zero for a gap": [*KEY, "0", "", "", "secret"],
    "a value under another status": [*KEY, "12.1", "", "", "publie"],
    "absent with a value": ["autre", "31541", "2018", "3", "", "", "absent"],
    "not additive with a value": ["autre", "31541", "2018", "3", "", "", "non_agregeable"],
}


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_a_row_of_a_download_that_fills_a_gap_is_found(kind: str, row: list[str]) -> None:
    content = FILES[kind]([HEADER, row])  # type: ignore[operator]
    (problem,) = check_disclosure({f"donnees/x.{kind}": content}, SECRETS)
    assert not problem.warning
    assert f"« donnees/x.{kind} »" in problem.message
    assert "12.1" not in problem.message


@pytest.mark.parametrize("kind", FILES)
def test_an_honest_download_passes(kind: str) -> None:
    rows = [
        HEADER,
        [*KEY, "", "", "", "secret"],
        ["taux_pauvrete", "31541", "2013", "12.1", "7", "58", "calcule"],
        ["taux_pauvrete", "31557", "2018", "12.1", "7", "58", "calcule"],
    ]
    content = FILES[kind](rows)  # type: ignore[operator]
    assert check_disclosure({f"donnees/x.{kind}": content}, SECRETS) == ()


def chart(**trace: object) -> str:
    rows = [("Seilh", "secret statistique"), ("France", "14,5 %")]
    found = figure("taux", "Taux de pauvreté", {"data": [trace], "layout": {"height": 240}}, rows)
    found = found.replace('data-nom="taux"', 'data-nom="Taux de pauvreté"')
    return found.replace(">Valeur<", ">Taux de pauvreté (2018)<")


SHOWN = {
    "a table by area": table([["Territoire", "Taux de pauvreté (2018)"], ["Seilh", "12,1 %"]]),
    "a table by indicator": table([["Indicateur", "Année", "Seilh"],
                                   ["Taux de pauvreté", "2018", "12,1 %"]]),
    "a table by year": table([["Territoire", "Année", "Valeur"], ["Seilh", "2018", "12,1"]],
                             "Taux de pauvreté"),
    "a zero": table([["Territoire", "Taux de pauvreté (2018)"], ["Seilh", "0 %"]]),
    "a bar": chart(type="bar", orientation="h", x=[12.1, 14.5], y=["Seilh", "France"]),
    "a hover text": chart(type="scatter", x=[1], y=[1], hovertext=["Seilh : 12,1 %"]),
    "a sentence with the numerator": "<p>À Seilh, 7 ménages sur 100 000.</p>",
    "an attribute": '<p title="Seilh : 58 ménages">Voir.</p>',
}  # fmt: skip


@pytest.mark.parametrize("body", SHOWN.values(), ids=SHOWN)
def test_a_page_that_gives_a_withheld_figure_is_found(body: str) -> None:
    (problem,) = check_disclosure(page(body), SECRETS)
    assert "« index.html »" in problem.message
    assert "« Taux de pauvreté », Seilh, 2018" in problem.message
    assert not re.search(r"\b(12|7|58)\b", problem.message)


HONEST = {
    "the gap told": table([["Territoire", "Taux de pauvreté (2018)"],
                           ["Seilh", "secret statistique"]]),
    "another year": table([["Territoire", "Taux de pauvreté (2013)"], ["Seilh", "12,1 %"]]),
    "another area": table([["Territoire", "Taux de pauvreté (2018)"], ["France", "12,1 %"]]),
    "another indicator": table([["Territoire", "Taux d’activité (2018)"], ["Seilh", "12,1 %"]]),
    "a gap in a chart": chart(type="bar", orientation="h", x=[None, 14.5], y=["Seilh", "France"]),
    "other numbers": "<p>À Seilh, 12 écoles en 2018.</p>",
}  # fmt: skip


@pytest.mark.parametrize("body", HONEST.values(), ids=HONEST)
def test_an_honest_page_passes(body: str) -> None:
    assert check_disclosure(page(body), SECRETS) == ()


def test_nothing_secret_shows_in_a_trace() -> None:
    assert "58" not in repr(POVERTY)


PLANTED = {
    "download": (PAGES, (Asset(PurePosixPath("donnees/fuite.csv"),
                               text_file([HEADER, ROWS["a numerator"]])),)),
    "page": ((*PAGES, Page(PurePosixPath("fuite/index.md"), "Fuite", f"# Fuite\n\n{SHOWN['a bar']}",
                           in_nav=False)), ()),
}  # fmt: skip


@pytest.mark.parametrize(("pages", "assets"), PLANTED.values(), ids=PLANTED)
def test_a_leak_blocks_the_site_and_leaves_the_old_one(
    resources: Resources, output: Path, pages: tuple[Page, ...], assets: tuple[Asset, ...]
) -> None:
    old = build_site(PAGES, ASSETS, SPEC, CARD, output, resources=resources, secrets=SECRETS)
    before = read_files(old.folder)
    card = replace(CARD, content_key="contenu-2")
    with pytest.raises(PublicationError) as caught:
        build_site(
            pages, (*ASSETS, *assets), SPEC, card, output, resources=resources, secrets=SECRETS
        )
    assert any("« Taux de pauvreté », Seilh, 2018" in str(p) for p in caught.value.problems)
    assert read_files(old.folder) == before


def test_the_gate_finds_nothing_in_the_sample_site(sample: BuiltSite) -> None:
    assert check_disclosure(read_files(sample.folder), SECRETS) == ()
