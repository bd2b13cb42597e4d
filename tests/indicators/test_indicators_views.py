"""Composite views: what the catalogue's file may say, and the figures that only views use."""

from __future__ import annotations

import pytest

from ctgsite.errors import ConfigError
from ctgsite.geography.areas import Level
from ctgsite.indicators.catalogue import load_catalogue
from ctgsite.indicators.compute import compute_measures
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.quarters import find_quarters
from ctgsite.indicators.views import Role, Slot, ViewKind
from ctgsite.sources.embedded import embedded_observations
from ctgsite.sources.observations import Status

INDICATORS = """indicateurs:
  - id: part_vide
    libelle: Logements vides
    definition: Logements vides.
    unite: "%"
    niveaux: [commune]
    graphique: composition
    groupe: occupation
    lecture: "{valeur} sont vides"
    constat:
      plus: "Plus que {reference}"
      moins: "Moins que {reference}"
      proche: "Comme {reference}"
      neutre: Vides
    formules: [{source: rp, numerateur: VIDE, denominateur: LOG}]
    limites: Vides depuis un jour ou depuis un an.
    question: Pourquoi ?
    synonymes: [vacants, inoccupés]
"""
HEAD = "vues:\n  - {id: vue, thematique: logement, titre: Vue, "


def faults(written, ages, views: str) -> list[str]:
    """Return the messages of a catalogue with these views, each with its line and column."""
    with pytest.raises(ConfigError) as caught:
        load_catalogue(written(logement=INDICATORS, vues=views), ages)
    return [
        f"{found.place.line}:{found.place.column} {found.message}"
        for found in caught.value.problems
        if found.place
    ]


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        ("genre: composition, groupe: ocupation}", "groupe inconnu « ocupation »"),
        ("genre: besoin_offre, besoin: [part_vides], offre: [part_vide]}", "« part_vides »"),
        ("genre: besoin_offre, besoin: [part_vide]}", "« manque » (ce qu’aucune source ne dit)"),
        ("genre: composition}", "il manque la clé « groupe »"),
        ("genre: composition, groupe: occupation, besoin: [part_vide]}", "ne va pas avec"),
        ("genre: camembert, groupe: occupation}", "« camembert » n’est pas admis"),
        (
            "genre: pyramide, source: rp, tranches: [{libelle: A, hommes: H_004, femmes: F_0004}]}",
            "variable inconnue « H_004 » dans rp : vouliez-vous dire « H_0004 » ?",
        ),
        (
            "genre: pyramide, source: rq, tranches: [{libelle: A, hommes: H_0004, femmes: F}]}",
            "source inconnue « rq »",
        ),
        ("genre: deciles, source: rp, deciles: [{libelle: D2}]}", "l’un des deux"),
        (
            "genre: composition, groupe: occupation, libelles: {part_pleine: Pleins}}",
            "« part_pleine » n’est pas du groupe « occupation »",
        ),
        (
            "genre: quartiers, colonnes: [{libelle: A, source: rp, numerateur: POP}]}",
            "variable inconnue « POP » dans rp",
        ),
    ],
)
def test_a_view_that_names_what_does_not_exist_is_refused_at_its_place(
    written, ages, rest, expected
):
    (message,) = faults(written, ages, HEAD + rest)
    assert expected in message
    assert message.startswith("2:")


def test_a_view_has_an_identifier_and_a_theme_of_its_own(written, ages):
    views = (
        "vues:\n"
        "  - {id: part_vide, thematique: logemant, titre: Vue, genre: composition, "
        "groupe: occupation}\n"
    )
    messages = faults(written, ages, views)
    assert any("« part_vide » existe déjà" in message for message in messages)
    assert any("vouliez-vous dire « logement »" in message for message in messages)


def test_the_short_names_of_a_group_give_its_order(embedded_catalogue):
    view = embedded_catalogue.views["origine_du_revenu_disponible"]
    assert [slot.indicator.id for slot in view.slots] == [
        "part_revenus_activite",
        "part_pensions",
        "part_revenus_patrimoine",
        "part_prestations_sociales",
        "part_impots",
    ]


def test_every_group_of_indicators_is_drawn_by_one_view(embedded_catalogue):
    wholes = [
        {slot.indicator.group for slot in view.slots}
        for view in embedded_catalogue.views.values()
        if view.kind is ViewKind.COMPOSITION
    ]
    groups = {found.group for found in embedded_catalogue.indicators.values() if found.group}
    assert sorted(group for whole in wholes for group in whole) == sorted(groups)


