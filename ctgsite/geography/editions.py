"""Reads the producers' archives of one year; `agreement` says whether they go together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ctgsite.errors import Place, Problem, SourceError
from ctgsite.geography.archives import (
    ReadBytes,
    Row,
    Rows,
    read_codes_by_year,
    read_member,
    read_sheet,
)
from ctgsite.geography.layouts import CogArchive, EpciArchive, Files, PassageArchive

NO_EPCI = "ZZZZZZZZZ"
PREFIX = "CODGEO_"

MOVEMENT_COLUMNS = ("MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP")


@dataclass(frozen=True)
class Editions:
    """The tables of one year.

    Attributes:
        year: of the areas, on 1 January.
        communes: of all kinds, as the COG has them.
        overseas: communes of the collectivités d’outre-mer.
        departements: with the région of each.
        regions: all of them.
        events: the movements of communes up to that day.
        members: the EPCI of each commune.
        epcis: the names of the EPCI.
        passage: a row a commune, a column of codes a year, the last one of today.
    """

    year: int
    communes: Rows
    overseas: Rows
    departements: Rows
    regions: Rows
    events: Rows
    members: Rows
    epcis: Rows
    passage: Rows

    @cached_property
    def current(self) -> tuple[Row, ...]:
        """The communes of that day."""
        return tuple(row for row in self.communes if row["TYPECOM"] == "COM")

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """A former code and one of today; a shared-out code has several pairs."""
        *_, today = self.passage.positions
        return frozenset(
            (cell, row[today]) for row in self.passage for cell in row.cells.values() if cell
        )


def read_editions(folder: Path, files: Files, read: ReadBytes) -> Editions:
    """Read the newest COG of a folder, and the other archives of its year.

    Raises:
        SourceError: a file is missing, or is not what its layout says.
    """
    newest = files.cog.newest(folder)
    if newest is None:
        raise SourceError(_lacking(folder, files.cog.name, "AAAA"))
    path, year = newest
    communes, overseas, departements, regions, events = _cog(path, year, files.cog, read)
    members, epcis = _epci(_of_year(folder, files.epci, year), files.epci, read)
    passage = _passage(_of_year(folder, files.passage, year), year, files.passage, read)
    return Editions(
        year=int(year),
        communes=communes,
        overseas=overseas,
        departements=departements,
        regions=regions,
        events=events,
        members=members,
        epcis=epcis,
        passage=passage,
    )


def _of_year(folder: Path, edition: EpciArchive | PassageArchive, year: str) -> Path:
    path = edition.of(folder, year)
    if path is None:
        raise SourceError(_lacking(folder, edition.name, year))
    return path


def _lacking(folder: Path, name: str, year: str) -> Problem:
    expected = folder / name.replace("{aaaa}", year)
    return Problem("fichier absent : il décrit la géographie officielle", Place(expected))


def _cog(path: Path, year: str, archive: CogArchive, read: ReadBytes) -> list[Rows]:
    commune = ("TYPECOM", "COM", "REG", "DEP", "TNCC", "LIBELLE", "COMPARENT")
    tables = [
        read_member(path, year, table, columns, read)
        for table, columns in (
            (archive.communes, commune),
            (archive.overseas, ("COM_COMER", "TNCC", "LIBELLE")),
            (archive.departements, ("DEP", "REG", "TNCC", "LIBELLE")),
            (archive.regions, ("REG", "TNCC", "LIBELLE")),
            (archive.movements, MOVEMENT_COLUMNS),
        )
    ]
    for table in tables[:-1]:
        table.check("TNCC", "[0-8]", "un chiffre de 0 à 8")
        table.check("LIBELLE", ".+", "un nom")
    return tables


def _epci(path: Path, archive: EpciArchive, read: ReadBytes) -> list[Rows]:
    members = read_sheet(path, archive.member, archive.communes, ("CODGEO", "EPCI"), read)
    epcis = read_sheet(path, archive.member, archive.epcis, ("EPCI", "LIBEPCI"), read)
    for table in (members, epcis):
        table.check("EPCI", rf"\d{{9}}|{NO_EPCI}", "un numéro Siren de neuf chiffres")
    epcis.check("LIBEPCI", ".+", "un nom")
    return [members, epcis]


def _passage(path: Path, year: str, archive: PassageArchive, read: ReadBytes) -> Rows:
    """Return the columns of codes of the passage table, from the oldest year to the last."""
    table = read_codes_by_year(path, archive.member, archive.sheet, PREFIX, read)
    *_, last = table.positions
    if last != PREFIX + year:
        raise SourceError(table.problem(f"dernière colonne {last}, {PREFIX}{year} attendue"))
    return table
