"""Checks on a finished site, before anybody reads it.

Every link leads somewhere, and nothing is asked of a third party.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from ctgsite.errors import Problem
from ctgsite.site.model import Files

_SCRIPT = re.compile(r"(<script\b[^>]*>).*?</script>", re.DOTALL)
_ALLOWED = ("http:", "https:", "mailto:", "tel:", "data:image/")
_ID = re.compile(r'\sid="([^"]+)"')
_LINK = re.compile(r'\s(?:href|src)="([^"]*)"')
_RESOURCE = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object|track|input|link(?=[^>]*\brel=\"?"
    r"(?:stylesheet|icon|preload|preconnect|dns-prefetch|modulepreload|manifest)))\b[^>]*?"
    r'\s(?:src|href|data|poster|srcset)="((?:https?:)?//[^"]+)"'
)
_STYLE_RESOURCE = re.compile(r"""(?:url\(\s*|@import\s+)["']?((?:https?:)?//[^"')\s]+)""")


def check_files(files: Files) -> tuple[Problem, ...]:
    """Return everything wrong with a site; a third party's resource is no mere warning."""
    pages = {
        path: _SCRIPT.sub(r"\1</script>", content.decode())
        for path, content in files.items()
        if path.endswith(".html")
    }
    return (*_third_parties(files, pages), *_unsafe_links(pages), *_broken_links(files, pages))


def _third_parties(files: Files, pages: dict[str, str]) -> Iterator[Problem]:
    for path, page in pages.items():
        for address in dict.fromkeys(_RESOURCE.findall(page)):
            yield _third_party(path, address)
    for path, content in files.items():
        if path.endswith(".css"):
            for address in _STYLE_RESOURCE.findall(content.decode()):
                yield _third_party(path, address)


def _unsafe_links(pages: dict[str, str]) -> Iterator[Problem]:
    """Refuse addresses that a browser would run, however they are written."""
    for path, page in pages.items():
        for link in dict.fromkeys(_LINK.findall(page)):
            address = re.sub(r"[\x00-\x20]", "", unescape(link)).lower()
            scheme, colon, _ = address.partition(":")
            if colon and scheme.isalnum() and not address.startswith(_ALLOWED):
                yield Problem(f"la page « {path} » mène à une adresse interdite : « {link} »")


def _third_party(path: str, address: str) -> Problem:
    return Problem(
        f"la page « {path} » ferait appel à un tiers ({address}) : "
        "placez ce fichier dans le dossier du territoire et nommez-le par son chemin"
    )


def _broken_links(files: Files, pages: dict[str, str]) -> Iterator[Problem]:
    ids = {path: set(_ID.findall(page)) for path, page in pages.items()}
    for path, page in pages.items():
        for link in dict.fromkeys(_LINK.findall(page)):
            if reason := _fault(link, path, files, ids):
                yield Problem(f"la page « {path} » mène à « {link} » : {reason}", warning=True)


def _fault(link: str, path: str, files: Files, ids: dict[str, set[str]]) -> str:
    parts = urlsplit(link.replace("&amp;", "&"))
    if parts.scheme or parts.netloc:
        return ""
    if parts.path.startswith("/"):
        return "cette adresse quitte le site ; écrivez-la à partir de la page"
    target = path
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
    if target not in files:
        return "ce fichier n’existe pas dans le site"
    fragment = unquote(parts.fragment)
    if fragment and target in ids and fragment not in ids[target]:
        return "cette page n’a pas cette ancre"
    return ""
