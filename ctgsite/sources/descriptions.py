"""Descriptions of the datasets: what each producer's file holds and how to read it.

One YAML file a dataset, in French, checked when it is loaded. A new vintage, a renamed column or a
new address changes the YAML alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from ctgsite.errors import Problem, SourceError
from ctgsite.sources.addresses import ANY_YEAR, Download, Watch
from ctgsite.sources.expectations import Bounds, Expectations, Jump
from ctgsite.sources.expectations import Strict as _Strict
from ctgsite.sources.precision import Imprecision, SmallCounts
from ctgsite.sources.readers import MissingRule, QuarterReader, Reader
from ctgsite.sources.usage import Usage

DatasetLevel = Literal["commune", "epci", "departement", "region", "france", "iris", "qpv"]


class Breach(_Strict):
    """A break of series: from `year` on, the variables are not comparable with those before.

    No variable named means all of them, no level named means every level; `reason` is a clause.
    """

    year: str = Field(alias="annee")
    variables: tuple[str, ...] = ()
    levels: tuple[DatasetLevel, ...] = Field(default=(), alias="niveaux")
    reason: str = Field(alias="motif")

    def concerns(self, variable: str) -> bool:
        """Whether the break is one of this variable."""
        return not self.variables or variable in self.variables


class Exclusion(_Strict):
    """Départements that a dataset is not about, and the French reason shown there."""

    departements: tuple[str, ...]
    reason: str = Field(alias="motif")


class Coverage(_Strict):
    """The areas a dataset is about; those outside do not count as missing from a sum.

    `partial` is a file that holds a part of France's communes: none stands in France by it.
    `reference` is the French reason why figures of two régions cannot be compared, if they cannot.
    """

    phrase: str
    partial: bool = Field(default=False, alias="partiel")
    reference: str = ""
    exclusions: tuple[Exclusion, ...] = Field(default=(), alias="exclusions")

    @property
    def outside(self) -> Mapping[str, str]:
        """The départements outside, each with its reason."""
        return {code: item.reason for item in self.exclusions for code in item.departements}


class Variable(_Strict):
    """One variable: whether it adds up, its unit, what its gaps and its zeros mean."""

    label: str = Field(alias="libelle")
    unit: str = Field(default="", alias="unite")
    additive: bool = Field(default=False, alias="additive")
    lasting: bool = Field(default=False, alias="permanent")  # the same whatever the year
    empty: MissingRule = Field(
        default=MissingRule(statut="absent", motif="non publié par le producteur"), alias="vide"
    )
    zero_without_row: bool = Field(default=False, alias="zero_sans_ligne")
    zero: MissingRule | None = None  # where a published 0 is no value
    modalities: Mapping[str, float] = Field(default={}, alias="modalites")  # texts: what each is
    coverage: Coverage | None = Field(default=None, alias="champ")  # where not the dataset's
    bounds: Bounds | None = Field(default=None, alias="bornes")  # where not those of its unit
    jump: Jump | None = Field(default=None, alias="saut")

    @property
    def range(self) -> Bounds:
        """What its values lie between: as described, or a share from 0 to 100, a count from 0."""
        if self.bounds is not None:
            return self.bounds
        return (
            0.0 if self.unit == "%" or self.additive else None,
            100.0 if self.unit == "%" else None,
        )


class Complement(_Strict):
    """A share that the producer got wrong, recomputed as 100 minus the others."""

    variable: str
    others: tuple[str, ...] = Field(alias="autres")
    note: str


class Group(_Strict):
    """Columns of one year and vintage; `{aa}` and `{aaaa}` in a column stand for the year."""

    year: str = Field(default="{aaaa}", alias="annee")
    vintage: str = Field(alias="millesime")
    note: str = ""
    landmark: str = Field(default="", alias="repere")  # read once for each year that has it
    optional: bool = Field(default=False, alias="facultatif")  # a file may lack its landmark
    columns: Mapping[str, str | tuple[str, ...]] = Field(alias="colonnes")

    def has_year(self, year: str) -> bool:
        """Whether these columns may be of a year."""
        return year == self.year or ANY_YEAR in self.year

    def edition(self, year: str) -> str:
        """The edition of these columns in a year."""
        return self.vintage.replace(ANY_YEAR, year)


class FileSpec(_Strict):
    """One kind of file; `{aaaa}` in its name is its year. A ``.gz`` of it is accepted too."""

    name: str = Field(alias="nom")
    level: DatasetLevel = Field(alias="niveau")
    geography: str = Field(default="", alias="geographie")  # year of its communes, "" if undated
    landmark: str = Field(default="", alias="repere")  # its newest year is that of the edition
    groups: tuple[Group, ...] = Field(alias="groupes", min_length=1)
    complements: tuple[Complement, ...] = Field(default=(), alias="complements")
    note: str = ""  # travels with every figure of the file
    rows: int = Field(default=0, alias="lignes")  # areas at least: fewer is a file cut short
    reader: Reader | None = Field(default=None, alias="lecteur")

    def groups_of(self, variable: str) -> tuple[Group, ...]:
        """The groups that hold a variable, read or recomputed."""
        if any(variable == item.variable for item in self.complements):
            return self.groups
        return tuple(group for group in self.groups if variable in group.columns)

    def match(self, name: str) -> str | None:
        """The year that the file's name carries ("" where it carries none), None if not ours."""
        pattern = re.escape(self.name).replace(r"\{aaaa\}", r"(?P<year>\d{4})").replace(r"\*", ".*")
        found = re.fullmatch(rf"{pattern}(\.gz)?", name, re.IGNORECASE)
        if found is None:
            return None
        return found.groupdict().get("year") or ""


