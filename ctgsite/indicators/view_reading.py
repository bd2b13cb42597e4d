"""Checked entries of the catalogue's views → `View`s: each slot with its indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ctgsite.indicators.model import (
    Direction,
    Form,
    Formula,
    Indicator,
    Kind,
    Term,
    Wording,
)
from ctgsite.indicators.view_entries import DecileEntry, QuarterEntry, ViewEntry
from ctgsite.indicators.views import Role, Slot, View, ViewKind

EUROS = "€"


def read_view(entry: ViewEntry, indicators: Mapping[str, Indicator]) -> View:
    """Turn a checked entry into a `View`; `indicators` are the catalogue's, by id."""
    return View(
        id=entry.id,
        theme=entry.theme,
        title=entry.title,
        kind=ViewKind(entry.kind),
        slots=tuple(_slots(entry, indicators)),
        reading=entry.reading,
        limits=entry.limits,
        question=entry.question,
        missing=entry.missing,
    )


def _slots(entry: ViewEntry, indicators: Mapping[str, Indicator]) -> Iterator[Slot]:
    for role, names in ((Role.BESOIN, entry.needs), (Role.OFFRE, entry.supply)):
        for name in names:
            yield Slot(indicators[name].label, role, indicators[name])
    group = {name: found for name, found in indicators.items() if found.group == entry.group}
    for name in (*entry.labels, *(other for other in group if other not in entry.labels)):
        if entry.group:
            yield Slot(entry.labels.get(name, group[name].label), Role.PART, group[name])
    for age in entry.ages:
        for role, variable in ((Role.HOMMES, age.men), (Role.FEMMES, age.women)):
            formula = Formula(entry.source, Kind.SOMME, (Term(variable),), scale=1.0)
            label = f"{role.capitalize()}, {age.label}"
            own = _profile(entry, variable, label, role.value, formula)
            yield Slot(age.label, role, own)
    for decile in entry.deciles:
        yield Slot(decile.label, Role.DECILE, _decile(entry, decile, indicators))
    for column in entry.columns:
        yield Slot(column.label, Role.QUARTIER, _column(entry, column))


def _decile(
    entry: ViewEntry, decile: DecileEntry, indicators: Mapping[str, Indicator]
) -> Indicator:
    if decile.indicator:
        return indicators[decile.indicator]
    formula = Formula(entry.source, Kind.PUBLIE, (Term(decile.variable),), scale=1.0)
    return _profile(entry, decile.variable, f"{entry.title}, {decile.label}", EUROS, formula)


def _column(entry: ViewEntry, column: QuarterEntry) -> Indicator:
    kind = Kind.RAPPORT if column.denominator else Kind.PUBLIE
    formula = Formula(
        column.source,
        kind,
        (Term(column.numerator),),
        (Term(column.denominator),) if column.denominator else (),
        scale=100.0 if column.denominator else 1.0,
    )
    name = column.numerator + (f"_{column.denominator}" if column.denominator else "")
    return _profile(entry, name, column.label, column.unit, formula, column.precision)


def _profile(
    entry: ViewEntry, name: str, label: str, unit: str, formula: Formula, precision: int = 0
) -> Indicator:
    """Return an indicator that only its view shows: never ranked, never put forward."""
    return Indicator(
        id=f"{entry.id}_{name.lower()}",
        label=label,
        theme=entry.theme,
        definition=f"{label} ({entry.title}).",
        unit=unit,
        direction=Direction.AUCUN,
        precision=precision,
        caution_threshold=0.0,
        form=Form.COMPARAISON,
        wording=Wording("{valeur}", label, label, label, label),
        formulas=(formula,),
        limits=entry.limits,
        highlight=False,
        ranked=False,
    )
