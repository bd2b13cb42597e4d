"""The figures at hand: a local store's, and where it lacks them those that come with ctgsite.

They are given one part a dataset, so that a reader need not hold them all at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from ctgsite.sources.columns import first_of_each, read_observations
from ctgsite.sources.embedded import embedded_manifest, embedded_observations
from ctgsite.sources.observations import Observations, Status
from ctgsite.sources.store import StoredFile, dataset_path, read_index


def available(
    store: Path | None, datasets: Collection[str] | None = None
) -> Iterator[Observations]:
    """Yield the observations at hand, one part a dataset; where both have a figure, the store's.

    Args:
        store: a local store; without one, they are those that come with ctgsite.
        datasets: the ones wanted, all by default.

    Raises:
        SourceError: the store, or what comes with ctgsite, cannot be read.
    """
    index = read_index(store) if store else {}
    inputs = {source["jeu"]: source["fichiers"] for source in embedded_manifest()["sources"]}
    names = index.keys() | inputs.keys()
    for name in sorted(names if datasets is None else names & set(datasets)):
        files = index.get(name)
        if store is None or files is None:
            yield _embedded(name)
            continue
        stored = read_observations(dataset_path(store, name, files))
        contained = _hashes(files) >= {file["sha256"] for file in inputs.get(name, ())}
        yield stored if contained else over(_embedded(name), stored)


def over(base: Observations, other: Observations) -> Observations:
    """Return both, figure by figure: those of `other` first, then what it has no value for."""
    theirs = other.frame
    valued = theirs["status"].isin([str(status) for status in Status if status.has_value])
    ranked = (theirs[valued], base.frame, theirs[~valued])
    return first_of_each([Observations(part) for part in ranked])


def _embedded(dataset: str) -> Observations:
    """Return what comes with ctgsite of one dataset."""
    frame = embedded_observations().frame
    return Observations(frame[frame["dataset"] == dataset])


def _hashes(files: Mapping[str, StoredFile]) -> set[str]:
    return {file.sha256 for file in files.values()}
