"""A territory with a plan d'actions is published whole: pages, booklet, workbook and annexes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgsite import pipeline

pytestmark = pytest.mark.xdist_group("pipeline")

SEILH = """\
nom: Seilh
type: commune
codes: ["31541"]
thematiques: [population]
periode: {debut: 2025, fin: 2029}
enjeux: [{id: vivre, titre: Bien vivre, constats: [population]}]
priorites:
  - {id: axe, titre: Un axe, enjeux: [vivre], objectifs: [{id: objectif, titre: Un objectif}]}
"""
FICHE = """\
id: agir
objectif: objectif
titre: Agir
constats: [population]
debut: 2025-01-01
fin: 2026-12-31
statut: en_cours
indicateurs: [{indicateur: population}]
annexes: [{titre: Un plan, fichier: annexes/plan.pdf}]
mise_a_jour: 2027-02-01
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "territories" / "seilh"
    for name in ("actions", "annexes"):
        (folder / name).mkdir(parents=True)
    (folder.with_suffix(".yml")).write_text(SEILH, encoding="utf-8")
    (folder / "actions" / "agir.yml").write_text(FICHE, encoding="utf-8")
    (folder / "annexes" / "plan.pdf").write_bytes(b"%PDF")
    (folder / "annexes" / "brouillon.pdf").write_bytes(b"%PDF")
    return tmp_path


def states(workspace: Path) -> list[str]:
    report = pipeline.build(workspace, (), workspace / "site", workers=1)
    return [result.state for result in report.results]


def test_a_plan_is_published_whole(workspace: Path) -> None:
    report = pipeline.build(workspace, (), workspace / "site", workers=1, strict=True)
    assert report.ok
    assert not [p for result in report.results for p in result.problems]
    site = workspace / "site" / "seilh"
    for name in ("actions", "actions/agir", "actions/livret", "priorites"):
        assert (site / name / "index.html").is_file()
    assert (site / "donnees" / "plan-actions.xlsx").is_file()
    page = (site / "actions" / "agir" / "index.html").read_text(encoding="utf-8")
    assert "retard de" in page
    assert 'href="../../annexes/plan.pdf"' in page


def test_only_the_documents_that_a_fiche_joins_are_published(workspace: Path) -> None:
    assert states(workspace) == ["construit"]
    published = workspace / "site" / "seilh" / "annexes"
    assert [path.name for path in published.iterdir()] == ["plan.pdf"]


def test_a_fiche_that_changes_builds_its_site_again_and_nothing_else_does(workspace: Path) -> None:
    assert states(workspace) == ["construit"]
    assert states(workspace) == ["inchangé"]
    fiche = workspace / "territories" / "seilh" / "actions" / "agir.yml"
    fiche.write_text(FICHE.replace("en_cours", "realisee"), encoding="utf-8")
    assert states(workspace) == ["construit"]


def test_a_broken_fiche_leaves_the_other_territories(workspace: Path) -> None:
    talant = 'nom: Talant\ntype: commune\ncodes: ["21617"]\nthematiques: [population]\n'
    (workspace / "territories" / "talant.yml").write_text(talant, encoding="utf-8")
    fiche = workspace / "territories" / "seilh" / "actions" / "agir.yml"
    fiche.write_text(FICHE.replace("objectif: objectif", "objectif: autre"), encoding="utf-8")
    report = pipeline.build(workspace, (), workspace / "site", workers=1)
    assert {r.slug: r.state for r in report.results} == {"seilh": "échec", "talant": "construit"}
    assert any("actions/agir.yml:2:11" in str(problem) for problem in report.problems)
