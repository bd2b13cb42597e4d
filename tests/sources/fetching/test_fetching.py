"""From a producers' site to the store: compared first, replaced at once, never half."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from producers_layouts import RPLS, RPLS_NAME, lines
from replay import Answer, Site
from small_france import small_geography, value

from ctgsite.errors import SourceError
from ctgsite.sources.addresses import Download
from ctgsite.sources.changes import held_back
from ctgsite.sources.fetching.client import Client
from ctgsite.sources.fetching.fetching import FetchReport, fetch
from ctgsite.sources.fetching.kept import alone
from ctgsite.sources.importing import Judge, accept
from ctgsite.sources.store import is_store, opened, read_index, read_store

HOST = "https://www.data.gouv.fr"
ADDRESS = f"{HOST}/fr/datasets/r/1/{RPLS_NAME}"
COMMUNES = ("67001", "67002")

Fetch = Callable[..., FetchReport]


def social_housing(*addresses: str) -> dict[str, list[Download]]:
    """Return the files of social housing, downloaded from these addresses."""
    return {"sdes-rpls": [Download.model_validate({"adresse": address}) for address in addresses]}


def rpls(*totals: object) -> bytes:
    rows = (f"{code},a,a,{n},0,0,0,0,0,{n}" for code, n in zip(COMMUNES, totals, strict=False))
    return lines(RPLS, *rows).encode()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "entrepot"


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def run(client: Client, store: Path, told: list[str]) -> Fetch:
    """Fetch social housing into the store, on the small France."""

    def run(
        *addresses: str, offline: bool = False, judge: Judge = held_back, day: int = 1
    ) -> FetchReport:
        return fetch(
            social_housing(*(addresses or (ADDRESS,))),
            store,
            small_geography(),
            client=None if offline else client,
            day=date(2026, 2, day),
            progress=lambda *_: None,
            told=told.append,
            judge=judge,
        )

    return run


def total(store: Path, code: str = "67001") -> object:
    return value(read_store(store), code, "NB_LS", level="commune")


def test_a_file_is_downloaded_and_its_figures_are_in_the_store(site: Site, run: Fetch, store: Path):
    site.put(ADDRESS, rpls(7, 8))
    report = run()
    assert report.problems == ()
    assert [path.name for path in report.fresh] == [RPLS_NAME]
    assert total(store) == 7
    assert read_index(store)["sdes-rpls"][RPLS_NAME].imported == "2026-02-01"


def test_an_unchanged_file_is_neither_sent_nor_read_again(site: Site, run: Fetch, store: Path):
    site.put(ADDRESS, rpls(7, 8))
    run()
    again = run(day=2)
    assert (again.fresh, again.imported.imported) == ((), ())
    assert [path.name for path in again.unchanged] == [RPLS_NAME]
    assert read_index(store)["sdes-rpls"][RPLS_NAME].imported == "2026-02-01"


def test_a_correction_is_told_and_replaces_the_figure(
    site: Site, run: Fetch, store: Path, told: list[str]
):
    many = [100] * 2
    site.put(ADDRESS, rpls(*many))
    run()
    site.put(ADDRESS, rpls(101, 100))
    assert run().problems == ()
    assert total(store) == 101
    assert any("valeurs différentes" in line for line in told)


def test_a_file_that_moves_most_figures_is_held_back(site: Site, run: Fetch, store: Path):
    site.put(ADDRESS, rpls(7, 8))
    run()
    site.put(ADDRESS, rpls(70, 80))
    (problem,) = run().problems
    assert "--force" in problem.message
    assert not problem.warning
    assert total(store) == 7


def test_what_was_held_back_can_be_accepted_without_another_download(
    site: Site, run: Fetch, store: Path
):
    site.put(ADDRESS, rpls(7, 8))
    run()
    site.put(ADDRESS, rpls(70, 80))
    run()
    assert run(judge=accept, offline=True).problems == ()
    assert total(store) == 70


def test_a_file_that_is_not_as_described_changes_nothing(site: Site, run: Fetch, store: Path):
    site.put(ADDRESS, rpls(7, 8))
    run()
    site.put(ADDRESS, rpls(70, 80).replace(b"nb_ls", b"nombre_ls"))
    (problem,) = run().problems
    assert "nb_ls" in problem.message
    assert total(store) == 7


def test_a_truncated_file_changes_nothing(site: Site, run: Fetch, store: Path):
    site.put(ADDRESS, rpls(7, 8))
    run()
    site.put(ADDRESS, Answer(rpls(7, 8)[:-12], length=False))
    (problem,) = run().problems
    assert "colonnes attendues" in problem.message
    assert total(store) == 7


def test_one_site_in_trouble_stops_none_of_the_others(site: Site, run: Fetch, store: Path):
    other = f"{HOST}/fr/datasets/r/2/{RPLS_NAME.replace('2024', '2023')}"
    site.put(ADDRESS, rpls(7, 8))
    report = run(other, ADDRESS)
    (problem,) = report.problems
    assert "404" in problem.message
    assert total(store) == 7


def test_without_network_what_came_before_is_imported(site: Site, run: Fetch, store: Path):
    site.put(ADDRESS, rpls(7, 8))
    run()
    with opened(store) as index:
        index.clear()
    asked = len(site.asked)
    assert run(offline=True).problems == ()
    assert total(store) == 7
    assert len(site.asked) == asked


def test_without_network_and_without_download_it_is_told(run: Fetch, store: Path):
    (problem,) = run(offline=True).problems
    assert "--offline" in problem.message
    assert not is_store(store)


def test_two_processes_do_not_download_at_once(site: Site, run: Fetch, store: Path):
    site.put(ADDRESS, rpls(7, 8))
    with alone(store), pytest.raises(SourceError, match="autre téléchargement est en cours"):
        run()
    assert site.asked == []
    assert run().problems == ()
