"""A booklet before it is printed: the pages it holds, and how one document binds them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path, PurePosixPath

import pytest

from ctgsite.errors import PublicationError
from ctgsite.site.booklet.binding import bind
from ctgsite.site.booklet.chapters import member_pages, read_chapters
from ctgsite.site.booklet.contour import draw_contour
from ctgsite.site.booklet.document import write_document
from ctgsite.site.booklet.model import Chapter, Cover, Partner
from ctgsite.site.model import BuiltSite
from ctgsite.site.resources import Resources

MENU = [
    {"Synthèse": "index.md"},
    {"Thématiques": [{"Population": "thematiques/population/index.md"}]},
    {"Plan d’actions": "actions/index.md"},
    {"Données": "donnees/index.md"},
    {"Mentions légales": "mentions-legales/index.md"},
]
COVER = Cover(
    name='Val "Exemple"',
    occasion="Convention territoriale globale 2025-2029",
    notice="Document de travail.",
    publisher="Communauté d’exemple",
    public_url="",
    sources="Données publiques : Insee.",
    day=date(2026, 3, 1),
    partners=(Partner("Caf d’exemple", logo="images/caf.svg"), Partner("Commune d’exemple")),
)


def page(site: Path, path: str, html: str) -> None:
    file = site / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'<main><article class="md-content__inner md-typeset">{html}</article></main>')


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A finished site, reduced to its articles."""
    page(tmp_path, "index.html", '<h1 id="ici">Ici</h1><a href="brief/index.html">Brief</a>')
    page(tmp_path, "brief/index.html", "<h1>Brief</h1>")
    page(tmp_path, "thematiques/population/index.html", "<h1>Population</h1>")
    page(
        tmp_path,
        "actions/index.html",
        '<h1>Plan</h1><a href="livret/index.html">Livret</a><a href="velo/index.html">Vélo</a>'
        '<a href="bus/index.html#quand">Bus</a><a href="velo/index.html">encore</a>'
        '<a href="disparue/index.html">Disparue</a>',
    )
    page(tmp_path, "actions/livret/index.html", "<h1>Livret</h1>")
    page(tmp_path, "actions/bus/index.html", "<h1>Le bus &amp; ses droits</h1>")
    page(
        tmp_path,
        "actions/velo/index.html",
        '<h1>Le vélo<a class="headerlink" href="#x">#</a></h1><form><b>Filtrer</b></form>',
    )
    page(tmp_path, "donnees/index.html", "<h1>Données</h1>")
    page(tmp_path, "mentions-legales/index.html", "<h1>Mentions</h1>")
    page(tmp_path, "communes/99001/index.html", "<h1>Bourg</h1>")
    return tmp_path


def chapter(path: str, html: str, depth: int = 1) -> Chapter:
    return Chapter(PurePosixPath(path), "Titre", html, depth=depth)


def test_chapters_follow_the_menu_and_each_page_is_followed_by_those_it_leads_to(site: Path):
    found = [(one.key, one.title, one.section, one.depth) for one in read_chapters(MENU, site)]
    assert found == [
        ("accueil", "Synthèse", "", 1),
        ("thematiques-population", "Population", "Thématiques", 1),
        ("actions", "Plan d’actions", "", 1),
        ("actions-velo", "Le vélo", "", 2),
        ("actions-bus", "Le bus & ses droits", "", 2),
    ]


def test_member_communes_are_counted_and_left_out(site: Path):
    assert member_pages(site) == 1


def test_what_only_a_screen_can_use_is_not_printed(site: Path):
    velo = next(one for one in read_chapters(MENU, site) if one.key == "actions-velo")
    assert velo.html == "<h1>Le vélo</h1>"


def test_a_page_without_an_article_is_told(site: Path):
    (site / "actions/index.html").write_text("<main>autre chose</main>")
    with pytest.raises(PublicationError, match=r"actions/index\.html"):
        read_chapters(MENU, site)


