"""A workspace whose own templates fill in what producers keep secret has its site refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from ctgsite import pipeline
from ctgsite.config.loader import load_territories
from ctgsite.diagnostic.build import build_diagnostic
from ctgsite.indicators.measures import Measure
from ctgsite.knowledge import evidence, known
from ctgsite.site.transforms import read_files
from ctgsite.sources.observations import Status

SEILH = 'nom: Seilh\ntype: commune\ncodes: ["31541"]\nthematiques: [emploi-revenus]\n'
pytestmark = pytest.mark.xdist_group("pipeline")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "territories").mkdir()
    (tmp_path / "territories" / "seilh.yml").write_text(SEILH, encoding="utf-8")
    return tmp_path


def secret_figure(workspace: Path) -> tuple[Measure, str]:
    """Return a secret figure of Seilh, and its indicator's label."""
    (territory,), _ = load_territories(workspace, (), known(None))
    measures = build_diagnostic(territory, evidence(None)).measures
    found = next(m for area, m in measures if m.status is Status.SECRET and area.name == "Seilh")
    return found, evidence(None).catalogue.indicators[found.indicator].label


def test_a_template_that_fills_in_a_secret_blocks_the_site(workspace: Path) -> None:
    report = pipeline.build(workspace, (), workspace / "site", workers=1)
    assert report.ok, report
    before = read_files(workspace / "site" / "seilh")
    measure, label = secret_figure(workspace)
    packaged = Path(pipeline.__file__).parents[1] / "docs_templates" / "pages" / "thematique.md.j2"
    own = workspace / "docs_templates" / "pages" / "thematique.md.j2"
    own.parent.mkdir(parents=True)
    leak = f"| Territoire | {label} ({measure.year}) |\n|---|---|\n| Seilh | 12,1 % |"
    own.write_text(packaged.read_text(encoding="utf-8") + f"\n\n{leak}\n", encoding="utf-8")
    (result,) = pipeline.build(workspace, (), workspace / "site", workers=1).results
    assert result.state == "échec"
    (problem,) = result.problems
    assert f"« {label} », Seilh, {measure.year}" in problem.message
    assert "thematiques/emploi-revenus/index.html" in problem.message
    assert "12,1" not in problem.message
    assert read_files(workspace / "site" / "seilh") == before
