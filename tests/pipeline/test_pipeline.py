"""Whole builds in a workspace: what is wrong is told, what is right is published, once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ctgsite import pipeline
from ctgsite.config.models import Territory
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


@pytest.mark.parametrize(
    "change",
    [
        "statut: projet\n",
        "url_publique: https://www.exemple.fr/ctg/\n",
        'couleurs: {principale: "#123456"}\n',
    ],
)
def test_what_shows_around_the_pages_is_published_too(workspace: Path, change: str) -> None:
    build(workspace)
    before = (workspace / "site" / "seilh" / "index.html").read_bytes()
    path = workspace / "territories" / "seilh.yml"
    path.write_text(SEILH.replace("type:", f"{change}type:"), encoding="utf-8")
    assert states(build(workspace)) == {"seilh": "construit"}
    assert (workspace / "site" / "seilh" / "index.html").read_bytes() != before


def test_a_workspaces_own_style_is_published(workspace: Path) -> None:
    build(workspace)
    style = workspace / "docs_templates" / "styles" / "99-commune.css"
    style.parent.mkdir(parents=True)
    for colour in ("teal", "navy"):
        style.write_text(f"body {{ color: {colour}; }}", encoding="utf-8")
        assert states(build(workspace)) == {"seilh": "construit"}


def test_names_and_titles_are_text_and_never_markup(workspace: Path) -> None:
    hostile = (
        'nom: A <script>alert(1)</script>\ntype: commune\ncodes: ["31541"]\n'
        "thematiques: [{theme: population, titre: '<img src=x onerror=alert(2)>'}]\n"
    )
    (workspace / "territories" / "seilh.yml").write_text(hostile, encoding="utf-8")
    assert build(workspace).ok
    for path in (workspace / "site").rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path


def test_an_address_that_a_browser_would_run_is_not_published(workspace: Path) -> None:
    text = "presentation: |\n  - [r]: javascript:alert(1)\n  - [un lien][r]\n"
    (workspace / "territories" / "seilh.yml").write_text(SEILH + text, encoding="utf-8")
    report = build(workspace)
    site = workspace / "site" / "seilh" / "index.html"
    assert not site.exists() or 'href="javascript' not in site.read_text(encoding="utf-8")
    assert report.ok is site.exists()


def test_strict_refuses_what_would_only_warn(workspace: Path) -> None:
    dead = SEILH + 'presentation: "[x](nullepart.md)"\n'
    (workspace / "territories" / "seilh.yml").write_text(dead, encoding="utf-8")
    assert build(workspace).ok
    report = pipeline.build(workspace, (), workspace / "site", workers=1, strict=True)
    assert states(report) == {"seilh": "échec"}


IMAGE = """images:
  - {fichier: images/place.svg, texte_alternatif: La place, credit: La commune, autorisation: Libre}
