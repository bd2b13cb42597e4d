"""`pdf`: what it says where it cannot print; a browser's tests read what it prints."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import Result

from ctgsite.errors import PublicationError
from ctgsite.site import manifest
from ctgsite.site.booklet import chromium

Run = Callable[..., Result]


def test_an_unknown_territory_is_told(run: Run) -> None:
    done = run("pdf", "nulle-part")
    assert done.exit_code == 1
    assert "aucun territoire" in done.stderr


@pytest.mark.parametrize("inside", ["", "thematiques"])
def test_a_published_site_is_not_written_into(run: Run, workspace: Path, inside: str) -> None:
    folder = workspace / "site" / "seilh"
    (folder / inside).mkdir(parents=True, exist_ok=True)
    (folder / manifest.NAME).write_text('{"programme": "ctgsite"}')
    done = run("pdf", "seilh", "--output", str(folder / inside / "seilh.pdf"))
    assert done.exit_code == 1
    assert "dossier d’un site publié" in done.stderr


def test_a_folder_that_does_not_exist_is_told_before_anything_is_built(run: Run) -> None:
    done = run("pdf", "seilh", "--output", "absent/seilh.pdf")
    assert done.exit_code == 1
    assert "n’existe pas" in done.stderr


def test_a_folder_in_place_of_a_file_is_wrong_usage(run: Run, workspace: Path) -> None:
    assert run("pdf", "seilh", "--output", str(workspace)).exit_code == 2


def test_without_the_library_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    with pytest.raises(PublicationError, match="pip install"), chromium.opened(tmp_path / "d.html"):
        pass


@pytest.mark.enable_socket
def test_without_a_browser_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(chromium, "_CHANNELS", ("chrome-canary",))

    def opens() -> None:
        with chromium.opened(tmp_path / "d.html"):
            pass

    with ThreadPoolExecutor(1) as apart:  # another test's browser may be driven from this thread
        failure = apart.submit(opens).exception(timeout=60)
    assert isinstance(failure, PublicationError)
    assert "Chromium" in str(failure)
