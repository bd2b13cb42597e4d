"""A handful of real areas, themes and indicators, enough to check a territory's file."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from ctgsite.config.known import AreaKind, Box, KnownNames, Succession
from ctgsite.config.spelling import nearest

NAMES: dict[AreaKind, dict[str, str]] = {
    "commune": {
        "21452": "Neuilly-Crimolois",
        "21617": "Talant",
        "31541": "Seilh",
        "31557": "Tournefeuille",
        "76351": "Le Havre",
    },
    "epci": {
        "200030526": "CC du Ried de Marckolsheim",
        "200068815": "CC Coeur de Garonne",
        "200069821": "CA Fécamp Caux Littoral Agglomération",
    },
    "departement": {"31": "Haute-Garonne", "41": "Loir-et-Cher"},
}


class _SomeNames:
    """A few names of the real geography and catalogue."""

    themes: Mapping[str, str] = {
        "population": "Population",
        "petite-enfance": "Petite enfance",
        "logement": "Logement",
        "seniors": "Seniors",
    }
    indicators: Mapping[str, str] = {
        "population": "Population",
        "niveau_vie_median": "Niveau de vie",
    }

    def name(self, kind: AreaKind, code: str) -> str | None:
        return NAMES[kind].get(code)

    def departements(self, kind: AreaKind, code: str) -> tuple[tuple[str, str], ...]:
        if kind == "epci":
            return {"200030526": (("67", "Bas-Rhin"), ("68", "Haut-Rhin"))}.get(code, ())
        return {"31": (("31", "Haute-Garonne"),)}.get(code[:2], ())

    def succession(self, commune: str) -> Succession | None:
        if commune != "21213":
            return None
        heirs = (("21452", "Neuilly-Crimolois"),)
        return Succession(datetime.date(2019, 2, 28), "Crimolois", heirs)

    def nearest(self, kind: AreaKind, code: str) -> str | None:
        return nearest(code, NAMES[kind])

    def box(self, kind: AreaKind, code: str) -> Box | None:
        seilh = (kind, code) == ("commune", "31541")
        return (1.33, 43.68, 1.38, 43.72) if seilh else None


@pytest.fixture(scope="session")
def known() -> KnownNames:
    return _SomeNames()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "territories").mkdir()
    return tmp_path
