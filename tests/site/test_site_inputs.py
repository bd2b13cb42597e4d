"""What a site depends on besides its figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgsite.site.inputs import made_with
from ctgsite.site.model import Engine
from ctgsite.site.resources import find_resources


@pytest.mark.parametrize("name", ["styles/20-a.css", "scripts/20-a.js", "overrides/main.html"])
def test_a_change_of_the_theme_builds_sites_again(tmp_path: Path, name: str):
    file = tmp_path / "docs_templates" / name
    file.parent.mkdir(parents=True)
    file.write_text("avant")
    before = made_with(find_resources(tmp_path), Engine.MKDOCS)
    assert made_with(find_resources(tmp_path), Engine.MKDOCS) == before
    file.write_text("apres")
    assert made_with(find_resources(tmp_path), Engine.MKDOCS) != before
