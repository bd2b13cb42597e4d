"""From what the catalogue's files say to views and indicators: nothing is lost on the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ctgsite.errors import ConfigError
from ctgsite.geography.areas import Level
from ctgsite.indicators.catalogue import load_catalogue
from ctgsite.indicators.model import (
    Direction,
    Form,
    Formula,
    Indicator,
    Kind,
    SignedWording,
    Term,
    Theme,
    Wording,
)
from ctgsite.indicators.view_entries import ViewEntry
from ctgsite.indicators.view_reading import read_view
from ctgsite.indicators.views import Role, Slot, View, ViewKind


@pytest.fixture
def indicators(make_indicator) -> dict[str, Indicator]:
    """Three parts of one whole, one of another."""
    groups = {"a": "tout", "b": "tout", "c": "tout", "d": "autre"}
    return {
        name: make_indicator(name=name, label=f"Part {name}", group=group)
        for name, group in groups.items()
    }


def view_of(indicators: dict[str, Indicator], kind: str, **keys: object) -> View:
    plain = {"id": "vue", "thematique": "logement", "titre": "Vue", "genre": kind}
    return read_view(ViewEntry.model_validate({**plain, **keys}), indicators)


def told(view: View) -> list[tuple[str, Role, str]]:
    return [(slot.label, slot.role, slot.indicator.id) for slot in view.slots]


def test_a_view_keeps_what_its_entry_says(indicators) -> None:
    texts = {"lecture": "Lire.", "limites": "Limites.", "question": "Quoi ?", "manque": "Rien."}
    found = view_of(indicators, "besoin_offre", besoin=["a"], **texts)
    assert found == View(
        "vue", "logement", "Vue", ViewKind.BESOIN_OFFRE,
        (Slot("Part a", Role.BESOIN, indicators["a"]),), "Lire.", "Limites.", "Quoi ?", "Rien.",
    )  # fmt: skip


def test_needs_come_before_supply(indicators) -> None:
    found = view_of(indicators, "besoin_offre", offre=["c"], besoin=["b", "a"])
    assert told(found) == [
        ("Part b", Role.BESOIN, "b"), ("Part a", Role.BESOIN, "a"), ("Part c", Role.OFFRE, "c"),
    ]  # fmt: skip


def test_the_parts_of_a_whole_come_as_the_view_names_them_then_as_the_catalogue(indicators) -> None:
    found = view_of(indicators, "composition", groupe="tout", libelles={"c": "Le tiers"})
    assert told(found) == [
        ("Le tiers", Role.PART, "c"), ("Part a", Role.PART, "a"), ("Part b", Role.PART, "b"),
    ]  # fmt: skip


PROFILE = Indicator(
    id="vue_h1", label="Hommes, 0 à 4 ans", theme="logement",
    definition="Hommes, 0 à 4 ans (Vue).", unit="hommes", direction=Direction.AUCUN, precision=0,
    caution_threshold=0.0, form=Form.COMPARAISON,
    wording=Wording("{valeur}", *["Hommes, 0 à 4 ans"] * 4),
    formulas=(Formula("rp", Kind.SOMME, (Term("H1"),), scale=1.0),), limits="Limites.",
    highlight=False, ranked=False,
)  # fmt: skip


def test_each_age_of_a_pyramid_has_a_figure_of_men_and_one_of_women(indicators) -> None:
    ages = [
        {"libelle": "0 à 4 ans", "hommes": "H1", "femmes": "F1"},
        {"libelle": "5 à 9 ans", "hommes": "H2", "femmes": "F2"},
    ]
    found = view_of(indicators, "pyramide", source="rp", tranches=ages, limites="Limites.")
    assert found.slots[0] == Slot("0 à 4 ans", Role.HOMMES, PROFILE)
    assert told(found) == [
        ("0 à 4 ans", Role.HOMMES, "vue_h1"), ("0 à 4 ans", Role.FEMMES, "vue_f1"),
        ("5 à 9 ans", Role.HOMMES, "vue_h2"), ("5 à 9 ans", Role.FEMMES, "vue_f2"),
    ]  # fmt: skip
    women = found.slots[1].indicator
    assert (women.label, women.unit) == ("Femmes, 0 à 4 ans", "femmes")
    assert women.formulas == (replace(PROFILE.formulas[0], numerator=(Term("F1"),)),)


def test_a_decile_is_an_indicator_or_a_published_variable_in_euros(indicators) -> None:
    deciles = [{"libelle": "D1", "variable": "D1"}, {"libelle": "Médiane", "indicateur": "a"}]
    first, middle = view_of(indicators, "deciles", source="filo", deciles=deciles).slots
    assert middle == Slot("Médiane", Role.DECILE, indicators["a"])
    own = first.indicator
    assert (first.label, first.role, own.id) == ("D1", Role.DECILE, "vue_d1")
    assert (own.label, own.unit, own.precision) == ("Vue, D1", "€", 0)
    assert own.formulas == (Formula("filo", Kind.PUBLIE, (Term("D1"),), scale=1.0),)


def test_a_column_of_districts_is_a_share_or_a_published_figure(indicators) -> None:
    plain = {"libelle": "Habitants", "source": "qpv", "numerateur": "POP"}
    share = {**plain, "libelle": "Part", "denominateur": "ALL", "unite": "%", "precision": 1}
    first, second = view_of(indicators, "quartiers", colonnes=[plain, share]).slots
    assert (first.label, first.role, first.indicator.id) == ("Habitants", Role.QUARTIER, "vue_pop")
    assert (first.indicator.unit, first.indicator.precision) == ("", 0)
    assert first.indicator.label == "Habitants"
    assert first.indicator.formulas == (Formula("qpv", Kind.PUBLIE, (Term("POP"),), scale=1.0),)
    own = second.indicator
    assert (own.id, own.label, own.unit, own.precision) == ("vue_pop_all", "Part", "%", 1)
    assert own.formulas == (Formula("qpv", Kind.RAPPORT, (Term("POP"),), (Term("ALL"),)),)


FULL = """\
indicateurs:
  - id: part
    libelle: Part
    definition: Ce que c’est.
    unite: "%"
    niveaux: [epci, commune]
    sens: bas
    precision: 2
    seuil_prudence: 200
    graphique: evolution
    lecture: "{valeur} de ménages"
    constat: {plus: "a {reference}", moins: "b {reference}", proche: "c {reference}", neutre: d}
    constat_signes:
      {hausse_plus: e, hausse_moins: f, baisse_plus: g, baisse_moins: h,
       hausse_contre_baisse: i, baisse_contre_hausse: j}
    compte: ménages
    formules: [{source: maison, numerateur: A, denominateur: B}]
    limites: Limites.
    question: Pourquoi ?
    synonymes: [un, deux]
    ecart_minimal: 0.5
    point_saillant: false
    classement: false
    ecart_annees: 5
    evenements: true
    groupe: tout
    absences: {france: Non publié.}
