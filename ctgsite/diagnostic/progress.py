"""How far an evaluation indicator has come, from its baseline towards its target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ctgsite.config.plan import ActionIndicator, Direction, Reading
from ctgsite.indicators.model import Indicator


@dataclass(frozen=True, slots=True)
class Progress:
    """An indicator of a fiche, and where it stands.

    Attributes:
        indicator: as it is written.
        label: what is measured: its own title, or that of the indicator of the site.
        unit: its own, or that of the indicator of the site.
        readings: the baseline and the measures, oldest first.
        direction: as stated, or the one that leads from the baseline to the target.
        share: part of the way done, 0 at the baseline and 1 at the target, negative on the way
            back; None where it cannot be told.
        reached: whether the last measure is at the target or beyond; None where it cannot be told.
    """

    indicator: ActionIndicator
    label: str = ""
    unit: str = ""
    readings: tuple[Reading, ...] = ()
    direction: Direction | None = None
    share: float | None = None
    reached: bool | None = None

    @property
    def last(self) -> Reading | None:
        """The latest measure since the baseline, None where nothing was measured yet."""
        return self.readings[-1] if self.indicator.readings else None


def progress_of(indicator: ActionIndicator, known: Mapping[str, Indicator]) -> Progress:
    """Return where an indicator stands; `known` are those of the site, by id."""
    direction = indicator.direction or _way(indicator)
    cited = known.get(indicator.indicator or "")
    return Progress(
        indicator,
        indicator.title or (cited.label if cited else indicator.indicator or ""),
        indicator.unit or (cited.unit if cited else ""),
        tuple(sorted(_readings(indicator), key=lambda reading: reading.date)),
        direction,
        _share(indicator, direction),
        _reached(indicator, direction),
    )


def _readings(indicator: ActionIndicator) -> tuple[Reading, ...]:
    first = (indicator.baseline,) if indicator.baseline else ()
    return (*first, *indicator.readings)


def _last(indicator: ActionIndicator) -> float | None:
    found = max(indicator.readings, key=lambda reading: reading.date, default=None)
    return found.value if found else None


def _way(indicator: ActionIndicator) -> Direction | None:
    if indicator.baseline is None or indicator.target is None:
        return None
    start, target = indicator.baseline.value, indicator.target
    if start == target:
        return "maintien"
    return "hausse" if target > start else "baisse"


def _share(indicator: ActionIndicator, direction: Direction | None) -> float | None:
    last = _last(indicator)
    if indicator.baseline is None or indicator.target is None or last is None:
        return None
    way = indicator.target - indicator.baseline.value
    return (last - indicator.baseline.value) / way if way and direction != "maintien" else None


def _reached(indicator: ActionIndicator, direction: Direction | None) -> bool | None:
    """To keep a level is to be told, not judged: how near is near enough is nobody's word."""
    last = _last(indicator)
    if last is None or indicator.target is None:
        return None
    if direction == "hausse":
        return last >= indicator.target
    return last <= indicator.target if direction == "baisse" else None
