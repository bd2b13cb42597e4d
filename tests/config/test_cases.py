"""Every way to get a territory's file wrong, and the exact message it earns.

Each folder of tests/cases/config holds a territoire.yml and the lines of expected.txt.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ctgsite.config.known import KnownNames
from ctgsite.config.loader import load_territories

CASES = sorted(Path(__file__).parents[1].joinpath("cases", "config").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_bad_file_earns_its_message_at_its_place(
    case: Path, workspace: Path, known: KnownNames
) -> None:
    shutil.copy(case / "territoire.yml", workspace / "territories")
    territories, problems = load_territories(workspace, (), known)
    expected = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert [str(problem) for problem in problems] == expected
    assert bool(territories) == all(problem.warning for problem in problems)
