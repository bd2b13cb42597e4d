"""The downloads page: one link a file, each told apart by what is said of it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from testville import answered

from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.downloads import render_downloads
from ctgsite.pages.render import render_pages
from ctgsite.pages.shelf import size_in_words

CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def page(diagnostic: Diagnostic, templates: Path, *, sized: bool = True) -> str:
    downloads = render_downloads(diagnostic, CREATED) if sized else ()
    found = {str(p.path): p.markdown for p in render_pages(diagnostic, templates, downloads)}
    return re.sub("[\u00a0\u202f]", " ", found["donnees/index.md"])


def links(markdown: str) -> dict[str, str]:
    """Return what a screen reader says of each file, by its address."""
    found = re.findall(r'<a href="([^"]+)" download="[^"]+">(.*?)</a>', markdown)
    return {address: re.sub("<[^>]+>", "", text) for address, text in found}


def test_every_file_has_one_link_that_says_what_it_is_and_how_heavy(
    diagnostic: Diagnostic, templates: Path
) -> None:
    asked = replace(diagnostic, surveys=(answered("logement", 2),))
    said = links(page(asked, templates))
    files = {str(a.path.relative_to("donnees")) for a in render_downloads(asked, CREATED)}
    assert said.keys() == files
    assert len(set(said.values())) == len(said)
    assert re.fullmatch(r"Logement, tableur \(XLSX, \d+ Ko\)", said["thematiques/logement.xlsx"])
    assert re.fullmatch(
        r"Vos attentes, texte \(CSV, 1 Ko\)", said["questionnaires/avis-resultats.csv"]
    )


def test_a_saved_copy_bears_the_name_of_the_territory(
    diagnostic: Diagnostic, templates: Path
) -> None:
    names = re.findall(r'download="([^"]+)"', page(diagnostic, templates))
    assert all(name.startswith("pays-d-essai-") for name in names)


def test_without_the_files_their_sizes_are_left_out(
    diagnostic: Diagnostic, templates: Path
) -> None:
    said = links(page(diagnostic, templates, sized=False))
    assert said["thematiques/logement.xlsx"] == "Logement, tableur (XLSX)"
    assert said.keys() == links(page(diagnostic, templates)).keys()


def test_the_page_gives_a_sentence_to_cite_the_figures(
    diagnostic: Diagnostic, templates: Path
) -> None:
    territory = diagnostic.territory.model_copy(update={"public_url": "https://exemple.fr/pays/"})
    text = page(replace(diagnostic, territory=territory), templates)
    assert (
        "Données : Insee (Licence Ouverte 2.0) ; mise en forme : diagnostic de territoire "
        "« Pays d’Essai », https://exemple.fr/pays/." in text
    )


@pytest.mark.parametrize(
    ("size", "words"),
    [(None, ""), (12, "1 Ko"), (34_200, "34 Ko"), (1_240_000, "1,2 Mo"), (25_300_000, "25 Mo")],
)
def test_sizes_are_told_as_french_readers_know_them(size: int | None, words: str) -> None:
    assert size_in_words(size).replace("\u00a0", " ") == words
