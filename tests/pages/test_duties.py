"""The duties of the accueil du jeune enfant that apply to a territory's communes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from testville import TESTVILLE, full_diagnostic, measure

from ctgsite.diagnostic.model import Diagnostic, Finding
from ctgsite.pages.duties import duties


def of_people(diagnostic: Diagnostic, *people: float) -> Diagnostic:
    """Return the diagnostic with a population: of a commune, or of an EPCI's members."""
    theme = diagnostic.themes[0]
    indicator = replace(theme.findings[0].indicator, id="population")
    area = TESTVILLE if len(people) == 1 else diagnostic.area
    own = measure(indicator, area, sum(people))
    members = tuple((TESTVILLE, measure(indicator, TESTVILLE, one)) for one in people)
    population = Finding(indicator, area, own, members=members if len(people) > 1 else ())
    themes = (replace(theme, findings=(population,)),)
    return replace(diagnostic, area=area, themes=themes)


@pytest.mark.parametrize(
    ("people", "present", "absent"),
    [
        (3_500.0, "informer les familles", "planifier"),
        (3_501.0, "soutenir sa qualité", "schéma"),
        (10_001.0, "établir un schéma pluriannuel", "xxx"),
    ],
)
def test_a_communes_duties_follow_its_population(people: float, present: str, absent: str) -> None:
    text = duties(of_people(full_diagnostic(), people))
    assert present in text
    assert absent not in text


def test_an_epci_counts_its_communes_beyond_each_threshold() -> None:
    text = duties(of_people(full_diagnostic(), 500.0, 4_000.0, 12_000.0)).replace("\u202f", " ")
    assert "les 2 qui dépassent 3 500" in text
    assert "dont 1 de plus de 10 000" in text


def test_where_no_commune_is_beyond_it_is_said() -> None:
    text = duties(of_people(full_diagnostic(), 500.0, 600.0)).replace("\u202f", " ")
    assert "aucune ne dépasse 3 500" in text
    assert "schéma" not in text


def test_without_a_population_nothing_is_said() -> None:
    assert duties(replace(full_diagnostic(), themes=())) == ""
