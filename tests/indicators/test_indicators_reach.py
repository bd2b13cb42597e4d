"""The levels that a formula reaches, and what its terms may come from, description by description.

The census of `conftest` holds communes in 2013 and 2018, and tells populations by quarter.
"""

from __future__ import annotations

import pytest

from ctgsite.geography.areas import Level
from ctgsite.indicators.likeness import likeness_faults
from ctgsite.indicators.model import OFFICIAL_LEVELS, Formula, Kind
from ctgsite.indicators.reach import levels_of, names_of, obstacle
from ctgsite.indicators.terms import parse_terms
from ctgsite.sources.descriptions import Description

ALL = frozenset(OFFICIAL_LEVELS)


def formula(above: str, below: str = "", kind: Kind = Kind.RAPPORT, **how: object) -> Formula:
    options = {"dataset": "rp", **how}
    return Formula(kind=kind, numerator=parse_terms(above), denominator=parse_terms(below),
                   **options)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(
    ("dataset", "variable", "year", "levels"),
    [
        ("rp", "P_LOG", None, ALL),
        ("rp", "P_LOG", "2013", ALL),
        ("rp", "P_LOGVAC", "2013", frozenset()),
        ("rp", "MED", None, {Level.COMMUNE}),
        ("parts", "PART", "2018", {Level.EPCI}),
        ("quartiers", "POP_COM", "2021", {Level.COMMUNE}),
        ("quartiers", "POP_MUN", None, frozenset()),
    ],
)
def test_only_what_adds_up_reaches_above_its_files(census, dataset, variable, year, levels):
    assert levels_of(census[dataset], variable, year) == levels


def test_iris_and_departements_add_up_to_the_levels_above_them(ages, census):
    described = census["rp"]
    for level, reached in (
        ("iris", ALL),
        ("departement", {Level.DEPARTEMENT, Level.REGION, Level.FRANCE}),
        ("epci", {Level.EPCI}),
        ("region", {Level.REGION}),
    ):
        files = tuple(spec.model_copy(update={"level": level}) for spec in described.files)
        found = described.model_copy(update={"files": files})
        assert levels_of(found, "P_LOG", "2018") == reached


def test_a_formula_reaches_a_level_where_every_term_does(census):
    share = formula("P_LOGVAC", "P_LOG")
    assert {level: obstacle(share, level, census, {}) for level in ALL} == dict.fromkeys(ALL, "")
    assert obstacle(formula("P_LOGVAC", "MED"), Level.COMMUNE, census, {}) == ""
    assert obstacle(formula("P_LOGVAC", "MED"), Level.EPCI, census, {}) == (
        "« MED » de rp n’existe que pour les communes et ne s’additionne pas"
    )


def test_the_effectif_of_a_published_figure_keeps_it_from_no_level(census):
    published = formula("parts:PART", "MED", Kind.PUBLIE)
    assert obstacle(published, Level.EPCI, census, {}) == ""
    assert "MED" in obstacle(formula("parts:PART", "MED"), Level.EPCI, census, {})


def test_one_year_that_reaches_a_level_is_enough(census):
    told = "rp n’a « P_LOGVAC » en 2013 à aucun niveau d’indicateur"
    vacant = formula("P_LOGVAC", "P_LOG")
    for years, expected in ((("2013", "2018"), ""), (("2013", "2014"), told), (("2013",), told)):
        found = formula("P_LOGVAC", "P_LOG", years=years)
        assert obstacle(found, Level.COMMUNE, census, {}) == expected
    dated = formula("P_LOGVAC@2013", "P_LOG", years=("2018",))
    assert obstacle(dated, Level.COMMUNE, census, {}) == told
    assert obstacle(vacant, Level.TERRITOIRE, census, {}).startswith("« P_LOGVAC » de rp n’existe")


def test_what_adds_up_is_not_told_as_what_does_not(census):
    told = obstacle(formula("P_LOG@2018"), Level.TERRITOIRE, census, {})
    assert told == (
        "« P_LOG » de rp n’existe que pour les communes, les intercommunalités, "
        "les départements, les régions et la France en 2018"
    )


