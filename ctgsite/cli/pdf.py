"""`pdf`: the whole diagnostic as one document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ctgsite.cli import options
from ctgsite.cli.printing import count, failure_told, print_json, print_problems, progress

if TYPE_CHECKING:
    from ctgsite.printing import Printed


@click.command(params=[options.DEBUG])
@click.argument("slug", metavar="SLUG")
@click.option(
    "--output",
    type=options.file_to_write(),
    metavar="FICHIER",
    help="Fichier à écrire (par défaut : SLUG.pdf, dans le dossier courant).",
)
@options.store_to_read
@options.as_json
@options.quiet
def pdf(slug: str, output: Path | None, store: Path | None, as_json: bool, quiet: bool) -> None:
    """Fait du diagnostic entier un seul document PDF.

    Couverture, sommaire, signets, et les pages du site dans l’ordre du menu, celles des communes
    membres mises à part. Il faut Chromium sur cette machine. Un PDF existant est remplacé.
    """
    from ctgsite.printing import write_pdf

    workspace = Path.cwd()
    target = workspace / (output or f"{slug}.pdf")
    with (
        failure_told(as_json=as_json, workspace=workspace),
        progress(silent=quiet or as_json) as report,
    ):
        printed = write_pdf(workspace, slug, target, options.store_if_any(store), report)
    print_problems(printed.problems, workspace)
    if as_json:
        print_json(_as_json(printed, workspace))
    elif not quiet:
        click.echo(_told(printed, workspace))


def _shown(path: Path, workspace: Path) -> Path:
    return path.relative_to(workspace) if path.is_relative_to(workspace) else path


def _told(printed: Printed, workspace: Path) -> str:
    megabytes = f"{printed.size / 1e6:.1f}".replace(".", ",")
    pages = count(printed.pages, "page", "pages")
    chapters = count(printed.chapters, "chapitre", "chapitres")
    return f"{_shown(printed.path, workspace)} est écrit : {pages}, {chapters}, {megabytes} Mo."


def _as_json(printed: Printed, workspace: Path) -> dict[str, object]:
    return {
        "ok": True,
        "file": str(_shown(printed.path, workspace)),
        "pages": printed.pages,
        "chapters": printed.chapters,
        "bytes": printed.size,
    }
