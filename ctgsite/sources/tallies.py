"""Reads lists of places as delimited text: how many each commune has, and the areas above.

A place in several communes is counted for none of them, and once in each area that holds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ctgsite.errors import SourceError
from ctgsite.sources.cells import BLANK, SHOWN, Source, build_panel, wanted_columns
from ctgsite.sources.long_rows import LINE
from ctgsite.sources.observations import Status
from ctgsite.sources.panel import RANK, Panel
from ctgsite.sources.readers import TallyReader
from ctgsite.sources.tables import Cells, read_rows

CODE = re.compile(r"\d[0-9AB]*")  # one of those that a cell holds: 02571; 02691, or ="60057"


@dataclass(frozen=True, slots=True)
class Codes:
    """What the codes of a level are, once the zeros that a spreadsheet took are given back."""

    shape: str
    width: int

    def of(self, cell: str) -> tuple[str, ...]:
        """Return the codes that a cell holds, each once; none where one is no code."""
        found = sorted({code.zfill(self.width) for code in CODE.findall(cell)})
        return tuple(found) if all(re.fullmatch(self.shape, code) for code in found) else ()


CODES = {
    "commune": Codes(r"\d[0-9AB]\d{3}", 5),
    "epci": Codes(r"\d{9}", 9),
    "departement": Codes(r"97\d|\d[0-9AB]", 2),
    "region": Codes(r"\d\d", 2),
}


def read_tally(source: Source, reader: TallyReader) -> tuple[Panel, ...]:
    """Return the counts of communes, then those of the areas above that the list tells of.

    Raises:
        SourceError: the list is not as described, names a place twice, or one without a commune.
    """
    rows = read_rows(source, reader)
    columns = [(source.spec.level, reader.code), *reader.levels.items()]
    return tuple(_level(source, rows, level, column) for level, column in columns)


def _level(source: Source, rows: pd.DataFrame, level: str, column: str) -> Panel:
    wanted = wanted_columns(source)
    places = [_places(source, _named(source, rows, item.name), level, column) for item in wanted]
    codes = pd.Index(sorted({code for found in places for code in found["code"]}), dtype=object)
    if codes.empty:
        raise SourceError(source.problem("aucune ligne de données dans le fichier"))
    cells = {position: _counts(found, level, codes) for position, found in enumerate(places)}
    return build_panel(source, codes, wanted, cells, level)


def _named(source: Source, rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows that name a place, each once; a row without a name is that of no place."""
    named = rows.assign(**{name: rows[name].str.strip()})
    found = named[named[name].ne("")]
    repeated = found[found[name].duplicated()].head(SHOWN)
    if len(repeated):
        raise SourceError(
            source.problem(f"{place} figure deux fois dans la liste", int(line))
            for place, line in zip(repeated[name], repeated[LINE], strict=True)
        )
    return found


def _places(source: Source, rows: pd.DataFrame, level: str, column: str) -> pd.DataFrame:
    """Return a row a place and an area that it lies in, and whether it lies in others too."""
    found = [CODES[level].of(cell) for cell in rows[column]]
    wrong = [
        source.problem(f"« {cell.strip()} » n’est pas un code (colonne « {column} »)", int(line))
        for cell, line, codes in zip(rows[column], rows[LINE], found, strict=True)
        if not codes
    ]
    if wrong:
        raise SourceError(wrong[:SHOWN])
    pairs = [(code, len(codes) > 1) for codes in found for code in codes]
    return pd.DataFrame(pairs, columns=["code", "shared"]).astype({"shared": bool})


def _counts(places: pd.DataFrame, level: str, codes: pd.Index[str]) -> Cells:
    """Return the number of places of each area; a commune that shares one has no count."""
    groups = places.groupby("code")["shared"]
    values = groups.size().reindex(codes, fill_value=0).to_numpy(float)
    blank = groups.any().reindex(codes, fill_value=False).to_numpy(bool) & (level == "commune")
    ranks = np.where(blank, BLANK, RANK[Status.PUBLIE]).astype(np.int8)
    counts: npt.NDArray[np.float64] = np.where(blank, np.nan, values)
    return counts, ranks