def test_what_only_a_view_uses_is_no_indicator_of_a_theme(embedded_catalogue):
    whole = embedded_catalogue.with_profiles.indicators
    own = [found for name, found in whole.items() if name not in embedded_catalogue.indicators]
    assert own
    assert not any(found.ranked or found.highlight for found in own)


@pytest.mark.parametrize("area", [(Level.DEPARTEMENT, "41"), (Level.FRANCE, "FRANCE")])
def test_the_ages_of_a_pyramid_add_up_to_the_population(embedded_catalogue, area):
    observations = embedded_observations()
    figures = Figures(compute_measures(embedded_catalogue.with_profiles, [observations]))
    view = embedded_catalogue.views["pyramide_des_ages"]
    level, code = area
    frame = observations.frame
    total = frame[
        (frame["variable"] == "E_TOT")
        & (frame["level"] == level)
        & (frame["code"] == code)
        & (frame["year"] == "2021")
    ]["value"].item()
    ages = [figures.at(slot.indicator.id, level, code, "2021") for slot in view.slots]
    assert sum(age.value for age in ages) == total


def test_the_parts_of_income_add_up_to_100_with_taxes_below_zero(embedded_catalogue):
    figures = Figures(compute_measures(embedded_catalogue, [embedded_observations()]))
    view = embedded_catalogue.views["origine_du_revenu_disponible"]
    parts = [
        figures.at(slot.indicator.id, Level.DEPARTEMENT, "41", "2018").value for slot in view.slots
    ]
    assert parts[-1] < 0
    assert sum(parts) == pytest.approx(100, abs=0.3)


def quarter_slots(catalogue) -> tuple[Slot, ...]:
    return catalogue.views["quartiers_prioritaires"].slots


def quarter_rows(**population: object) -> tuple[dict[str, object], ...]:
    """Return a quarter's population and its commune's, and its median income, typed by hand."""
    place = {"level": "qpv", "code": "QP021006", "dataset": "insee-qpv"}
    named = {**place, "note": "Le Belvédère (21617, Talant)", "vintage": "RP 2018"}
    return (
        {**named, "variable": "POP_MUN", "value": 3219.0, **population},
        {**named, "variable": "POP_COM", "value": 11630.0},
        {
            **place,
            "dataset": "insee-qpv-revenus",
            "variable": "MED",
            "year": "2019",
            "value": 14100.0,
        },
    )


def test_a_quarter_is_found_in_its_commune_with_its_share_of_it(observed, embedded_catalogue):
    slots = quarter_slots(embedded_catalogue)
    (found,) = find_quarters(observed(*quarter_rows()), ["21617"], slots)
    assert (found.name, found.commune) == ("Le Belvédère", "Talant")
    population, share, median, poverty, _ = found.figures
    assert (population.value, population.year) == (3219.0, "2018")
    assert share.value == pytest.approx(100 * 3219 / 11630)
    assert (median.value, median.year) == (14100.0, "2019")
    assert (poverty.value, poverty.status) == (None, Status.ABSENT)


def test_a_quarter_of_elsewhere_is_not_shown(observed, embedded_catalogue):
    slots = quarter_slots(embedded_catalogue)
    assert find_quarters(observed(*quarter_rows()), ["21231"], slots) == ()


def test_a_secret_population_makes_a_secret_share(observed, embedded_catalogue):
    rows = quarter_rows(value=float("nan"), status="secret", note="secret")
    (found,) = find_quarters(observed(*rows), ["21617"], quarter_slots(embedded_catalogue))
    assert found.figures[1].value is None
    assert found.figures[1].status is Status.SECRET


def test_the_slots_of_needs_and_supply_keep_their_role(embedded_catalogue):
    view = embedded_catalogue.views["jeunes_enfants_et_places"]
    roles = [slot.role for slot in view.slots]
    assert roles == [Role.BESOIN, Role.BESOIN, Role.OFFRE]
    assert embedded_catalogue.views["grand_age_et_services"].missing


PYRAMID = "genre: pyramide, source: rp, tranches: [{libelle: A, hommes: H_0004, femmes: F_0004}]"
WHOLE = "genre: composition, groupe: occupation"
DECILES = "genre: deciles, source: rp, deciles: [{libelle: A, "
COLUMNS = "genre: quartiers, colonnes: [{libelle: A, source: rp, numerateur: "
NO_HALF = "il manque « besoin », et « offre » ou « manque » (ce qu’aucune source ne dit)"
NOT_OF_A_WHOLE = "ne va pas avec « genre: composition »"
ONE_OF_TWO = "attendu « indicateur » ou « variable », l’un des deux"
RP = "source inconnue « rq » : vouliez-vous dire « rp » ?"