def test_names_become_those_of_the_document_and_links_follow_them():
    first = chapter(
        "a/index.html", '<h2 id="x">X</h2><a href="#x">ici</a><b aria-labelledby="x y">'
    )
    second = chapter("b/c/index.html", '<i id="x"></i><a href="../../a/index.html#x">là</a>')
    bound = bind((first, second))
    assert bound[0].html == (
        '<h2 id="a--x">X</h2><a href="#a--x">ici</a><b aria-labelledby="a--x a--y">'
    )
    assert bound[1].html == '<i id="b-c--x"></i><a href="#a--x" data-renvoi>là</a>'


@pytest.mark.parametrize(
    ("public_url", "expected"),
    [
        ("", "<a>Bourg</a>"),
        (
            "https://exemple.fr/ctg/",
            '<a href="https://exemple.fr/ctg/communes/99001/index.html#n">Bourg</a>',
        ),
    ],
)
def test_a_link_to_a_page_left_out_goes_online_or_nowhere(public_url: str, expected: str):
    only = chapter("communes/index.html", '<a href="99001/index.html#n">Bourg</a>')
    assert bind((only,), public_url)[0].html == expected


def test_addresses_outside_are_numbered_once_each():
    text = (
        '<a href="https://a.fr/?x=1&amp;y=2">A</a> <a href="https://b.fr">B</a> '
        '<a href="https://a.fr/?x=1&amp;y=2">A</a> <a href="mailto:x@y.fr">X</a>'
    )
    (bound,) = bind((chapter("a/index.html", text),))
    assert bound.notes == ("https://a.fr/?x=1&y=2", "https://b.fr")
    assert re.findall(r'<sup class="doc-appel">(\d)</sup>', bound.html) == ["1", "2", "1"]
    assert 'href="https://a.fr/?x=1&amp;y=2"' in bound.html
    assert 'href="mailto:x@y.fr"' in bound.html


def test_images_are_found_from_the_root_and_data_are_left_alone():
    data = '<script type="application/json">{"t":"<a href=\\"#x\\" id=\\"x\\">"}</script>'
    html = f'<img src="../images/a%20b.png" alt="id=&quot;x&quot;">{data} "id="'
    (bound,) = bind((chapter("demarche/index.html", html),))
    assert bound.html == html.replace("../images", "images")


def test_a_page_under_another_has_its_headings_one_level_lower():
    (bound,) = bind((chapter("a/b/index.html", "<h1>A</h1><h6>B</h6>", depth=2),))
    assert bound.html == "<h2>A</h2><h6>B</h6>"


def test_a_contour_keeps_its_proportions_whatever_its_latitude():
    square = ((2.0, 60.0), (4.0, 60.0), (4.0, 61.0), (2.0, 61.0))  # a degree is half as wide there
    contour = draw_contour((square,))
    assert contour is not None
    assert (contour.width, contour.height) == (pytest.approx(985, abs=2), 1000)
    assert contour.path.startswith("M0,1000L")
    assert draw_contour(()) is None


def test_the_document_has_a_cover_contents_and_unique_names(
    site: Path, sample: BuiltSite, resources: Resources
):
    (site / "index.html").write_bytes((sample.folder / "index.html").read_bytes())
    chapters = bind(read_chapters(MENU, site))
    text = write_document(COVER, chapters, 267, site, resources).read_text()
    assert "1er mars 2026" in text
    assert '<img src="images/caf.svg" alt="">' in text
    assert "Les pages des 267 communes membres ne sont pas reprises" in text
    assert '--ctg-papier-site: "Val \\"Exemple\\""' in text
    names = re.findall(r'\sid="([^"]+)"', text)
    assert len(names) == len(set(names))
    assert {f'href="#{one.key}"' for one in chapters} <= set(re.findall(r'href="#[^"]+"', text))
    assert 'id="ctgsite-script"' in text
