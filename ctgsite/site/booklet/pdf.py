"""Reads where things stand in a PDF, and finishes it: metadata, folded bookmarks, stable bytes."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, ByteStringObject, NameObject, NumberObject


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


def finished(content: bytes, *, title: str, author: str, day: date) -> tuple[bytes, int]:
    """Return a PDF with its title, its author and its date, and how many pages it has.

    Bookmarks show chapters alone until a reader opens one. The same document always gives the same
    bytes.
    """
    writer = PdfWriter(clone_from=io.BytesIO(content))
    writer.pdf_header = "%PDF-1.7"  # tags ask for 1.4 at least
    stamp = f"D:{day:%Y%m%d}000000Z"
    writer.metadata = {
        "/Title": title,
        "/Author": author,
        "/Creator": "ctgsite",
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    _fold(writer.root_object.get("/Outlines"))
    writer._ID = ArrayObject([ByteStringObject(b"ctgsite"), ByteStringObject(b"ctgsite")])
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue(), len(writer.pages)


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
