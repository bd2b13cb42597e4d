"""A page's Markdown → what search engines and shared links say of it, in its own first words."""

from __future__ import annotations

import re
from html import unescape

_MISSING = "À compléter"
MOST = 200  # characters: what the longest previews show
_CAPTION = re.compile(r"<figcaption>\s*<p>(.*?)</p>", re.DOTALL)
_LEAD = re.compile(r'<p class="ctg-(?:fictif|accroche)"[^>]*>(.*?)</p>', re.DOTALL)
_APART = re.compile(
    r"<(figure|table|details|form|svg|ul|ol|dl|script)\b.*?</\1>"
    r'|<p class="ctg-(?:brief__aide|falc-lien|sommaire|validation|source)".*?</p>',
    re.DOTALL,
)
_BLOCK = re.compile(r"\n\s*\n|</?(?:p|div|section)\b[^>]*>")
_NO_PROSE = re.compile(r"^(?:#|!!!|\||[-*+>] |\d+\. |\[\^| {4}|\*\[)")
_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r"!?\[((?:[^\[\]\\]|\\.)*)\]\([^()]*\)(?:\{[^{}]*\})?")
_EMPHASIS = re.compile(r"(?<!\\)(\*\*|\*|`)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")
_SPACES = re.compile(r"[ \t\r\n]+")  # no-break spaces stay
_ENDED = re.compile(r"(?<=[.!?…»])(?<!\bp\.)[ \n](?=[A-ZÀÂÇÉÈÊÎÔŒ«])")


def description_of(markdown: str) -> str:
    """Return the first whole sentences of a page: its lead and its first readings, else its prose.

    Never a sentence cut short, unless the first is too long by itself; "" for a page without any.
    """
    leads = [sentence for lead in _LEAD.findall(markdown) for sentence in _sentences(lead)]
    told = _filled("", leads)
    # The first sentence of a reading stands alone; the next ones compare with it.
    for caption in _CAPTION.findall(markdown):
        told = _filled(told, _sentences(caption)[:1])
    return told or _filled("", _prose(markdown)) or _cut([*leads, *_prose(markdown), ""][0])


def _prose(markdown: str) -> list[str]:
    blocks = [block.strip("\n") for block in _BLOCK.split(_APART.sub("\n\n", markdown))]
    prose = (block for block in blocks if block.strip() and not _NO_PROSE.match(block))
    return [sentence for block in prose for sentence in _sentences(block)]


def _sentences(passage: str) -> list[str]:
    found = _ENDED.split(_plain(passage))
    return [sentence for sentence in found if sentence and not sentence.startswith(_MISSING)]


def _plain(passage: str) -> str:
    text = _LINK.sub(r"\1", _TAG.sub("", passage))
    text = _ESCAPED.sub(r"\1", _EMPHASIS.sub("", text))
    return _SPACES.sub(" ", unescape(text)).strip(" ")


def _filled(told: str, sentences: list[str]) -> str:
    """Add sentences as long as they fit; one that announces a list ends them."""
    for sentence in sentences:
        if sentence.endswith(":") or len(told) + 1 + len(sentence) > MOST:
            break
        told = f"{told} {sentence}".lstrip()
    return told


def _cut(sentence: str) -> str:
    if len(sentence) <= MOST:
        return sentence.removesuffix(":").strip()
    return sentence[: MOST - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"
