"""Where an area stands: in France only where a source covers France, and ties share their place."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from ctgsite import knowledge
from ctgsite.diagnostic.benchmarks import COMPARABLES
from ctgsite.diagnostic.findings import Setting, find
from ctgsite.diagnostic.model import Finding
from ctgsite.geography.areas import Level
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import MEASURE_COLUMNS, Measure, Measures
from ctgsite.indicators.peers import find_peers
from ctgsite.indicators.position import position
from ctgsite.sources.observations import Status


def found(indicator: str, code: str) -> Finding:
    evidence = knowledge.evidence(None)
    area = evidence.geography.area(Level.COMMUNE, code)
    return find(evidence.catalogue.indicators[indicator], Setting(area, ()), evidence)


@pytest.mark.parametrize(
    ("indicator", "code"),
    [
        ("indice_fragilite_numerique", "31541"),  # five régions, each with its own reference
        ("taux_couverture_petite_enfance", "31557"),  # an excerpt of five départements
        ("associations_pour_1000", "31557"),  # an extract that omits many communes
        ("part_allocataires_monoparentaux", "31557"),  # communes split in IRIS alone
    ],
)
def test_a_source_that_covers_a_part_of_france_places_nobody_in_france(
    indicator: str, code: str
) -> None:
    finding = found(indicator, code)
    assert finding.measure.value is not None
    assert finding.standing is None


def test_a_source_of_all_france_places_a_commune_in_france() -> None:
    assert found("part_logements_vacants", "31557").standing is not None


def median_of_peers(indicator: str) -> Measure:
    """Return what Seilh, in Occitanie, is told of ten communes of any région."""
    evidence = knowledge.evidence(None)
    seilh = evidence.geography.area(Level.COMMUNE, "31541")
    peers = find_peers(evidence.figures, seilh)
    setting = Setting(seilh, (COMPARABLES,), (peers, Level.COMMUNE))
    (compared,) = find(evidence.catalogue.indicators[indicator], setting, evidence).comparisons
    return compared.there


def test_an_index_with_a_reference_per_region_is_not_compared_with_peers_of_others() -> None:
    there = median_of_peers("indice_fragilite_numerique")
    assert there.value is None
    assert there.status is Status.ABSENT
    assert "ne se compare pas d’une région à l’autre" in there.note


def test_a_figure_of_one_reference_is_compared_with_peers_anywhere() -> None:
    assert median_of_peers("part_logements_vacants").value is not None


def shares(values: list[float]) -> Figures:
    """Return figures of one indicator for as many communes as there are values."""
    told = (None, None, "calcule", "rp", "RP 2018", False, "", 0.0)
    rows = [("part", "commune", f"{n:05}", "2018", value, *told) for n, value in enumerate(values)]
    frame = pd.DataFrame(rows, columns=list(MEASURE_COLUMNS))
    numbers = dict.fromkeys(("value", "numerator", "denominator"), "float64")
    return Figures(Measures(frame.astype(numbers)))


def test_areas_that_tie_share_the_better_place_from_either_end() -> None:
    indicator = replace(knowledge.catalogue().indicators["part_logements_vacants"], id="part")
    figures = shares([1.0] * 5 + [2.0] * 15)
    lowest = figures.at("part", Level.COMMUNE, "00000", "2018")
    assert lowest is not None
    ranked = position(indicator, figures, lowest, [f"{n:05}" for n in range(20)], "communes")
    assert ranked is not None
    assert (ranked.rank, ranked.from_bottom, ranked.size) == (16, 1, 20)
