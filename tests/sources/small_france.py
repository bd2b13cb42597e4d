"""A France of eleven communes, and what the tests of the sources ask of it.

Its past is that of communes one knows: Delta absorbed 01005 in 2022; Bêta, Gamma and 01006 were one
from 2018 to 2020, when Gamma left with a part of what had been 01006.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ctgsite.geography.areas import Area, Level
from ctgsite.geography.cog import CommuneTable, Geography
from ctgsite.geography.passage import FormerCommune, Passage, Split
from ctgsite.sources.descriptions import Description
from ctgsite.sources.importing import recognise
from ctgsite.sources.observations import Observations, Status
from ctgsite.sources.observing import Observed, observe
from ctgsite.sources.panel import (
    NO_ROW,
    RANK,
    STATUSES,
    Column,
    Panel,
    empty_panel,
    to_observations,
)
from ctgsite.sources.reading import read_file

WEST, EAST, RIVER, PARIS, ISLAND, LAGOON = (
    "200000001",
    "200000002",
    "200000003",
    "200054781",
    "249710000",
    "200000006",
)
# code, name, EPCI: the River straddles 67 and 68, the last commune is in no département.
COMMUNES = (
    ("01001", "Alpha", WEST),
    ("01002", "Bêta", WEST),
    ("01003", "Gamma", EAST),
    ("01004", "Delta", EAST),
    ("67001", "Rive-Nord", RIVER),
    ("67002", "Rive-Est", RIVER),
    ("68001", "Rive-Sud", RIVER),
    ("75056", "Paris", PARIS),
    ("97101", "Les Abymes", ISLAND),
    ("97601", "Acoua", LAGOON),
    ("97701", "Saint-Barthélemy", ""),
)
REGION_OF = {"01": "84", "67": "44", "68": "44", "75": "11", "971": "01", "976": "06"}
MERGED = datetime.date(2022, 1, 1)
JOINED = datetime.date(2018, 1, 1)
LEFT = datetime.date(2020, 1, 1)

N = Column("N", "2018", "RP 2018", additive=True)  # a count
M = Column("M", "2018", "RP 2018")  # a median
Z = Column("Z", "2018", "RP 2018", additive=True)  # a count of which no row means none

Cell = float | str | None  # a value, the status of a gap, or no row


class Figure(NamedTuple):
    """One observation: its value (None for a gap), its status and its note."""

    value: float | None
    status: str
    note: str


@cache
def small_geography() -> Geography:
    """Return the geography of 1 January 2026, and what came before."""
    codes, names, epci = zip(*COMMUNES, strict=True)
    former = (
        FormerCommune("01005", "Absorbée", MERGED, ("01004",)),
        FormerCommune("01006", "Partagée", JOINED, ("01002", "01003")),
    )
    return Geography(
        2026,
        CommuneTable(codes, names, (0,) * len(codes), epci),
        tuple(Area(Level.EPCI, code, f"CC {code}") for code in sorted({*epci} - {""})),
        tuple(Area(Level.DEPARTEMENT, code, f"D{code}") for code in REGION_OF),
        tuple(Area(Level.REGION, code, f"R{code}") for code in sorted({*REGION_OF.values()})),
        REGION_OF,
        iris={"67001": (("0101", "H"), ("0102", "H"), ("0103", "A"))},
        epci_changed=frozenset({EAST}),
        passage=Passage(
            frozenset(codes),
            {"75101": "75056", "75102": "75056"},
            {item.code: item for item in former},
            (Split(LEFT, "01002", "Bêta", ("01002", "01003")),),
            {"01003": ((JOINED, LEFT),)},
        ),
    )


def describe(geography: str = "2021", **changes: Any) -> Description:
    """Return the description of a dataset with a count, a median, and a count read as zero."""
    names = {"N": "N", "M": "M", "Z": "Z"}
    groups = [{"annee": "2018", "millesime": "RP 2018", "colonnes": names}]
    file = {"nom": "essai.csv", "niveau": "commune", "geographie": geography, "groupes": groups}
    raw = {
        "id": "essai",
        "titre": "Essai",
        "producteur": "Insee",
        "licence": "Licence Ouverte 2.0",
        "page": "https://www.insee.fr",
        "champ": {"phrase": "France"},
        "sans_ligne": {"statut": "absent", "motif": "commune absente du fichier"},
        "lecteur": {"famille": "tableau"},
        "fichiers": [file],
        "variables": {
            "N": {"libelle": "Habitants", "additive": True},
            "M": {"libelle": "Médiane"},
            "Z": {"libelle": "Associations", "additive": True, "zero_sans_ligne": True},
        },
    }
    return Description.model_validate({**raw, **changes})


def panel(
    rows: Mapping[str, Sequence[Cell]],
    columns: Sequence[Column] = (N,),
    level: str = "commune",
    dataset: str = "essai",
) -> Panel:
    """Return a panel from cells typed by area: a number, the status of a gap, or None."""
    codes = pd.Index(list(rows), dtype=object)
    result = empty_panel(dataset, level, codes, tuple(columns))
    for area, cells in enumerate(rows.values()):
        for position, cell in enumerate(cells):
            if isinstance(cell, str):
                result.ranks[area, position] = RANK[Status(cell)]
            elif cell is not None:
                result.values[area, position] = cell
                result.ranks[area, position] = RANK[Status.PUBLIE]
    return result


def on_all_communes(found: Panel) -> Panel:
    """Return a panel on all the communes of the small France, as sums take them."""
    return found.aligned(pd.Index([code for code, _, _ in COMMUNES], dtype=object))


def figure(
    found: Panel | Observations, code: str, variable: str = "N", *, level: str = "", year: str = ""
) -> Figure | None:
    """Return the one figure of an area, None where there is no row."""
    if isinstance(found, Panel):
        return _in_panel(found, code, variable, level, year)
    frame = found.frame
    rows = frame[(frame["code"] == code) & (frame["variable"] == variable)]
    rows = rows[rows["level"] == level] if level else rows
    rows = rows[rows["year"] == year] if year else rows
    if rows.empty:
        return None
    assert len(rows) == 1, rows
    row = rows.iloc[0]
    return Figure(_known(row["value"]), str(row["status"]), str(row["note"]))


def _in_panel(found: Panel, code: str, variable: str, level: str, year: str) -> Figure | None:
    assert level in ("", found.level)
    (position,) = (
        position
        for position, column in enumerate(found.columns)
        if column.variable == variable and year in ("", column.year)
    )
    area = found.codes.tolist().index(code)
    if found.ranks[area, position] == NO_ROW:
        return None
    return Figure(
        _known(found.values[area, position]),
        str(STATUSES[found.ranks[area, position]]),
        found.notes[found.note_numbers[area, position]],
    )


def _known(cell: float) -> float | None:
    return None if np.isnan(cell) else float(cell)


def value(found: Panel | Observations, code: str, variable: str = "N", **where: str) -> Any:
    """Return a figure's value, or the status of its gap; None where there is no row."""
    cell = figure(found, code, variable, **where)
    if cell is None:
        return None
    return cell.status if cell.value is None else cell.value


def read(path: Path) -> Observations:
    """Return what a file holds, as its producer wrote it."""
    _, panels = read_file(recognise(path), small_geography().communes)
    return to_observations(panels)


def observed(path: Path) -> Observed:
    """Return what a file becomes on the areas of the small France."""
    return observe(recognise(path), small_geography())
