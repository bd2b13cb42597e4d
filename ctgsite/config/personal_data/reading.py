"""A text made even before it is searched, letter for letter, so that places stay what they were."""

from __future__ import annotations

import re

# No-break, thin and zero-width spaces, tabs and soft hyphens all part figures as a space does.
_SPACES = "\t\r\u00a0\u00ad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
_SPACES += "\u200a\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufeff"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_EVEN = str.maketrans(_SPACES + _DASHES + "’ʼ", " " * len(_SPACES) + "-" * len(_DASHES) + "''")
_ENTITY = re.compile(r"&(?:nbsp|thinsp|#160|#8239|#xa0|#x202f);", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


def evened(text: str) -> str:
    """Return a text of the same length with one kind of space, of dash and of apostrophe."""
    return _ENTITY.sub(_blank, text).translate(_EVEN)


def without_urls(text: str) -> str:
    """Return a text of the same length where the addresses of web pages are blank."""
    return _URL.sub(lambda found: "#" * len(found[0]), text)


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
