"""Texts written beside a territory open their pages; images are credited."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ctgsite.config.permissions import Image
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.pages.render import render_pages


def page_of(diagnostic: Diagnostic, templates: Path, path: str, **changes: object) -> str:
    """Return one page of a territory of which something has been changed."""
    territory = diagnostic.territory.model_copy(update=changes)
    pages = render_pages(replace(diagnostic, territory=territory), templates)
    return next(page.markdown for page in pages if str(page.path) == path)


@pytest.mark.parametrize("name", ["priorites", "actions"])
def test_a_text_opens_its_page(diagnostic: Diagnostic, templates: Path, name: str) -> None:
    texts = {name: "# Ici\n\nNous avons *choisi*."}
    page = page_of(diagnostic, templates, f"{name}/index.md", texts=texts)
    title, opening = page.split("\n\n")[:2]
    assert title.startswith("# ")
    assert "Ici" in opening
    assert "Nous avons *choisi*." in page
    assert "Nous avons" not in page_of(diagnostic, templates, f"{name}/index.md")


def test_a_themes_text_stands_on_its_page(diagnostic: Diagnostic, templates: Path) -> None:
    texts = {"thematiques/logement": "Des maisons à rénover."}
    page = page_of(diagnostic, templates, "thematiques/logement/index.md", texts=texts)
    assert "Des maisons à rénover." in page


def test_images_are_credited_with_what_allows_them(diagnostic: Diagnostic, templates: Path) -> None:
    place = Image(
        file="images/a.png", alt="La place", credit="Une agence", permission="Licence 2.0"
    )
    page = page_of(diagnostic, templates, "mentions-legales/index.md", images=(place,))
    assert "- La place. Crédit : Une agence. Autorisation : Licence 2.0." in page.replace(
        "\u00a0", " "
    )
    assert "Crédit" not in page_of(diagnostic, templates, "mentions-legales/index.md")
