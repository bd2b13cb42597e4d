"""Where what a text cites stands on the site: charts of findings, voices, enjeux and fiches."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ctgsite.config.models import Territory
from ctgsite.diagnostic.plan import Plan
from ctgsite.pages.french import NBSP
from ctgsite.pages.sentences import figure, period_of
from ctgsite.pages.view import SiteView

QUOTE_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Link:
    """A text and the Markdown address it leads to, "" where there is none."""

    text: str
    href: str = ""


def finding_links(view: SiteView, indicators: Iterable[str], root: str) -> tuple[Link, ...]:
    """Return the charts of some indicators, with their figure where the site has one."""
    return tuple(Link(_finding(view, name), view.chart_link(name, root)) for name in indicators)


def _finding(view: SiteView, name: str) -> str:
    label = view.labels.get(name) or view.diagnostic.plan.labels.get(name, name)
    shown = figure_on_site(view, name)
    return f"{label}{NBSP}: {shown}" if shown else label


def figure_on_site(view: SiteView, indicator: str) -> str:
    """Return the site's own latest figure of an indicator and its year, "" where it has none."""
    findings = (found for theme in view.diagnostic.themes for found in theme.findings)
    found = next((one for one in findings if one.indicator.id == indicator), None)
    if found is None or found.measure.value is None:
        return ""
    mark = ", petit effectif" if found.measure.caution else ""
    return f"{figure(found.measure, found.indicator)} ({period_of(found.measure)}{mark})"


def voice_links(territory: Territory, voices: Iterable[str], root: str) -> tuple[Link, ...]:
    """Return where some voices are heard: verbatims, ateliers, entretiens and questions."""
    texts = dict(_voices(territory))
    found = []
    for name in voices:
        if "/" in name:
            survey, _, question = name.partition("/")
            text = f"Questionnaire «{NBSP}{survey}{NBSP}», question «{NBSP}{question}{NBSP}»"
            address = f"{root}participation/{survey}/index.md#question-{survey}-{question}"
            found.append(Link(text, address))
        elif name in texts:
            found.append(Link(texts[name], f"{root}participation/index.md#parole-{name}"))
    return tuple(found)


def _voices(territory: Territory) -> Iterator[tuple[str, str]]:
    said = territory.participation
    for quote in said.quotes:
        if quote.id:
            text = textwrap.shorten(quote.text, QUOTE_LENGTH, placeholder="…")
            by = f", {quote.actor}" if quote.actor else ""
            yield quote.id, f"«{NBSP}{text}{NBSP}»{by}"
    for kind, meetings in (("Atelier", said.workshops), ("Entretien", said.interviews)):
        for meeting in meetings:
            if meeting.id:
                yield meeting.id, f"{kind}{NBSP}: {meeting.title}"


def stake_links(territory: Territory, stakes: Iterable[str], root: str) -> tuple[Link, ...]:
    """Return the enjeux of these ids, on the page of priorities."""
    titles = {stake.id: stake.title for stake in territory.stakes}
    return tuple(
        Link(titles[name], f"{root}priorites/index.md#enjeu-{name}")
        for name in stakes
        if name in titles
    )


def action_links(plan: Plan, actions: Iterable[str], root: str) -> tuple[Link, ...]:
    """Return the fiches of these ids."""
    found = (plan.find(name) for name in actions)
    return tuple(
        Link(planned.action.title, f"{root}actions/{planned.action.id}/index.md")
        for planned in found
        if planned is not None
    )
