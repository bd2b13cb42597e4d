"""Measures of a few areas in one line each, and the figures and distributions made of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from ctgsite.geography.areas import Level
from ctgsite.indicators.distributions import Distributions, distributions
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import MEASURE_COLUMNS, Measure, Measures
from ctgsite.indicators.model import Direction, Form, Formula, Indicator, Kind, Term, Wording
from ctgsite.sources.observations import Status

SHARE = Indicator(
    id="part", label="Part", theme="logement", definition="", unit="%", direction=Direction.HAUT,
    precision=1, caution_threshold=200, form=Form.COMPARAISON, wording=Wording("", "", "", "", ""),
    formulas=(Formula("rp", Kind.RAPPORT, (Term("N"),), (Term("D"),)),), counted="logements",
)  # fmt: skip
COUNT = replace(SHARE, id="compte", formulas=(Formula("rp", Kind.SOMME, (Term("N"),)),))


def measure(code: str, value: float | None = None, **changes: object) -> Measure:
    """Return a commune's share in 2018; a value alone has no counts."""
    status = Status.CALCULE if value is not None else Status.SECRET
    plain = Measure("part", Level.COMMUNE, code, "2018", value, None, None, status, "rp", "RP 2018")
    return replace(plain, **changes)  # type: ignore[arg-type]


def rate(code: str, part: float, base: float, **changes: object) -> Measure:
    """Return a commune's share of published counts, under caution below 200."""
    value = 100 * part / base if base else None
    told = {"numerator": part, "denominator": base, "caution": base < 200, **changes}
    return measure(code, value, **told)


def measures_of(found: Iterable[Measure]) -> Measures:
    """Return measures as a frame."""
    rows = [[getattr(one, name) for name in MEASURE_COLUMNS] for one in found]
    frame = pd.DataFrame(rows, columns=list(MEASURE_COLUMNS))
    numbers = dict.fromkeys(("value", "numerator", "denominator"), "float64")
    return Measures(frame.astype({**numbers, "level": str, "status": str}))


def figures_of(found: Iterable[Measure]) -> Figures:
    """Return measures to look up."""
    return Figures(measures_of(found))


def values_of(values: Sequence[float], **changes: object) -> list[Measure]:
    """Return one share for each value, of communes 00000, 00001 and so on."""
    return [measure(f"{n:05}", value, **changes) for n, value in enumerate(values)]


def spread_of(found: Iterable[Measure]) -> Distributions:
    """Return the distribution of measures."""
    return distributions(measures_of(found))
