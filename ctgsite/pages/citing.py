"""Under each figure of a theme page, who cites it: enjeux, fiches, those that it measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ctgsite.diagnostic.chain import Node
from ctgsite.pages.blocks import Block, Citation
from ctgsite.pages.places import address, published
from ctgsite.pages.view import SiteView

# What a block says of those that cite it: one of them, several of them.
CITED_BY_STAKES = ("Cité par l’enjeu", "Cité par les enjeux")
CITED_BY_ACTIONS = ("Cité par la fiche", "Cité par les fiches")
ANSWERED_BY = ("Fiche qui y répond", "Fiches qui y répondent")
MEASURES = ("Suivi par la fiche", "Suivi par les fiches")


def with_citations(blocks: Iterable[Block], view: SiteView, root: str) -> tuple[Block, ...]:
    """Return the same blocks, each with who cites the findings that it shows."""
    return tuple(replace(block, cited=_cited(block, view, root)) for block in blocks)


def _cited(block: Block, view: SiteView, root: str) -> tuple[Citation, ...]:
    """Return who cites a block, by what they do with it; one that nobody cites carries nothing."""
    names = (block.id, *(passage.anchor for passage in block.passages))
    found = [view.chain.cited_by(name) for name in dict.fromkeys(filter(None, names))]
    told = (
        (CITED_BY_STAKES, [node for citing in found for node in citing.stakes]),
        (CITED_BY_ACTIONS, [node for citing in found for node in citing.actions]),
        (ANSWERED_BY, [node for citing in found for node in citing.through]),
        (MEASURES, [node for citing in found for node in citing.measured]),
    )
    return tuple(
        _citation(words, tuple(dict.fromkeys(nodes)), view, root) for words, nodes in told if nodes
    )


def _citation(
    words: tuple[str, str], nodes: tuple[Node, ...], view: SiteView, root: str
) -> Citation:
    links = tuple((node.title, published(address(view, node.ref, root))) for node in nodes)
    return Citation(words[len(nodes) > 1], links)
