"""A few typed observations, and the smallest catalogue that reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from ctgsite.indicators.catalogue import Catalogue, load_catalogue
from ctgsite.indicators.model import (
    Direction,
    Form,
    Formula,
    Indicator,
    Kind,
    Wording,
)
from ctgsite.indicators.terms import parse_terms
from ctgsite.sources.descriptions import Description
from ctgsite.sources.observations import OBSERVATION_COLUMNS, Observations

Row = tuple[object, ...]
Observed = Callable[..., Observations]
MakeIndicator = Callable[..., Indicator]

_DEFAULTS = {
    "dataset": "rp",
    "year": "2018",
    "level": "commune",
    "status": "publie",
    "vintage": "RP 2018",
    "note": "",
    "bound": 0.0,
}


@pytest.fixture
def observed() -> Observed:
    """Build observations from (variable, code, value) and what differs from the defaults."""

    def build(*rows: dict[str, object]) -> Observations:
        frame = pd.DataFrame([{**_DEFAULTS, **row} for row in rows], columns=OBSERVATION_COLUMNS)
        return Observations(frame.astype({"value": "float64"}))

    return build


@pytest.fixture
def make_indicator() -> MakeIndicator:
    """Build an indicator with one formula written as the catalogue does."""

    def build(
        numerator: str = "P_LOGVAC",
        denominator: str = "",
        *,
        kind: Kind | None = None,
        name: str = "part",
        formula: dict[str, object] | None = None,
        **changes: object,
    ) -> Indicator:
        found = kind or (Kind.RAPPORT if denominator else Kind.SOMME)
        scale = 1.0 if found in (Kind.SOMME, Kind.PUBLIE) else 100.0
        options = {"dataset": "rp", "scale": scale, **(formula or {})}
        sums = {"numerator": parse_terms(numerator), "denominator": parse_terms(denominator)}
        base = {
            "id": name,
            "label": "Part",
            "theme": "logement",
            "definition": "Ce que c’est.",
            "unit": "%",
            "direction": Direction.AUCUN,
            "precision": 1,
            "caution_threshold": 0.0,
            "form": Form.COMPARAISON,
            "wording": Wording("{valeur}", "a", "b", "c", "d"),
            "formulas": (Formula(kind=found, **sums, **options),),  # type: ignore[arg-type]
        }
        return Indicator(**{**base, **changes})  # type: ignore[arg-type]

    return build


@pytest.fixture
def make_catalogue() -> Callable[..., Catalogue]:
    """Build a catalogue of indicators made in a test."""

    def build(*indicators: Indicator) -> Catalogue:
        return Catalogue({found.id: found for found in indicators}, {})

    return build


@pytest.fixture(scope="session")
def embedded_catalogue() -> Catalogue:
    """The catalogue that comes with ctgsite."""
    return load_catalogue()


@pytest.fixture(scope="session")
def census() -> dict[str, Description]:
    """A census of communes in 2013 and 2018, its tax files of 2018 and its deaths by EPCI."""
    counts = ("P_LOG", "P_LOGVAC", "P_POP", "SUPERF")
    file = {"niveau": "commune", "nom": "rp.csv"}
    return {
        "rp": described(
            "rp",
            {**file, "groupes": [
                group("2018", "RP 2018", *counts, "C_LOGVAC"),
                group("2018", "Filosofi 2018", "NBMEN", "MED"),
                group("2013", "RP 2013", "P_POP", "P_LOG"),
                group("2013-2018", "État civil 2013-2018", "NAIS"),
            ]},
            counts=(*counts, "C_LOGVAC", "NBMEN", "NAIS"),
        ),
        "parts": described(
            "parts",
            {"nom": "epci.csv", "niveau": "epci", "groupes": [group("2018", "RP 2018", "PART")]},
        ),
        "quartiers": described(
            "quartiers",
            {"nom": "qpv_{aaaa}.csv", "niveau": "qpv", "groupes": [
                group("{aaaa}", "QPV {aaaa}", "POP_MUN", "POP_COM_QP", "POP_COM"),
            ]},
            reader={
                "famille": "quartiers",
                "libelle_quartier": "LIBGEO",
                "libelle_commune": "LIB",
                "variables_communales": ["POP_COM_QP", "POP_COM"],
            },
        ),
    }  # fmt: skip


@pytest.fixture(scope="session")
def ages() -> dict[str, Description]:
    """A census with vacancy, the youngest by sex and a decile: what views draw."""
    names = ("VIDE", "LOG", "H_0004", "F_0004", "D2")
    file = {"nom": "rp.csv", "niveau": "commune", "groupes": [group("2018", "RP 2018", *names)]}
    return {"rp": described("rp", file, counts=names[:4])}


def group(year: str, vintage: str, *names: str) -> dict[str, object]:
    """Return a group of columns as a description writes it."""
    return {"annee": year, "millesime": vintage, "colonnes": {name: name for name in names}}


def described(
    name: str,
    *files: dict[str, object],
    counts: tuple[str, ...] = (),
    reader: dict[str, object] | None = None,
) -> Description:
    """Return the smallest description of some files; `counts` are the variables that add up."""
    names = {n: None for f in files for g in f["groupes"] for n in g["colonnes"]}  # type: ignore[attr-defined]
    variables = {
        n: {"libelle": n, "additive": n in counts, "permanent": n == "SUPERF"} for n in names
    }
    return Description.model_validate(
        {
            "id": name,
            "titre": name,
            "producteur": "Insee",
            "licence": "Licence Ouverte 2.0",
            "page": "https://www.insee.fr",
            "champ": {"phrase": "France"},
            "sans_ligne": {"statut": "absent", "motif": "commune absente du fichier"},
            "lecteur": reader or {"famille": "tableau"},
            "fichiers": list(files),
            "variables": variables,
        }
    )


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write a catalogue's files from their texts, with a valid themes.yml."""

    def write(**files: str) -> Path:
        folder = tmp_path / "catalogue"
        folder.mkdir(exist_ok=True)
        themes = "thematiques:\n  - {slug: logement, titre: Logement, question: Logement}\n"
        for name, text in {"themes": themes, **files}.items():
            (folder / f"{name}.yml").write_text(text, encoding="utf-8")
        return folder

    return write
