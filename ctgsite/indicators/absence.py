"""Why an indicator has no figure for an area: a status and one French sentence."""

from __future__ import annotations

from ctgsite.geography.areas import Level
from ctgsite.indicators.figures import Figures
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import OFFICIAL_LEVELS, Formula, Indicator, Kind
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
    """Return the status and the reason that stand where an area has no measure at all.

    They are about the figures at hand: the catalogue may know a source that would have more.
    """
    if told := dict(indicator.absences).get(str(level)):
        return _status(indicator, level, figures), told
    available = _levels(indicator, figures)
    if not available:
        return Status.ABSENT, NOWHERE
    if level in available:
        return _without_row(indicator, level, figures)
    status = _status(indicator, level, figures)
    if status is Status.NON_AGREGEABLE:
        return status, WITHOUT_COUNTS
    return status, f"Publié seulement pour {names_of(frozenset(available))}."


def _without_row(indicator: Indicator, level: Level, figures: Figures) -> tuple[Status, str]:
    """Return what it means that the producer's file has no row for an area of this level."""
    if level is not Level.COMMUNE:
        return Status.ABSENT, HERE
    rule = load_descriptions()[_at_hand(indicator, figures)[0].dataset].no_row
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
    dataset = _at_hand(indicator, figures)[0].dataset
    return Measure(
        indicator.id, level, code, last, None, None, None, status, dataset, "",
        note=reason,
    )  # fmt: skip


def _status(indicator: Indicator, level: Level, figures: Figures) -> Status:
    """Tell a published figure that cannot be added up from one that simply is not there."""
    published = all(formula.kind in _PUBLISHED for formula in _at_hand(indicator, figures))
    levels = _levels(indicator, figures) or indicator.levels
    narrower = any(_narrower(found, level) for found in levels)
    return Status.NON_AGREGEABLE if published and narrower else Status.ABSENT


def _narrower(found: Level, level: Level) -> bool:
    if level in (Level.TERRITOIRE, Level.COMPARABLES):
        return True
    return OFFICIAL_LEVELS.index(found) < OFFICIAL_LEVELS.index(level)


def _levels(indicator: Indicator, figures: Figures) -> tuple[Level, ...]:
    """Return the official levels at which some area has a figure."""
    return tuple(level for level in figures.levels(indicator.id) if level in OFFICIAL_LEVELS)


def _at_hand(indicator: Indicator, figures: Figures) -> tuple[Formula, ...]:
    """Return the formulas that give the latest figures at hand; all of them where there is none."""
    datasets = {
        str(dataset)
        for level in _levels(indicator, figures)
        for year in figures.years(indicator.id, level)[-1:]
        for dataset in figures.spread(indicator.id, level, year).datasets
    }
    found = (formula for formula in indicator.formulas if formula.dataset in datasets)
    return tuple(found) or indicator.formulas
