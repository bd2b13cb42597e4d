"""`data`: producers' files into the local store, what it holds, and the embedded snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import ctgsite
from ctgsite.cli import options
from ctgsite.cli.printing import (
    count,
    downloads_told,
    failure_told,
    print_json,
    print_problems,
    print_table,
    progress,
)
from ctgsite.errors import ConfigError, Problem

if TYPE_CHECKING:
    from ctgsite.sources.addresses import Download
    from ctgsite.sources.fetching.fetching import FetchReport
    from ctgsite.sources.fetching.newer import Checked
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
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
@click.option("--offline", is_flag=True, help="Sans réseau : importe ce qui a déjà été téléchargé.")
@click.option(
    "--force", is_flag=True, help="Accepte un fichier qui change beaucoup de ses chiffres."
)
@options.mirror
@options.store_to_fill
@options.quiet
def fetch(
    sources: tuple[str, ...],
    offline: bool,
    force: bool,
    mirror: str,
    store: Path | None,
    quiet: bool,
) -> None:
    """Télécharge les fichiers des producteurs, puis les importe.

    SOURCE est un jeu de « data status », ou « geographie » ; sans SOURCE, tout ce qui se
    télécharge. Un
    téléchargement interrompu reprend où il s’est arrêté, un fichier inchangé n’est pas redemandé.
    """
    from ctgsite import knowledge
    from ctgsite.sources.changes import held_back
    from ctgsite.sources.fetching.client import Client
    from ctgsite.sources.importing import accept

    chosen = options.local_store(store)
    wanted = _wanted(sources, chosen)
    client = None if offline else Client(mirror)
    judge = accept if force else held_back
    with progress(silent=quiet) as report:
        told = downloads_told(report, silent=quiet)
        found = knowledge.fetch_data(wanted, chosen, client, judge, told, report)
    print_problems(found.problems, Path.cwd())
    if not quiet:
        for line in _fetch_lines(found, chosen):
            click.echo(line)
    failed = any(not problem.warning for problem in found.problems)
    raise click.exceptions.Exit(1 if failed else 0)


@data.command(params=[options.DEBUG])
@click.option("--check", is_flag=True, help="Demande aux producteurs s’ils ont plus récent.")
@options.mirror
@options.store_to_read
@options.as_json
def status(check: bool, mirror: str, store: Path | None, as_json: bool) -> None:
    """Liste les sources de l’entrepôt, leurs millésimes et leur couverture."""
    from ctgsite import knowledge

    with failure_told(as_json=as_json, workspace=Path.cwd()):
        datasets = knowledge.data_status(options.store_if_any(store))
        news = _news(datasets, mirror) if check else {}
    if as_json:
        told = ({**asdict(found), **_news_as_json(news.get(found.dataset))} for found in datasets)
        print_json({"datasets": list(told)})
        return
    headings = ("JEU", "TITRE", "MILLÉSIMES", "COUVERTURE", "ÂGE")
    if not check:
        print_table(headings, map(_status_row, datasets))
        return
    rows = ((*_status_row(found), news[found.dataset].told) for found in datasets)
    print_table((*headings, "CHEZ LE PRODUCTEUR"), rows)


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


def _wanted(names: Sequence[str], store: Path) -> Mapping[str, Sequence[Download]]:
    """Return the files to fetch: those of the sources named, or all.

    Raises:
        ConfigError: a name is no source.
    """
    from ctgsite import knowledge
    from ctgsite.config.spelling import suggestion

    known = knowledge.fetchable(store)
    lost = [name for name in names if name not in known]
    if lost:
        raise ConfigError(
            Problem(f"source « {name} » inconnue, ou qui ne se télécharge pas{hint}")
            for name in lost
            for hint in (suggestion(name, known),)
        )
    return {name: known[name] for name in names or known}


def _news(datasets: Sequence[DatasetStatus], mirror: str) -> dict[str, Checked]:
    from ctgsite import knowledge
    from ctgsite.sources.fetching.client import Client

    return {found.dataset: found for found in knowledge.data_news(datasets, Client(mirror))}


def _news_as_json(checked: Checked | None) -> dict[str, Any]:
    return {} if checked is None else {"news": str(checked.news), "news_told": checked.told}


def _fetch_lines(found: FetchReport, store: Path) -> Iterator[str]:
    brought = count(len(found.fresh), "fichier téléchargé", "fichiers téléchargés")
    same = count(len(found.unchanged), "inchangé", "inchangés")
    yield f"{brought}, {same}"
    yield from _import_lines(found.imported, store)


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
