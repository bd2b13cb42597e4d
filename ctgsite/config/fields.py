"""What the models of a territory's file are made of: the frozen section and its typed fields.

Python names are English; the keys of the files are the French aliases.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
PORTAL_FOLDERS = ("donnees",)  # beside the sites in the published folder: no territory's name

State = Literal["a_venir", "en_cours", "termine"]
Validation = Literal["brouillon", "cotech", "copil", "deliberation"]


class Section(BaseModel):
    """A frozen part of a file; keys that it does not declare are problems."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        str_strip_whitespace=True,
    )


def _date(value: Any) -> Any:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError("attendu une date qui existe, écrite année-mois-jour (2025-01-31)")


def _url(value: str) -> str:
    try:
        url = TypeAdapter(HttpUrl).validate_python(value)
    except ValidationError:
        url = None
    if url is None or url.query or url.fragment:
        message = "attendu une adresse complète, comme « https://www.exemple.fr/ctg/ »"
        raise ValueError(message)
    return str(url)


def is_inner(name: str) -> bool:
    """Whether a path stays inside the folder it starts from, on any system."""
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name)


def _inner_path(value: str) -> str:
    if not is_inner(value):
        raise ValueError("attendu un chemin à l’intérieur du dossier du territoire")
    return value


def _words(value: str) -> str:
    if not value:
        raise ValueError("ce texte est vide")
    return value


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("attendu un nombre, avec un point pour les décimales (12.5)")
    return value


def _amount(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise ValueError("attendu un montant en euros, sans espace ni signe (15000 ou 1250.50)")
    exact = Decimal(str(value))
    if exact != exact.quantize(Decimal("0.01")):
        raise ValueError("attendu un montant au centime près (1250.50)")
    return exact


Slug = Annotated[str, Field(pattern=SLUG_PATTERN)]
Count = Annotated[int, Field(strict=True, ge=0)]
Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]
Amount = Annotated[
    Decimal, BeforeValidator(_amount), WithJsonSchema({"type": "number", "minimum": 0})
]
Latitude = Annotated[float, Field(strict=True, ge=-90, le=90)]
Longitude = Annotated[float, Field(strict=True, ge=-180, le=180)]
Year = Annotated[int, Field(strict=True, ge=1990, le=2100)]
Date = Annotated[
    datetime.date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Url = Annotated[str, AfterValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
COLOUR_PATTERN = r"^#[0-9a-fA-F]{6}$"
Colour = Annotated[str, Field(pattern=COLOUR_PATTERN)]
InnerPath = Annotated[str, AfterValidator(_inner_path)]
Words = Annotated[str, AfterValidator(_words)]


class Span(Section):
    """A stretch of time, either end of which may be unknown."""

    start: Date | None = Field(
        default=None, alias="debut", description="Premier jour (2025-01-31)."
    )
    end: Date | None = Field(default=None, alias="fin", description="Dernier jour (2025-12-31).")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.start and self.end and self.end < self.start:
            raise ValueError("« fin » vient avant « debut »")
        return self
