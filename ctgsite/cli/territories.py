"""`new`, `check`, `build` and `serve`: what one does with a territory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ctgsite.cli import options
from ctgsite.cli.printing import (
    count,
    failure_told,
    on_terminal,
    print_json,
    print_problems,
    problem_as_json,
    progress,
)
from ctgsite.errors import Problem

if TYPE_CHECKING:
    from ctgsite.pipeline import BuildReport, TerritoryResult

ENGINES = ("mkdocs", "properdocs", "zensical")


@click.command(params=[options.DEBUG])
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@click.option("--nom", metavar="NOM", help="Nom du territoire ; obligatoire pour un groupe.")
def new(codes: tuple[str, ...], nom: str | None) -> None:
    """Crée le fichier d’un territoire.

    CODE est le code officiel d’une commune (31557), d’un EPCI (200068815) ou d’un département (41).
    Plusieurs communes forment un groupe, auquel il faut un nom. Un fichier existant n’est jamais
    remplacé.
    """
    from ctgsite import pipeline

    if len(codes) > 1 and not nom:
        raise click.UsageError("plusieurs codes forment un groupe : nommez-le avec --nom")
    path = pipeline.scaffold(Path.cwd(), codes, nom)
    shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    click.echo(f"{shown} est écrit : complétez-le, puis lancez « ctgsite build {path.stem} ».")


@click.command(params=[options.DEBUG])
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@options.store_to_read
@options.as_json
@options.quiet
def check(slugs: tuple[str, ...], store: Path | None, as_json: bool, quiet: bool) -> None:
    """Vérifie les territoires sans rien écrire.

    Tous les territoires, ou ceux que nomme SLUG (le nom de leur fichier, sans « .yml »). Pour un
    territoire à l’état de projet, liste aussi ce qu’il reste à écrire avant « statut: adopte ».
    """
    from ctgsite import pipeline

    workspace = Path.cwd()
    with failure_told(as_json=as_json, workspace=workspace):
        problems = pipeline.check(workspace, slugs, options.store_if_any(store))
    left = pipeline.before_adoption(workspace, slugs)
    print_problems(problems, workspace)
    errors = [problem for problem in problems if not problem.warning]
    if as_json:
        shown = [problem_as_json(problem, workspace) for problem in problems]
        missing = [problem_as_json(one, workspace) | {"severity": "information"} for one in left]
        print_json({"ok": not errors, "problems": shown, "before_adoption": missing})
    elif not quiet:
        click.echo(_verdict(problems))
        if left:
            click.echo("À écrire avant « statut: adopte » :")
            for one in left:
                click.echo(f"  {one}")
    raise click.exceptions.Exit(1 if errors else 0)


@click.command(params=[options.DEBUG])
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option(
    "--output",
    type=options.folder(),
    default=Path("site"),
    show_default=True,
    metavar="DOSSIER",
    help="Dossier du portail.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="mkdocs",
    show_default=True,
    help="Moteur du site.",
)
@click.option(
    "--workers", type=click.IntRange(min=1), metavar="N", help="Nombre de territoires à la fois."
)
@click.option("--force", is_flag=True, help="Reconstruit même ce qui n’a pas changé.")
@click.option("--strict", is_flag=True, help="Traite les avertissements comme des erreurs.")
@options.store_to_read
@options.as_json
@options.quiet
def build(
    slugs: tuple[str, ...], output: Path, store: Path | None, as_json: bool, quiet: bool, **how: Any
) -> None:
    """Construit les sites et leur portail.

    Tous les sites, ou ceux que nomme SLUG (le nom de leur fichier, sans « .yml »). Ce qui n’a pas
    changé n’est pas reconstruit ; un territoire en échec n’arrête pas les autres.
    """
    from ctgsite import pipeline

    workspace = Path.cwd()
    silent = quiet or as_json
    with failure_told(as_json=as_json, workspace=workspace), progress(silent=silent) as report:
        built = pipeline.build(
            workspace,
            slugs,
            workspace / output,
            store=options.store_if_any(store),
            report=report,
            **how,
        )
    print_problems(_all_problems(built), workspace)
    if as_json:
        print_json(_build_as_json(built, workspace))
    elif not quiet:
        for result in built.results if on_terminal() else ():
            click.echo(_result_line(result))
        click.echo(_build_verdict(built, output))
    raise click.exceptions.Exit(0 if built.ok else 1)


@click.command(params=[options.DEBUG])
@click.argument("slug", metavar="SLUG")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    metavar="N",
    help="Port local.",
)
@options.store_to_read
def serve(slug: str, port: int, store: Path | None) -> None:
    """Montre un site pendant qu’on l’écrit.

    Chaque modification de ses fichiers s’y voit en quelques secondes. Ctrl+C l’arrête.
    """
    from ctgsite import pipeline

    pipeline.serve(Path.cwd(), slug, port, options.store_if_any(store), click.echo)


def _all_problems(built: BuildReport) -> tuple[Problem, ...]:
    return (*built.problems, *(found for result in built.results for found in result.problems))


def _verdict(problems: Sequence[Problem]) -> str:
    warnings = sum(problem.warning for problem in problems)
    errors = len(problems) - warnings
    if not problems:
        return "Aucun problème."
    found = count(errors, "erreur", "erreurs")
    return f"{found}, {count(warnings, 'avertissement', 'avertissements')}."


def _result_line(result: TerritoryResult) -> str:
    if result.state == "échec":
        return f"{result.slug} : échec"
    megabytes = f"{result.bytes / 1e6:.1f}".replace(".", ",")
    seconds = f"{result.seconds:.1f}".replace(".", ",")
    pages = count(result.pages, "page", "pages")
    charts = count(result.charts, "graphique", "graphiques")
    return f"{result.slug} : {result.state} ({pages}, {charts}, {megabytes} Mo, {seconds} s)"


def _build_verdict(built: BuildReport, output: Path) -> str:
    done = sum(result.state != "échec" for result in built.results)
    failed = len(built.results) - done
    sites = f"{count(done, 'site', 'sites')} dans {output}/"
    return f"{sites} ; {count(failed, 'échec', 'échecs')}." if failed else f"{sites}."


def _build_as_json(built: BuildReport, workspace: Path) -> dict[str, Any]:
    return {
        "ok": built.ok,
        "territories": [
            {
                "slug": result.slug,
                "state": result.state,
                "pages": result.pages,
                "charts": result.charts,
                "bytes": result.bytes,
                "seconds": result.seconds,
                "problems": [problem_as_json(found, workspace) for found in result.problems],
            }
            for result in built.results
        ],
        "problems": [problem_as_json(found, workspace) for found in built.problems],
    }
