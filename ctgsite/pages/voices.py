"""What was said, as pages show it: quotations with their origin, and the facts of meetings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ctgsite.config.spelling import fold
from ctgsite.config.voices import Meeting, Quote, Voice
from ctgsite.diagnostic.voices import Heard
from ctgsite.pages.french import capitalise, counted, uncapitalise
from ctgsite.pages.templates import day
from ctgsite.pages.words import ACTORS, ONE_ACTOR

PAGE = "participation/index"  # then .md in Markdown, .html in HTML

QUOTES = (("«", "»"), ("“", "”"), ('"', '"'))

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
        capitalise(speaker(quote)),
        "" if told or not quote.actor else kind,
        day(quote.date) if quote.date else "",
        quote.place,
    )
    return " · ".join(part for part in parts if part)


def speaker(quote: Quote) -> str:
    """Return who spoke, else in what capacity, "" where neither is told."""
    return quote.actor or (ONE_ACTOR[quote.kind] if quote.kind else "")


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


def beside(heard: Sequence[Heard], indicators: Iterable[str], root: str) -> tuple[Spoken, ...]:
    """Return the quotations that speak to some indicators, in the order of the file."""
    wanted = set(indicators)
    return tuple(
        spoken(one.voice, root)
        for one in heard
        if isinstance(one.voice, Quote) and wanted.intersection(one.voice.findings)
    )
