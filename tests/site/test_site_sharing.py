"""What other sites and search engines are told of a page."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from PIL import Image
from sample_site import ASSETS, CARD, PAGES, SPEC

from ctgsite.site.build import build_site
from ctgsite.site.model import BuiltSite
from ctgsite.site.resources import Resources
from ctgsite.site.shared_picture import SIZE, shared_picture

ADDRESS = "https://exemple.fr/ctg/val-exemple"
TOLD = 'Une part de 18,2 %, & « plus » qu’ailleurs. <script>alert("1")</script>'
ABOUT = ("13 480\u00a0habitants", "en 2018 (Insee)")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, resources: Resources) -> Path:
    """The sample site under a public address, one of its pages with a description of its own."""
    spec = replace(SPEC, public_url=ADDRESS, key_figure=ABOUT)
    pages = (PAGES[0], replace(PAGES[1], description=TOLD), *PAGES[2:])
    output = tmp_path_factory.mktemp("partage") / "site"
    return build_site(pages, ASSETS, spec, CARD, output, resources=resources).folder


def metadata(page: str) -> dict[str, str]:
    """Return a page's `meta` elements by their name."""
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page)
    return {name: unescape(content) for name, content in found}


def test_a_shared_page_says_its_title_its_words_and_its_site(shared: Path):
    page = (shared / "thematiques/population/index.html").read_text(encoding="utf-8")
    told = metadata(page)
    assert told["og:title"] == "Population – Val-Exemple"
    assert told["og:description"] == told["description"] == TOLD
    assert told["og:type"] == "article"
    assert told["og:locale"] == "fr_FR"
    assert told["og:url"] == f"{ADDRESS}/thematiques/population/index.html"
    assert "<script>alert" not in page
    assert not any(name.startswith("twitter") for name in told)


def test_a_page_without_a_description_says_what_the_site_says(shared: Path):
    told = metadata((shared / "index.html").read_text(encoding="utf-8"))
    assert told["og:description"] == told["description"] == SPEC.description
    assert told["og:title"] == "Val-Exemple"
    assert told["og:type"] == "website"


def test_the_picture_of_a_shared_page_is_the_site_s_own(shared: Path):
    told = metadata((shared / "communes/99001/index.html").read_text(encoding="utf-8"))
    assert told["og:image"].startswith(f"{ADDRESS}/assets/partage.")
    with Image.open(shared / told["og:image"].removeprefix(f"{ADDRESS}/")) as picture:
        assert picture.size == SIZE == (1200, 630)
        assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")


def test_a_site_without_a_public_address_has_no_picture_to_share(sample: BuiltSite):
    assert not list(sample.folder.glob("assets/partage*"))


@pytest.mark.parametrize("indexed", [True, False])
def test_only_an_illustration_asks_search_engines_to_pass(
    resources: Resources, output: Path, indexed: bool
):
    spec = replace(SPEC, public_url=ADDRESS, indexed=indexed)
    built = build_site(PAGES, ASSETS, spec, CARD, output, resources=resources)
    page = (built.folder / "index.html").read_text(encoding="utf-8")
    assert ('<meta name="robots" content="noindex">' in page) is not indexed
    assert (built.folder / "sitemap.xml").exists()  # the contract of a public address


@pytest.mark.parametrize(
    "name", ["Y", "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson", "Communauté de communes " * 6]
)
def test_the_picture_holds_any_name_within_its_edges(resources: Resources, name: str):
    content = shared_picture(replace(SPEC, name=name.strip(), key_figure=ABOUT), resources)
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    edges = (picture.crop((1160, 0, 1200, 630)), picture.crop((30, 590, 1200, 630)))
    assert all(edge.getcolors() == [(edge.width * edge.height, (255, 255, 255))] for edge in edges)


def test_the_same_site_has_the_same_picture(resources: Resources):
    assert shared_picture(SPEC, resources) == shared_picture(SPEC, resources)
    assert shared_picture(SPEC, resources) != shared_picture(replace(SPEC, name="A"), resources)
