"""How pages write the amounts, values, dates and retards of a plan d'actions."""

from __future__ import annotations

import datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from ctgsite.config.plan import Action, Reading
from ctgsite.diagnostic.plan import Lateness
from ctgsite.pages.french import LOCALE, NBSP, number, rounded, unit_after
from ctgsite.pages.templates import day

MOST_DECIMALS = 2
MONTHS_FROM = 60  # days: below, a duration is told in days


def euros(amount: Decimal) -> str:
    """Return an amount, with cents only where there are some."""
    whole = amount == amount.to_integral_value()
    pattern = "#,##0" if whole else "#,##0.00"
    return f"{format_decimal(amount, format=pattern, locale=LOCALE)}{NBSP}€"


def measured(value: float, unit: str) -> str:
    """Return a value as it was stated, two decimals at most, with its unit."""
    digits = f"{Decimal(repr(value)).normalize():f}".partition(".")[2]
    decimals = min(MOST_DECIMALS, len(digits))
    return number(value, decimals) + unit_after(rounded(value, decimals), unit)


def reading_told(reading: Reading, unit: str) -> str:
    """Return a value and its day: “40 places (15 janv. 2025)”."""
    return f"{measured(reading.value, unit)} ({_short_day(reading.date)})"


def _short_day(date: datetime.date) -> str:
    return f"{'1er' if date.day == 1 else date.day} {month(date)}"


def month(date: datetime.date) -> str:
    """Return a month for a chart: “sept. 2025”."""
    return format_date(date, "MMM y", locale=LOCALE)


def calendar(action: Action) -> str:
    """Return when an action takes place, "" where nothing says."""
    start, end = action.start, action.end
    if start and end:
        return f"du {day(start)} au {day(end)}"
    if start:
        return f"à partir du {day(start)}" + (", sans date de fin" if action.continuous else "")
    if end:
        return f"jusqu’au {day(end)}"
    return "en continu" if action.continuous else ""


def duration(start: datetime.date, end: datetime.date) -> str:
    """Return how long it is from a day to a later one: in days, then in months, then in years."""
    days = (end - start).days
    if days < MONTHS_FROM:
        return f"{days}{NBSP}jour{'s' * (days > 1)}"
    months = 12 * (end.year - start.year) + end.month - start.month - (end.day < start.day)
    years, rest = divmod(months, 12)
    if not years:
        return f"{months}{NBSP}mois"
    told = f"{years}{NBSP}an{'s' * (years > 1)}"
    return f"{told} et {rest}{NBSP}mois" if rest else told


def short_lateness(late: Lateness) -> str:
    """Return how late a fiche is, in a few words."""
    return f"retard de {duration(late.planned, late.as_of)}"


def lateness_sentence(late: Lateness) -> str:
    """Return how late a fiche is, on what day, and against which."""
    what = "la fin" if late.of == "fin" else "le début"
    return (
        f"Au {day(late.as_of)}, cette action a un {short_lateness(late)}{NBSP}: {what} était "
        f"prévu{'e' * (late.of == 'fin')} le {day(late.planned)}."
    )