"""
THEMES = """\
thematiques:
  - {slug: logement, titre: Logement, question: "Qui loge ?", intro: Deux mots.}
  - {slug: emploi, titre: Emploi, question: "Qui travaille ?"}
"""
VIEWS = (
    "vues:\n  - {id: vue, thematique: logement, titre: Vue, genre: pyramide, source: maison,"
    " tranches: [{libelle: A, hommes: H, femmes: F}]}\n"
)


def test_an_indicator_keeps_what_its_entry_says(written) -> None:
    found = load_catalogue(written(logement=FULL, themes=THEMES))
    assert found.indicators["part"] == Indicator(
        id="part", label="Part", theme="logement", definition="Ce que c’est.", unit="%",
        direction=Direction.BAS, precision=2, caution_threshold=200.0, form=Form.EVOLUTION,
        wording=Wording(
            "{valeur} de ménages", "a {reference}", "b {reference}", "c {reference}", "d",
            SignedWording("e", "f", "g", "h", "i", "j"),
        ),
        formulas=(Formula("maison", Kind.RAPPORT, (Term("A"),), (Term("B"),)),),
        counted="ménages", limits="Limites.", question="Pourquoi ?", synonyms=("un", "deux"),
        minimum_difference=0.5, highlight=False, ranked=False, trend_gap=5, events=True,
        group="tout", absences=(("france", "Non publié."),), levels=(Level.COMMUNE, Level.EPCI),
    )  # fmt: skip
    assert found.themes == {
        "logement": Theme("logement", "Logement", "Qui loge ?", "Deux mots."),
        "emploi": Theme("emploi", "Emploi", "Qui travaille ?"),
    }


def test_a_theme_has_its_own_indicators_and_views_in_the_order_of_the_themes(written) -> None:
    other = FULL.replace("id: part", "id: taux")
    other = "\n".join(
        line for line in other.splitlines()
        if "constat_signes" not in line and "hausse_" not in line
    )  # fmt: skip
    files = {"logement": FULL, "emploi": other, "themes": THEMES, "vues": VIEWS}
    found = load_catalogue(written(**files))
    assert list(found.indicators) == ["part", "taux"]
    assert [one.id for one in found.of_theme("emploi")] == ["taux"]
    assert found.of_theme("emploi")[0].wording.signed is None
    assert [one.id for one in found.views_of("logement")] == ["vue"]
    assert found.views_of("emploi") == ()
    assert list(found.with_profiles.indicators) == ["vue_h", "vue_f", "part", "taux"]
    assert found.with_profiles.views == found.views


def test_indicators_joined_to_a_catalogue_come_after_its_own(written, make_indicator) -> None:
    found = load_catalogue(written(logement=FULL, themes=THEMES, vues=VIEWS))
    other = make_indicator(name="releve")
    both = found.joined([other])
    assert list(both.indicators.values()) == [*found.indicators.values(), other]
    assert (both.themes, both.views) == (found.themes, found.views)


def test_a_file_that_cannot_be_read_is_told_with_the_others(written) -> None:
    with pytest.raises(ConfigError) as error:
        load_catalogue(written(logement="indicateurs: [", vues="vues: ["))
    assert {p.place.path.name for p in error.value.problems if p.place} == {
        "logement.yml", "vues.yml",
    }  # fmt: skip
