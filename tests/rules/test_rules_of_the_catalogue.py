"""Rules of reading that an entry of the catalogue cannot break: it is refused, at its place.

Each rule is broken in the real catalogue, by one word; the same entry passes where the rule is
taken out of the description of its dataset.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ctgsite.errors import ConfigError
from ctgsite.indicators import usage
from ctgsite.indicators.catalogue import EMBEDDED, load_catalogue
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.usage import Usage

# the rule, the indicator that breaks it, what is written, what is put instead, what is told
BREACHES = [
    ("a share in whole percents is never ranked",
     "part_menages_rsa", "classement: false", "classement: true", "rien ne se classe"),
    ("a share in whole percents is never a highlight",
     "part_menages_rsa", "point_saillant: false", "point_saillant: true", "point_saillant"),
    ("differences of whole percents under a point are close",
     "part_menages_rsa", "ecart_minimal: 1", "ecart_minimal: 0.5", "ecart_minimal"),
    ("the RSA of a Caf is told as such",
     "part_menages_rsa", "le RSA de la Caf", "le RSA", "doit dire « Caf »"),
    ("schools are never ranked",
     "ips_moyen_ecoles", "classement: false", "classement: true", "rien ne se classe"),
    ("schools are never singled out",
     "ips_moyen_ecoles", "point_saillant: false", "point_saillant: true", "point_saillant"),
    ("a school's commune is not its pupils' home, and it is said",
     "ips_moyen_ecoles", "la commune d’une école", "elle", "commune d’une école"),
    ("a coverage rate is in theoretical places for 100 children under 3",
     "taux_couverture_petite_enfance", "places théoriques pour 100 enfants de moins de 3 ans",
     "places", "« unite »"),
    ("a place is not a child looked after",
     "taux_couverture_accueil_collectif", "Les places en accueil collectif",
     "Les enfants accueillis en crèche", "enfants accueillis"),
    ("who receives a benefit of the Caf is an allocataire of the Caf",
     "part_allocataires_aah", "d’allocataires de la Caf recevant", "d’allocataires recevant",
     "sans « Caf »"),
    ("a count of the Caf names the Caf",
     "enfants_0_2_ans_caf", "dans les foyers allocataires de la Caf\"", "dans ces foyers\"",
     "doit dire « Caf »"),
    ("a figure of the Caf recalls the families of the MSA",
     "foyers_allocataires", "de la MSA", "d’un autre régime", "rappeler « MSA »"),
    ("what the Caf does not cover is not called non-take-up",
     "part_population_couverte_caf", "La population couverte par la Caf", "Le non-recours à la Caf",
     "non-recours"),
    ("what the Caf does not cover is not computed",
     "part_population_couverte_caf", "numerateur: PERCOU\n",
     "numerateur: insee-comparateur:P_POP - PERCOU\n", "ne se soustrait pas"),
    ("the references of digital fragility are never mixed",
     "indice_fragilite_numerique", "numerateur: SCORE_GLOBAL_REG}",
     "numerateur: SCORE_GLOBAL_REG + SCORE_GLOBAL_DEP}", "références différentes"),
    ("an index of digital fragility says its reference",
     "indice_fragilite_numerique", ", pour une référence régionale de 100", "", "référence"),
    ("a total is never stacked with its parts",
     "part_revenus_patrimoine", "PPAT", "PPFAM", "parts d’un seul tout"),
    ("taxes within income are not the share of households taxed",
     "part_impots", "PIMPOT", "PIMP", "parts d’un seul tout"),
    ("vintages of the census that share a survey make no rate of change",
     "variation_annuelle_population", "P_POP@2013", "P_POP@2014", "se recouvrent"),
    ("the deaths of 2020 carry a note on Covid-19",
     "deces", "de l’épidémie de Covid-19", "d’une année à part", "Covid"),
    ("a rate of births is a mean of several years",
     "taux_natalite", 'duree: 5\n        annees: ["2013-2018"]',
     'duree: 1\n        annees: ["2017-2018"]', "moyenne de 3 ans"),
    ("the births of one year are no highlight",
     "naissances", "point_saillant: false", "point_saillant: true", "seule année"),
]  # fmt: skip


def with_change(folder: Path, indicator: str, written: str, instead: str) -> Path:
    """Copy the themes and the file of one indicator, its entry changed."""
    folder.mkdir()
    shutil.copy(EMBEDDED / "themes.yml", folder)
    start = f"- id: {indicator}\n"
    (path,) = (path for path in EMBEDDED.glob("*.yml") if start in path.read_text("utf-8"))
    before, own = path.read_text("utf-8").split(start)
    entry, after = re.match(r"(.*?)(^  - id:.*|\Z)", own, re.DOTALL | re.MULTILINE).groups()
    assert written in entry, f"{indicator} is no longer written so"
    changed = before + start + entry.replace(written, instead) + after
    (folder / path.name).write_text(changed, "utf-8")
    return folder


EACH_BREACH = pytest.mark.parametrize(
    ("indicator", "written", "instead", "told"),
    [breach[1:] for breach in BREACHES],
    ids=[breach[0] for breach in BREACHES],
)


@EACH_BREACH
def test_a_breach_is_refused_and_named(tmp_path, indicator, written, instead, told):
    folder = with_change(tmp_path / "catalogue", indicator, written, instead)
    with pytest.raises(ConfigError) as error:
        load_catalogue(folder)
    problems = [problem for problem in error.value.problems if told in problem.message]
    assert problems, [str(problem) for problem in error.value.problems]
    assert all(problem.place and problem.place.line > 1 for problem in problems)


@EACH_BREACH
def test_without_the_rule_the_same_entry_passes(
    tmp_path, monkeypatch, indicator, written, instead, told
):
    folder = with_change(tmp_path / "catalogue", indicator, written, instead)
    lax = {
        name: found.model_copy(update={"usage": Usage()})
        for name, found in load_descriptions().items()
    }
    monkeypatch.setattr(usage, "load_descriptions", lambda: lax)
    assert indicator in load_catalogue(folder).indicators


def test_every_variable_that_a_rule_names_exists():
    for dataset in load_descriptions().values():
        rules = dataset.usage
        named = {*rules.never_subtracted, *rules.events}
        named.update(*rules.apart, *rules.wholes, *(item.variables for item in rules.mentions))
        assert named <= set(dataset.variables), dataset.id


@pytest.mark.parametrize("key", sorted(Usage.model_fields))
def test_every_kind_of_rule_is_in_use(key):
    default = Usage.model_fields[key].default
    assert any(getattr(found.usage, key) != default for found in load_descriptions().values())
