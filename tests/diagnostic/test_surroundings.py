"""A territory of one commune shows its neighbours; their figures are theirs, and downloadable."""

from __future__ import annotations

import pytest

from ctgsite import knowledge
from ctgsite.config.models import Territory
from ctgsite.diagnostic.build import build_diagnostic
from ctgsite.diagnostic.model import NO_SURROUNDINGS, Diagnostic
from ctgsite.geography.areas import Level


@pytest.fixture(scope="module")
def seilh() -> Diagnostic:
    raw = {"nom": "Seilh", "type": "commune", "codes": ["31541"], "slug": "seilh"}
    return build_diagnostic(
        Territory.model_validate({**raw, "thematiques": ["logement", "emploi-revenus"]}),
        knowledge.evidence(None),
    )


def test_the_commune_comes_first_then_its_epci_and_those_it_touches(seilh: Diagnostic) -> None:
    finding = seilh.surroundings.finding("logement")
    assert finding is not None
    codes = [area.code for area, _ in finding.members]
    assert codes[0] == "31541"
    epci = knowledge.evidence(None).geography.epci_of("31541")
    assert epci is not None
    inside = knowledge.evidence(None).geography.communes_of(Level.EPCI, epci.code)
    assert set(inside) <= set(codes)
    touching = knowledge.evidence(None).contours.communes.touching("31541")
    assert touching
    assert set(touching) <= set(codes)


def test_each_figure_of_a_neighbour_is_the_store_s_own(seilh: Diagnostic) -> None:
    figures = knowledge.evidence(None).figures
    for _, finding in seilh.surroundings.findings:
        for area, measure in finding.members:
            assert measure.code == area.code
            if measure.value is not None:
                assert measure == figures.at(
                    measure.indicator, Level.COMMUNE, area.code, measure.year
                )


def test_every_figure_shown_is_among_the_downloads(seilh: Diagnostic) -> None:
    held = {(m.indicator, m.code, m.year) for _, m in seilh.measures}
    for _, finding in seilh.surroundings.findings:
        assert {(m.indicator, m.code, m.year) for _, m in finding.members} <= held
    for theme in seilh.themes:
        for finding in theme.findings:
            for slope in finding.trend.slopes if finding.trend else ():
                assert (slope.first.indicator, slope.first.code, slope.first.year) in held


def test_a_territory_of_several_communes_has_its_own(seilh: Diagnostic) -> None:
    raw = {"nom": "Deux", "type": "groupe", "codes": ["31541", "31557"], "slug": "deux"}
    territory = Territory.model_validate({**raw, "thematiques": ["logement"]})
    assert build_diagnostic(territory, knowledge.evidence(None)).surroundings == NO_SURROUNDINGS
