"""What the catalogue is refused for: mixtures, claims that no source serves, cycles of indicators.

Each refusal stands beside the entry nearest to it that is accepted.
"""

from __future__ import annotations

import pytest

from ctgsite.errors import ConfigError
from ctgsite.indicators.catalogue import load_catalogue
from ctgsite.indicators.model import Kind

ENTRY = """\
  - id: {name}
    libelle: Libellé
    definition: Définition.
    unite: "{unit}"
    niveaux: [{levels}]
    lecture: "{{valeur}}"
    constat: {{plus: "{{reference}}", moins: "{{reference}}", proche: "{{reference}}", neutre: N}}
    limites: Limites.
    formules:
      - {{{formula}}}
    question: Question ?
    synonymes: [mot, autre mot]
"""
FORMULA_LINE = 11  # of the first entry
SHARE = "source: rp, numerateur: P_POP, denominateur"
GROWTH_OF = "source: rp, calcul: taux_annuel, numerateur"
BALANCE_OVER = "source: rp, calcul: solde_annuel, numerateur: NAIS, denominateur"
PERIOD = "duree: 5, annees: ['2013-2018']"


def entry(formula: str, name: str = "part", levels: str = "commune", unit: str = "%") -> str:
    return ENTRY.format(name=name, formula=formula, levels=levels, unit=unit)


@pytest.fixture
def told(written, census):
    """Return what loading some entries tells, one line a problem."""

    def load(*entries: str) -> list[str]:
        try:
            load_catalogue(written(logement="indicateurs:\n" + "".join(entries)), census)
        except ConfigError as error:
            return [f"{p.place.line}:{p.place.column}: {p.message}" for p in error.problems]
        return []

    return load


@pytest.mark.parametrize(
    "formula",
    [
        "source: rp, numerateur: P_LOGVAC, denominateur: P_LOG",
        f"{SHARE}: SUPERF@2018, annees: ['2018', '2013']",
        "source: rp, numerateur: P_POP@2018, denominateur: P_LOG@2018, annees: ['2018']",
        f"{SHARE}: P_LOG@2013, annees: ['2018'], note: Logements de 2013.",
        "source: rp, numerateur: NBMEN, denominateur: P_LOG, note: Fiscalité sur recensement.",
        "source: rp, calcul: publie, numerateur: MED, denominateur: NBMEN",
        "source: quartiers, numerateur: POP_COM_QP, denominateur: POP_COM",
        f"{GROWTH_OF}: P_POP@2018, denominateur: P_POP@2013, {PERIOD}",
        f"{BALANCE_OVER}: P_POP@2013 + P_POP@2018, {PERIOD}",
    ],
)
def test_like_over_like_is_accepted(told, formula):
    assert told(entry(formula)) == []


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("source: rp, numerateur: C_LOGVAC, denominateur: P_LOG", "exploitations"),
        (
            f"{SHARE}: P_LOG@2013, annees: ['2018']",
            "« P_LOG@2013 » n’est pas de l’année de la mesure",
        ),
        (
            f"{SHARE}: P_LOG@2013, annees: ['2018'], note: Logements de 2014.",
            "« P_LOG@2013 » n’est pas de l’année de la mesure",
        ),
        (
            "source: rp, numerateur: NBMEN, denominateur: P_LOG",
            "(rp Filosofi 2018 et rp RP 2018) : « note » le dit",
        ),
        ("source: rp, numerateur: NAIS, denominateur: P_POP", "aucune année en commun"),
        (
            "source: quartiers, numerateur: POP_COM_QP, denominateur: 'rp:P_POP'",
            "éditions différentes",
        ),
        (
            f"{GROWTH_OF}: P_POP@2018, denominateur: P_POP@2013, duree: 4, annees: ['2013-2018']",
            "de 2013 à 2018, il y a 5 ans",
        ),
        (
            f"{GROWTH_OF}: P_POP@2018, denominateur: P_LOG@2013, {PERIOD}",
            "une seule variable",
        ),
        (
            f"{GROWTH_OF}: P_POP@2018, denominateur: P_POP@2013, duree: 5, annees: ['2014-2019']",
            "les années des termes ne sont pas celles de « annees »",
        ),
        (
            f"{BALANCE_OVER}: P_POP@2018, {PERIOD}",
            "les années des termes ne sont pas celles de « annees »",
        ),
        ("source: rp, calcul: somme, numerateur: NAIS, duree: 5", "une évolution porte sur"),
    ],
)
def test_what_is_mixed_is_refused_at_its_line(told, formula, message):
    found = told(entry(formula))
    assert len(found) == 1, found
    assert message in found[0]
    assert found[0].startswith(f"{FORMULA_LINE}:")


