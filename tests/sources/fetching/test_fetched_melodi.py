"""Births and deaths, from Melodi's files and catalogue to the store, at the pace that it allows."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from replay import Answer, Site
from requests_ratelimiter import LimiterAdapter
from small_france import small_geography, value

from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.fetching.client import Client, paces
from ctgsite.sources.fetching.fetching import FetchReport, fetch
from ctgsite.sources.fetching.newer import News, check
from ctgsite.sources.importing import accept
from ctgsite.sources.store import read_store

CIVIL = load_descriptions()["insee-etat-civil"]
BIRTHS, DEATHS = (item.address for item in CIVIL.downloads)
HEADER = '"EC_MEASURE";"FREQ";"GEO";"GEO_OBJECT";"OBS_STATUS";"TIME_PERIOD";"OBS_VALUE"'
DAY = date(2026, 2, 1)


def archive(measure: str, *rows: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as found:
        found.writestr("DS_metadata.csv", '"COD_VAR";"LIB_VAR";"COD_MOD";"LIB_MOD"\n')
        lines = [f'"{measure}";"A";{row}' for row in rows]
        found.writestr("DS_data.csv", "\n".join([HEADER, *lines, ""]))
    return stream.getvalue()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "entrepot"


def fetched(client: Client, store: Path) -> FetchReport:
    return fetch(
        {CIVIL.id: CIVIL.downloads},
        store,
        small_geography(),
        client=client,
        day=DAY,
        progress=lambda *_: None,
        told=lambda _: None,
        judge=accept,
    )


def test_zips_whose_addresses_have_no_ending_are_kept_read_and_stored(
    site: Site, client: Client, store: Path
):
    site.put(BIRTHS, archive("LVB", '"01001";"COM";"A";2025;12', '"F";"FRANCE";"A";2025;642905'))
    site.put(DEATHS, archive("DTH", '"01001";"COM";"A";2025;8'))
    report = fetched(client, store)
    assert report.problems == ()
    assert all(path.name.endswith("_2025_CSV_FR.zip") for path in report.fresh)
    found = read_store(store)
    assert value(found, "01001", "NAISD", level="commune") == 12
    assert value(found, "01001", "DECESD", level="commune") == 8
    assert value(found, "FRANCE", "NAISD", level="france") == 642905


def test_a_file_that_melodi_no_longer_has_stops_no_other(site: Site, client: Client, store: Path):
    site.put(DEATHS, archive("DTH", '"01001";"COM";"A";2025;8'))
    site.put(BIRTHS, Answer(b"", status=400))  # what it answers for a dataset that is renamed
    report = fetched(client, store)
    (problem,) = report.problems
    assert BIRTHS in problem.message
    assert value(read_store(store), "01001", "DECESD", level="commune") == 8


def test_melodi_is_asked_thirty_times_a_minute_at_most(client: Client):
    address = client.located(BIRTHS)
    adapter = client._session.get_adapter(address)
    assert paces()["api.insee.fr"] == 30
    assert isinstance(adapter, LimiterAdapter)
    elsewhere = client._session.get_adapter(client.located("https://www.insee.fr/a"))
    assert not isinstance(elsewhere, LimiterAdapter)


def test_its_catalogue_is_asked_for_json_and_tells_a_newer_edition(site: Site, client: Client):
    assert CIVIL.watch is not None
    product = '{"product":[{"id":"DS_ETAT_CIVIL_NAIS_COMMUNES_2026_CSV_FR","format":"CSV"}]}'
    site.put(CIVIL.watch.address, product.encode())
    (found,) = check(client, [CIVIL], {CIVIL.id: ("2024", "2025")})
    assert found.news is News.NEWER
    (asked,) = site.requests(CIVIL.watch.address)
    assert asked.headers["Accept"].startswith("application/json")
