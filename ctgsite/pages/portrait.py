"""The portrait of a member commune: what its maire reads in two minutes, or prints on one page."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ctgsite.diagnostic.model import Diagnostic, Finding, MemberDiagnostic
from ctgsite.geography.areas import Area
from ctgsite.geography.names import de, typographic
from ctgsite.indicators.comparison import is_count
from ctgsite.indicators.measures import Measure
from ctgsite.indicators.position import Rank
from ctgsite.pages.french import (
    NBSP,
    counted,
    number,
    ordinal,
    rounded,
    sentence,
    unit_after,
)
from ctgsite.pages.sentences import (
    bare_figure,
    caution_sentence,
    comparable,
    compared,
    heading,
    moment,
    on_common_year,
)
from ctgsite.pages.takeaways import difference_text
from ctgsite.pages.trend_sentences import short_change
from ctgsite.pages.view import Line, SiteView

MOST_FACTS = 5
FEWEST_FACTS = 3
FEW_RANKS = 3
DESCENDING = "de la valeur la plus haute à la plus basse"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A key figure of a commune: the number, and in words its year, benchmarks and place."""

    name: str
    value: str
    unit: str
    text: str
    link: str  # the territory's own chart, "" where it has none


def lead_sentence(diagnostic: Diagnostic, member: MemberDiagnostic) -> str:
    """Return who lives here and what the commune is part of, in one sentence."""
    people = _population(diagnostic, member.area)
    name = typographic(member.area.name)
    part = f"{name} (code {member.area.code}) est l’une des "
    part += f"{counted(len(diagnostic.members), 'commune')} {de(diagnostic.area)}"
    if people is None:
        return f"{part}."
    measure, rank, known = people
    place = "la plus peuplée" if rank == 1 else f"la {ordinal(rank)} par sa population"
    if known < len(diagnostic.members):
        first = "la plus peuplée" if rank == 1 else f"la {ordinal(rank)}"
        place = f"{first} parmi les {known} dont la population est connue"
    inhabitants = f"{number(measure.value or 0.0)}{unit_after(measure.value or 0.0, 'habitants')}"
    return f"{part}, {place}{NBSP}: {inhabitants} {moment(measure)}."


def key_figures(view: SiteView, member: MemberDiagnostic, root: str) -> tuple[KeyFigure, ...]:
    """Return a commune's own key figures, in the territory's order."""
    return tuple(
        KeyFigure(
            name=finding.indicator.label,
            value=bare_figure(finding.measure, finding.indicator),
            unit=_unit(finding),
            text=_beside(finding),
            link=view.chart_link(finding.indicator.id, root),
        )
        for finding in _keys(view.diagnostic, member)
    )


def fact_findings(diagnostic: Diagnostic, member: MemberDiagnostic) -> tuple[Finding, ...]:
    """Return what sets a commune apart, most telling first: what is no key figure, then the rest.

    Chosen as the highlights of the home page are. Key figures are told above: they come back only
    where the others are fewer than FEWEST_FACTS.
    """
    told = {finding.indicator.id for finding in _keys(diagnostic, member)}
    found = [highlight.finding for highlight in member.highlights]
    new = [finding for finding in found if finding.indicator.id not in told][:MOST_FACTS]
    again = [finding for finding in found if finding.indicator.id in told]
    return (*new, *again[: max(0, FEWEST_FACTS - len(new))])


def facts(
    view: SiteView, member: MemberDiagnostic, root: str, here: Collection[str]
) -> tuple[Line, ...]:
    """Return what sets a commune apart, in words.

    Each leads to its chart: on this page for those that are `here`, else the territory's.
    """
    lines = []
    for finding in fact_findings(view.diagnostic, member):
        name, told = finding.indicator.id, finding.main_comparison
        if told is not None:
            link = f"#{name}" if name in here else view.chart_link(name, root)
            text = " ".join(filter(None, (difference_text(finding, told), _place(finding))))
            lines.append(Line(heading(finding), text, link))
    return tuple(lines)


