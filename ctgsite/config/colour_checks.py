"""Colours of a territory's file that could not be read, and what the site shows in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import floor

from ctgsite.config.contrast import PAPER, READABLE, contrast, readable
from ctgsite.config.fields import COLOUR_PATTERN
from ctgsite.config.patterns import texts
from ctgsite.config.positions import Document
from ctgsite.errors import Problem

# What each colour is to readers. In the dark scheme every colour is fitted to its ground: no colour
# can be read on both, so that nothing is said of it.
_USES = {
    "principale": "d’un texte blanc sur cette couleur",
    "accent": "de cette couleur sur fond blanc",
}


def check_colours(document: Document) -> Iterator[Problem]:
    """Warn of each colour that the site corrects: asked for, shown, and both ratios."""
    for key, use in _USES.items():
        for path, colour in texts(document.data, ("couleurs", key)):
            if not re.fullmatch(COLOUR_PATTERN, colour):
                continue  # the model says so
            before = contrast(colour, PAPER)
            if before >= READABLE:
                continue
            shown = readable(colour, PAPER)
            message = (
                f"« {colour} » se lirait mal : le contraste {use} est de {_ratio(before)}, il en "
                f"faut {_ratio(READABLE)} au moins ; le site emploie « {shown} », de contraste "
                f"{_ratio(contrast(shown, PAPER))}"
            )
            yield document.problem(message, path, warning=True)


def _ratio(value: float) -> str:
    """Write a ratio in French, never above what it is: 4,49 is not 4,5."""
    return f"{floor(value * 100) / 100:g}".replace(".", ",")
