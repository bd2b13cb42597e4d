"""Downloads: resumed, bounded, whole or not at all, and never asked for twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from replay import Answer, Site

from ctgsite.errors import SourceError
from ctgsite.sources.addresses import Download
from ctgsite.sources.fetching.client import Client
from ctgsite.sources.fetching.download import Downloaded, download
from ctgsite.sources.fetching.kept import read_kept

ADDRESS = "https://www.insee.fr/fr/statistiques/fichier/1/base.csv"
BODY = b"CODGEO;P22_POP\n31557;29036\n" * 40_000  # more than one chunk
DAY = date(2026, 2, 1)

Fetch = Callable[..., Downloaded]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "telechargements"


@pytest.fixture
def fetch(client: Client, folder: Path) -> Fetch:
    """Download the file at ADDRESS, described with these rules."""

    def run(**rules: object) -> Downloaded:
        item = Download.model_validate({"adresse": ADDRESS, **rules})
        return download(client, item, folder, DAY, lambda *_: None)

    return run


def refused(fetch: Fetch, **rules: object) -> str:
    """Return why a download is refused."""
    with pytest.raises(SourceError) as caught:
        fetch(**rules)
    (problem,) = caught.value.problems
    return problem.message


def test_a_file_is_kept_as_it_was_sent_with_what_its_site_said(
    site: Site, fetch: Fetch, folder: Path
):
    site.put(ADDRESS, BODY)
    found = fetch()
    assert found.fresh
    assert found.path.read_bytes() == BODY
    assert found.kept == read_kept(folder / "base.csv")
    assert found.kept.sha256 == hashlib.sha256(BODY).hexdigest()
    assert (found.kept.size, found.kept.fetched) == (len(BODY), "2026-02-01")
    assert sorted(path.name for path in folder.iterdir()) == ["base.csv", "base.csv.json"]


@pytest.mark.parametrize("etag", [True, False])
def test_an_unchanged_file_is_not_sent_again(site: Site, fetch: Fetch, etag: bool):
    site.put(ADDRESS, Answer(BODY, etag=etag), Answer(BODY, etag=etag, status=200))
    fetch()
    if not etag:  # the site answers on the date alone
        site.put(ADDRESS, Answer(b"", status=304, etag=False))
    again = fetch()
    assert not again.fresh
    assert again.path.read_bytes() == BODY
    sent = site.requests(ADDRESS)[-1].headers
    assert sent["If-Modified-Since"]
    assert ("If-None-Match" in sent) is etag


def test_a_changed_file_takes_the_place_of_the_former(site: Site, fetch: Fetch):
    site.put(ADDRESS, BODY)
    fetch()
    site.put(ADDRESS, b"CODGEO;P22_POP\n31557;29037\n")
    again = fetch()
    assert again.fresh
    assert again.path.read_bytes().endswith(b"29037\n")


def test_a_file_changed_by_hand_is_asked_for_again(site: Site, fetch: Fetch):
    site.put(ADDRESS, BODY)
    fetch().path.write_bytes(b"autre chose")
    assert fetch().path.read_bytes() == BODY


def test_a_cut_connection_is_resumed_where_it_stopped(site: Site, fetch: Fetch):
    site.put(ADDRESS, Answer(BODY, cut=300_000), Answer(BODY))
    assert fetch().path.read_bytes() == BODY
    _, second = site.requests(ADDRESS)
    start = int(second.headers["Range"].removeprefix("bytes=").rstrip("-"))
    assert 0 < start <= 300_000


def test_a_cut_download_is_resumed_by_the_next_run(site: Site, fetch: Fetch, folder: Path):
    site.put(ADDRESS, Answer(BODY, cut=300_000), Answer(BODY, cut=10))
    assert "coupée" in refused(fetch)
    assert (folder / "base.csv.part").stat().st_size >= 262_144
    assert not (folder / "base.csv").exists()
    site.put(ADDRESS, BODY)
    assert fetch().path.read_bytes() == BODY


def test_a_file_that_changed_meanwhile_starts_over(site: Site, fetch: Fetch):
    other = BODY.replace(b"29036", b"29999")
    site.put(ADDRESS, Answer(BODY, cut=300_000), Answer(other))
    assert fetch().path.read_bytes() == other


def test_a_site_that_cannot_resume_sends_all_again(site: Site, fetch: Fetch):
    site.put(ADDRESS, Answer(BODY, cut=300_000), Answer(BODY, ranges=False))
    assert fetch().path.read_bytes() == BODY


def test_a_part_longer_than_the_file_is_thrown_away(site: Site, fetch: Fetch, folder: Path):
    site.put(ADDRESS, Answer(b"x" * 10))
    folder.mkdir()
    (folder / "base.csv.part").write_bytes(b"x" * 11)
    (folder / "base.csv.part.validateur").write_text(Answer(b"x" * 10).tag, encoding="utf-8")
    assert fetch().path.read_bytes() == b"x" * 10


@pytest.mark.parametrize("fault", [429, 500, 503])
def test_a_site_that_fails_a_moment_is_asked_again(site: Site, fetch: Fetch, fault: int):
    site.put(ADDRESS, Answer(b"", status=fault, headers={"Retry-After": "0"}), Answer(BODY))
    assert fetch().path.read_bytes() == BODY
    assert len(site.requests(ADDRESS)) == 2


def test_a_site_that_asks_to_wait_is_waited_for(site: Site, fetch: Fetch):
    site.put(ADDRESS, Answer(b"", status=429, headers={"Retry-After": "1"}), Answer(BODY))
    fetch()
    first, second = site.requests(ADDRESS)
    assert second.at - first.at >= 1


@pytest.mark.parametrize(
    ("fault", "told"), [(429, "ralentir"), (500, "en panne"), (404, "n’est plus à cette adresse")]
)
def test_an_error_that_lasts_is_told_and_the_former_file_stays(
    site: Site, fetch: Fetch, fault: int, told: str
):
    site.put(ADDRESS, BODY)
    path = fetch().path
    site.put(ADDRESS, Answer(b"", status=fault, headers={"Retry-After": "0"}, etag=False))
    assert told in refused(fetch)
    assert path.read_bytes() == BODY
    assert read_kept(path) is not None


@pytest.mark.parametrize("length", [True, False])
def test_a_file_larger_than_described_is_refused(
    site: Site, fetch: Fetch, folder: Path, length: bool
):
    site.put(ADDRESS, Answer(BODY * 2, length=length))
    assert "plus de 1 Mo" in refused(fetch, taille_max=1)
    assert list(folder.iterdir()) == []


def test_a_file_that_is_not_the_one_described_is_refused(site: Site, fetch: Fetch, folder: Path):
    site.put(ADDRESS, BODY)
    assert "SHA-256" in refused(fetch, sha256="0" * 64)
    assert list(folder.iterdir()) == []


def test_an_empty_file_is_refused(site: Site, fetch: Fetch):
    site.put(ADDRESS, b"")
    assert "vide" in refused(fetch)


def test_a_web_page_in_place_of_the_file_is_refused(site: Site, fetch: Fetch, folder: Path):
    site.put(ADDRESS, Answer(b"<!doctype html>", kind="text/html; charset=utf-8"))
    assert "une page web" in refused(fetch)
    assert list(folder.iterdir()) == []


def test_a_redirect_to_another_host_is_not_followed(site: Site, fetch: Fetch):
    target = "https://ailleurs.example/base.csv"
    site.put(ADDRESS, Answer(b"", status=302, headers={"Location": target}))
    site.put(target, BODY)
    assert "redirige vers https://ailleurs.example" in refused(fetch)
    assert site.requests(target) == []


def test_a_redirect_to_a_host_of_the_description_is_followed(site: Site, fetch: Fetch):
    target = "https://fichiers.example/base.csv"
    site.put(ADDRESS, Answer(b"", status=302, headers={"Location": target}))
    site.put(target, BODY)
    assert fetch(hotes=["fichiers.example"]).path.read_bytes() == BODY


def test_a_redirect_within_the_site_is_followed(site: Site, fetch: Fetch):
    moved = Answer(b"", status=301, headers={"Location": f"{site.mirror}/www.insee.fr/2/base.csv"})
    site.put(ADDRESS, moved)
    site.put("https://www.insee.fr/2/base.csv", BODY)
    assert fetch().path.read_bytes() == BODY


def test_redirects_without_end_are_refused(site: Site, fetch: Fetch):
    site.put(ADDRESS, Answer(b"", status=302, headers={"Location": ADDRESS}))
    assert "redirections" in refused(fetch)


def test_a_site_that_cannot_be_reached_is_told(folder: Path):
    client = Client("http://127.0.0.1:1")
    item = Download.model_validate({"adresse": ADDRESS})
    with pytest.raises(SourceError) as caught:
        download(client, item, folder, DAY, lambda *_: None)
    assert "--offline" in str(caught.value)


def test_progress_tells_what_has_come_and_how_much_there_is(
    site: Site, client: Client, folder: Path
):
    site.put(ADDRESS, BODY)
    told: list[tuple[str, int, int | None]] = []
    item = Download.model_validate({"adresse": ADDRESS})
    download(client, item, folder, DAY, lambda *step: told.append(step))
    assert told[-1] == ("base.csv", len(BODY), len(BODY))
    assert [size for _, size, _ in told] == sorted(size for _, size, _ in told)
