"""What the checks of a territory's file must know of geography and of the catalogue.

Config comes before both packages: whoever loads territories hands in an object of this shape.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

AreaKind = Literal["commune", "epci", "departement"]
Box = tuple[float, float, float, float]  # west, south, east, north, in degrees

KINDS: tuple[AreaKind, ...] = ("commune", "epci", "departement")
A_KIND: dict[str, str] = {
    "commune": "une commune",
    "epci": "un EPCI",
    "departement": "un département",
    "groupe": "un groupe de communes",
}


@dataclass(frozen=True, slots=True)
class Succession:
    """How a code ended: the day from which it no longer exists, and (code, name) of its heirs."""

    date: datetime.date
    name: str  # what the commune was called; "" where it is not known
    heirs: tuple[tuple[str, str], ...]


class KnownNames(Protocol):
    """Themes and indicators of the catalogue, areas of the current geography."""

    @property
    def themes(self) -> Mapping[str, str]:
        """Return the title of each theme of the catalogue, by slug."""

    @property
    def indicators(self) -> Mapping[str, str]:
        """Return the label of each indicator, by id."""

    def name(self, kind: AreaKind, code: str) -> str | None:
        """Return the official name of a current area, or nothing when it does not exist."""

    def departements(self, kind: AreaKind, code: str) -> tuple[tuple[str, str], ...]:
        """Return the (code, name) of each département that a current area touches."""

    def succession(self, commune: str) -> Succession | None:
        """Return what became of a commune that no longer exists."""

    def nearest(self, kind: AreaKind, code: str) -> str | None:
        """Return the existing code that looks most like this one."""

    def box(self, kind: AreaKind, code: str) -> Box | None:
        """Return the box that holds a current area, or nothing where its place is not known."""
