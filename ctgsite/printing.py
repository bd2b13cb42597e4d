"""A territory → its whole diagnostic as one PDF, made from a site built for the occasion."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from ctgsite.config.loader import load_territories
from ctgsite.config.models import Territory
from ctgsite.errors import ConfigError, Problem, PublicationError
from ctgsite.knowledge import known
from ctgsite.pages.banners import banner
from ctgsite.pipeline import build
from ctgsite.site import manifest
from ctgsite.site.booklet.build import make_booklet
from ctgsite.site.booklet.model import Cover, Partner
from ctgsite.site.inputs import day_of_build
from ctgsite.site.publication import write_atomically
from ctgsite.site.resources import find_resources

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Printed:
    """What `pdf` wrote."""

    path: Path
    pages: int
    chapters: int
    size: int
    problems: tuple[Problem, ...] = ()


def write_pdf(
    workspace: Path, slug: str, target: Path, store: Path | None, report: Report = lambda _: None
) -> Printed:
    """Write the whole diagnostic of a territory as a PDF.

    Args:
        workspace: holds `territories/`.
        slug: the territory.
        target: the file to write, or to replace.
        store: figures of one's own, before the embedded ones.
        report: told of each step.

    Raises:
        CtgsiteError: the site cannot be built, or Chromium cannot print it.
    """
    _check_target(target)
    territories, problems = load_territories(workspace, (slug,), known(store), day_of_build())
    if not territories:
        raise ConfigError(problems)
    with TemporaryDirectory(prefix="ctgsite-") as name:
        folder = Path(name)
        report(f"{slug} : construction du site")
        built = build(
            workspace, (slug,), folder / "site", workers=1, store=store, keep_docs=folder / "docs"
        )
        found = (*built.problems, *(one for result in built.results for one in result.problems))
        if not built.ok:
            raise PublicationError(found)
        report(f"{slug} : mise en pages du document")
        project = yaml.safe_load((folder / "docs" / slug / "mkdocs.yml").read_text("utf-8"))
        cover = _cover(territories[0], project["extra"]["ctgsite"]["note"])
        booklet = make_booklet(
            cover, project["nav"], folder / "site" / slug, find_resources(workspace)
        )
    write_atomically(target, booklet.content)
    return Printed(
        target,
        booklet.pages,
        booklet.chapters,
        len(booklet.content),
        (*found, *booklet.problems),
    )


def _check_target(target: Path) -> None:
    """Refuse a file whose folder does not exist, or is one that sites are published from."""
    if not target.parent.is_dir():
        raise PublicationError(Problem(f"le dossier « {target.parent} » n’existe pas : créez-le"))
    if any(manifest.is_ours(folder) for folder in (target.parent, *target.parent.parents)):
        message = (
            f"« {target.parent} » est le dossier d’un site publié, que la prochaine construction "
            "remplace : choisissez un autre dossier avec --output"
        )
        raise PublicationError(Problem(message))


def _cover(territory: Territory, sources: str) -> Cover:
    period = f" {territory.period.start}-{territory.period.end}" if territory.period else ""
    return Cover(
        name=territory.name,
        occasion=f"Convention territoriale globale{period}",
        notice=banner(territory),
        publisher=territory.publisher.body,
        public_url=str(territory.public_url or ""),
        sources=sources,
        day=day_of_build(),
        partners=tuple(
            Partner(one.name, one.role, str(one.logo) if one.shows_logo else "")
            for one in territory.signatories
        ),
    )
