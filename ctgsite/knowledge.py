"""What every command rests on: catalogue, areas, contours, figures; and the store they come from.

Each is read once a process: from a local store where there is one, else from what comes with
ctgsite.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ctgsite.diagnostic.known import Known
from ctgsite.errors import Place, Problem, SourceError
from ctgsite.geography.contours import embedded_contours
from ctgsite.geography.embedded import embedded_geography, read_geography
from ctgsite.indicators.catalogue import EMBEDDED, Catalogue, load_catalogue

if TYPE_CHECKING:
    from ctgsite.diagnostic.evidence import Evidence
    from ctgsite.geography.cog import Geography
    from ctgsite.geography.contours import Contours
    from ctgsite.sources.addresses import Download
    from ctgsite.sources.fetching.client import Client
    from ctgsite.sources.fetching.download import Progress
    from ctgsite.sources.fetching.fetching import FetchReport
    from ctgsite.sources.fetching.newer import Checked
    from ctgsite.sources.importing import ImportReport, Judge
    from ctgsite.sources.status import DatasetStatus

Report = Callable[[str], None]

# Those of the reference territories; the snapshot holds their communes, and all areas above.
SNAPSHOT_DEPARTEMENTS = ("21", "31", "41", "67", "68", "76")


@cache
def catalogue() -> Catalogue:
    """Return the indicators, checked against the datasets that exist."""
    from ctgsite.sources.descriptions import load_descriptions

    return load_catalogue(EMBEDDED, load_descriptions())


@cache
def geography(store: Path | None) -> Geography:
    """Return the areas that a store holds, or else those that come with ctgsite."""
    return _areas_now(store)


def _areas_now(store: Path | None) -> Geography:
    """Return what `geography` does, read anew: an import may change it."""
    from ctgsite.geography.embedded import NAME

    return read_geography(store) if store and (store / NAME).is_file() else embedded_geography()


@cache
def contours(store: Path | None) -> Contours:
    """Return the contours that a store holds, or else those that come with ctgsite."""
    from ctgsite.geography.contours import NAME, read_contours

    return read_contours(store) if store and (store / NAME).is_file() else embedded_contours()


@cache
def known(store: Path | None) -> Known:
    """Return the names that a territory's file may use."""
    return Known(catalogue(), geography(store), lambda: contours(store))


@cache
def evidence(store: Path | None) -> Evidence:
    """Return the figures of all areas, read once a process."""
    from ctgsite.diagnostic.evidence import read_evidence

    return read_evidence(catalogue(), geography(store), contours(store), store)


def import_data(paths: Sequence[Path], store: Path, report: Report) -> ImportReport:
    """Read producers' files into the local store."""
    from ctgsite.sources.importing import import_files

    today = datetime.now(UTC).date()
    return import_files(paths, store, _areas_now(store), day=today, progress=report)


def fetchable(store: Path) -> Mapping[str, Sequence[Download]]:
    """Return the files that can be downloaded, by source: a dataset, or the areas of France."""
    from ctgsite.sources.fetching.fetching import fetchable

    return fetchable(_areas_now(store))


def fetch_data(
    wanted: Mapping[str, Sequence[Download]],
    store: Path,
    client: Client | None,
    judge: Judge,
    progress: Progress,
    report: Report,
) -> FetchReport:
    """Bring producers' files to the local store; without a client, those brought before."""
    from ctgsite.sources.fetching.fetching import fetch

    return fetch(
        wanted,
        store,
        _areas_now(store),
        client=client,
        day=datetime.now(UTC).date(),
        progress=progress,
        told=report,
        judge=judge,
    )


def data_news(status: Iterable[DatasetStatus], client: Client) -> tuple[Checked, ...]:
    """Ask the producers of some datasets whether they have a newer vintage."""
    from ctgsite.sources.descriptions import load_descriptions
    from ctgsite.sources.fetching.newer import check

    years = {found.dataset: found.years for found in status}
    return check(client, [load_descriptions()[name] for name in years], years)


def data_status(store: Path | None) -> tuple[DatasetStatus, ...]:
    """Return the datasets at hand: those of the store, and the embedded ones that it lacks."""
    from ctgsite.sources.status import dataset_status

    return dataset_status(store, datetime.now(UTC).date())


def write_snapshot(store: Path, folder: Path, report: Report) -> tuple[Path, ...]:
    """Write from a full store what comes with ctgsite: areas, contours, figures, distributions."""
    from ctgsite.geography.contours import write_contours
    from ctgsite.geography.embedded import write_geography
    from ctgsite.indicators.compute import compute_measures
    from ctgsite.indicators.distributions import distributions, write_distributions
    from ctgsite.sources.embedded import embedded_manifest, write_observations_of
    from ctgsite.sources.store import read_index, read_store

    index = read_index(store)
    lacking = {source["jeu"] for source in embedded_manifest()["sources"]} - index.keys()
    if lacking:
        message = "l’entrepôt n’a pas tous les jeux livrés, il manque : " + ", ".join(
            sorted(lacking)
        )
        raise SourceError(Problem(message, Place(store)))
    communes = geography(store).with_whole_epci(SNAPSHOT_DEPARTEMENTS)
    report("lecture de l’entrepôt")
    observations = read_store(store)
    report("calcul des distributions nationales")
    spread = distributions(compute_measures(catalogue(), [observations]))
    return (
        *write_geography(geography(store), folder),
        *write_contours(contours(store).part(communes), folder),
        *write_observations_of(communes, observations, index, folder),
        write_distributions(spread, folder),
    )
