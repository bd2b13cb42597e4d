"""Why an indicator has no figure for an area: a status and one French sentence."""

from __future__ import annotations

from ctgsite.geography.areas import Level
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import OFFICIAL_LEVELS, Indicator, Kind
from ctgsite.indicators.reach import names_of
from ctgsite.sources.descriptions import load_descriptions
from ctgsite.sources.observations import Status

_PUBLISHED = (Kind.PUBLIE, Kind.QUOTIENT_PUBLIE)

NOWHERE = "Non couvert : les données disponibles ne contiennent pas encore ce chiffre."
HERE = "Non couvert : ce territoire ne figure pas dans les données publiées."
WITHOUT_COUNTS = (
    "Non agrégeable : ce chiffre est publié sans les effectifs dont il est tiré, et ne "
    "s’additionne donc pas d’une commune à l’autre."
)


def missing_reason(indicator: Indicator, level: Level, figures: Figures) -> tuple[Status, str]:
    """Return the status and the reason that stand where an area has no measure at all."""
    if told := dict(indicator.absences).get(str(level)):
        return _status(indicator, level), told
    available = figures.levels(indicator.id)
    if not available:
        return Status.ABSENT, NOWHERE
    if level in indicator.levels or level in available:
        return _without_row(indicator, level, figures)
    status = _status(indicator, level)
    if status is Status.NON_AGREGEABLE:
        return status, WITHOUT_COUNTS
    return status, f"Publié seulement pour {names_of(frozenset(indicator.levels))}."


def _without_row(indicator: Indicator, level: Level, figures: Figures) -> tuple[Status, str]:
    """Return what it means that the producer's file has no row for an area of this level."""
    if level is not Level.COMMUNE:
        return Status.ABSENT, HERE
    rule = load_descriptions()[_dataset(indicator, figures)].no_row
    return Status(rule.status), rule.reason


def missing_measure(
    indicator: Indicator, level: Level, code: str, figures: Figures, year: str | None = None
) -> Measure:
    """Return the measure that says why an area has no figure.

    Its year is the latest that exists for the indicator, unless one is asked for.
    """
    status, reason = missing_reason(indicator, level, figures)
    years = figures.all_years(indicator.id)
    last = year or (years[-1] if years else "")
    dataset = _dataset(indicator, figures)
    return Measure(
        indicator.id, level, code, last, None, None, None, status, dataset, "", note=reason
    )


def _status(indicator: Indicator, level: Level) -> Status:
    """Tell a published figure that cannot be added up from one that simply is not there."""
    published = all(formula.kind in _PUBLISHED for formula in indicator.formulas)
    narrower = any(_narrower(claimed, level) for claimed in indicator.levels)
    return Status.NON_AGREGEABLE if published and narrower else Status.ABSENT


def _narrower(found: Level, level: Level) -> bool:
    if level in (Level.TERRITOIRE, Level.COMPARABLES):
        return True
    return OFFICIAL_LEVELS.index(found) < OFFICIAL_LEVELS.index(level)


def _dataset(indicator: Indicator, figures: Figures) -> str:
    """Return the first dataset of the formulas, among those that have figures where some do."""
    known = figures.datasets(indicator.id)
    names = [formula.dataset for formula in indicator.formulas]
    return next((name for name in names if name in known), names[0])
