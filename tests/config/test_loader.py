"""Loading a workspace: every territory that can be built, and every problem of the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from whole_territory import load_territory

from ctgsite.config.known import KnownNames
from ctgsite.config.loader import find_territories, load_territories
from ctgsite.config.models import Period
from ctgsite.errors import ConfigError

SEILH = 'nom: Seilh\ntype: commune\ncodes: ["31541"]\n'


def write(workspace: Path, name: str, text: str) -> Path:
    path = workspace / "territories" / name
    path.write_text(text, encoding="utf-8")
    return path


def test_three_keys_are_enough(workspace: Path, known: KnownNames) -> None:
    territory = load_territory(write(workspace, "seilh.yml", SEILH), workspace, known)
    assert (territory.slug, territory.name, territory.codes) == ("seilh", "Seilh", ("31541",))


def test_a_convention_is_never_adopted_by_default(workspace: Path, known: KnownNames) -> None:
    territory = load_territory(write(workspace, "seilh.yml", SEILH), workspace, known)
    assert territory.statut == "illustration"
    assert territory.period is None


def test_keys_left_empty_count_as_left_out(workspace: Path, known: KnownNames) -> None:
    text = SEILH + "periode:\nsignataires:\ndemarche:\n  phases:\n    quantitative:\nediteur:\n"
    territory = load_territory(write(workspace, "seilh.yml", text), workspace, known)
    assert territory.signatories == ()
    assert territory.approach.phases.quantitative is None


def test_a_territory_cannot_be_changed(workspace: Path, known: KnownNames) -> None:
    territory = load_territory(write(workspace, "seilh.yml", SEILH), workspace, known)
    with pytest.raises(ValueError, match="frozen"):
        territory.name = "Ailleurs"  # type: ignore[misc]


def test_themes_are_slugs_renamed_ones_or_the_territorys_own(
    workspace: Path, known: KnownNames
) -> None:
    themes = "thematiques:\n  - logement\n  - {theme: seniors, titre: Vieillir}\n"
    own = "  - {slug: mobilites, titre: Bouger, texte: À pied.}\n"
    path = write(workspace, "seilh.yml", SEILH + themes + own)
    chosen = load_territory(path, workspace, known).themes
    assert [(theme.slug, theme.title) for theme in chosen] == [
        ("logement", ""),
        ("seniors", "Vieillir"),
        ("mobilites", "Bouger"),
    ]


def test_a_period_is_two_years(workspace: Path, known: KnownNames) -> None:
    path = write(workspace, "seilh.yml", SEILH + "periode: {debut: 2025, fin: 2029}\n")
    assert load_territory(path, workspace, known).period == Period(start=2025, end=2029)


def test_one_broken_file_never_stops_the_others(workspace: Path, known: KnownNames) -> None:
    write(workspace, "seilh.yml", SEILH)
    write(workspace, "casse.yml", "nom: [")
    territories, problems = load_territories(workspace, (), known)
    assert [territory.slug for territory in territories] == ["seilh"]
    assert {str(problem.place.path) for problem in problems if problem.place} == {
        "territories/casse.yml"
    }


def test_two_files_of_one_slug_are_refused_and_the_others_load(
    workspace: Path, known: KnownNames
) -> None:
    write(workspace, "seilh.yml", SEILH)
    write(workspace, "seilh.yaml", SEILH)
    write(workspace, "talant.yml", 'nom: Talant\ntype: commune\ncodes: ["21617"]\n')
    territories, problems = load_territories(workspace, (), known)
    assert [territory.slug for territory in territories] == ["talant"]
    assert "même slug" in problems[0].message


def test_a_name_of_file_that_cannot_be_an_address_is_refused(
    workspace: Path, known: KnownNames
) -> None:
    path = write(workspace, "Côte d’Or.yml", SEILH)
    with pytest.raises(ConfigError) as caught:
        load_territory(path, workspace, known)
    assert "minuscules" in caught.value.problems[0].message


def test_an_unknown_slug_suggests_the_nearest(workspace: Path, known: KnownNames) -> None:
    write(workspace, "seilh.yml", SEILH)
    territories, problems = load_territories(workspace, ("sielh",), known)
    assert territories == ()
    assert "« seilh »" in problems[0].message


def test_only_the_territories_asked_for_are_read(workspace: Path, known: KnownNames) -> None:
    write(workspace, "seilh.yml", SEILH)
    write(workspace, "casse.yml", "")
    territories, problems = load_territories(workspace, ("seilh",), known)
    assert len(territories) == 1
    assert problems == ()


def test_an_empty_workspace_says_how_to_begin(workspace: Path, known: KnownNames) -> None:
    _, problems = load_territories(workspace, (), known)
    assert "ctgsite new" in problems[0].message


def test_the_schema_beside_the_files_is_not_a_territory(workspace: Path) -> None:
    write(workspace, "schema.json", "{}")
    (workspace / "territories" / "seilh").mkdir()
    assert find_territories(workspace) == ()


def test_no_territory_takes_the_portals_own_folder(workspace: Path, known: KnownNames) -> None:
    write(workspace, "seilh.yml", SEILH)
    write(workspace, "donnees.yml", SEILH)
    territories, problems = load_territories(workspace, (), known)
    assert [territory.slug for territory in territories] == ["seilh"]
    (problem,) = problems
    assert str(problem.place.path) == "territories/donnees.yml"
    assert "dossier des téléchargements du portail" in problem.message