class Description(_Strict):
    """Everything ctgsite knows of a dataset before it sees a file."""

    id: str
    title: str = Field(alias="titre")
    producer: str = Field(alias="producteur")
    licence: str
    page: str
    republication: str = ""
    coverage: Coverage = Field(alias="champ")
    breaks: tuple[Breach, ...] = Field(default=(), alias="ruptures")
    reading_notes: tuple[str, ...] = Field(default=(), alias="lecture")
    usage: Usage = Usage()
    imprecisions: tuple[Imprecision, ...] = Field(default=(), alias="incertitude")  # first wins
    small_counts: SmallCounts | None = Field(default=None, alias="prudence")
    no_row: MissingRule = Field(alias="sans_ligne")  # an area of the field without a row
    arrondissements: Literal["doublons", "complements"] = (
        "doublons"  # beside Paris, Lyon, Marseille
    )
    reader: Reader = Field(alias="lecteur")
    files: tuple[FileSpec, ...] = Field(alias="fichiers")
    downloads: tuple[Download, ...] = Field(default=(), alias="telechargements")
    watch: Watch | None = Field(default=None, alias="veille")
    variables: Mapping[str, Variable]
    expectations: Expectations = Field(default=Expectations(), alias="vraisemblance")

    def coverage_of(self, variable: str) -> Coverage:
        """The field of a variable: its own, or the dataset's."""
        return self.variables[variable].coverage or self.coverage

    def level_of(self, spec: FileSpec, variable: str) -> str:
        """The level at which a file tells a variable: a file of quarters also tells communes."""
        reader = self.reader_of(spec)
        quarters = isinstance(reader, QuarterReader) and variable in reader.commune_columns
        return "commune" if quarters else spec.level

    def holding(self, variable: str) -> tuple[FileSpec, ...]:
        """The files that hold a variable."""
        return tuple(spec for spec in self.files if spec.groups_of(variable))

    def imprecision_of(self, variable: str, year: str) -> Imprecision | None:
        """What is known of the precision of a variable's published cells in a year."""
        return next((item for item in self.imprecisions if item.applies(variable, year)), None)

    def caution_under(self, variable: str) -> float:
        """The count of a variable under which it is to be read with caution, 0 if none is."""
        rule = self.small_counts
        return rule.threshold if rule is not None and rule.covers(variable) else 0.0

    def reader_of(self, spec: FileSpec) -> Reader:
        """How a file of this kind is read: its own reader, or the dataset's."""
        return spec.reader or self.reader

    @model_validator(mode="after")
    def _columns_are_described(self) -> Description:
        """Every column read is a variable, and every variable is read somewhere."""
        read = {name for spec in self.files for group in spec.groups for name in group.columns}
        read |= {item.variable for spec in self.files for item in spec.complements}
        named = set(self.variables)
        if read != named:
            raise ValueError(
                f"colonnes sans variable : {sorted(read - named)} ; "
                f"variables sans colonne : {sorted(named - read)}"
            )
        if unknown := self.expectations.variables - named:
            raise ValueError(f"vraisemblance de variables inconnues : {sorted(unknown)}")
        return self

    @model_validator(mode="after")
    def _downloads_are_files(self) -> Description:
        """What is downloaded is a file that this description reads."""
        names = [item.name.replace(ANY_YEAR, "2000") for item in self.downloads]
        lost = [name for name in names if all(spec.match(name) is None for spec in self.files)]
        if lost or len(set(names)) < len(names):
            raise ValueError(f"téléchargements qui ne sont aucun fichier, ou deux fois : {lost}")
        return self

    @model_validator(mode="after")
    def _rules_name_variables(self) -> Description:
        """What is said of precision is said of variables that exist."""
        rules = (*self.imprecisions, *filter(None, [self.small_counts]))
        unknown = {name for rule in rules for name in rule.variables} - set(self.variables)
        if unknown:
            raise ValueError(f"incertitude ou prudence de variables inconnues : {sorted(unknown)}")
        return self


Descriptions = Mapping[str, Description]  # by the id of the dataset


class Ignored(_Strict):
    """Files known, and the French reason why they are not imported here."""

    name: str = Field(alias="nom")
    reason: str = Field(alias="motif")


def _load(text: str, name: str) -> Description:
    try:
        return Description.model_validate(yaml.load(text, Loader=yaml.CSafeLoader))
    except ValidationError as error:
        raise SourceError(
            Problem(f"description {name} : {item['loc']} {item['msg']}") for item in error.errors()
        ) from error


@cache
def load_descriptions() -> Descriptions:
    """Every dataset's description, by id, in alphabetical order.

    Raises:
        SourceError: a description does not respect the model.
    """
    folder = resources.files("ctgsite.sources") / "descriptions"
    found = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".yml") and not entry.name.startswith("_"):
            description = _load(entry.read_text(encoding="utf-8"), entry.name)
            found[description.id] = description
    return MappingProxyType(found)


@cache
def load_ignored() -> tuple[Ignored, ...]:
    """The files that ctgsite knows and does not import as figures."""
    text = (resources.files("ctgsite.sources") / "descriptions" / "_ignored.yml").read_text("utf-8")
    return tuple(Ignored.model_validate(item) for item in yaml.safe_load(text))
