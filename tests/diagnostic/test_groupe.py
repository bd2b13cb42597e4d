"""A groupe of communes, across EPCI borders: counts are summed, rates are ratios of the sums."""

from __future__ import annotations

import pytest

from ctgsite import knowledge
from ctgsite.config.models import Territory
from ctgsite.diagnostic.build import build_diagnostic
from ctgsite.diagnostic.model import Diagnostic, Finding
from ctgsite.geography.areas import Level
from ctgsite.sources.observations import Status

CODES = ("31541", "31557", "31412")  # Seilh and Tournefeuille, and Noé of another EPCI


@pytest.fixture(scope="module")
def diagnostic() -> Diagnostic:
    raw = {"nom": "Trois communes", "type": "groupe", "codes": list(CODES), "slug": "trois"}
    return build_diagnostic(Territory.model_validate(raw), knowledge.evidence(None))


def finding(diagnostic: Diagnostic, indicator: str) -> Finding:
    found = (f for theme in diagnostic.themes for f in (*theme.findings, *theme.missing))
    return next(f for f in found if f.indicator.id == indicator)


def test_its_counts_are_the_sums_of_its_communes(diagnostic: Diagnostic) -> None:
    figures = knowledge.evidence(None).figures
    parts = [figures.at("population", Level.COMMUNE, code, "2021") for code in CODES]
    assert all(part is not None and part.value for part in parts)
    total = sum(part.value or 0.0 for part in parts if part)
    assert finding(diagnostic, "population").measure.value == total


def test_its_rates_are_ratios_of_sums(diagnostic: Diagnostic) -> None:
    figures = knowledge.evidence(None).figures
    parts = [figures.at("part_logements_vacants", Level.COMMUNE, code, "2018") for code in CODES]
    above = sum(part.numerator or 0.0 for part in parts if part)
    below = sum(part.denominator or 0.0 for part in parts if part)
    measure = finding(diagnostic, "part_logements_vacants").measure
    assert measure.value == pytest.approx(100 * above / below)
    assert (measure.numerator, measure.denominator) == (pytest.approx(above), pytest.approx(below))


def test_its_median_is_not_made_of_its_communes_medians(diagnostic: Diagnostic) -> None:
    measure = finding(diagnostic, "niveau_vie_median").measure
    assert measure.value is None
    assert measure.status is Status.NON_AGREGEABLE


def test_its_code_is_its_slug_and_each_member_has_its_diagnostic(diagnostic: Diagnostic) -> None:
    assert (diagnostic.area.level, diagnostic.area.code) == (Level.TERRITOIRE, "trois")
    assert {member.area.code for member in diagnostic.members} == set(CODES)
    assert diagnostic.peers, "a groupe is compared with intercommunalités"
