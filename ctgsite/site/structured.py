"""Adds to pages what search engines read of a site's figures: a schema.org Dataset, as JSON-LD."""

from __future__ import annotations

import json
import posixpath
from typing import Any

from ctgsite.site.model import Files, SiteSpec

HOME, DATA = "index.html", "donnees/index.html"
_FORMATS = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
_WHOLE = "donnees/indicateurs."  # the files that hold every figure


def describe_dataset(files: Files, spec: SiteSpec) -> Files:
    """Describe the site's figures on its home page and on the page that gives them."""
    if not spec.dataset:
        return files
    described = {
        path: _described(files[path], _script(spec, files, path))
        for path in (HOME, DATA)
        if path in files
    }
    return {**files, **described}


def _described(page: bytes, script: str) -> bytes:
    head, found, rest = page.decode().partition("</head>")
    return f"{head}{script}\n{found}{rest}".encode() if found else page


def _script(spec: SiteSpec, files: Files, page: str) -> str:
    address = f"{spec.public_url.rstrip('/')}/{DATA}" if spec.public_url else ""
    named = {"@id": f"{address}#jeu-de-donnees", "url": address} if address else {}
    content = {**spec.dataset, **named, "distribution": _distribution(spec, files, page)}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Nothing in it may close the script, or open a comment in it.
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{safe}</script>'


def _distribution(spec: SiteSpec, files: Files, page: str) -> list[dict[str, Any]]:
    """Return the files of the figures; their addresses start from the page where none is known."""
    base = f"{spec.public_url.rstrip('/')}/" if spec.public_url else ""
    return [
        {
            "@type": "DataDownload",
            "name": posixpath.basename(path),
            "encodingFormat": _FORMATS[posixpath.splitext(path)[1]],
            "contentUrl": base + path
            if base
            else posixpath.relpath(path, posixpath.dirname(page) or "."),
            "contentSize": f"{len(content)} B",
        }
        for path, content in sorted(files.items())
        if path.startswith(_WHOLE) and posixpath.splitext(path)[1] in _FORMATS
    ]