def test_a_formula_may_hold_for_some_levels_only(census):
    found = formula("P_LOG", kind=Kind.SOMME, levels=("commune", "epci"))
    assert obstacle(found, Level.EPCI, census, {}) == ""
    assert obstacle(found, Level.FRANCE, census, {}) == (
        "la formule de rp ne vaut que pour les communes et les intercommunalités"
    )


def test_a_sum_of_indicators_reaches_what_all_of_them_claim(census):
    total = formula("a - b", kind=Kind.INDICATEURS)
    claims = {"a": frozenset({Level.COMMUNE, Level.EPCI}), "b": frozenset({Level.COMMUNE})}
    assert obstacle(total, Level.COMMUNE, census, claims) == ""
    assert obstacle(total, Level.EPCI, census, claims) == "l’indicateur « b » ne l’annonce pas"
    assert obstacle(total, Level.FRANCE, census, claims) == "l’indicateur « a » ne l’annonce pas"


def test_levels_are_named_from_the_narrowest():
    assert names_of(frozenset({Level.EPCI})) == "les intercommunalités"
    assert names_of(frozenset({Level.DEPARTEMENT, Level.COMMUNE})) == (
        "les communes et les départements"
    )


def faults(found: Formula, datasets: object) -> list[tuple[str, str]]:
    return list(likeness_faults(found, datasets))  # type: ignore[arg-type]


PERIOD = {"years": ("2013-2018",), "period": 5.0}
GROWTH = formula("P_POP@2018", "P_POP@2013", Kind.TAUX_ANNUEL, **PERIOD)


def test_without_descriptions_only_names_and_periods_are_held(census):
    mixed = formula("C_LOGVAC", "P_LOG")
    told = (
        "un rapport ne mélange pas les exploitations principale (P_) et complémentaire (C_) "
        "du recensement"
    )
    assert faults(mixed, None) == [("numerateur", told)]
    assert faults(formula("C_LOGVAC", "NBMEN"), None) == []
    assert faults(formula("P_LOG@1999", "P_LOG"), None) == []
    assert faults(GROWTH, None) == []


@pytest.mark.parametrize(
    ("years", "period", "key", "message"),
    [
        ((), 5.0, "annees", "une évolution porte sur une période"),
        (("2018",), 5.0, "annees", "une évolution porte sur une période"),
        (("2013-2018", "2008-2013"), 5.0, "annees", "une évolution porte sur une période"),
        (("2013-2018",), 1.0, "duree", "de 2013 à 2018, il y a 5 ans"),
    ],
)
def test_a_change_names_one_period_and_its_length(years, period, key, message):
    for kind in (Kind.TAUX_ANNUEL, Kind.SOLDE_ANNUEL):
        found = formula("P_POP@2018", "P_POP@2013", kind, years=years, period=period)
        ((where, told),) = faults(found, None)
        assert where == key
        assert told.startswith(message) or told.endswith(message)
    plain = formula("P_POP", kind=Kind.SOMME, years=years, period=period)
    assert len(faults(plain, None)) == (period != 1.0)


def test_the_ends_of_a_change_are_one_variable_of_one_dataset(census):
    told = ("denominateur", "une évolution compare une seule variable d’un seul jeu de données")
    assert faults(GROWTH, census) == []
    for first in ("P_LOG@2013", "quartiers:P_POP@2013"):
        found = formula("P_POP@2018", first, Kind.TAUX_ANNUEL, **PERIOD)
        assert faults(found, census) == [told]
    balance = formula("NAIS", "P_POP@2013 + P_POP@2018", Kind.SOLDE_ANNUEL, **PERIOD)
    assert faults(balance, census) == []
    other = formula("NAIS", "P_POP@2013 + P_LOG@2018", Kind.SOLDE_ANNUEL, **PERIOD)
    assert faults(other, census) == [told]


@pytest.mark.parametrize("ends", [("P_POP@2018", "P_POP@2014"), ("P_POP", "P_POP@2013"),
                                  ("P_POP@2018", "P_POP@2018")])  # fmt: skip
