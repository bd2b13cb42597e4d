"""Choose the few findings that deserve the home page, by a rule that anyone can redo by hand.

A finding is a candidate where its figure differs from its benchmark beyond the uncertainty, stands
on enough cases and belongs to an indicator that may be singled out; not where it differs from the
comparable territories the other way. Its score is the distance to the benchmark in units of the
spread between areas of the same level (their interquartile range), capped so that one oddity does
not hide the rest, times its reliability, and a quarter of that where it is close to the comparable
territories. Choosing is greedy: each finding already taken from a theme halves the score of the
next one from that theme, and at most `MOST_A_THEME` are taken from one theme while other themes
have some or FEWEST are found. Changes are chosen by the same score, of what the difference between
two vintages has of its own: its distance to the same change in the benchmark, or a quarter of the
change itself where the benchmark's is not known.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable

from ctgsite.diagnostic.model import Finding, Highlight
from ctgsite.indicators.comparison import Verdict, is_count

FEWEST = 6
MOST = 10
MOST_A_THEME = 2
MOST_CHANGES = 4
ENOUGH_SCORE = 0.25  # a quarter of the interquartile range; below it, only to reach FEWEST
SCORE_CAP = 3.0
UNCONFIRMED = 0.25  # the weight of what no other territory confirms
FULLY_RELIABLE_COUNT = 1000.0
RELIABILITY_WITHOUT_COUNTS = 0.8  # published as a rate: the producer's own thresholds apply

Spread = Callable[[Finding], float | None]


def choose_highlights(findings: Iterable[Finding], spread: Spread) -> tuple[Highlight, ...]:
    """Return FEWEST to MOST highlights, best first (fewer only where there are not enough).

    Args:
        findings: every finding of the territory, one per indicator.
        spread: interquartile range of the finding's indicator among areas of the same level and
            year, in the indicator's unit; None where it cannot be known.
    """
    candidates = [h for f in findings if (h := candidate(f, spread)) is not None]
    chosen: list[Highlight] = []
    taken: Counter[str] = Counter()
    while candidates and len(chosen) < MOST:
        open_themes = [h for h in candidates if taken[h.finding.indicator.theme] < MOST_A_THEME]
        if not open_themes and len(chosen) >= FEWEST:
            break
        best = max(
            open_themes or candidates, key=lambda h: (_weighted(h, taken), h.finding.indicator.id)
        )
        if _weighted(best, taken) < ENOUGH_SCORE and len(chosen) >= FEWEST:
            break
        chosen.append(best)
        taken[best.finding.indicator.theme] += 1
        candidates.remove(best)
    return tuple(chosen)


def candidate(finding: Finding, spread: Spread) -> Highlight | None:
    """Return the finding as a possible highlight, or None where the rule excludes it."""
    if not finding.indicator.highlight or finding.measure.caution:
        return None
    comparison = finding.main_comparison
    width = spread(finding)
    if comparison is None or comparison.verdict is Verdict.PROCHE or not width:
        return None
    peers = finding.with_peers
    if peers is not None and peers.verdict not in (comparison.verdict, Verdict.PROCHE):
        return None
    here, there = comparison.here.value, comparison.there.value
    if here is None or there is None or comparison.here.caution:
        return None
    distance = min(abs(here - there) / width, SCORE_CAP)
    confirmed = peers is None or peers.verdict is comparison.verdict
    weight = reliability(finding) * (1.0 if confirmed else UNCONFIRMED)
    return Highlight(finding, comparison, distance * weight)


def choose_changes(findings: Iterable[Finding], spread: Spread) -> tuple[Finding, ...]:
    """Return the findings that changed most against the same change elsewhere, one a theme.

    Counts other than the population are left out: a change of theirs has no spread to be held
    against.
    """
    scored = [(score, f) for f in findings if (score := change_score(f, spread)) is not None]
    scored.sort(key=lambda pair: (-pair[0], pair[1].indicator.id))
    by_theme: dict[str, Finding] = {}
    for _, finding in scored:
        by_theme.setdefault(finding.indicator.theme, finding)
    return tuple(by_theme.values())[:MOST_CHANGES]


def change_score(finding: Finding, spread: Spread) -> float | None:
    """Return how telling a change is, None where the rule excludes it."""
    trend, width = finding.trend, spread(finding)
    if trend is None or trend.verdict not in (Verdict.PLUS, Verdict.MOINS):
        return None
    if not finding.indicator.highlight or finding.measure.caution or is_count(finding.indicator):
        return None
    if trend.last.year != finding.measure.year or not width:
        return None
    if trend.elsewhere is None:
        own = abs(trend.change) * UNCONFIRMED
    else:
        own = abs(trend.change - trend.elsewhere.change)
    return min(own / width, SCORE_CAP) * reliability(finding)


def reliability(finding: Finding) -> float:
    """Return a weight in [0, 1]: the square root of the cases behind the figure, up to 1,000."""
    base = finding.measure.denominator
    if base is None:
        return RELIABILITY_WITHOUT_COUNTS
    return min(1.0, math.sqrt(max(base, 0.0) / FULLY_RELIABLE_COUNT))


def _weighted(highlight: Highlight, taken: Counter[str]) -> float:
    return highlight.score * 0.5 ** taken[highlight.finding.indicator.theme]
