"""The evaluation indicators of a fiche as it states them: what is measured, in what unit, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ctgsite.config.plan import ActionIndicator, Reading
from ctgsite.indicators.model import Indicator


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator of a fiche; `diagnostic.targets` tells how it stands.

    Attributes:
        indicator: as it is written.
        label: what is measured: its own title, or that of the indicator of the site.
        unit: its own, or that of the indicator of the site.
        readings: the start and the measures, oldest first.
    """

    indicator: ActionIndicator
    label: str
    unit: str
    readings: tuple[Reading, ...]


def followed(indicator: ActionIndicator, known: Mapping[str, Indicator]) -> Followed:
    """Return an indicator with its words; `known` are those of the site, by id."""
    cited = known.get(indicator.indicator or "")
    first = (indicator.baseline,) if indicator.baseline else ()
    return Followed(
        indicator,
        indicator.title or (cited.label if cited else indicator.indicator or ""),
        indicator.unit or (cited.unit if cited else ""),
        tuple(sorted((*first, *indicator.readings), key=lambda reading: reading.date)),
    )
