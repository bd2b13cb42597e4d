"""The indicators that a territory's shared vision rests on: those its enjeux and fiches cite."""

from __future__ import annotations

from collections.abc import Iterator

from ctgsite.config.models import Territory
from ctgsite.diagnostic.plan import place_actions


def cited_indicators(territory: Territory) -> tuple[str, ...]:
    """Return each indicator that the priorities rest on, once, in the order of the citations."""
    return tuple(dict.fromkeys(_citations(territory)))


def _citations(territory: Territory) -> Iterator[str]:
    for stake in territory.stakes:
        yield from stake.findings
    for placed in place_actions(territory):
        yield from placed.action.findings
        for indicator in placed.action.indicators:
            if indicator.indicator:
                yield indicator.indicator
    for entry in territory.swot:
        yield from entry.findings
    for reading in territory.convergences:
        yield from reading.findings
