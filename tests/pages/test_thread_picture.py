"""The picture of the chain: all of it, drawn once, with no box over another."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from thread_world import diagnostic

from ctgsite.diagnostic.chain import Chain, Kind, Link, Node, Ref, Role
from ctgsite.diagnostic.chain_links import chain_of
from ctgsite.pages.thread_picture import COLUMNS, Picture, draw, drawn_links

ORDER = [kind for kinds in COLUMNS for kind in kinds]


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Any chain whose links run from one column to a later one."""
    refs = [Ref(kind, str(at)) for kind in ORDER for at in range(draw(st.integers(0, 3)))]
    pairs = [
        (start, end)
        for start, end in combinations(refs, 2)
        if start.kind is not end.kind and end.kind is not Kind.VOICE
    ]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    titles = st.text("abcdé ’", min_size=1, max_size=120)
    return Chain(
        tuple(Node(ref, draw(titles)) for ref in refs),
        tuple(Link(start, end, Role.SUPPORTS) for start, end in chosen),
    )


def reached(links: tuple[Link, ...]) -> set[tuple[Ref, Ref]]:
    """Return every pair that a path joins."""
    pairs = {(link.start, link.end) for link in links}
    while more := {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs:
        pairs |= more
    return pairs


@given(chains())
def test_every_link_is_drawn_or_told_by_a_drawn_path(chain: Chain) -> None:
    assert reached(drawn_links(chain)) == reached(chain.links)


@given(chains())
def test_no_drawn_line_repeats_what_the_others_tell(chain: Chain) -> None:
    drawn = drawn_links(chain)
    for link in drawn:
        others = tuple(other for other in drawn if other != link)
        assert (link.start, link.end) not in reached(others)


def overlapping(picture: Picture) -> list[tuple[str, str]]:
    return [
        (one.node.title, other.node.title)
        for one, other in combinations(picture.boxes, 2)
        if one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    ]


@given(chains())
def test_no_box_covers_another_or_leaves_the_picture(chain: Chain) -> None:
    picture = draw(chain)
    assert overlapping(picture) == []
    for box in picture.boxes:
        assert 0 <= box.x <= picture.width - box.width
        assert 0 <= box.y <= picture.height - box.height


@given(chains())
def test_every_line_joins_two_boxes_and_every_answer_has_its_box(chain: Chain) -> None:
    picture = draw(chain)
    shown = {box.node.ref for box in picture.boxes}
    assert len(picture.curves) == len(drawn_links(chain))
    assert {ref for link in drawn_links(chain) for ref in (link.start, link.end)} <= shown
    assert {n.ref for n in chain.nodes if n.ref.kind not in (Kind.FINDING, Kind.VOICE)} <= shown


def test_the_fictive_chain_is_drawn_with_its_direct_links_in_dashes() -> None:
    chain = chain_of(diagnostic(asked=True))
    picture = draw(chain, {Ref(Kind.ACTION, "primes"): "en cours"})
    drawn = {(link.start.id, link.end.id) for link in drawn_links(chain)}
    assert ("loger", "habitat") in drawn
    assert ("loger", "primes") not in drawn  # the axe tells it
    assert ("lien", "tiers-lieu") in drawn  # no axe answers this enjeu
    assert sum(curve.far for curve in picture.curves) == 3  # and two citations by fiches alone
    (box,) = (box for box in picture.boxes if box.node.ref.id == "primes")
    assert box.note == "en cours"
    assert " ".join(box.lines) == "Des primes à la remise en location"


def test_an_operational_objectif_stands_inside_its_strategic_one() -> None:
    boxes = {box.node.title: box for box in draw(chain_of(diagnostic())).boxes}
    outer, inner = boxes["Remettre en location"], boxes["Repérer les logements vides"]
    assert outer.x < inner.x
    assert outer.x + outer.width == inner.x + inner.width
    assert inner.y > outer.y
