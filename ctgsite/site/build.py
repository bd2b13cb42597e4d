"""From pages to a published site: written, rendered, transformed, checked, recorded, swapped in."""

from __future__ import annotations

import shutil
from pathlib import Path

from ctgsite.errors import PublicationError
from ctgsite.pages.model import Asset, Page
from ctgsite.site.checks import check_files
from ctgsite.site.disclosure import NO_SECRETS, Secrets, check_disclosure
from ctgsite.site.docs import write_project
from ctgsite.site.engine import run_engine
from ctgsite.site.manifest import write_manifest
from ctgsite.site.model import BuiltSite, Engine, Files, SiteCard, SiteSpec
from ctgsite.site.publication import check_target, claim_output, publish, working_folder
from ctgsite.site.resources import Resources
from ctgsite.site.transforms import read_files, transform


def build_site(
    pages: tuple[Page, ...],
    assets: tuple[Asset, ...],
    spec: SiteSpec,
    card: SiteCard,
    output: Path,
    *,
    resources: Resources,
    engine: Engine = Engine.MKDOCS,
    strict: bool = False,
    keep_docs: Path | None = None,
    secrets: Secrets = NO_SECRETS,
) -> BuiltSite:
    """Build one site and swap it in as `output/<slug>`; a failure leaves the former one as it was.

    Args:
        pages: What the reader reads, in the order of the menu.
        assets: Files published as they are.
        spec: The site's identity.
        card: What its `site.json` records.
        output: The folder of the portal.
        resources: What `find_resources` found for the workspace.
        engine: The program that renders the pages.
        strict: Whether a warning stops the publication.
        keep_docs: Where to leave a copy of the Markdown project, as `<slug>/`; None for nowhere.
        secrets: What no file of the site may give.

    Raises:
        PublicationError: The pages cannot be rendered, or published where it was asked, or some
            file gives a masked figure.
    """
    claim_output(output)
    check_target(output / spec.slug)
    with working_folder(output) as folder:
        project = write_project(pages, assets, spec, resources, folder)
        if keep_docs:
            shutil.copytree(folder, keep_docs / spec.slug, dirs_exist_ok=True)
        warnings = run_engine(project, engine)
        files = transform(read_files(project.built), spec)
        problems = (*warnings, *check_files(files), *check_disclosure(files, secrets))
        if any(strict or not problem.warning for problem in problems):
            raise PublicationError(problems)
        finished = folder / "publie"
        _write_files(files, finished)
        write_manifest(finished, card)
        publish(finished, output / spec.slug)
    return BuiltSite(
        folder=output / spec.slug,
        pages=sum(path.endswith(".html") for path in files),
        files=len(files),
        size=sum(map(len, files.values())),
        problems=problems,
    )


def _write_files(files: Files, folder: Path) -> None:
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
