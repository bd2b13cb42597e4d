"""The points of a Plotly figure in words: what each is called, and the number that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from ctgsite.site.published import normal

_TEXTS = ("hovertext", "text", "customdata", "ids")


def labelled_points(chart: dict[str, Any]) -> Iterator[str]:
    """Yield “name : figure” for each point that shows a number.

    A point is named by the text that the pointer reveals, by its place on an axis of names, by the
    label written at its row, or by its trace.
    """
    labels = {
        note.get("y"): normal(str(note.get("text", "")))
        for note in chart.get("layout", {}).get("annotations", ())
    }
    for trace in chart.get("data", ()):
        yield from _told(trace)
        yield from _measured(trace, labels)


def _told(trace: dict[str, Any]) -> Iterator[str]:
    for text in chain.from_iterable(_items(trace.get(name)) for name in _TEXTS):
        if isinstance(text, str):
            yield normal(text)


def _measured(trace: dict[str, Any], labels: dict[Any, str]) -> Iterator[str]:
    """Yield the points whose own coordinates are figures: bars, and points beside a name."""
    name = normal(str(trace.get("name", "")))
    for x, y in zip(_items(trace.get("x")), _items(trace.get("y")), strict=False):
        for place, figure in ((x, y), (y, x)):
            if isinstance(figure, int | float) and isinstance(place, str):
                yield f"{normal(place)} : {figure}"
        if trace.get("type") == "bar":
            for place, figure in ((y, x), (x, y)):
                if place in labels and isinstance(figure, int | float):
                    yield f"{labels[place]} : {figure}"
                if name and isinstance(figure, int | float):
                    yield f"{name} : {figure}"


def _items(values: Any) -> list[Any]:
    return values if isinstance(values, list) else []
