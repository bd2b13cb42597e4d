"""Read the producers' geography files into a Geography.

From a folder of `etalab-geo/` (@etalab/decoupage-administratif) and `insee-geo/` (INSEE's
movements, passage table, EPCI 2020 and IRIS 2021), all as published, compressed or not.
"""

from __future__ import annotations

import datetime
import gzip
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson
import pandas as pd

from ctgsite.errors import Place, Problem, SourceError
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.cog import CommuneTable, Geography
from ctgsite.geography.movements import Movements, passage_from

YEAR = 2026  # of decoupage-administratif 6.0.0
ETALAB = "etalab-geo"
INSEE = "insee-geo"
MOVEMENT_COLUMNS = ("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP")
PASSAGE_COLUMNS = ("Année", "Niveau", "Ancien Code Officiel", "Code Courant Officiel")
NO_EPCI = "ZZZZZZZZZ"
UNDIVIDED = "Z"  # the one IRIS of a commune that is not split in IRIS
ELIDED = tuple("AEIOUYÀÂÉÈÊËÎÏÔÖÙÛŒÆ")

Record = dict[str, Any]


def read_producers(folder: Path) -> Geography:
    """Read a Geography from a folder of producers' files.

    Raises:
        SourceError: a file is missing, unreadable, or without a column that is needed.
    """
    communes = _read_json(folder / ETALAB / "communes.json.gz")
    departements = _of_france(_read_json(folder / ETALAB / "departements.json.gz"))
    regions = _of_france(_read_json(folder / ETALAB / "regions.json.gz"))
    epcis = _read_json(folder / ETALAB / "epci.json.gz")
    table = _commune_table(communes, epcis)
    passage = passage_from(communes, _read_movements(folder / INSEE))
    epci_2020 = _read_table(folder / INSEE / "EPCI_2020.csv.gz", ("CODGEO", "EPCI"), ";")
    return Geography(
        year=YEAR,
        table=table,
        epcis=_areas(Level.EPCI, epcis),
        departements=_areas(Level.DEPARTEMENT, departements),
        regions=_areas(Level.REGION, regions),
        region_of={item["code"]: item["region"] for item in departements},
        iris=_read_iris(folder / INSEE / "iris_2021.csv.gz"),
        epci_changed=changed_epcis(table, passage.harmonised_codes(epci_2020["CODGEO"]), epci_2020),
        passage=passage,
    )


def _commune_table(communes: Iterable[Record], epcis: Iterable[Record]) -> CommuneTable:
    current = sorted(
        (item for item in communes if item["type"] == "commune-actuelle"), key=lambda c: c["code"]
    )
    epci_of = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    return CommuneTable(
        codes=tuple(item["code"] for item in current),
        names=tuple(item["nom"] for item in current),
        tncc=tuple(_tncc(item) for item in current),
        epci=tuple(epci_of.get(item["code"], "") for item in current),
    )


def _tncc(item: Record) -> int:
    # The collectivités d'outre-mer have no typeLiaison in this file.
    return int(item.get("typeLiaison", item["nom"].startswith(ELIDED)))


def _areas(level: Level, items: Iterable[Record]) -> tuple[Area, ...]:
    areas = [
        Area(level, item["code"], " ".join(item["nom"].split()), int(item.get("typeLiaison", 0)))
        for item in items
    ]
    return tuple(sorted(areas, key=lambda area: area.code))


def _of_france(items: Iterable[Record]) -> list[Record]:
    return [item for item in items if item["zone"] != "com"]


def changed_epcis(
    table: CommuneTable, codes: pd.Series[str], epci_2020: pd.DataFrame
) -> frozenset[str]:
    """Return the EPCI whose communes, read on today's geography, were others in 2020.

    One that took in a part of a commune of another EPCI has the same codes and another territory.
    """
    before = epci_2020.assign(commune=codes)[epci_2020["EPCI"] != NO_EPCI]
    then = before.groupby("EPCI")["commune"].agg(frozenset)
    today = pd.DataFrame({"commune": table.codes, "EPCI": table.epci})
    now = today[today["EPCI"] != ""].groupby("EPCI")["commune"].agg(frozenset)
    origins = before.groupby("commune")["EPCI"].nunique()
    mixed = frozenset(origins.index[origins > 1])
    return frozenset(code for code in now.index if then.get(code) != now[code] or now[code] & mixed)


def _read_iris(path: Path) -> Mapping[str, tuple[tuple[str, str], ...]]:
    frame = _read_table(path, ("CODE_IRIS", "TYP_IRIS", "DEPCOM"), ";")
    split = frame[frame["TYP_IRIS"] != UNDIVIDED].sort_values("CODE_IRIS")
    iris: dict[str, list[tuple[str, str]]] = {}
    rows = zip(split["DEPCOM"], split["CODE_IRIS"], split["TYP_IRIS"], strict=True)
    for commune, code, kind in rows:
        iris.setdefault(commune, []).append((code[5:], kind))
    return {commune: tuple(parts) for commune, parts in iris.items()}


def _read_movements(folder: Path) -> Movements:
    events = _read_table(folder / "cog2024_mouvements-communes.csv.gz", MOVEMENT_COLUMNS, ",")
    passage = _read_table(folder / "geocodes_passage_annuel.csv.gz", PASSAGE_COLUMNS, ";")
    passage.columns = pd.Index(["year", "level", "old", "new"])
    passage = passage[passage["level"] == "COM"]
    known = _read_table(folder / "cog2024_communes.csv.gz", ("TYPECOM", "COM", "LIBELLE"), ",")
    known = known[known["TYPECOM"] == "COM"]
    return Movements(
        events=events.to_dict("records"),
        passage=tuple(zip(passage["old"], passage["new"], strict=True)),
        passage_day=datetime.date(int(passage["year"].max()), 1, 1),
        last_day=datetime.date(YEAR, 1, 1),
        names=dict(zip(known["COM"], known["LIBELLE"], strict=True)),
    )


def _read_table(path: Path, columns: tuple[str, ...], separator: str) -> pd.DataFrame:
    """Read some columns of a producer's CSV as text, blanks as ""."""
    path = _existing(path)
    try:
        header = pd.read_csv(path, sep=separator, nrows=0, encoding="utf-8-sig")
        missing = [column for column in columns if column not in header.columns]
        if missing:
            wanted = ", ".join(missing)
            message = f"colonnes attendues et absentes : {wanted}"
            raise SourceError(Problem(message, Place(path)))
        return pd.read_csv(
            path,
            sep=separator,
            dtype=str,
            keep_default_na=False,
            usecols=list(columns),
            encoding="utf-8-sig",
        )[list(columns)]
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise _unreadable(path, "un fichier CSV en UTF-8", error) from error


def _read_json(path: Path) -> list[Record]:
    path = _existing(path)
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        items: list[Record] = orjson.loads(content)
    except (OSError, EOFError, orjson.JSONDecodeError) as error:
        raise _unreadable(path, "un fichier JSON", error) from error
    return items


def _existing(path: Path) -> Path:
    """Return the path of a file, compressed or not."""
    for candidate in (path, path.with_suffix("")):
        if candidate.is_file():
            return candidate
    raise SourceError(Problem("fichier absent : il décrit la géographie officielle", Place(path)))


def _unreadable(path: Path, wanted: str, error: Exception) -> SourceError:
    return SourceError(Problem(f"illisible, {wanted} était attendu ({error})", Place(path)))
