"""The fil conducteur: the whole chain on one page, as a picture and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ctgsite.config.plan import Action
from ctgsite.diagnostic.chain import Kind, Node, Ref, Role
from ctgsite.diagnostic.plan import PlacedAction, place_actions
from ctgsite.pages.model import Page
from ctgsite.pages.places import address, published
from ctgsite.pages.renderer import CONVENTION, Renderer
from ctgsite.pages.thread_picture import draw
from ctgsite.pages.view import SiteView
from ctgsite.pages.words import action_state

ROOT = "../"


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing of the chain in a cell; `through` what the fiche names, where it does not cite it.

    One that is not `shown` has no figure on this site.
    """

    ref: Ref
    title: str
    href: str
    through: bool = False
    shown: bool = True


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A fiche, and all that it is reached by."""

    action: Action
    title: Stop
    axis: Stop
    objectives: tuple[Stop, ...]
    stakes: tuple[Stop, ...]
    findings: tuple[Stop, ...]
    voices: tuple[Stop, ...]
    state: str

    @property
    def refs(self) -> frozenset[Ref]:
        """All that the row tells."""
        parts = (*self.objectives, *self.stakes, *self.findings, *self.voices)
        return frozenset(stop.ref for stop in (self.title, self.axis, *parts))


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the page, in the order of the menu."""
    view = renderer.view
    placed = place_actions(view.diagnostic.territory)
    notes = {Ref(Kind.ACTION, p.action.id): action_state(p.action.state) for p in placed}
    picture = draw(view.chain, notes)
    rows = thread_rows(view, placed)
    told = frozenset(ref for row in rows for ref in row.refs)
    yield renderer.page(
        "fil-conducteur",
        "fil-conducteur",
        "Fil conducteur",
        section=CONVENTION,
        picture=picture,
        links={box.node.ref: published(address(view, box.node.ref, ROOT)) for box in picture.boxes},
        rows=rows,
        orphans=view.chain.orphans(),
        absent=any(not box.node.shown for box in picture.boxes),
        waiting=[box.node for box in picture.boxes if box.node.ref not in told],
        place=lambda node: address(view, node.ref, ROOT),
    )


def thread_rows(view: SiteView, placed: Iterable[PlacedAction]) -> tuple[ThreadRow, ...]:
    """Return one row a fiche, in the order of the plan.

    A fiche that names no enjeu is reached by those of its axe.
    """
    return tuple(_row(view, one) for one in placed)


def _row(view: SiteView, placed: PlacedAction) -> ThreadRow:
    action = placed.action
    grounds = view.chain.evidence_of(action.id)
    fiche = Ref(Kind.ACTION, action.id)
    named = bool(grounds.by_stakes)
    parts = grounds.by_stakes or grounds.by_axis
    evidence = dict.fromkeys(grounds.own, False)
    for node in (node for part in parts for node in part.evidence):
        evidence.setdefault(node, True)
    return ThreadRow(
        action=action,
        title=_stop(view, Node(fiche, action.title)),
        axis=_stop(view, Node(Ref(Kind.AXIS, placed.priority.id), placed.priority.title)),
        objectives=tuple(_stop(view, node) for node in _holders(view, fiche)),
        stakes=tuple(_stop(view, part.stake, through=not named) for part in parts),
        findings=_stops(view, evidence, Kind.FINDING),
        voices=_stops(view, evidence, Kind.VOICE),
        state=action_state(action.state),
    )


def _holders(view: SiteView, ref: Ref) -> tuple[Node, ...]:
    """Return the objectifs that a fiche or an objectif stands under, the highest first."""
    above = view.chain.before(ref, {Kind.OBJECTIVE}, Role.HOLDS)
    return tuple(node for holder in above for node in (*_holders(view, holder.ref), holder))


def _stops(view: SiteView, evidence: dict[Node, bool], kind: Kind) -> tuple[Stop, ...]:
    return tuple(
        _stop(view, node, through=through)
        for node, through in evidence.items()
        if node.ref.kind is kind
    )


def _stop(view: SiteView, node: Node, *, through: bool = False) -> Stop:
    return Stop(node.ref, node.title, published(address(view, node.ref, ROOT)), through, node.shown)