"""


def write_image(workspace: Path, told: str) -> Path:
    """Write an image of Seilh, and its file with what it tells of the image."""
    image = workspace / "territories" / "seilh" / "images" / "place.svg"
    image.parent.mkdir(parents=True)
    image.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    shown = SEILH + 'presentation: "![La place](images/place.svg)"\n' + told
    (workspace / "territories" / "seilh.yml").write_text(shown, encoding="utf-8")
    return image


def test_a_territorys_images_are_published(workspace: Path) -> None:
    image = write_image(workspace, IMAGE)
    report = build(workspace)
    assert report.ok
    assert not [p for result in report.results for p in result.problems]
    site = workspace / "site" / "seilh"
    (published,) = (site / "images").glob("place.*.svg")
    assert published.read_bytes() == image.read_bytes()
    page = (site / "index.html").read_text(encoding="utf-8")
    assert f'<img alt="La place" src="images/{published.name}"' in page
    assert "Crédit" in (site / "mentions-legales" / "index.html").read_text(encoding="utf-8")


def test_an_image_that_is_not_declared_stops_the_site(workspace: Path) -> None:
    write_image(workspace, "")
    report = build(workspace)
    assert states(report) == {"seilh": "échec"}
    assert not (workspace / "site" / "seilh").exists()


def test_a_right_that_ends_stops_the_site_on_its_day(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = "    droit_a_l_image: {accorde_le: 2025-01-01, jusqu_au: 2026-01-01}\n"
    write_image(workspace, IMAGE.replace("{", "").replace("}", "").replace(", ", "\n    ") + right)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767139200")  # 31 December 2025
    assert build(workspace).ok
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 1 January 2026
    assert states(build(workspace)) == {"seilh": "échec"}


def test_personal_data_stops_only_its_own_territory(workspace: Path) -> None:
    talant = 'nom: Talant\ntype: commune\ncodes: ["21617"]\nthematiques: [population]\n'
    (workspace / "territories" / "talant.yml").write_text(talant, encoding="utf-8")
    text = workspace / "territories" / "seilh" / "textes" / "presentation.md"
    text.parent.mkdir(parents=True)
    text.write_text("Bienvenue.\n\nAppelez le 06 12 34 56 78.\n", encoding="utf-8")
    report = build(workspace)
    assert states(report) == {"seilh": "échec", "talant": "construit"}
    (problem,) = report.problems
    assert str(problem).startswith("territories/seilh/textes/presentation.md:3:12: « 06… »")


def test_a_fault_of_a_template_is_told_at_its_line(workspace: Path) -> None:
    template = workspace / "docs_templates" / "pages" / "synthese.md.j2"
    template.parent.mkdir(parents=True)
    template.write_text("# Titre\n\n{% if %}\n", encoding="utf-8")
    (result,) = build(workspace).results
    assert result.state == "échec"
    (problem,) = result.problems
    assert problem.place is not None
    assert (problem.place.path.name, problem.place.line) == ("synthese.md.j2", 3)


def test_a_surprise_with_one_territory_leaves_the_others(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talant = 'nom: Talant\ntype: commune\ncodes: ["21617"]\nthematiques: [population]\n'
    (workspace / "territories" / "talant.yml").write_text(talant, encoding="utf-8")
    real = pipeline.images

    def surprised(workspace: Path, territory: Territory):
        if territory.slug == "seilh":
            raise MemoryError("plus de place")
        return real(workspace, territory)

    monkeypatch.setattr(pipeline, "images", surprised)
    report = build(workspace)
    assert states(report) == {"seilh": "échec", "talant": "construit"}
    assert "MemoryError" in str(report.results[0].problems[0])


def test_nothing_is_written_where_nothing_can_be_built(workspace: Path) -> None:
    (workspace / "territories" / "seilh.yml").write_text("nom: Seilh\n", encoding="utf-8")
    assert not build(workspace).ok
    assert not (workspace / "site").exists()


def test_a_date_that_is_none_is_refused(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "hier")
    with pytest.raises(pipeline.CtgsiteError, match="nombre de secondes"):
        build(workspace)


def test_the_preview_of_an_unknown_territory_does_not_start(workspace: Path) -> None:
    with pytest.raises(pipeline.CtgsiteError, match="aucun territoire « seil »"):
        pipeline.serve(workspace, "seil", 8000, None, lambda _: None)


def test_the_portal_gathers_the_figures_of_sites_built_side_by_side(workspace: Path) -> None:
    minimal = 'nom: Noé\ntype: commune\ncodes: ["31399"]\nthematiques: [population]\n'
    (workspace / "territories" / "noe.yml").write_text(minimal, encoding="utf-8")
    output = workspace / "site"
    assert pipeline.build(workspace, (), output, workers=2).ok
    counts = dict.fromkeys(("noe", "seilh"), 0)
    with (output / "donnees" / "indicateurs.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            counts[row["site"]] += 1
    own = {
        slug: len((output / slug / "donnees" / "indicateurs.csv").read_text().splitlines()) - 1
        for slug in counts
    }
    assert counts == own
    assert all(counts.values())
    made = (output / "donnees").stat().st_ino
    assert states(build(workspace, "seilh")) == {"seilh": "inchangé"}
    assert (output / "donnees").stat().st_ino == made
