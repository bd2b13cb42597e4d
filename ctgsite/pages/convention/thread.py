"""The fil conducteur: the whole chain on one page, as a picture and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ctgsite.config.plan import Action
from ctgsite.diagnostic.chain import Kind, Node, Ref, StakeGrounds
from ctgsite.diagnostic.plan import PlacedAction, place_actions
from ctgsite.pages.citations import address, published
from ctgsite.pages.model import Page
from ctgsite.pages.progress import state_words
from ctgsite.pages.renderer import CONVENTION, Renderer
from ctgsite.pages.thread_picture import draw
from ctgsite.pages.view import SiteView

ROOT = "../"


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing of the chain in a cell; `through` an enjeu, where the fiche does not cite it."""

    title: str
    href: str
    through: bool = False


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
    """Return one row a fiche, in the order of the plan."""
    return tuple(_row(view, one) for one in placed)


def _row(view: SiteView, placed: PlacedAction) -> ThreadRow:
    action = placed.action
    ref = Ref(Kind.ACTION, action.id)
    grounds = view.chain.evidence_of(action.id)
    objective = placed.operational or placed.objective
    holder = Ref(Kind.OBJECTIVE, objective.id or f"{placed.priority.id}/")
    axis = Node(Ref(Kind.AXIS, placed.priority.id), placed.priority.title)
    own = set(grounds.own)
    evidence = [_stop(view, node, through=node not in own) for node in grounds.all]
    kinds = [node.ref.kind for node in grounds.all]
    by_kind = list(zip(kinds, evidence, strict=True))
    return ThreadRow(
        action=action,
        title=_stop(view, Node(ref, action.title)),
        axis=_stop(view, axis),
        objective=_stop(view, Node(holder, objective.title)),
        stakes=(
            *_stakes(view, grounds.by_stakes, through=False),
            *_stakes(view, grounds.by_axis, through=True),
        ),
        findings=tuple(stop for kind, stop in by_kind if kind is Kind.FINDING),
        voices=tuple(stop for kind, stop in by_kind if kind is Kind.VOICE),
        state=state_words(action.state),
    )


def _stakes(view: SiteView, grounds: Iterable[StakeGrounds], *, through: bool) -> Iterator[Stop]:
    return (_stop(view, part.stake, through=through) for part in grounds)


def _stop(view: SiteView, node: Node, *, through: bool = False) -> Stop:
    return Stop(node.title, published(address(view, node.ref, ROOT)), through)
