"""A territory's own tables, from its folder to its site, and the leaks that never get out."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from frictionless import Package, system

from ctgsite import pipeline
from ctgsite.beside import read_material
from ctgsite.config.loader import load_territories
from ctgsite.diagnostic.build import build_diagnostic
from ctgsite.knowledge import evidence, known
from ctgsite.pipeline import BuildReport
from ctgsite.site.transforms import read_files

SEILH = 'nom: Seilh\ntype: commune\ncodes: ["31541"]\nthematiques: [population, enfance]\n'
ABOUT = """titre: Enfants inscrits au centre de loisirs
thematique: enfance
source: Centre de loisirs, fichier des inscriptions
annee: 2025
unite: enfants
lignes: Quartier
colonnes: [Filles, Garçons]
note: Un enfant inscrit deux fois ne compte qu’une fois
"""
# 3 girls of the Bourg are masked for themselves, three larger counts with them.
COUNTS = "Quartier,Filles,Garçons\nBourg,3,61\nHameau,27,37\nPlaine,0,48\n"
PAGE = Path("thematiques/enfance/index.html")
pytestmark = pytest.mark.xdist_group("pipeline")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "territories" / "seilh" / "donnees"
    folder.mkdir(parents=True)
    (folder.parents[1] / "seilh.yml").write_text(SEILH, encoding="utf-8")
    (folder / "centre-de-loisirs.yml").write_text(ABOUT, encoding="utf-8")
    (folder / "centre-de-loisirs.csv").write_text(COUNTS, encoding="utf-8")
    return tmp_path


def build(workspace: Path) -> BuildReport:
    return pipeline.build(workspace, (), workspace / "site", workers=1)


def rewrite(workspace: Path, text: str) -> None:
    path = workspace / "territories" / "seilh" / "donnees" / "centre-de-loisirs.csv"
    path.write_text(text, encoding="utf-8")


def override(workspace: Path, addition: str, template: str = "thematique.md.j2") -> None:
    """Give the workspace a template of its own: the packaged one and something more."""
    packaged = Path(pipeline.__file__).parents[1] / "docs_templates" / "pages" / template
    own = workspace / "docs_templates" / "pages" / template
    own.parent.mkdir(parents=True, exist_ok=True)
    text = packaged.read_text(encoding="utf-8")
    own.write_text(f"{text}\n\n{addition}\n", encoding="utf-8")


def test_a_table_is_shown_on_its_themes_page_with_its_small_counts_masked(workspace: Path) -> None:
    report = build(workspace)
    assert report.ok, report
    page = (workspace / "site" / "seilh" / PAGE).read_text(encoding="utf-8")
    assert "Données locales" in page
    assert "Enfants inscrits au centre de loisirs" in page
    assert page.count(">secret</td>") == 4
    assert "Les effectifs de 1 à 4 sont masqués" in page
    assert "Centre de loisirs, fichier des inscriptions, 2025" in page
    assert "Un enfant inscrit deux fois ne compte qu’une fois." in page
    population = workspace / "site" / "seilh" / "thematiques" / "population" / "index.html"
    assert "Données locales" not in population.read_text(encoding="utf-8")


def test_totals_are_added_and_published_where_they_give_nothing_away(workspace: Path) -> None:
    build(workspace)
    path = workspace / "site" / "seilh" / "donnees" / "centre-de-loisirs.csv"
    assert list(csv.reader(path.open(encoding="utf-8"))) == [
        ["Quartier", "Filles", "Garçons", "Ensemble"],
        ["Bourg", "secret", "secret", "64"],
        ["Hameau", "secret", "secret", "64"],
        ["Plaine", "0", "48", "48"],
        ["Ensemble", "30", "146", "176"],
    ]


def test_the_data_package_describes_the_table_and_is_valid(workspace: Path) -> None:
    build(workspace)
    folder = workspace / "site" / "seilh" / "donnees"
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    names = [resource["name"] for resource in package["resources"]]
    assert [name for name in names if not name.startswith("thematiques.")] == [
        "indicateurs",
        "centre-de-loisirs",
    ]
    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])


def test_no_masked_count_is_in_the_diagnostic(workspace: Path) -> None:
    (territory,), _ = load_territories(workspace, (), known(None))
    material = read_material(workspace, territory, None)
    diagnostic = build_diagnostic(territory, evidence(None), material)
    assert sorted(cell.value for cell in material.masked) == [3, 27, 37, 61]
    assert repr(diagnostic.local_tables).count("None") == 4
    shown = {value for row in diagnostic.local_tables[0].cells for value in row}
    assert shown == {None, 0, 30, 48, 64, 146, 176}
    assert all("value" not in repr(cell) for cell in material.masked), (
        "a trace of an error would print it"
    )


def test_an_edit_of_a_table_builds_the_site_again(workspace: Path) -> None:
    build(workspace)
    assert build(workspace).results[0].state == "inchangé"
    rewrite(workspace, COUNTS.replace("48", "49"))
    assert build(workspace).results[0].state == "construit"


def test_the_sites_fingerprints_do_not_let_a_masked_count_be_guessed(workspace: Path) -> None:
    """Whoever has all else could try each value until the fingerprint is the published one."""
    build(workspace)
    card = (workspace / "site" / "seilh" / "site.json").read_bytes()
    # 3 + 61 and 27 + 37, or 2 + 62 and 28 + 36: what is published is the same.
    rewrite(workspace, COUNTS.replace("3,61", "2,62").replace("27,37", "28,36"))
    assert build(workspace).results[0].state == "inchangé"
    pipeline.build(workspace, (), workspace / "site", workers=1, force=True)
    assert (workspace / "site" / "seilh" / "site.json").read_bytes() == card


@pytest.mark.enable_socket
def test_the_preview_watches_the_tables(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Path] = []

    def watching(_output, watched, rebuild, **_options) -> None:
        edited = workspace / "territories" / "seilh" / "donnees" / "centre-de-loisirs.csv"
        assert any(folder in edited.parents for folder in watched)
        seen.append(edited)

    monkeypatch.setattr("ctgsite.site.preview.preview", watching)
    pipeline.serve(workspace, "seilh", 0, None, lambda _: None)
    assert seen


def test_check_tells_what_is_wrong_with_a_table(workspace: Path) -> None:
    rewrite(workspace, COUNTS.replace("61", "soixante"))
    assert [str(problem) for problem in pipeline.check(workspace, (), None)] == [
        (
            "territories/seilh/donnees/centre-de-loisirs.csv:2:9: « soixante » n’est pas un "
            "effectif : attendu un nombre entier"
        )
    ]
    assert build(workspace).results[0].state == "échec"


LEAKS = {
    "a sentence": "À Bourg, on compte 3 filles.",
    "a table in Markdown": "| Quartier | Filles |\n|---|---|\n| Bourg | 3 |",
    "a larger count, masked for the other's sake": (
        "| Quartier | Garçons |\n|---|---|\n| Bourg | 61 |"
    ),
    "a copy of the table, complete": (
        "| Quartier | Filles | Garçons |\n|---|---|---|\n| Bourg | 3 | 61 |\n| Hameau | 27 | 37 |"
    ),
    "a chart": (
        '<figure class="ctg-figure"><div class="ctg-graphique" data-nom="Filles inscrites">'
        '<script type="application/json">{"data": [{"type": "bar", "orientation": "h", '
        '"x": [3, 27], "y": ["Bourg", "Hameau"]}]}</script></div></figure>'
    ),
    "a chart's hover text": (
        '<figure class="ctg-figure"><div class="ctg-graphique" data-nom="Filles inscrites">'
        '<script type="application/json">{"data": [{"type": "scatter", "x": [1], "y": [1], '
        '"hovertext": ["Bourg : 3 enfants"]}]}</script></div></figure>'
    ),
    "an attribute": '<p title="Bourg, filles : 3">Voir</p>',
}


@pytest.mark.parametrize("leak", LEAKS.values(), ids=LEAKS)
def test_a_template_that_gives_a_masked_count_blocks_the_site(workspace: Path, leak: str) -> None:
    assert build(workspace).ok
    before = read_files(workspace / "site" / "seilh")
    override(workspace, leak)
    (result,) = build(workspace).results
    assert result.state == "échec"
    (message, *_) = [str(found) for found in result.problems if PAGE.as_posix() in str(found)]
    assert "Enfants inscrits au centre de loisirs" in message
    assert "ligne « Bourg »" in message
    assert not re.search(r"\d", message), "the message gives the count away"
    assert read_files(workspace / "site" / "seilh") == before


def test_a_total_given_elsewhere_that_lets_a_count_be_subtracted_blocks_the_site(
    workspace: Path,
) -> None:
    """A copy that publishes 37 gives the 27 beside it, then the 3 above: all are named."""
    override(workspace, "| Quartier | Filles | Garçons |\n|---|---|---|\n| Hameau | secret | 37 |")
    (result,) = build(workspace).results
    told = "\n".join(map(str, result.problems))
    assert "ligne « Hameau », colonne « Garçons »" in told
    assert "se retrouve par soustraction : ligne « Bourg », colonne « Filles »" in told


def test_harmless_texts_do_not_block(workspace: Path) -> None:
    override(
        workspace,
        "Le Bourg a 3 écoles. 61 enfants sont inscrits. Les filles de Plaine : 0.\n\n"
        "| Quartier | Écoles |\n|---|---|\n| Bourg | 3 |",
    )
    assert build(workspace).ok


def test_a_table_of_another_year_may_have_the_same_counts(workspace: Path) -> None:
    """Each is masked on its own; what one publishes at a place is no leak of the other's."""
    folder = workspace / "territories" / "seilh" / "donnees"
    older = ABOUT.replace("loisirs\nthem", "loisirs en 2024\nthem").replace("2025", "2024")
    (folder / "loisirs-2024.yml").write_text(older, encoding="utf-8")
    text = "Quartier,Filles,Garçons\nBourg,33,61\nHameau,27,37\nPlaine,0,48\n"
    (folder / "loisirs-2024.csv").write_text(text, encoding="utf-8")
    report = build(workspace)
    assert report.ok, report
    site = workspace / "site" / "seilh" / "donnees"
    assert "Bourg,33,61,94" in (site / "loisirs-2024.csv").read_text(encoding="utf-8")


def test_a_masked_count_may_equal_one_that_is_published_in_its_row(workspace: Path) -> None:
    """A copy of the published table, as the search index tells it in one breath, is no leak."""
    override(
        workspace,
        "| Quartier | Filles | Garçons | Adultes | Ensemble |\n|---|---|---|---|---|\n"
        "| Bourg | secret | secret | 61 | 125 |",
    )
    folder = workspace / "territories" / "seilh" / "donnees"
    about = ABOUT.replace("[Filles, Garçons]", "[Filles, Garçons, Adultes]")
    (folder / "centre-de-loisirs.yml").write_text(about, encoding="utf-8")
    rewrite(workspace, "Quartier,Filles,Garçons,Adultes\nBourg,3,61,61\nHameau,27,37,1200\n")
    report = build(workspace)
    assert report.ok, report
    published = workspace / "site" / "seilh" / "donnees" / "centre-de-loisirs.csv"
    assert "Bourg,secret,secret,61,125" in published.read_text(encoding="utf-8")
