"""What makes a population change: its natural balance, and the apparent one of moves in and out."""

from __future__ import annotations

from dataclasses import dataclass

from ctgsite.geography.areas import Area
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import Measure

CHANGE = "variation_annuelle_population"
NATURAL = "solde_naturel_annuel"
APPARENT = "solde_apparent_entrees_sorties"
TOLERANCE = 1e-6  # the parts are computed from the same counts: they add up but for the last bits


@dataclass(frozen=True, slots=True)
class Contributions:
    """A population's yearly change over a period and its two parts, in % a year."""

    area: Area
    change: Measure
    natural: Measure
    apparent: Measure


def contributions(figures: Figures, area: Area, year: str | None = None) -> Contributions | None:
    """Return the latest period of which an area's change and both parts are known.

    Args:
        figures: where they are looked up.
        area: whose population changes.
        year: the period wanted; None for the latest.
    """
    series = {
        name: {m.year: m for m in figures.series(name, area.level, area.code)}
        for name in (CHANGE, NATURAL, APPARENT)
    }
    periods = [name for name in series[CHANGE] if year in (None, name)]
    for period in reversed(periods):
        parts = [series[name].get(period) for name in (CHANGE, NATURAL, APPARENT)]
        found = [part for part in parts if part is not None]
        if len(found) == len(parts) and _adds_up(*found):
            return Contributions(area, *found)
    return None


def _adds_up(change: Measure, natural: Measure, apparent: Measure) -> bool:
    """Whether the parts belong together: one source, and a sum that is the change."""
    if change.value is None or natural.value is None or apparent.value is None:
        return False
    together = change.dataset == natural.dataset == apparent.dataset
    return together and abs(change.value - natural.value - apparent.value) < TOLERANCE
