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


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Write a catalogue's files from their texts, with a valid themes.yml."""

    def write(**files: str) -> Path:
        folder = tmp_path / "catalogue"
        folder.mkdir()
        themes = "thematiques:\n  - {slug: logement, titre: Logement, question: Logement}\n"
        for name, text in {"themes": themes, **files}.items():
            (folder / f"{name}.yml").write_text(text, encoding="utf-8")
        return folder

    return write