# what is written, and where each fault stands with what it is
@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (
            "genre: besoin_offre, besoin: [part_vide, pars]",
            [("{id", NO_HALF), ("pars", "« pars »")],
        ),
        (
            "genre: besoin_offre, besoin: [part_vide], offre: [part_vid]",
            [("part_vid]", "« part_vide »")],
        ),
        ("genre: besoin_offre, offre: [part_vide]", [("{id", NO_HALF)]),
        ("genre: composition", [("{id", "« groupe », que demande « genre: composition »")]),
        (f"{WHOLE}, besoin: [part_vide]", [("besoin", f"« besoin » {NOT_OF_A_WHOLE}")]),
        (f"{WHOLE}, offre: [part_vide]", [("offre", f"« offre » {NOT_OF_A_WHOLE}")]),
        (f"{WHOLE}, manque: Rien", [("manque", f"« manque » {NOT_OF_A_WHOLE}")]),
        (f"{WHOLE}, source: rp", [("source", f"« source » {NOT_OF_A_WHOLE}")]),
        (f"{PYRAMID}, groupe: occupation", [("groupe", "« groupe » ne va pas avec")]),
        (f"{PYRAMID}, libelles: {{a: b}}", [("libelles", "« libelles » ne va pas avec")]),
        (f"{WHOLE}s, libelles: {{part_vid: Vides}}", [("occupations", "dire « occupation »")]),
        (
            f"{WHOLE}, libelles: {{part_vide: Oui, part_vid: Vides}}",
            [("part_vid:", "« part_vid » n’est pas du groupe « occupation » : vouliez-vous dire")],
        ),
        (f"{DECILES}variable: D2}}, {{libelle: B}}]", [("{libelle: B", ONE_OF_TWO)]),
        (f"{DECILES}variable: D2, indicateur: part_vide}}]", [("{libelle", ONE_OF_TWO)]),
        (
            f"{DECILES}indicateur: part}}, {{libelle: B, variable: D3}}]",
            [("D3", "« D3 » dans rp"), ("part}", "inconnu « part »")],
        ),
        (PYRAMID.replace("rp", "rq"), [("rq", RP)]),
        (
            PYRAMID.replace("0004", "004"),
            [("H_004", "dire « H_0004 »"), ("F_004", "dire « F_0004 »")],
        ),
        (f"{COLUMNS}P, denominateur: Q}}]", [("P, den", "« P » dans rp"), ("Q}", "« Q » dans rp")]),
        (
            f"{COLUMNS}Z}}, {{libelle: B, source: rq, numerateur: P}}]",
            [("rq", RP), ("Z}", "« Z » dans rp")],
        ),
    ],
)
def test_each_fault_of_a_view_is_told_once_at_its_place(written, ages, rest, expected):
    line = f"{HEAD}{rest}}}".splitlines()[1]
    found = dict(one.split(" ", 1) for one in faults(written, ages, f"{HEAD}{rest}}}"))
    places = {f"2:{line.index(token) + 1}": message for token, message in expected}
    assert found.keys() == places.keys()
    for place, message in places.items():
        assert message in found[place]


def test_an_identifier_used_twice_is_told_with_the_place_of_the_first(written, ages):
    line = f"  - {{id: vue, thematique: logement, titre: Vue, {PYRAMID}}}\n"
    (again,) = faults(written, ages, "vues:\n" + line + line)
    assert again.startswith("3:10 l’identifiant « vue » existe déjà (")
    assert again.endswith("vues.yml:2:10)")
    taken = "vues:\n" + line.replace("id: vue", "id: part_vide")
    assert faults(written, ages, taken) == [
        "2:10 l’identifiant « part_vide » existe déjà (un indicateur du catalogue)"
    ]
    unknown = "vues:\n" + line.replace("logement", "logemant")
    assert faults(written, ages, unknown) == [
        "2:27 thématique inconnue « logemant » : vouliez-vous dire « logement » ?"
    ]


def test_without_descriptions_the_names_of_variables_are_taken_on_trust(written):
    views = HEAD + PYRAMID.replace("H_0004", "HOMMES") + "}"
    found = load_catalogue(written(logement=INDICATORS, vues=views))
    assert [slot.indicator.id for slot in found.views["vue"].slots] == ["vue_hommes", "vue_f_0004"]
