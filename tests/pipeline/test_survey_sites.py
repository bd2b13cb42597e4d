"""A questionnaire, from its folder to its site: what it publishes, and what never leaves it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgsite import freezing, pipeline
from ctgsite.errors import ConfigError
from ctgsite.pipeline import BuildReport
from ctgsite.site.transforms import read_files

SEILH = 'nom: Seilh\ntype: commune\ncodes: ["31541"]\nthematiques: [population, enfance]\n'
ABOUT = """titre: Vos besoins
public: Familles
finalite: préparer la convention
information: en tête du questionnaire
conservation_jusqu_au: 2027-06-30
questions:
  - id: avis
    intitule: Êtes-vous satisfaits ?
    type: choix
    theme: enfance
    modalites: [{libelle: Oui}, {libelle: Non}, {libelle: Ne sait pas}]
  - id: idees
    intitule: Vos idées
    type: texte
"""
ROWS = ["Oui,"] * 40 + ["Non,"] * 20 + ["Ne sait pas,un manège près du lavoir"] * 3
pytestmark = pytest.mark.xdist_group("pipeline")


def written(rows: list[str]) -> str:
    return "\n".join(["avis,idees", *rows, ""])


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "territories" / "seilh" / "questionnaires"
    folder.mkdir(parents=True)
    (folder.parents[1] / "seilh.yml").write_text(SEILH, encoding="utf-8")
    (folder / "besoins.yml").write_text(ABOUT, encoding="utf-8")
    (folder / "besoins.csv").write_text(written(ROWS), encoding="utf-8")
    return tmp_path


def build(workspace: Path) -> BuildReport:
    return pipeline.build(workspace, (), workspace / "site", workers=1)


def test_a_site_shows_the_tables_and_no_answer(workspace: Path) -> None:
    report = build(workspace)
    assert report.ok, report
    files = read_files(workspace / "site" / "seilh")
    page = files["participation/besoins/index.html"].decode()
    assert "Êtes-vous satisfaits" in page
    assert page.count(">secret</td>") >= 4  # the count and the share of two answers
    assert not [path for path, content in files.items() if b"lavoir" in content]
    assert not [path for path in files if path.endswith("besoins.csv")]


def test_the_published_key_does_not_depend_on_masked_answers(workspace: Path) -> None:
    """Whoever has all else could try each masked count until the key is the same."""
    assert build(workspace).results[0].state == "construit"
    path = workspace / "territories" / "seilh" / "questionnaires" / "besoins.csv"
    rows = [*ROWS[:-1], "Non,"]  # two masked counts change, no published one
    path.write_text(written(rows), encoding="utf-8")
    assert build(workspace).results[0].state == "inchangé"
    path.write_text(written([*rows, "Oui,"]), encoding="utf-8")
    assert build(workspace).results[0].state == "construit"
    about = path.with_suffix(".yml")
    about.write_text(ABOUT.replace("Vos besoins", "Vos attentes"), encoding="utf-8")
    assert build(workspace).results[0].state == "construit"


def test_check_tells_what_is_wrong_with_a_questionnaire(workspace: Path) -> None:
    assert pipeline.check(workspace, (), None) == ()
    path = workspace / "territories" / "seilh" / "questionnaires" / "besoins.csv"
    path.write_text(written([*ROWS, "Peut-être,"]), encoding="utf-8")
    (problem,) = pipeline.check(workspace, (), None)
    assert str(problem) == (
        "territories/seilh/questionnaires/besoins.csv:65:1: « Peut-être » n’est pas une réponse "
        "proposée à « avis » (attendu : Oui, Non, Ne sait pas)"
    )


def survey_page(workspace: Path) -> bytes:
    files = read_files(workspace / "site" / "seilh")
    return files["participation/besoins/index.html"]


def test_what_was_published_stays_when_the_answers_are_deleted(workspace: Path) -> None:
    build(workspace)
    before = survey_page(workspace)
    frozen = freezing.freeze(workspace, "seilh", "2026", None)
    folder = workspace / "territories" / "seilh" / "questionnaires"
    assert frozen.surveys == (folder / "besoins.resultats.json",)
    assert "lavoir" not in frozen.surveys[0].read_text(encoding="utf-8")
    (folder / "besoins.csv").unlink()
    assert all(problem.warning for problem in pipeline.check(workspace, (), None))
    assert build(workspace).results[0].state != "échec"
    assert survey_page(workspace) == before


def test_without_answers_or_results_a_questionnaire_is_refused(workspace: Path) -> None:
    (workspace / "territories" / "seilh" / "questionnaires" / "besoins.csv").unlink()
    (problem,) = pipeline.check(workspace, (), None)
    assert "besoins.resultats.json" in problem.message


def test_kept_results_are_never_replaced(workspace: Path) -> None:
    freezing.freeze(workspace, "seilh", "2026", None)
    folder = workspace / "territories" / "seilh" / "questionnaires"
    kept = (folder / "besoins.resultats.json").read_bytes()
    assert freezing.freeze(workspace, "seilh", "2027", None).surveys == ()
    (folder / "besoins.csv").write_text(written([*ROWS, *["Oui,"] * 9]), encoding="utf-8")
    with pytest.raises(ConfigError, match="autres résultats"):
        freezing.freeze(workspace, "seilh", "2028", None)
    assert (folder / "besoins.resultats.json").read_bytes() == kept
    assert not (folder.parent / "editions" / "2028.csv").exists()


@pytest.mark.parametrize("text", ["{}", "rien", '{"published": 3}'])
def test_a_spoilt_file_of_results_is_told(workspace: Path, text: str) -> None:
    folder = workspace / "territories" / "seilh" / "questionnaires"
    (folder / "besoins.csv").unlink()
    (folder / "besoins.resultats.json").write_text(text, encoding="utf-8")
    (problem,) = pipeline.check(workspace, (), None)
    assert str(problem).startswith("territories/seilh/questionnaires/besoins.resultats.json:1:1:")
