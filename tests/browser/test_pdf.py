"""The whole diagnostic as one PDF: opened, read and followed as its reader would."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from reading import ROOT, Visit

from ctgsite.site.booklet.build import Booklet, make_booklet
from ctgsite.site.booklet.model import Cover
from ctgsite.site.resources import find_resources

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

MENU = [
    {"Synthèse": "index.md"},
    {"Thématiques": [{"Population": "thematiques/population/index.md"}]},
    {"À propos": [{"Mentions légales": "mentions-legales/index.md"}]},
]
COVER = Cover(
    name="Val-Exemple",
    occasion="Convention territoriale globale 2025-2029",
    notice="Document de travail.",
    publisher="Communauté d’exemple",
    public_url="",
    sources="Données publiques : Insee.",
    day=date(2026, 3, 1),
)


def printed(site: Path, folder: Path) -> Booklet:
    """Print a copy of a site, in a thread: the tests' own browser occupies this one."""
    copy = copytree(site, folder / "copie")
    with ThreadPoolExecutor(1) as one:
        return one.submit(make_booklet, COVER, MENU, copy, find_resources(folder)).result()


def test_a_site_is_printed_whole_and_always_the_same(sample_output: Path, tmp_path: Path):
    made = [printed(sample_output / "val-exemple", tmp_path / str(turn)) for turn in range(2)]
    assert made[0].content == made[1].content
    assert made[0].problems == ()
    path = tmp_path / "document.pdf"
    path.write_bytes(made[0].content)
    reader = PdfReader(path)
    assert reader.pdf_header == "%PDF-1.7"
    assert (reader.metadata or {})["/Author"] == "Communauté d’exemple"
    assert [item.title for item in tops(reader)] == [
        "Val-Exemple", "Sommaire", "Synthèse", "Population",
    ]  # fmt: skip
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "18,2 %" in text  # drawn by the chart: its table is folded
    assert "Données du graphique" not in text
    assert "Filtrer" not in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_prints_with_its_names_its_number_and_its_charts(
    visit: Callable[..., Visit], sample_home: str, tmp_path: Path, scheme: str
):
    made = visit(sample_home, color_scheme=scheme, viewport={"width": 1280, "height": 900})
    opened = made.open("thematiques/population/index.html")
    made.draw_all()
    path = tmp_path / "page.pdf"
    path.write_bytes(opened.pdf(prefer_css_page_size=True))
    reader = PdfReader(path)
    assert reader.pages[0].mediabox.width == pytest.approx(595, abs=1)
    text = reader.pages[0].extract_text()
    for said in ("Val-Exemple", "Population", f"1\u2009/\u2009{len(reader.pages)}", made.home):
        assert said in text
    assert "Données du graphique" not in text
    assert opened.locator("body").get_attribute("data-md-color-scheme") == (
        "slate" if scheme == "dark" else "default"
    )


@pytest.fixture(scope="module")
def seilh(tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """The diagnostic of a commune, as the command prints it."""
    target = tmp_path_factory.mktemp("pdf") / "seilh.pdf"
    command = [Path(sys.executable).with_name("ctgsite"), "pdf", "seilh", "--output", target]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    assert "chapitres" in done.stdout
    return PdfReader(target)


def tops(reader: PdfReader) -> list[Any]:
    """Return the bookmarks that are not inside another."""
    return [item for item in reader.outline if not isinstance(item, list)]


def test_the_document_is_tagged_named_and_in_french(seilh: PdfReader):
    root = seilh.root_object
    assert root["/MarkInfo"]["/Marked"].value is True  # type: ignore[index]
    assert root["/Lang"] == "fr"
    assert "/StructTreeRoot" in root
    assert (seilh.metadata or {})["/Title"] == "Seilh – Diagnostic social partagé"


def test_every_chart_is_an_image_with_a_name(seilh: PdfReader):
    named = [str(part.get("/Alt", "")) for part in parts(seilh) if part.get("/S") == "/Figure"]
    assert "Graphique : Population" in named
    assert sum(name.startswith("Graphique : ") for name in named) > 10


def parts(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Yield the elements of a document's structure."""
    pending: list[Any] = [reader.root_object["/StructTreeRoot"]]
    while pending:
        part = pending.pop().get_object()
        if isinstance(part, DictionaryObject):
            yield part
            kids = part.get("/K", [])
            pending += kids if isinstance(kids, list) else [kids]


def test_bookmarks_are_the_chapters_in_the_order_of_the_menu_and_contents_tell_their_pages(
    seilh: PdfReader,
):
    titles = [item.title for item in tops(seilh)]
    assert titles[:4] == ["Seilh", "Sommaire", "Synthèse", "Population"]
    order = ["Population", "Familles et ménages", "Démarche", "Plan d’actions", "Méthode"]
    assert [title for title in titles if title in order] == order
    assert "Mentions légales" not in titles
    contents = [line for page in seilh.pages[1:3] for line in page.extract_text().splitlines()]
    for item in tops(seilh)[2:]:
        page = (seilh.get_destination_page_number(item) or 0) + 1
        assert any(item.title in line and line.rstrip().endswith(str(page)) for line in contents), (
            item.title
        )


def test_no_page_is_empty_and_known_figures_are_there(seilh: PdfReader):
    texts = [page.extract_text() for page in seilh.pages]
    assert len(texts) > 10
    assert [number for number, text in enumerate(texts, 1) if len(text) < 60] == []
    assert "3\u202f266" in "".join(texts)


def test_every_internal_link_goes_somewhere(seilh: PdfReader):
    known = set(seilh.named_destinations)
    followed = 0
    for page in seilh.pages:
        for annotation in page.get("/Annots") or ():
            link: DictionaryObject = annotation.get_object()
            target = link.get("/Dest")
            if isinstance(target, str):
                assert str(target) in known
                followed += 1
            elif action := link.get("/A"):
                assert str(action["/URI"]).startswith(("http", "mailto:")), action
    assert followed > 50


def test_text_keeps_its_size_from_one_page_to_the_next(seilh: PdfReader):
    """A table too wide for paper would make Chromium shrink the whole document."""
    sizes: set[float] = set()

    def note(text: str, _user: Any, matrix: list[float], _font: Any, size: float) -> None:
        if text.strip() in ("Sommaire", "Population", "Plan d’actions"):
            sizes.add(round(abs(matrix[3]) * size, 1))

    for item in tops(seilh)[1:]:
        number = seilh.get_destination_page_number(item)
        if item.title in ("Sommaire", "Population", "Plan d’actions") and number is not None:
            seilh.pages[number].extract_text(visitor_text=note)
    assert max(sizes) > 20, sizes
