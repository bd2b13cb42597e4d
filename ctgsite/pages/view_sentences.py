"""What a composite view says in French: its figures side by side, without a cause between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ctgsite.diagnostic.model import Finding, ThemeView
from ctgsite.geography.areas import Area, Level
from ctgsite.geography.names import dans, de
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.views import Role
from ctgsite.pages.charts.pairs import ROLES
from ctgsite.pages.charts.pyramid import Pyramid
from ctgsite.pages.charts.rows import Rows
from ctgsite.pages.french import (
    capitalise,
    counted,
    during,
    listing,
    number,
    quantity,
    sentence,
    uncapitalise,
)
from ctgsite.pages.sentences import figure, moment, reading_here, reason

NO_CLOSER = "Les âges détaillés ne sont publiés que par département : la pyramide est celle"
NO_CAUSE = "Lus côte à côte, ces chiffres ne disent pas que l’un explique l’autre."


def texts(*sentences: str) -> tuple[str, ...]:
    """Return the sentences that say something."""
    return tuple(found for found in sentences if found)


def read_as(view: ThemeView) -> str:
    """Return how the view is to be read, as the catalogue says it."""
    return sentence(view.view.reading) if view.view.reading else ""


def limits_of(view: ThemeView, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return what the view's figures do not say: of the whole, then of each part by name."""
    own = [sentence(view.view.limits)] if view.view.limits else []
    parts = [
        f"{f.indicator.label} : {uncapitalise(sentence(f.indicator.limits))}"
        for f in findings
        if f.indicator.limits
    ]
    return tuple(dict.fromkeys([*own, *parts]))


def questions_of(view: ThemeView, findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return the questions to ask: the view's own, or else those of its figures."""
    if view.view.question:
        return (view.view.question,)
    return tuple(dict.fromkeys(f.indicator.question for f in findings if f.indicator.question))


def withheld(view: ThemeView) -> str:
    """Return why the parts of a whole are not drawn together, or "" where they never were one."""
    missing = [f for f in view.findings if f.measure.value is None]
    if not missing:
        return ""
    names = listing(f"« {uncapitalise(f.indicator.label)} »" for f in missing)
    lacking = "il manque une part" if len(missing) == 1 else "il manque des parts"
    return sentence(
        f"{view.view.title} : l’ensemble n’est pas montré, car {lacking} ({names}) : "
        f"{reason(missing[0].measure)}"
    )


def with_role(role: Role, finding: Finding) -> str:
    """Return a finding's reading, under the name of its half."""
    return f"{ROLES[role]} : {uncapitalise(reading_here(finding))}"


def missing_half(view: ThemeView) -> str:
    """Return which half of a need and its supply has no figure here, and why, or ""."""
    known = {slot.role for slot, f in view.entries if f.measure.value is not None}
    if view.view.missing and Role.OFFRE not in known:
        return f"L’offre manque : {view.view.missing}"
    for role, name in ((Role.BESOIN, "Le besoin"), (Role.OFFRE, "L’offre")):
        lacking = [f for slot, f in view.entries if slot.role is role]
        if role not in known and lacking:
            why = reason(lacking[0].measure).removeprefix("non agrégeable : ")
            below = "" if not lacking[0].members else " Les chiffres des communes sont plus bas."
            return sentence(f"{name} manque ici : {why}") + below
    return ""


def nothing_known(view: ThemeView) -> str:
    """Return what is said of a need and its supply where neither has a figure."""
    if view.view.missing:
        return f"{view.view.title} : le besoin n’est pas connu ici. L’offre : {view.view.missing}"
    return f"{view.view.title} : les données disponibles ne donnent ici ni le besoin, ni l’offre."


def other_dates(view: ThemeView) -> str:
    """Return the warning that goes with two halves, and their years where they differ."""
    moments: dict[Role, dict[str, None]] = {}
    for slot, finding in view.entries:
        if finding.measure.value is not None:
            moments.setdefault(slot.role, {})[moment(finding.measure)] = None
    if len(moments) < 2:
        return ""
    need, supply = (list(moments[role]) for role in (Role.BESOIN, Role.OFFRE))
    return NO_CAUSE if need == supply else f"Les deux ne datent pas du même moment. {NO_CAUSE}"


def pyramid_heading(view: ThemeView) -> str:
    """Return whose pyramid it is: not the territory's where it is published no closer."""
    return f"{view.view.title} {de(view.area)}"


def pyramid_sentences(view: ThemeView, found: Sequence[Pyramid]) -> tuple[str, ...]:
    """Return what the pyramid shows: women, the most numerous age, young and old."""
    own = found[0]
    both = [men + women for men, women in zip(own.men, own.women, strict=True)]
    largest = max(range(len(both)), key=lambda at: both[at])
    year = own.measures[0].year
    start = f"{capitalise(dans(view.area))}, au 1er janvier {year}"
    around = view.within
    women = quantity(100 * sum(own.women) / own.total, "%", 1)
    share = quantity(100 * both[largest] / own.total, "%", 1)
    return (
        f"{NO_CLOSER} {de(view.area)}, et non {de(around)}." if around else "",
        f"{start}, {women} des {number(own.total)} habitants sont des femmes.",
        f"L’âge le plus nombreux est « {own.ages[largest]} » : {share} de la population.",
    )


def deciles_sentence(view: ThemeView, rows: Rows) -> str:
    """Return the first, middle and last thresholds of an area and of its first benchmark."""
    area, own = rows[0]
    low, middle, high = _three(view, own)
    text = (
        f"{capitalise(dans(area))}, {during(own[0].year)}, un habitant sur dix a un niveau de vie "
        f"inférieur à {low}, un sur deux inférieur à {middle}, un sur dix supérieur à {high} par an"
    )
    if len(rows) > 1:
        there, figures = _speaking(rows)
        text += f" ; {dans(there)}, ces seuils sont de {listing(_three(view, figures))}"
    return sentence(text)


def _speaking(rows: Rows) -> tuple[Area, list[Measure]]:
    """Return the benchmark that speaks first: the département, else the next one."""
    others = rows[1:]
    return next((row for row in others if row[0].level is Level.DEPARTEMENT), others[0])


def _three(view: ThemeView, measures: Sequence[Measure]) -> tuple[str, str, str]:
    slots = [slot for slot, _ in view.entries]
    at = (0, len(slots) // 2, len(slots) - 1)
    low, middle, high = (figure(measures[i], slots[i].indicator) for i in at)
    return low, middle, high


def quarters_sentences(view: ThemeView) -> tuple[str, ...]:
    """Return how many priority districts the table tells of."""
    count = len(view.quarters)
    what = counted(count, "quartier prioritaire", "quartiers prioritaires")
    straddling = "sans ceux qui s’étendent sur plusieurs communes"
    return (f"Le tableau compte {what} {dans(view.area)}, {straddling}.",)
