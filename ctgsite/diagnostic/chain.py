"""What cites what, from figure to action and back: a frozen graph of ids, titles and links.

Links run the way a decision is reached: from a finding or a voice to the enjeu that rests on it, to
the axe and the fiche that answer. A finding that the catalogue has and this site does not show
stays in the graph, as `shown=False`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a link of the chain joins."""

    FINDING = "constat"
    VOICE = "parole"
    SWOT = "AFOM"
    STAKE = "enjeu"
    AXIS = "axe"
    OBJECTIVE = "objectif"
    ACTION = "fiche"


class Role(StrEnum):
    """What a link says of its two ends."""

    SUPPORTS = "appuie"  # a finding or a voice, and what cites it
    ANSWERED = "appelle"  # an enjeu, and the axe or the fiche that answers it
    HOLDS = "contient"  # an axe, its objectifs, their fiches
    MEASURES = "mesure"  # a finding, and the fiche that it evaluates


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """The name of one thing of the site; an id is unique within its kind."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of the site: a finding, a voice, an enjeu, an axe, an objectif, a fiche."""

    ref: Ref
    title: str
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """`end` rests on `start`, answers it, stands under it or is measured by it."""

    start: Ref
    end: Ref
    role: Role


@dataclass(frozen=True, slots=True)
class Citing:
    """What cites a finding: enjeux, fiches, those that answer these enjeux, those it measures."""

    stakes: tuple[Node, ...] = ()
    actions: tuple[Node, ...] = ()
    through: tuple[Node, ...] = ()  # fiches that name one of these enjeux, and not the finding
    measured: tuple[Node, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.stakes or self.actions or self.measured)


@dataclass(frozen=True, slots=True)
class StakeGrounds:
    """An enjeu and the findings and voices that it rests on."""

    stake: Node
    evidence: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a fiche rests on: its own citations, those of its enjeux, those of its axe's others."""

    own: tuple[Node, ...] = ()
    by_stakes: tuple[StakeGrounds, ...] = ()
    by_axis: tuple[StakeGrounds, ...] = ()

    @property
    def all(self) -> tuple[Node, ...]:
        """Every finding and voice, each once."""
        inherited = (node for part in (*self.by_stakes, *self.by_axis) for node in part.evidence)
        return tuple(dict.fromkeys((*self.own, *inherited)))


@dataclass(frozen=True, slots=True)
class Orphans:
    """What nothing answers or cites: told on the page, and no fault."""

    stakes: tuple[Node, ...] = ()  # no axe and no fiche answers them
    actions: tuple[Node, ...] = ()  # they answer no enjeu, nor does their axe
    voices: tuple[Node, ...] = ()  # they have an id, that nothing cites


@dataclass(frozen=True)
class Chain:
    """The whole graph of one site.

    `quoted` are findings and voices that a reading or an answer of the evaluation cites: they are
    no step from figure to action, and are cited all the same.
    """

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    quoted: frozenset[Ref] = frozenset()

    @cached_property
    def by_ref(self) -> dict[Ref, Node]:
        """Each node by its name."""
        return {node.ref: node for node in self.nodes}

    def of_kind(self, kind: Kind) -> tuple[Node, ...]:
        """Return the nodes of one kind, in the order of the site."""
        return tuple(node for node in self.nodes if node.ref.kind is kind)

    def after(self, ref: Ref, kinds: Collection[Kind], role: Role) -> tuple[Node, ...]:
        """Return what a node leads to."""
        found = self._ends.get((ref, role), ())
        return self._nodes(end for end in found if end.kind in kinds)

    def before(self, ref: Ref, kinds: Collection[Kind], role: Role) -> tuple[Node, ...]:
        """Return what leads to a node."""
        found = self._starts.get((ref, role), ())
        return self._nodes(start for start in found if start.kind in kinds)

    def cited_by(self, indicator: str) -> Citing:
        """Return the enjeux and the fiches that cite a finding."""
        finding = Ref(Kind.FINDING, indicator)
        stakes = self.after(finding, {Kind.STAKE}, Role.SUPPORTS)
        actions = self.after(finding, {Kind.ACTION}, Role.SUPPORTS)
        answers = (
            node
            for stake in stakes
            for node in self.after(stake.ref, {Kind.ACTION}, Role.ANSWERED)
            if node not in actions
        )
        measured = self.after(finding, {Kind.ACTION}, Role.MEASURES)
        return Citing(stakes, actions, tuple(dict.fromkeys(answers)), measured)

    def evidence_of(self, action: str) -> Grounds:
        """Return the findings and voices that a fiche rests on."""
        fiche = Ref(Kind.ACTION, action)
        stakes = self.before(fiche, {Kind.STAKE}, Role.ANSWERED)
        axis = self.axis_of(action)
        shared = self.before(axis.ref, {Kind.STAKE}, Role.ANSWERED) if axis else ()
        return Grounds(
            self._evidence(fiche),
            tuple(StakeGrounds(stake, self._evidence(stake.ref)) for stake in stakes),
            tuple(
                StakeGrounds(stake, self._evidence(stake.ref))
                for stake in shared
                if stake not in stakes
            ),
        )

    def axis_of(self, action: str) -> Node | None:
        """Return the axe that a fiche stands under."""
        above = [Ref(Kind.ACTION, action)]
        while above:
            holders = self.before(above.pop(), {Kind.AXIS, Kind.OBJECTIVE}, Role.HOLDS)
            for holder in holders:
                if holder.ref.kind is Kind.AXIS:
                    return holder
                above.append(holder.ref)
        return None

    def orphans(self) -> Orphans:
        """Return the enjeux that nothing answers, the fiches without enjeu, the voices uncited."""
        cited = {link.start for link in self.links} | self.quoted
        return Orphans(
            tuple(node for node in self.of_kind(Kind.STAKE) if node.ref not in cited),
            tuple(node for node in self.of_kind(Kind.ACTION) if not self._stakes_of(node)),
            tuple(node for node in self.of_kind(Kind.VOICE) if node.ref not in cited),
        )

    def broken(self) -> tuple[Link, ...]:
        """Return the links that have an end outside of the graph."""
        known = self.by_ref
        return tuple(
            link for link in self.links if link.start not in known or link.end not in known
        )

    def _stakes_of(self, action: Node) -> bool:
        grounds = self.evidence_of(action.ref.id)
        return bool(grounds.by_stakes or grounds.by_axis)

    def _evidence(self, ref: Ref) -> tuple[Node, ...]:
        return self.before(ref, {Kind.FINDING, Kind.VOICE}, Role.SUPPORTS)

    def _nodes(self, refs: Iterable[Ref]) -> tuple[Node, ...]:
        found: Iterator[Node] = (self.by_ref[ref] for ref in refs if ref in self.by_ref)
        return tuple(dict.fromkeys(found))

    @cached_property
    def _ends(self) -> dict[tuple[Ref, Role], list[Ref]]:
        ends: dict[tuple[Ref, Role], list[Ref]] = {}
        for link in self.links:
            ends.setdefault((link.start, link.role), []).append(link.end)
        return ends

    @cached_property
    def _starts(self) -> dict[tuple[Ref, Role], list[Ref]]:
        starts: dict[tuple[Ref, Role], list[Ref]] = {}
        for link in self.links:
            starts.setdefault((link.end, link.role), []).append(link.start)
        return starts
