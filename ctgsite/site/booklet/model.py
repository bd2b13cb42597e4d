"""What a booklet is made of: its cover, and its chapters as the pages of a finished site."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation named on the cover; `logo` is a path of the site, "" for none."""

    name: str
    role: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first page says.

    Attributes:
        name: The territory.
        occasion: What the document is for ("Convention territoriale globale 2026-2030").
        notice: Whom it engages, or that its content is invented.
        publisher: Who answers for it; "" where the territory's file does not say.
        public_url: Where the site stands; "" for nowhere yet.
        sources: Where the figures come from, in one sentence.
        day: The day on which the document was made.
    """

    name: str
    occasion: str
    notice: str
    publisher: str
    public_url: str
    sources: str
    day: date
    partners: tuple[Partner, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the site in the booklet.

    Attributes:
        path: The page, in the site: `thematiques/population/index.html`.
        section: The heading of its group in the menu; "" for none.
        depth: 1 for a page of the menu, 2 for one that a page of the menu leads to.
        notes: The addresses that its text refers to, in their order.
    """

    path: PurePosixPath
    title: str
    html: str
    section: str = ""
    depth: int = 1
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name under which the document links to it."""
        return "-".join(self.path.parent.parts) or "accueil"

    def bound(self, html: str, notes: tuple[str, ...]) -> Chapter:
        """Return the chapter as it stands in the document."""
        return replace(self, html=html, notes=notes)
