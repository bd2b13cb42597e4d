"""Cells that hold a word of the producer's: what the description says that each counts for.

A commune "Classée" counts for 1, one "Non classée" for 0: their sum is a number of communes.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz import fuzz, process

from ctgsite.errors import SourceError
from ctgsite.sources.cells import BLANK, SHOWN, Source
from ctgsite.sources.observations import Status
from ctgsite.sources.panel import RANK


def read_modalities(
    source: Source,
    text: pd.Series[str],
    name: str,
    lines: npt.NDArray[np.int_],
    modalities: Mapping[str, float],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    """Return what the words of a column count for, and their ranks: PUBLIE or BLANK.

    Raises:
        SourceError: a word is none of those described.
    """
    cells = text.str.strip()
    blank = cells.eq("").to_numpy()
    values = np.array([modalities.get(cell, np.nan) for cell in cells], dtype=np.float64)
    wrong = np.isnan(values) & ~blank
    if wrong.any():
        unknown = dict(zip(cells[wrong].tolist(), lines[wrong].tolist(), strict=True))
        raise SourceError(
            source.problem(
                f"« {word} » n’est pas une valeur connue (colonne « {name} ») ; la plus proche est "
                f"« {_nearest(word, modalities)} »",
                int(line),
            )
            for word, line in list(unknown.items())[:SHOWN]
        )
    return values, np.where(blank, BLANK, RANK[Status.PUBLIE]).astype(np.int8)


def _nearest(word: str, modalities: Mapping[str, float]) -> str:
    nearest = process.extractOne(word, list(modalities), scorer=fuzz.ratio)
    return str(nearest[0]) if nearest else ""
