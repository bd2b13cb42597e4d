"""The compact files of our own that the geography and its contours come in: gzipped JSON.

Quick to read without pandas, and the same bytes for the same content.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import orjson

from ctgsite.errors import Place, Problem, SourceError

Made = TypeVar("Made")


def write_packed(
    path: Path, document: Mapping[str, Any], manifest: Path, about: Mapping[str, Any]
) -> tuple[Path, Path]:
    """Write a document, which names its "format", and what it was made of; return their paths."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(orjson.dumps(document), 9, mtime=0))
    pretty = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    manifest.write_bytes(orjson.dumps(about, option=pretty))
    return path, manifest


def read_packed(path: Path, version: int, make: Callable[[dict[str, Any]], Made]) -> Made:
    """Return what is made of a document in the format of that version.

    Raises:
        SourceError: the file is missing, damaged or of another version.
    """
    try:
        document = orjson.loads(gzip.decompress(path.read_bytes()))
        if document["format"] != version:
            message = f"fichier au format {document['format']}, {version} était attendu"
            raise SourceError(Problem(message, Place(path)))
        return make(document)
    except (OSError, EOFError, KeyError, TypeError, ValueError) as error:
        message = f"ce fichier ne peut pas être lu ({error}) : réinstallez ctgsite"
        raise SourceError(Problem(message, Place(path))) from error