def is_ranked(diagnostic: Diagnostic, member: MemberDiagnostic) -> bool:
    """Whether the portrait tells a rank, so that it says among whom."""
    told = (*_keys(diagnostic, member), *fact_findings(diagnostic, member))
    return any(_place(finding) for finding in told)


def told_measures(diagnostic: Diagnostic, member: MemberDiagnostic) -> Iterator[Measure]:
    """Yield the figures of the portrait, whose sources it names."""
    for finding in (*_keys(diagnostic, member), *fact_findings(diagnostic, member)):
        yield finding.measure
        yield from (comparison.here for comparison in finding.comparisons)
        yield from (comparison.there for comparison in finding.comparisons)


def neighbours(diagnostic: Diagnostic, member: MemberDiagnostic) -> tuple[Area | None, Area | None]:
    """Return the communes before and after one, in the order of their list."""
    areas = [other.area for other in diagnostic.members]
    place = areas.index(member.area)
    before = areas[place - 1] if place else None
    after = areas[place + 1] if place + 1 < len(areas) else None
    return before, after


def _keys(diagnostic: Diagnostic, member: MemberDiagnostic) -> tuple[Finding, ...]:
    own = {f.indicator.id: f for theme in member.themes for f in theme.findings}
    found = (own.get(key.indicator.id) for key in diagnostic.key_figures)
    return tuple(f for f in found if f is not None and f.measure.value is not None)


def _unit(finding: Finding) -> str:
    shown = rounded(finding.measure.value or 0.0, finding.indicator.precision)
    return unit_after(shown, finding.indicator.unit).strip()


def _beside(finding: Finding) -> str:
    """Return the year of a figure, then what it is beside its benchmarks, or what it was before."""
    when = sentence(moment(finding.measure))
    if finding.measure.caution:
        return f"{when} {caution_sentence(finding)}"
    told = finding.main_comparison
    if told is not None and told.here.year != finding.measure.year:
        return f"{when} {on_common_year(told, finding.indicator)}"
    beside = compared(finding, comparable(finding)) or _before(finding)
    return " ".join(filter(None, (when, beside, _place(finding))))


def _before(finding: Finding) -> str:
    """Return how a count changed, "" where its trend is not known."""
    trend = finding.trend
    if trend is None or not is_count(finding.indicator):
        return ""
    change = short_change(trend, finding.indicator)
    return f"{change} de {trend.first.year} à {trend.last.year}."


def _place(finding: Finding) -> str:
    """Return the rank of a figure among the communes of the territory, "" where it has none."""
    if finding.measure.caution or not finding.positions:
        return ""
    return rank_sentence(finding.positions[0])


def rank_sentence(position: Rank) -> str:
    """Return “C’est la 2e valeur la plus élevée des 31 communes comparables.”, or the mere rank.

    The mere rank stands where both ends are further; "" where all of them have the same figure.
    """
    if position.rank == position.from_bottom == 1:
        return ""
    among = f"des {counted(position.size, 'commune')} comparables"
    rank, extreme = min((position.rank, "élevée"), (position.from_bottom, "basse"))
    if rank > max(FEW_RANKS, position.size // 10):
        return f"C’est la {ordinal(position.rank)} {among}, {DESCENDING}."
    place = "la valeur" if rank == 1 else f"la {ordinal(rank)} valeur"
    return f"C’est {place} la plus {extreme} {among}."


def _population(diagnostic: Diagnostic, area: Area) -> tuple[Measure, int, int] | None:
    """Return a commune's population, its rank, and how many communes have one."""
    keys = diagnostic.key_figures
    found = next((f for f in keys if f.indicator.id == "population"), None)
    known = [(a, m) for a, m in found.members if m.value is not None] if found else []
    own = next((m for a, m in known if a == area), None)
    if own is None:
        return None
    larger = sum((m.value or 0.0) > (own.value or 0.0) for _, m in known)
    return own, larger + 1, len(known)
