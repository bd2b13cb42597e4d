"""Where each thing of the chain stands on the site: findings, voices, enjeux, axes, fiches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ctgsite.diagnostic.chain import Kind, Ref
from ctgsite.diagnostic.model import Finding, Shape
from ctgsite.pages.charts.distribution import known_members
from ctgsite.pages.member_blocks import FEWEST, map_anchor, mapped
from ctgsite.pages.view import SiteView


@dataclass(frozen=True, slots=True)
class Link:
    """A text and the Markdown address it leads to, "" where there is none."""

    text: str
    link: str = ""


def links_to(view: SiteView, kind: Kind, ids: Iterable[str], root: str) -> tuple[Link, ...]:
    """Return the things of one kind that have these ids, by their titles."""
    nodes = (view.chain.by_ref.get(Ref(kind, name)) for name in ids)
    return tuple(Link(node.title, address(view, node.ref, root)) for node in nodes if node)


def address(view: SiteView, ref: Ref, root: str = "") -> str:
    """Return the Markdown address of a node of the chain, "" where it has no place on the site."""
    if ref.kind is Kind.FINDING:
        place = view.chart_link(ref.id) or _in_communes(view, ref.id)
        return place and root + place
    if ref.kind is Kind.SWOT:
        theme = ref.id.partition("/")[0]
        shown = any(theme == shown.theme.slug for shown in view.diagnostic.themes)
        return f"{root}thematiques/{theme}/index.md" if shown else ""
    return root + _PLACES[ref.kind](ref.id)


def published(link: str) -> str:
    """Return a Markdown address as it is published, for HTML."""
    return link.replace("index.md", "index.html")


def _in_communes(view: SiteView, indicator: str) -> str:
    """Return where the communes' own figures stand, of an indicator that only they have."""
    found = (
        (theme, finding)
        for theme in view.diagnostic.themes
        for finding in theme.missing
        if finding.indicator.id == indicator and known_members(finding)
    )
    theme, finding = next(found, (None, None))
    if theme is None:
        return ""
    columns = mapped(theme)
    if finding in columns and _is_drawn(columns[0], view.diagnostic.shapes):
        return f"thematiques/{theme.theme.slug}/index.md#{map_anchor(theme.theme.slug)}"
    return "communes/index.md" if view.diagnostic.members else ""


def _is_drawn(finding: Finding, shapes: Iterable[Shape]) -> bool:
    """Whether enough communes have both a figure and a contour, for a map."""
    contours = {shape.area.code for shape in shapes if shape.rings}
    return sum(area.code in contours for area, _ in known_members(finding)) >= FEWEST


def _voice_place(name: str) -> str:
    survey, slash, question = name.partition("/")
    if slash:
        return f"participation/{survey}/index.md#question-{survey}-{question}"
    return f"participation/index.md#parole-{name}"


def _objective_place(name: str) -> str:
    """An objectif without an id of its own is found under its axe."""
    axis, slash, _ = name.partition("/")
    return f"priorites/index.md#axe-{axis}" if slash else f"priorites/index.md#objectif-{name}"


_PLACES: dict[Kind, Callable[[str], str]] = {
    Kind.VOICE: _voice_place,
    Kind.STAKE: lambda name: f"priorites/index.md#enjeu-{name}",
    Kind.AXIS: lambda name: f"priorites/index.md#axe-{name}",
    Kind.OBJECTIVE: _objective_place,
    Kind.ACTION: lambda name: f"actions/{name}/index.md",
}
