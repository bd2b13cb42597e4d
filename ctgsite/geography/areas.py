"""Areas of the Code officiel géographique: what they are called and what they contain."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """The levels at which figures exist; the values are those of `indicateurs.csv`."""

    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"
    FRANCE = "france"
    TERRITOIRE = "territoire"  # what one CTG covers, whatever its own level
    COMPARABLES = "comparables"  # the peers of the territory, taken together


# How a sentence names all areas of a level, the narrowest first.
PLURALS = {
    Level.COMMUNE: "les communes",
    Level.EPCI: "les intercommunalités",
    Level.DEPARTEMENT: "les départements",
    Level.REGION: "les régions",
    Level.FRANCE: "la France",
}
FRANCE_CODE = "FRANCE"
COMPARABLES_CODE = "comparables"


@dataclass(frozen=True, slots=True)
class Area:
    """One area; `tncc` is INSEE's “type de nom en clair”, which decides its article (0 to 8).

    `name` is the full official name ("Le Havre", "CC Cœur de Garonne", "Haute-Garonne").
    """

    level: Level
    code: str
    name: str
    tncc: int = 0
