"""Measures and indicators typed in a line, for the rules that bear on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd
import pytest

from ctgsite import knowledge
from ctgsite.geography.areas import Level
from ctgsite.indicators.catalogue import Catalogue
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import MEASURE_COLUMNS, Measure, Measures
from ctgsite.indicators.model import Indicator
from ctgsite.sources.observations import Status

MakeMeasure = Callable[..., Measure]
Shares = Callable[..., Figures]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The catalogue that comes with ctgsite."""
    return knowledge.catalogue()


@pytest.fixture
def share(catalogue: Catalogue) -> Indicator:
    """A share of counts, without a minimum difference of its own."""
    return replace(catalogue.indicators["part_logements_vacants"], minimum_difference=0.0)


@pytest.fixture
def typed() -> MakeMeasure:
    """Build a measure from what matters to a test."""

    def build(value: float | None = 10.0, year: str = "2018", **changes: object) -> Measure:
        plain = Measure(
            indicator="part", level=Level.COMMUNE, code="31541", year=year, value=value,
            numerator=None, denominator=None,
            status=Status.ABSENT if value is None else Status.CALCULE,
            dataset="rp", vintage="RP 2018",
        )  # fmt: skip
        return replace(plain, **changes)  # type: ignore[arg-type]

    return build


@pytest.fixture
def shares() -> Shares:
    """Build the figures of as many communes as there are values, coded from 00000 on."""

    def build(values: Sequence[float], *, caution: Sequence[bool] = (), **column: str) -> Figures:
        cells = {
            "indicator": "part", "level": "commune", "year": "2018", "numerator": None,
            "denominator": None, "status": "calcule", "dataset": "rp", "vintage": "RP 2018",
            "note": "", "bound": 0.0, **column,
        }  # fmt: skip
        own = {"value": list(values), "code": [f"{n:05}" for n in range(len(values))]}
        frame = pd.DataFrame({**own, "caution": list(caution) or [False] * len(values)})
        frame = frame.assign(**cells)[list(MEASURE_COLUMNS)]
        numbers = dict.fromkeys(("value", "numerator", "denominator"), "float64")
        return Figures(Measures(frame.astype(numbers)))

    return build
