"""Options that several commands share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click


def folder(*, exists: bool = False) -> click.Path:
    """Return the type of an option that names a folder."""
    kind = click.Path(exists=exists, file_okay=False, path_type=Path)
    kind.name = "dossier"
    return kind


def existing_path() -> click.Path:
    """Return the type of an argument that names a file or folder that must exist."""
    kind = click.Path(exists=True, path_type=Path)
    kind.name = "chemin"
    return kind


def file_to_write() -> click.Path:
    """Return the type of an option that names a file to write."""
    kind = click.Path(dir_okay=False, path_type=Path)
    kind.name = "fichier"
    return kind


@dataclass(slots=True)
class Run:
    """What a whole run was asked for, wherever on the line it was said."""

    debug: bool = False


def _remember_debug(context: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(Run).debug = True


DEBUG = click.Option(
    ["--debug"],
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_remember_debug,
    help="Affiche le détail technique d’une erreur inattendue.",
)

store_to_fill = click.option(
    "--store",
    type=folder(),
    metavar="DOSSIER",
    help="Entrepôt de données (par défaut : le cache de l’utilisateur).",
)
store_to_read = click.option(
    "--store",
    type=folder(exists=True),
    metavar="DOSSIER",
    help="Entrepôt de données (par défaut : le cache de l’utilisateur, sinon les données livrées).",
)
mirror = click.option(
    "--mirror",
    envvar="CTGSITE_MIRROR",
    default="",
    metavar="ADRESSE",
    help="Miroir des sites des producteurs, qui sert https://hôte/chemin à ADRESSE/hôte/chemin.",
)
as_json = click.option("--json", "as_json", is_flag=True, help="Résultat en JSON.")
quiet = click.option("--quiet", "-q", is_flag=True, help="N’affiche que les erreurs.")


def local_store(chosen: Path | None) -> Path:
    """Return the store to fill: the one chosen, or the user's own."""
    import platformdirs

    return chosen or platformdirs.user_cache_path("ctgsite") / "store"


def store_if_any(chosen: Path | None) -> Path | None:
    """Return the store to read, or nothing where only the embedded snapshot exists."""
    from ctgsite.sources.store import is_store

    store = local_store(chosen)
    return store if chosen or is_store(store) else None
