"""`catalogue`: the indicators, as a table, as JSON or as Markdown."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ctgsite.cli import options
from ctgsite.cli.printing import print_json, print_table

if TYPE_CHECKING:
    from ctgsite.indicators.model import Indicator

HEADINGS = ("IDENTIFIANT", "LIBELLÉ", "DÉFINITION", "UNITÉ", "SOURCES ET MILLÉSIMES")


@click.command(params=[options.DEBUG])
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", "md")),
    default="table",
    show_default=True,
    help="Forme du résultat.",
)
def catalogue(form: str) -> None:
    """Liste les indicateurs et leurs sources.

    Pour chacun : identifiant, libellé, définition, unité, sources et millésimes ; en JSON et en
    Markdown, aussi le calcul, les limites, les ruptures de série et la question à poser.
    """
    from ctgsite import knowledge

    found = knowledge.catalogue()
    if form == "json":
        print_json({"indicators": [_as_json(one) for one in found.indicators.values()]})
    elif form == "md":
        click.echo(_as_markdown(), nl=False)
    else:
        print_table(HEADINGS, map(_cells, found.indicators.values()))


def _as_markdown() -> str:
    """Return the whole catalogue, by the templates of the workspace where it has its own."""
    from ctgsite import knowledge
    from ctgsite.pages.catalogue import catalogue_themes, render_catalogue
    from ctgsite.pages.templates import make_environment
    from ctgsite.site.resources import find_templates

    environment = make_environment(find_templates(Path.cwd()))
    return render_catalogue(catalogue_themes(knowledge.catalogue()), environment)


def _as_json(indicator: Indicator) -> dict[str, Any]:
    """Return an entry's fields; what is a code or a list for programs replaces its words."""
    from ctgsite.pages.catalogue import entry_of

    entry = asdict(entry_of(indicator))
    for of_a_site in ("years", "link"):
        del entry[of_a_site]
    return entry | {
        "unit": indicator.unit,
        "levels": list(indicator.levels),
        "caution_threshold": indicator.caution_threshold,
        "sources": [asdict(source) for source in indicator.citations],
    }


def _cells(indicator: Indicator) -> tuple[str, ...]:
    sources = " ; ".join(map(str, indicator.citations))
    words = (indicator.id, indicator.label, indicator.definition, indicator.unit, sources)
    return tuple(" ".join(word.split()) for word in words)
