"""A store of the size of France, made from the shape of the embedded figures.

Every commune of France has in each dataset what a commune drawn at random among the embedded ones
has there, gaps included; the wider areas, all of them embedded, are taken as they are.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from ctgsite.geography.areas import Level
from ctgsite.geography.embedded import embedded_geography
from ctgsite.sources.columns import write_observations
from ctgsite.sources.embedded import embedded_manifest, embedded_observations
from ctgsite.sources.observations import Observations
from ctgsite.sources.panel import concatenate
from ctgsite.sources.store import StoredFile, dataset_path, opened

SEED = 20181


def write_france(store: Path) -> int:
    """Write the store, and return how many observations it holds."""
    communes = np.array([area.code for area in embedded_geography().areas(Level.COMMUNE)])
    frame = embedded_observations().frame
    generator = np.random.default_rng(SEED)
    rows = 0
    with opened(store) as index:
        for source in embedded_manifest()["sources"]:
            name = source["jeu"]
            files = source["fichiers"]
            index[name] = {
                f["nom"]: StoredFile(f["nom"], f["sha256"], "2026-01-01", 0) for f in files
            }
            whole = _whole(frame[frame["dataset"] == name], communes, generator)
            write_observations(Observations(whole), dataset_path(store, name, index[name]))
            rows += len(whole)
    return rows


def _whole(
    part: pd.DataFrame, communes: np.ndarray, generator: np.random.Generator
) -> pd.DataFrame:
    """Give each commune the rows of one that is drawn at random."""
    local = part["level"] == Level.COMMUNE
    if not local.any():
        return part
    order = np.argsort(part.loc[local, "code"].cat.codes.to_numpy(), kind="stable")
    rows = part.loc[local].iloc[order]
    _, starts, counts = np.unique(
        rows["code"].cat.codes.to_numpy(), return_index=True, return_counts=True
    )
    drawn = generator.integers(len(starts), size=len(communes))
    taken = np.concatenate([np.arange(starts[at], starts[at] + counts[at]) for at in drawn])
    copied = rows.iloc[taken].reset_index(drop=True)
    owner = np.repeat(np.arange(len(communes)), counts[drawn])
    copied["code"] = pd.Categorical.from_codes(owner, categories=pd.Index(communes, dtype=object))
    return concatenate([copied, part.loc[~local]])


if __name__ == "__main__":
    sys.stdout.write(f"{write_france(Path(sys.argv[1]))}\n")
