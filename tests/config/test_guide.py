"""The examples of the user guide are files that ctgsite accepts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from ctgsite.config.fields import Section
from ctgsite.config.local_entries import LocalFiguresFile
from ctgsite.config.local_tables import LocalTableFile
from ctgsite.config.models import TerritoryFile
from ctgsite.config.plan import ActionFile
from ctgsite.config.positions import read_yaml
from ctgsite.config.questionnaires import SurveyFile
from ctgsite.config.validation import validate

GUIDE = Path(__file__).parents[2] / "docs" / "guide.md"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
HEAD = 'nom: Tournefeuille\ntype: commune\ncodes: ["31557"]\n'


def kind_of(example: str) -> type[Section]:
    """Return which file an example shows, by a key that only such files have."""
    keys = yaml.safe_load(example).keys()
    for key, kind in (
        ("questions", SurveyFile),
        ("objectif", ActionFile),
        ("lignes", LocalTableFile),
        ("variables", LocalFiguresFile),
    ):
        if key in keys:
            return kind
    return TerritoryFile


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_is_a_valid_file(example: str, tmp_path: Path) -> None:
    kind = kind_of(example)
    path = tmp_path / "exemple.yml"
    path.write_text((HEAD if kind is TerritoryFile else "") + example, encoding="utf-8")
    found, problems = validate(kind, read_yaml(path))
    assert [str(problem) for problem in problems] == []
    assert found is not None


def test_the_guide_shows_every_kind_of_file() -> None:
    shown = {kind_of(example) for example in EXAMPLES}
    assert shown == {SurveyFile, ActionFile, LocalTableFile, LocalFiguresFile, TerritoryFile}