@pytest.mark.parametrize(
    ("levels", "formula"),
    [
        (
            "commune, epci, departement, region, france",
            "source: rp, numerateur: P_LOGVAC, denominateur: P_LOG",
        ),
        ("commune", "source: rp, calcul: publie, numerateur: MED"),
        ("epci", "source: parts, calcul: publie, numerateur: PART"),
        ("commune", "source: quartiers, calcul: somme, numerateur: POP_COM_QP"),
    ],
)
def test_a_level_that_a_source_serves_may_be_claimed(told, levels, formula):
    assert told(entry(formula, levels=levels)) == []


@pytest.mark.parametrize(
    ("levels", "formula", "place", "message"),
    [
        (
            "commune, epci",
            "source: rp, calcul: publie, numerateur: MED",
            "6:24",
            "« epci » : « MED » de rp n’existe que pour les communes et ne s’additionne pas",
        ),
        (
            "commune, epci",
            "source: parts, calcul: publie, numerateur: PART",
            "6:15",
            "« commune » : « PART » de parts n’existe que pour les intercommunalités",
        ),
        (
            "commune, france",
            "source: rp, calcul: somme, numerateur: P_POP, niveaux: [commune, epci]",
            "6:24",
            "la formule de rp ne vaut que pour les communes et les intercommunalités",
        ),
        (
            "commune",
            "source: rp, calcul: somme, numerateur: SUPERF, annees: ['2013']",
            "6:15",
            "rp n’a « SUPERF » en 2013 à aucun niveau",
        ),
        (
            "commune",
            "source: quartiers, calcul: somme, numerateur: POP_MUN",
            "6:15",
            "quartiers n’a « POP_MUN » à aucun niveau d’indicateur",
        ),
    ],
)
def test_a_level_that_no_source_serves_is_refused_with_what_stands_in_the_way(
    told, levels, formula, place, message
):
    found = told(entry(formula, levels=levels))
    assert len(found) == 1, found
    assert found[0].startswith(f"{place}: ")
    assert message in found[0]


NATURAL = entry(
    f"{BALANCE_OVER}: P_POP@2013 + P_POP@2018, {PERIOD}",
    "naturel",
)
GROWTH = entry(
    f"{GROWTH_OF}: P_POP@2018, denominateur: P_POP@2013, {PERIOD}",
    "croissance",
)


def added(terms: str, name: str = "apparent", **how: str) -> str:
    return entry(f"calcul: indicateurs, numerateur: {terms}", name, **how)


