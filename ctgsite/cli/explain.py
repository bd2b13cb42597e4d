"""`explain`: where one figure comes from, commune by commune."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ctgsite.cli import options
from ctgsite.cli.printing import failure_told, print_json
from ctgsite.errors import ConfigError, Problem

if TYPE_CHECKING:
    from ctgsite.diagnostic.explanation import Explanation
    from ctgsite.geography.areas import Area
    from ctgsite.indicators.catalogue import Catalogue
    from ctgsite.indicators.measures import Measure
    from ctgsite.indicators.model import Indicator

LEVELS = ("commune", "epci", "departement", "region", "france")


@click.command(params=[options.DEBUG])
@click.argument("indicateur", metavar="INDICATEUR")
@click.argument("code", metavar="CODE")
@click.option("--annee", metavar="AAAA", help="Année du chiffre (par défaut : la dernière).")
@click.option(
    "--niveau", type=click.Choice(LEVELS), help="Niveau de CODE, où un même code en a plusieurs."
)
@options.store_to_read
@options.as_json
def explain(
    indicateur: str,
    code: str,
    annee: str | None,
    niveau: str | None,
    store: Path | None,
    as_json: bool,
) -> None:
    """Explique d’où vient un chiffre.

    INDICATEUR est un identifiant du catalogue, ou un libellé ; CODE, le code officiel d’une
    commune, d’un EPCI, d’un département ou d’une région, FRANCE, ou le nom d’un fichier de
    territories/ sans « .yml » (le seul qui connaisse aussi les indicateurs propres à ce
    territoire).
    Formule, sources, part de chaque commune, comparaisons, position et limites.
    """
    from ctgsite.pages.explanation import explanation_text

    workspace = Path.cwd()
    with failure_told(as_json=as_json, workspace=workspace):
        found = _explained(workspace, indicateur, code, annee, niveau, options.store_if_any(store))
    if as_json:
        print_json(_as_json(found))
    else:
        click.echo(explanation_text(found))


def _explained(
    workspace: Path, name: str, code: str, year: str | None, level: str | None, store: Path | None
) -> Explanation:
    from ctgsite import beside, knowledge
    from ctgsite.config.loader import find_territories, load_territories
    from ctgsite.diagnostic import explanation, target

    slugs = {path.stem for path in find_territories(workspace)}
    if code in slugs and level is None:
        territories, problems = load_territories(workspace, (code,), knowledge.known(store))
        if not territories:
            raise ConfigError(problems)
        local = beside.read_local(workspace, territories[0], store)
        setting, evidence = target.setting_of(territories[0], knowledge.evidence(store), local)
        indicator = _indicator(name, evidence.catalogue)
    else:
        indicator = _indicator(name, knowledge.catalogue())
        area = _area(code, level, slugs, store)
        evidence = knowledge.evidence(store)
        setting = target.setting_of_area(area, evidence)
    if year is not None:
        _check_year(indicator, year, evidence.figures.all_years(indicator.id))
    return explanation.explain(indicator, setting, evidence, year)


def _indicator(name: str, catalogue: Catalogue) -> Indicator:
    """Return the indicator that an id names, or a label whatever its accents and its case."""
    from ctgsite.config.spelling import fold, nearest

    indicators = catalogue.indicators
    named = {indicator.label: indicator for indicator in indicators.values()}
    if name in indicators:
        return indicators[name]
    if found := [item for label, item in named.items() if fold(label) == fold(name)]:
        return found[0]
    near = nearest(name, (*indicators, *named))
    known = near and (near if near in indicators else named[near].id)
    hint = f"vouliez-vous dire « {known} » ?" if known else "« ctgsite catalogue » les donne tous"
    raise ConfigError(Problem(f"indicateur inconnu « {name} » : {hint}"))


def _area(code: str, level: str | None, slugs: set[str], store: Path | None) -> Area:
    """Return the area that a code names, or say which is nearest."""
    from ctgsite import knowledge
    from ctgsite.config.spelling import nearest
    from ctgsite.diagnostic.target import areas_with_code, likely_level

    geography = knowledge.geography(store)
    if level is not None:
        return geography.area(level, code)
    if found := tuple(areas_with_code(code, geography)):
        for other in found[1:]:
            told = f"« {code} » est aussi {other.name} : --niveau {other.level}"
            click.echo(told, err=True)
        return found[0]
    if not code[:1].isdigit() and (near := nearest(code, slugs)):
        message = f"territoire inconnu « {code} » : vouliez-vous dire « {near} » ?"
        raise ConfigError(Problem(message))
    return geography.area(likely_level(code), code)


def _check_year(indicator: Indicator, year: str, known: tuple[str, ...]) -> None:
    if year not in known:
        years = ", ".join(known) or "aucune"
        message = f"« {indicator.id} » n’a pas de chiffre de « {year} » (années : {years})"
        raise ConfigError(Problem(message))


def _as_json(found: Explanation) -> dict[str, Any]:
    from ctgsite.pages.formulas import formula_words

    finding = found.finding
    indicator = finding.indicator
    return {
        "indicator": indicator.id,
        "label": indicator.label,
        "definition": indicator.definition,
        "unit": indicator.unit,
        "area": _area_as_json(finding.area),
        "formulas": [formula_words(formula).replace("`", "") for formula in found.formulas],
        "variables": list(found.variables),
        "measure": _measure_as_json(finding.measure),
        "terms": {m.indicator: _measure_as_json(m) for m in found.terms},
        "sources": list(found.sources),
        "adds_up": found.adds_up,
        "parts": [
            {**_area_as_json(p.area), **_measure_as_json(p.measure), "share": p.share}
            for p in found.parts
        ],
        "total": found.total,
        "comparisons": [
            {
                **_area_as_json(c.comparison.benchmark),
                **_measure_as_json(c.comparison.there),
                "verdict": c.comparison.verdict,
                "margin": c.margin,
            }
            for c in found.contrasts
        ],
        "positions": list(finding.positions),
        "standing": finding.standing,
        "trend": None
        if finding.trend is None
        else {
            "first": _measure_as_json(finding.trend.first),
            "last": _measure_as_json(finding.trend.last),
            "change": finding.trend.change,
            "verdict": finding.trend.verdict,
        },
        "breaks": [
            {"year": year, "reason": why} for year, why in indicator.breaks_at(finding.area.level)
        ],
        "limits": indicator.limits,
    }


def _area_as_json(area: Area) -> dict[str, Any]:
    return {"level": area.level, "code": area.code, "name": area.name}


def _measure_as_json(measure: Measure) -> dict[str, Any]:
    names = ("year", "value", "numerator", "denominator", "status", "vintage", "caution", "note")
    return {name: getattr(measure, name) for name in names}
