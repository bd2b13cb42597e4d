"""Whether a producer has something newer than the store: a later vintage, or a corrected file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import requests

from ctgsite.errors import Problem, SourceError
from ctgsite.sources.addresses import Watch
from ctgsite.sources.descriptions import Description
from ctgsite.sources.fetching.client import Client

MOST = 5_000_000  # bytes of a page or an answer that are read


class News(StrEnum):
    """What a producer's site says of a dataset."""

    CURRENT = "a_jour"
    NEWER = "nouveau_millesime"
    UNANNOUNCED = "non_verifiable"
    FAILED = "echec"


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of one dataset after asking."""

    dataset: str
    news: News
    told: str  # in French


def check(
    client: Client, descriptions: Iterable[Description], years: Mapping[str, Iterable[str]]
) -> tuple[Checked, ...]:
    """Ask each dataset's producer for its newest year.

    Args:
        client: asks the producers.
        descriptions: the datasets.
        years: those at hand, by dataset.
    """
    return tuple(_checked(client, found, years.get(found.id, ())) for found in descriptions)


def _checked(client: Client, description: Description, years: Iterable[str]) -> Checked:
    watch = description.watch
    if watch is None:
        told = f"le producteur n’annonce pas ses millésimes ; à vérifier sur {description.page}"
        return Checked(description.id, News.UNANNOUNCED, told)
    try:
        newest = _newest(client, watch)
    except SourceError as error:
        return Checked(description.id, News.FAILED, error.problems[0].message)
    known = max((found for year in years for found in re.findall(r"\d{4}", year)), default="")
    if newest > known:
        at_hand = f"{known} ici" if known else "aucun ici"
        told = f"millésime {newest} disponible ({at_hand}) : {watch.page or description.page}"
        return Checked(description.id, News.NEWER, told)
    return Checked(description.id, News.CURRENT, f"à jour (millésime {newest})")


def _newest(client: Client, watch: Watch) -> str:
    """Return the newest year that the producer's page or answer names.

    Raises:
        SourceError: it cannot be read, or names none.
    """
    with client.get(watch.address) as response:
        try:
            text = response.raw.read(MOST).decode(response.encoding or "utf-8", errors="replace")
        except requests.RequestException as error:
            raise SourceError(Problem(f"{watch.address} : réponse interrompue")) from error
    newest = watch.newest(text)
    if newest is None:
        message = (
            f"{watch.address} : aucun millésime n’y est annoncé comme prévu ; la page a sans doute "
            "changé, la description de la source est à revoir"
        )
        raise SourceError(Problem(message))
    return newest
