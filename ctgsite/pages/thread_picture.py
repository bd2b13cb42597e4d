"""The chain as a picture: what to draw, and where each box and each line stands.

Columns follow the way of a decision: constats and paroles, enjeux, axes, objectifs, fiches. A link
that a drawn path already tells is left out, so that every link of the chain is drawn or implied.
Coordinates are in the units of the SVG, which is as wide as the text of a page on a large screen.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ctgsite.diagnostic.chain import Chain, Kind, Link, Node, Ref, Role

COLUMNS: tuple[tuple[Kind, ...], ...] = (
    (Kind.FINDING, Kind.VOICE),
    (Kind.STAKE,),
    (Kind.AXIS,),
    (Kind.OBJECTIVE,),
    (Kind.ACTION,),
)
HEADINGS = {
    Kind.FINDING: "Constats",
    Kind.VOICE: "Paroles",
    Kind.STAKE: "Enjeux",
    Kind.AXIS: "Axes",
    Kind.OBJECTIVE: "Objectifs",
    Kind.ACTION: "Fiches actions",
}
DRAWN_ROLES = (Role.SUPPORTS, Role.ANSWERED, Role.HOLDS)
EVIDENCE = (Kind.FINDING, Kind.VOICE)  # many: a line each, in a wider column
WIDTH = 150
WIDE = 216
GAP = 36
LINE = 15
PADDING = 8
SPACE = 12
TIGHT = 4
HEADING = 26
CHARACTERS = 21
CHARACTERS_WIDE = 31
MOST_LINES = 4
INDENT = 18


@dataclass(frozen=True, slots=True)
class Box:
    """A node where it stands, its title cut in lines; `note` is one more line under them."""

    node: Node
    lines: tuple[str, ...]
    note: str = ""
    x: int = 0
    y: int = 0
    width: int = WIDTH
    padding: int = PADDING

    @property
    def tall(self) -> int:
        """How high it is with the space that follows it."""
        return self.height + (SPACE if self.padding == PADDING else TIGHT)

    @property
    def height(self) -> int:
        """How high it is."""
        return 2 * self.padding + LINE * (len(self.lines) + bool(self.note))

    @property
    def middle(self) -> int:
        """The height at which lines meet it."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Curve:
    """A line between two boxes; `far` where it passes behind those of a column in between."""

    path: str
    far: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a column, or of the second group of one."""

    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn."""

    width: int
    height: int
    headings: tuple[Heading, ...]
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]


def drawn_links(chain: Chain) -> tuple[Link, ...]:
    """Return the links to draw: those that no longer path between the same ends tells."""
    kinds = {kind for column in COLUMNS for kind in column}
    links = [
        link
        for link in chain.links
        if link.role in DRAWN_ROLES
        and {link.start, link.end} <= chain.by_ref.keys()
        and {link.start.kind, link.end.kind} <= kinds
        and link.end.kind is not Kind.VOICE
    ]
    ends: dict[Ref, list[Ref]] = {}
    for link in links:
        ends.setdefault(link.start, []).append(link.end)
    return tuple(
        link
        for link in links
        if not any(
            link.end in _reached(other, ends) for other in ends[link.start] if other != link.end
        )
    )


def _reached(start: Ref, ends: dict[Ref, list[Ref]]) -> set[Ref]:
    found, waiting = {start}, [start]
    while waiting:
        new = [end for end in ends.get(waiting.pop(), ()) if end not in found]
        found.update(new)
        waiting += new
    return found


def draw(chain: Chain, notes: dict[Ref, str] | None = None) -> Picture:
    """Return the picture of a chain; `notes` add a line to some boxes."""
    links = drawn_links(chain)
    columns = [_column(chain, kinds, links, notes or {}) for kinds in COLUMNS]
    height = max(map(_stacked, columns), default=0)
    headings: list[Heading] = []
    placed: dict[Ref, Box] = {}
    x = 0
    for kinds, column in zip(COLUMNS, columns, strict=True):
        names, boxes = _placed(column, x, height)
        headings += names
        placed |= {box.node.ref: box for box in boxes}
        x += GAP + (WIDE if kinds == EVIDENCE else WIDTH)
    curves = tuple(_curves(links, placed))
    return Picture(x - GAP, height, tuple(headings), tuple(placed.values()), curves)


