"""Tables of the evaluation: indicators against their target, cited figures at T0 and now."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from ctgsite.config.frozen import FrozenFigure
from ctgsite.config.plan import ActionIndicator
from ctgsite.diagnostic.baseline import Since, State
from ctgsite.diagnostic.evaluation import Point, Tracked
from ctgsite.diagnostic.model import Trend
from ctgsite.diagnostic.targets import Progress
from ctgsite.indicators.comparison import Verdict
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.model import Indicator
from ctgsite.pages.french import NARROW, NBSP, difference, quantity, rounded, sentence, when
from ctgsite.pages.precision import is_unsure
from ctgsite.pages.sentences import figure
from ctgsite.pages.tables import Cell, Table
from ctgsite.pages.trend_sentences import PRICES, change
from ctgsite.pages.view import SiteView
from ctgsite.pages.words import VERDICTS

HELD = "Maintien tenu"
MOST_DECIMALS = 2


def tracked_table(tracked: Sequence[Tracked], caption: str, view: SiteView, root: str) -> Table:
    """Return evaluation indicators, one row each; `root` leads to the site's root.

    A unit stands beside the indicator's name, once, but for percentages; the fiche under it.
    """
    columns = ("Indicateur et fiche action", "Situation", "Départ", "Dernier chiffre", "Cible")
    return Table(caption, columns, tuple(_tracked_row(one, view, root) for one in tracked))


def since_table(found: Iterable[Since], view: SiteView, root: str) -> Table:
    """Return the cited indicators: at T0, now, and what changed in words."""
    rows = tuple(
        (
            Cell(one.label, view.published_chart(one.indicator.id, root) if one.indicator else ""),
            Cell(_then(one.then, one.indicator) if one.then else "–", number=True),
            Cell(_now(one.now, one.indicator), number=True),
            Cell(since_words(one)),
        )
        for one in found
    )
    columns = ("Indicateur", "Point de départ", "Aujourd’hui", "Ce qui a changé")
    return Table("Les indicateurs cités, au point de départ et aujourd’hui", columns, rows)


def since_words(found: Since) -> str:
    """Return what became of a figure since T0."""
    match found.state:
        case State.CHANGED:
            return sentence(_changed(found) + _revised(found))
        case State.REVISED:
            return sentence(f"pas de chiffre plus récent{_revised(found)}")
        case State.SAME:
            return "Pas de chiffre plus récent."
        case State.APART:
            return sentence(f"non comparable : {found.reason}{_revised(found)}")
        case _:
            return sentence(found.reason)


def verdict_words(one: Tracked) -> str:
    """Return how an indicator stands: how far on its way, or why nothing can be said."""
    found = one.outcome
    if found.reason:
        return f"{VERDICTS[found.progress]} ({found.reason})"
    if found.progress is Progress.REACHED and one.direction == "maintien":
        return HELD
    if found.progress is Progress.ON_TRACK and found.share is not None:
        done = min(99, math.floor(100 * found.share))
        return f"{VERDICTS[found.progress]} ({done}{NARROW}% du chemin vers la cible)"
    return VERDICTS[found.progress]


def start_words(one: Tracked, edition: str) -> str:
    """Return the start that an indicator takes from the frozen edition, "" where it has its own."""
    if not one.frozen or one.start is None:
        return ""
    return f"{_point(one.start, one.asked, one.indicator)}, édition « {edition} »"


def frozen_number(figure: FrozenFigure, indicator: Indicator | None) -> str:
    """Return a frozen figure with its unit, as the site shows that indicator today."""
    value = figure.value or 0.0
    precision = indicator.precision if indicator else decimals(value, 1)
    return quantity(value, figure.unit, precision)


def decimals(value: float, most: int = MOST_DECIMALS) -> int:
    """Return how many decimals a number has, at most so many."""
    return min(most, len(f"{round(value, most):.{most}f}".rstrip("0").partition(".")[2]))


def _tracked_row(one: Tracked, view: SiteView, root: str) -> tuple[Cell, ...]:
    action, asked, site = one.placed.action, one.asked, one.indicator
    return (
        Cell(
            _name(asked, site),
            view.published_chart(site.id, root) if site else "",
            items=((f"Fiche{NBSP}: {action.title}", f"{root}actions/{action.id}/index.html"),),
        ),
        Cell(verdict_words(one), marked=one.outcome.progress is Progress.AWAY),
        Cell(_point(one.start, asked, site), number=True),
        Cell(_point(one.last, asked, site), number=True),
        Cell(_target(asked, site), number=True),
    )


def _name(asked: ActionIndicator, site: Indicator | None) -> str:
    name, unit = asked.title or (site.label if site else asked.indicator or ""), _unit(asked, site)
    own = site is not None and unit != site.unit
    told = not unit or _short(unit) or unit.casefold() in name.casefold()
    return name if told and not own else f"{name} ({unit})"


def _point(point: Point | None, asked: ActionIndicator, site: Indicator | None) -> str:
    if point is None:
        return "–"
    moment = when(point.moment) if isinstance(point.moment, str) else f"{point.moment:%d/%m/%Y}"
    return f"{_amount(point.value, asked, site)} ({moment})"


def _target(asked: ActionIndicator, site: Indicator | None) -> str:
    if asked.target is not None:
        return _amount(asked.target, asked, site)
    return asked.direction or "–"


def _amount(value: float, asked: ActionIndicator, site: Indicator | None) -> str:
    unit = _unit(asked, site)
    precision = site.precision if site and unit == site.unit else decimals(value)
    return quantity(value, unit if _short(unit) else "", precision)


def _unit(asked: ActionIndicator, site: Indicator | None) -> str:
    """Return what the fiche counts in, else the site's own unit."""
    return asked.unit or (site.unit if site else "")


def _short(unit: str) -> bool:
    return unit.startswith(("%", "€"))


def _then(then: FrozenFigure, indicator: Indicator | None) -> str:
    return f"{frozen_number(then, indicator)} ({when(then.year)})"


def _now(now: Measure | None, indicator: Indicator | None) -> str:
    if now is None or indicator is None:
        return "–"
    return f"{figure(now, indicator)} ({when(now.year)})"


def _changed(found: Since) -> str:
    """Return a change in words, or that it is too small to be told."""
    indicator, moved = found.indicator, found.change
    if indicator is None or moved is None:
        return ""
    trend = Trend(moved.first, moved.last, moved.change, moved.verdict, moved.yearly)
    if moved.verdict is Verdict.PROCHE:
        return "proches, à la précision connue" if is_unsure(trend) else "peu de changement"
    return change(trend, indicator) + (PRICES if indicator.unit == "€" else "")


def _revised(found: Since) -> str:
    """Return “ (le chiffre de 2018 a été révisé depuis : 8,7 %)”, or ""."""
    told, then, indicator = found.revised, found.then, found.indicator
    if told is None or then is None or indicator is None:
        return ""
    shown = figure(told, indicator)
    if shown == frozen_number(then, indicator):
        return f" ; le chiffre de {when(told.year)} a été révisé depuis, sans effet visible"
    return f" ; le chiffre de {when(told.year)} a été révisé depuis ({shown})"


def revision(before: FrozenFigure, after: FrozenFigure, indicator: Indicator | None) -> str:
    """Return a revision in words: “0,1 point de plus”, or that the rounding hides it."""
    precision = indicator.precision if indicator else decimals(after.value or 0.0, 1)
    gap = rounded(after.value or 0.0, precision) - rounded(before.value or 0.0, precision)
    if not rounded(gap, precision):
        return "d’un écart que l’arrondi cache"
    return difference(gap, after.unit, precision)
