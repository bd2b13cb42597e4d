"""A newer vintage at the producer's: announced, read, told; or why that cannot be known."""

from __future__ import annotations

from typing import Any

import pytest
from replay import Answer, Site
from small_france import describe

from ctgsite.sources.fetching.client import Client
from ctgsite.sources.fetching.newer import Checked, News, check

WATCHED = "https://data.caf.fr/api/explore/v2.1/catalog/datasets/s_ben_com_f/records"
PAGE = "https://data.caf.fr/explore/dataset/s_ben_com_f"
WATCH = {"adresse": WATCHED, "motif": r"(\d{4})-12-31", "page": PAGE}


def checked(client: Client, *years: str, watch: dict[str, Any] | None = None) -> Checked:
    description = describe(veille=watch)
    (found,) = check(client, [description], {description.id: years})
    return found


@pytest.mark.parametrize(
    ("years", "news", "told"),
    [
        (("2023", "2024"), News.CURRENT, "à jour (millésime 2024)"),
        (("2023",), News.NEWER, f"millésime 2024 disponible (2023 ici) : {PAGE}"),
        ((), News.NEWER, f"millésime 2024 disponible (aucun ici) : {PAGE}"),
        (("2019-2024",), News.CURRENT, "à jour (millésime 2024)"),
    ],
)
def test_the_newest_year_announced_is_held_against_those_at_hand(
    site: Site, client: Client, years: tuple[str, ...], news: News, told: str
):
    site.put(WATCHED, b'{"results": [{"dtreffre": "2023-12-31"}, {"dtreffre": "2024-12-31"}]}')
    found = checked(client, *years, watch=WATCH)
    assert (found.news, found.told) == (news, told)


def test_a_producer_that_announces_nothing_is_to_be_visited(client: Client):
    found = checked(client, "2024")
    assert found.news is News.UNANNOUNCED
    assert "https://www.insee.fr" in found.told


def test_a_page_that_has_changed_is_told_and_not_taken_for_news(site: Site, client: Client):
    site.put(WATCHED, b"<p>Bienvenue</p>")
    found = checked(client, "2024", watch=WATCH)
    assert found.news is News.FAILED
    assert "description de la source est à revoir" in found.told


def test_a_site_in_trouble_is_told(site: Site, client: Client):
    site.put(WATCHED, Answer(b"", status=404))
    assert checked(client, "2024", watch=WATCH).news is News.FAILED