def _column(
    chain: Chain, kinds: Iterable[Kind], links: Sequence[Link], notes: dict[Ref, str]
) -> list[tuple[Kind, list[Box]]]:
    """Return the boxes of a column, by kind; a finding or a voice only where a line leaves it."""
    used = [link.start for link in links]
    groups = []
    for kind in kinds:
        nodes = chain.of_kind(kind)
        if kind in EVIDENCE:
            linked = {ref: at for at, ref in reversed(list(enumerate(used)))}
            nodes = tuple(
                sorted((n for n in nodes if n.ref in linked), key=lambda n: linked[n.ref])
            )
        inner = {link.end for link in links if link.start.kind is link.end.kind is Kind.OBJECTIVE}
        boxes = [_box(node, notes.get(node.ref, ""), node.ref in inner) for node in nodes]
        groups.append((kind, boxes))
    return groups


def _box(node: Node, note: str, inner: bool) -> Box:
    if node.ref.kind in EVIDENCE:
        title = node.title
        if len(title) > CHARACTERS_WIDE:
            title = f"{title[:CHARACTERS_WIDE].rstrip()}…"
        return Box(node, (title,), width=WIDE, padding=TIGHT)
    width = WIDTH - INDENT if inner else WIDTH
    lines = _cut(node.title, CHARACTERS * width // WIDTH, MOST_LINES)
    return Box(node, lines, note, x=INDENT if inner else 0, width=width)


def _cut(title: str, characters: int, most: int) -> tuple[str, ...]:
    """Return a title in lines; the whole is in the table, and where the pointer rests."""
    lines = textwrap.wrap(title, characters, max_lines=most, placeholder="…")
    return tuple(lines) or ("…",)


def _stacked(column: list[tuple[Kind, list[Box]]]) -> int:
    shown = [boxes for at, (_, boxes) in enumerate(column) if boxes or not at]
    return sum(HEADING + sum(box.tall for box in boxes) for boxes in shown)


def _placed(
    column: list[tuple[Kind, list[Box]]], x: int, height: int
) -> tuple[list[Heading], list[Box]]:
    """Return a column's headings and boxes where they stand, spread over the height."""
    count = sum(len(boxes) for _, boxes in column)
    spare = (height - _stacked(column)) // max(count, 1)
    headings, placed, y = [], [], 0
    for at, (kind, boxes) in enumerate(column):
        if boxes or not at:
            headings.append(Heading(HEADINGS[kind], x, y + 16))
            y += HEADING
        for box in boxes:
            placed.append(replace(box, x=x + box.x, y=y + spare // 2))
            y += box.tall + spare
    return headings, placed


def _curves(links: Iterable[Link], placed: dict[Ref, Box]) -> Iterator[Curve]:
    """Yield a curve a link. Numbers are parted by commas: French typography widens spaces."""
    order = {kind: at for at, kinds in enumerate(COLUMNS) for kind in kinds}
    for link in links:
        start, end = placed.get(link.start), placed.get(link.end)
        if start is None or end is None:
            continue
        if link.start.kind is link.end.kind:
            yield Curve(f"M{start.x + 8},{start.y + start.height}V{end.middle}H{end.x}")
            continue
        left, right = start.x + start.width, end.x
        bend = GAP // 2 + 6
        far = order[link.end.kind] - order[link.start.kind] > 1
        yield Curve(
            f"M{left},{start.middle}C{left + bend},{start.middle},"
            f"{right - bend},{end.middle},{right},{end.middle}",
            far,
        )
