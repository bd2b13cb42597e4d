"""The figures that come with ctgsite: enough of a store to build the reference territories offline.

The communes of a few départements, and every area above them. `data snapshot` writes them from a
full store, with a manifest of the producers' files that they were computed from.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from ctgsite.errors import Place, Problem, SourceError
from ctgsite.geography.areas import Level
from ctgsite.geography.cog import departement_code
from ctgsite.geography.embedded import SNAPSHOT
from ctgsite.sources.columns import read_observations, write_observations
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.observations import NUMBER_COLUMNS, Observations
from ctgsite.sources.store import Index, StoredFile

FORMAT = 2
NAME = "observations.parquet"
MANIFEST = "observations.manifest.json"
QUARTER = "qpv"  # a quarter's code holds its département: QP021006
HIGHER = (Level.EPCI, Level.DEPARTEMENT, Level.REGION, Level.FRANCE)


def write_observations_of(
    communes: Collection[str], observations: Observations, index: Index, folder: Path
) -> tuple[Path, ...]:
    """Write the figures of some communes, their quarters and all areas above; return the paths.

    Args:
        communes: those whose figures are kept.
        observations: a store's.
        index: the files that the store was filled from.
        folder: where; same observations, same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kept = _kept(observations, communes)
    write_observations(kept, folder / NAME)
    manifest = {
        "format": FORMAT,
        "fichier": NAME,
        "contenu": "observations des communes de quelques départements et de tous les niveaux "
        "au-dessus",
        "communes": len(communes),
        "observations": len(kept.frame),
        "sources": [_source(dataset, files.values(), kept) for dataset, files in index.items()],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    return folder / NAME, folder / MANIFEST


@cache
def embedded_observations() -> Observations:
    """Return the figures that come with ctgsite.

    Raises:
        SourceError: they are missing, damaged or of another version.
    """
    written = embedded_manifest()["format"]
    if written != FORMAT:
        message = f"données livrées au format {written}, {FORMAT} était attendu"
        raise SourceError(Problem(message, Place(SNAPSHOT / MANIFEST)))
    return read_observations(SNAPSHOT / NAME)


def embedded_manifest() -> dict[str, Any]:
    """Return what `write_observations_of` says of its figures.

    Raises:
        SourceError: it cannot be read.
    """
    path = SNAPSHOT / MANIFEST
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = "données livrées illisibles : réinstallez ctgsite"
        raise SourceError(Problem(message, Place(path))) from error
    return found


def _kept(observations: Observations, communes: Collection[str]) -> Observations:
    frame = observations.frame
    local = (frame["level"] == Level.COMMUNE) & frame["code"].isin(communes)
    around = {departement_code(code).zfill(3) for code in communes}
    quarters = (frame["level"] == QUARTER) & frame["code"].str[2:5].isin(around)
    kept = frame[local | quarters | frame["level"].isin([str(level) for level in HIGHER])]
    texts = kept.columns.drop(list(NUMBER_COLUMNS))
    slim = kept.assign(**{name: kept[name].cat.remove_unused_categories() for name in texts})
    return Observations(slim.reset_index(drop=True))


def _source(dataset: str, files: Iterable[StoredFile], kept: Observations) -> dict[str, Any]:
    description = load_descriptions()[dataset]
    own = kept.frame[kept.frame["dataset"] == dataset]
    return {
        "jeu": dataset,
        "titre": description.title,
        "producteur": description.producer,
        "licence": description.licence,
        "republication": description.republication,
        "millesimes": sorted(map(str, own["vintage"].unique())),
        "observations": len(own),
        "fichiers": [{"nom": item.name, "sha256": item.sha256} for item in files],
    }