def test_a_sum_of_indicators_stands_on_their_formulas(written, census):
    entries = (added("croissance - naturel"), GROWTH, NATURAL)
    found = load_catalogue(written(logement="indicateurs:\n" + "".join(entries)), census)
    assert list(found.indicators) == ["apparent", "croissance", "naturel"]
    formula = found.indicators["apparent"].formulas[0]
    assert formula.dataset == "rp"
    assert [one.kind for one in formula.reading] == [Kind.TAUX_ANNUEL, Kind.SOLDE_ANNUEL]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ((added("croissance - naturl"), GROWTH, NATURAL), "vouliez-vous dire « naturel »"),
        ((added("croissance@2018 - naturel"), GROWTH, NATURAL), "ni source, ni année"),
        ((added("croissance - naturel", unit="€"), GROWTH, NATURAL), "« croissance » est en « % »"),
        (
            (added("croissance - naturel", levels="commune, epci"), GROWTH, NATURAL),
            "l’indicateur « croissance » ne l’annonce pas",
        ),
        (
            (
                added("croissance - vacants"),
                GROWTH,
                entry(
                    "source: rp, numerateur: P_LOGVAC, denominateur: P_LOG, annees: ['2018']",
                    "vacants",
                ),
            ),
            "ces indicateurs n’ont aucune année en commun",
        ),
    ],
)
def test_a_sum_of_indicators_that_are_not_alike_is_refused(told, entries, message):
    assert any(message in line for line in told(*entries)), told


def test_a_sum_of_indicators_reads_no_source_itself(told):
    wrong = "calcul: indicateurs, numerateur: naturel, source: rp, facteur: 10"
    found = told(entry(wrong, "apparent"), NATURAL)
    start = len("      - {") + 1
    assert found == [
        f"11:{start + wrong.index(key)}: « {key} » n’a pas de sens avec « calcul: indicateurs »"
        for key in ("source", "facteur")
    ]


def test_each_cycle_is_refused_with_its_path(told):
    found = told(added("b", "a"), added("c", "b"), added("a", "c"), added("d", "d"), NATURAL)
    assert len(found) == 2, found
    assert found[0].endswith("cycle entre indicateurs : a → b → c → a")
    assert found[0].startswith(f"{FORMULA_LINE}:")
    assert found[1].endswith("cycle entre indicateurs : d → d")


POP = "source: rp, calcul: somme, numerateur: P_POP"


@pytest.mark.parametrize(
    ("formula", "place", "message"),
    [
        ("source: rp, numerateur: P_POP", "11:9",
         "il manque la clé « denominateur » (ou un « calcul » qui n’en a pas besoin)"),
        ("numerateur: P_POP, calcul: somme", "11:9", "il manque la clé « source »"),
        (f"{GROWTH_OF}: P_POP@2018, {PERIOD}", "11:9",
         "il manque la clé « denominateur » (ou un « calcul » qui n’en a pas besoin)"),
        ("source: rq, calcul: somme, numerateur: P_POP", "11:18",
         "source inconnue « rq » : vouliez-vous dire « rp » ?"),
        ("source: rp, calcul: somme, numerateur: 'rq:P_POP'", "11:49",
         "source inconnue « rq » : vouliez-vous dire « rp » ?"),
        ("source: rp, numerateur: P_POP, denominateur: P_LO", "11:55",
         "variable inconnue « P_LO » dans rp : vouliez-vous dire « P_LOG » ?"),
        ("source: rp, numerateur: P_POP, denominateur: P_LOG +", "11:55",
         "« P_LOG + » finit par un signe : attendu une variable"),
        ("source: rp, calcul: somme, numerateur: P_POP P_LOG -", "11:49",
         "attendu + ou - entre deux variables, et non « P_LOG »"),
    ],
)  # fmt: skip
def test_a_formula_that_cannot_be_computed_is_told_once_at_its_place(told, formula, place, message):
    assert told(entry(formula)) == [f"{place}: {message}"]


def test_every_fault_of_a_formula_is_told(told):
    found = told(entry("source: rq, calcul: somme, numerateur: 'rq:P_POP + rp:P_LO'"))
    assert [line.split(" : ")[0] for line in found] == [
        "11:18: source inconnue « rq »",
        "11:49: source inconnue « rq »",
        "11:49: variable inconnue « P_LO » dans rp",
    ]
    unread = told(entry("numerateur: A -, denominateur: B -"))
    assert [line[:5] for line in unread] == ["11:9:", "11:22", "11:41"]


