"""The Markdown project that engines read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
import yaml
from sample_site import ASSETS, PAGES, SPEC

from ctgsite.errors import PublicationError
from ctgsite.pages.model import Page
from ctgsite.site.docs import check_paths, navigation, write_project
from ctgsite.site.fingerprint import fingerprinted
from ctgsite.site.model import Mark
from ctgsite.site.resources import Resources, find_resources


def test_the_menu_groups_sections_and_leaves_out_the_pages_reached_from_an_index():
    assert navigation(PAGES) == [
        {"Synthèse": "index.md"},
        {"Thématiques": [{"Population": "thematiques/population/index.md"}]},
        {"À propos": [{"Mentions légales": "mentions-legales/index.md"}]},
    ]


def test_pages_of_one_section_stay_together_even_when_they_come_apart():
    pages = tuple(
        Page(PurePosixPath(f"{name}/index.md"), name, "", section=section)
        for name, section in (("a", "Un"), ("b", "Deux"), ("c", "Un"))
    )
    assert navigation(pages) == [
        {"Un": [{"a": "a/index.md"}, {"c": "c/index.md"}]},
        {"Deux": [{"b": "b/index.md"}]},
    ]


@pytest.mark.parametrize(
    "path", ["../index.md", "a/../../index.md", "/etc/passwd", "a\\..\\b.md", "C:/a.md", "."]
)
def test_a_path_that_leaves_the_site_is_refused(path: str):
    with pytest.raises(PublicationError, match="sort du site"):
        check_paths([PurePosixPath(path)])


def test_two_files_that_one_disk_cannot_tell_apart_are_refused_with_all_the_others():
    paths = [PurePosixPath(text) for text in ("A/index.md", "a/index.md", "../b", "../c")]
    with pytest.raises(PublicationError) as raised:
        check_paths(paths)
    assert len(raised.value.problems) == 3


def test_a_fingerprint_changes_with_the_content_and_keeps_the_kind_of_file():
    first, second = fingerprinted("a.min.js", b"1"), fingerprinted("a.min.js", b"2")
    assert first != second
    assert first.startswith("a.") and first.endswith(".min.js")


def test_what_is_written_is_an_ordinary_project(tmp_path: Path, resources: Resources):
    project = write_project(PAGES, ASSETS, SPEC, resources, tmp_path)
    config = yaml.safe_load(project.config.read_text(encoding="utf-8"))
    assert config["INHERIT"] == str(resources.mkdocs_yml)
    assert "plugins" not in config
    assert (project.docs / "index.md").read_text(encoding="utf-8").startswith("---\ntitle: Synth")
    assert (project.docs / "donnees" / "indicateurs.csv").read_bytes() == ASSETS[0].content
    for style in config["extra_css"]:
        assert (project.docs / style).is_file()


def test_a_workspace_s_own_files_win_over_the_packaged_ones(tmp_path: Path):
    (tmp_path / "mkdocs.yml").write_text("site_name: mien\n")
    own = tmp_path / "docs_templates" / "styles" / "20-accueil.css"
    own.parent.mkdir(parents=True)
    own.write_text("/* le mien */")
    resources = find_resources(tmp_path)
    assert resources.mkdocs_yml == tmp_path / "mkdocs.yml"
    assert resources.files("styles")["20-accueil.css"] == own
    assert "00-jetons.css" in resources.files("styles")


def test_a_menu_of_one_page_and_the_columns_of_a_wide_page_are_hidden(
    tmp_path: Path, resources: Resources
):
    home = replace(PAGES[0], wide=True)
    project = write_project((home, *PAGES[1:]), ASSETS, SPEC, resources, tmp_path)

    def hidden(page: Page) -> list[str]:
        text = (project.docs / page.path).read_text(encoding="utf-8")
        hide: list[str] = yaml.safe_load(text.split("---")[1]).get("hide", [])
        return hide

    theme, commune = PAGES[1], PAGES[2]
    assert hidden(home) == ["navigation", "toc"]
    assert hidden(theme) == []
    assert hidden(commune) == ["navigation"]  # it is in no menu


def test_the_header_has_the_logo_of_the_site_or_else_its_shape(
    tmp_path: Path, resources: Resources
):
    spec = replace(SPEC, logo="images/logo.svg", mark=Mark(30, 48, "M0,0l9,0,0,9z"))
    project = write_project(PAGES, ASSETS, spec, resources, tmp_path)
    told = yaml.safe_load(project.config.read_text(encoding="utf-8"))["extra"]["ctgsite"]
    assert told["logo"] == "images/logo.svg"
    assert told["mark"] == {"box": "0 0 30 48", "path": "M0,0l9,0,0,9z"}
