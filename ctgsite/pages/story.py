"""What the home page and the brief tell besides figures: aims, voices, enjeux, progress, steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ctgsite.config.models import Territory
from ctgsite.config.plan import Action, ActionState, Milestone, Priority, Stake
from ctgsite.config.voices import Quote
from ctgsite.diagnostic.plan import ENDED, Plan
from ctgsite.pages.convention import falc
from ctgsite.pages.front import lede
from ctgsite.pages.locator import locator
from ctgsite.pages.view import SiteView
from ctgsite.pages.voices import speaker
from ctgsite.pages.words import count_states, told_states

MOST_QUOTES = 3
MOST_STEPS = 3
MOST_STAKES = 6
MOST_COMMUNES = 80  # named on the home page; more are found by search
LONGEST_QUOTE = 220  # characters; a longer one is read on its own page, never cut


@dataclass(frozen=True, slots=True)
class Aim:
    """One of the four aims of the démarche, and the page that serves it."""

    title: str
    text: str
    link: str


AIMS = (
    Aim("Partager", "une vision du territoire, construite ensemble", "participation/index.md"),
    Aim("Structurer", "la politique sociale avec ses acteurs", "priorites/index.md"),
    Aim("Adapter", "l’action aux besoins qui évoluent", "evaluation/index.md"),
    Aim("Agir", "en partenaires, dans un plan d’actions concret", "actions/index.md"),
)


@dataclass(frozen=True, slots=True)
class NextStep:
    """A milestone still to come, and its fiche."""

    action: Action
    milestone: Milestone


@dataclass(frozen=True, slots=True)
class Advance:
    """An axe, how many of its fiches are in each state, and the same in words."""

    axis: Priority
    states: tuple[tuple[ActionState | None, int], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Shared:
    """An enjeu, and the title of the theme that it is of; "" for none."""

    stake: Stake
    theme: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quotation as the home page shows it, and where it stands beside its theme's figures."""

    text: str
    who: str
    theme: str
    link: str


def story(view: SiteView) -> dict[str, Any]:
    """Return what the home page's template needs."""
    territory = view.diagnostic.territory
    return {
        "aims": AIMS,
        "lede": lede(view.diagnostic),
        "locator": locator(view.diagnostic),
        "stakes": shared_stakes(view),
        "decided": is_decided(territory),
        "spoken": chosen_quotes(view),
        "progress": advances(view),
        "updated": view.diagnostic.plan.as_of,
        "steps": next_steps(view.diagnostic.plan),
        "most_communes": MOST_COMMUNES,
        "falc": bool(falc.falc_text(territory)),
    }


def is_decided(territory: Territory) -> bool:
    """Whether anything of the convention is told besides figures."""
    said = territory.participation
    return bool(
        (territory.stakes or territory.priorities)
        or (said.quotes or said.workshops or said.interviews)
        or territory.approach.introduction
    )


def shared_stakes(view: SiteView) -> tuple[Shared, ...]:
    """Return the first enjeux, in their order."""
    titles = {theme.theme.slug: theme.theme.title for theme in view.diagnostic.themes}
    stakes = view.diagnostic.territory.stakes[:MOST_STAKES]
    return tuple(Shared(stake, titles.get(stake.theme or "", "")) for stake in stakes)


def advances(view: SiteView) -> tuple[Advance, ...]:
    """Return how far along every axe is, in their order."""
    return tuple(
        Advance(axis.priority, count_states(axis.states), told_states(axis.states))
        for axis in view.diagnostic.evaluation.axes
    )


def next_steps(plan: Plan) -> tuple[NextStep, ...]:
    """Return the first milestones after the plan's latest update that are not reached yet.

    Nothing here reads the clock: what is “next” is told against the plan's own latest update.
    """
    if plan.as_of is None:
        return ()
    coming = [
        NextStep(planned.action, milestone)
        for planned in plan.actions
        if planned.action.state not in ENDED
        for milestone in planned.action.milestones
        if milestone.reached_on is None and milestone.date >= plan.as_of
    ]
    coming.sort(key=lambda step: (step.milestone.date, step.action.id))
    return tuple(coming[:MOST_STEPS])


def chosen_quotes(view: SiteView) -> tuple[Spoken, ...]:
    """Return a few quotations, one a theme, in the order of the themes.

    Of each theme the first one that speaks to a finding; where these are fewer than MOST_QUOTES,
    then the first one of the other themes. Those too long for a home page are left to their own.
    """
    territory = view.diagnostic.territory
    titles = {theme.theme.slug: theme.theme.title for theme in view.diagnostic.themes}
    short = [q for q in territory.participation.quotes if len(q.text) <= LONGEST_QUOTE]
    grounded = _first_of_each(titles, (quote for quote in short if quote.findings))
    others = {
        theme: q for theme, q in _first_of_each(titles, short).items() if theme not in grounded
    }
    kept = dict(list((grounded | others).items())[:MOST_QUOTES])
    return tuple(
        Spoken(kept[theme].text, speaker(kept[theme]), title, _place(kept[theme], theme))
        for theme, title in titles.items()
        if theme in kept
    )


def _first_of_each(themes: Iterable[str], quotes: Iterable[Quote]) -> dict[str, Quote]:
    found: dict[str, Quote] = {}
    for quote in quotes:
        if quote.theme:
            found.setdefault(quote.theme, quote)
    return {theme: found[theme] for theme in themes if theme in found}


def _place(quote: Quote, theme: str) -> str:
    """Return where a quotation stands: beside the others where it has a name, or on its theme."""
    if quote.id:
        return f"participation/index.md#parole-{quote.id}"
    return f"thematiques/{theme}/index.md"
