"""Everything that may not be published, and the exact message it earns on 26 November 2026.

Each folder of tests/cases/publication holds a territoire.yml, the files beside it in `territoire/`,
and the lines of expected.txt.
"""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from ctgsite.config.known import KnownNames
from ctgsite.config.loader import load_territories

CASES = sorted(Path(__file__).parents[1].joinpath("cases", "publication").iterdir())
TODAY = datetime.date(2026, 11, 26)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_may_not_be_published_is_told_at_its_place(
    case: Path, workspace: Path, known: KnownNames
) -> None:
    shutil.copytree(case, workspace / "territories", dirs_exist_ok=True)
    territories, problems = load_territories(workspace, (), known, TODAY)
    expected = (case / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert [str(problem) for problem in problems] == expected
    assert bool(territories) == all(problem.warning for problem in problems)
