"""`catalogue`: the indicators, as a table, as JSON or as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import click

from ctgsite.cli import options
from ctgsite.cli.printing import print_json, print_table

if TYPE_CHECKING:
    from ctgsite.indicators.catalogue import Catalogue
    from ctgsite.indicators.model import Formula, Indicator
    from ctgsite.sources.descriptions import Description, Group

_ANY_YEAR = "{aaaa}"


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A dataset that an indicator is computed from, and the editions it can use."""

    dataset: str
    title: str
    producer: str
    vintages: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.producer}, {self.title} ({', '.join(self.vintages)})"


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
    from ctgsite import knowledge
    from ctgsite.sources.descriptions import load_descriptions

    found, datasets = knowledge.catalogue(), load_descriptions()
    if form == "json":
        entries = [_entry(one, datasets) for one in found.indicators.values()]
        print_json({"indicators": entries})
    elif form == "md":
        click.echo("\n".join(_markdown(found, datasets)))
    else:
        headings = ("IDENTIFIANT", "LIBELLÉ", "DÉFINITION", "UNITÉ", "SOURCES ET MILLÉSIMES")
        print_table(headings, (_cells(one, datasets) for one in found.indicators.values()))


def cited_sources(
    indicator: Indicator, datasets: Mapping[str, Description]
) -> tuple[CitedSource, ...]:
    """Return each dataset of an indicator once, the one preferred first."""
    vintages: dict[str, dict[str, None]] = {}
    for formula in (one for written in indicator.formulas for one in written.reading):
        found = vintages.setdefault(formula.dataset, {})
        found.update(dict.fromkeys(_vintages(formula, datasets[formula.dataset])))
    return tuple(
        CitedSource(name, datasets[name].title, datasets[name].producer, tuple(found))
        for name, found in vintages.items()
    )


def _vintages(formula: Formula, description: Description) -> Iterator[str]:
    """Yield the editions that hold what a formula reads in its own dataset."""
    for term in (*formula.numerator, *formula.denominator):
        if term.dataset not in (None, formula.dataset):
            continue
        years = (term.year,) if term.year else formula.years
        for spec in description.files:
            computed = {item.variable for item in spec.complements}
            for group in spec.groups:
                if term.variable in group.columns or term.variable in computed:
                    yield from _editions(group, years)


def _editions(group: Group, years: tuple[str, ...]) -> Iterator[str]:
    """Yield the editions of a group of columns for some years; no year named asks for all."""
    if _ANY_YEAR not in group.vintage:
        if not years or _ANY_YEAR in group.year or group.year in years:
            yield group.vintage
    elif years:
        yield from (group.vintage.replace(_ANY_YEAR, year) for year in years)
    else:
        series = group.vintage.replace(_ANY_YEAR, "").strip()
        yield f"{series} de chaque année" if series else "chaque année"


def _entry(indicator: Indicator, datasets: Mapping[str, Description]) -> dict[str, Any]:
    return {
        "id": indicator.id,
        "label": indicator.label,
        "theme": indicator.theme,
        "definition": indicator.definition,
        "unit": indicator.unit,
        "levels": list(indicator.levels),
        "sources": [asdict(source) for source in cited_sources(indicator, datasets)],
    }


def _cells(indicator: Indicator, datasets: Mapping[str, Description]) -> tuple[str, ...]:
    sources = " ; ".join(map(str, cited_sources(indicator, datasets)))
    words = (indicator.id, indicator.label, indicator.definition, indicator.unit, sources)
    return tuple(" ".join(word.split()) for word in words)


def _markdown(found: Catalogue, datasets: Mapping[str, Description]) -> Iterator[str]:
    yield "# Catalogue des indicateurs"
    for theme in found.themes.values():
        if indicators := found.of_theme(theme.slug):
            yield f"\n## {theme.title}\n"
            yield "| Identifiant | Libellé | Définition | Unité | Sources et millésimes |"
            yield "| --- | --- | --- | --- | --- |"
            for indicator in indicators:
                name, *words = (word.replace("|", "/") for word in _cells(indicator, datasets))
                yield f"| `{name}` | {' | '.join(words)} |"
