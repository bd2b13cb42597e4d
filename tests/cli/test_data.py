"""`data` as it is typed: imports, what is at hand, and the messages of what cannot be read."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
RPLS = (
    "DEPCOM_ARM,LIBCOM,DEP,nb_ls,nb_loues,nb_vacants,nb_vides,nb_asso,nb_occup_finan,nb_occup_temp"
)
NAME = "export_parc_logements_sociaux_jan_2024.csv"


@pytest.fixture
def housing(workspace: Path) -> Path:
    path = workspace / f"{NAME}.gz"
    rows = ("31541,Seilh,31,100,95,5,0,0,0,0", "31557,Tournefeuille,31,200,190,10,0,0,0,0")
    text = "\n".join((f"\ufeff{RPLS}", *rows, ""))
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_a_file_is_imported_and_shows_among_what_is_at_hand(run: Run, housing: Path) -> None:
    imported = run("data", "import", str(housing), "--store", "entrepot")
    assert imported.exit_code == 0, imported.output
    assert "sdes-rpls (1er janvier 2024)" in imported.stdout
    status = json.loads(run("data", "status", "--store", "entrepot", "--json").stdout)
    found = {item["dataset"]: item for item in status["datasets"]}
    assert found["sdes-rpls"]["areas"]["commune"] == 2
    assert found["sdes-rpls"]["age"] == 0
    assert found["insee-comparateur"]["age"] is None, "embedded figures have no age"


def test_a_wrong_cell_is_told_at_its_line_and_nothing_is_kept_of_the_file(
    run: Run, workspace: Path, housing: Path
) -> None:
    wrong = workspace / NAME
    wrong.write_text(f"{RPLS}\n31541,Seilh,31,cent,95,5,0,0,0,0\n", encoding="utf-8")
    done = run("data", "import", str(wrong), "--store", "entrepot")
    assert done.exit_code == 1
    assert f"{NAME}:2:1: « cent » n’est pas un nombre" in done.stderr
    status = json.loads(run("data", "status", "--store", "entrepot", "--json").stdout)
    assert all(item["age"] is None for item in status["datasets"])


def test_an_unknown_file_is_refused_with_the_nearest_name(run: Run, workspace: Path) -> None:
    (workspace / "FILO2018_COM.csv").write_text("CODGEO;Q218\n01001;1\n", encoding="utf-8")
    done = run("data", "import", "FILO2018_COM.csv", "--store", "entrepot")
    assert done.exit_code == 1
    assert "FILO2014_DISP_COM.csv" in done.stderr


def test_a_folder_says_what_it_left_aside_and_why(run: Run, workspace: Path, housing: Path) -> None:
    folder = workspace / "donnees"
    folder.mkdir()
    housing.rename(folder / housing.name)
    (folder / "photo.jpg").write_bytes(b"\xff")
    done = run("data", "import", "donnees", "--store", "entrepot")
    assert done.exit_code == 0
    assert "aucune source ne porte ce nom : photo.jpg" in done.stdout


def test_a_store_of_a_newer_version_is_refused(run: Run, workspace: Path) -> None:
    (workspace / "entrepot").mkdir()
    (workspace / "entrepot" / "store.json").write_text('{"format": 99}', encoding="utf-8")
    for command in (["data", "status"], ["check"], ["build"]):
        (workspace / "territories").mkdir(exist_ok=True)
        path = workspace / "territories" / "seilh.yml"
        path.write_text('nom: Seilh\ntype: commune\ncodes: ["31541"]\n', encoding="utf-8")
        done = run(*command, "--store", "entrepot")
        assert done.exit_code == 1, command
        assert "version plus récente de ctgsite" in done.stderr, command
    assert not (workspace / "site" / "seilh").exists()


def test_a_snapshot_needs_a_store(run: Run, workspace: Path) -> None:
    done = run("data", "snapshot", "--output", "livre")
    assert done.exit_code == 1
    assert "n’est pas un entrepôt" in done.stderr
    assert not (workspace / "livre").exists()


def test_a_snapshot_is_not_made_of_a_store_that_lacks_datasets(
    run: Run, housing: Path, workspace: Path
) -> None:
    run("data", "import", str(housing), "--store", "entrepot")
    done = run("data", "snapshot", "--store", "entrepot", "--output", "livre")
    assert done.exit_code == 1
    assert "insee-comparateur" in done.stderr
    assert not (workspace / "livre").exists()


def test_a_folder_without_a_known_file_is_told(run: Run, workspace: Path) -> None:
    (workspace / "vide").mkdir()
    done = run("data", "import", "vide", "--store", "entrepot")
    assert done.exit_code == 1
    assert "aucun fichier connu" in done.stderr


@pytest.mark.parametrize("command", [("data", "status"), ("check",), ("build",)])
def test_a_whole_failure_is_told_in_json_too(
    run: Run, workspace: Path, command: tuple[str, ...]
) -> None:
    (workspace / "entrepot").mkdir()
    (workspace / "territories").mkdir()
    path = workspace / "territories" / "seilh.yml"
    path.write_text('nom: Seilh\ntype: commune\ncodes: ["31541"]\n', encoding="utf-8")
    done = run(*command, "--store", "entrepot", "--json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    told = json.dumps(found, ensure_ascii=False)
    assert found.get("ok") is False
    assert "n’est pas un entrepôt" in told
