"""`data`: producers' files into the local store, what it holds, and the embedded snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

import ctgsite
from ctgsite.cli import options
from ctgsite.cli.printing import (
    count,
    failure_told,
    print_json,
    print_problems,
    print_table,
    progress,
)

if TYPE_CHECKING:
    from ctgsite.sources.importing import ImportReport
    from ctgsite.sources.status import DatasetStatus

LEVELS = {
    "commune": ("commune", "communes"),
    "epci": ("EPCI", "EPCI"),
    "departement": ("département", "départements"),
    "region": ("région", "régions"),
}
SNAPSHOT = Path(ctgsite.__file__).parent / "snapshot"


@click.group(subcommand_metavar="COMMANDE [ARGUMENTS]...", params=[options.DEBUG])
def data() -> None:
    """Importe et décrit les données publiées."""


@data.command("import", params=[options.DEBUG])
@click.argument("paths", metavar="CHEMIN...", nargs=-1, required=True, type=options.existing_path())
@options.store_to_fill
@options.quiet
def import_(paths: tuple[Path, ...], store: Path | None, quiet: bool) -> None:
    """Lit des fichiers de producteurs, ou des dossiers qui en contiennent."""
    from ctgsite import knowledge

    chosen = options.local_store(store)
    with progress(silent=quiet) as report:
        found = knowledge.import_data(paths, chosen, report)
    print_problems(found.problems, Path.cwd())
    if not quiet:
        for line in _import_lines(found, chosen):
            click.echo(line)
    failed = any(not problem.warning for problem in found.problems)
    raise click.exceptions.Exit(1 if failed else 0)


@data.command(params=[options.DEBUG])
@options.store_to_read
@options.as_json
def status(store: Path | None, as_json: bool) -> None:
    """Liste les sources de l’entrepôt, leurs millésimes et leur couverture."""
    from ctgsite import knowledge

    with failure_told(as_json=as_json, workspace=Path.cwd()):
        datasets = knowledge.data_status(options.store_if_any(store))
    if as_json:
        print_json({"datasets": [asdict(dataset) for dataset in datasets]})
        return
    headings = ("JEU", "TITRE", "MILLÉSIMES", "COUVERTURE", "ÂGE")
    print_table(headings, map(_status_row, datasets))


@data.command(params=[options.DEBUG])
@click.option(
    "--output",
    type=options.folder(),
    default=SNAPSHOT,
    metavar="DOSSIER",
    help="Dossier à écrire (par défaut : les données livrées avec ctgsite).",
)
@options.store_to_read
@options.quiet
def snapshot(output: Path, store: Path | None, quiet: bool) -> None:
    """Écrit les données livrées avec ctgsite, à partir de l’entrepôt."""
    from ctgsite import knowledge

    with progress(silent=quiet) as report:
        written = knowledge.write_snapshot(options.local_store(store), Path.cwd() / output, report)
    if not quiet:
        size = sum(path.stat().st_size for path in written) / 1e6
        files = count(len(written), "fichier écrit", "fichiers écrits")
        click.echo(f"{files} dans {output} ({size:.1f} Mo)".replace(".", ","))


def _import_lines(found: ImportReport, store: Path) -> Iterator[str]:
    for item in found.imported:
        vintages = ", ".join(item.vintages)
        rows = count(item.rows, "ligne", "lignes")
        yield f"{item.path.name} : {item.dataset} ({vintages}), {rows}"
    if found.ignored:
        left = count(len(found.ignored), "fichier laissé de côté", "fichiers laissés de côté")
        yield f"{left} :"
        for reason in dict.fromkeys(reason for _, reason in found.ignored):
            names = ", ".join(path.name for path, why in found.ignored if why == reason)
            yield f"  {reason} : {names}"
    done = count(len(found.imported), "fichier importé", "fichiers importés")
    yield f"{done} dans {store}"


def _status_row(dataset: DatasetStatus) -> tuple[str, ...]:
    counts = [
        count(dataset.areas[at], *names) for at, names in LEVELS.items() if at in dataset.areas
    ]
    covered = ", ".join([*counts, "France"] if "france" in dataset.areas else counts)
    age = "livré avec ctgsite" if dataset.age is None else count(dataset.age, "jour", "jours")
    return (dataset.dataset, dataset.title, ", ".join(dataset.vintages), covered, age)
