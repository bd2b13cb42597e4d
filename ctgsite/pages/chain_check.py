"""The check that every link of the chain leads from one place of the site to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ctgsite.errors import Place, Problem, PublicationError
from ctgsite.pages.model import Page
from ctgsite.pages.places import address
from ctgsite.pages.view import SiteView

_ANCHOR = re.compile(r'\{#([\w-]+)[ }]|\sid="([^"]+)"')


def check_chain(view: SiteView, pages: Iterable[Page]) -> None:
    """Make sure that whatever cites or is cited can be read where the chain says it is.

    Raises:
        PublicationError: a link leads to a page, or to a place of a page, that is not there.
    """
    problems = tuple(_problems(view, pages))
    if problems:
        raise PublicationError(problems)


def _problems(view: SiteView, pages: Iterable[Page]) -> Iterator[Problem]:
    anchors = {
        page.path.as_posix(): {first or second for first, second in _ANCHOR.findall(page.markdown)}
        for page in pages
    }
    file = Place(Path("territories") / f"{view.diagnostic.territory.slug}.yml")
    linked = (ref for link in view.chain.links for ref in (link.start, link.end))
    ends = dict.fromkeys((*linked, *sorted(view.chain.quoted)))
    for node in (view.chain.by_ref[ref] for ref in ends if ref in view.chain.by_ref):
        path, _, anchor = address(view, node.ref).partition("#")
        if path and (path not in anchors or (anchor and anchor not in anchors[path])):
            where = f"{path}#{anchor}" if anchor else path
            yield Problem(
                f"le fil conducteur est rompu : « {node.title} » ({node.ref.id}) n’est pas sur "
                f"le site, à « {where} »",
                file,
            )
