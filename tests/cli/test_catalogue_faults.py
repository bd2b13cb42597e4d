"""A faulty catalogue stops `check` and `build` at its file and line, before any figure is read."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result

from ctgsite import knowledge
from ctgsite.diagnostic import evidence

Run = Callable[..., Result]
Broken = Callable[..., None]

FILE = "catalogue/logement.yml"
VACANT = "{source: insee-comparateur, numerateur: P_LOGVAC, denominateur: P_LOG}"


@pytest.fixture
def broken(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broken]:
    """Replace texts of a copy of the catalogue, which commands then read; figures are out of reach.

    The copy stands in the workspace, so that messages show its path from there.
    """
    folder = workspace / "catalogue"
    shutil.copytree(knowledge.EMBEDDED, folder)
    (workspace / "territories").mkdir()
    path = workspace / "territories" / "seilh.yml"
    path.write_text('nom: Seilh\ntype: commune\ncodes: ["31541"]\n', encoding="utf-8")
    monkeypatch.setattr(knowledge, "EMBEDDED", folder)

    def unread(*_: object) -> None:
        raise AssertionError("figures were read")

    monkeypatch.setattr(evidence, "read_evidence", unread)
    monkeypatch.setattr(evidence, "available", unread)

    def change(*pairs: tuple[str, str], file: str = "logement.yml") -> None:
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new, 1)
        (folder / file).write_text(text, encoding="utf-8")

    _forget()
    yield change
    _forget()


def _forget() -> None:
    for function in (knowledge.catalogue, knowledge.known, knowledge.evidence):
        function.cache_clear()


FAULTS = [
    ((VACANT, VACANT.replace("P_LOGVAC", "P_LOGVA")), "vouliez-vous dire « P_LOGVAC »"),
    ((VACANT, VACANT.replace("comparateur", "comparatteur")), "source inconnue"),
    ((VACANT, VACANT.replace("denominateur: P_LOG", "denominateur: P_EMPLT@2013")), "P_EMPLT@2013"),
    ((VACANT, VACANT.replace("P_LOGVAC", "C_LOGVAC")), "C_LOGVAC"),
    (("  - id: part_maisons", "  - id: logements"), "l’indicateur « logements » existe déjà"),
    (("    unite: logements\n", "    unités: logements\n"), "vouliez-vous dire « unite »"),
    (
        ("denominateur: NB_LOUES + NB_VACANTS}", "denominateur: NB_LOUES, niveaux: [epci]}"),
        "aucune source ne sert le niveau « commune »",
    ),
    (
        (VACANT, "{calcul: indicateurs, numerateur: part_logements_vacants}"),
        "cycle entre indicateurs : part_logements_vacants → part_logements_vacants",
    ),
]


@pytest.mark.parametrize("command", ["check", "build"])
@pytest.mark.parametrize(("change", "message"), FAULTS)
def test_a_fault_is_refused_with_file_line_and_column(
    run: Run, broken: Broken, command: str, change: tuple[str, str], message: str
) -> None:
    broken(change)
    done = run(command)
    assert done.exit_code == 1, done.output
    lines = [line for line in done.stderr.splitlines() if message in line]
    assert lines, done.stderr
    assert re.match(rf"{re.escape(FILE)}:\d+:\d+: ", lines[0])


def test_all_faults_of_all_files_are_told_in_one_run(
    run: Run, broken: Broken, workspace: Path
) -> None:
    broken(FAULTS[0][0], FAULTS[4][0])
    broken(("numerateur: NAISD", "numerateur: NAISE"), file="population.yml")
    done = run("check", "--json")
    assert done.exit_code == 1
    problems = json.loads(done.stdout)["problems"]
    assert [problem["file"] for problem in problems] == [FILE, FILE, "catalogue/population.yml"]
    assert all(problem["line"] > 1 for problem in problems)
    assert not (workspace / "site").exists()


def test_a_catalogue_without_fault_goes_on_to_the_figures(run: Run, broken: Broken) -> None:
    done = run("check")
    assert "erreur inattendue (AssertionError)" in done.stderr, "the figures are out of reach"
