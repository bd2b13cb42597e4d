"""What figures are at hand: each dataset, its editions, what they cover, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ctgsite.geography.areas import Level
from ctgsite.sources.columns import read_observations
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.embedded import embedded_observations
from ctgsite.sources.observations import Observations, Status
from ctgsite.sources.store import StoredFile, dataset_path, read_index

LEVELS = (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION, Level.FRANCE)


@dataclass(frozen=True, slots=True)
class DatasetStatus:
    """One dataset: where its figures come from and how many areas of each level have one."""

    dataset: str
    title: str
    producer: str
    licence: str
    vintages: tuple[str, ...]
    years: tuple[str, ...]
    areas: dict[str, int]  # areas with at least one figure, by level
    files: tuple[str, ...]  # producers' files; none for embedded figures
    imported: str | None  # ISO date of the oldest import; None for embedded figures
    age: int | None  # days since then


def dataset_status(store: Path | None, today: date) -> tuple[DatasetStatus, ...]:
    """Return every dataset at hand, the store's before the embedded ones that it lacks.

    Raises:
        SourceError: the store cannot be read.
    """
    index = read_index(store) if store else {}
    stored = [
        _status(dataset, read_observations(dataset_path(store, dataset, files)), files, today)
        for dataset, files in index.items()
        if store
    ]
    return (*stored, *(item for item in _embedded(today) if item.dataset not in index))


def _embedded(today: date) -> Iterator[DatasetStatus]:
    frame = embedded_observations().frame
    for dataset in frame["dataset"].cat.categories:
        own = frame[frame["dataset"] == dataset].reset_index(drop=True)
        yield _status(str(dataset), Observations(own), {}, today)


def _status(
    dataset: str, observations: Observations, files: dict[str, StoredFile], today: date
) -> DatasetStatus:
    description = load_descriptions()[dataset]
    frame = observations.frame
    known = frame[frame["status"].isin([str(s) for s in Status if s.has_value])]
    areas = known.groupby("level", observed=True)["code"].nunique()
    imported = min((item.imported for item in files.values()), default=None)
    return DatasetStatus(
        dataset,
        description.title,
        description.producer,
        description.licence,
        tuple(sorted(map(str, frame["vintage"].unique()))),
        tuple(sorted(map(str, known["year"].unique()))),
        {str(level): int(areas[level]) for level in LEVELS if level in areas.index},
        tuple(item.name for item in files.values()),
        imported,
        (today - date.fromisoformat(imported)).days if imported else None,
    )
