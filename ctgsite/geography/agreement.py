"""Checks that the geography files of one year are whole, and speak of the same France."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Set

from ctgsite.errors import SourceError
from ctgsite.geography.archives import Rows
from ctgsite.geography.cog import departement_code
from ctgsite.geography.editions import NO_EPCI, Editions

SHOWN = 5
COMMUNE_CODE = r"(\d{2}|2[AB])\d{3}"
KINDS = "COM|ARM|COMA|COMD"
MISPLACED = "commune {COM} rattachée au département « {DEP} » de la région « {REG} », à tort"
TOO_LATE = "mouvement du {DATE_EFF}, postérieur au millésime qu’annonce le nom du fichier"


def check_agreement(found: Editions, least: int) -> None:
    """Check the tables of a year, each by itself and with the others.

    Args:
        found: the tables.
        least: fewer communes are a file cut short.

    Raises:
        SourceError: the first check that fails, with the rows that fail it.
    """
    _check_communes(found, least)
    _check_parents(found)
    _check_movements(found)
    _check_members(found)
    *_, today = found.passage.positions
    _check_same({row[today] for row in found.passage} - {""}, found.passage, found)


def _check_communes(found: Editions, least: int) -> None:
    communes = found.communes
    communes.check("TYPECOM", KINDS, f"un type parmi {KINDS.replace('|', ', ')}")
    communes.check("COM", COMMUNE_CODE, "un code de cinq caractères, zéro initial compris")
    communes.only(found.current).check_unique("COM")
    if len(found.current) < least:
        message = f"{least} communes au moins attendues, {len(found.current)} trouvées"
        raise SourceError(communes.problem(message))


def _check_parents(found: Editions) -> None:
    """Check that each area is of a département, région or commune that exists."""
    found.departements.check_unique("DEP")
    found.regions.check_unique("REG")
    regions = {row["REG"] for row in found.regions}
    found.departements.refuse(
        (f"région « {row['REG']} » inconnue du fichier des régions", row, "REG")
        for row in found.departements
        if row["REG"] not in regions
    )
    region_of = {row["DEP"]: row["REG"] for row in found.departements}
    found.communes.refuse(
        (MISPLACED.format(**row.cells), row, "DEP")
        for row in found.current
        if row["DEP"] != departement_code(row["COM"]) or region_of.get(row["DEP"]) != row["REG"]
    )
    codes = {row["COM"] for row in found.current}
    found.communes.refuse(
        (f"commune de rattachement « {row['COMPARENT']} » inconnue", row, "COMPARENT")
        for row in found.communes
        if row["TYPECOM"] != "COM" and row["COMPARENT"] not in codes
    )


def _check_movements(found: Editions) -> None:
    found.events.check("DATE_EFF", r"\d{4}-\d{2}-\d{2}", "une date AAAA-MM-JJ")
    last = datetime.date(found.year, 1, 1).isoformat()
    found.events.refuse(
        (TOO_LATE.format(**row.cells), row, "DATE_EFF")
        for row in found.events
        if row["DATE_EFF"] > last
    )


def _check_members(found: Editions) -> None:
    """Check that the EPCI are made of the communes of the COG, once each, and have names."""
    members = found.members
    members.check_unique("CODGEO")
    found.epcis.check_unique("EPCI")
    _check_same({row["CODGEO"] for row in members}, members, found)
    named = {row["EPCI"] for row in found.epcis} | {NO_EPCI}
    members.refuse(
        (f"EPCI « {row['EPCI']} » inconnu de la feuille {found.epcis.name}", row, "EPCI")
        for row in members
        if row["EPCI"] not in named
    )


def _check_same(given: Set[str], table: Rows, found: Editions) -> None:
    """Check that a table has the communes of the COG, all of them and no other."""
    codes = {row["COM"] for row in found.current}
    for wrong, what in ((given - codes, "en trop"), (codes - given, "absentes")):
        if wrong:
            raise SourceError(
                table.problem(
                    f"communes {what} par rapport au COG {found.year} : {_listed(wrong)} ; "
                    "les fichiers d’une même année sont attendus"
                )
            )


def _listed(codes: Iterable[str]) -> str:
    ordered = sorted(codes)
    more = f"… ({len(ordered)} en tout)" if len(ordered) > SHOWN else ""
    return ", ".join(ordered[:SHOWN]) + more
