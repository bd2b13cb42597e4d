"""`catalogue`: the indicators, as a table, as JSON or as Markdown."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from ctgsite.cli import options
from ctgsite.cli.printing import print_json, print_table

if TYPE_CHECKING:
    from ctgsite.indicators.catalogue import Catalogue
    from ctgsite.indicators.model import Indicator


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

    Pour chacun : identifiant, libellé, définition, unité, sources et millésimes.
    """
    from ctgsite import pipeline

    found = pipeline.catalogue()
    if form == "json":
        print_json({"indicators": [_entry(one) for one in found.indicators.values()]})
    elif form == "md":
        click.echo(_markdown(found))
    else:
        rows = ((one.id, one.label, one.unit, _sources(one)) for one in found.indicators.values())
        print_table(("IDENTIFIANT", "LIBELLÉ", "UNITÉ", "SOURCES ET MILLÉSIMES"), rows)


def _entry(indicator: Indicator) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "label": indicator.label,
        "theme": indicator.theme,
        "definition": indicator.definition,
        "unit": indicator.unit,
        "sources": [
            {
                "dataset": formula.dataset,
                "years": list(formula.years),
                "formula": asdict(formula),
            }
            for formula in indicator.formulas
        ],
    }


def _sources(indicator: Indicator) -> str:
    """Name each source once, with the years asked of it (none named: all that it has)."""
    years: dict[str, list[str]] = {}
    for formula in indicator.formulas:
        years.setdefault(formula.dataset, []).extend(formula.years)
    named = (
        f"{dataset} ({', '.join(sorted(set(found)))})" if found else dataset
        for dataset, found in years.items()
    )
    return " ; ".join(named)


def _markdown(found: Catalogue) -> str:
    lines = ["# Catalogue des indicateurs", ""]
    for theme in found.themes.values():
        indicators = found.of_theme(theme.slug)
        if not indicators:
            continue
        lines += [f"## {theme.title}", ""]
        lines += ["| Identifiant | Libellé | Définition | Unité | Sources et millésimes |"]
        lines += ["| --- | --- | --- | --- | --- |"]
        lines += [_row(indicator) for indicator in indicators]
        lines += [""]
    return "\n".join(lines)


def _row(indicator: Indicator) -> str:
    cells = (
        f"`{indicator.id}`",
        indicator.label,
        indicator.definition,
        indicator.unit,
        _sources(indicator),
    )
    return f"| {' | '.join(cell.replace('|', '/').replace(chr(10), ' ') for cell in cells)} |"
