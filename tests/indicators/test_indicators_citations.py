"""What descriptions of sources give to indicators, and the words that each entry has."""

from __future__ import annotations

import pytest

from ctgsite.geography.areas import Level
from ctgsite.indicators.citations import described
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import CitedVariable, Kind
from ctgsite.indicators.trend import comparable
from ctgsite.sources.descriptions import Description
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
    assert social.vintages == ("Filosofi de chaque année",)
    schools = embedded_catalogue.indicators["eleves_par_ecole"].citations
    assert "extraction de chaque année" in {one for found in schools for one in found.vintages}
    children = embedded_catalogue.indicators["enfants_0_2_ans_caf_pour_1000"].citations
    (districts,) = (found for found in children if found.dataset == "insee-caf-iris")
    assert districts.vintages == tuple(
        f"31 décembre {year}" for year in ("2016", "2018", "2019", "2020")
    )


def ruled(census, **changes: object):
    """Return the census of the tests with other things said of it."""
    written = census["rp"].model_dump(by_alias=True, exclude_defaults=True)
    return {**census, "rp": Description.model_validate({**written, **changes})}


def test_each_dataset_is_cited_once_the_formulas_own_first(make_indicator, census):
    found = described(make_indicator("quartiers:POP_COM", "P_POP + P_LOG"), census)
    assert [one.dataset for one in found.citations] == ["rp", "quartiers"]
    first, second = found.citations
    assert (first.title, first.producer) == ("rp", "Insee")
    assert first.vintages == ("RP 2013", "RP 2018")
    assert first.variables == (
        CitedVariable("P_POP", "P_POP", additive=True),
        CitedVariable("P_LOG", "P_LOG", additive=True),
    )
    assert second.variables == (CitedVariable("POP_COM", "POP_COM", additive=False),)
    assert second.vintages == ("QPV de chaque année",)


def test_what_no_description_tells_is_not_cited(make_indicator, census):
    unknown = described(make_indicator("A", formula={"dataset": "ailleurs"}), census)
    assert unknown.citations == ()
    of_another = described(make_indicator("ailleurs:A + P_POP + INCONNUE", "rq:B"), census)
    assert [one.dataset for one in of_another.citations] == ["rp"]
    assert [one.name for one in of_another.citations[0].variables] == ["P_POP"]


def test_a_formula_of_which_every_term_is_of_another_dataset_cites_that_one_alone(
    make_indicator, census
):
    found = described(make_indicator("quartiers:POP_COM_QP", "quartiers:POP_COM"), census)
    assert [one.dataset for one in found.citations] == ["quartiers"]


@pytest.mark.parametrize(
    ("above", "years", "vintages"),
    [
        ("P_POP", (), ("RP 2013", "RP 2018")),
        ("P_POP", ("2018",), ("RP 2018",)),
        ("P_POP@2013", ("2018",), ("RP 2013",)),
        ("NBMEN + P_POP", ("2018",), ("Filosofi 2018", "RP 2018")),
        ("quartiers:POP_COM + P_POP", ("2018", "2013"), ("RP 2013", "RP 2018")),
        ("quartiers:POP_COM", ("2021", "2018"), ("QPV 2018", "QPV 2021")),
        ("quartiers:POP_COM@2019", (), ("QPV 2019",)),
    ],
)
def test_the_editions_cited_are_those_of_the_years_read(
    make_indicator, census, above, years, vintages
):
    found = described(make_indicator(above, formula={"years": years}), census)
    assert vintages in [one.vintages for one in found.citations]


BREAKS = [
    {"annee": "2016", "motif": "tout change"},
    {"annee": "2017", "variables": ["P_LOG"], "motif": "les logements changent"},
    {"annee": "2018", "niveaux": ["france", "region"], "motif": "Mayotte entre"},
]


def test_breaks_are_those_of_the_variables_that_make_the_value(make_indicator, census):
    broken = ruled(census, ruptures=BREAKS)
    people = described(make_indicator("P_POP"), broken)
    assert people.breaks == (("2016", "tout change"),)
    assert people.level_breaks == (
        ("france", "2018", "Mayotte entre"), ("region", "2018", "Mayotte entre"),
    )  # fmt: skip
    share = described(make_indicator("P_POP", "P_LOG"), broken)
    assert share.breaks == (("2016", "tout change"), ("2017", "les logements changent"))
    published = described(make_indicator("P_POP", "P_LOG", kind=Kind.PUBLIE), broken)
    assert published.breaks == people.breaks


def test_imprecisions_and_small_counts_are_those_of_the_variables_that_make_it(
    make_indicator, census
):
    rules = [
        {"variables": ["P_POP"], "arrondi": 10, "motif": "arrondi à la dizaine"},
        {"variables": ["P_LOG"], "flou": 3, "motif": "brouillé"},
    ]
    caution = {"variables": ["P_LOG"], "seuil": 200, "motif": "sous 200"}
    told = ruled(census, incertitude=rules, prudence=caution)
    people = described(make_indicator("P_POP + P_POP"), told)
    assert (people.imprecisions, people.small_counts) == ((("arrondi à la dizaine", 5.0),), "")
    share = described(make_indicator("P_POP", "P_LOG"), told)
    assert share.imprecisions == (("arrondi à la dizaine", 5.0), ("brouillé", 3.0))
    assert share.small_counts == "sous 200"
    published = described(make_indicator("P_POP", "P_LOG", kind=Kind.PUBLIE), told)
    assert (published.imprecisions, published.small_counts) == (people.imprecisions, "")
    plain = described(make_indicator("P_POP", "P_LOG"), census)
    assert (plain.imprecisions, plain.small_counts, plain.breaks) == ((), "", ())


@pytest.mark.parametrize(
    ("groups", "vintages"),
    [
        ([("2018", "{aaaa}")], ("chaque année",)),
        ([("{aaaa}", "{aaaa}"), ("2018", "RP 2018")], ("chaque année",)),
        ([("{aaaa}", "RP {aaaa}"), ("2018", "RP 2018"), ("2019", "CAF 2019")],
         ("CAF 2019", "RP de chaque année")),
        ([("2018", "Fichier {fichier}")], ("Fichier …",)),
    ],
)  # fmt: skip
def test_a_series_of_every_year_is_told_as_such(make_indicator, census, groups, vintages):
    written = [{"annee": y, "millesime": v, "colonnes": {"A": "A"}} for y, v in groups]
    file = {"nom": "rp.csv", "niveau": "commune", "groupes": written}
    found = described(
        make_indicator("A"),
        ruled({"rp": census["rp"]}, fichiers=[file], variables={"A": {"libelle": "A"}}),
    )
    assert found.citations[0].vintages == vintages
