"""From a workspace to published sites: the program on one screen."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ctgsite.beside import read_material
from ctgsite.config.adoption import before_adoption as left_to_write
from ctgsite.config.loader import FOLDER, find_territories, load_territories
from ctgsite.config.models import Territory
from ctgsite.errors import SYSTEM_FAULTS, ConfigError, CtgsiteError, Place, Problem
from ctgsite.geography.areas import Area, Level
from ctgsite.knowledge import catalogue, contours, evidence, geography, known
from ctgsite.site import fingerprint
from ctgsite.site.batch import run_all
from ctgsite.site.build import build_site
from ctgsite.site.identity import site_card, site_spec
from ctgsite.site.inputs import (
    annexes,
    check_stated_date,
    day_of_build,
    day_of_files,
    images,
    inputs_key,
    made_with,
    stated_date,
)
from ctgsite.site.manifest import note_inputs, unchanged
from ctgsite.site.model import Engine, Ring
from ctgsite.site.portal import write_portal
from ctgsite.site.publication import claim_output
from ctgsite.site.resources import Resources, find_resources

if TYPE_CHECKING:
    from ctgsite.diagnostic.material import Material

Report = Callable[[str], None]
State = Literal["construit", "inchangé", "échec"]


@dataclass(frozen=True, slots=True)
class TerritoryResult:
    """What became of one territory."""

    slug: str
    state: State
    problems: tuple[Problem, ...] = ()
    pages: int = 0
    charts: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What became of a build: one result a territory, and what concerns none of them."""

    results: tuple[TerritoryResult, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything asked for was built."""
        failed = any(result.state == "échec" for result in self.results)
        return not failed and all(problem.warning for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Job:
    """One territory to build, as another process can receive it."""

    territory: Territory
    workspace: Path
    output: Path
    engine: Engine
    store: Path | None
    force: bool
    strict: bool
    keep_docs: Path | None


def build(
    workspace: Path,
    slugs: Sequence[str],
    output: Path,
    *,
    engine: str = "mkdocs",
    workers: int | None = None,
    force: bool = False,
    strict: bool = False,
    store: Path | None = None,
    report: Report = lambda _: None,
    keep_docs: Path | None = None,
) -> BuildReport:
    """Build the sites asked for, all by default, then the portal of those that are present.

    One broken territory never stops the others.

    Args:
        workspace: holds `territories/` and, where it has its own, templates and mkdocs.yml.
        slugs: the territories; none means all.
        output: the folder of the portal.
        engine: the program that renders the pages.
        workers: processes at work; by default one a core.
        force: build even what has not changed.
        strict: a warning about a territory stops its site.
        store: figures of one's own, before the embedded ones.
        report: told of each territory done.
        keep_docs: where to leave the Markdown projects; None for nowhere.

    Raises:
        CtgsiteError: nothing at all can be built: catalogue, libraries or output folder at fault.
    """
    check_stated_date()
    resources = find_resources(workspace)
    territories, problems = load_territories(workspace, slugs, known(store), day_of_build())
    refused = {_slug_of(problem) for problem in problems if strict or not problem.warning} - {""}
    jobs = [
        Job(territory, workspace, output, Engine(engine), store, force, strict, keep_docs)
        for territory in territories
        if territory.slug not in refused
    ]
    results = [TerritoryResult(slug, "échec") for slug in sorted(refused)]
    for result in results:
        report(f"{result.slug} : {result.state}")
    if jobs:
        claim_output(output)
        for result in run_all(build_one, jobs, workers, _failed):
            report(f"{result.slug} : {result.state}")
            results.append(result)
        write_portal(
            output, resources, _france(),
            created=day_of_files(geography(None).year), precisions=_precisions(), workers=workers,
        )  # fmt: skip
    return BuildReport(tuple(sorted(results, key=lambda result: result.slug)), problems)


def build_one(job: Job) -> TerritoryResult:
    """Build one site unless nothing it depends on has changed; report what goes wrong."""
    started = time.perf_counter()
    slug = job.territory.slug
    try:
        resources = find_resources(job.workspace)
        material = read_material(job.workspace, job.territory, job.store)
        told = material.published
        key = inputs_key(job.workspace, slug, job.store, resources, job.engine, told)
        if not (job.force or job.strict) and unchanged(job.output, slug, key):
            return TerritoryResult(slug, "inchangé")
        return _render(job, material, resources, key, started)
    except Exception as error:  # whatever went wrong with one territory, the others go on
        return _failed(job, error)


def _failed(job: Job, error: BaseException) -> TerritoryResult:
    """Return what became of a territory whose build stopped."""
    if isinstance(error, CtgsiteError):
        return TerritoryResult(job.territory.slug, "échec", error.problems)
    if isinstance(error, OSError) and error.errno in SYSTEM_FAULTS:
        at_fault = Place(Path(str(error.filename))) if error.filename else None
        refused = Problem(SYSTEM_FAULTS[error.errno], at_fault)
        return TerritoryResult(job.territory.slug, "échec", (refused,))
    where = traceback.extract_tb(error.__traceback__)[-1:]
    at = "".join(f" dans {Path(frame.filename).name}, ligne {frame.lineno}" for frame in where)
    what = f"{type(error).__name__} : {error}".rstrip(" :")
    message = f"erreur inattendue ({what}{at}) : transmettez-la aux responsables de l’outil"
    place = Place(Path(FOLDER) / f"{job.territory.slug}.yml")
    return TerritoryResult(job.territory.slug, "échec", (Problem(message, place),))


def _render(
    job: Job, material: Material, resources: Resources, key: str, started: float
) -> TerritoryResult:
    from ctgsite.diagnostic.build import build_diagnostic
    from ctgsite.pages.convention.editions import edition_files
    from ctgsite.pages.downloads import render_downloads
    from ctgsite.pages.render import render_pages
    from ctgsite.site.disclosure import Secrets
    from ctgsite.site.withheld import withheld_figures

    slug = job.territory.slug
    diagnostic = build_diagnostic(job.territory, evidence(job.store), material)
    downloads = render_downloads(diagnostic, day_of_files(geography(job.store).year))
    pages = render_pages(diagnostic, resources.templates, downloads)
    assets = (
        *downloads,
        *edition_files(diagnostic),
        *images(job.workspace, job.territory),
        *annexes(job.workspace, job.territory),
    )
    spec = site_spec(diagnostic, stated_date())
    card = site_card(diagnostic, _departements(job), version("ctgsite"), key)
    content_key = fingerprint.of_content(
        pages,
        assets,
        repr(spec),
        repr(replace(card, inputs_key="")),
        made_with(resources, job.engine),
    )
    if not (job.force or job.strict) and unchanged(job.output, slug, content_key):
        note_inputs(job.output, slug, key)
        return TerritoryResult(slug, "inchangé")
    built = build_site(
        pages, assets, spec, replace(card, content_key=content_key), job.output,
        resources=resources, engine=job.engine, strict=job.strict, keep_docs=job.keep_docs,
        secrets=Secrets(withheld_figures(diagnostic), diagnostic.local_tables, material.masked),
    )  # fmt: skip
    return TerritoryResult(
        slug,
        "construit",
        built.problems,
        pages=built.pages,
        charts=sum(page.markdown.count('class="ctg-graphique"') for page in pages),
        bytes=built.size,
        seconds=time.perf_counter() - started,
    )


def check(workspace: Path, slugs: Sequence[str], store: Path | None) -> tuple[Problem, ...]:
    """Validate territories, their content and their figures; write nothing."""
    from ctgsite.diagnostic.build import build_diagnostic
    from ctgsite.pages.render import render_pages

    territories, problems = load_territories(workspace, slugs, known(store), day_of_build())
    resources = find_resources(workspace)
    found = list(problems)
    for territory in territories:
        try:
            material = read_material(workspace, territory, store)
            diagnostic = build_diagnostic(territory, evidence(store), material)
            render_pages(diagnostic, resources.templates)
        except CtgsiteError as error:
            found.extend(error.problems)
    return tuple(dict.fromkeys(found))


def before_adoption(workspace: Path, slugs: Sequence[str]) -> tuple[Problem, ...]:
    """Return what the territories that are a `projet` have to write before they are `adopte`."""
    files = find_territories(workspace)
    asked = (path for path in files if not slugs or path.stem in slugs)
    return left_to_write(asked, workspace)


def serve(workspace: Path, slug: str, port: int, store: Path | None, report: Report) -> None:
    """Show one site while its files are written: each edit builds it again."""
    from tempfile import TemporaryDirectory

    from ctgsite.site.preview import preview

    if slug not in {path.stem for path in find_territories(workspace)}:
        _, problems = load_territories(workspace, (slug,), known(store))
        raise ConfigError(problems)
    watched = (workspace / FOLDER, workspace / "docs_templates", workspace / "mkdocs.yml")
    with TemporaryDirectory(prefix="ctgsite-") as folder:
        output = Path(folder) / "site"

        def rebuild(_: frozenset[Path]) -> None:
            try:
                built = build(workspace, (slug,), output, workers=1, store=store, report=report)
                problems = (*built.problems, *(p for r in built.results for p in r.problems))
            except CtgsiteError as error:
                problems = error.problems
            for problem in problems:
                report(str(problem))

        rebuild(frozenset())
        preview(
            output, watched, rebuild, port=port,
            started=lambda address: report(f"Aperçu : {address}{slug}/index.html"),
        )  # fmt: skip


def scaffold(workspace: Path, codes: Sequence[str], name: str | None) -> Path:
    """Write the file of a new territory, and return its path."""
    from ctgsite.config.scaffold import write_territory

    return write_territory(workspace, codes, name, known(None))


def _slug_of(problem: Problem) -> str:
    """Return the territory whose file, or whose folder's file, a problem is about."""
    parts = problem.place.path.parts if problem.place else ()
    return Path(parts[1]).stem if len(parts) > 1 and parts[0] == FOLDER else ""


def _departements(job: Job) -> tuple[Area, ...]:
    """Return the départements that a territory touches."""
    from ctgsite.diagnostic.benchmarks import coverage_of

    areas = geography(job.store)
    communes = coverage_of(job.territory, areas).communes
    found = {areas.parent(code, Level.DEPARTEMENT) for code in communes}
    return tuple(area for area in areas.departements if area in found)


def _precisions() -> dict[str, int]:
    """Return how many decimals each indicator of the catalogue shows."""
    return {one.id: one.precision for one in catalogue().indicators.values()}


def _france() -> tuple[Ring, ...]:
    """Return the départements' contours, on which the portal draws its territories."""
    areas = geography(None).areas(Level.DEPARTEMENT)
    return tuple(ring for area in areas for ring in contours(None).rings(area.level, area.code))
