"""A territory's own figures, from a CSV file and its description to every page that shows them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from frictionless import Package, system

from ctgsite import pipeline
from ctgsite.cli import main
from ctgsite.pipeline import BuildReport

GROUP = """nom: Trois communes
type: groupe
codes: ["31541", "31557", "31069"]
comparaisons: [departement, france]
thematiques: [population, petite-enfance]
enjeux:
  - {id: accueil, titre: Accueillir, theme: petite-enfance, constats: [places_pour_100_enfants]}
"""
ABOUT = """titre: Places d’accueil du jeune enfant
source: Service petite enfance
date: 2025-12-31
note: Une micro-crèche compte pour ses places autorisées.
commune: Code Insee
annee: 2025
variables:
  places: {colonne: Places, unite: places}
  enfants: {colonne: Moins de 3 ans, unite: enfants}
indicateurs:
  - id: places_pour_100_enfants
    libelle: Places pour 100 enfants de moins de 3 ans
    thematique: petite-enfance
    unite: places pour 100 enfants
    numerateur: places
    denominateur: enfants
    sens: bas
    seuil_prudence: 50
    lecture: "on compte {valeur} de moins de 3 ans"
    compte: places
    question: Où manque-t-il des places ?
  - id: places_pour_1000_habitants
    libelle: Places pour 1 000 habitants
    thematique: petite-enfance
    unite: pour 1 000 habitants
    numerateur: places
    denominateur: insee-comparateur:P_POP@2018
    facteur: 1000
    lecture: "le nombre de places est de {valeur}"
