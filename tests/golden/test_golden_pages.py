"""Pages of two reference territories as they are published: a change of wording or figure shows."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from frictionless import Package

from ctgsite import knowledge
from ctgsite.beside import read_material
from ctgsite.config.loader import load_territories
from ctgsite.diagnostic.build import build_diagnostic
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.geography.areas import Level
from ctgsite.pages.downloads import render_downloads
from ctgsite.pages.model import Page
from ctgsite.pages.render import render_pages
from ctgsite.sources.embedded import embedded_manifest

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "pages"
SLUGS = sorted(path.stem for path in (ROOT / "territories").glob("*.yml"))
CHOSEN = {
    "seilh": ("index.md", "thematiques/logement/index.md", "thematiques/petite-enfance/index.md"),
    "ried-de-marckolsheim": (
        "index.md",
        "thematiques/emploi-revenus/index.md",
        "communes/67281/index.md",
    ),
}
# What an entry says of one site or of the documentation only, and the theme after it.
OF_THE_SITE = re.compile(r"- \*\*(Sources?|Années sur ce site|Graphique)\*\*|Identifiant|### ")
PAIRS = [(slug, path) for slug, paths in CHOSEN.items() for path in paths]


@cache
def diagnosed(slug: str) -> Diagnostic:
    """Return the diagnostic of one territory."""
    (territory,), problems = load_territories(ROOT, (slug,), knowledge.known(None))
    assert problems == ()
    material = read_material(ROOT, territory, None)
    return build_diagnostic(territory, knowledge.evidence(None), material)


@cache
def pages(slug: str) -> dict[str, Page]:
    """Return the pages of one territory, by path."""
    rendered = render_pages(diagnosed(slug), ROOT / "docs_templates")
    return {str(page.path): page for page in rendered}


@pytest.mark.parametrize(("slug", "path"), PAIRS)
def test_a_published_page_reads_as_its_golden_file(slug: str, path: str) -> None:
    markdown = pages(slug)[path].markdown
    golden = GOLDEN / slug / path
    if os.environ.get("CTGSITE_GOLDEN") == "ecrire":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(markdown, encoding="utf-8")
    assert markdown == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("slug", SLUGS)
def test_each_territory_has_at_least_eight_themes_and_six_to_ten_highlights(slug: str) -> None:
    found = pages(slug)
    assert sum(path.startswith("thematiques/") for path in found) >= 8
    _, _, after = found["index.md"].markdown.partition('<ul class="ctg-saillants"')
    highlights, _, _ = after.partition("</ul>")
    # Of a groupe, no rate that is published without its counts is known.
    fewest = 5 if diagnosed(slug).area.level is Level.TERRITOIRE else 6
    assert fewest <= highlights.count("<li") <= 10


@pytest.mark.parametrize("slug", SLUGS)
def test_the_downloads_of_each_site_are_a_valid_data_package(slug: str, tmp_path: Path) -> None:
    for asset in render_downloads(diagnosed(slug), datetime(2026, 1, 1, tzinfo=UTC)):
        target = tmp_path / asset.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(asset.content)
    package = Package(str(tmp_path / "donnees" / "datapackage.json"))
    for name in package.resource_names:  # their sum is the whole file, the longest to read
        if name.startswith("thematiques."):
            assert Path(tmp_path / "donnees" / package.get_resource(name).path).is_file()
            package.remove_resource(name)
    report = package.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_every_indicator_of_the_catalogue_stands_on_a_page() -> None:
    methods = "".join(pages(slug)["methode/index.md"].markdown for slug in SLUGS)
    absent = [
        name for name in knowledge.catalogue().indicators if f"{{#methode-{name}}}" not in methods
    ]
    assert absent == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_site_tells_of_its_indicators_what_the_documentation_tells(slug: str) -> None:
    """Only the sources, the years and the links are the site's own."""
    documentation = told((ROOT / "docs" / "indicateurs.md").read_text(encoding="utf-8"))
    markdown = pages(slug)["methode/index.md"].markdown
    on_site = told(markdown)
    assert on_site
    assert markdown.count("\n- **Source") == markdown.count("\n- **Graphique") == len(on_site)
    for name, lines in on_site.items():
        assert lines == documentation[name], name


def told(markdown: str) -> dict[str, list[str]]:
    """Return the lines of each entry that do not depend on the site, by the indicator's id."""
    found: dict[str, list[str]] = {}
    _, _, entries = markdown.partition("## Les indicateurs\n")
    entries = re.sub(r'<a id="(methode-\w+)"></a>\n\n(#### .*)', r"\2 {#\1}", entries)
    for entry in re.split(r"^#### ", entries, flags=re.MULTILINE)[1:]:
        name = re.search(r"\{#methode-(\w+)\}", entry)[1]
        lines = [line for line in entry.splitlines()[1:] if not OF_THE_SITE.match(line)]
        found[name] = [line for line in lines if line]
    return found


def test_every_indicator_has_a_figure_somewhere() -> None:
    """But those that only datasets which the snapshot lacks can serve."""
    figures = knowledge.evidence(None).figures
    embedded = {source["jeu"] for source in embedded_manifest()["sources"]}
    served = {
        name
        for name, found in knowledge.catalogue().indicators.items()
        if any(one.dataset in embedded for written in found.formulas for one in written.reading)
    }
    assert {name for name in knowledge.catalogue().indicators if figures.levels(name)} == served
