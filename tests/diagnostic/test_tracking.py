"""An indicator of a fiche: its start, its readings, and only what is in one unit and one order."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from testville import TERRITORY, VACANCY, measure

from ctgsite.config.frozen import FrozenFigure
from ctgsite.config.models import Territory
from ctgsite.config.plan import ActionIndicator
from ctgsite.diagnostic.baseline import Since, since
from ctgsite.diagnostic.evaluation import Tracked
from ctgsite.diagnostic.plan import place_actions
from ctgsite.diagnostic.targets import Progress
from ctgsite.diagnostic.tracking import track
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator

SOURCE = "Insee, Recensement"
FROZEN = FrozenFigure(
    VACANCY.id, VACANCY.label, VACANCY.theme, TERRITORY.code, TERRITORY.name, "territoire", "2018",
    8.6, "%", None, None, "calcule", SOURCE, "RP 2018", cited=True,
)  # fmt: skip


class Site:
    """A site with one indicator, whose figures are given."""

    def __init__(self, *series: Measure) -> None:
        self.indicators: Mapping[str, Indicator] = {VACANCY.id: VACANCY} if series else {}
        self.series: Mapping[str, tuple[Measure, ...]] = {VACANCY.id: series}

    def since(self, then: FrozenFigure) -> Since:
        """Return what became of a frozen figure."""
        return since(
            then, self.indicators.get(VACANCY.id), self.series[VACANCY.id], lambda _: SOURCE
        )


SHOWN = Site(measure(VACANCY, TERRITORY, 8.6, "2018"))


def tracked(site: Site | None = None, **asked: Any) -> Tracked:
    """Return how an indicator stands whose start the edition of 2018 holds: 8,6 %."""
    written = ActionIndicator.model_validate({"indicateur": VACANCY.id, **asked})
    fiche = {"id": "a", "titre": "A"}
    axes = [{"id": "x", "titre": "X", "objectifs": [{"titre": "O", "actions": [fiche]}]}]
    file = {"slug": "t", "nom": "T", "type": "epci", "codes": ["0"], "priorites": axes}
    (placed,) = place_actions(Territory.model_validate(file))
    return track(placed, written, site or SHOWN, {VACANCY.id: FROZEN})


def reading(day: str, value: float) -> dict[str, Any]:
    return {"date": day, "valeur": value}


def test_the_start_is_the_frozen_figure_where_the_fiche_gives_none() -> None:
    found = tracked(cible=5, sens="baisse", mesures=[reading("2026-06-01", 7.6)])
    assert found.frozen
    assert found.start is not None
    assert found.start.value == 8.6
    assert found.outcome.progress is Progress.ON_TRACK


def test_a_frozen_percentage_is_no_start_for_what_a_fiche_counts() -> None:
    """60 dwellings against 8,6 %: the share of the way would mean nothing."""
    found = tracked(unite="logements", cible=20, sens="baisse", mesures=[reading("2026-06-01", 60)])
    assert (found.start, found.frozen) == (None, False)
    assert found.outcome.progress is Progress.UNKNOWN
    assert found.outcome.share is None


def test_in_another_unit_the_site_has_nothing_to_say() -> None:
    found = tracked(unite="logements", cible=20, sens="baisse")
    assert found.last is None
    assert "« logements »" in found.outcome.reason


def test_a_reading_older_than_the_frozen_figure_is_not_since() -> None:
    found = tracked(cible=5, sens="baisse", mesures=[reading("2016-06-01", 9.9)])
    assert found.last is None
    assert found.outcome.progress is Progress.UNKNOWN


def test_a_reading_of_a_fiche_counts_from_its_own_start() -> None:
    days = [reading("2025-01-01", 3), reading("2027-01-01", 8)]
    found = tracked(t0=reading("2026-01-01", 4), unite="logements", cible=10, mesures=days)
    assert found.last is not None
    assert (found.last.value, found.last.moment) == (8, datetime.date(2027, 1, 1))
    assert found.outcome.share == 4 / 6


def test_an_indicator_that_the_site_has_no_more_keeps_its_start_and_says_so() -> None:
    found = tracked(Site(), cible=5, sens="baisse")
    assert found.start is not None
    assert found.start.value == 8.6
    assert found.outcome.reason == "le site n’a plus cet indicateur"
