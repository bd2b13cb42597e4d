"""The Geography as one compact file of our own, and the copy of it that comes with ctgsite.

It is made of columns, and the same geography gives the same bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import starmap
from pathlib import Path
from typing import Any

from ctgsite.geography.areas import Area, Level
from ctgsite.geography.cog import CommuneTable, Geography
from ctgsite.geography.packed import read_packed, write_packed
from ctgsite.geography.passage import FormerCommune, Gap, Passage, Split

FORMAT = 1
NAME = "geographie.json.gz"
MANIFEST = "geographie.manifest.json"
SNAPSHOT = Path(__file__).parent.parent / "snapshot"
LICENCE = "Licence Ouverte 2.0"

Sources = Sequence[Mapping[str, str]]  # producer, title, vintage and licence of each


def write_geography(geography: Geography, folder: Path, sources: Sources = ()) -> tuple[Path, ...]:
    """Write the file and its manifest, and return their paths; same geography, same bytes.

    `sources` are what it was made of, where not the files that the packaged one is made of.
    """
    about = _manifest(geography, sources)
    return write_packed(folder / NAME, _document(geography), folder / MANIFEST, about)


def read_geography(folder: Path) -> Geography:
    """Read what `write_geography` wrote.

    Raises:
        SourceError: the file is missing, damaged or of another version.
    """
    return read_packed(folder / NAME, FORMAT, _geography)


@cache
def embedded_geography() -> Geography:
    """Return the geography that comes with ctgsite."""
    return read_geography(SNAPSHOT)


def _document(geography: Geography) -> dict[str, Any]:
    table = geography.table
    rows = {area.code: row for row, area in enumerate(geography.epcis)}
    return {
        "format": FORMAT,
        "year": geography.year,
        "codes": " ".join(table.codes),
        "names": "\n".join(table.names),
        "tncc": "".join(map(str, table.tncc)),
        "epci": [rows.get(code, -1) for code in table.epci],
        "epcis": _rows(geography.epcis),
        "departements": _rows(geography.departements),
        "regions": _rows(geography.regions),
        "region_of": dict(geography.region_of),
        "iris": {
            commune: " ".join(last + kind for last, kind in parts)
            for commune, parts in geography.iris.items()
        },
        "epci_changed": sorted(geography.epci_changed),
        "arrondissements": dict(geography.passage.arrondissements),
        "former": [
            (item.code, item.name, item.ended.isoformat(), *item.successors)
            for item in geography.passage.former.values()
        ],
        "splits": [
            (item.date.isoformat(), item.code, item.name, *item.communes)
            for item in geography.passage.splits
        ],
        "gaps": {
            code: [day.isoformat() for gap in gaps for day in gap]
            for code, gaps in geography.passage.gaps.items()
        },
    }


def _rows(areas: Iterable[Area]) -> list[tuple[str, str, int]]:
    return [(area.code, area.name, area.tncc) for area in areas]


def _geography(document: dict[str, Any]) -> Geography:
    day = datetime.date.fromisoformat
    codes = tuple(document["codes"].split())
    epcis = tuple(Area(Level.EPCI, *row) for row in document["epcis"])
    epci_codes = [area.code for area in epcis] + [""]  # the last one is what -1 points at
    table = CommuneTable(
        codes=codes,
        names=tuple(document["names"].split("\n")),
        tncc=tuple(map(int, document["tncc"])),
        epci=tuple(epci_codes[row] for row in document["epci"]),
    )
    former = (
        FormerCommune(code, name, day(ended), tuple(heirs))
        for code, name, ended, *heirs in document["former"]
    )
    return Geography(
        year=document["year"],
        table=table,
        epcis=epcis,
        departements=tuple(Area(Level.DEPARTEMENT, *row) for row in document["departements"]),
        regions=tuple(Area(Level.REGION, *row) for row in document["regions"]),
        region_of=document["region_of"],
        iris={
            commune: tuple((part[:-1], part[-1]) for part in parts.split())
            for commune, parts in document["iris"].items()
        },
        epci_changed=frozenset(document["epci_changed"]),
        passage=Passage(
            communes=frozenset(codes),
            arrondissements=document["arrondissements"],
            former={item.code: item for item in former},
            splits=tuple(starmap(_split, document["splits"])),
            gaps={code: _gaps(days) for code, days in document.get("gaps", {}).items()},
        ),
    )


def _split(day: str, code: str, name: str, *communes: str) -> Split:
    return Split(datetime.date.fromisoformat(day), code, name, communes)


def _gaps(days: Iterable[str]) -> tuple[Gap, ...]:
    dates = list(map(datetime.date.fromisoformat, days))
    return tuple(zip(dates[::2], dates[1::2], strict=True))


def _manifest(geography: Geography, sources: Sources) -> dict[str, Any]:
    return {
        "fichier": NAME,
        "contenu": f"Code officiel géographique au 1er janvier {geography.year}",
        "sources": list(sources)
        or [
            {
                "producteur": "Insee, DGCL ; mise en forme Etalab",
                "titre": "Découpage administratif (@etalab/decoupage-administratif 6.0.0)",
                "millesime": str(geography.year),
                "licence": f"{LICENCE} (données), MIT (mise en forme)",
            },
            {
                "producteur": "Insee",
                "titre": "Code officiel géographique : mouvements de communes depuis 1943",
                "millesime": "2024",
                "licence": LICENCE,
            },
            {
                "producteur": "Insee",
                "titre": "Table de passage annuelle des communes",
                "millesime": "2025",
                "licence": LICENCE,
            },
            {
                "producteur": "Insee",
                "titre": "Composition communale des EPCI",
                "millesime": "2020",
                "licence": LICENCE,
            },
            {"producteur": "Insee, IGN", "titre": "IRIS", "millesime": "2021", "licence": LICENCE},
        ],
    }
