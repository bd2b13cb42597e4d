"""From a diagnostic and its frozen editions to the evaluation of the convention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from ctgsite.config.evaluation import Edition, Questions
from ctgsite.config.frozen import OWN, FrozenEdition, FrozenFigure
from ctgsite.diagnostic.baseline import Since, State, since
from ctgsite.diagnostic.cited import cited_indicators
from ctgsite.diagnostic.editions import EditionRecord, Key, compare_editions, latest, shown_today
from ctgsite.diagnostic.evaluation import AxisProgress, EvaluationRecord
from ctgsite.diagnostic.model import Diagnostic
from ctgsite.diagnostic.plan import place_actions
from ctgsite.diagnostic.tracking import track
from ctgsite.indicators.figures import valued
from ctgsite.indicators.measures import Measure, chronological
from ctgsite.indicators.model import Indicator


def assess(diagnostic: Diagnostic, frozen: Iterable[FrozenEdition] = ()) -> EvaluationRecord:
    """Return the evaluation of a territory's convention.

    Args:
        diagnostic: today's figures, and what the territory's file says.
        frozen: the figures of its editions; those that no edition declares are left aside.
    """
    today = Today(diagnostic)
    territory = diagnostic.territory
    declared = territory.evaluation.editions
    figures = {found.id: found.figures for found in frozen}
    shown = {one.id: shown_today(figures.get(one.id, ()), today.withheld) for one in declared}
    baseline = _baseline(declared, territory.evaluation.baseline)
    start = latest(shown[baseline.id][0]) if baseline else {}
    return EvaluationRecord(
        axes=tuple(_axes(today, start)),
        baseline=baseline,
        since=tuple(_since(today, start)) if baseline else (),
        editions=tuple(_records(declared, shown, today)),
    )


class Today:
    """A diagnostic's own figures, looked up by indicator."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator of the site, in the order of its pages."""
        themes = self.diagnostic.themes
        findings = [f for theme in themes for f in (*theme.findings, *theme.missing)]
        findings += [f for theme in themes for view in theme.views for f in view.findings]
        return {finding.indicator.id: finding.indicator for finding in findings}

    @cached_property
    def series(self) -> Mapping[str, tuple[Measure, ...]]:
        """The territory's figures of each indicator, oldest first."""
        area = self.diagnostic.area
        found: dict[str, dict[str, Measure]] = {}
        for where, measure in self.diagnostic.measures:
            if (where.level, where.code) == (area.level, area.code) and measure.year:
                found.setdefault(measure.indicator, {}).setdefault(measure.year, measure)
        return {
            name: tuple(sorted(years.values(), key=lambda m: chronological(m.year)))
            for name, years in found.items()
        }

    @cached_property
    def withheld(self) -> frozenset[Key]:
        """The figures that have no value today, whatever an edition said of them."""
        shown: dict[Key, bool] = {}
        for area, measure in self.diagnostic.measures:
            key = (measure.indicator, area.code, measure.year)
            has_value = measure.value is not None and measure.status.has_value
            shown[key] = shown.get(key, False) or has_value
        return frozenset(key for key, has_value in shown.items() if not has_value)

    def credit(self, measure: Measure) -> str:
        """Return the source of a measure as downloads write it."""
        return self._credits.get(measure.dataset, "")

    @cached_property
    def _credits(self) -> Mapping[str, str]:
        return {card.dataset: f"{card.producer}, {card.title}" for card in self.diagnostic.sources}

    def since(self, then: FrozenFigure) -> Since:
        """Return what became of a frozen figure."""
        name = then.indicator
        return since(then, self.indicators.get(name), self.series.get(name, ()), self.credit)

    def figures(self) -> Iterator[FrozenFigure]:
        """Yield the territory's figures of today as an edition would keep them."""
        cited = set(cited_indicators(self.diagnostic.territory))
        for name, indicator in self.indicators.items():
            for measure in valued(self.series.get(name, ())):
                yield self._frozen(indicator, measure, cited=name in cited)

    def _frozen(self, indicator: Indicator, measure: Measure, *, cited: bool) -> FrozenFigure:
        return FrozenFigure(
            indicator.id, indicator.label, indicator.theme, measure.code,
            self.diagnostic.territory.name, OWN, measure.year, measure.value, indicator.unit,
            measure.numerator, measure.denominator, measure.status.value, self.credit(measure),
            measure.vintage, cited,
        )  # fmt: skip


def _baseline(declared: Sequence[Edition], named: str | None) -> Edition | None:
    """Return the edition named as T0, or the only one there is."""
    if named is None and len(declared) == 1:
        return declared[0]
    return next((edition for edition in declared if edition.id == named), None)


def _axes(today: Today, start: Mapping[str, FrozenFigure]) -> Iterator[AxisProgress]:
    territory = today.diagnostic.territory
    answers = {found.axis: found.questions for found in territory.evaluation.axes}
    placed = place_actions(territory)
    for priority in territory.priorities:
        own = tuple(one for one in placed if one.priority.id == priority.id)
        tracked = (
            track(one, asked, today, start) for one in own for asked in one.action.indicators
        )
        yield AxisProgress(priority, own, tuple(tracked), answers.get(priority.id, Questions()))


def _since(today: Today, start: Mapping[str, FrozenFigure]) -> Iterator[Since]:
    """Yield the indicators cited today, then those that were when the edition was adopted."""
    cited = cited_indicators(today.diagnostic.territory)
    then = [name for name, figure in start.items() if figure.cited]
    for name in dict.fromkeys((*cited, *then)):
        if name in start:
            yield today.since(start[name])
        elif indicator := today.indicators.get(name):
            known = valued(today.series.get(name, ()))
            now = known[-1] if known else None
            reason = "l’édition n’en a pas de chiffre"
            yield Since(indicator.label, State.NEW, indicator, now=now, reason=reason)


def _records(
    declared: Sequence[Edition],
    shown: Mapping[str, tuple[tuple[FrozenFigure, ...], int]],
    today: Today,
) -> Iterator[EditionRecord]:
    now = tuple(today.figures())
    ordered = sorted(declared, key=lambda edition: edition.adopted_on, reverse=True)
    for place, edition in enumerate(ordered):
        figures, masked = shown[edition.id]
        earlier = (
            (other, compare_editions(shown[other.id][0], figures)) for other in ordered[place + 1 :]
        )
        yield EditionRecord(
            edition, figures, masked, compare_editions(figures, now), tuple(earlier)
        )
