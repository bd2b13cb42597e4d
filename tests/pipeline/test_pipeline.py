"""Whole builds in a workspace: what is wrong is told, what is right is published, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgsite import pipeline
from ctgsite.pipeline import BuildReport

SEILH = 'nom: Seilh\ntype: commune\ncodes: ["31541"]\nthematiques: [population]\n'
pytestmark = pytest.mark.xdist_group("pipeline")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "territories"
    folder.mkdir()
    (folder / "seilh.yml").write_text(SEILH, encoding="utf-8")
    return tmp_path


def build(workspace: Path, *slugs: str) -> BuildReport:
    return pipeline.build(workspace, slugs, workspace / "site", workers=1)


def states(report: BuildReport) -> dict[str, str]:
    return {result.slug: result.state for result in report.results}


def test_a_territory_with_the_three_required_keys_becomes_a_site(workspace: Path) -> None:
    minimal = 'nom: Noé\ntype: commune\ncodes: ["31399"]\n'
    (workspace / "territories" / "noe.yml").write_text(minimal, encoding="utf-8")
    report = build(workspace)
    assert report.ok, report
    assert states(report) == {"noe": "construit", "seilh": "construit"}
    for page in ("index.html", "demarche/index.html", "donnees/indicateurs.csv", "site.json"):
        assert (workspace / "site" / "noe" / page).is_file()
    portal = (workspace / "site" / "index.html").read_text(encoding="utf-8")
    assert "noe/index.html" in portal
    assert "seilh/index.html" in portal


def test_a_broken_file_never_stops_the_others(workspace: Path) -> None:
    broken = 'nom: Talant\ntype: comune\ncodes: ["21617"]\n'
    (workspace / "territories" / "talant.yml").write_text(broken, encoding="utf-8")
    report = build(workspace)
    assert not report.ok
    assert states(report) == {"seilh": "construit", "talant": "échec"}
    assert any(
        "talant.yml" in str(problem) and "commune" in str(problem) for problem in report.problems
    )
    assert not (workspace / "site" / "talant").exists()


def test_what_has_not_changed_is_not_built_again(workspace: Path) -> None:
    build(workspace)
    before = (workspace / "site" / "seilh" / "index.html").stat().st_mtime_ns
    assert states(build(workspace)) == {"seilh": "inchangé"}
    assert (workspace / "site" / "seilh" / "index.html").stat().st_mtime_ns == before
    changed = SEILH + "presentation: Une commune.\n"
    (workspace / "territories" / "seilh.yml").write_text(changed, encoding="utf-8")
    assert states(build(workspace)) == {"seilh": "construit"}


def test_a_change_that_shows_nowhere_builds_nothing(workspace: Path) -> None:
    build(workspace)
    path = workspace / "territories" / "seilh.yml"
    path.write_text("# Un commentaire.\n" + SEILH, encoding="utf-8")
    assert states(build(workspace)) == {"seilh": "inchangé"}


def test_the_same_inputs_give_the_same_bytes(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    contents = []
    for name in ("un", "deux"):
        output = workspace / name
        assert pipeline.build(workspace, (), output, workers=1).ok
        files = sorted(path for path in output.rglob("*") if path.is_file())
        contents.append({path.relative_to(output): path.read_bytes() for path in files})
    assert contents[0].keys() == contents[1].keys()
    different = [str(path) for path, content in contents[0].items() if contents[1][path] != content]
    assert different == []


def test_check_writes_nothing(workspace: Path) -> None:
    before = sorted(workspace.rglob("*"))
    assert pipeline.check(workspace, (), None) == ()
    assert sorted(workspace.rglob("*")) == before


def test_a_strangers_folder_is_left_alone(workspace: Path) -> None:
    (workspace / "site").mkdir()
    (workspace / "site" / "photo.txt").write_text("à moi", encoding="utf-8")
    with pytest.raises(pipeline.CtgsiteError, match="n’a pas écrits"):
        build(workspace)
    assert [path.name for path in (workspace / "site").iterdir()] == ["photo.txt"]
