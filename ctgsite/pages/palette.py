"""The colours of charts, once: safe for colour blindness, readable in both schemes and in print.

The JavaScript sets the colour of text; nothing here depends on the background being light.
"""

from __future__ import annotations

TERRITORY = "#2f7fc1"
BENCHMARK_FILL = "rgba(138, 143, 152, 0.30)"
BENCHMARK_LINE = "#8a8f98"
GRID = "rgba(138, 143, 152, 0.25)"
OUTLINE = "#6b7078"
NO_FIGURE = "rgba(138, 143, 152, 0.15)"
CLEAR = "rgba(0, 0, 0, 0)"

# From few to many; distinct in greyscale, since their lightness falls steadily.
CLASSES = ("#e8f2fb", "#a9cdea", "#6ba6d6", "#2f7fc1", "#0b4a80")

# Below zero: another hue, that colour-blind readers tell from the blues; hatched besides.
FALLS = ("#f6d3b3", "#d98b45", "#8a4a10")

# Okabe and Ito's set, each with the ink that reads on it; in an order in which neighbours are told
# apart by colour-blind readers and in greyscale.
PARTS = (
    ("#0072b2", "#ffffff"),
    ("#e69f00", "#000000"),
    ("#009e73", "#000000"),
    ("#56b4e9", "#000000"),
    ("#d55e00", "#000000"),
    ("#f0e442", "#000000"),
    ("#cc79a7", "#000000"),
)


def classes(count: int) -> tuple[str, ...]:
    """Return `count` colours (1 to 5) from the sequential scale, as far apart as it allows."""
    return _spread(CLASSES, count)


def falls(count: int) -> tuple[str, ...]:
    """Return `count` colours (0 to 3) for classes below zero, the farthest from it first."""
    return _spread(FALLS, count)[::-1]


def _spread(scale: tuple[str, ...], count: int) -> tuple[str, ...]:
    if count < 2:
        return (scale[len(scale) // 2],) * count
    step = (len(scale) - 1) / (count - 1)
    return tuple(scale[round(place * step)] for place in range(count))
