"""What a site records of itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sample_site import CARD, SLUG

from ctgsite.site.manifest import is_ours, is_whole, note_inputs, read_card, unchanged
from ctgsite.site.model import BuiltSite


@pytest.fixture
def copied(sample: BuiltSite, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample.folder, tmp_path / SLUG))


def test_a_site_says_of_itself_what_it_was_told(sample: BuiltSite):
    assert read_card(sample.folder) == CARD


def test_a_site_is_whole_until_a_file_changes(copied: Path):
    assert is_whole(copied)
    page = copied / "index.html"
    page.write_bytes(page.read_bytes().replace(b"13 480", b"99 999"))
    assert not is_whole(copied)


def test_a_missing_file_or_one_too_many_is_not_whole(copied: Path):
    (copied / "note.txt").write_text("x")
    assert not is_whole(copied)
    (copied / "note.txt").unlink()
    (copied / "donnees" / "indicateurs.csv").unlink()
    assert not is_whole(copied)


def test_either_key_says_that_nothing_changed(copied: Path):
    assert unchanged(copied.parent, SLUG, "entrees-1")
    assert unchanged(copied.parent, SLUG, "contenu-1")
    assert not unchanged(copied.parent, SLUG, "entrees-2")
    assert not unchanged(copied.parent, "ailleurs", "entrees-1")


def test_other_inputs_with_the_same_content_are_noted(copied: Path):
    note_inputs(copied.parent, SLUG, "entrees-2")
    assert unchanged(copied.parent, SLUG, "entrees-2")
    assert unchanged(copied.parent, SLUG, "contenu-1")


def test_a_damaged_record_is_ours_but_no_site(copied: Path):
    (copied / "site.json").write_text("{")
    assert read_card(copied) is None
    assert is_ours(copied)
    (copied / "site.json").write_text('{"programme": "autre"}')
    assert not is_ours(copied)
