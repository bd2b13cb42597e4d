"""What the models of a territory's file are made of: the frozen section and its typed fields.

Python names are English; the keys of the files are the French aliases.
"""

from __future__ import annotations

import datetime
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


Slug = Annotated[str, Field(pattern=SLUG_PATTERN)]
Count = Annotated[int, Field(strict=True, ge=0)]
Year = Annotated[int, Field(strict=True, ge=1990, le=2100)]
Date = Annotated[
    datetime.date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "format": "date"}),
]
Url = Annotated[str, AfterValidator(_url), WithJsonSchema({"type": "string", "format": "uri"})]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
InnerPath = Annotated[str, AfterValidator(_inner_path)]


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
