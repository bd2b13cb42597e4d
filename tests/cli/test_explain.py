"""`explain`: formula, sources and each commune's part, on the figures that come with ctgsite."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
Explained = Callable[..., dict[str, Any]]

COEUR_DE_GARONNE = "200068815"


@pytest.fixture
def explained(run: Run) -> Explained:
    """Run `explain --json` and read its answer."""

    def answer(*words: str) -> dict[str, Any]:
        done = run("explain", *words, "--json")
        assert done.exit_code == 0, done.output
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    return answer


def test_the_parts_of_a_share_add_up_to_the_territorys(explained: Explained) -> None:
    found = explained("part_logements_vacants", COEUR_DE_GARONNE)
    parts, total, measure = found["parts"], found["total"], found["measure"]
    assert len(parts) == total["counted"] == 48
    assert total["equal"] is True
    for key in ("numerator", "denominator"):
        assert math.fsum(part[key] for part in parts) == pytest.approx(measure[key], rel=1e-12)
    assert math.fsum(part["share"] for part in parts) == pytest.approx(1)
    assert measure["value"] == pytest.approx(100 * total["numerator"] / total["denominator"])
    assert found["formulas"] == ["100 × P_LOGVAC ÷ P_LOG"]
    assert [v["label"] for v in found["variables"]] == ["Logements vacants", "Logements"]
    assert found["sources"][0]["vintages"] == ["RP 2018"]


def test_the_text_shows_each_commune_and_the_total(run: Run) -> None:
    text = run("explain", "part_logements_vacants", COEUR_DE_GARONNE).stdout
    assert "10,0\u202f%" in text
    assert "valeur exacte\u00a0: 10,015921747065859" in text
    assert "Cazères (31135)" in text
    assert "Total des communes (48 sur 48)" in text
    assert "C’est le numérateur et le dénominateur du territoire." in text
    assert "Licence Ouverte 2.0" in text
    assert "marge 0,5\u00a0: plus élevé ici" in text
    assert all(line == line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize(
    ("indicator", "code", "told"),
    [
        ("part_prestations_familiales", "31541", "écart -0,3, marge 0,3\u00a0: plus bas ici"),
        ("rapport_interdecile", COEUR_DE_GARONNE, "exactement 2,65\u202f; écart 0,25, marge 0,2"),
        ("part_revenus_activite", COEUR_DE_GARONNE, "exactement 73,45\u202f; écart 0,75, marge 1"),
    ],
)
def test_what_arithmetic_leaves_after_the_last_decimal_is_not_shown(
    run: Run, indicator: str, code: str, told: str
) -> None:
    text = run("explain", indicator, code).stdout
    assert told in text
    assert not re.search(r",\d*(0{6}|9{6})\d", text)


def test_a_producer_s_own_decimals_are_shown_to_the_last(run: Run) -> None:
    assert "354,9999999439" in run("explain", "menages", COEUR_DE_GARONNE).stdout


def test_an_indicator_is_found_by_its_label_too(explained: Explained) -> None:
    for name in ("Taux de pauvreté", "taux de pauvrete"):
        assert explained(name, "31541")["indicator"] == "taux_pauvrete"


def test_a_total_of_some_communes_says_that_others_have_no_count(run: Run) -> None:
    text = run("explain", "part_logements_vacants", "FRANCE").stdout
    assert "Les autres communes n’ont pas d’effectif dans les données consultées." in text


def test_a_median_says_that_it_cannot_be_added_up(explained: Explained, run: Run) -> None:
    found = explained("niveau_vie_median", COEUR_DE_GARONNE)
    assert found["adds_up"] is False and found["total"] is None
    assert all(part["numerator"] is None and part["share"] is None for part in found["parts"])
    text = run("explain", "niveau_vie_median", COEUR_DE_GARONNE).stdout
    assert "ne s’additionne pas d’une commune à l’autre" in text
    assert "Total des communes" not in text


def test_a_secret_part_shows_its_reason_and_no_number(explained: Explained) -> None:
    found = explained("niveau_vie_median", COEUR_DE_GARONNE)
    secret = [part for part in found["parts"] if part["status"] == "secret"]
    assert secret
    assert all(part["value"] is None and "secret fiscal" in part["note"] for part in secret)


def test_a_territory_without_a_figure_says_why_and_still_shows_its_communes(run: Run) -> None:
    done = run("explain", "logements_sociaux_rpls", COEUR_DE_GARONNE)
    assert done.exit_code == 0
    assert "Le territoire n’a pas de chiffre\u00a0: somme impossible" in done.stdout


def test_a_sum_of_indicators_shows_its_terms(explained: Explained) -> None:
    found = explained("solde_apparent_entrees_sorties", "31541")
    growth, natural = (
        found["terms"][name]["value"]
        for name in ("variation_annuelle_population", "solde_naturel_annuel")
    )
    assert found["measure"]["year"] == "2013-2018"
    assert found["measure"]["value"] == pytest.approx(growth - natural)
    assert {v["name"] for v in found["variables"]} == {"P_POP", "NAIS", "DECE"}


def test_a_year_may_be_asked_for(explained: Explained) -> None:
    assert explained("population", "31541", "--annee", "2013")["measure"]["year"] == "2013"
    assert explained("population", "31541")["measure"]["year"] == "2021"


def test_a_territory_is_named_by_its_file(explained: Explained, workspace: Path) -> None:
    folder = workspace / "territories"
    folder.mkdir()
    text = 'nom: Ensemble\ntype: groupe\ncodes: ["31541", "31557"]\n'
    (folder / "ensemble.yml").write_text(text, encoding="utf-8")
    found = explained("logements", "ensemble")
    assert found["area"]["level"] == "territoire"
    assert [part["code"] for part in found["parts"]] == ["31541", "31557"]
    assert found["total"]["equal"] is True


@pytest.mark.parametrize(
    ("code", "level"), [("31", "departement"), ("76", "departement"), ("FRANCE", "france")]
)
def test_a_code_names_its_narrowest_area(explained: Explained, code: str, level: str) -> None:
    assert explained("population", code)["area"]["level"] == level


def test_a_level_chooses_between_areas_of_one_code(run: Run, explained: Explained) -> None:
    assert "--niveau region" in run("explain", "population", "76").stderr
    assert explained("population", "76", "--niveau", "region")["area"]["name"] == "Occitanie"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("part_logement_vacant", "31541"), "vouliez-vous dire « part_logements_vacants » ?"),
        (("Taux de povreté", "31541"), "vouliez-vous dire « taux_pauvrete » ?"),
        (("Places chez les assistantes", "31541"), "« places_assistantes_maternelles » ?"),
        (("population", "31514x"), "aucune commune n’a le code « 31514x »"),
        (("population", "20006881"), "CC Coeur de Garonne (200068815)"),
        (("population", "Tournefeuil"), "Tournefeuille (31557)"),
        (("population", "31541", "--annee", "1999"), "pas de chiffre de « 1999 » (années : 2013"),
    ],
)
def test_what_is_unknown_is_told_with_the_nearest(
    run: Run, words: tuple[str, ...], told: str
) -> None:
    done = run("explain", *words)
    assert done.exit_code == 1
    assert told in done.stderr


@pytest.mark.parametrize("words", [("population",), (), ("population", "31", "--niveau", "canton")])
def test_a_wrong_usage_is_2(run: Run, words: tuple[str, ...]) -> None:
    assert run("explain", *words).exit_code == 2
