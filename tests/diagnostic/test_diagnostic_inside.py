"""Inside real territories: widest gaps, and communes where difficulties meet."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from ctgsite import knowledge
from ctgsite.config.loader import load_territories
from ctgsite.diagnostic.build import build_diagnostic
from ctgsite.diagnostic.inside import MOST_GAPS
from ctgsite.diagnostic.model import Diagnostic, Finding
from ctgsite.geography.areas import Level
from ctgsite.indicators.cumulation import ENOUGH

ROOT = Path(__file__).parents[2]
SLUGS = ("coeur-de-garonne", "fecamp-caux-littoral", "ried-de-marckolsheim")


@cache
def diagnosed(slug: str) -> Diagnostic:
    (territory,), _ = load_territories(ROOT, (slug,), knowledge.known(None))
    return build_diagnostic(territory, knowledge.evidence(None))


def findings(slug: str) -> list[Finding]:
    return [finding for theme in diagnosed(slug).themes for finding in theme.findings]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_extreme_is_a_commune_on_few_cases(slug: str) -> None:
    spreads = [f.dispersion for f in findings(slug) if f.dispersion]
    assert spreads
    assert not any(s.lowest.caution or s.highest.caution for s in spreads)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_cumulation_rests_on_sure_figures_of_at_least_three_subjects(slug: str) -> None:
    found = diagnosed(slug).cumulation
    assert found is not None
    for row in found.rows:
        assert row.marked >= ENOUGH
        for cell in row.cells:
            if cell.last is not None:
                assert cell.measure is not None
                assert cell.measure.value is not None
                assert not cell.measure.caution


def test_communes_of_coeur_de_garonne_where_difficulties_meet() -> None:
    found = diagnosed("coeur-de-garonne").cumulation
    assert found is not None
    names = [row.area.name for row in found.rows]
    assert names == ["Cazères", "Martres-Tolosane", "Boussens", "Palaminy", "Le Plan"]
    assert (found.placed, found.total) == (15, 48)


def test_fecamp_whose_fragility_is_published_by_quarter_only_is_not_settled() -> None:
    found = diagnosed("fecamp-caux-littoral").cumulation
    assert found is not None
    assert "Fécamp" in [area.name for area in found.unsettled]
    assert "Fécamp" not in [row.area.name for row in found.rows]


def test_cazeres_is_among_the_last_fifth_of_its_departement_by_hand() -> None:
    """Incomes of 2021 in Haute-Garonne: at most a fifth of sure communes are at or below hers."""
    evidence = knowledge.evidence(None)
    codes = evidence.geography.communes_of(Level.DEPARTEMENT, "31")
    pool = evidence.figures.of_areas("niveau_vie_median", Level.COMMUNE, codes, "2021")
    sure = [m.value for m in pool if m.value is not None and not m.caution]
    (own,) = [m.value for m in pool if m.code == "31135"]
    assert own is not None
    assert sum(value <= own for value in sure) <= len(sure) / 5


@pytest.mark.parametrize("slug", SLUGS)
def test_gaps_are_few_and_widest_first(slug: str) -> None:
    gaps = diagnosed(slug).inner_gaps
    ratios = [gap.ratio for gap in gaps]
    assert 0 < len(gaps) <= MOST_GAPS
    assert ratios == sorted(ratios, reverse=True)
    assert all(gap.finding.indicator.highlight and gap.finding.indicator.ranked for gap in gaps)


def test_a_commune_has_nothing_inside() -> None:
    seilh = diagnosed("seilh")
    assert seilh.cumulation is None
    assert seilh.inner_gaps == ()


def test_the_peers_show_the_figures_that_chose_them() -> None:
    found = diagnosed("coeur-de-garonne")
    for variable in found.peer_variables:
        assert len(variable.there) == len(found.peers)
        assert all(m is not None and m.year == variable.here.year for m in variable.there)
    assert found.peer_lacks == ()
    assert len(diagnosed("seilh").peer_lacks) == 3


def test_the_change_elsewhere_is_that_of_the_departement_between_the_same_years() -> None:
    population = next(f for f in findings("coeur-de-garonne") if f.indicator.id == "population")
    trend = population.trend
    assert trend is not None
    assert trend.elsewhere is not None
    assert trend.elsewhere.benchmark.level is Level.DEPARTEMENT
    figures = knowledge.evidence(None).figures
    first, last = (
        figures.at("population", Level.DEPARTEMENT, "31", m.year) for m in (trend.first, trend.last)
    )
    assert first is not None
    assert last is not None
    change = 100 * ((last.value or 0) / (first.value or 1) - 1)
    assert trend.elsewhere.change == pytest.approx(change)
