"""`data`: producers' files into the local store, what it holds, and the embedded snapshot."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

import ctgsite
from ctgsite.cli import options
from ctgsite.cli.printing import print_json, print_table, progress

if TYPE_CHECKING:
    from ctgsite.sources.store import DatasetStatus

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
    from ctgsite import pipeline

    with progress(silent=quiet) as report:
        pipeline.import_data(paths, options.local_store(store), report)


@data.command(params=[options.DEBUG])
@options.store_to_read
@options.as_json
def status(store: Path | None, as_json: bool) -> None:
    """Liste les sources du magasin, leurs millésimes et leur couverture."""
    from ctgsite import pipeline

    datasets = pipeline.data_status(options.store_if_any(store))
    if as_json:
        print_json({"datasets": [asdict(dataset) for dataset in datasets]})
        return
    print_table(("SOURCE", "MILLÉSIMES", "COUVERTURE", "ÂGE"), map(_status_row, datasets))


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
    """Écrit les données livrées avec ctgsite, à partir du magasin."""
    from ctgsite import pipeline

    with progress(silent=quiet) as report:
        pipeline.write_snapshot(options.local_store(store), Path.cwd() / output, report)


def _status_row(dataset: DatasetStatus) -> tuple[str, ...]:
    return (dataset.dataset,)
