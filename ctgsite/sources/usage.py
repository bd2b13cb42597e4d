"""Rules of reading that travel with a producer's figures, as its description states them.

Whatever is built on a dataset respects them: the catalogue is refused where it does not.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field


class Mention(BaseModel):
    """A year whose figures are never shown without a word of caution."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    year: str = Field(alias="annee")
    variables: tuple[str, ...]
    word: str = Field(alias="mot")


class Usage(BaseModel):
    """What an indicator must say, or may not do, with the figures of a dataset."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    names: str = Field(default="", alias="nommer")  # the reading says this word
    companions: Mapping[str, str] = Field(default={}, alias="jamais_sans")  # one word, the other
    recalls: tuple[str, ...] = Field(default=(), alias="rappeler")  # words that the limits hold
    avoided: tuple[str, ...] = Field(default=(), alias="eviter")  # words of no sentence
    unit: str = Field(default="", alias="unite")
    ranked: bool = Field(default=True, alias="classement")
    highlight: bool = Field(default=True, alias="point_saillant")
    minimum_difference: float = Field(default=0.0, alias="ecart_minimal")
    apart: tuple[tuple[str, ...], ...] = Field(default=(), alias="series_separees")
    wholes: tuple[tuple[str, ...], ...] = Field(default=(), alias="repartitions")
    never_subtracted: tuple[str, ...] = Field(default=(), alias="jamais_soustraites")
    events: tuple[str, ...] = Field(default=(), alias="evenements")  # births, deaths of a year
    mentions: tuple[Mention, ...] = Field(default=(), alias="mentions")
    rolling: bool = Field(default=False, alias="enquete_tournante")  # five surveys a vintage
