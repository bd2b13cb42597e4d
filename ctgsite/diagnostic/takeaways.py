"""Choose what to remember of a theme: three findings at most, by a rule that anyone can redo.

Only sure figures are candidates. Differences from the benchmark and changes come first, scored as
those of the home page are, where their score would count there. Then the widest gap between member
communes, or a range of figures that only they have. Then the weaker differences and changes; then,
once, how many people or things the theme is about. An indicator is told once, and so is each whole
of which several indicators are the parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ctgsite.diagnostic.highlights import ENOUGH_SCORE, Spread, candidate, change_score
from ctgsite.diagnostic.model import Finding, InnerGap, Takeaway, ThemeDiagnostic
from ctgsite.indicators.comparison import is_count
from ctgsite.indicators.views import ViewKind

MOST = 3
FEWEST_COMMUNES = 3  # with a sure figure, for a range to be told
ORDER = ("difference", "change", "gap", "count")


def choose_takeaways(
    theme: ThemeDiagnostic, spread: Spread, gaps: Iterable[InnerGap] = ()
) -> tuple[Takeaway, ...]:
    """Return what to remember of a theme, fewer than MOST where less can be said.

    Differences stand before changes, those before the communes, a count last; each kind is in the
    order of its choice.

    Args:
        theme: its findings, and those that its views put beside a supply.
        spread: as for the highlights of the home page.
        gaps: the widest gaps between the member communes, of any theme, widest first.
    """
    findings = tuple(_candidates(theme))
    scored = sorted(_scored(findings, spread), key=lambda pair: -pair[0])
    strong = [takeaway for score, takeaway in scored if score >= ENOUGH_SCORE]
    weak = [takeaway for score, takeaway in scored if score < ENOUGH_SCORE]
    ordered = [*strong, *_gap(theme, gaps), *weak, *_scale(theme.findings)]
    chosen = list(_each_told_once(ordered))[:MOST]
    return tuple(sorted(chosen, key=lambda takeaway: ORDER.index(takeaway.of)))


def _candidates(theme: ThemeDiagnostic) -> Iterator[Finding]:
    """Yield the findings that have a chart on the theme's page, about the territory itself."""
    yield from theme.findings
    known = {finding.indicator.id for finding in theme.findings}
    for view in theme.views:
        if view.view.kind is ViewKind.BESOIN_OFFRE and view.within is None:
            yield from (f for f in view.findings if f.indicator.id not in known)


def _scored(findings: Sequence[Finding], spread: Spread) -> Iterator[tuple[float, Takeaway]]:
    for finding in findings:
        if (found := candidate(finding, spread)) is not None:
            yield found.score, Takeaway(finding, "difference")
        if (score := change_score(finding, spread)) is not None:
            yield score, Takeaway(finding, "change")


def _gap(theme: ThemeDiagnostic, gaps: Iterable[InnerGap]) -> tuple[Takeaway, ...]:
    """Return the widest gap of a theme, else the first figure that only its communes have."""
    own = {finding.indicator.id for finding in theme.findings}
    wide = [gap.finding for gap in gaps if gap.finding.indicator.id in own]
    only = [finding for finding in theme.missing if _varies(finding)]
    return tuple(Takeaway(finding, "gap") for finding in [*wide, *only][:1])


def _varies(finding: Finding) -> bool:
    indicator = finding.indicator
    sure = [m for _, m in finding.members if m.value is not None and not m.caution]
    return indicator.highlight and indicator.ranked and len(sure) >= FEWEST_COMMUNES


def _scale(findings: Iterable[Finding]) -> tuple[Takeaway, ...]:
    """Return the first sure count of a theme."""
    counts = (f for f in findings if is_count(f.indicator) and not f.measure.caution)
    return tuple(Takeaway(finding, "count") for finding in counts)[:1]


def _each_told_once(ordered: Iterable[Takeaway]) -> Iterator[Takeaway]:
    told: set[str] = set()
    for takeaway in ordered:
        indicator = takeaway.finding.indicator
        names = {indicator.id, indicator.group} - {""}
        if not names & told:
            yield takeaway
        told |= names
