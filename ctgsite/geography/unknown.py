"""The error of a code that no area has today: what became of it, or which codes look like it."""

from __future__ import annotations

from ctgsite.errors import CtgsiteError, Problem
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.passage import FormerCommune, french_date

NO_SUCH_AREA = {
    Level.COMMUNE: "aucune commune n’a",
    Level.EPCI: "aucun EPCI n’a",
    Level.DEPARTEMENT: "aucun département n’a",
    Level.REGION: "aucune région n’a",
}


class UnknownAreaError(CtgsiteError, LookupError):
    """No area of that level has that code; `nearest` or `successors` say what may be meant."""

    def __init__(
        self,
        level: Level,
        code: str,
        year: int,
        nearest: tuple[Area, ...] = (),
        former: FormerCommune | None = None,
        successors: tuple[Area, ...] = (),
    ) -> None:
        self.level = level
        self.code = code
        self.nearest = nearest
        self.former = former
        self.successors = successors
        message = _ended(former, successors) if former else _not_found(level, code, year, nearest)
        super().__init__(Problem(message))


def _ended(former: FormerCommune, successors: tuple[Area, ...]) -> str:
    name = f"{former.name} ({former.code})" if former.name else former.code
    verb = "elle fait aujourd’hui partie de" if len(successors) == 1 else "lui ont succédé :"
    return (
        f"la commune {name} n’existe plus depuis le {french_date(former.ended)} ; "
        f"{verb} {_listed(successors)}"
    )


def _not_found(level: Level, code: str, year: int, nearest: tuple[Area, ...]) -> str:
    subject = NO_SUCH_AREA.get(level, "aucun territoire n’a")
    message = f"{subject} le code « {code} » au 1er janvier {year}"
    return f"{message} ; les plus proches : {_listed(nearest)}" if nearest else message


def _listed(areas: tuple[Area, ...]) -> str:
    return ", ".join(f"{area.name} ({area.code})" for area in areas)
