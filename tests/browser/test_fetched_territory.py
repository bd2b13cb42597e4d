"""A commune that comes with no figure: fetched, written, built and opened in the browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from census_layouts import dossier
from click.testing import CliRunner, Result
from producers_layouts import BOM, CAF_BENEFITS, CRLF, line, lines
from reading import Visit
from replay import Answer, Site, serving

from ctgsite.cli import main
from ctgsite.sources.addresses import Download
from ctgsite.sources.descriptions import load_descriptions

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

CODE, SLUG = "56121", "lorient"  # of no reference territory's département
CENSUS = "https://www.insee.fr/fr/statistiques/fichier/5359146/dossier_complet_31_12_2025.zip"
FIGURES = {
    "P22_POP": 57846, "P16_POP": 57149, "P11_POP": 57662,
    "P22_LOG": 38000, "P22_RP": 33000, "P22_RSECOCC": 2400, "P22_LOGVAC": 2600,
}  # fmt: skip


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: Site) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("CTGSITE_MIRROR", site.mirror)
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def benefits(year: int, count: int) -> bytes:
    cells = {"dtreffre": f"{year}-12", "numcomdo": CODE, "nomcom": "LORIENT"}
    row = line(CAF_BENEFITS, {**cells, "indfoy_ndur": count, "indnbp_ndur": 2 * count})
    return (BOM + lines(CAF_BENEFITS, row, end=CRLF)).encode()


def words(made: Visit, path: str) -> str:
    """Return what a page says, every kind of space as one."""
    return " ".join(made.open(path).inner_text("main").split())


def downloads(dataset: str) -> tuple[Download, ...]:
    return load_descriptions()[dataset].downloads


def test_a_commune_that_comes_with_no_figure_is_fetched_built_and_opened(
    site: Site, workspace: Path, visit: partial[Visit]
) -> None:
    site.put(CENSUS, dossier({CODE: FIGURES}))
    for item in downloads("cnaf-prestations"):
        if item.name == "s_ben_com_f.csv":
            site.put(item.address, Answer(benefits(2024, 12345), length=False, etag=False))
    fetched = run("data", "fetch", "insee-recensement", "cnaf-prestations")
    # The themes' own files and the départements' are not on this site: told, and no obstacle.
    assert fetched.exit_code == 1
    assert "dossier_complet.zip : insee-recensement (" in fetched.stdout
    assert "n’est plus à cette adresse" in fetched.stderr
    assert run("new", CODE).exit_code == 0
    built = run("build", SLUG, "--workers", "1")
    assert built.exit_code == 0, built.output
    made = visit(f"{(workspace / 'site' / SLUG).as_uri()}/")
    assert "57 846 habitants" in words(made, "index.html")
    assert "6,8 %" in words(made, "thematiques/logement/index.html")  # 2,600 of 38,000


def test_a_new_vintage_shows_in_status_before_and_after_it_is_fetched(
    site: Site, workspace: Path
) -> None:
    dataset = load_descriptions()["cnaf-prestations"]
    watch = dataset.watch
    assert watch is not None
    (item,) = (found for found in dataset.downloads if found.name == "s_ben_com_f.csv")

    def news() -> tuple[str, str]:
        told = run("data", "status", "--check", "--json")
        found = json.loads(told.stdout)["datasets"]
        (one,) = (row for row in found if row["dataset"] == "cnaf-prestations")
        return one["news"], one["news_told"]

    for year, count in ((2023, 12000), (2024, 12345)):
        site.put(item.address, Answer(benefits(year, count), length=False, etag=False))
        site.put(watch.address, json.dumps({"results": [{"d": f"{year}-12"}]}).encode())
        if year == 2024:
            state, told = news()
            assert (state, told.split(" : ")[0]) == (
                "nouveau_millesime", "millésime 2024 disponible (2023 ici)",
            )  # fmt: skip
        run("data", "fetch", "cnaf-prestations", "--force")
        assert news() == ("a_jour", f"à jour (millésime {year})")