def test_the_ends_of_a_change_are_those_of_its_period(census, ends):
    found = formula(*ends, Kind.TAUX_ANNUEL, **PERIOD)
    told = ("denominateur", "les années des termes ne sont pas celles de « annees »")
    assert faults(found, census) == [told]


def test_a_term_of_another_year_is_told_by_the_note(census):
    found = formula("P_LOGVAC", "P_LOG@2013", years=("2018",))
    ((key, told),) = faults(found, census)
    assert key == "denominateur"
    assert "(avec 2013), ou décrivez la variable comme « permanent: true »" in told
    noted = formula("P_LOGVAC", "P_LOG@2013", years=("2018",), note="Logements de 2013.")
    assert faults(noted, census) == []
    several = formula("P_POP", "P_LOG@2018", years=("2013", "2018"))
    assert [key for key, _ in faults(several, census)] == ["denominateur"]


def test_every_term_of_another_year_is_told(census):
    found = formula("P_POP@2013", "P_LOG@2013", years=("2018",))
    assert [key for key, _ in faults(found, census)] == ["numerateur", "denominateur"]


def test_what_lasts_is_of_no_edition(census):
    assert faults(formula("P_POP", "SUPERF@2018", years=("2013", "2018")), census) == []
    assert faults(formula("P_POP", "SUPERF", years=("2013",)), census) == []


def test_terms_of_two_editions_are_told_by_the_note(census):
    mixed = formula("P_LOGVAC", "NBMEN")
    told = "les termes viennent d’éditions différentes (rp Filosofi 2018 et rp RP 2018) : "
    assert faults(mixed, census) == [("denominateur", f"{told}« note » le dit")]
    noted = formula("P_LOGVAC", "NBMEN", note="Fiscalité sur recensement.")
    assert faults(noted, census) == []
    across = formula("P_LOGVAC", "quartiers:POP_COM")
    ((key, message),) = faults(across, census)
    assert key == "denominateur"
    assert "(quartiers QPV 2018 et rp RP 2018)" in message


def test_a_year_without_a_term_is_told(census):
    found = formula("P_POP", "P_LOGVAC", years=("2018", "2013"))
    assert faults(found, census) == [("denominateur", "« P_LOGVAC » n’existe pas en 2013")]
    none = formula("NAIS", "P_POP")
    assert faults(none, census) == [("numerateur", "les termes n’ont aucune année en commun")]
    dated = formula("P_LOGVAC@2013", kind=Kind.SOMME, years=("2013",))
    assert faults(dated, census) == [("numerateur", "« P_LOGVAC » n’existe pas en 2013")]


def test_a_change_without_any_year_is_told_once(census):
    found = formula("P_POP", "P_POP", Kind.TAUX_ANNUEL, period=5.0)
    assert [key for key, _ in faults(found, census)] == ["annees"]


def test_all_terms_have_one_edition_in_common_not_two_by_two(census):
    editions = {"P_POP": "AB", "P_LOG": "BC", "P_LOGVAC": "CD", "NBMEN": "B"}
    groups = [
        {"annee": "2018", "millesime": one, "colonnes": {name: name}}
        for name, vintages in editions.items()
        for one in vintages
    ]
    written = census["rp"].model_dump(by_alias=True, exclude_defaults=True)
    file = {"nom": "rp.csv", "niveau": "commune", "groupes": groups}
    variables = {name: {"libelle": name} for name in editions}
    changed = {**written, "fichiers": [file], "variables": variables}
    several = {"rp": Description.model_validate(changed)}
    assert faults(formula("P_POP + P_LOG", "NBMEN", years=("2018",)), several) == []
    told = "les termes viennent d’éditions différentes ({}) : « note » le dit"
    for above, below, where in (
        ("P_POP + P_LOG", "P_LOGVAC", "rp B et rp C, rp D"),
        ("P_POP", "P_LOGVAC", "rp A, rp B et rp C, rp D"),
    ):
        found = faults(formula(above, below, years=("2018",)), several)
        assert found == [("denominateur", told.format(where))]


def test_each_year_in_common_is_held(census):
    assert faults(formula("P_POP", "P_LOG"), census) == []
    assert faults(formula("POP_COM_QP", "POP_COM", dataset="quartiers"), census) == []
