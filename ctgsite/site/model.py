"""What the site stage is told of a site, and what it hands to whoever asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any

from ctgsite.errors import Problem

Files = Mapping[str, bytes]  # a site in hand, by path
Ring = tuple[tuple[float, float], ...]


class Engine(StrEnum):
    """The programs that turn Markdown into a website."""

    MKDOCS = "mkdocs"
    PROPERDOCS = "properdocs"
    ZENSICAL = "zensical"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the site, in the footer."""

    label: str
    path: PurePosixPath


@dataclass(frozen=True, slots=True)
class Mark:
    """The shape of a territory, which stands in the header where the territory has no logo."""

    width: int
    height: int
    path: str


@dataclass(frozen=True, slots=True)
class SiteSpec:
    """One site's identity; the texts are French and shown as they are.

    Attributes:
        banner: A sentence at the head of every page (the site's statut); "" for none.
        public_url: Where the site will stand; adds canonical addresses, the sitemap and Open Graph.
        footer_note: Where the figures come from, in one sentence.
        primary: The territory's colour, as `#rrggbb`; "" for ours. `accent`: its second one.
        updated: The date that the sitemap states.
        indexed: Whether search engines may list it.
        key_figure: What the picture of a shared link says in large, and of when and whose it is.
        dataset: Its figures as schema.org describes a Dataset; empty for none.
        logo: The territory's logo, an image of its site; "" for none. `mark` stands in its place.
        publisher: The collectivity that answers for the site; "" where it is not known.
    """

    slug: str
    name: str
    description: str
    banner: str = ""
    public_url: str = ""
    footer_note: str = ""
    footer_links: tuple[Link, ...] = ()
    primary: str = ""
    accent: str = ""
    updated: date | None = None
    indexed: bool = True
    key_figure: tuple[str, str] | None = None
    dataset: Mapping[str, Any] = field(default_factory=dict)
    logo: str = ""
    mark: Mark | None = None
    publisher: str = ""


@dataclass(frozen=True, slots=True)
class Population:
    """A number of inhabitants, and whose count it is ("recensement 2018, Insee")."""

    value: int
    year: str
    source: str


@dataclass(frozen=True, slots=True)
class SiteCard:
    """What `site.json` says of a site: all that the portal knows of it.

    Attributes:
        inputs_key: Fingerprint of the files that the site was built from.
        content_key: Fingerprint of the diagnostic, the second answer to "has it changed?".
        stated: The population of the reference list; `measured`: that of the vintage used.
        outline: The territory's contour, rings of (longitude, latitude).
        fictitious: Whether what people say on it is invented.
    """

    slug: str
    name: str
    type: str
    codes: tuple[str, ...]
    level: str
    statut: str
    inputs_key: str
    content_key: str = ""
    version: str = ""
    departements: tuple[str, ...] = ()
    stated: Population | None = None
    measured: Population | None = None
    outline: tuple[Ring, ...] = ()
    public_url: str = ""
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A published site: its folder, how much is in it, and what its author should look at."""

    folder: Path
    pages: int
    files: int
    size: int
    problems: tuple[Problem, ...] = ()
