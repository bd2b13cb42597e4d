"""Checks of the dates of a fiche: the convention's period, its own span, its measures."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from ctgsite.config.fiches import Fiche
from ctgsite.config.fields import Date
from ctgsite.config.models import Period
from ctgsite.config.plan import ActionIndicator
from ctgsite.config.positions import Document, KeyPath
from ctgsite.config.validation import valid_part
from ctgsite.errors import Problem


def period_of(document: Document) -> Period | None:
    """Return the years of the convention, None where the file does not say."""
    data = document.data if isinstance(document.data, dict) else {}
    return valid_part(Period, data.get("periode"))


def check_dates(fiche: Fiche, period: Period | None) -> Iterator[Problem]:
    """Find the dates of a fiche that contradict the convention, its own span or each other."""
    start, end = _day(fiche.data.get("debut")), _day(fiche.data.get("fin"))
    for key, date in (("debut", start), ("fin", end)):
        if date and (fault := _out_of(period, date)):
            yield fiche.problem(f"« {key} » : {fault}", (*fiche.path, key))
    if fiche.data.get("continue") is True and fiche.data.get("fin"):
        message = "une action continue n’a pas de « fin » : retirez l’une des deux clés"
        yield fiche.problem(message, (*fiche.path, "fin"))
    for path, written in fiche.values("jalons", "*", "date"):
        date = _day(written)
        if date and (fault := _out_of(period, date) or _outside(start, end, date)):
            yield fiche.problem(f"jalon : {fault}", path)
    for path, written in fiche.values("indicateurs", "*"):
        yield from _check_indicator(fiche, path, valid_part(ActionIndicator, written))


def _check_indicator(
    fiche: Fiche, path: KeyPath, indicator: ActionIndicator | None
) -> Iterator[Problem]:
    """Check that measures follow the baseline, one a day, and that the target is the right way."""
    if indicator is None:
        return
    baseline, seen = indicator.baseline, set[datetime.date]()
    for at, reading in enumerate(indicator.readings):
        where = (*path, "mesures", at, "date")
        if baseline and reading.date < baseline.date:
            message = (
                f"cette mesure vient avant la situation de départ (t0, {baseline.date:%d/%m/%Y})"
            )
            yield fiche.problem(message, where)
        elif reading.date in seen or (baseline and reading.date == baseline.date):
            message = f"deux mesures portent la date du {reading.date:%d/%m/%Y}"
            yield fiche.problem(message, where)
        seen.add(reading.date)
    if baseline is None or indicator.target is None:
        return
    wrong = {
        "hausse": baseline.value > indicator.target,
        "baisse": baseline.value < indicator.target,
    }
    if indicator.direction and wrong.get(indicator.direction):
        side = "au-dessous" if indicator.direction == "hausse" else "au-dessus"
        message = (
            f"« sens: {indicator.direction} », mais la cible est {side} de la situation de départ"
        )
        yield fiche.problem(message, (*path, "cible"))


def _day(value: object) -> datetime.date | None:
    return valid_part(Date, value)


def _out_of(period: Period | None, date: datetime.date) -> str:
    if period is None or period.start <= date.year <= period.end:
        return ""
    return (
        f"le {date:%d/%m/%Y} est hors de la période de la convention "
        f"({period.start} à {period.end})"
    )


def _outside(start: datetime.date | None, end: datetime.date | None, date: datetime.date) -> str:
    if start and date < start:
        return f"le {date:%d/%m/%Y} vient avant le début de l’action ({start:%d/%m/%Y})"
    if end and date > end:
        return f"le {date:%d/%m/%Y} vient après la fin de l’action ({end:%d/%m/%Y})"
    return ""
