"""Rules of reading, each on an entry that breaks it and on the nearest that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgsite.config.positions import read_yaml
from ctgsite.config.validation import validate
from ctgsite.indicators.entries import ThemeFile
from ctgsite.indicators.usage import usage_problems
from ctgsite.sources.usage import Usage

ENTRY = """\
  - id: {id}
    libelle: {label}
    definition: {definition}
    unite: "{unit}"
    niveaux: [commune]
    lecture: "{reading}"
    constat: {{plus: "{more}", moins: "{less}", proche: "{close}", neutre: "{plain}"}}
    limites: {limits}
    formules:
{formulas}
    question: Question
    synonymes: [mot, autre mot]
    point_saillant: {highlight}
    classement: {ranked}
    ecart_minimal: {minimum}
    groupe: "{group}"
"""
PLAIN = {
    "id": "part", "label": "Part", "definition": "Ce que c’est.", "unit": "%",
    "reading": "valeur", "more": "plus", "less": "moins", "close": "proche", "plain": "neutre",
    "limits": "Limites.", "highlight": "true", "ranked": "true", "minimum": "0", "group": "",
}  # fmt: skip
SHARE = "source: rp, numerateur: P_LOGVAC, denominateur: P_LOG"


def entry(*formulas: str, **changes: str) -> str:
    lines = "\n".join(f"      - {{{formula}}}" for formula in formulas or (SHARE,))
    return ENTRY.format(formulas=lines, **{**PLAIN, **changes})


@pytest.fixture
def told(tmp_path: Path, census):
    """Return what breaks the rules of the census among some entries, by line, without the rule."""

    def check(usage: dict[str, object], *entries: str) -> list[str]:
        path = tmp_path / "logement.yml"
        path.write_text("indicateurs:\n" + "".join(entries), encoding="utf-8")
        document = read_yaml(path)
        found, faults = validate(ThemeFile, document)
        assert found is not None, faults
        ruled = census["rp"].model_copy(update={"usage": Usage.model_validate(usage)})
        problems = usage_problems(document, found, {**census, "rp": ruled})
        return [
            f"{p.place.line}: {p.message.removesuffix(' (règle de lecture de rp)')}"
            for p in problems
            if p.place
        ]

    return check


def test_without_a_rule_nothing_is_told(told):
    assert told({}, entry()) == []


def test_a_source_without_a_description_has_no_rule(told):
    usage = {"nommer": "Caf", "series_separees": [["A"], ["B"]], "repartitions": [["A"]]}
    other = "source: ailleurs, numerateur: A + B, denominateur: A"
    assert told(usage, entry(other, group="tout")) == []
    assert told(usage, entry(other, SHARE)) == ["2: « part » : « lecture » doit dire « Caf »"]


def test_a_reading_names_the_producer_whatever_the_case(told):
    usage = {"nommer": "Caf"}
    assert told(usage, entry(label="Caf")) == ["2: « part » : « lecture » doit dire « Caf »"]
    assert told(usage, entry(reading="valeur de la CAF")) == []


def test_limits_recall_each_word(told):
    usage = {"rappeler": ["MSA", "Limites"]}
    assert told(usage, entry()) == ["2: « part » : « limites » doit rappeler « MSA »"]
    assert told(usage, entry(limits="Limites de la MSA.")) == []


SENTENCES = ("label", "reading", "more", "less", "close", "plain")


@pytest.mark.parametrize("where", SENTENCES)
def test_a_word_goes_with_its_companion_in_each_sentence(told, where):
    usage = {"jamais_sans": {"allocataires": "Caf"}}
    alone = "Les Allocataires"
    assert told(usage, entry(**{where: alone})) == [
        f"2: « part » : « {alone} » dit « allocataires » sans « Caf »"
    ]
    assert told(usage, entry(**{where: f"{alone} de la Caf"})) == []
    assert told(usage, entry(limits=alone, definition=alone)) == []


@pytest.mark.parametrize("where", [*SENTENCES, "definition"])
def test_a_word_to_avoid_is_avoided_in_each_sentence(told, where):
    usage = {"eviter": ["non-recours"]}
    assert told(usage, entry(**{where: "Le Non-recours"})) == [
        "2: « part » : ne se lit jamais « non-recours »"
    ]
    assert told(usage, entry(limits="Ce n’est pas un non-recours.")) == []


def test_the_unit_is_that_of_the_producer(told):
    assert told({"unite": "€"}, entry()) == ["2: « part » : « unite » doit être « € »"]
    assert told({"unite": "%"}, entry()) == []


def test_what_may_not_be_ranked_nor_put_forward_is_not(told):
    assert told({"classement": False, "point_saillant": False}, entry()) == [
        "2: « part » : rien ne se classe : attendu « classement: false »",
        "2: « part » : attendu « point_saillant: false »",
    ]
    modest = entry(ranked="false", highlight="false")
    assert told({"classement": False, "point_saillant": False}, modest) == []
    assert told({}, modest) == []


@pytest.mark.parametrize(("minimum", "refused"), [("0.5", True), ("1", False), ("2", False)])
def test_differences_under_the_producers_own_are_not_told(told, minimum, refused):
    messages = ["2: « part » : « ecart_minimal » doit valoir 1 au moins"] * refused
    assert told({"ecart_minimal": 1}, entry(minimum=minimum)) == messages


@pytest.mark.parametrize(
    ("formula", "refused"),
    [
        ("source: rp, numerateur: P_LOG - P_LOGVAC, denominateur: P_LOG", True),
        ("source: rp, numerateur: P_LOG, denominateur: P_POP - P_LOGVAC", True),
        ("source: rp, numerateur: P_LOGVAC - P_LOG, denominateur: P_LOG", False),
        ("source: rp, numerateur: P_LOGVAC + P_LOG, denominateur: P_LOG", False),
        ("source: rp, numerateur: P_LOGVAC -, denominateur: P_LOG", False),  # told elsewhere
    ],
)
def test_what_may_not_be_subtracted_is_not(told, formula, refused):
    messages = ["2: « part » : « P_LOGVAC » ne se soustrait pas"] * refused
    assert told({"jamais_soustraites": ["P_LOGVAC"]}, entry(formula)) == messages


@pytest.mark.parametrize(
    ("kind", "last", "first", "refused"),
    [
        ("taux_annuel", "P_POP@2018", "P_POP@2014", True),
        ("taux_annuel", "P_POP@2018", "P_POP@2013", False),
        ("taux_annuel", "P_POP@2013-2018", "P_POP@2014", True),
        ("taux_annuel", "P_POP@2018", "P_POP", False),
        ("taux_annuel", "P_POP", "P_POP@2014", False),
        ("taux_annuel", "P_LOG + P_POP@2018 + P_POP@2025", "P_POP@2014", True),
        ("rapport", "P_POP@2018", "P_POP@2014", False),
    ],
)
def test_vintages_that_share_a_survey_make_no_change(told, kind, last, first, refused):
    formula = f"source: rp, calcul: {kind}, numerateur: {last}, denominateur: {first}"
    found = told({"enquete_tournante": True}, entry(formula))
    expected = "2: « part » : les enquêtes des millésimes 2014 et 2018 se recouvrent"
    assert found == [expected] * refused
    assert told({}, entry(formula)) == []


MENTION = {"mentions": [{"annee": "2020", "variables": ["DECES"], "mot": "Covid"}]}


@pytest.mark.parametrize(
    ("formula", "refused"),
    [
        ("numerateur: DECES, annees: ['2020']", True),
        ("numerateur: DECES, annees: ['2019', '2020']", True),
        ("numerateur: DECES", True),
        ("numerateur: P_POP, denominateur: DECES", True),
        ("numerateur: DECES, annees: ['2019']", False),
        ("numerateur: NAIS, annees: ['2020']", False),
        ("numerateur: DECES, annees: ['2020'], note: Année du Covid.", False),
        ("numerateur: DECES, annees: ['2020'], note: Année à part.", True),
    ],
)
def test_a_year_apart_is_noted(told, formula, refused):
    messages = ["2: « part » : la note de la formule de 2020 doit dire « Covid »"] * refused
    assert told(MENTION, entry(f"source: rp, {formula}")) == messages


EVENTS = {"evenements": ["NAIS"]}
MEAN = "2: « part » : un taux d’événements est une moyenne de 3 ans au moins"
ALONE = "2: « part » : les événements d’une seule année n’ont pas de « point_saillant »"


@pytest.mark.parametrize(
    ("formula", "highlight", "expected"),
    [
        ("numerateur: NAIS, denominateur: P_POP", "true", [MEAN]),
        ("calcul: rapport, numerateur: NAIS, denominateur: P_POP, duree: 2", "false", [MEAN]),
        ("calcul: rapport, numerateur: NAIS, denominateur: P_POP, duree: 3", "true", []),
        ("calcul: somme, numerateur: NAIS", "true", [ALONE]),
        ("calcul: somme, numerateur: NAIS", "false", []),
        ("calcul: somme, numerateur: P_POP", "true", []),
    ],
)
def test_a_rate_of_events_is_a_mean_of_years(told, formula, highlight, expected):
    assert told(EVENTS, entry(f"source: rp, {formula}", highlight=highlight)) == expected


def test_each_breach_is_told_once_an_indicator_at_its_own_place(told):
    both = entry(SHARE, SHARE)
    found = told({"unite": "€"}, both, entry(id="autre", unit="€"), entry(id="taux"))
    line = both.count("\n") + entry().count("\n") + 2
    assert found == [
        "2: « part » : « unite » doit être « € »",
        f"{line}: « taux » : « unite » doit être « € »",
    ]


def test_series_of_other_references_are_not_mixed(told):
    usage = {"series_separees": [["REG", "REG2"], ["DEP"]]}
    told_so = ["2: « part » mêle des séries de références différentes (rp)"]
    one, other = ("source: rp, numerateur: REG", "source: rp, numerateur: DEP")
    assert told(usage, entry(f"{one} + DEP")) == told_so
    assert told(usage, entry(one, other)) == told_so
    assert told(usage, entry(f"{one} + REG2")) == []
    assert told(usage, entry(f"{one}, denominateur: DEP")) == []
    assert told(usage, entry(one), entry(other, id="autre")) == []


def test_a_group_stacks_the_parts_of_one_whole(told):
    usage = {"repartitions": [["A", "B"], ["C", "D"]]}
    a, b, c = (
        entry(f"source: rp, numerateur: {name}", id=name.lower(), group="tout") for name in "ABC"
    )
    loose = entry("source: rp, numerateur: C", id="seul")
    assert told(usage, loose, a, b) == []
    line = loose.count("\n") + 2
    assert told(usage, loose, a, c) == [
        f"{line}: le groupe « tout » n’empile pas les parts d’un seul tout (rp)"
    ]
    assert told({}, a, c) == []
    apart = entry("source: rp, numerateur: C", id="c", group="autre")
    assert told(usage, a, apart) == []
