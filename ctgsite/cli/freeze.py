"""`freeze`: keep the figures of a diagnostic on the day it is adopted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ctgsite.cli import options
from ctgsite.cli.printing import count, failure_told, print_json, print_problems

if TYPE_CHECKING:
    from ctgsite.freezing import Frozen


@click.command(params=[options.DEBUG])
@click.argument("slug", metavar="SLUG")
@click.option(
    "--edition",
    metavar="NOM",
    help="Nom de l’édition (par défaut : la première année de la convention).",
)
@options.store_to_read
@options.as_json
def freeze(slug: str, edition: str | None, store: Path | None, as_json: bool) -> None:
    """Fige les chiffres d’un diagnostic adopté.

    Écrit territories/SLUG/editions/NOM.csv : les chiffres du territoire et de ses comparaisons tels
    qu’ils sont aujourd’hui, à pleine précision. Un fichier existant n’est jamais remplacé. Les
    constructions suivantes du site comparent à cette édition. Les résultats publiés des
    questionnaires sont gardés à côté d’eux : le site les montre encore quand les réponses sont
    supprimées.
    """
    from ctgsite import freezing

    workspace = Path.cwd()
    with failure_told(as_json=as_json, workspace=workspace):
        frozen = freezing.freeze(workspace, slug, edition, options.store_if_any(store))
    print_problems(frozen.problems, workspace)
    if as_json:
        print_json(_as_json(frozen, workspace))
    else:
        click.echo(_told(frozen, slug, workspace))


def _told(frozen: Frozen, slug: str, workspace: Path) -> str:
    shown = frozen.path.relative_to(workspace)
    held = count(frozen.figures, "chiffre", "chiffres")
    own = count(frozen.indicators, "indicateur", "indicateurs")
    told = f"{shown} est écrit : {held}, dont {own} du territoire"
    cited = count(frozen.cited, "sert", "servent")
    lines = [f"{told} ; {cited} d’appui aux priorités."]
    lines += [
        f"{path.relative_to(workspace)} garde les résultats publiés de ce questionnaire."
        for path in frozen.surveys
    ]
    if frozen.declaration:
        lines += [f"Déclarez cette édition dans territories/{slug}.yml :", "", frozen.declaration]
    return "\n".join(lines)


def _as_json(frozen: Frozen, workspace: Path) -> dict[str, object]:
    return {
        "ok": True,
        "file": str(frozen.path.relative_to(workspace)),
        "edition": frozen.edition,
        "figures": frozen.figures,
        "indicators": frozen.indicators,
        "cited": frozen.cited,
        "declaration": frozen.declaration,
        "surveys": [str(path.relative_to(workspace)) for path in frozen.surveys],
    }