@pytest.mark.parametrize("key", ["plus", "moins", "proche"])
def test_a_heading_names_what_it_compares_with(told, key):
    wrong = entry(POP).replace(f'{key}: "{{reference}}"', f'{key}: "rien"')
    (found,) = told(wrong)
    assert found.endswith(f": « constat → {key} » doit contenir {{reference}}")
    assert found.startswith("8:")


def test_a_reading_holds_the_value(told):
    assert told(entry(POP).replace("{valeur}", "rien")) == [
        "7:14: « lecture » doit contenir {valeur}"
    ]


def test_an_id_used_twice_is_told_with_the_place_of_the_first(told):
    again = entry("source: rp, numerateur: P_POP")  # only its name is told: it counts for nothing
    (found,) = told(entry(POP), again)
    assert found.startswith("14:9: l’indicateur « part » existe déjà (")
    assert found.endswith("logement.yml:2:9)")


def test_problems_come_in_the_order_of_their_places(told):
    far = entry("source: rp, calcul: publie, numerateur: MED", levels="commune, epci")
    silent = entry(POP, "autre").replace("{valeur}", "rien")
    assert [line.split(":")[0] for line in told(far, silent)] == ["6", "19"]


def test_what_follows_an_id_used_twice_is_held_too(told):
    found = told(entry(POP), entry(POP), entry(POP, "autre").replace("{valeur}", "rien"))
    assert [line.split(":")[0] for line in found] == ["14", "31"]


def test_a_sum_of_indicators_of_a_year_that_they_lack_is_refused(told):
    sums = "croissance - naturel, annees: ['{}']"
    assert told(added(sums.format("2013-2018")), GROWTH, NATURAL) == []
    (found,) = told(added(sums.format("2008-2013")), GROWTH, NATURAL)
    assert found == "11:43: ces indicateurs n’ont aucune année en commun"


def test_claims_wait_for_formulas_that_can_be_read(told):
    found = told(entry("source: rp, calcul: publie, numerateur: M", levels="commune, epci"))
    assert len(found) == 1
    assert "variable inconnue « M »" in found[0]


def test_a_level_that_one_formula_serves_may_be_claimed(told):
    parts = "source: parts, calcul: publie, numerateur: PART"
    median = "source: rp, calcul: publie, numerateur: MED"
    both = entry(f"{median}}}\n      - {{{parts}", levels="commune, epci")
    assert told(both) == []
    (found,) = told(both.replace("[commune, epci]", "[commune, epci, france]"))
    assert found == (
        "6:30: aucune source ne sert le niveau « france » : « MED » de rp n’existe que pour les "
        "communes et ne s’additionne pas ; « PART » de parts n’existe que pour les "
        "intercommunalités et ne s’additionne pas"
    )
    twice = entry(f"{median}}}\n      - {{{median}", levels="epci")
    (once,) = told(twice)
    assert once.count("« MED »") == 1


def test_a_term_that_is_an_indicator_has_neither_source_nor_year(told):
    natural = "« naturel » est un indicateur : ni source, ni année dans ce calcul"
    for term in ("rp:naturel", "naturel@2018"):
        found = told(added(f"'{term}'"), NATURAL)
        assert found == [f"11:43: {natural}"]


def test_each_term_of_a_sum_is_held_to_the_unit_and_the_names(told):
    found = told(added("naturl + croissance", unit="€"), GROWTH, NATURAL)
    assert found == [
        "11:43: indicateur inconnu « naturl » : vouliez-vous dire « naturel » ?",
        "11:43: « croissance » est en « % », et non en « € »",
    ]


def test_a_cycle_is_told_at_the_formula_that_makes_it(told):
    first = added("naturel", "a")
    looped = first.replace("    question", "      - {calcul: indicateurs, numerateur: b}\n"
                           "    question")  # fmt: skip
    found = told(looped, added("a", "b"), NATURAL)
    assert found == ["12:43: cycle entre indicateurs : a → b → a"]
