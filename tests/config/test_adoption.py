"""What a site says before it may be adopted: told as errors, or as what is left to write."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ctgsite.config.adoption import REQUIREMENTS, before_adoption, missing_for_adoption
from ctgsite.config.known import KnownNames
from ctgsite.config.loader import load_territories
from ctgsite.config.positions import read_yaml

HEAD = 'nom: Seilh\ntype: commune\ncodes: ["31541"]\n'


def written(workspace: Path, text: str) -> Path:
    path = workspace / "territories" / "t.yml"
    path.write_text(text, encoding="utf-8")
    return path


def as_its_examples_say() -> str:
    """Return a file in which each missing thing is written as its message shows it."""
    whole: dict[str, object] = {"nom": "Seilh", "type": "commune", "codes": ["31541"]}
    for one in REQUIREMENTS:
        if one.inner:
            continue
        section = whole
        for step in one.path[:-1]:
            section = section.setdefault(str(step), {})  # type: ignore[assignment]
        section.update(yaml.safe_load(one.example))
    return yaml.safe_dump({**whole, "statut": "adopte"}, allow_unicode=True)


def test_who_follows_every_example_may_adopt(workspace: Path, known: KnownNames) -> None:
    written(workspace, as_its_examples_say())
    territories, problems = load_territories(workspace, (), known)
    told = [problem for problem in problems if "adopte" in problem.message]
    assert (len(territories), told) == (1, [])


@pytest.mark.parametrize("one", REQUIREMENTS, ids=lambda one: ".".join(map(str, one.path)))
def test_each_requirement_is_missed_alone(workspace: Path, one: object) -> None:
    whole = yaml.safe_load(as_its_examples_say())
    section = whole
    for step in one.path[:-1]:  # type: ignore[attr-defined]
        section = section[step]
    del section[one.path[-1]]  # type: ignore[attr-defined]
    document = read_yaml(written(workspace, yaml.safe_dump(whole, allow_unicode=True)), workspace)
    assert missing_for_adoption(document) == (one,)


def test_a_draft_is_told_what_is_left_and_nothing_is_wrong_with_it(
    workspace: Path, known: KnownNames
) -> None:
    path = written(workspace, HEAD + "statut: projet\nediteur:\n  collectivite: Seilh\n")
    assert load_territories(workspace, (), known)[1] == ()
    left = before_adoption([path], workspace)
    assert len(left) == sum(not one.inner for one in REQUIREMENTS) - 1
    (address,) = [str(one) for one in left if "« editeur → adresse »" in one.message]
    assert address.startswith("territories/t.yml:5:1: ")
    assert "par exemple « adresse: " in address


def test_an_illustration_has_nothing_to_prepare(workspace: Path) -> None:
    assert before_adoption([written(workspace, HEAD)], workspace) == ()


def test_a_file_that_cannot_be_read_is_left_to_its_reader(workspace: Path) -> None:
    assert before_adoption([written(workspace, "nom: [")], workspace) == ()


def test_keys_that_hold_nothing_say_nothing(workspace: Path) -> None:
    empty = "signataires: []\nediteur: {hebergeur: {nom: ''}, contact: ''}\n"
    document = read_yaml(written(workspace, HEAD + empty), workspace)
    missing = {one.path for one in missing_for_adoption(document)}
    assert {("signataires",), ("editeur", "hebergeur"), ("editeur", "contact")} <= missing
