"""Freezing a diagnostic, then building its site: the figures kept, compared, published."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ctgsite import pipeline
from ctgsite.cli import main

NOE = """nom: Noé
type: commune
codes: ["31399"]
comparaisons: [departement, france]
thematiques: [population, logement]
periode: {debut: 2026, fin: 2029}
enjeux:
  - {id: loger, titre: Loger chacun, theme: logement, constats: [part_logements_vacants]}
"""
DECLARED = """evaluation:
  editions:
    - {id: "2026", titre: Diagnostic 2026, adoptee_le: 2026-02-12}
"""
pytestmark = pytest.mark.xdist_group("pipeline")
Run = Callable[..., Result]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "territories").mkdir()
    write(tmp_path, NOE)
    return tmp_path


@pytest.fixture
def run(workspace: Path) -> Run:
    return lambda *words: CliRunner().invoke(main, list(words))


def write(workspace: Path, text: str) -> None:
    (workspace / "territories" / "noe.yml").write_text(text, encoding="utf-8")


def test_freeze_writes_the_figures_and_says_how_to_declare_them(run: Run, workspace: Path) -> None:
    result = run("freeze", "noe")
    assert result.exit_code == 0, result.output
    path = workspace / "territories" / "noe" / "editions" / "2026.csv"
    assert result.stdout.startswith("territories/noe/editions/2026.csv est écrit : ")
    assert '    - id: "2026"' in result.stdout
    rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
    own = [row for row in rows if row["niveau"] == "territoire"]
    assert {row["code"] for row in own} == {"31399"}
    assert {row["indicateur"] for row in own if row["cite"] == "oui"} == {"part_logements_vacants"}
    again = run("freeze", "noe")
    assert (again.exit_code, again.stdout) == (1, "")
    assert "existe déjà" in again.stderr


def test_the_same_figures_are_frozen_twice_as_the_same_bytes(run: Run, workspace: Path) -> None:
    for name in ("un", "deux"):
        assert run("freeze", "noe", "--edition", name).exit_code == 0
    editions = workspace / "territories" / "noe" / "editions"
    assert (editions / "un.csv").read_bytes() == (editions / "deux.csv").read_bytes()


def test_an_edition_declared_first_can_still_be_frozen(run: Run, workspace: Path) -> None:
    write(workspace, NOE + DECLARED)
    assert run("check", "noe").exit_code == 1
    result = run("freeze", "noe", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["declaration"] == ""
    assert run("check", "noe").exit_code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("noé",), "aucun territoire « noé » : vouliez-vous dire « noe » ?"),
        (("noe", "--edition", "Été 2026"), "ne peut pas être l’adresse d’une édition"),
    ],
)
def test_what_cannot_be_frozen_is_told(run: Run, words: tuple[str, ...], told: str) -> None:
    result = run("freeze", *words)
    assert result.exit_code == 1
    assert told in result.stderr


def test_without_a_period_an_edition_needs_a_name(run: Run, workspace: Path) -> None:
    write(workspace, NOE.replace("periode: {debut: 2026, fin: 2029}\n", ""))
    result = run("freeze", "noe")
    assert result.exit_code == 1
    assert "--edition" in result.stderr
    assert run("freeze", "noe", "--edition", "2026").exit_code == 0


def test_a_site_built_on_what_was_just_frozen_shows_no_change(run: Run, workspace: Path) -> None:
    run("freeze", "noe")
    write(workspace, NOE + DECLARED)
    report = pipeline.build(workspace, ("noe",), workspace / "site", workers=1)
    assert report.ok, report
    site = workspace / "site" / "noe"
    published = site / "editions" / "2026" / "indicateurs.csv"
    frozen = workspace / "territories" / "noe" / "editions" / "2026.csv"
    assert published.read_bytes() == frozen.read_bytes()
    assert "Aucun chiffre n’a changé." in (site / "editions/2026/index.html").read_text("utf-8")
    assert "Pas de chiffre plus récent." in (site / "evaluation/index.html").read_text("utf-8")


def test_a_spoilt_edition_stops_its_territory_at_its_line(run: Run, workspace: Path) -> None:
    run("freeze", "noe")
    write(workspace, NOE + DECLARED)
    path = workspace / "territories" / "noe" / "editions" / "2026.csv"
    path.write_text(path.read_text("utf-8").replace(",oui", ",ok", 1), encoding="utf-8")
    result = run("build", "noe", "--quiet")
    assert result.exit_code == 1
    assert "territories/noe/editions/2026.csv:" in result.stderr
