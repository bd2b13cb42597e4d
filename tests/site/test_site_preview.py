"""The live preview."""

from __future__ import annotations

import threading
import urllib.request
from pathlib import Path

import pytest

from ctgsite.errors import PublicationError
from ctgsite.site.preview import Reloads, preview, serving

pytestmark = pytest.mark.enable_socket


def test_pages_are_served_with_a_reloader_that_their_files_do_not_hold(tmp_path: Path):
    page = tmp_path / "index.html"
    page.write_text("<body>bonjour</body>")
    with serving(tmp_path, 0, Reloads()) as address:
        served = urllib.request.urlopen(address).read().decode()  # noqa: S310 - our own server
    assert "EventSource" in served
    assert "EventSource" not in page.read_text()


def test_a_port_that_is_taken_is_said_in_french(tmp_path: Path):
    with serving(tmp_path, 0, Reloads()) as address:
        port = int(address.rsplit(":", 1)[1].strip("/"))
        with pytest.raises(PublicationError, match="déjà pris"), serving(tmp_path, port, Reloads()):
            pass


def test_an_edit_rebuilds_and_tells_the_browser(tmp_path: Path):
    site, texts = tmp_path / "site", tmp_path / "textes"
    site.mkdir()
    texts.mkdir()
    edited, stop, ready = threading.Event(), threading.Event(), threading.Event()
    seen: list[Path] = []

    def rebuild(changes: frozenset[Path]) -> None:
        seen.extend(changes)
        edited.set()

    thread = threading.Thread(
        target=preview,
        args=(site, (texts, tmp_path / "absent"), rebuild),
        kwargs={"port": 0, "started": lambda _: ready.set(), "stop": stop},
    )
    thread.start()
    assert ready.wait(5)
    for attempt in range(20):  # the watcher takes a moment to look
        (texts / "accueil.md").write_text(str(attempt))
        if edited.wait(0.3):
            break
    stop.set()
    thread.join(10)
    assert texts / "accueil.md" in seen
