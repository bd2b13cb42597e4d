"""Text that people wrote, made safe before it is rendered: no HTML, no script, no stray heading.

Sanitising happens here, on the Markdown, so that no engine has to be trusted with it.
"""

from __future__ import annotations

import re
from html import unescape

_SPECIAL = re.compile(r"([\\`*_\[\]#|])")
_BREAKS = re.compile(r"[ \t\r\n]+")  # no-break spaces stay
_AUTOLINK = re.compile(r"<(?!(?:https?://|mailto:)[^\s<>]+>)")
_TARGET = re.compile(r"(\]\s*\(\s*<?|^\s{0,3}\[[^\]]+\]:\s*<?)([^\s)>]+)", re.MULTILINE)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_ALLOWED = ("http:", "https:", "mailto:", "tel:")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=\s)", re.MULTILINE)
_UNDERLINED = re.compile(r"^( {0,3}\S.*)\n {0,3}(=+|-+)[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{(?=[:\s]*[#.\w])")


def plain(text: str) -> str:
    """Return text that Markdown and HTML leave as it is, on one line."""
    escaped = _SPECIAL.sub(r"\\\1", _BREAKS.sub(" ", text).strip(" "))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace("{", "&#123;")


def safe_markdown(text: str, top: int = 3) -> str:
    """Return someone's Markdown without HTML, unsafe links or attributes.

    Args:
        text: the Markdown.
        top: the level that its highest heading takes on the page.
    """
    text = text.replace("\r\n", "\n").strip()
    text = _AUTOLINK.sub("&lt;", text)
    text = _ATTRIBUTES.sub("&#123;", text)
    text = _TARGET.sub(_safe_target, text)
    text = _UNDERLINED.sub(lambda m: f"{'#' if m[2][0] == '=' else '##'} {m[1].strip()}", text)
    return _HEADING.sub(lambda match: "#" * min(6, len(match[1]) + top - 1), text)


def _safe_target(match: re.Match[str]) -> str:
    target = re.sub(r"[\x00-\x20]", "", unescape(match[2]))
    scheme = _SCHEME.match(target)
    if (scheme and not scheme[0].lower().startswith(_ALLOWED)) or target.startswith("//"):
        return f"{match[1]}#"
    return match[0]
