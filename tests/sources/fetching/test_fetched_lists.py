"""Lists without a date, always at one address: their year is that of their putting online."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from producers_layouts import BOM, CRLF, FRANCE_SERVICES, line, lines
from replay import Answer, Site
from small_france import RIVER, small_geography

from ctgsite import knowledge
from ctgsite.errors import SourceError
from ctgsite.geography.areas import Level
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.figures import Figures
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.fetching.client import Client
from ctgsite.sources.fetching.download import Downloaded, download
from ctgsite.sources.fetching.fetching import fetch
from ctgsite.sources.importing import accept, import_files
from ctgsite.sources.store import read_store

DAY = date(2026, 11, 26)
SERVICES = load_descriptions()["france-services"]
(ITEM,) = SERVICES.downloads
RESOURCE = "https://static.data.gouv.fr/resources/liste-fs/20260915-101010/liste-fs-20260915.csv"
IN_2026 = {"Last-Modified": "Tue, 15 Sep 2026 10:10:10 GMT"}
IN_2027 = {"Last-Modified": "Mon, 04 Jan 2027 09:00:00 GMT"}


def services(*codes: str) -> bytes:
    rows = [
        line(FRANCE_SERVICES, {"id_fs": str(number), "insee_com": code})
        for number, code in enumerate(codes, 1)
    ]
    return (BOM + lines(FRANCE_SERVICES, *rows, end=CRLF)).encode()


def redirected(site: Site, target: str = RESOURCE) -> None:
    located = f"{site.mirror}/{target.removeprefix('https://')}"
    site.put(ITEM.address, Answer(status=302, headers={"Location": located}, etag=False))


def fetched(client: Client, folder: Path) -> Downloaded:
    return download(client, ITEM, folder, DAY, lambda *_: None)


def test_the_list_behind_its_stable_address_is_kept_with_its_year(
    site: Site, client: Client, tmp_path: Path
):
    redirected(site)
    site.put(RESOURCE, Answer(services("67001", "67001"), headers=IN_2026, kind="text/csv"))
    found = fetched(client, tmp_path)
    assert (found.path.name, found.fresh) == ("liste-fs-2026.csv", True)
    assert not list(tmp_path.glob("*.part*"))


def test_the_list_that_has_not_changed_is_not_brought_again(
    site: Site, client: Client, tmp_path: Path
):
    redirected(site)
    site.put(RESOURCE, Answer(services("67001"), headers=IN_2026, kind="text/csv"))
    first, again = fetched(client, tmp_path), fetched(client, tmp_path)
    assert (again.path, again.fresh) == (first.path, False)


def test_the_list_of_the_next_year_stands_beside_the_former(
    site: Site, client: Client, tmp_path: Path
):
    store = tmp_path / "entrepot"
    redirected(site)
    for headers, codes in ((IN_2026, ("67001", "68001")), (IN_2027, ("67001", "67001", "68001"))):
        site.put(RESOURCE, Answer(services(*codes), headers=headers, kind="text/csv"))
        path = fetched(client, tmp_path / "telechargements").path
        report = import_files([path], store, small_geography(), day=DAY, progress=lambda _: None)
        assert [item for item in report.problems if not item.warning] == []
    figures = Figures(compute_measures(knowledge.catalogue(), [read_store(store)]))
    series = figures.series("france_services", Level.EPCI, RIVER)
    assert [(item.year, item.value) for item in series] == [("2026", 2), ("2027", 3)]


@pytest.mark.parametrize("told", ["", "hier"])
def test_a_list_that_nothing_dates_is_not_kept(
    site: Site, client: Client, tmp_path: Path, told: str
):
    redirected(site)
    undated = Answer(services("67001"), headers={"Last-Modified": told}, kind="text/csv")
    site.put(RESOURCE, undated)
    with pytest.raises(SourceError, match="ne dit pas de quand"):
        fetched(client, tmp_path)
    assert not list(tmp_path.glob("*.csv"))


def test_a_redirect_to_a_host_that_is_not_described_is_not_followed(
    site: Site, client: Client, tmp_path: Path
):
    redirected(site, "https://ailleurs.example/liste-fs.csv")
    with pytest.raises(SourceError, match="ne connaît pas"):
        fetched(client, tmp_path)


def test_the_newest_list_kept_serves_without_the_network(
    site: Site, client: Client, tmp_path: Path
):
    wanted = {SERVICES.id: SERVICES.downloads}
    redirected(site)
    for headers, code in ((IN_2026, "67001"), (IN_2027, "68001")):
        site.put(RESOURCE, Answer(services(code), headers=headers, kind="text/csv"))
        fetched(client, tmp_path / "telechargements" / SERVICES.id)
    report = fetch(
        wanted, tmp_path, small_geography(), client=None, day=DAY,
        progress=lambda *_: None, told=lambda _: None, judge=accept,
    )  # fmt: skip
    assert [path.name for path in report.unchanged] == ["liste-fs-2027.csv"]