"""
# 190 places for 600 children: 31.7, which no mean of 30, 32 and 25 gives.
FIGURES = """Code Insee,Commune,Places,Moins de 3 ans
31541,Seilh,30,100
31557,Tournefeuille,150,460
31069,Blagnac,10,40
"""
pytestmark = pytest.mark.xdist_group("pipeline")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "territories" / "trois" / "donnees"
    folder.mkdir(parents=True)
    (folder.parents[1] / "trois.yml").write_text(GROUP, encoding="utf-8")
    write(tmp_path, ABOUT, FIGURES)
    return tmp_path


def write(workspace: Path, about: str, figures: str) -> None:
    folder = workspace / "territories" / "trois" / "donnees"
    (folder / "places.yml").write_text(about, encoding="utf-8")
    (folder / "places.csv").write_text(figures, encoding="utf-8")


def build(workspace: Path) -> BuildReport:
    return pipeline.build(workspace, (), workspace / "site", workers=1)


def page(workspace: Path, name: str) -> str:
    path = workspace / "site" / "trois" / name / "index.html"
    return path.read_text(encoding="utf-8").replace("\u202f", " ").replace("\xa0", " ")


def rows(workspace: Path, indicator: str) -> dict[str, dict[str, str]]:
    path = workspace / "site" / "trois" / "donnees" / "indicateurs.csv"
    with path.open(encoding="utf-8") as file:
        return {r["code"]: r for r in csv.DictReader(file) if r["indicateur"] == indicator}


def test_local_figures_stand_on_the_pages_and_in_the_files_as_any_other(workspace: Path) -> None:
    report = build(workspace)
    assert report.ok, report
    theme = page(workspace, "thematiques/petite-enfance")
    assert 'id="places_pour_100_enfants"' in theme
    assert "on compte 31,7 places pour 100 enfants de moins de 3 ans" in theme
    assert "Service petite enfance, Places d’accueil du jeune enfant" in theme
    assert "données relevées le 31/12/2025" in theme
    assert "Où manque-t-il des places ?" in theme
    method = page(workspace, "methode")
    assert 'id="methode-places_pour_100_enfants"' in method
    assert "30,0 places pour 100 enfants" in page(workspace, "communes/31541")
    assert "Places d’accueil du jeune enfant" in page(workspace, "donnees")


def test_a_rate_of_the_territory_is_a_ratio_of_sums(workspace: Path) -> None:
    build(workspace)
    found = rows(workspace, "places_pour_100_enfants")
    whole = found["trois"]
    assert (whole["numerateur"], whole["denominateur"]) == ("190", "600")
    assert float(whole["valeur"]) == pytest.approx(100 * 190 / 600)
    assert {code for code, row in found.items() if row["valeur"]} == {
        "trois", "31541", "31557", "31069",
    }  # fmt: skip
    assert found["31541"]["statut"] == "calcule"
    assert found["31541"]["source"] == "Service petite enfance, Places d’accueil du jeune enfant"


def test_local_counts_may_be_set_against_open_data(workspace: Path) -> None:
    """Populations of the census of 2018, as the open file has them."""
    build(workspace)
    found = rows(workspace, "places_pour_1000_habitants")
    population = [float(found[code]["denominateur"]) for code in ("31541", "31557", "31069")]
    assert float(found["trois"]["denominateur"]) == pytest.approx(sum(population))
    assert float(found["trois"]["valeur"]) == pytest.approx(1000 * 190 / sum(population))
    told = "Rapporté à : Population municipale, 2018 (Insee, Comparateur de territoires)"
    assert told in page(workspace, "thematiques/petite-enfance")


def test_the_data_package_is_valid_and_cites_the_source(workspace: Path) -> None:
    build(workspace)
    path = workspace / "site" / "trois" / "donnees" / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    titles = {source["title"] for source in package["sources"]}
    assert "Service petite enfance, Places d’accueil du jeune enfant" in titles
    with system.use_context(trusted=True):
        assert Package(str(path)).validate().valid


def test_an_edit_builds_the_site_again(workspace: Path) -> None:
    build(workspace)
    assert build(workspace).results[0].state == "inchangé"
    write(workspace, ABOUT, FIGURES.replace("150", "151"))
    assert build(workspace).results[0].state == "construit"
    write(workspace, ABOUT.replace("Où manque", "Où et quand manque"), FIGURES)
    assert build(workspace).results[0].state == "construit"


def test_a_local_figure_is_explained_commune_by_commune(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(workspace)
    found = CliRunner().invoke(main, ["explain", "places_pour_100_enfants", "trois"])
    assert found.exit_code == 0, found.output
    told = found.output.replace("\u202f", " ").replace("\xa0", " ")
    assert "31,7 places pour 100 enfants" in told
    assert "Tournefeuille" in told
    assert "Service petite enfance" in told
    label = "Places pour 100 enfants de moins de 3 ans"
    assert CliRunner().invoke(main, ["explain", label, "trois"]).output == found.output


# Under 5, the 3 places of Blagnac are masked, and those of Seilh with them: the total is known.
SECRET = FIGURES.replace("10,40", "3,40")


def test_small_counts_are_secret_everywhere_and_none_is_found_by_subtraction(
    workspace: Path,
) -> None:
    write(workspace, ABOUT.replace("annee: 2025", "annee: 2025\nseuil: 5"), SECRET)
    report = build(workspace)
    assert report.ok, report
    found = rows(workspace, "places_pour_100_enfants")
    assert found["trois"]["numerateur"] == "183"
    assert {code: row["statut"] for code, row in found.items()} == {
        "trois": "calcule", "31541": "secret", "31557": "calcule", "31069": "secret",
    }  # fmt: skip
    for code in ("31541", "31069"):
        assert not found[code]["valeur"] + found[code]["numerateur"] + found[code]["denominateur"]
        assert rows(workspace, "places_pour_1000_habitants")[code]["statut"] == "secret"
    method = page(workspace, "methode")
    assert "tout effectif inférieur à 5, zéro mis à part, est secret" in method


def test_a_template_that_gives_a_masked_figure_blocks_the_site(workspace: Path) -> None:
    write(workspace, ABOUT.replace("annee: 2025", "annee: 2025\nseuil: 5"), SECRET)
    packaged = Path(pipeline.__file__).parents[1] / "docs_templates" / "pages"
    own = workspace / "docs_templates" / "pages" / "thematique.md.j2"
    own.parent.mkdir(parents=True)
    leak = "| Commune | Places pour 1 000 habitants (2025) |\n|---|---|\n| Blagnac | 0,1 |"
    text = (packaged / own.name).read_text(encoding="utf-8")
    own.write_text(f"{text}\n\n{leak}\n", encoding="utf-8")
    (result,) = build(workspace).results
    assert result.state == "échec"
    assert any("donne un chiffre qui ne doit pas paraître" in str(p) for p in result.problems)


def test_a_sum_that_indicators_publish_does_not_give_a_masked_count_away(workspace: Path) -> None:
    """The 3 of Blagnac, in one of two variables, are not the difference of two published sums."""
    about = ABOUT.replace("annee: 2025", "annee: 2025\nseuil: 5").replace(
        "numerateur: places\n    denominateur: enfants", "numerateur: places + enfants"
    )
    write(workspace, about, SECRET)
    assert build(workspace).ok
    summed = rows(workspace, "places_pour_100_enfants")
    assert summed["31069"]["statut"] == "secret"


def test_the_fingerprints_do_not_let_a_masked_count_be_guessed(workspace: Path) -> None:
    about = ABOUT.replace("annee: 2025", "annee: 2025\nseuil: 5")
    write(workspace, about, SECRET)
    build(workspace)
    card = (workspace / "site" / "trois" / "site.json").read_bytes()
    write(workspace, about, SECRET.replace("3,40", "2,40").replace("30,100", "31,100"))
    assert build(workspace).results[0].state == "inchangé"
    pipeline.build(workspace, (), workspace / "site", workers=1, force=True)
    assert (workspace / "site" / "trois" / "site.json").read_bytes() == card


def test_check_tells_everything_wrong_with_the_figures_and_their_description(
    workspace: Path,
) -> None:
    write(workspace, ABOUT, FIGURES.replace("150", "cent"))
    (told,) = pipeline.check(workspace, (), None)
    assert str(told) == (
        "territories/trois/donnees/places.csv:3:21: « cent » n’est pas un nombre "
        "(colonne « Places »)"
    )
    write(workspace, ABOUT.replace("P_POP@2018", "P_POPU@2018"), FIGURES)
    (told,) = pipeline.check(workspace, (), None)
    assert str(told).startswith("territories/trois/donnees/places.yml:")
    assert "variable inconnue « P_POPU » dans insee-comparateur" in str(told)
    assert "P_POP" in str(told)


@pytest.mark.parametrize("year", ["", "@2025"])
def test_open_data_of_a_year_that_does_not_exist_are_told_with_the_year_that_does(
    workspace: Path, year: str
) -> None:
    write(workspace, ABOUT.replace("@2018", year), FIGURES)
    (told,) = pipeline.check(workspace, (), None)
    assert str(told).startswith("territories/trois/donnees/places.yml:27:19: ")
    assert told.message == (
        "« P_POP » de insee-comparateur n’existe pas en 2025 : écrivez "
        "« insee-comparateur:P_POP@2018 »"
    )


def test_a_commune_outside_the_territory_is_refused_at_its_row(workspace: Path) -> None:
    write(workspace, ABOUT, FIGURES.replace("31069,Blagnac", "31555,Toulouse"))
    (told,) = pipeline.check(workspace, (), None)
    assert str(told) == (
        "territories/trois/donnees/places.csv:4:1: la commune 31555 (Toulouse) n’est pas du "
        "territoire : retirez cette ligne"
    )


def test_a_commune_without_a_row_is_unknown_unless_it_is_said_to_have_none(
    workspace: Path,
) -> None:
    without = FIGURES.replace("31069,Blagnac,10,40\n", "")
    write(workspace, ABOUT, without)
    build(workspace)
    found = rows(workspace, "places_pour_100_enfants")
    assert (found["trois"]["statut"], found["trois"]["valeur"]) == ("absent", "")
    write(
        workspace, ABOUT.replace("annee: 2025", "annee: 2025\ncommunes_sans_ligne: zero"), without
    )
    build(workspace)
    found = rows(workspace, "places_pour_100_enfants")
    assert (found["trois"]["numerateur"], found["trois"]["denominateur"]) == ("180", "560")
    assert found["31069"]["statut"] == "absent"  # no rate without a child


def test_figures_of_several_years_have_a_trend_on_the_page(workspace: Path) -> None:
    about = ABOUT.replace("annee: 2025", "colonne_annee: Année")
    lines = FIGURES.splitlines()
    text = "\n".join(
        [f"Année,{lines[0]}", *(f"{year},{row}" for year in (2023, 2025) for row in lines[1:])]
    ).replace("2023,31557,Tournefeuille,150", "2023,31557,Tournefeuille,120")
    write(workspace, about, text + "\n")
    assert build(workspace).ok
    path = workspace / "site" / "trois" / "donnees" / "indicateurs.csv"
    with path.open(encoding="utf-8") as file:
        found = {
            row["annee"]: row["numerateur"]
            for row in csv.DictReader(file)
            if row["indicateur"] == "places_pour_100_enfants" and row["code"] == "trois"
        }
    assert found == {"2023": "160", "2025": "190"}
