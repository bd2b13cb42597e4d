"""The catalogue's files: what they must say, and how their faults are told."""

from __future__ import annotations

import re

import pytest

from ctgsite.errors import ConfigError
from ctgsite.indicators.catalogue import load_catalogue
from ctgsite.indicators.model import Direction, Kind, Term
from ctgsite.indicators.terms import parse_terms
from ctgsite.sources.descriptions import load_descriptions

GOOD = """\
indicateurs:
  - id: part_logements_vacants
    libelle: Part des logements vacants
    definition: Logements vacants sur logements.
    unite: "%"
    niveaux: [commune, epci, departement, region, france]
    sens: haut
    seuil_prudence: 200
    lecture: "{valeur} des logements sont vacants"
    constat:
      plus: "Davantage de logements vacants que {reference}"
      moins: "Moins de logements vacants que {reference}"
      proche: "Autant de logements vacants que {reference}"
      neutre: Les logements vacants
    formules:
      - {source: rp, numerateur: P_LOGVAC, denominateur: P_LOG, annees: ["2018"]}
    limites: Une partie de la vacance est normale.
    question: Quels logements sont vides depuis longtemps ?
    synonymes: [vacance, logements vides]
"""

BINDING_UNITS = {
    "population": "habitants", "variation_annuelle_population": "% par an",
    "densite": "hab./km²", "naissances": "naissances", "deces": "décès",
    "menages": "ménages", "logements": "logements", "emplois_au_lieu_de_travail": "emplois",
    "part_logements_vacants": "%", "part_residences_secondaires": "%", "part_proprietaires": "%",
    "part_logement_social": "%", "taux_chomage_recensement": "%", "taux_activite_15_64": "%",
    "niveau_vie_median": "€", "rapport_interdecile": "fois", "taux_pauvrete": "%",
    "part_menages_imposes": "%", "part_prestations_sociales": "%",
    "part_prestations_familiales": "%", "part_0_14_ans": "%", "part_moins_20_ans": "%",
    "part_65_ans_plus": "%", "part_familles_monoparentales": "%",
    "part_couples_avec_enfants": "%", "part_personnes_vivant_seules": "%",
    "taux_couverture_petite_enfance": "places théoriques pour 100 enfants de moins de 3 ans",
    "taux_couverture_accueil_collectif": "places théoriques pour 100 enfants de moins de 3 ans",
    "taux_couverture_accueil_individuel": "places théoriques pour 100 enfants de moins de 3 ans",
    "foyers_allocataires": "foyers", "personnes_couvertes_caf": "personnes",
    "allocataires_monoparentaux": "foyers", "enfants_0_2_ans_caf": "enfants",
}  # fmt: skip

# Nothing that a figure shows is a cause of what another shows.
CAUSAL = re.compile(
    r"\b(à cause d|en raison d|grâce à|provoqu|entraîn|s’explique par|dû à|due aux)", re.IGNORECASE
)


def test_an_entry_becomes_an_indicator(written):
    found = load_catalogue(written(logement=GOOD)).indicators["part_logements_vacants"]
    assert found.theme == "logement"
    assert found.direction is Direction.HAUT
    formula = found.formulas[0]
    assert (formula.kind, formula.scale, formula.years) == (Kind.RAPPORT, 100.0, ("2018",))
    assert formula.numerator == (Term("P_LOGVAC"),)


@pytest.mark.parametrize(
    ("written_as", "instead", "place", "message"),
    [
        ("libelle:", "libele:", "3:5", "clé inconnue « libele » : vouliez-vous dire « libelle »"),
        ("sens: haut", "sens: hot", "7:11", "« haut »"),
        ("P_LOGVAC,", "P_LOGVACC,", "16:34", "vouliez-vous dire « P_LOGVAC »"),
        ("source: rp", "source: rpp", "16:18", "source inconnue « rpp »"),
        ("{valeur} des", "des", "9:14", "{valeur}"),
        ("P_LOGVAC,", "C_LOGVAC,", "16:34", "exploitations"),
        ("P_LOGVAC,", '"P_LOGVAC -",', "16:34", "finit par un signe"),
        (", denominateur: P_LOG", "", "16:9", "denominateur"),
        ("source: rp, ", "", "16:9", "il manque la clé « source »"),
        ("region, france]", "régions]", "6:43", "« régions » n’est pas admis"),
    ],
)
def test_a_fault_is_told_at_its_place(written, census, written_as, instead, place, message):
    with pytest.raises(ConfigError) as error:
        load_catalogue(written(logement=GOOD.replace(written_as, instead, 1)), census)
    told = [str(problem) for problem in error.value.problems]
    assert any(f"logement.yml:{place}:" in line and message in line for line in told), told


