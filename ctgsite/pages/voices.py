"""What was said, as pages show it: quotations with their origin, and how each voice is cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ctgsite.config.spelling import fold
from ctgsite.config.voices import Meeting, Quote, Voice
from ctgsite.diagnostic.voices import Heard
from ctgsite.pages.french import capitalise, counted, uncapitalise
from ctgsite.pages.templates import day
from ctgsite.pages.words import ACTORS, ONE_ACTOR

if TYPE_CHECKING:
    from ctgsite.pages.view import SiteView

PAGE = "participation/index"  # then .md in Markdown, .html in HTML
SHORT = 60  # characters of a quotation where it is only cited
KINDS = {"verbatim": "Verbatim", "atelier": "Atelier", "entretien": "Entretien"}

QUOTES = (("«", "»"), ("“", "”"), ('"', '"'))
NO_FIGURE = "sans chiffre pour l’ensemble du territoire"

_BREAKS = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quotation ready to be shown: its text on one line, where it comes from, its address.

    `link` leads to it on the page of the participation, "" on that page itself.
    """

    text: str
    origin: str
    anchor: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """How a text names a voice or a chart, and its Markdown address; "" where it leads nowhere."""

    text: str
    link: str = ""


def anchor_of(voice: Voice) -> str:
    """Return the anchor of a voice on the page of the participation, "" where it has no id."""
    return f"parole-{voice.id}" if voice.id else ""


def spoken(quote: Quote, root: str = "", *, linked: bool = True) -> Spoken:
    """Return a quotation; `root` leads to the site's root.

    Where it is linked, its anchor stands on the page of the participation and not here.
    """
    text = _unquoted(_BREAKS.sub(" ", quote.text).strip())
    anchor = anchor_of(quote)
    if not linked:
        return Spoken(text, origin(quote), anchor)
    place = anchor or "paroles"
    return Spoken(text, origin(quote), link=f"{root}{PAGE}.html#{place}")


def _unquoted(text: str) -> str:
    """Return a text without the quotation marks around the whole of it: the page has its own."""
    for start, end in QUOTES:
        if text.startswith(start) and text.endswith(end) and start not in text[1:-1]:
            return text[1:-1].strip(" \u00a0\u202f")
    return text


def origin(quote: Quote) -> str:
    """Return who spoke, in what capacity, when and where: “Un père · 2 mai 2025 · Testville”."""
    kind = ONE_ACTOR[quote.kind] if quote.kind else ""
    told = bool(kind) and fold(kind).split()[0] in fold(quote.actor)
    parts = (
        capitalise(quote.actor or kind),
        "" if told or not quote.actor else kind,
        day(quote.date) if quote.date else "",
        quote.place,
    )
    return " · ".join(part for part in parts if part)


def meeting_facts(meeting: Meeting) -> tuple[str, ...]:
    """Return what is known of a workshop or an interview, in words: date, place, people, kind."""
    people = meeting.participants
    facts = (
        day(meeting.date) if meeting.date else "",
        meeting.place,
        counted(people, "participant") if people is not None else "",
        uncapitalise(ACTORS[meeting.kind]) if meeting.kind else "",
    )
    return tuple(fact for fact in facts if fact)


def citation(reference: str, heard: Iterable[Heard], root: str) -> Citation:
    """Return how a voice is cited, by its id or as `questionnaire/question`.

    Args:
        reference: as the territory's file writes it.
        heard: every voice of the territory.
        root: leads to the site's root.
    """
    questionnaire, asked, question = reference.partition("/")
    if asked:
        link = f"{root}participation/{questionnaire}/index.md#question-{questionnaire}-{question}"
        return Citation(f"questionnaire « {questionnaire} », question « {question} »", link)
    found = next((one for one in heard if one.voice.id == reference), None)
    if found is None:
        return Citation(reference)
    return Citation(named(found), f"{root}{PAGE}.md#{anchor_of(found.voice)}")


def named(heard: Heard) -> str:
    """Return a voice in a few words: the start of a quotation, the title of a meeting."""
    voice = heard.voice
    if isinstance(voice, Meeting):
        return f"{KINDS[heard.kind].lower()} « {voice.title} »"
    text = spoken(voice).text
    if len(text) > SHORT:
        text = text[:SHORT].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
    return f"« {text} »"


def chart_citation(indicator: str, view: SiteView, root: str) -> Citation:
    """Return how a chart is cited; one that has no figure for the territory says so.

    The page of its theme then tells why; an indicator of no theme of the site leads nowhere.
    """
    if indicator in view.labels:
        return Citation(view.labels[indicator], view.chart_link(indicator, root))
    for theme in view.diagnostic.themes:
        for finding in theme.missing:
            if finding.indicator.id == indicator:
                link = f"{root}thematiques/{theme.theme.slug}/index.md"
                return Citation(f"{finding.indicator.label} ({NO_FIGURE})", link)
    return Citation(f"{indicator} (hors de ce site)")


def beside(heard: Sequence[Heard], indicators: Iterable[str], root: str) -> tuple[Spoken, ...]:
    """Return the quotations that speak to some indicators, in the order of the file."""
    wanted = set(indicators)
    return tuple(
        spoken(one.voice, root)
        for one in heard
        if isinstance(one.voice, Quote) and wanted.intersection(one.voice.findings)
    )
