"""Every way to get the shared vision wrong, and the exact lines that `ctgsite check` prints of it.

Each folder of tests/cases/vision holds a territoire.yml, the files beside it in `territoire/`, and
the lines of expected.txt, as told on 26 November 2026.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ctgsite import pipeline

CASES = sorted(Path(__file__).parents[1].joinpath("cases", "vision").iterdir())
TODAY = "1795651200"  # 26 November 2026
SOUND = 'nom: Seilh\ntype: commune\ncodes: ["31541"]\nthematiques: [population]\n'
pytestmark = pytest.mark.xdist_group("pipeline")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    (tmp_path / "territories").mkdir()
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_fault_is_told_at_its_line(case: Path, workspace: Path) -> None:
    shutil.copytree(case, workspace / "territories", dirs_exist_ok=True)
    expected = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert [str(problem) for problem in pipeline.check(workspace, (), None)] == expected
    assert expected


def test_whatever_is_wrong_with_the_others_a_sound_territory_is_built(workspace: Path) -> None:
    folder = workspace / "territories"
    (folder / "seilh.yml").write_text(SOUND, encoding="utf-8")
    broken = [case for case in CASES if is_error(case)]
    assert len(broken) >= 40
    for case in broken:
        shutil.copy(case / "territoire.yml", folder / f"{case.name}.yml")
        if (case / "territoire").is_dir():
            shutil.copytree(case / "territoire", folder / case.name)
    report = pipeline.build(workspace, (), workspace / "site", workers=1)
    states = {result.slug: result.state for result in report.results}
    assert states.pop("seilh") == "construit"
    assert set(states) == {case.name for case in broken}
    assert set(states.values()) == {"échec"}


def is_error(case: Path) -> bool:
    """Return whether a case's fault keeps its territory from being built."""
    lines = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    return any("attention : " not in line for line in lines)
