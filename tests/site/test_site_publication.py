"""Where sites may be written, and the swap."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_site import CARD

from ctgsite.errors import PublicationError
from ctgsite.site import publication
from ctgsite.site.manifest import write_manifest
from ctgsite.site.publication import check_target, claim_output, publish, working_folder


def site(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(text)
    write_manifest(folder, CARD)
    return folder


def test_an_absent_folder_is_made_and_an_empty_one_accepted(tmp_path: Path):
    claim_output(tmp_path / "a" / "b")
    (tmp_path / "vide").mkdir()
    claim_output(tmp_path / "vide")
    claim_output(tmp_path / "vide")


def test_a_folder_with_somebody_else_s_files_is_refused_and_left_alone(tmp_path: Path):
    (tmp_path / "photo.jpg").write_bytes(b"x")
    with pytest.raises(PublicationError, match="n’a pas écrits"):
        claim_output(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]


def test_a_file_in_place_of_the_folder_is_said_in_french(tmp_path: Path):
    (tmp_path / "site").write_text("")
    with pytest.raises(PublicationError, match="impossible d’écrire"):
        claim_output(tmp_path / "site")


def test_no_right_to_write_is_said_in_french(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*args: object, **options: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path / "site"))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(PublicationError, match="pas le droit d’écrire"):
        claim_output(tmp_path / "site")


@pytest.mark.parametrize("name", ["..", "Seilh", "a b", "a--b", "assets.d", "é"])
def test_a_name_that_is_no_slug_is_refused(tmp_path: Path, name: str):
    with pytest.raises(PublicationError, match="nommer un site"):
        check_target(tmp_path / name)


def test_a_site_s_folder_with_somebody_else_s_files_is_refused(tmp_path: Path):
    (tmp_path / "seilh").mkdir()
    (tmp_path / "seilh" / "notes.txt").write_text("à moi")
    with pytest.raises(PublicationError, match="n’a pas écrits"):
        check_target(tmp_path / "seilh")


@pytest.mark.parametrize("exchanges", [True, False])
def test_the_new_site_takes_the_place_of_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchanges: bool
):
    if not exchanges:
        monkeypatch.setattr(publication, "_exchange", lambda *_: False)
    target = site(tmp_path / "site" / "seilh", "ancien")
    built = site(tmp_path / "travail" / "publie", "nouveau")
    publish(built, target)
    assert (target / "index.html").read_text() == "nouveau"
    assert (built / "index.html").read_text() == "ancien"


def test_a_swap_that_fails_leaves_the_former_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(publication, "_exchange", lambda *_: False)
    target = site(tmp_path / "site" / "seilh", "ancien")
    built = site(tmp_path / "travail" / "publie", "nouveau")
    rename = Path.rename

    def fail_once(self: Path, to: Path) -> Path:
        if self == built:
            raise OSError(28, "No space left on device")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(PublicationError, match="impossible d’écrire"):
        publish(built, target)
    assert (target / "index.html").read_text() == "ancien"


def test_work_happens_beside_the_published_folder_and_leaves_nothing(tmp_path: Path):
    output = tmp_path / "site"
    output.mkdir()
    with working_folder(output) as folder:
        assert folder.parent == tmp_path
        (folder / "brouillon").write_text("x")
    assert list(tmp_path.iterdir()) == [output]
