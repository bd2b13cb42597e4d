"""A site from pages to published folder."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from sample_site import ASSETS, CARD, PAGES, SLUG, SPEC

from ctgsite.errors import PublicationError
from ctgsite.pages.model import Page
from ctgsite.site import engine
from ctgsite.site.build import build_site
from ctgsite.site.model import BuiltSite, Engine
from ctgsite.site.resources import Resources
from ctgsite.site.transforms import read_files


def test_every_page_is_an_index_and_every_link_leads_somewhere(sample: BuiltSite):
    assert sample.problems == ()
    assert sample.pages == len(PAGES)
    for page in PAGES:
        assert (sample.folder / page.path).with_suffix(".html").is_file()


def test_the_same_pages_give_the_same_bytes(sample: BuiltSite, resources: Resources, output: Path):
    again = build_site(PAGES, ASSETS, SPEC, CARD, output, resources=resources)
    assert read_files(again.folder) == read_files(sample.folder)


def test_the_menu_is_the_same_size_however_many_communes_there_are(
    sample: BuiltSite, resources: Resources, output: Path
):
    communes = tuple(
        Page(PurePosixPath(f"communes/{code}/index.md"), f"Commune {code}", "x", in_nav=False)
        for code in range(10_000, 10_040)
    )
    built = build_site((*PAGES, *communes), ASSETS, SPEC, CARD, output, resources=resources)
    home = "mentions-legales/index.html"
    assert (built.folder / home).read_bytes() == (sample.folder / home).read_bytes()


def test_pages_are_in_french_and_say_whose_they_are(sample: BuiltSite):
    page = (sample.folder / "index.html").read_text(encoding="utf-8")
    assert '<html lang="fr"' in page
    assert SPEC.banner in page
    assert SPEC.footer_note in page
    assert 'href="mentions-legales/index.html"' in page


def test_nothing_names_another_host_without_a_public_address(sample: BuiltSite):
    page = (sample.folder / "index.html").read_text(encoding="utf-8")
    assert not re.findall(r'(?:src|href)="(?:https?:)?//[^"]*"', page)
    assert "canonical" not in page
    assert "og:" not in page


def test_a_public_address_brings_canonical_addresses_and_open_graph(
    resources: Resources, output: Path
):
    spec = replace(SPEC, public_url="https://exemple.fr/ctg/val-exemple")
    built = build_site(PAGES, ASSETS, spec, CARD, output, resources=resources)
    page = (built.folder / "thematiques/population/index.html").read_text(encoding="utf-8")
    address = "https://exemple.fr/ctg/val-exemple/thematiques/population/index.html"
    assert f'<link rel="canonical" href="{address}">' in page
    assert f'<meta property="og:url" content="{address}">' in page
    assert (built.folder / "sitemap.xml").is_file()


def test_a_failed_build_leaves_the_former_site_and_no_litter(resources: Resources, output: Path):
    built = build_site(PAGES, ASSETS, SPEC, CARD, output, resources=resources)
    before = read_files(built.folder)
    guilty = replace(PAGES[0], markdown="![x](https://tiers.example/image.png)")
    with pytest.raises(PublicationError, match=r"tiers\.example"):
        build_site((guilty, *PAGES[1:]), ASSETS, SPEC, CARD, output, resources=resources)
    assert read_files(built.folder) == before
    assert sorted(path.name for path in output.parent.iterdir()) == [output.name]
    assert sorted(path.name for path in output.iterdir()) == [".ctgsite.json", SLUG]


def test_a_broken_link_is_told_with_the_page_and_published_all_the_same(
    resources: Resources, output: Path
):
    page = replace(PAGES[0], markdown="# Ici\n\n[Ailleurs](rien/index.md)\n")
    built = build_site((page, *PAGES[1:]), ASSETS, SPEC, CARD, output, resources=resources)
    assert [problem.warning for problem in built.problems] == [True]
    assert "rien/index" in built.problems[0].message


def test_the_markdown_project_can_be_kept(resources: Resources, output: Path, tmp_path: Path):
    kept = tmp_path / "garde"
    build_site(PAGES, ASSETS, SPEC, CARD, output, resources=resources, keep_docs=kept)
    assert (kept / SLUG / "mkdocs.yml").is_file()
    assert (kept / SLUG / "docs" / "index.md").is_file()


def test_an_engine_that_is_not_installed_is_said_in_french(
    resources: Resources, output: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(engine, "_find_program", lambda _: None)
    with pytest.raises(PublicationError, match=r"zensical.*n’est pas installé"):
        build_site(PAGES, ASSETS, SPEC, CARD, output, resources=resources, engine=Engine.ZENSICAL)
    assert not (output / SLUG).exists()
