"""What descriptions of sources give to indicators, and the words that each entry has."""

from __future__ import annotations

import pytest

from ctgsite.geography.areas import Level
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.trend import comparable
from ctgsite.sources.observations import Status


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("foyers_allocataires", "2019"),  # A
        ("personnes_couvertes_caf", "2019"),  # PERCOU
        ("allocataires_prime_activite", "2019"),  # APPA
        ("enfants_0_2_ans_caf", "2019"),
        ("allocataires_monoparentaux", "2019"),
        ("part_allocataires_aide_logement", "2019"),  # by its denominator, A
        ("niveau_vie_median", "2023"),
        ("rapport_interdecile", "2023"),
        ("taux_pauvrete_locataires", "2023"),
        ("taux_pauvrete_familles_monoparentales", "2023"),
        ("population_qpv", "2024"),
    ],
)
def test_a_break_of_a_variable_is_a_break_of_what_is_computed_from_it(
    embedded_catalogue, name, year
):
    assert [year] == [found for found, _ in embedded_catalogue.indicators[name].breaks]


@pytest.mark.parametrize("name", ["allocataires_rsa", "allocataires_aah", "population"])
def test_a_series_that_its_producer_did_not_break_has_no_break(embedded_catalogue, name):
    assert embedded_catalogue.indicators[name].breaks == ()


def test_mayotte_breaks_the_series_of_france_and_of_no_département(embedded_catalogue):
    found = embedded_catalogue.indicators["part_65_ans_plus"]
    assert [year for year, _ in found.breaks_at(Level.FRANCE)] == ["2014"]
    assert found.breaks_at(Level.DEPARTEMENT) == ()


def test_synonyms_are_other_words_than_the_label(embedded_catalogue):
    for found in embedded_catalogue.indicators.values():
        assert 2 <= len(set(found.synonyms)) <= 5, found.id
        for word in found.synonyms:
            assert f" {word.casefold()} " not in f" {found.label.casefold()} ", (found.id, word)


def test_a_question_asks_one_thing_of_one_figure(embedded_catalogue):
    questions = [found.question for found in embedded_catalogue.indicators.values()]
    assert all("?" in question for question in questions)
    assert len(set(questions)) > len(questions) - 3  # a figure and its share may share theirs


def test_every_variable_is_cited_with_its_label_and_edition(embedded_catalogue):
    for found in embedded_catalogue.indicators.values():
        labels = {one.name: one.label for cited in found.citations for one in cited.variables}
        for formula in (one for written in found.formulas for one in written.reading):
            for term in (*formula.numerator, *formula.denominator):
                assert labels[term.variable], (found.id, term)
        assert all(cited.vintages for cited in found.citations), found.id


def test_the_dataset_of_a_denominator_is_cited_too(embedded_catalogue):
    cited = embedded_catalogue.indicators["part_population_couverte_caf"].citations
    assert [found.dataset for found in cited] == [
        "cnaf-prestations", "insee-populations-annuelles", "insee-caf-iris", "insee-comparateur",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "comparable_there"), [(Level.FRANCE, False), (Level.DEPARTEMENT, True)]
)
def test_no_trend_crosses_a_break_at_the_level_that_it_concerns(
    embedded_catalogue, level, comparable_there
):
    indicator = embedded_catalogue.indicators["population_75_ans_plus"]
    first, last = (
        Measure(indicator.id, level, "", year, 1.0, 1.0, None, Status.CALCULE, "d", "")
        for year in ("2008", "2018")
    )
    assert comparable(indicator, first, last) is comparable_there


def test_editions_of_every_year_are_told_once(embedded_catalogue):
    """The file of 2021 is one of the legal populations of every year."""
    cited = embedded_catalogue.indicators["population"].citations
    (legal,) = (found for found in cited if found.dataset == "insee-populations-legales")
    assert legal.vintages == ("RP de chaque année",)
    social = embedded_catalogue.indicators["part_prestations_sociales"].citations[0]
    assert social.vintages == tuple(
        f"Filosofi {year}" for year in ("2014", "2016", "2018", "2019", "2021")
    )
