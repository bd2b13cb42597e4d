"""Composite views of real territories, with the figures that come with ctgsite."""

from __future__ import annotations

from functools import cache

import pytest

from ctgsite import knowledge
from ctgsite.config.models import Territory
from ctgsite.diagnostic.build import build_diagnostic
from ctgsite.diagnostic.model import Diagnostic, ThemeView
from ctgsite.geography.areas import Level


@cache
def diagnostic(kind: str, code: str) -> Diagnostic:
    raw = {
        "nom": code,
        "type": kind,
        "codes": [code],
        "slug": "essai",
        "thematiques": [{"theme": "population"}, {"theme": "seniors"}, {"theme": "parentalite"}],
    }
    territory = Territory.model_validate(raw)
    return build_diagnostic(territory, knowledge.evidence(None))


def view(found: Diagnostic, name: str) -> ThemeView:
    return next(v for theme in found.themes for v in theme.views if v.view.id == name)


def test_a_commune_is_shown_the_pyramid_of_its_département_under_its_name() -> None:
    found = view(diagnostic("commune", "31557"), "pyramide_des_ages")
    assert (found.area.level, found.area.code) == (Level.DEPARTEMENT, "31")
    assert found.within is not None
    assert found.within.code == "31557"


def test_a_département_has_its_own_pyramid() -> None:
    found = view(diagnostic("departement", "41"), "pyramide_des_ages")
    assert (found.area.code, found.within) == ("41", None)
    assert {c.benchmark.level for f in found.findings for c in f.comparisons} >= {Level.REGION}


def test_the_pyramid_of_an_epci_across_départements_is_that_of_most_of_its_communes() -> None:
    found = view(diagnostic("epci", "200030526"), "pyramide_des_ages")
    assert found.area.code == "67"


def test_needs_are_shown_even_where_no_source_has_the_supply() -> None:
    found = view(diagnostic("departement", "41"), "grand_age_et_services")
    assert any(f.measure.value is not None for f in found.findings)
    assert found.view.missing


@pytest.mark.parametrize(("kind", "code"), [("departement", "41"), ("commune", "31557")])
def test_what_views_show_is_among_the_downloads(kind: str, code: str) -> None:
    found = diagnostic(kind, code)
    published = {(area.code, m.indicator, m.year) for area, m in found.measures}
    shown = view(found, "pyramide_des_ages").findings
    assert {(f.area.code, f.indicator.id, f.measure.year) for f in shown} <= published
