"""The page of what inhabitants and actors said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ctgsite.config.voices import ActorKind, Meeting, Quote
from ctgsite.diagnostic.chain import Kind, Ref, Role
from ctgsite.diagnostic.voices import Heard, hear
from ctgsite.pages.convention import surveys
from ctgsite.pages.convention.evidence import both_table, figures_and_voices_of, swot_table
from ctgsite.pages.french import NBSP, counted, number
from ctgsite.pages.model import Page
from ctgsite.pages.places import Link, address
from ctgsite.pages.renderer import CONVENTION, Renderer
from ctgsite.pages.tables import Cell, Table
from ctgsite.pages.view import SiteView
from ctgsite.pages.voices import Spoken, anchor_of, meeting_facts, spoken
from ctgsite.pages.words import ACTORS

OTHER = "Autres paroles"
UNSTATED = "Non précisé"


@dataclass(frozen=True, slots=True)
class Encounter:
    """A workshop or an interview, ready to be shown."""

    title: str
    anchor: str
    facts: tuple[str, ...]
    themes: tuple[Link, ...]
    findings: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class QuoteGroup:
    """The quotations of one theme, under its title."""

    title: str
    anchor: str
    link: str
    quotes: tuple[Spoken, ...]


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the pages, in the order of the menu."""
    view = renderer.view
    diagnostic, said = view.diagnostic, view.diagnostic.territory.participation
    heard = hear(diagnostic.territory, diagnostic.themes)
    both = figures_and_voices_of(view)
    yield renderer.page(
        "participation",
        "participation",
        "Participation",
        section=CONVENTION,
        speakers=speakers_table(view, heard),
        attendance=attendance((*said.workshops, *said.interviews)),
        workshops=[_encounter(meeting, view) for meeting in said.workshops],
        interviews=[_encounter(meeting, view) for meeting in said.interviews],
        groups=quote_groups(view, heard),
        supported={anchor_of(one.voice): supported_by(view, one) for one in heard if one.voice.id},
        both=both_table(view, both, "../") if both else None,
        swot=swot_table(view, "../"),
    )
    yield from surveys.pages(renderer)


def _encounter(meeting: Meeting, view: SiteView) -> Encounter:
    titles = {theme.theme.slug: theme.theme.title for theme in view.diagnostic.themes}
    return Encounter(
        meeting.title,
        anchor_of(meeting),
        meeting_facts(meeting),
        tuple(
            Link(titles[slug], f"../thematiques/{slug}/index.md")
            for slug in meeting.themes
            if slug in titles
        ),
        meeting.findings,
        meeting.summary,
    )


def supported_by(view: SiteView, heard: Heard) -> tuple[Link, ...]:
    """Return the enjeux, then the fiches, that cite a voice."""
    voice = Ref(Kind.VOICE, heard.voice.id or "")
    kinds = (Kind.STAKE, Kind.ACTION)
    nodes = (node for kind in kinds for node in view.chain.after(voice, {kind}, Role.SUPPORTS))
    return tuple(
        Link(f"{node.ref.kind} «{NBSP}{node.title}{NBSP}»", address(view, node.ref, "../"))
        for node in nodes
    )


def quote_groups(view: SiteView, heard: Sequence[Heard]) -> tuple[QuoteGroup, ...]:
    """Return the quotations by theme, in the order of the site; each stands once, the rest last."""
    left = [one for one in heard if isinstance(one.voice, Quote)]
    groups = []
    for theme in view.diagnostic.themes:
        slug = theme.theme.slug
        own = [one for one in left if slug in one.themes]
        left = [one for one in left if one not in own]
        link = f"../thematiques/{slug}/index.md"
        groups.append(QuoteGroup(theme.theme.title, f"paroles-{slug}", link, _spoken(own)))
    groups.append(QuoteGroup(OTHER, "autres-paroles", "", _spoken(left)))
    return tuple(group for group in groups if group.quotes)


def _spoken(heard: Sequence[Heard]) -> tuple[Spoken, ...]:
    return tuple(spoken(one.voice, linked=False) for one in heard if isinstance(one.voice, Quote))


def speakers_table(view: SiteView, heard: Sequence[Heard]) -> Table | None:
    """Return how many voices each kind of actor has on each theme, None where nobody spoke.

    A voice on two themes counts in both rows, and once in all.
    """
    if not heard:
        return None
    kinds: list[ActorKind | None] = [
        *(kind for kind in ACTORS if any(one.voice.kind == kind for one in heard)),
        *([None] if any(one.voice.kind is None for one in heard) else []),
    ]
    lines = [
        (theme.theme.title, [one for one in heard if theme.theme.slug in one.themes])
        for theme in view.diagnostic.themes
    ]
    shown = {theme.theme.slug for theme in view.diagnostic.themes}
    lines.append((OTHER, [one for one in heard if not shown.intersection(one.themes)]))
    lines = [*((name, own) for name, own in lines if own), ("Ensemble", list(heard))]
    rows = tuple(
        (
            Cell(name),
            *(Cell(number(sum(o.voice.kind == kind for o in own)), number=True) for kind in kinds),
            Cell(number(len(own)), number=True),
        )
        for name, own in lines
    )
    names = (ACTORS[kind] if kind else UNSTATED for kind in kinds)
    return Table("Qui a parlé, et de quoi", ("Thématique", *names, "Ensemble"), rows)


def attendance(meetings: Sequence[Meeting]) -> str:
    """Return how many took part in the workshops and interviews, as far as it is known."""
    known = [m.participants for m in meetings if m.participants is not None]
    if not known:
        return ""
    total = counted(sum(known), "participation")
    if len(known) == len(meetings):
        return f"Ateliers et entretiens réunissent {total}."
    some = f"{number(len(known))} des {counted(len(meetings), 'rencontre')}"
    return f"Le nombre de participants est connu pour {some} : {total} en tout."
