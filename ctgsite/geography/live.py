"""Build the Geography from what INSEE's site serves: COG, composition of the EPCI, passage table.

From a folder of downloaded archives, as `layouts` describes them. What they do not hold (IRIS, the
EPCI of 2020) is taken from a geography already known.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from ctgsite.geography.agreement import check_agreement
from ctgsite.geography.archives import ReadBytes, Row, Rows
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.cog import CommuneTable, Geography
from ctgsite.geography.editions import NO_EPCI, Editions, read_editions
from ctgsite.geography.existence import days_of, heirs_from
from ctgsite.geography.layouts import Files
from ctgsite.geography.movements import CURRENT, ELSEWHERE, Movements, passage_from
from ctgsite.geography.passage import Passage
from ctgsite.geography.producers import changed_epcis

PARENTS = {"ARM": "commune", "COMA": "chefLieu", "COMD": "chefLieu"}  # Etalab's words

Record = dict[str, Any]


def read_live(folder: Path, files: Files, read: ReadBytes, known: Geography) -> Geography:
    """Read a Geography from a folder of downloaded archives, the newest of each kind.

    Args:
        folder: holds the archives as downloaded.
        files: how they are laid out.
        read: gives the content of a file, or of a member of its archive.
        known: has the IRIS, and the EPCI whose communes are no longer those of 2020.

    Raises:
        SourceError: a file is missing, or is not what its layout says; or two do not agree.
    """
    found = read_editions(folder, files, read)
    check_agreement(found, files.cog.least)
    table = _commune_table(found)
    passage = _passage(found)
    return Geography(
        year=found.year,
        table=table,
        epcis=_epcis(found),
        departements=_areas(Level.DEPARTEMENT, found.departements, "DEP"),
        regions=_areas(Level.REGION, found.regions, "REG"),
        region_of={row["DEP"]: row["REG"] for row in _sorted(found.departements, "DEP")},
        iris=known.iris,
        epci_changed=_changed(table, passage, known),
        passage=passage,
    )


def _commune_table(found: Editions) -> CommuneTable:
    epci_of = {row["CODGEO"]: row["EPCI"] for row in found.members if row["EPCI"] != NO_EPCI}
    rows = sorted(
        [(row["COM"], row["LIBELLE"], int(row["TNCC"])) for row in found.current]
        + [(row["COM_COMER"], row["LIBELLE"], int(row["TNCC"])) for row in found.overseas]
    )
    codes, names, tncc = zip(*rows, strict=True)
    return CommuneTable(codes, names, tncc, tuple(epci_of.get(code, "") for code in codes))


def _areas(level: Level, rows: Rows, code: str) -> tuple[Area, ...]:
    return tuple(
        Area(level, row[code], row["LIBELLE"], int(row["TNCC"])) for row in _sorted(rows, code)
    )


def _epcis(found: Editions) -> tuple[Area, ...]:
    return tuple(
        Area(Level.EPCI, row["EPCI"], " ".join(row["LIBEPCI"].split()))
        for row in _sorted(found.epcis, "EPCI")
        if row["EPCI"] != NO_EPCI
    )


def _sorted(rows: Rows, column: str) -> list[Row]:
    return sorted(rows, key=lambda row: row[column])


def _changed(table: CommuneTable, passage: Passage, known: Geography) -> frozenset[str]:
    """Return the EPCI whose communes are no longer those of 2020, or of the geography known."""
    former = pd.DataFrame({"CODGEO": known.table.codes, "EPCI": known.table.epci})
    former["EPCI"] = former["EPCI"].replace("", NO_EPCI)
    since = changed_epcis(table, passage.harmonised_codes(former["CODGEO"]), former)
    return since | (known.epci_changed & frozenset(table.epci))


def _passage(found: Editions) -> Passage:
    """Return how former codes read today.

    Where the passage table shares a former commune out among several, it is believed: the
    movements do not say which of them had it.
    """
    day = datetime.date(found.year, 1, 1)
    names = {row["COM"]: row["LIBELLE"] for row in found.current}
    events = [row.cells for row in found.events]
    heirs = {code: set(own) for code, own in heirs_from(days_of(events), names.keys()).items()}
    for old, new in found.pairs:
        if old in heirs and new not in heirs[old]:
            heirs[old].add(new)
    movements = Movements(
        events=events,
        passage=tuple(sorted((old, new) for old, news in heirs.items() for new in news)),
        passage_day=day,
        last_day=day,
        names=names,
    )
    return passage_from(_records(found, heirs), movements)


def _records(found: Editions, heirs: Mapping[str, set[str]]) -> list[Record]:
    """Return the communes of all kinds, with the former codes that each of today has taken over."""
    former: dict[str, list[str]] = defaultdict(list)
    for code, holders in sorted(heirs.items()):
        if len(holders) == 1:
            former[next(iter(holders))].append(code)
    records: list[Record] = [
        {"code": row["COM"], "nom": row["LIBELLE"], "type": CURRENT,
         "anciensCodes": former[row["COM"]]}
        for row in found.current
    ]  # fmt: skip
    for row in found.communes:
        if row["TYPECOM"] in PARENTS and row["COM"] not in heirs:
            record = {"code": row["COM"], "nom": row["LIBELLE"], "type": row["TYPECOM"]}
            records.append(record | {PARENTS[row["TYPECOM"]]: row["COMPARENT"]})
    for row in found.overseas:
        record = {"code": row["COM_COMER"], "nom": row["LIBELLE"], "type": CURRENT}
        records.append(record | {"zone": ELSEWHERE})
    return records
