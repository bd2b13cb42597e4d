"""How the producers' geography files are laid out, as their description in YAML says.

File and member names change with the years; `{aaaa}` in a name stands for its year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

YEAR = "{aaaa}"
DEPARTEMENT = "{departement}"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Table(_Strict):
    """A CSV member of an archive: its names over the years, newest first, and renamed columns.

    Columns are found whatever their case; `columns` gives the producer's name where it is not
    the one that INSEE has used since 2021.
    """

    members: tuple[str, ...] = Field(alias="membres", min_length=1)
    columns: Mapping[str, str] = Field(default={}, alias="colonnes")
    separator: str = Field(default=",", alias="separateur")

    def named(self, year: str) -> tuple[str, ...]:
        """The names that the member may have in a year."""
        return tuple(name.replace(YEAR, year) for name in self.members)


class Sheet(_Strict):
    """A sheet of a workbook, whose header stands some rows down: where all its columns are."""

    name: str = Field(alias="feuille")
    columns: Mapping[str, str] = Field(default={}, alias="colonnes")


class Edition(_Strict):
    """A file of which there is one a year."""

    name: str = Field(alias="nom")

    def newest(self, folder: Path) -> tuple[Path, str] | None:
        """The newest file of this kind in a folder and its year, None where there is none."""
        found = [(year, path) for path in _files(folder) if (year := self.year_of(path.name))]
        return max(found)[::-1] if found else None

    def of(self, folder: Path, year: str) -> Path | None:
        """The file of a year."""
        return next((path for path in _files(folder) if self.year_of(path.name) == year), None)

    def year_of(self, name: str) -> str | None:
        """The year that a file's name carries, None where the file is of another kind."""
        pattern = re.escape(self.name).replace(re.escape(YEAR), r"(\d{4})")
        found = re.fullmatch(pattern, name, re.IGNORECASE)
        return found.group(1) if found else None


class CogArchive(Edition):
    """INSEE's Code officiel géographique: areas on 1 January and the movements of communes."""

    communes: Table
    overseas: Table = Field(alias="collectivites")
    departements: Table
    regions: Table
    movements: Table = Field(alias="mouvements")
    least: int = Field(alias="communes_au_moins")  # fewer is a file cut short


class EpciArchive(Edition):
    """INSEE's composition of the EPCI à fiscalité propre: a workbook of two sheets."""

    member: str = Field(alias="membre")
    communes: Sheet
    epcis: Sheet = Field(alias="epci")


class PassageArchive(Edition):
    """INSEE's annual passage table: a row a commune of today, a column of codes a year."""

    member: str = Field(alias="membre")
    sheet: Sheet = Field(alias="communes")


class ContourFiles(_Strict):
    """Answers of geo.api.gouv.fr, one a département."""

    name: str = Field(alias="nom")

    def found(self, folder: Path) -> dict[str, Path]:
        """The file of each département that has one in a folder."""
        named = ((self.departement_of(path.name), path) for path in _files(folder))
        return {code: path for code, path in named if code}

    def departement_of(self, name: str) -> str | None:
        """The département that a file's name carries, None where the file is of another kind."""
        pattern = re.escape(self.name).replace(re.escape(DEPARTEMENT), r"(\d{2,3}|2[AB])")
        found = re.fullmatch(pattern, name)
        return found.group(1) if found else None


class Files(_Strict):
    """The files that a geography is built from."""

    cog: CogArchive
    epci: EpciArchive
    passage: PassageArchive
    contours: ContourFiles

    def in_folder(self, folder: Path) -> bool:
        """Whether a folder holds a geography of this layout."""
        return self.cog.newest(folder) is not None

    def knows(self, name: str) -> bool:
        """Whether a file is one of these, by its name."""
        editions = (self.cog, self.epci, self.passage)
        return any(item.year_of(name) for item in editions) or bool(
            self.contours.departement_of(name)
        )


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else ()
