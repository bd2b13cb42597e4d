"""The ordered list of pure transforms that every built site passes through, whatever its engine.

A site in hand is a mapping from path to bytes; a transform returns another one and touches nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

from ctgsite.site.images import publish_images
from ctgsite.site.model import Files, SiteSpec
from ctgsite.site.structured import describe_dataset

Transform = Callable[[Files, SiteSpec], Files]

# What Material copies and a French site never asks for.
_LEFTOVERS = re.compile(
    r"""(^|/)404\.html$            # the portal has the only one that works under any base path
    | ^sitemap\.xml(\.gz)?$        # ours is written below
    | \.map$
    | ^objects\.inv$
    | /lunr/(tinyseg|wordcut)\.js$
    | /lunr/min/lunr\.(?!fr\.|stemmer\.support\.|multi\.)
    | ^assets/images/favicon\.png$""",
    re.VERBOSE,
)
_GENERATOR = re.compile(r'\s*<meta name="generator"[^>]*>')
_PERMALINK = '<a class="headerlink"'  # for the mouse: the name of a heading is its text alone
_CANONICAL = re.compile(r'\s*<link rel="canonical"[^>]*>')  # Zensical writes one all the same
_TABLE = re.compile(
    r'(?P<held><div class="ctg-defile"[^>]*>\s*)?<table>(?P<inside>.*?)</table>', re.DOTALL
)


def read_files(folder: Path) -> Files:
    """Read a whole site into memory, in the order of its paths."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def drop_leftovers(files: Files, _spec: SiteSpec) -> Files:
    """Remove what the engine wrote and no reader of this site can use."""
    return {path: content for path, content in files.items() if not _LEFTOVERS.search(path)}


def tidy_pages(files: Files, spec: SiteSpec) -> Files:
    """Remove the engine's signature; tables get a frame that takes focus, headings a clean name."""
    return {
        path: _tidy_page(content, spec) if path.endswith(".html") else content
        for path, content in files.items()
    }


def _tidy_page(content: bytes, spec: SiteSpec) -> bytes:
    page = _GENERATOR.sub("", content.decode())
    page = page.replace(_PERMALINK, f'{_PERMALINK} aria-hidden="true" tabindex="-1"')
    if not spec.public_url:
        page = _CANONICAL.sub("", page)
    count = 0

    def framed(match: re.Match[str]) -> str:
        nonlocal count
        table = f'<table class="ctg-tableau">{match["inside"]}</table>'
        if match["held"]:
            return match["held"] + table
        count += 1
        frame = f'<div class="ctg-defile" tabindex="0" role="region" aria-label="Tableau {count}">'
        return f"{frame}{table}</div>"

    return _TABLE.sub(framed, page).encode()


def write_sitemap(files: Files, spec: SiteSpec) -> Files:
    """Add the sitemap of a site whose public address is known."""
    if not spec.public_url:
        return files
    base = spec.public_url.rstrip("/")
    changed = f"<lastmod>{spec.updated.isoformat()}</lastmod>" if spec.updated else ""
    entries = (
        f"  <url><loc>{escape(f'{base}/{path}')}</loc>{changed}</url>"
        for path in sorted(files)
        if path.endswith("index.html")
    )
    sitemap = "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
            *entries,
            "</urlset>\n",
        )
    )
    return {**files, "sitemap.xml": sitemap.encode()}


TRANSFORMS: tuple[Transform, ...] = (
    drop_leftovers,
    publish_images,
    tidy_pages,
    describe_dataset,
    write_sitemap,
)


def transform(files: Files, spec: SiteSpec) -> Files:
    """Pass a site through every transform, in order."""
    for step in TRANSFORMS:
        files = step(files, spec)
    return files
