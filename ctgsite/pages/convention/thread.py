"""The fil conducteur: the whole chain on one page, as a picture and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ctgsite.config.plan import Action
from ctgsite.diagnostic.chain import Kind, Node, Ref
from ctgsite.diagnostic.plan import PlacedAction, place_actions
from ctgsite.pages.citations import address, published
from ctgsite.pages.model import Page
from ctgsite.pages.progress import state_words
from ctgsite.pages.renderer import CONVENTION, Renderer
from ctgsite.pages.thread_picture import draw
from ctgsite.pages.view import SiteView

ROOT = "../"
NO_FIGURE = "sans chiffre ici"


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing of the chain in a cell; `through` what the fiche names, where it does not cite it.

    One that is not `shown` has no figure on this site.
    """

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
    objective: Stop
    stakes: tuple[Stop, ...]
    findings: tuple[Stop, ...]
    voices: tuple[Stop, ...]
    state: str


def pages(renderer: Renderer) -> Iterator[Page]:
    """Yield the page, in the order of the menu."""
    view = renderer.view
    placed = place_actions(view.diagnostic.territory)
    notes = {Ref(Kind.ACTION, p.action.id): state_words(p.action.state) for p in placed}
    notes |= {node.ref: NO_FIGURE for node in view.chain.nodes if not node.shown}
    picture = draw(view.chain, notes)
    yield renderer.page(
        "fil-conducteur",
        "fil-conducteur",
        "Fil conducteur",
        section=CONVENTION,
        picture=picture,
        links={box.node.ref: published(address(view, box.node.ref, ROOT)) for box in picture.boxes},
        rows=thread_rows(view, placed),
        orphans=view.chain.orphans(),
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
    objective = placed.operational or placed.objective
    holder = Ref(Kind.OBJECTIVE, objective.id or f"{placed.priority.id}/")
    named = bool(grounds.by_stakes)
    parts = grounds.by_stakes or grounds.by_axis
    evidence = dict.fromkeys(grounds.own, False)
    for node in (node for part in parts for node in part.evidence):
        evidence.setdefault(node, True)
    return ThreadRow(
        action=action,
        title=_stop(view, Node(Ref(Kind.ACTION, action.id), action.title)),
        axis=_stop(view, Node(Ref(Kind.AXIS, placed.priority.id), placed.priority.title)),
        objective=_stop(view, Node(holder, objective.title)),
        stakes=tuple(_stop(view, part.stake, through=not named) for part in parts),
        findings=_stops(view, evidence, Kind.FINDING),
        voices=_stops(view, evidence, Kind.VOICE),
        state=state_words(action.state),
    )


def _stops(view: SiteView, evidence: dict[Node, bool], kind: Kind) -> tuple[Stop, ...]:
    return tuple(
        _stop(view, node, through=through)
        for node, through in evidence.items()
        if node.ref.kind is kind
    )


def _stop(view: SiteView, node: Node, *, through: bool = False) -> Stop:
    return Stop(node.title, published(address(view, node.ref, ROOT)), through, node.shown)
