"""The demonstration: rich, invented, said to be so on every page, and alone in that."""

from __future__ import annotations

import importlib.util
import re
import shutil
from functools import cache
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
import yaml

from ctgsite import pipeline
from ctgsite.config.loader import load_territories
from ctgsite.config.models import Territory
from ctgsite.diagnostic.known import Known
from ctgsite.geography.embedded import embedded_geography
from ctgsite.indicators.catalogue import load_catalogue
from ctgsite.pages.banners import FICTITIOUS, INVENTED_HERE

ROOT = Path(__file__).parents[2]
HOME = ROOT / "territories" / "demonstration"
SURVEYS = HOME / "questionnaires"
TOLD = (
    "signatories", "presentation", "approach", "participation", "competences", "services", "swot",
    "convergences", "stakes", "priorities", "evaluation", "validations", "images", "privacy",
    "publisher", "period",
)  # fmt: skip
NAMED_OR_REACHED = re.compile(
    r"\b(M\.|MM\.|Mmes?|Mlles?|Madame|Monsieur|Mesdames|Messieurs|Dr|Me)\s+[A-ZÉ]"
    r"|@|\b0\d([ .-]?\d\d){4}\b"
)


@cache
def territories() -> dict[str, Territory]:
    """Return every territory that comes with ctgsite, by slug."""
    known = Known(load_catalogue(), embedded_geography())
    found, problems = load_territories(ROOT, (), known)
    assert not problems, "\n".join(map(str, problems))
    return {territory.slug: territory for territory in found}


def fiches() -> list[dict[str, object]]:
    """Return the fiches actions as they are written."""
    paths = sorted((HOME / "actions").glob("*.yml"))
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the demonstration, away from the others."""
    workspace = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(HOME, workspace / "territories" / "demonstration")
    shutil.copy(HOME.with_suffix(".yml"), workspace / "territories")
    report = pipeline.build(workspace, (), workspace / "site", workers=1)
    assert report.ok, report
    return workspace / "site" / "demonstration"


def test_every_page_says_that_its_content_is_fictitious(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 50
    silent = [str(page.relative_to(site)) for page in pages if not says_so(page)]
    assert silent == []


def test_pages_of_invented_words_say_it_again_under_their_title(site: Path) -> None:
    for folder in ("participation", "participation/familles", "priorites", "actions", "demarche",
                   "actions/navette-du-soir", "actions/livret", "evaluation", "offre", "falc",
                   "fil-conducteur"):  # fmt: skip
        page = (site / folder / "index.html").read_text(encoding="utf-8")
        assert page.count(INVENTED_HERE) == 1, folder


def test_the_plan_that_is_downloaded_says_so_first(site: Path) -> None:
    book = openpyxl.load_workbook(site / "donnees" / "plan-actions.xlsx")
    assert book.sheetnames == ["À lire", "Fiches", "Indicateurs", "Budget"]
    assert book["À lire"]["A2"].value == FICTITIOUS


def test_the_portal_says_so_too_and_shows_where_its_communes_are(site: Path) -> None:
    portal = (site.parent / "index.html").read_text(encoding="utf-8")
    assert '<span class="statut">Contenu fictif</span>' in portal
    assert "<circle" in portal


def test_no_other_territory_has_invented_content() -> None:
    fictitious = [slug for slug, territory in territories().items() if territory.fictitious]
    assert fictitious == ["demonstration"]


@pytest.mark.parametrize("slug", [slug for slug in territories() if slug != "demonstration"])
def test_a_real_territory_says_nothing_that_nobody_said(slug: str) -> None:
    written = territories()[slug].model_dump(include=set(TOLD), exclude_defaults=True)
    assert not leaves(written)
    beside = [path for path in (ROOT / "territories" / slug).rglob("*") if path.is_file()]
    assert not [path for path in beside if "donnees" not in path.parts]


def test_nobody_is_named_or_reached_in_the_demonstration() -> None:
    written = [HOME.with_suffix(".yml"), *HOME.rglob("*.yml"), *HOME.rglob("*.md")]
    for path in written:
        assert not NAMED_OR_REACHED.search(path.read_text(encoding="utf-8")), path


def test_organisations_are_said_to_be_fictitious() -> None:
    territory = territories()["demonstration"]
    names = [signatory.name for signatory in territory.signatories]
    names += [service.name for service in territory.services]
    assert [name for name in names if not re.search(r"\((rôle )?ficti(f|ve)\)", name)] == []


def test_services_stand_in_communes_of_the_territory() -> None:
    territory = territories()["demonstration"]
    assert {service.commune for service in territory.services} == set(territory.codes)


def test_it_has_twelve_fiches_in_four_axes_in_every_state() -> None:
    states = [fiche["statut"] for fiche in fiches()]
    assert len(states) >= 12
    assert set(states) == {"a_venir", "en_cours", "realisee", "en_pause", "abandonnee"}
    assert len(territories()["demonstration"].priorities) == 4


@pytest.mark.parametrize("name", ["families", "professionals"])
def test_the_script_writes_the_same_answers_again(name: str) -> None:
    file = {"families": "familles.csv", "professionals": "professionnels.csv"}[name]
    assert getattr(generator(), name)() == (SURVEYS / file).read_bytes()


def test_three_hundred_families_and_sixty_professionals_answered() -> None:
    families = (SURVEYS / "familles.csv").read_text(encoding="utf-8-sig").splitlines()
    professionals = (SURVEYS / "professionnels.csv").read_text(encoding="windows-1252").splitlines()
    assert (len(families) - 1, len(professionals) - 1) == (348, 60)


@cache
def generator() -> ModuleType:
    """Return the script that writes the answers, as a module."""
    spec = importlib.util.spec_from_file_location("generer", SURVEYS / "generer.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def says_so(page: Path) -> bool:
    """Return whether a page's banner has the sentence."""
    return FICTITIOUS in page.read_text(encoding="utf-8").replace("&nbsp;", "\u00a0")


def leaves(value: object) -> list[object]:
    """Return what is really said in nested sections, however deep."""
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list | tuple):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [] if value in (None, "") else [value]
