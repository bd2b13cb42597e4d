"""Reads where things stand in a PDF, and finishes it: metadata, folded bookmarks, stable bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, NameObject, NumberObject, TextStringObject

_NODE = re.compile(rb"node\d{8}")


def pages_of_names(content: bytes) -> dict[str, int]:
    """Return the page, counted from 1, of every name that the document's links go to."""
    reader = PdfReader(io.BytesIO(content))
    numbers = {
        page.indirect_reference.idnum: number
        for number, page in enumerate(reader.pages, 1)
        if page.indirect_reference
    }
    return {
        name.removeprefix("/"): numbers[destination.raw_get("/Page").idnum]
        for name, destination in reader.named_destinations.items()
    }


def finished(
    content: bytes, headings: Iterable[tuple[str, str]], *, title: str, author: str, day: date
) -> tuple[bytes, int]:
    """Return a PDF with its title, its author and its date, and how many pages it has.

    Bookmarks show chapters alone until a reader opens one. The same document always gives the same
    bytes.

    Args:
        content: what Chromium printed.
        headings: the headings of the document, each with the text of its bookmark.
        title: what the document is called.
        author: who answers for it.
        day: when it was made.
    """
    writer = PdfWriter(clone_from=io.BytesIO(_numbered(content)))
    writer.pdf_header = "%PDF-1.7"  # tags ask for 1.4 at least
    stamp = f"D:{day:%Y%m%d}000000Z"
    writer.metadata = {
        "/Title": title,
        "/Author": author,
        "/Creator": "ctgsite",
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    outlines = writer.root_object.get("/Outlines")
    _name(outlines, headings)
    _fold(outlines)
    writer._ID = ArrayObject([ByteStringObject(b"ctgsite"), ByteStringObject(b"ctgsite")])
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue(), len(writer.pages)


def _numbered(content: bytes) -> bytes:
    """Name the structure's nodes by their rank: Chromium's numbers vary with its timing."""
    ranks = {node: rank for rank, node in enumerate(sorted(set(_NODE.findall(content))))}
    return _NODE.sub(lambda found: b"node%08d" % ranks[found[0]], content)


def _name(outlines: Any, headings: Iterable[tuple[str, str]]) -> None:
    """Give bookmarks the words of their headings.

    Chromium joins the lines of a heading without a space, and says some of them twice.
    """
    waiting = list(headings)
    for item in _all(outlines.get_object()) if outlines is not None else ():
        printed = _squeezed(item["/Title"])
        for rank, (text, bookmark) in enumerate(waiting):
            if printed in (_squeezed(text), 2 * _squeezed(text)):
                item[NameObject("/Title")] = TextStringObject(bookmark)
                del waiting[: rank + 1]
                break


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _all(item: Any) -> Iterator[Any]:
    """Yield the bookmarks inside one, in the order of the document."""
    for child in _children(item):
        yield child
        yield from _all(child)


def _fold(outlines: Any) -> None:
    """Close every bookmark that holds others."""
    if outlines is None:
        return
    root = outlines.get_object()
    root[NameObject("/Count")] = NumberObject(len(list(map(_folded, _children(root)))))


def _folded(item: Any) -> int:
    """Close a bookmark; return how many stand inside it, at any depth."""
    inside = [1 + _folded(child) for child in _children(item)]
    if inside:
        item[NameObject("/Count")] = NumberObject(-len(inside))
    return sum(inside)


def _children(item: Any) -> list[Any]:
    found = []
    child = item.get("/First")
    while child is not None:
        child = child.get_object()
        found.append(child)
        child = child.get("/Next")
    return found