@pytest.mark.parametrize(
    "key",
    ["libelle", "definition", "unite", "niveaux", "formules", "limites", "question", "synonymes"],
)
def test_what_a_reader_needs_is_required(written, key):
    lines = [line for line in GOOD.splitlines() if not line.strip().startswith(f"{key}:")]
    if key == "formules":
        lines = [line for line in lines if "source:" not in line]
    with pytest.raises(ConfigError, match=f"il manque la clé « {key} »"):
        load_catalogue(written(logement="\n".join(lines)))


def test_every_problem_of_every_file_is_told_in_one_run(written):
    bad = GOOD.replace("libelle:", "libele:")
    with pytest.raises(ConfigError) as error:
        load_catalogue(written(logement=GOOD.replace("sens: haut", "sens: hot"), autre=bad))
    files = {str(problem.place.path.name) for problem in error.value.problems}
    assert files == {"logement.yml", "autre.yml"}


def test_an_id_cannot_be_used_twice(written):
    with pytest.raises(ConfigError, match="existe déjà"):
        load_catalogue(written(logement=GOOD + GOOD.removeprefix("indicateurs:\n")))


def test_a_broken_rule_of_reading_is_told_at_its_indicator(written):
    with pytest.raises(ConfigError) as error:
        load_catalogue(written(logement=GOOD.replace("source: rp", "source: cnaf-prestations")))
    told = [str(problem) for problem in error.value.problems]
    assert any("logement.yml:2:5:" in line and "doit dire « Caf »" in line for line in told), told


def test_a_file_must_be_named_after_a_theme(written):
    with pytest.raises(ConfigError, match="« logements » : vouliez-vous dire « logement »"):
        load_catalogue(written(logements=GOOD))


def test_a_sum_is_read_term_by_term():
    text = "POP.65+_amg_POP - P_CHOM1564 + insee-comparateur:P_POP@2013"
    assert parse_terms(text) == (
        Term("POP.65+_amg_POP"),
        Term("P_CHOM1564", sign=-1),
        Term("P_POP", year="2013", dataset="insee-comparateur"),
    )


def test_the_embedded_catalogue_covers_every_theme(embedded_catalogue):
    used = {found.theme for found in embedded_catalogue.indicators.values()}
    assert used == set(embedded_catalogue.themes)
    assert len(embedded_catalogue.indicators) >= 75


def test_the_embedded_catalogue_has_the_ids_that_others_rely_on(embedded_catalogue):
    units = {name: embedded_catalogue.indicators[name].unit for name in BINDING_UNITS}
    assert units == BINDING_UNITS


def test_every_entry_says_what_it_measures_and_what_it_does_not(embedded_catalogue):
    for found in embedded_catalogue.indicators.values():
        assert found.label and found.definition and found.unit, found.id
        assert all(formula.dataset for formula in found.formulas), found.id
        assert found.limits, found.id


def test_no_entry_claims_a_cause(embedded_catalogue):
    for found in embedded_catalogue.indicators.values():
        wording = found.wording
        texts = (wording.reading, wording.more, wording.less, wording.close, wording.plain)
        assert not any(CAUSAL.search(text) for text in (*texts, found.definition)), found.id


def test_caf_figures_say_that_most_msa_families_are_not_there(embedded_catalogue):
    counts = [f for f in embedded_catalogue.indicators.values() if _is_caf_count(f)]
    assert len(counts) > 5
    for found in counts:
        assert "MSA" in found.limits or "pas tous" in found.limits or "autres" in found.limits


def _is_caf_count(found):
    return all(f.dataset == "insee-caf-iris" and f.kind is Kind.SOMME for f in found.formulas)


def test_the_embedded_catalogue_passes_its_checks():
    load_catalogue(datasets=load_descriptions())


def test_a_break_is_not_written_in_the_catalogue(written):
    text = GOOD + '    ruptures: [{annee: "2019", raison: Le mode de calcul a changé.}]\n'
    with pytest.raises(ConfigError, match="clé inconnue « ruptures »"):
        load_catalogue(written(logement=text))
